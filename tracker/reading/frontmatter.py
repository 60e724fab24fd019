"""What stands before the opener: number, title, symbol, session and date of adoption."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.clauses import Block, BlockKind
from tracker.reading.hints import holds_any
from tracker.reading.lines import Line, join_lines
from tracker.reading.pages import find_symbol

_ROMAN = r"[IVXLC1l]{1,8}"
_PRINTED = (
    rf"\d{{1,4}}\s?(?:[A-Z]\s?)?\(\s?(?:{_ROMAN}|PLEN\.?\s?\d{{1,3}}|E?S-{_ROMAN})\s?\)"
    r"|(?:E?S-)?[0-9OlIB]{1,4}/[0-9OlIB]{1,4}(?:\s[A-Z](?=[.\s]))?"
)
_NUMBER = re.compile(
    rf"^\W{{0,3}}(?P<number>{_PRINTED})(?:\.\s*|\s+|$|(?<=\))(?=[A-Z]))(?P<title>\D.*|)$"
)
# "Resolution 12 (V)", "Resolución N.º 12(V): Título"; prose goes on in small letters: "of 5 May".
_CALLED = re.compile(
    r"^\W{0,3}(?i:r[eé]solution|resoluci[oó]n|resolu[cç][aã]o)\s+(?i:n[.º°o]{0,2}\s)?"
    rf"(?P<number>{_PRINTED})\s?[.:–—-]?\s*(?P<title>[“\"«]?[^\W\d_a-z].*|)$"
)
_NUMBER_STARTS = "ESOlIBRr"  # letters with which a number, or "Resolution", begins
_NAMED = re.compile(
    r"^\W{0,3}(?P<title>(?:R[eé]solution|RESOLUTION|Resoluci[oó]n|RESOLUCIÓN|RÉSOLUTION|Resolução)\s+(?P<number>\d{1,4}\s?\(\d{4}\)))\s*$"
)
_MISREAD = str.maketrans("OlIB", "0118")
_SESSION_NUMBER = re.compile(r"\(([IVXLC]+|PLEN\.?\s?\d+)\)")
_ADOPTED = re.compile(
    r"\b(?:on|el|le|em)\s+(\d{1,2})(?:er|[ºo°])?\s+(?:de\s+)?([A-Za-zçéû]+)\s+(?:de\s+)?(\d{4})\b",
)
_DATE = re.compile(r"\b(\d{1,2})(?:er|º|°)?\s+(?:de\s+)?([A-Za-zéûç]+)\s+(?:de\s+)?(\d{4})\b")
_SESSION = re.compile(
    r"^(?:([A-Z][a-z]+(?:-[a-z]+)?(?:\s(?:special|emergency|resumed))?|\d{4})\s+session"
    r"|(?:première|[a-zéè-]+i[eè]me)\ssession(?:\s(?:ordinaire|extraordinaire))?"
    r"|(?:[a-záéíóú]+\s){1,3}per[ií]odo\s(?:extraordinario\s)?de\ssesiones(?:\sde\semergencia)?"
    r"|\d{1,3}(?:[ºo°]|er)\s?per[ií]odo\s(?:extraordinario\s)?de\ssesiones"
    r"|Per[ií]odo\sde\ssesiones\sde\s\d{4}|Session\sde\s\d{4}"
    r"|(?:[a-záéíóúê]+\s){1,3}sessão)$",
    re.IGNORECASE,
)
_ADOPTED_LINE = re.compile(
    r"^(?:Adopted (?:by|at)|Aprobada (?:por|en)|Adoptée (?:par|à)|Ado(?:p)?tada )"
)
_NOT_TITLE = re.compile(
    r"^(?:\[|United Nations|General Assembly|Security Council|Distr|Original|Agenda item"
    r"|Resolution adopted"
    r"|Adopted by|\d{1,2}\s\w+|.*\bsession\b|Human Rights Council|Economic and Social Council"
    r"|Naciones Unidas|Nations Unies|Nações Unidas|Asamblea General|Assemblée générale"
    r"|Assembleia Geral|Consejo |Conseil |Conselho |Tema \d|Point \d|Item \d"
    r"|Resolución aprobada|Résolution adoptée|Resolução ado|Aprobada |Adoptée |Adotada "
    r"|.*período de sesiones|.*sessão)",
    re.IGNORECASE,
)
MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january enero janvier janeiro", "february febrero février fevereiro fevrier",
            "march marzo mars março", "april abril avril", "may mayo mai maio",
            "june junio juin junho", "july julio juillet julho", "august agosto août aout",
            "september septiembre septembre setembro setiembre",
            "october octubre octobre outubro", "november noviembre novembre novembro",
            "december diciembre décembre dezembro decembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SMALL_END = re.compile(
    r"\s(?:of|the|and|for|in|on|to|a|with|between|de|la|el|y|los|las|del|en|para|con|e|d[ao]s?"
    r"|des?|du|et|les|aux?|pour)$|[,:-]$"
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The parts of the front matter with their blocks, title included, in the order printed."""

    number: str | None
    symbol: str | None
    title: str | None
    session: str | None
    adopted_on: date | None
    blocks: tuple[Block, ...]


def read_front(lines: Sequence[Line]) -> FrontMatter:
    """Return what the lines before the opener say."""
    first, last, number = _title_span(lines)
    title = _title_text(lines[first:last])
    if number and not title:  # it may stand above the number
        above, end, _ = _unnumbered_span(lines[:first])
        if title := _title_text(lines[above:end]):
            first, last = above, end
    texts = [line.text for line in lines]
    blocks = [Block(BlockKind.FRONTMATTER, text) for text in texts[:first] if text]
    if title:
        blocks.append(Block(BlockKind.TITLE, title, number=number))
    blocks += [Block(BlockKind.FRONTMATTER, text) for text in texts[last:]]
    return FrontMatter(
        number=number,
        symbol=next((found for text in texts[:6] if (found := find_symbol(text))), None),
        title=title or None,
        session=_session(texts, number),
        adopted_on=_adopted_on(texts),
        blocks=tuple(blocks),
    )


def begins_resolution(text: str) -> bool:
    """Tell whether a line is the number and title of a resolution."""
    if text[0].isalpha() and text[0] not in _NUMBER_STARTS:
        return False
    return _numbered(text) is not None or _NAMED.match(text) is not None


def _numbered(text: str) -> re.Match[str] | None:
    """Return the number that a line begins with, with or without the word before it."""
    return _NUMBER.match(text) or _CALLED.match(text)


def _title_span(lines: Sequence[Line]) -> tuple[int, int, str | None]:
    """Return where the title begins and ends, and the number of the resolution."""
    for index in range(len(lines) - 1, -1, -1):
        named = _NAMED.match(lines[index].text)
        if named:
            return index, index + 1, _tidy_number(named["number"])
        numbered = _numbered(lines[index].text)
        if numbered and not _is_masthead(lines[index].text):
            end = _title_end(lines, index)
            return index, end, _tidy_number(numbered["number"])
    return _unnumbered_span(lines)


def _title_end(lines: Sequence[Line], start: int) -> int:
    end = start + 1
    bare = _numbered(lines[start].text)
    needs_more = bool(bare and not bare["title"])
    while end < len(lines):
        line = lines[end]
        if line.text.startswith("[") or _ADOPTED_LINE.match(line.text):
            break
        stops = line.blank_before or line.is_paragraph
        if stops and not needs_more and not _goes_on(lines[end - 1].text, line.text):
            break
        needs_more = False
        end += 1
    return end


def _goes_on(before: str, after: str) -> bool:
    """Tell whether a title split by an empty line goes on: a small word or letter shows it."""
    return bool(_SMALL_END.search(before)) or after[:1].islower()


def _unnumbered_span(lines: Sequence[Line]) -> tuple[int, int, str | None]:
    """Return the last lines that can be a title when no number is printed."""
    for index in range(len(lines) - 1, -1, -1):
        if _NOT_TITLE.match(lines[index].text) or len(lines[index].text) < 6:
            continue
        start = index
        while (
            start > 0
            and not lines[start].blank_before
            and not _NOT_TITLE.match(lines[start - 1].text)
        ):
            start -= 1
        return start, index + 1, None
    return 0, 0, None


def _title_text(lines: Sequence[Line]) -> str:
    text = join_lines((line.text for line in lines), frozenset())
    numbered = _numbered(text)
    title = numbered["title"] if numbered else text
    return title.lstrip("#").strip()


def _tidy_number(printed: str) -> str:
    if "(" not in printed:
        return printed.translate(_MISREAD)
    number, _, session = printed.partition("(")
    session = session.rstrip(") ").strip()
    if not session.isdecimal():
        session = session.replace("1", "I").replace("l", "I")
        return f"{number.strip()}({session})"
    return f"{number.strip()} ({session})"


def _is_masthead(text: str) -> bool:
    return text.lstrip().startswith(("A/", "E/", "S/"))


def _session(texts: Sequence[str], number: str | None) -> str | None:
    for text in texts:
        found = _SESSION.match(text.strip())
        if found:
            return found[0]
    roman = _SESSION_NUMBER.search(number or "")
    return roman[1] if roman else None


def _adopted_on(texts: Sequence[str]) -> date | None:
    for text in texts:
        if not holds_any(text.lower(), ("adopt", "adot", "aprob")):
            continue
        found = _ADOPTED.search(text)
        month = MONTHS.get(found[2].lower()) if found else None
        if found and month:
            return _date_or_none(int(found[3]), month, int(found[1]))
    return None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # a misread day
        return None


def date_in(text: str) -> date | None:
    """Return the first date that is written out in a text: "7 June 2038"."""
    found = _DATE.search(text)
    month = MONTHS.get(found[2].lower()) if found else None
    return _date_or_none(int(found[3]), month, int(found[1])) if found and month else None
