"""When a clause is to be carried out, how often, and whether a report is asked for."""

import re

from tracker.domain.mandates import Periodicity
from tracker.reading.hints import holds_any

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = rf"(?:(?:the\s)?(?:\d{{1,2}}\s)?{_MONTH}\s\d{{4}}|{_MONTH}\s\d{{1,2}}\b|\d{{4}})"
_ORDINAL = (
    r"(?:[a-z]+-)?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|\w+teenth"
    r"|\w+tieth|\w+dieth|\d+(?:st|nd|rd|th))"
)
_COUNT = r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|\d{1,3})"
_WHOSE = r"(?:its|the|his|her|their|each|every|next|a)"
_SESSION = (
    rf"(?:{_WHOSE}\s)?(?:(?:main|resumed|first|second|regular|special|annual|next|organizational"
    rf"|substantive)\s(?:part\sof\s)?)*"
    rf"(?:{_WHOSE}\s)?(?:(?:regular|resumed|special|annual|next|forthcoming|upcoming|emergency"
    rf"|\d{{4}}|following|subsequent)\s)*"
    rf"(?:(?:{_ORDINAL},?\s)*{_ORDINAL}\s(?:and|to)\s)?"
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
      (?:\s(?:of|from|after|following)\s(?:the\s)?(?:adoption|date)[^,;.]{{0,40}})?
    | {_COUNT}\s(?:days|weeks|months|years)\s(?:after|following)\s(?:its|the|their)\s
      (?:(?!and\s)[\w’-]+\s?){{1,6}}
    | for\sup\sto\s\w+\s\w+\sfrom\sthe\sdate\sof\sthis\sresolution
    | (?:annually|biennially|biannually|quarterly)(?:,\son\sthe\s[^,;.]{{4,40}})?
    | on\s(?:an?\s)?(?:annual|semi-annual|biannual|biennial|quarterly|monthly|yearly)\sbasis
    | every\s(?:(?:two|three|four|five|six|nine|twelve|\d+|other|second)\s)?
      (?:days?|weeks?|months?|years?|sessions?)(?:\sthereafter)?
    | (?:each|every)\s(?:year|session)
    | in\s(?:the\scontext\sof\s)?(?:his|her|its|their|the)\s(?:next|forthcoming|annual)\s
      (?:\w+\s){{0,3}}(?:reports?|proposal|edition|budget)
      (?:\son\sthe\s[\w\s]{{3,40}}?(?=[,;.]|$))?
    | in\sthe\scontext\sof\s(?:his|her|its|the)\s(?:next|annual|forthcoming)\s[^,;.]{{4,60}}
    | (?:in|within|as\spart\sof)\s(?:his|her|its|their|the)\s(?:regular|periodic)\s(?:\w+\s)?
      (?:reports?|reporting|updates?|briefings?)
    | during\sthe\sweek\sof\s{_DATE}
    | at\s(?:its|their|the)\s(?:next|forthcoming)\s(?:\w+\s)?meeting
    | at\sthe\s[A-Z][\w\s]+?\sin\s\d{{4}}
    | at\sthe\stime\sof\s(?:its|the)\s[^,;.]{{4,90}}
    | in\sadvance\sof\seach\s[\w\s]{{3,40}}
    | in\s(?:early\s|late\s|mid-)?\d{{4}}(?=[,;.\s]|$)
    )""",
    re.VERBOSE,
)
# One of these stands in all that _DATED finds: most clauses need not be searched.
_DATED_WORDS = (
    "session", "week", "month", "day", "year", "later than", "annual", "biennial", "biannual",
    "quarterly", "every", "next ", "forthcoming ", "regular ", "periodic ", "the time of",
    "in advance of each", "the date of", " 20", " 19",
)  # fmt: skip
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
    r"|at\s[\w-]+\sintervals|on\sa\sregular\sbasis|at\sregular\sintervals|regularly\s(?:report|brief|inform|updat)\w*"
    r"|(?:report|brief|inform|update)\s(?:\w+\s){0,4}?regularly"
    r"|regular\s(?:\w+\s)?(?:reports?|updates?|briefings?)"
    r"|in\s(?:all\s)?(?:his|her|its|their)\s(?:reports|reporting|briefings|updates)\b"
    r"|(?:submit|prepare|provide|issue)\s(?:\w+\s){0,2}periodic\s"
    r"|periodically\s(?:report|brief|inform|updat|provid|review)\w*"
    r"|existing\s(?:\w+\s)?reporting\sobligations"
    r"|sessions?\sper\syear|(?:once|twice|times)\s(?:a|per)\s(?:year|biennium))\b"
)
# One of these stands in all that _RECURRING finds.
_RECURRING_WORDS = (
    "annual", "ennial", "quarterly", "monthly", "yearly", "every", "each", "regular", "in his ",
    "in her ", "in its ", "in their ", "in all ", "periodic", "reporting obligations", "intervals",
    "per year", "once", "twice", "times",
)  # fmt: skip
# "Annual" may only name what it stands before: "the annual session", "its next annual meeting".
_NAMED_ANNUAL = re.compile(
    r"\b(?:annual|biennial|quadrennial|quarterly|triennial)\s(?:\w+\s){0,2}?(?:comprehensive\spolicy"
    r"|theme|[Mm]eetings?|sessions?|ministerial|review|high-level|full-day|day|days|panel"
    r"|discussions?|dialogue|conference)\b|\b(?:first|next)\sannual|Biennial\sMeeting"
)
_REPORT = re.compile(
    r"""\b(?:
      (?:to|and\sto|(?<!monitor),)\s(?:\w+\s)?report\b
    | (?<!monitor\s)(?<!identify\s)(?:and|to)\s(?:also\s)?report\s
      (?:to|on|thereon|back|orally|annually|within)
    | shall\sbe\sreported | that\s[^;,]{3,60}?\sreports?\s(?:to|on|back)\b
    | (?:submit|present|provide|transmit|deliver|prepare|issue|include)\b
      (?:(?!preparation\s|assistance\s|support\s|basis\sof\s)[^;]){0,200}?
      \b(?:report|reports|(?<!to\s)update|updates|briefing
      |study|review|inventory|summary|assessment|(?<!the\s)analysis)\b
    | ^an?\s(?:\w+\s){0,3}(?:report|update|briefing|study|assessment)\b
    | submit\s(?:\w+\s){0,2}information\son\sthe\simplementation\b
    | (?:submit|present)\s(?:them|it)\s(?:to|for\sconsideration)\b
    | (?:present|submit)\b[^;]{0,200}?\b(?:plan|recommendations|proposals?)\b
    | in\s(?:his|her|their|its|his\sor\sher)\s(?!national\s)(?:\w+\s){0,2}report(?:s|ing)?\b
    | brief\sthe\s | keep\sthe\s[\w\s]{3,30}?\s(?:\w+\s)?informed
    | inform\sthe\s(?:\w+\s){0,3}?(?:Council|General|Commission|Assembly|Committee)
    | (?:written|oral)\sreports?\b
    | (?:include|reflect|contain)\b[^;]{0,120}?\breporting\sobligations
    )""",
    re.VERBOSE,
)
# One of these stands in all that _REPORT finds.
_REPORT_WORDS = (
    "report", "update", "brief", "study", "review", "inventory", "analysis", "summary",
    "assessment", "plan", "recommendations", "proposal", "inform",
)  # fmt: skip
_INFINITIVE = re.compile(
    r"\bto\s(?<!pursuant\sto\s)(?<!according\sto\s)(?<!relating\sto\s)(?<!contrary\sto\s)"
    r"(?<!prior\sto\s)(?<!access\sto\s)(?!(?:the|an?|all|its|their|his|this|these|those|which|whom|each|other|any"
    r"|such)\s)(?P<what>[a-z].*)$"
)
_PASSIVE = re.compile(r"^that\s(?:[\w,.]+\s){1,12}?(?P<what>be\s\w+(?:ed|n)\b.*)$")
_FINISHED = re.compile(
    r"^(?:(?:also|further|urgently|continue)\s)?(?:submit|prepare|present|convene (?:a|the)"
    r"|organize (?:a|the)|transmit|bring\b.*\battention|appoint|establish a"
    r"|consider (?:ratifying|acceding|becoming|doing so)|ratify|accede|become parties"
    r"|identify options|carry out a|seek accreditation"
    r"|revise|include the text|issue|publish|circulate|conduct a|undertake a|adopt the|liaise"
    r"|report|designate|finalize"
    r"|complete|develop a|hold a|forward|elaborate a|compile|sign|negotiate (?:a|the)|conclude"
    r"|attend (?:the|that|this)|take (?:an? )?(?:\w+ )?part in (?:the|that|this)"
    r"|the (?:[\w-]+ ){0,4}withdrawal|hold its"
    r"|(?:be|it be) (?:withdrawn|issued|circulated|published|transmitted|convened))\b"
)


# What stands before and in the words that say when something is to be done.
_TO_BE_DONE = re.compile(
    r"\b(?:submit|present|provide|report|include|deliver|prepare|convene|consider|adopt"
    r"|(?:will|shall|should|to) be (?:held|convened|considered|observed|presented|submitted"
    r"|discussed|reported|transmitted|made))\b[^;]*$"
)
_TO_BE_HELD = re.compile(r"(?:^|\s)to (?:convene|hold|organize)\b[^;]{0,250}$")
_SUM = re.compile(r"\b(?:dollars|amount|appropriation|budget|expenditure)\b")
_LIMIT = re.compile(
    r"^(?:by|before|no later|not later|but|within|until|annually|every|each|starting|beginning)\b"
)
_IN_YEAR = re.compile(r"^in (?:early |late |mid-)?\d{4}\b")
_INFINITIVE_LAST = re.compile(r"^[a-z]+ $|\sto [a-z]+ $")
_SINGLE = re.compile(r"^(?:at|by|before|no later|not later|within|for)\b")
_LASTING = re.compile(r"^(?:until|through|as from|from)\b")
# What is dated there is the plan that is followed.
_FOLLOWED = re.compile(
    r"\b(?:in accordance with|in line with|consistent with|pursuant to|as set out in)\b[^,;:]*$"
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
    return holds_any(text, _REPORT_WORDS) and _REPORT.search(text) is not None


def find_periodicity(text: str, occasion: str | None) -> tuple[Periodicity, str]:
    """Return how often what is asked has to be done, with the words that show it."""
    recurring = _recurring_words(text)
    is_dated = occasion is not None and _SINGLE.match(occasion) is not None
    if recurring and not (is_dated and recurring.startswith("regular")):  # a dated report decides
        return Periodicity.RECURRING, recurring
    if occasion and _RECURRING.search(occasion):
        return Periodicity.RECURRING, occasion
    is_one_of_many = occasion is not None and f"including {occasion}" in text
    if occasion and not is_one_of_many and not _LASTING.match(occasion):
        return Periodicity.ONE_OFF, occasion
    asked = [pattern.search(text) for pattern in (_PASSIVE, _INFINITIVE)]
    said = [found["what"] for found in asked if found] or [text]
    finished = next((f for words in said if (f := _FINISHED.match(words))), None)
    if finished:
        return Periodicity.ONE_OFF, finished[0]
    return Periodicity.CONTINUING, ""


def _recurring_words(text: str) -> str | None:
    """Return the words that say how often, not those that only name a meeting."""
    if not holds_any(text, _RECURRING_WORDS):
        return None
    for found in _RECURRING.finditer(text):
        if not _only_names(text, found.start()):
            return found[0]
    return None


def _only_names(text: str, place: int) -> bool:
    """Tell whether the word at a place is part of a meeting's name: "the annual session"."""
    named = _NAMED_ANNUAL.finditer(text)
    return any(found.start() <= place < found.end() for found in named)


def _occasions(text: str) -> list[tuple[str, bool]]:
    occasions: list[tuple[str, bool]] = []
    if not holds_any(text, _DATED_WORDS):
        return occasions
    for found in _DATED.finditer(text):
        before = text[: found.start()]
        if _is_past(before, found[0]) or _FOLLOWED.search(before):
            continue
        is_report = asks_for_report(text[max(0, found.start() - 160) : found.end() + 40])
        occasions.append((found[0].strip(" ,"), is_report))
    return occasions


def _is_past(before: str, words: str) -> bool:
    """Tell whether the words date a document or an event rather than what is asked."""
    tail = before[-60:]
    if words.startswith("for the period") and _SUM.search(before):
        return True  # what is paid for, not when
    if _TO_BE_HELD.search(before) and words.startswith("in "):
        return False
    if _TO_BE_DONE.search(tail) or _LIMIT.match(words):
        return False
    if _IN_YEAR.match(words) and _INFINITIVE_LAST.search(tail):
        return False  # "decides to appraise in 2013"
    if _IN_YEAR.match(words) or words.startswith(("of ", "to ")):
        return True
    return _PAST.search(tail) is not None
