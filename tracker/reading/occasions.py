"""When a clause is to be carried out, and whether a report is asked for."""

import re

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
    | at\sleast\s\w+\s(?:working\s|calendar\s)?(?:weeks?|months?|days?)\sin\sadvance(?!\sof)
    | (?:at\sleast\s)?(?:\w+\s(?:working\s|calendar\s)?(?:weeks?|months?|days?))\s
      (?:before|prior\sto|in\sadvance\sof)\s[^,;.]{{4,60}}
    | before\s(?:the\send\sof\s)?(?:{_SESSION}|{_DATE})(?:\sof\sthe\sGeneral\sAssembly)?
    | by\s(?:the\s(?:end|beginning)\sof\s)?(?:{_DATE}|{_SESSION})
    | (?:at|during|for|before|in\stime\sfor|prior\sto|to(?=\sannual\ssessions))\s{_SESSION}
    | (?:of|to)\s(?:its|the)\s(?:provisional\sagenda\sof\s(?:its|the)\s)?(?:{_ORDINAL})\ssession
    | in\sthe\sprovisional\sagenda\sof\sits\s{_ORDINAL}\ssession
    | (?:as\s)?(?:starting|beginning|effective|as\sfrom|as\sof|commencing)\s
      (?:(?:in|from|with|on|the\speriod)\s)*{_DATE}(?:[–-]\d{{4}})?
    | as\sfrom\s{_DATE}
    | (?:until|through|up\suntil)\s(?:{_DATE}|{_SESSION}
      |the\s(?:end|completion|conclusion)\sof\s[^,;.]{{3,60}})
    | (?:from|for\sthe\speriod\sfrom)\s\d{{1,2}}\s{_MONTH}(?:\s\d{{4}})?
      \s(?:to|until)\s\d{{1,2}}\s{_MONTH}\s\d{{4}}
    | within\s(?:\w+|\d+)\s(?:days?|weeks?|months?|years?)
      (?:\s(?:of|from|after|following)\s(?:the\s)?(?:adoption|date|holding|end|entry)
      [^,;.]{{0,40}})?
    | on\s\d{{1,2}}(?:\s(?:and|to)\s\d{{1,2}})?\s{_MONTH}\s\d{{4}}
    | (?:immediately|shortly)\s(?:after|upon|following)\s(?:the|its)\s(?:adoption|entry|conclusion
      |completion)[^,;.]{{0,50}}
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
    | (?:in|within|as\spart\sof)\s(?:his|her|its|their|the|relevant)\s(?:regular|periodic)\s
      (?:\w+\s)?(?:reports?|reporting|updates?|briefings?)
    | during\sthe\sweek\sof\s{_DATE}
    | at\s(?:(?:its|their|the)\s)?(?:next|forthcoming|upcoming)\s(?:\w+\s)?meetings?
    | (?:beginning|starting)\s(?:with|from|at)\s(?:its|the)\s(?:next|present|current|{_ORDINAL})\s
      (?:[\w-]+\s){{0,5}}?(?:cycle|session|report|budget|period|biennium)
    | in\sthe\scontext\sof\sthe\s(?:proposed\s)?(?:programme\s)?budget[^,;.]*
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
    "in advance of each", "the date of", "upcoming ", "immediately", "shortly",
    "cycle", " budget", " 1", " 2", " 3",
)  # fmt: skip
# What was done at a session or on a date is no occasion for what is asked.
_PAST = re.compile(
    r"(?:adopted|held|contained|decided|submitted|established|convened|agreed"
    r"|(?<!this\s)(?<!present\s)resolution|decision"
    r"|report|outcome"
    r"|document|Declaration|Programme|Agenda|Framework|presented|considered|endorsed|concluded"
    r"|launched|met|dated"
    r"|Conference|Summit|Meeting|Session|session)\b[^,;]{0,40}$"
)
_REPORT = re.compile(
    r"""\b(?:
      (?:to|and\sto|(?<!monitor),)\s(?:(?!and\s)\w+\s)?report\b
    | (?<!monitor\s)(?<!identify\s)(?<!\sto\s)(?:and|to)\s(?:also\s)?report\s
      (?:to|on|thereon|back|orally|annually|within)
    | shall\sbe\sreported | that\s[^;,]{3,60}?\sreports?\s(?:to|on|back)\b
    | (?:submit|present|provide|transmit|deliver|prepare|issue|include)\b
      (?:(?!preparation\s|assistance\s|support\s|basis\sof\s)[^;]){0,200}?
      \b(?:report|reports|(?<!to\s)update|updates|briefing
      |study|review|inventory|summary|assessment|(?<!the\s)analysis)\b
    | ^an?\s(?:\w+\s){0,3}(?:report|update|briefing|study|assessment)\b
    | submit\s(?:(?:to|during|at|by)\s[\w\s-]{3,60}?\s)?(?:\w+\s){0,2}information\son\sthe\s
      (?:implementation|progress)\b
    | (?:submit|present)\s(?:them|it)\s(?:to|for\sconsideration)\b
    | (?:present|submit)\b[^;]{0,200}?\b(?:plan|recommendations|proposals?)\b
    | (?:includ\w+|reflect|integrat\w+|incorporate|provide|address\w*|report\w*|inform\w*
      |update|highlight|cover|attention|identify|results|continue|assess|focus)\b[^;]{0,300}?
      \bin\s(?:his|her|their|its|his\sor\sher)\s
      (?!national\s)(?:\w+\s){0,2}report(?:s|ing)?\b(?!\s(?:presented|submitted|issued))
    | (?:devise|develop|elaborate|prepare)\b[^;]{0,90}?\bplan\b[^;]{0,600}?
      \bfor\s(?:its\s)?consideration\b
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


_NEAR = 60  # characters before the words
# What stands before and in the words that say when something is to be done.
_TO_BE_DONE = re.compile(
    r"\b(?:submit|present|provide|report|include|deliver|prepare|convene|consider|adopt"
    r"|(?:will|shall|should|to) be (?:held|convened|considered|observed|presented|submitted"
    r"|discussed|reported|transmitted|made))\b[^;]*$"
    r"|\ban?\s(?:\w+\s){1,3}(?:session|meeting|dialogue|debate|panel|discussion|event)\s$"
)
_TO_BE_HELD = re.compile(r"(?:^|\s)to (?:convene|hold|organize)\b[^;]{0,250}$")
_SUM = re.compile(r"\b(?:dollars|amount|appropriation|budget|expenditure)\b")
_LIMIT = re.compile(
    r"^(?:by|before|no later|not later|but|within|until|annually|every|each|starting|beginning"
    r"|in (?:his|her|its|their|relevant) (?:next|regular|periodic))\b"
)
_IN_YEAR = re.compile(r"^in (?:early |late |mid-)?\d{4}\b")
_INFINITIVE_LAST = re.compile(r"^[a-z]+ $|\sto [a-z]+ $")
_ON_DATE = re.compile(r"^on \d")
_TAKES_PLACE = re.compile(
    r"\b(?:take place|be (?:held|convened|observed|inaugurated|opened)|to (?:convene|hold|observe)"
    r"|commence|begin|meet)\b[^;]{0,250}$"
)
# What is dated there is the plan that is followed.
_FOLLOWED = re.compile(
    r"\b(?:with (?:the aim|the goal|the objective|a view) (?:of|to)|so as to"
    r"|in accordance with|in line with|consistent with|pursuant to|as set out in)\b"
    r"(?:(?!\sand to\s)[^,;:])*$"
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
    if _ON_DATE.match(words):
        return _TAKES_PLACE.search(before) is None
    if words.startswith("for the period") and _SUM.search(before):
        return True  # what is paid for, not when
    if _is_to_be_done(before, words):
        return False
    if _IN_YEAR.match(words) or words.startswith(("of ", "to ")):
        return True
    return _PAST.search(before[-_NEAR:]) is not None


def _is_to_be_done(before: str, words: str) -> bool:
    """Tell whether it is a task or a meeting to come that the words date."""
    tail = before[-_NEAR:]
    if _TO_BE_HELD.search(before) and words.startswith("in "):
        return True
    if _TO_BE_DONE.search(tail) or _LIMIT.match(words):
        return True
    # "decides to appraise in 2013"
    return _IN_YEAR.match(words) is not None and _INFINITIVE_LAST.search(tail) is not None
