"""The single asks of a clause that asks several things, and the words on which an ask depends."""

import re
from collections.abc import Iterator

from tracker.reading.actor_lists import actors_in, names_actor
from tracker.reading.addressees import end_of_asked
from tracker.reading.frames import FrameKind, frames_of

Span = tuple[int, int]

_NO_VERB = r"(?:the|an?|all|its|their|his|her|this|these|those|which|whom|each|other|any|such|our)"
# "to submit a report, and to keep the islands informed"
_NEXT_ASK = re.compile(
    rf"(?:,\s(?:and\s)?|\sand\s)(?=to\s(?:also\s|further\s)?(?!{_NO_VERB}\b)[a-z]{{3,}}\b)"
)
_ALONGSIDE = re.compile(
    r"\b(?:in\s(?:close\s|full\s)?(?:\w+\sand\s(?:in\s)?)?(?:cooperation|collaboration|consultation"
    r"|coordination|partnership|conjunction)(?:\sand\s\w+)?\swith|together\swith|jointly\swith"
    r"|with\sthe\s(?:support|assistance|participation|cooperation|help)\sof"
    r"|en\s(?:estrecha\s)?(?:cooperación|colaboración|consulta|coordinación)\scon"
    r"|en\s(?:étroite\s)?(?:coopération|collaboration|consultation|coordination)\savec"
    r"|em\s(?:estreita\s)?(?:cooperação|colaboração|consulta|coordenação)\scom)"
    r"\s(?P<who>[^;:]+)"
)
_WHO_ENDS = re.compile(
    rf",?\s(?:to|a|de|pour|à|para)\s(?!{_NO_VERB}\b|los\b|las\b|les\b|la\b)(?=[a-zé]{{3,}}\b)"
    r"|,\s(?:in|on|with|within|for|through|including|taking|by|at|bearing|where|when|upon|so|that"
    r"|which|inter|and\s(?:in|on|with|within|for|through|taking|by|at|to|requests|invites|decides))"
    r"\b|\.$|\s(?:in\sorder|with\sa\sview|in\sthe|on\sthe|for\sthe|at\sthe)\b"
)
_CONDITION = re.compile(
    r"\b(?:(?:when|where|whenever|if|should|upon|at)\s(?:(?!to\b|which\b)[\w’-]+\s){0,6}?"
    r"(?:so\s)?request(?:s|ed|ing)?\b(?:\sof\s[^,;.:]{3,80}?(?=\sto\s|[,;.:]|$)"
    r"|\ssuch\s(?:\w+\s?){1,3}(?=[,;.]|$))?"
    r"|subject\sto\s(?:the\s|their\s|its\s)?(?:availability|approval|consent|agreement|funding"
    r"|voluntary|extrabudgetary|resources|request)[^,;.:]{0,90}"
    r"|within\s(?:(?:its|their|the|already)\s)*(?:existing|available)\s(?:\w+\s)?resources"
    r"|(?:where|when|if)\s(?:so\s)?(?:necessary|needed|required|feasible|possible)"
    r"|provided\sthat\s[^,;.]{4,90}|unless\s[^,;.]{4,90}"
    r"|cuando\s(?:así\s)?(?:lo\s|se\s)?solicit\w+(?:\s[^,;.]{3,40})?|a\ssolicitud\sde\s[^,;.]{3,60}"
    r"|previa\ssolicitud|con\ssujeción\sa\s[^,;.]{4,90}"
    r"|dentro\sde\slos\srecursos\s(?:existentes|disponibles)|(?:cuando|si)\s(?:sea|fuera)\snecesario"
    r"|(?:à|sur)\s(?:leur|sa|la)?\s?demande(?:\sd[ue’]\s?[^,;.]{3,60})?"
    r"|sous\sréserve\sd[e’]\s?[^,;.]{4,90}|dans\sla\slimite\sdes\sressources\s\w+"
    r"|a\spedido\sd[aeo]s?\s[^,;.]{3,60}|quando\s(?:assim\s)?solicitad\w+|sujeito\sa\s[^,;.]{4,90}"
    r"|dentro\sdos\srecursos\s(?:existentes|disponíveis))",
    re.IGNORECASE,
)
_FEWEST = 2  # asks; a single one is the clause itself
_SHORTEST = 12  # characters of an ask


def find_asks(text: str) -> tuple[Span, ...]:
    """Return where each ask of a clause stands where it has several, else nothing."""
    found: list[Span] = []
    reached = 0
    for frame in frames_of(text):
        begin = text.find(frame.rest, reached) if frame.rest else -1
        if begin < 0:
            continue
        reached = begin + len(frame.rest)
        if frame.kind is FrameKind.ASK and (end := end_of_asked(frame.rest)) is not None:
            found += _split(text, begin + end, reached)
    return tuple(found) if len(found) >= _FEWEST else ()


def find_partners(text: str) -> Iterator[tuple[str, Span]]:
    """Return with whom it shall be done, and where the clause names them."""
    for alongside in _ALONGSIDE.finditer(text):
        who = alongside["who"]
        end = _WHO_ENDS.search(who)
        phrase = who[: end.start()] if end else who.rstrip(".;")
        for actor in actors_in(phrase):
            place = text.find(actor, alongside.start("who"))
            is_named = names_actor(re.split(r"\s(?:of|for|in|on)\s", actor)[0])
            if place >= 0 and is_named and not actor.startswith("taking"):
                yield actor, (place, place + len(actor))


def find_condition(text: str) -> Span | None:
    """Return where the words stand on which the ask depends: "when Governments so request"."""
    found = _CONDITION.search(text)
    return found.span() if found else None


def _split(text: str, begin: int, end: int) -> Iterator[Span]:
    """Return the asks between two places of the text, without what joins them."""
    starts = [begin, *(m.end() for m in _NEXT_ASK.finditer(text, begin + 4, end))]
    for first, last in zip(starts, [*starts[1:], end], strict=True):
        piece = re.sub(r"(?:,?\s(?:and|as well as))?[\s,;.:]*$", "", text[first:last])
        lead = len(piece) - len(piece.lstrip(" ,:"))
        if len(piece) - lead >= _SHORTEST:
            yield first + lead, first + len(piece)
