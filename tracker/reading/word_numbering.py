"""The numbers that Word prints before paragraphs, worked out from its numbering definitions."""

import re
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from tracker.domain.symbols import roman_numeral
from tracker.reading.packages import parse_part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
BULLET = "•"  # whatever sign Word prints, often one of a font of signs


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and prints: pattern "(%1)", format "lowerLetter"."""

    start: int
    format: str
    pattern: str


@dataclass(slots=True)
class WordNumbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def number_of(self, paragraph: etree._Element) -> str | None:
        """Count this paragraph and return what Word prints before it, None where nothing."""
        reference = self._reference(paragraph)
        if reference is None:
            return None
        list_id, depth = reference
        definition = self.lists.get(list_id)
        level = self.levels.get(definition or "", {}).get(depth)
        if definition is None or level is None:
            return None
        self._count(list_id, definition, depth)
        return self._printed(definition, level)

    def _reference(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """Return the list and level of a paragraph, its own or its style's."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        if own is None:
            return inherited
        list_id = _value(own, "numId") or (inherited[0] if inherited else None)
        if list_id in {None, "0"}:
            return None
        depth = _value(own, "ilvl")
        return str(list_id), int(depth) if depth else (inherited[1] if inherited else 0)

    def _count(self, list_id: str, definition: str, depth: int) -> None:
        counts = self.counts.setdefault(definition, [None] * _DEEPEST)
        if list_id not in self.begun:
            self.begun.add(list_id)
            for level in range(_DEEPEST):
                if (list_id, level) in self.starts:
                    counts[level] = self.starts[list_id, level] - 1
        for above in range(depth):
            if counts[above] is None:
                counts[above] = self._start(definition, above)
        current = counts[depth]
        counts[depth] = self._start(definition, depth) if current is None else current + 1
        counts[depth + 1 :] = [None] * (_DEEPEST - depth - 1)

    def _start(self, definition: str, depth: int) -> int:
        level = self.levels[definition].get(depth)
        return level.start if level else 1

    def _printed(self, definition: str, level: _Level) -> str | None:
        if level.format in {"bullet", "none"}:
            return BULLET if level.format == "bullet" else None
        counts = self.counts[definition]

        def part(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            count = counts[depth] or 0
            shown = self.levels[definition].get(depth)
            return _in_format(count, shown.format if shown else "decimal")

        return re.sub(r"%([1-9])", part, level.pattern).strip() or None


def read_numbering(package: ZipFile) -> WordNumbering:
    """Return the numbering of a Word package, empty where it has none."""
    numbering = WordNumbering()
    names = set(package.namelist())
    if "word/numbering.xml" in names:
        _read_lists(parse_part(package, "word/numbering.xml"), numbering)
    if "word/styles.xml" in names and numbering.lists:
        _read_styles(parse_part(package, "word/styles.xml"), numbering)
    return numbering


def _read_lists(root: etree._Element, numbering: WordNumbering) -> None:
    for definition in root.iter(f"{_W}abstractNum"):
        levels = {}
        for level in definition.iter(f"{_W}lvl"):
            start = _value(level, "start") or "1"
            levels[int(level.get(f"{_W}ilvl", "0"))] = _Level(
                int(start), _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
            )
        numbering.levels[definition.get(f"{_W}abstractNumId", "")] = levels
    for used in root.iter(f"{_W}num"):
        list_id = used.get(f"{_W}numId") or ""
        numbering.lists[list_id] = _value(used, "abstractNumId") or ""
        for override in used.iter(f"{_W}lvlOverride"):
            restart = _value(override, "startOverride")
            if restart:
                numbering.starts[list_id, int(override.get(f"{_W}ilvl", "0"))] = int(restart)


def _read_styles(root: etree._Element, numbering: WordNumbering) -> None:
    """Note which paragraph styles number their paragraphs, by themselves or by their parent."""
    parents: dict[str, str] = {}
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        parents[name] = _value(style, "basedOn") or ""
        reference = style.find(f"{_W}pPr/{_W}numPr")
        list_id = _value(reference, "numId") if reference is not None else None
        if reference is not None and list_id:
            numbering.styles[name] = (list_id, int(_value(reference, "ilvl") or 0))
    for name, parent in parents.items():
        ancestor, seen = parent, {name}
        while name not in numbering.styles and ancestor and ancestor not in seen:
            if ancestor in numbering.styles:
                numbering.styles[name] = numbering.styles[ancestor]
            seen.add(ancestor)
            ancestor = parents.get(ancestor, "")


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val") if found is not None else None


def _in_format(count: int, number_format: str) -> str:
    if number_format in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if number_format == "upperLetter" else letters
    if number_format in {"lowerRoman", "upperRoman"}:
        numeral = roman_numeral(count)
        return numeral.upper() if number_format == "upperRoman" else numeral
    return str(count)
