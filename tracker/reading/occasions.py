"""When a clause is to be carried out, how often, and whether a report is asked for."""

import re

from tracker.domain.mandates import Periodicity

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:(?:the\s)?(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}|\d{{4}})"
_ORDINAL = (
    r"(?:[a-z]+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|\w+teenth"
    r"|\w+tieth|\w+dieth|\d+(?:st|nd|rd|th))"
)
_WHOSE = r"(?:its|the|his|her|their|each|every|next|a)"
_SESSION = (
    rf"(?:{_WHOSE}\s)?(?:(?:main|resumed|first|second|regular|special|annual|next|organizational"
    rf"|substantive)\s(?:part\sof\s)?)*"
    rf"(?:{_WHOSE}\s)?(?:(?:regular|resumed|special|annual|next|forthcoming|upcoming|emergency"
    rf"|\d{{4}}|following|subsequent)\s)*"
    rf"(?:{_ORDINAL}\s)?(?:(?:regular|resumed|special|annual|substantive"
    rf"|{_ORDINAL})\s)*sessions?(?:,?\sin\s\d{{4}})?"
)
_DATED = re.compile(
    rf"""\b(?:
      (?:but\s)?(?:no|not)\slater\sthan\s(?:at\s{_SESSION}|{_DATE}|[^,;.]{{4,110}}?(?=[,;.]|$))
    | (?:at\sleast\s)?(?:\w+\s(?:weeks?|months?|days?))\s
      (?:before|prior\sto|in\sadvance\sof)\s[^,;.]{{4,60}}
    | before\s(?:the\send\sof\s)?(?:{_SESSION}|{_DATE})(?:\sof\sthe\sGeneral\sAssembly)?
    | by\s(?:the\s(?:end|beginning)\sof\s)?(?:{_DATE}|{_SESSION})
    | (?:at|during|for|before|in\stime\sfor|prior\sto)\s{_SESSION}
    | (?:of|to)\s(?:its|the)\s(?:provisional\sagenda\sof\s(?:its|the)\s)?(?:{_ORDINAL})\ssession
    | in\sthe\sprovisional\sagenda\sof\sits\s{_ORDINAL}\ssession
    | (?:as\s)?(?:starting|beginning|effective|as\sfrom|as\sof|commencing)\s
      (?:(?:in|from|with|on|the\speriod)\s)*{_DATE}(?:[–-]\d{{4}})?
    | as\sfrom\s{_DATE}
    | (?:until|through|up\suntil)\s{_DATE}
    | (?:from|for\sthe\speriod\sfrom)\s\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?
      \s(?:to|until)\s\d{{1,2}}\s{_MONTH}\s\d{{4}}
    | within\s(?:\w+|\d+)\s(?:days|weeks|months|years)
      (?:\sof\s(?:the\s)?(?:adoption|date)[^,;.]{{0,40}})?
    | for\sup\sto\s\w+\s\w+\sfrom\sthe\sdate\sof\sthis\sresolution
    | (?:annually|biennially|biannually|quarterly)(?:,\son\sthe\s[^,;.]{{4,40}})?
    | on\s(?:an?\s)?(?:annual|biennial|quarterly|monthly|yearly)\sbasis
    | every\s(?:(?:two|three|four|five|six|nine|twelve|\d+|other|second)\s)?
      (?:days?|weeks?|months?|years?|sessions?)(?:\sthereafter)?
    | (?:each|every)\s(?:year|session)
    | in\s(?:the\scontext\sof\s)?(?:his|her|its|their|the)\s(?:next|forthcoming|annual)\s
      (?:\w+\s){{0,3}}(?:reports?|proposal|edition|budget)
      (?:\son\sthe\s[\w\s]{{3,40}}?(?=[,;.]|$))?
    | in\sthe\scontext\sof\s(?:his|her|its|the)\s(?:next|annual|forthcoming)\s[^,;.]{{4,60}}
    | at\sthe\s[A-Z][\w\s]+?\sin\s\d{{4}}
    | at\sthe\stime\sof\s(?:its|the)\s[^,;.]{{4,90}}
    | in\sadvance\sof\seach\s[\w\s]{{3,40}}
    | in\s\d{{4}}(?=[,;.\s]|$)
    )""",
    re.VERBOSE,
)
# What was done at a session or on a date is no occasion for what is asked.
_PAST = re.compile(
    r"(?:adopted|held|contained|decided|submitted|established|convened|agreed|resolution|decision"
    r"|report|outcome"
    r"|document|Declaration|Programme|Agenda|Framework|presented|considered|endorsed|concluded"
    r"|launched|met|dated"
    r"|Conference|Summit|Meeting|Session|session)\b[^,;]{0,40}$"
)
_RECURRING = re.compile(
    r"\b(?:annual(?:ly)?|biennial(?:ly)?|biannual(?:ly)?|quarterly|monthly|yearly"
    r"|every\s(?:\w+\s)?(?:days?|weeks?|months?|years?|sessions?)"
    r"|each\s(?:\w+\s){0,3}sessions?|each\syear|every\s\w+\sthereafter|quadrennial|triennial"
    r"|on\sa\sregular\sbasis|at\sregular\sintervals)\b"
)
_NOT_RECURRING = re.compile(
    r"\b(?:annual|biennial|quadrennial|quarterly)\s(?:comprehensive\spolicy|theme"
    r"|meetings?\sof\sdirectors|Meeting|session"
    r"|ministerial|review|high-level|full-day|panel)|\bfirst\sannual|Biennial\sMeeting",
)
_REPORT = re.compile(
    r"""\b(?:
      (?:to|and\sto|,)\s(?:\w+\s)?report\b
    | (?:and|to)\s(?:also\s)?report\s(?:to|on|thereon|back|orally|annually|within)
    | shall\sbe\sreported
    | (?:submit|present|provide|transmit|deliver|prepare|issue|include)\b[^;]{0,200}?
      \b(?:report|reports|update|updates|briefing
      |study|review|inventory|analysis|summary|assessment)\b
    | (?:present|submit)\b[^;]{0,200}?\b(?:plan|recommendations|proposals?)\b
    | in\s(?:his|her|their|its|his\sor\sher)\s(?:\w+\s){0,2}report(?:s|ing)?\b
    | brief\sthe\s | keep\sthe\s[\w\s]{3,30}?\s(?:\w+\s)?informed
    | inform\sthe\s(?:Council|General|Commission|Assembly)
    | (?:written|oral)\sreports?\b
    )""",
    re.VERBOSE,
)
_INFINITIVE = re.compile(
    r"(?<!pursuant\s)(?<!according\s)(?<!relating\s)(?<!contrary\s)(?<!prior\s)(?<!access\s)\bto\s"
    r"(?!(?:the|an?|all|its|their|his|this|these|those|which|whom|each|other|any"
    r"|such)\s)(?P<what>[a-z].*)$"
)
_FINISHED = re.compile(
    r"^(?:(?:also|further|urgently|continue)\s)?(?:submit|prepare|present|convene (?:a|the)"
    r"|organize (?:a|the)|transmit|bring\b.*\battention|appoint|establish a"
    r"|consider (?:ratifying|acceding|becoming|doing so)|ratify|accede|become parties"
    r"|identify options|carry out a|seek accreditation"
    r"|revise|include the text|issue|publish|circulate|conduct a|undertake a|adopt the|liaise"
    r"|report|designate|finalize"
    r"|complete|develop a|hold a|forward|elaborate a|compile|sign)\b"
)


def find_occasion(texts: list[str]) -> str | None:
    """Return the words that say when, of several those of the report, else the first."""
    found = [occasion for text in texts for occasion in _occasions(text)]
    if not found:
        return None
    reported = [words for words, is_report in found if is_report]
    return (reported or [words for words, _ in found])[0]


def asks_for_report(text: str) -> bool:
    """Tell whether a report, update, briefing, review or the like is asked for."""
    return _REPORT.search(text) is not None


def find_periodicity(text: str, occasion: str | None) -> tuple[Periodicity, str]:
    """Return how often what is asked has to be done, with the words that show it."""
    recurring = _RECURRING.search(text)
    if recurring and not _NOT_RECURRING.search(text):
        return Periodicity.RECURRING, recurring[0]
    if occasion and _RECURRING.search(occasion):
        return Periodicity.RECURRING, occasion
    if occasion and not re.match(r"^(?:until|through|as from|from)", occasion):
        return Periodicity.ONE_OFF, occasion
    asked = _INFINITIVE.search(text)
    finished = _FINISHED.match(asked["what"] if asked else text)
    if finished:
        return Periodicity.ONE_OFF, finished[0]
    return Periodicity.CONTINUING, ""


def _occasions(text: str) -> list[tuple[str, bool]]:
    occasions = []
    for found in _DATED.finditer(text):
        before = text[: found.start()]
        if _is_past(before, found[0]):
            continue
        is_report = asks_for_report(text[max(0, found.start() - 160) : found.end() + 40])
        occasions.append((found[0].strip(" ,"), is_report))
    return occasions


def _is_past(before: str, words: str) -> bool:
    """Tell whether the words date a document or an event rather than what is asked."""
    tail = before[-60:]
    if re.search(
        r"\b(?:submit|present|provide|report|include|deliver|prepare|convene|consider)\b[^;]*$",
        tail,
    ):
        return False
    if re.match(
        r"^(?:by|before|no later|not later|but|within|until|annually|every|each|starting"
        r"|beginning)\b",
        words,
    ):
        return False
    if re.search(
        r"\b(?:will|shall|should|to) be (?:held|convened|considered|observed)[^;]*$", tail
    ):
        return False
    if re.match(r"^(?:in \d{4}|of|to)\b", words):
        return True
    return _PAST.search(tail) is not None
