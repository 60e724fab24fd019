"""Frames of a clause: each governing verb with what it governs, and whether it asks."""

import re
from dataclasses import dataclass
from enum import Enum, auto


class FrameKind(Enum):
    """What a governing verb does."""

    ASK = auto()
    DECIDE = auto()
    ARRANGE = auto()
    STATE = auto()


@dataclass(frozen=True, slots=True)
class Frame:
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
_BEFORE = (
    r"(?:^|(?<=[,;:–—])\s|(?<=[,;:–—])\s(?:and|while|as well as)\s|\s(?:and|but)\s|(?<=\))\s)"
    r"(?:(?:in (?:this|that) (?:regard|connection|context|respect)|to (?:this|that) end|therefore"
    r"|accordingly|for this purpose),?\s)?"
)
_ADVERBS = (
    r"(?:(?:[Aa]lso|[Ff]urther|[Aa]gain|[Ss]trongly|[Ff]irmly|[Ee]arnestly|[Uu]rgently|[Oo]nce again"
    r"|[Rr]espectfully|[Ll]ikewise|[Ff]urthermore|[Mm]oreover|[Hh]ereby|[Ss]pecifically"
    r"|[Pp]articularly|[Ee]specially|[Ii]n particular|[Cc]ontinues to|[Aa]ccordingly|[Ss]olemnly),?\s)*"
)
_REPEATED_ASK = (
    r"(?:reiterates|reaffirms|renews|repeats|recalls and reiterates)\s(?:also\s|further\s)?(?:its|the|his)\s"
    r"(?:\w+\s){0,2}(?:requests?|calls?|invitations?|appeals?|encouragement|recommendations?|demands?)"
)
_REPEATED_DECISION = r"(?:reiterates|reaffirms|recalls|confirms)\sits\s(?:previous\s)?decisions?"
_INTENTION = (
    r"expresses\s(?:also\s|further\s)?its\s(?:\w+\s){0,2}(?:intention|intent|readiness|willingness)"
)
_ASKING_START = re.compile(
    rf"{_BEFORE}(?P<adverbs>{_ADVERBS})(?P<verb>{_REPEATED_ASK}|{_REPEATED_DECISION}|{_INTENTION}"
    rf"|(?:{_ASK}|{_DECIDE}|{_ARRANGE}|continues? to encourage|encourage|calls)\b(?:\s(?:also|further|again))?"
    r"(?:\s(?:upon|on|for|to)(?=\s))?)",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    rf"^[Tt]o (?:also |further )?(?P<verb>(?:{_ASK_BASE})\b(?:\s(?:upon|on|for))?)"
)
_STATING = re.compile(
    rf"{_BEFORE}{_ADVERBS}(?P<verb>(?:welcomes|notes|takes note|recognizes|recognises|stresses|emphasizes"
    r"|emphasises|underlines|underscores|expresses|reaffirms|affirms|recalls|acknowledges|commends"
    r"|condemns|reiterates|considers|appreciates|highlights|deplores|looks forward|supports|declares)\b)",
    re.IGNORECASE,
)


def frames_of(text: str) -> list[Frame]:
    """Return the frames of a clause in their order; the first may begin before any known verb."""
    starts = _starts(text)
    if not starts or starts[0][0] > 0:
        starts.insert(0, (0, 0, FrameKind.STATE, " ".join(text.split()[:2])))
    frames = []
    for position, (_, end, kind, verb) in enumerate(starts):
        until = starts[position + 1][0] if position + 1 < len(starts) else len(text)
        frames.append(Frame(kind, verb, text[end:until].strip()))
    return frames


def _starts(text: str) -> list[tuple[int, int, FrameKind, str]]:
    """Return for each governing verb where it begins and ends, what it does and how it is printed."""
    infinitive = _INFINITIVE.match(text)
    found: list[tuple[int, int, FrameKind, str]] = []
    if infinitive:
        found.append((0, infinitive.end("verb"), FrameKind.ASK, infinitive["verb"]))
    for match in _ASKING_START.finditer(text):
        if _is_quoted(text, match.start("verb")):
            continue
        found.append(
            (match.start("adverbs"), match.end("verb"), _kind(match["verb"]), match["verb"])
        )
    taken = {end for _, end, _, _ in found}
    for match in _STATING.finditer(text):
        overlaps = any(begin <= match.start("verb") < end for begin, end, _, _ in found)
        if (
            not overlaps
            and match.end("verb") not in taken
            and not _is_quoted(text, match.start("verb"))
        ):
            found.append((match.start("verb"), match.end("verb"), FrameKind.STATE, match["verb"]))
    return sorted(found)


def _kind(verb: str) -> FrameKind:
    first = verb.lower().split()[0]
    if re.fullmatch(_REPEATED_ASK, verb, re.IGNORECASE):
        return FrameKind.ASK
    if re.fullmatch(_REPEATED_DECISION, verb, re.IGNORECASE) or re.fullmatch(_DECIDE, first):
        return FrameKind.DECIDE
    if re.fullmatch(_INTENTION, verb, re.IGNORECASE) or re.match(_ARRANGE, verb, re.IGNORECASE):
        return FrameKind.ARRANGE
    return FrameKind.ASK


def _is_quoted(text: str, position: int) -> bool:
    """Tell whether a place stands inside quotation marks."""
    before = text[:position]
    return before.count("“") > before.count("”")
