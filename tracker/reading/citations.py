"""Citations of resolutions, decisions and documents in the paragraphs of a resolution."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.clauses import Block, BlockKind, Citation, CitationKind, Relation
from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import parse_symbol
from tracker.reading.hints import holds_any, places_of

_ROMAN_SESSION = (
    r"\d{1,4}(?:\s[A-Z](?:\sand\s[A-Z])?)?\s?\(\s?(?:E?S-)?(?:[IVXLC]+|PLEN\.?\s?\d{1,3}|(?:19"
    r"|20)\d{2})\s?\)"
)
_SLASHED = r"(?:E?S-)?\d{1,4}/\d{1,4}(?:\s[A-Z](?:\sand\s[A-Z])?(?![\w’]))?"
_DOCUMENT = (
    r"(?<![\w/])[A-Z]{1,5}(?:/[A-Z0-9][A-Za-z0-9.\-]*){1,6}(?:\s?\((?:[A-Z]+\.[\d/]+|(?:19"
    r"|20)\d{2})\))?(?:/(?:Rev|Add|Corr)\.\d+)?"
)
_NUMBER = rf"(?:{_ROMAN_SESSION}|{_SLASHED})"
_KINDS = r"[Rr][eé]solutions?|[Rr]esoluci[oó]n(?:es)?|[Dd][eé]cisions?|[Dd]ecisi[oó]n(?:es)?"
_KIND_STEMS = ("solu", "cisi")  # of "resolution" and "decision", in four languages
# "resolutions 47/90 of 16 December 1992, 49/155 of 23 December 1994 and 51/58"
_LIST = re.compile(
    rf"\b(?P<word>{_KINDS})\s(?P<list>{_NUMBER}(?:(?:,?\s(?:of|on|entitled"
    rf"|adopted)\s[^,;]{{3,100}}?)?"
    rf"(?:,\s(?:and\s)?|\sand\s|\sto\s|\sor\s)(?:(?:in particular|its)\s)?{_NUMBER})*)"
)
_MAY_CITE = re.compile(r"\(\s?(?:[IVXLC]+|PLEN|E?S-|\d{4})")  # besides what has a slash
_ONE = re.compile(_NUMBER)
_ANY_DOCUMENT = re.compile(_DOCUMENT)
_ORGAN = re.compile(
    r"(?P<organ>General Assembly|Security Council|Economic and Social Council"
    r"|Human Rights Council|Commission on Human Rights"
    r"|Assembly|Council|[A-Z][\w’-]+(?:\s(?:of|on|and|for|the|[A-Z][\w’-]+))*\s(?:Commission"
    r"|Committee|Conference)"
    r"|(?:Commission|Committee|Conference)(?:\s(?:of|on|and|for|the|to|in|[A-Z][\w’-]+))*)(?:’s"
    r"|\sin\sits)?(?:\s[a-z]+){0,2}\s$"
)
_ORGAN_AFTER = re.compile(
    r"\s(?:taken|adopted)\s(?:by|at the \w+ session of)\sthe\s"
    r"(?P<organ>[A-Z][\w’-]+(?:\s(?:of|on|and|for|the|in|among|[A-Z][\w’-]+))*)"
)
# Each relation with parts of words of which one stands wherever its pattern finds something: most
# patterns need not be tried.
_RELATIONS = (
    (
        Relation.SUPERSEDES,
        ("upersed", "eplac", "epeal", "escind"),
        # What is replaced is not what comes after "and in".
        re.compile(
            r"\b(?:[Ss]upersed(?:es?|ing)|[Rr]eplac(?:es?|ing)|[Rr]epeal(?:s|ing)?"
            r"|[Rr]escind(?:s|ing)?)\b"
            r"(?!.*\band in\b)"
        ),
    ),
    (Relation.AMENDS, ("mend",), re.compile(r"\b[Aa]mend(?:s|ing)?\b")),
    (Relation.RENEWS, ("renew", "extend"), re.compile(r"\b(?:renew|extend)(?:s|ing)?\b")),
    (
        Relation.IN_ACCORDANCE_WITH,
        ("in accord", "as set", "in conform", "in line", "consistent"),
        re.compile(
            r"\b(?:in accordance with|as set out in|in conformity with|in line with"
            r"|consistent with)\b"
        ),
    ),
    (
        Relation.PURSUANT_TO,
        ("pursua", "in response", "as requested", "established by"),
        re.compile(
            r"\b(?:pursuant to|in response to|as requested (?:in|by)|established by"
            r"|in pursuance of)\b"
        ),
    ),
    (
        Relation.TAKES_NOTE,
        ("note", "oting", "into account"),
        re.compile(
            r"\b(?:[Tt]ak(?:es|ing)(?: \w+)? note|[Nn]ot(?:es|ing)|[Tt]aking into account)\b"
        ),
    ),
    (
        Relation.RECALLS,
        ("ecall", "eaffirm", "earing in", "uided by", "eiterat", "ecord", "ecuerd", "appel"),
        re.compile(
            r"\b(?:[Rr]ecall|[Rr]eaffirm|[Bb]earing in mind|[Gg]uided by|[Rr]eiterat"
            r"|[Rr]ecordando|[Rr]ecuerda|[Rr]appel)\w*"
        ),
    ),
)
# "Decides to extend the mandate of X as set out in resolution Y": Y is what is extended.
_RENEWING = re.compile(
    r"^(?:(?:Also|Further)\s)?(?:[Dd]ecides\sto\s(?:renew|extend)|[Rr]enews|[Ee]xtends)\b"
)
_AS_DEFINED = re.compile(
    r"^[^;]{0,300}?\b(?:set\sout|defined|contained|established|described|specified|stated|imposed"
    r"|provided)\s(?:by\sthe\s[\w\s]{4,50}?\sin|in|by)\s"
    r"(?:paragraphs?\s[\w\s,()]{1,40}?\sof\s)?(?:its\s)?(?:resolutions?\s)?$"
)
_ASKED = r"(?:mandates?|requests?|tasks?)"
# "Recalling resolution Y and renewing the mandates contained therein"; "..., which it renews".
_RENEWED_AFTER = re.compile(
    rf"^[^;\d]{{0,200}}?(?:,|\band)\s(?:renew|extend)ing\s(?:the|its)\s{_ASKED}[^;\d]{{0,60}}?"
    r"\b(?:therein|in\s(?:it|that\sresolution))\b"
    rf"|^[^;\d]{{0,80}}?,\sthe\s{_ASKED}\s(?:of|in|contained\sin|set\sout\sin)\swhich\sit"
    r"\s(?:renews|extends)\b"
)
# At the beginning of a preambular paragraph; "Renewing its appeal to" renews no mandate.
_OPENS_RENEWING = re.compile(rf"^(?:Renew|Extend)ing\s(?:the|its)\s{_ASKED}\b")
_REACH = 90  # characters before a citation in which its relation is sought
_CITING = frozenset(
    {BlockKind.PREAMBULAR, BlockKind.OPERATIVE, BlockKind.FOOTNOTE, BlockKind.HEADING}
)


def find_citations(blocks: Sequence[Block]) -> tuple[Citation, ...]:
    """Return what the blocks cite, each symbol once for each block, in the order of the text."""
    found: list[Citation] = []
    for index, block in enumerate(blocks):
        if block.kind not in _CITING:
            continue
        cited: set[str] = set()
        for citation in _block_citations(block, index):
            if citation.symbol not in cited:
                cited.add(citation.symbol)
                found.append(citation)
    return tuple(found)


def _block_citations(block: Block, index: int) -> Iterator[Citation]:
    if not ("/" in block.text or ("(" in block.text and _MAY_CITE.search(block.text))):
        return
    places = [*_listed(block.text), *_documents(block.text)]
    for begin, end, kind, start in sorted(places):
        try:
            symbol = parse_symbol(block.text[begin:end])
        except UnknownSymbol:
            continue
        yield Citation(
            symbol=symbol.printed,
            kind=kind,
            organ=_organ(block.text, start, end) if kind is not CitationKind.DOCUMENT else None,
            relation=_relation(block, begin, end),
            words=_words(block.text, max(start, begin - 60), end),
            path=block.path,
            block_index=index,
        )


def _listed(text: str) -> Iterator[tuple[int, int, CitationKind, int]]:
    """Return the places of the numbers after "resolution" and "decision", and of that word."""
    for place in sorted(place for stem in _KIND_STEMS for place in places_of(stem, text)):
        listed = _LIST.match(text, place - len("re")) if place > 1 else None
        if listed is None:
            continue
        is_decision = listed["word"][:3].lower() in {"dec", "déc"}
        kind = CitationKind.DECISION if is_decision else CitationKind.RESOLUTION
        for number in _ONE.finditer(text, listed.start("list"), listed.end("list")):
            yield number.start(), number.end(), kind, listed.start()


def _documents(text: str) -> Iterator[tuple[int, int, CitationKind, int]]:
    if "/" not in text:
        return
    for document in _ANY_DOCUMENT.finditer(text):
        words = document[0].rstrip(".,;")
        if not any(map(str.isdigit, words)):  # "and/or", "HIV/AIDS"
            continue
        kind = CitationKind.RESOLUTION if "/RES/" in words else CitationKind.DOCUMENT
        yield document.start(), document.start() + len(words), kind, document.start()


def _organ(text: str, start: int, end: int) -> str | None:
    """Return whose resolution it is where the words before it, or right after it, name an organ."""
    found = _ORGAN.search(text[max(0, start - 120) : start])
    found = found or _ORGAN_AFTER.match(text[end : end + 160])
    if found is None:
        return None
    organ = found["organ"].removeprefix("The ").removeprefix("Its ")
    return {"Assembly": "General Assembly"}.get(organ, organ)


def _words(text: str, start: int, end: int) -> str:
    """Return the citation with some words before it, from the beginning of a word on."""
    first = text.rfind(" ", 0, max(0, start - 40)) + 1 if start > 40 else 0
    return text[first:end].strip()


def _relation(block: Block, place: int, end: int) -> Relation:
    """Return how a text is cited: by the nearest telling words before it, else by the opening.

    A preambular paragraph can say after the citation that what it asked for is renewed.
    """
    if block.kind is BlockKind.PREAMBULAR and _is_renewed(block.text, place, end):
        return Relation.RENEWS
    if _RENEWING.match(block.text) and _AS_DEFINED.search(block.text, 0, place):
        return Relation.RENEWS
    near = block.text[max(0, place - _REACH) : place]
    best: tuple[int, Relation] | None = None
    for relation, stems, pattern in _RELATIONS:
        if not holds_any(near, stems):
            continue
        last = max((match.start() for match in pattern.finditer(near)), default=-1)
        if last >= 0 and (best is None or last > best[0]):
            best = (last, relation)
    if best:
        return best[1]
    opening = block.verb or block.text[:40]
    for relation, _, pattern in _RELATIONS:
        if pattern.match(opening):
            return relation
    return Relation.CITES


def _is_renewed(text: str, place: int, end: int) -> bool:
    if not holds_any(text, ("enew", "xtend")):
        return False
    opens = _OPENS_RENEWING.match(text)
    return _RENEWED_AFTER.match(text[end:]) is not None or (
        opens is not None and place - opens.end() <= _REACH
    )
