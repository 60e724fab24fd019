"""How often what a clause asks is to be done: once, again and again, or without an end."""

import re

from tracker.domain.mandates import Periodicity
from tracker.reading.hints import holds_any

_RECURRING = re.compile(
    r"\b(?:annual(?:ly)?|biennial(?:ly)?|biannual(?:ly)?|quarterly|monthly|yearly"
    r"|every\s(?:\w+\s)?(?:days?|weeks?|months?|years?|sessions?)"
    r"|each\s(?:\w+\s){0,3}sessions?|each\syear|every\s\w+\sthereafter|quadrennial|triennial"
    r"|at\s[\w-]+\sintervals|on\sa\sregular\sbasis|at\sregular\sintervals"
    r"|regularly\s(?:report|brief|inform|updat)\w*"
    r"|(?:report|brief|inform|update)\s(?:\w+\s){0,4}?regularly"
    r"|regular\s(?:\w+\s)?(?:reports?|updates?|briefings?)"
    r"|in\s(?:all\s)?(?:his|her|its|their)\s(?:reports|reporting|briefings|updates)\b"
    r"|(?:submit|prepare|provide|issue|undertake|conduct)\s(?:\w+\s){0,2}periodic\s"
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
    r"|discussions?|dialogue|conference)\b"
    r"|\b(?:first|second|third|fourth|fifth|next)\sannual|Biennial\sMeeting"
)
# "hold annual sessions" and "continue to convene the annual meeting" ask for each of them.
_EACH_OF_THEM = re.compile(
    r"\b(?:continue to (?:convene|hold|organize) (?:the|its) |(?:convene|hold|organize) (?:an )?)$"
)
_INFINITIVE = re.compile(
    r"\bto\s(?<!pursuant\sto\s)(?<!according\sto\s)(?<!relating\sto\s)(?<!contrary\sto\s)"
    r"(?<!prior\sto\s)(?<!access\sto\s)"
    r"(?<!party\sto\s)(?<!parties\sto\s)(?<!attention\sto\s)(?<!regard\sto\s)"
    r"(?!(?:the|an?|all|its|their|his|this|these|those|which|whom|each|other|any|such)\s)(?P<what>[a-z].*)$"
)
_PASSIVE = re.compile(r"^that\s(?:[\w,.]+\s){1,12}?(?P<what>be\s\w+(?:ed|n)\b.*)$")
# What is done when it has been handed in, and what is done when it has come about.
_DELIVERED = re.compile(
    r"^(?:(?:also|further|urgently|continue)\s)?(?:submit|prepare|present|transmit|report|publish"
    r"|issue|circulate|forward|compile|convene (?:a|the)|organize (?:a|the)|hold a|conduct a"
    r"|undertake a|carry out a|appoint|designate|ratify|accede|become parties|finalize"
    r"|make (?:further |specific |appropriate )?recommendations)\b"
)
_DECIDED = re.compile(
    r"^that\s[^;]{2,160}?\s(?:shall|should|will|must)\s(?:also\s)?(?P<what>[a-z].*)$"
)
_FINISHED = re.compile(
    r"^(?:(?:also|further|urgently|continue|fully|immediately)\s)?(?:bring\b.*\battention"
    r"|establish a|consider (?:ratifying|acceding|becoming|doing so|convening|organizing|holding)"
    r"|identify options|seek accreditation|revise|include the text|adopt the|liaise|complete"
    r"|develop a|elaborate a|sign|negotiate (?:a|the)|conclude|absorb|deploy|redeploy|reclassify"
    r"|repeal|propose(?! or| to| new)|attend (?:the|that|this)"
    r"|take (?:an? )?(?:\w+ )?part in (?:the|that|this)"
    r"|participate in the (?:upcoming|forthcoming|next)"
    r"|take the necessary (?:\w+ )?(?:measures|steps) (?:as expeditiously|forthwith|immediately)"
    r"|the (?:[\w-]+ ){0,4}withdrawal|hold its"
    r"|(?:be|it be) (?:withdrawn|issued|circulated|published|transmitted|convened))\b"
)
_NEXT_TASK = re.compile(
    r"(?:,\s(?:and\s)?|\sand\s)(?:for\s[^,;]{3,60}?\s)?to\s(?:also\s|further\s)?(?=[a-z]{4,}\b)"
)
# Several undated papers, or one "as appropriate", are handed in whenever they come about.
_AS_IT_COMES = re.compile(
    r"^(?:(?:submit|present|transmit|prepare|issue|report|publish|forward|propose)\b)"
    r"(?:[^;]{0,60}?,\s(?:on a voluntary basis|as (?:and when )?(?:appropriate|necessary)"
    r"|when necessary|where appropriate)\b"
    r"|\s(?:on a voluntary basis\s)?(?:(?!the\s|an?\s|to\s|its\s|their\s|his\s)[\w-]+\s){0,3}"
    r"(?:proposals|reports|draft\s\w+|inputs?|contributions|applications|comments"
    r"|requests|notifications)\b)"
)
_SINGLE = re.compile(r"^(?:at|by|before|no later|not later|within|for|in \w+ next)\b")
_IN_THE_NEXT = re.compile(r"^in \w+ next\b")
_LASTING = re.compile(r"^(?:until|through|as from|from|beginning with|starting from)\b")


def find_periodicity(texts: list[str], occasion: str | None) -> tuple[Periodicity, str]:
    """Return how often what is asked has to be done, with the words that show it.

    ``texts`` are the words after each asking verb.
    """
    text = " ".join(texts)
    recurring = _recurring_words(text)
    is_dated = occasion is not None and _SINGLE.match(occasion) is not None
    if recurring and not (is_dated and recurring.startswith("regular")):  # a dated report decides
        return Periodicity.RECURRING, recurring
    if occasion and _RECURRING.search(occasion) and not _IN_THE_NEXT.match(occasion):
        return Periodicity.RECURRING, occasion
    is_one_of_many = occasion is not None and (
        re.search(rf"\bincluding [^,;]{{0,60}}?{re.escape(occasion)}", text) is not None
    )
    if occasion and not is_one_of_many and not _LASTING.match(occasion):
        return Periodicity.ONE_OFF, occasion
    finished = next((words for said in texts if (words := _finished(said))), None)
    return (Periodicity.ONE_OFF, finished) if finished else (Periodicity.CONTINUING, "")


def _finished(text: str) -> str | None:
    """Return the words that show that what is asked is done once, None where it goes on."""
    asked = [pattern.search(text) for pattern in (_PASSIVE, _DECIDED, _INFINITIVE)]
    tasks = [found["what"] for found in asked if found] or [text]
    further = [tasks[-1][found.end() :] for found in _NEXT_TASK.finditer(tasks[-1])]
    found = [_FINISHED.match(task) for task in tasks]
    found += [_DELIVERED.match(task) for task in tasks + further if not _AS_IT_COMES.match(task)]
    return next((each[0] for each in found if each), None)


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
    is_name = any(found.start() <= place < found.end() for found in named)
    return is_name and not _EACH_OF_THEM.search(text[:place])
