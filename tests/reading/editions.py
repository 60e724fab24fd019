"""Gold resolutions printed as they arrive: clean text, wrapped pages, recognised pages."""

import json
import random
import re
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from tests.reading.gold import GoldBlock, GoldResolution, gold_resolutions
from tests.reading.noise import recognised

VARIANTS = ("clean", "wrapped", "ocr")
LANGUAGES = ("es", "fr", "pt")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PAGE_LINES = 46
_VOWELS = "aeiouáéíóúâêôàè"


@dataclass
class _Setting:
    """How one document is set on pages, drawn by its name so that it is always the same."""

    resolution: GoldResolution
    edition: int
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        seed = f"{self.resolution.language}/{self.resolution.name}/{self.edition}"
        self.chance = random.Random(seed)  # noqa: S311 - the layout must be the same each time
        self.paragraphs = self.chance.choice(("blank", "blank", "indent", "flush"))
        self.marks = self.chance.choice(("raised", "digit", "slash"))
        self.head = self.chance.choice(("symbol", "symbol and title", "title"))
        self.foot = self.chance.choice(("number", "dashes", "job", "word"))
        self.width = self.chance.randint(72, 84)
        self.has_blocks = self.chance.random() < 0.5
        self.has_dashes = self.chance.random() < 0.5
        self.emphasis = self.chance.choice((("", ""), ("*", "*"), ("<u>", "</u>")))

    def mark(self, number: str) -> str:
        """Return a footnote's mark in the running text."""
        if self.marks == "slash":
            return f" {number}/"
        return number.translate(_SUPERSCRIPTS) if self.marks == "raised" else number

    def page_foot(self, page: int) -> str:
        """Return what stands below a page."""
        word = "Página" if self.resolution.language in {"es", "pt"} else "Page"
        letter = self.resolution.language[0].upper()
        return {
            "number": str(page).rjust(self.width // 2),
            "dashes": f"- {page} -".rjust(self.width // 2),
            "job": f"{page}/4" + f"36-{21004 + page} ({letter})".rjust(self.width - 4),
            "word": f"{word} {page}",
        }[self.foot]

    def page_head(self) -> str:
        """Return what stands above a page from the second on."""
        symbol, title = self.resolution.symbol, self.resolution.title
        bare = re.sub(r"^\d\S+\s", "", title)[: self.width - len(symbol) - 4]
        whole = bare.rsplit(" ", 1)[0]
        return {"symbol": symbol, "title": whole, "symbol and title": f"{symbol}    {whole}"}[
            self.head
        ]


def printed(resolution: GoldResolution, variant: str, edition: int = 1) -> str:
    """Return the text of a resolution in a variant; editions differ in layout and noise."""
    if variant == "clean":
        return _clean(resolution)
    setting = _Setting(resolution, edition)
    if variant == "wrapped":
        return _pages(setting, is_wrapped=True)
    return recognised(_pages(setting, is_wrapped=not setting.has_blocks), setting.chance)


def write_corpus(folder: Path) -> None:
    """Write all languages in the corpus's layout, so that its scorer can be run on them."""
    documents = []
    for language in LANGUAGES:
        for resolution in gold_resolutions(language):
            identity = f"{language}_{resolution.name}"
            documents.append({"id": identity, "family": language, "variants": list(VARIANTS)})
            _write(folder / "gold" / f"{identity}.json", json.dumps(resolution.as_json()))
            for variant in VARIANTS:
                _write(folder / variant / f"{identity}.txt", printed(resolution, variant))
    _write(folder / "manifest.json", json.dumps({"documents": documents}))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _clean(resolution: GoldResolution) -> str:
    lines = []
    for block in resolution.blocks:
        if block.kind != "footnote":
            label = _label(block, resolution)
            lines.append(f"{label}\t{block.text}" if label else block.text)
    return "\n".join(lines) + "\n"


def _label(block: GoldBlock, resolution: GoldResolution) -> str:
    if block.path is None:
        return ""
    number = block.path.rsplit(".", 1)[-1]
    if "." not in block.path:
        return f"{number}."
    return f"{number}°" if number.isdecimal() and resolution.has_ordinals else f"{number})"


def _pages(setting: _Setting, *, is_wrapped: bool) -> str:
    """Return the pages: text, then footnotes, then the foot; wrapped lines or one for a piece."""
    notes = {note.note: note.text for note in setting.resolution.of_kind("footnote")}
    pages: list[list[str]] = []
    body: list[str] = []
    below: list[str] = []
    height = 0
    for block in setting.resolution.blocks:
        if block.kind == "footnote":
            continue
        cited = re.findall(r"\{(\d+)\}", block.written)
        below += [f"{setting.mark(number).strip()} {notes[number]}" for number in cited]
        piece: list[str] = []
        for line in _wrapped(setting, block, is_hyphenated=is_wrapped):
            piece.append(line)
            height += 1
            if height + len(below) >= _PAGE_LINES:
                body += piece if is_wrapped else _joined(setting, piece)
                pages.append(_page(setting, len(pages) + 1, body, below))
                body, below, piece, height = [], [], [], 0
        body += piece if is_wrapped else _joined(setting, piece)
    pages.append(_page(setting, len(pages) + 1, body, below))
    return "\n".join(line for page in pages for line in page) + "\n"


def _page(setting: _Setting, number: int, body: list[str], below: list[str]) -> list[str]:
    head = [setting.page_head(), ""] if number > 1 else []
    rule = ["_______________"] if below and setting.marks == "raised" else []
    notes = ["", *rule, *below] if below else []
    return [*head, *body, *notes, "", setting.page_foot(number), ""]


def _wrapped(setting: _Setting, block: GoldBlock, *, is_hyphenated: bool) -> list[str]:
    text = re.sub(r"\{(\d+)\}", lambda found: setting.mark(found[1]), block.written)
    label = _label(block, setting.resolution)
    text = f"{label}  {text}" if label else text
    is_text = block.kind in {"preambular", "operative"}
    first = "     " if setting.paragraphs == "indent" and is_text else ""
    bare = text.replace("*", "")
    if bare in {"Naciones Unidas", "Nations Unies", "Nações Unidas"}:
        bare += setting.resolution.symbol.rjust(setting.width - len(bare) - 1).replace(" ", "\xa0")
    lines = textwrap.wrap(bare, setting.width, initial_indent=first, break_on_hyphens=False)
    if is_hyphenated:
        lines = _hyphenated(setting, lines)
    apart = setting.paragraphs == "blank" or not is_text
    return [*lines, ""] if apart and block.kind != "closing" else lines


def _hyphenated(setting: _Setting, lines: list[str]) -> list[str]:
    """Break a long word at some line ends, where a vowel and a consonant meet."""
    for index in range(len(lines) - 1):
        word, _, rest = lines[index + 1].partition(" ")
        room = setting.width - len(lines[index]) - 2
        places = [at for at in range(3, len(word) - 3) if _may_break(word, at) and at <= room]
        if places and rest and setting.chance.random() < 0.3:
            lines[index] += f" {word[: places[-1]]}-"
            lines[index + 1] = f"{word[places[-1] :]} {rest}"
    return lines


def _may_break(word: str, at: int) -> bool:
    before, after = word[at - 1], word[at : at + 2]
    return word.isalpha() and before in _VOWELS and after[0] not in _VOWELS and after[1] in _VOWELS


def _joined(setting: _Setting, lines: list[str]) -> list[str]:
    """Return the lines of a page's piece of a paragraph as layout-analysing recognition does."""
    text = " ".join(line.strip() for line in lines if line)
    if not text:
        return []
    if re.match(r"^\w{1,4}[.)°]\s", text) and setting.has_dashes:
        text = f"- {text}" if text[0].isdigit() else f" - {text}"
    return [_emphasised(setting, text), ""]


def _emphasised(setting: _Setting, text: str) -> str:
    """Return a clause with its first word in italics, as some recognition marks them."""
    before, after = setting.emphasis
    return re.sub(r"^(\W*\d{1,2}\.\s+)(\w+)", rf"\1{before}\2{after}", text)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]))
