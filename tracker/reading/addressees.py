"""Who is asked: the actors named after an asking verb, in the clause's own words."""

import re

from tracker.reading.actor_lists import HEAD, HEADS, names_actor

_AND_ACTOR = re.compile(
    r",?\s(?:and|or|as well as)\s(?:(?:the|all|other|relevant)\s)*(?:[A-Z][\w-]*\s)*?"
    rf"(?:{HEADS})(?![\w-])"
)
_NOT_VERBS = r"(?:the|an?|all|its|their|his|this|these|those|which|whom|each|other|any|such|our|be)"
_ENDS = (
    re.compile(
        rf"\s(?:(?:not|further|fully|also|more|actively|urgently|promptly"
        rf"|thoroughly)\s)?(?<!pursuant\s)(?<!according\s)(?<!relating\s)(?<!contrary\s)"
        rf"(?<!prior\s)to\s(?!{_NOT_VERBS}\s)(?=[a-z])"
    ),
    re.compile(r"[:;]"),
    re.compile(r",\s(?:and\s)?(?:requests|invites|encourages|calls|urges|decides)\b"),
)
_DEFINING = re.compile(
    r"^\s(?:of|on|for|in|against|to)\s(?:the\s|all\s|its\s)?(?:[A-Z(][\w’()-]*|(?:graduating"
    r"|situations)\b)"
    r"(?:[\s,]+(?:and|of|on|for|in|the|to|de|la|its|[A-Z(][\w’()-]*))*"
)
_LED_IN = re.compile(r"^(?:in|for|with|at|on|by|as|to|from|under|subject|pursuant|until|during)\b")
_SECRETARIAT = re.compile(
    r"Secretar(?:y|ies)[- ]General|[Ss]ecretariat|Executive (?:Secretar|Director)|High Commissioner"
    r"|Offices?\b|Department"
    r"|Rapporteur|Independent Expert|independent expert\b|special procedures|mandate[ -]holder"
    r"|[Cc]ommission of [Ii]nquiry"
    r"|[Ff]act-[Ff]inding|Panel\b|Special (?:Representative|Envoy|Adviser)|Executive Directorate"
    r"|Under-Secretary"
    r"|Resident Coordinator|[Mm]onitoring [Tt]eam|Monitoring Group|job network|Expert Mechanism"
    r"|Controller"
    r"|UNAM[AI]\b|MINU\w+|MONUSCO|UNMI\w+|UNISFA|UNIFIL|UNDOF|UNFICYP|UNSOM|UNSOS|UNOAU|UNITAMS"
    r"|UNSMIL|BINUH"
    r"|UNMHA|ONUB|UNOCI|UNAMID|ECLAC|ESCWA|ESCAP|OHCHR|OCHA|DESA|UNODC|[Aa]ssistance [Mm]ission"
    r"|\bMission\b|Ombudsperson|Coordinator|Stabilization Mission|Under-Secretaries|Registrar"
    r"|Working Group on (?:the )?(?:issue|[Aa]rbitrary|[Ee]nforced|[Dd]iscrimination|use)"
    r"|Forum on Minority"
    r"|Focal Point|Emergency Relief|Regional Representative"
    r"|^Centre$|(?:United Nations|[Rr]egional) (?:[A-Z]\w+ )?Centre\b"
)
_NO_SECRETARIAT = ("Commission on", "Committee", "Advisory Committee", "General Assembly")
_COOPERATION = re.compile(
    r"\b(?:cooperation|collaboration|partnerships?|dialogue|coordination|efforts|engagement"
    r"|participation|support|contribution|use|sharing|exchanges?|consultations|interactions?"
    r"|synergies)(?:(?: [\w-]+){0,4}(?: |,[^,]{3,40}, )(?:between|among)"
    r"| (?:(?:made |undertaken )?by|of))"
    r"\s(?P<who>.+)"
)
# "Requests an update from the Government on its preparations"
_ASKED_FROM = re.compile(
    r"^(?:an?|the|regular)\s(?:[\w-]+\s){0,3}(?:reports?|updates?|briefings?|information|advice"
    r"|recommendations)\s[^;]*?\bfrom\s(?P<who>.+)"
)
_BEFORE_MODAL = re.compile(
    r"^(?:that,?\s)?(?P<subject>.{2,260}?)\s(?:shall|should|will|must|may|is to|are to)\b"
)
_NAME_FIRST = re.compile(r"^\s?(?:the\s)?[A-Z]")
_THAT = re.compile(r"^that,?\s")
_PUT_ASIDE = re.compile(r",?\s(?:on|about|regarding|concerning|taking|setting)\b.*$")
_PASSIVE = re.compile(r"\s(?:not\s)?be\s\w+(?:ed|n)\b")


def asked_phrase(rest: str, *, after_that: bool = False) -> str:
    """Return the words after an asking verb that name who is asked, "" where none do.

    ``after_that``: the words are a clause ("that States consider ..."), whose subject is asked.
    """
    is_clause = after_that or rest.startswith("that ")
    return (_subject(rest) if is_clause else _before_task(rest)) or ""


def end_of_asked(rest: str) -> int | None:
    """Return where the words that name who is asked end, None where no end is seen."""
    ends = [found.start() for pattern in _ENDS if (found := pattern.search(rest))]
    return min(ends) if ends else None


def subject_before_modal(rest: str) -> str | None:
    """Return the subject of "that X shall ...", None where there is none."""
    found = _BEFORE_MODAL.match(rest)
    if found is None:
        return None
    subject = found["subject"].strip(" :,")
    if _LED_IN.match(subject) and ", " in subject:
        subject = subject.rsplit(", ", 1)[1]
    return subject


def serves_secretariat(actor: str) -> bool:
    """Tell whether an actor belongs to the secretariat or reports to the body as its agent."""
    if actor.startswith(_NO_SECRETARIAT):
        return False
    return _SECRETARIAT.search(actor) is not None


def _before_task(rest: str) -> str | None:
    """Return the words between the asking verb and what is asked."""
    asked_from = _ASKED_FROM.match(rest)
    if asked_from:
        return _PUT_ASIDE.sub("", asked_from["who"])
    end = end_of_asked(rest)
    if end is None:
        short = rest.strip(" ,") if len(rest) < 80 and names_actor(rest) else None
        return _of_cooperation(rest) or short
    phrase = rest[:end]
    cooperation = _of_cooperation(phrase)
    return cooperation if cooperation and not _NAME_FIRST.match(phrase) else phrase


def _of_cooperation(rest: str) -> str | None:
    """Return who is meant by "the cooperation between X and Y"."""
    found = _COOPERATION.search(rest)
    return found["who"] if found else None


def _subject(rest: str) -> str | None:
    subject = subject_before_modal(rest)
    if subject is not None:
        return subject
    clause = _THAT.sub("", rest)
    head = HEAD.search(clause[:160])
    if head is None or _PASSIVE.search(clause[: head.start()]):
        return None
    end = _end_of_actor(clause, head.end())
    while another := _AND_ACTOR.match(clause, end):
        end = _end_of_actor(clause, another.end())
    return clause[:end]


def _end_of_actor(clause: str, head_end: int) -> int:
    """Return where an actor ends, given the end of its head: "Council" in "Council of Europe"."""
    defining = _DEFINING.match(clause[head_end:])
    return head_end + (defining.end() if defining else 0)
