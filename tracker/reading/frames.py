"""Frames of a clause: each governing verb with what it governs, and whether it asks."""

import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from tracker.reading.hints import places_of


class FrameKind(Enum):
    """What a governing verb does."""

    ASK = auto()
    DECIDE = auto()
    ARRANGE = auto()
    STATE = auto()


class Frame(NamedTuple):
    """A governing verb as printed and the words that follow it up to the next one."""

    kind: FrameKind
    verb: str
    rest: str


# Verbs that ask somebody for something, as the body's own voice (third person).
_ASK = (
    "requests|invites|encourages|urges|recommends|directs|demands|instructs|asks|entrusts|mandates"
    "|exhorts|appeals|calls|solicits|insists|tasks|discourages|advises"
)
# The same after "to", as sub-clauses under "Decides:" open.
_ASK_BASE = "request|invite|encourage|urge|recommend|direct|demand|instruct|ask|call"
_DECIDE = "decides|resolves|determines|agrees"
# Verbs by which the body itself acts or arranges.
_ARRANGE = (
    "adopts|approves|endorses|establishes|extends|renews|elects|authorizes|authorises|convenes"
    "|proclaims|designates|undertakes|appropriates|appoints|accepts|terminates|concurs|suspends"
    "|abolishes|confirms its (?:intention|decision)|declares its intention"
)
_ADVERB = (
    r"(?:also|further|again|strongly|firmly|earnestly|urgently|once again|respectfully|likewise"
    r"|furthermore|moreover|hereby|specifically|particularly|especially|in particular|continues to"
    r"|accordingly|consequently|solemnly)"
)
# What may stand before a governing verb; "which encourages" governs nothing.
_BEFORE = re.compile(
    r"(?:^|[,;:–—]\s(?:and\s|while\s|as well as\s)?|\s(?:and|but)\s|\)\s)"
    r"(?:(?:in (?:this|that) (?:regard|connection|context|respect)|to (?:this|that) end|therefore"
    rf"|thus|for this purpose),?\s)?(?P<adverbs>(?:{_ADVERB},?\s)*)$"
)
_RELATIVE = re.compile(r"\b(?:which|who|that),\s[^,;]{1,40},\s$|\bof and $")
_REACH = 60  # characters in which that is sought
_LED = frozenset(re.findall(r"[a-z]+", _BEFORE.pattern))  # words of which one stands last in it
_LONGEST_LED = max(map(len, _LED)) + 2
_REPEAT = "reiterates|reaffirms|renews|repeats|recalls and reiterates"
_REPEATED_ASK = (
    rf"(?:{_REPEAT})\s(?:also\s|further\s)?(?:its"
    r"|the|his)\s"
    r"(?:\w+\s){0,2}(?:requests?|calls?|invitations?|appeals?|encouragement|recommendations?"
    r"|demands?)"
)
_REPEATED_DECISION = r"(?:reiterates|reaffirms|recalls|confirms)\sits\s(?:previous\s)?decisions?"
_INTEND = "expresses|reaffirms|reiterates|states|confirms"
_INTENTION = (
    rf"(?:{_INTEND})\s(?:also\s|further\s)?its\s"
    r"(?:\w+\s){0,2}(?:intention|intent|readiness|willingness)"
)
# "Decides to invite X to ..." asks X.
_DECIDED_ASK = rf"(?:{_DECIDE})\s(?:also\s|further\s)?to\s(?:{_ASK_BASE})"
_ASKING = re.compile(
    rf"\b(?P<verb>{_REPEATED_ASK}|{_DECIDED_ASK}|{_REPEATED_DECISION}|{_INTENTION}"
    rf"|(?:{_ASK}|{_DECIDE}|{_ARRANGE}|continues? to encourage|calls)\b"
    r"(?:\s(?:also|further|again))?(?:\s(?:upon|on|for|to)(?=\s))?)"
)
_KINDS = (
    (FrameKind.ASK, re.compile(rf"(?:{_REPEATED_ASK}|{_DECIDED_ASK})\b")),
    (FrameKind.DECIDE, re.compile(rf"(?:{_REPEATED_DECISION})$|(?:{_DECIDE})\b")),
    (FrameKind.ARRANGE, re.compile(rf"(?:{_INTENTION})$|(?:{_ARRANGE})")),
)
_INFINITIVE = re.compile(
    rf"^[Tt]o (?:also |further )?(?P<verb>(?:{_ASK_BASE})\b(?:\s(?:upon|on|for))?)"
)
_STATE = (
    "welcomes|notes|takes note|recognizes|recognises|stresses|emphasizes|emphasises"
    "|underlines|underscores|expresses|reaffirms|affirms|recalls|acknowledges|commends|condemns"
    "|reiterates|considers|appreciates|highlights|deplores|looks forward|supports|declares"
)
# "To welcome the report", under "Decides:", states; it may go on "and invite the Facility to".
_STATE_BASE = (
    "welcome|note|take note|recognize|stress|emphasize|underline|underscore|express|reaffirm|recall"
    "|acknowledge|commend|highlight"
)
# "Decides to improve its work by requesting the Forum:"
_BY_ASKING = re.compile(
    r"\bby (?P<verb>requesting|inviting|encouraging|urging|asking) [^,;:]{3,80}:$"
)
_INFINITIVE_STATE = re.compile(rf"^To (?:also |further )?(?P<verb>{_STATE_BASE})\b")
_THEN_ASKS = re.compile(rf",?\sand (?:to )?(?P<verb>(?:{_ASK_BASE})\b(?:\s(?:upon|on|for))?)")
_STATING = re.compile(rf"\b(?P<verb>{_STATE})\b")


def _first_words(*verbs: str) -> frozenset[str]:
    """Return the first words of all these verbs, with the marks that may follow them."""
    first = {verb.split(" ")[0] for each in verbs for verb in each.split("|")}
    return frozenset(word + mark for word in first for mark in ("", ",", ":", ";"))


_ASKING_WORDS = _first_words(_ASK, _DECIDE, _ARRANGE, _REPEAT, _INTEND, "continue|continues")
_STATING_WORDS = _first_words(_STATE)


@lru_cache(maxsize=1024)
def frames_of(text: str) -> tuple[Frame, ...]:
    """Return the frames of a clause in their order; the first may begin before any known verb."""
    starts = _starts(text)
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, 0, FrameKind.STATE, " ".join(text.split()[:2])))
    frames = []
    for position, (_, end, kind, verb) in enumerate(starts):
        until = starts[position + 1][0] if position + 1 < len(starts) else len(text)
        frames.append(Frame(kind, verb, text[end:until].strip()))
    return tuple(_with_what_is_shared(frames))


def _with_what_is_shared(frames: list[Frame]) -> list[Frame]:
    """Return the frames where "encourages and welcomes the use" encourages the use, too."""
    return [
        frame._replace(rest=after.rest) if frame.rest == "and" and after else frame
        for frame, after in zip_longest(frames, frames[1:])
    ]


def states_as_infinitive(text: str) -> bool:
    """Tell whether a sub-clause states something in the infinitive: "To welcome the report"."""
    return _INFINITIVE_STATE.match(text) is not None


def _starts(text: str) -> list[tuple[int, int, FrameKind, str]]:
    """Return for each governing verb where it begins and ends, what it does, and itself."""
    infinitive = _INFINITIVE.match(text)
    found: list[tuple[int, int, FrameKind, str]] = []
    if infinitive:
        found.append((0, infinitive.end("verb"), FrameKind.ASK, infinitive["verb"]))
    elif stating := _INFINITIVE_STATE.match(text):
        found.append((0, stating.end("verb"), FrameKind.STATE, stating["verb"]))
        found += [
            (asked.start("verb"), asked.end("verb"), FrameKind.ASK, asked["verb"])
            for asked in _THEN_ASKS.finditer(text)
        ]
    elif text.endswith(":") and (by_asking := _BY_ASKING.search(text)):
        found.append(
            (by_asking.start("verb"), by_asking.end("verb"), FrameKind.ASK, by_asking["verb"])
        )
    lower = text.lower()  # matching small letters is much faster than ignoring case
    words = set(lower.split())
    for pattern, first_words in ((_ASKING, _ASKING_WORDS), (_STATING, _STATING_WORDS)):
        for match in _matches(pattern, words & first_words, lower):
            led = _BEFORE.search(lower, max(0, match.start() - _REACH), match.start())
            overlaps = any(begin <= match.start() < end for begin, end, _, _ in found)
            is_noun = pattern is _ASKING and lower.startswith(" of ", match.end())
            if led is None or overlaps or is_noun or _is_inside(text, match.start()):
                continue
            begin = match.start() - len(led["adverbs"])
            kind = _kind(match["verb"]) if pattern is _ASKING else FrameKind.STATE
            found.append((begin, match.end(), kind, text[match.start() : match.end()]))
    return sorted(found)


def _matches(
    pattern: re.Pattern[str], first_words: Iterable[str], text: str
) -> Iterator[re.Match[str]]:
    """Return what ``finditer`` would, trying only the places where one of these words stands.

    Trying every alternative at every word of the text costs many times as much.
    """
    end = 0
    for start in sorted(place for word in first_words for place in places_of(word, text)):
        may_be = start >= end and _may_govern(text, start)
        match = pattern.match(text, start) if may_be else None
        if match:
            end = match.end()
            yield match


def _may_govern(text: str, place: int) -> bool:
    """Tell, at little cost, whether what stands before a verb lets it govern a clause."""
    before = text[max(0, place - _LONGEST_LED) : place].split()
    return not before or before[-1] in _LED or before[-1][-1] in ",;:–—)"


@lru_cache(maxsize=256)
def _kind(verb: str) -> FrameKind:
    return next((kind for kind, form in _KINDS if form.match(verb)), FrameKind.ASK)


def _is_inside(text: str, position: int) -> bool:
    """Tell whether a place stands inside quotation marks, or in words that govern nothing.

    Such are "which, inter alia, calls" and "offers of and requests for".
    """
    before = text[:position]
    return before.count("“") > before.count("”") or _RELATIVE.search(before) is not None
