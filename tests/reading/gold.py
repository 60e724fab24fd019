"""Invented resolutions with the tree that each must give: one file, one paragraph a line.

``symbol:``, ``body:``, ``number:`` and ``print:`` head the file. Then ``-`` front matter, ``=``
title, ``>`` opener, ``~`` preamble, a path an operative clause, ``#`` heading, ``.`` closing, ``+``
annex and ``[1]`` a footnote, to which ``{1}`` points. ``*`` stands around the verb.
"""

import re
from dataclasses import dataclass
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"
_KINDS = {
    "-": "frontmatter",
    "=": "title",
    ">": "opener",
    "~": "preambular",
    "#": "heading",
    ".": "closing",
    "+": "annex",
}
_FIELD = re.compile(r"^(symbol|body|number|print):\s*(.+)$")
_NOTE = re.compile(r"^\[(\d+)\]\s(.+)$")
_CLAUSE = re.compile(r"^(\d+(?:\.\w+)*)\s(.+)$")
_TITLE_NUMBER = re.compile(r"^\S+?(?:\([IVXL]+\)|\.)\s+(?=\D)")


@dataclass(frozen=True)
class GoldBlock:
    """One paragraph as written in the file, marks of verb and footnotes included."""

    kind: str
    written: str
    path: str | None = None
    note: str | None = None

    @property
    def text(self) -> str:
        """Return the words without marks."""
        return re.sub(r"\{\d+\}|\*", "", self.written)

    @property
    def verb(self) -> str | None:
        """Return the verb that is set in italics."""
        found = re.match(r"^\*([^*]+)\*", self.written)
        return found[1] if found else None


@dataclass(frozen=True)
class GoldResolution:
    """One resolution; ``has_ordinals``: sub-clauses are counted 1°, 2° in print."""

    name: str
    language: str
    symbol: str
    body: str
    has_ordinals: bool
    blocks: tuple[GoldBlock, ...]

    @property
    def title(self) -> str:
        """Return the title as printed, with the resolution's number."""
        return next(block.text for block in self.blocks if block.kind == "title")

    def of_kind(self, kind: str) -> list[GoldBlock]:
        """Return the blocks of one kind in their order."""
        return [block for block in self.blocks if block.kind == kind]

    def as_json(self) -> dict[str, object]:
        """Return the resolution in the form of the corpus's gold files."""
        return {
            "symbol": self.symbol,
            "title": _TITLE_NUMBER.sub("", self.title),
            "body": self.body,
            "flags": [],
            "blocks": [_block_json(block) for block in self.blocks],
        }


def gold_resolutions(language: str) -> list[GoldResolution]:
    """Return the invented resolutions in a language, by name."""
    return [_read(source) for source in sorted((SAMPLES / language).glob("*.gold"))]


def _read(source: Path) -> GoldResolution:
    fields: dict[str, str] = {}
    blocks = []
    for line in source.read_text(encoding="utf-8").splitlines():
        found = _FIELD.match(line)
        if found:
            fields[found[1]] = found[2]
        else:
            blocks.append(_block(line))
    return GoldResolution(
        name=source.stem,
        language=source.parent.name,
        symbol=fields["symbol"],
        body=fields["body"],
        has_ordinals=fields.get("print") == "ordinal",
        blocks=tuple(blocks),
    )


def _block(line: str) -> GoldBlock:
    note, clause = _NOTE.match(line), _CLAUSE.match(line)
    if note:
        return GoldBlock("footnote", note[2], note=note[1])
    if clause:
        return GoldBlock("operative", clause[2], path=clause[1])
    return GoldBlock(_KINDS[line[0]], line[2:])


def _block_json(block: GoldBlock) -> dict[str, object]:
    shown: dict[str, object] = {"kind": block.kind, "text": block.text, "verb": block.verb}
    if block.kind == "title":
        shown["text"] = _TITLE_NUMBER.sub("", block.text)
    if block.path:
        level = block.path.count(".") + 1
        shown |= {"path": block.path, "number": block.path.rsplit(".", 1)[-1], "level": level}
    if block.note:
        shown |= {"number": block.note, "variants": ["wrapped", "ocr"]}
    return shown
