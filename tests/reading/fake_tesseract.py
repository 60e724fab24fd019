"""A program in Tesseract's place that finds on every page the words it is given."""

import html
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

_SCRIPT = """#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'List of languages:\\n{packs}\\n'; exit; fi
cat >/dev/null
echo run >>"{folder}/runs"
{does}
page="{folder}/page-$(wc -l <"{folder}/runs" | tr -d ' ').hocr"
[ -e "$page" ] || page="{folder}/page-1.hocr"
cat "$page"
"""
_PITCH, _LETTER, _HEIGHT = 40, 9, 24  # dots


class FakeTesseract:
    """The program in a folder of its own; it is found as long as the test runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def finds(
        self,
        *texts: str,
        unsure: Mapping[str, int] | None = None,
        packs: Sequence[str] = ("eng", "spa", "fra", "por"),
        does: str = "",
    ) -> "FakeTesseract":
        """Set what it finds on the pages, on further ones the first text again.

        ``unsure`` are words and their certainty, ``does`` is a shell command that it runs.
        """
        program = self.folder / "tesseract"
        listed = "\\n".join(packs)
        program.write_text(_SCRIPT.format(packs=listed, folder=self.folder, does=does))
        program.chmod(0o755)
        for number, text in enumerate(texts, start=1):
            page = self.folder / f"page-{number}.hocr"
            page.write_text(_hocr(text, unsure or {}), encoding="utf-8")
        return self

    @property
    def run_count(self) -> int:
        """Return how often a page was given to it."""
        runs = self.folder / "runs"
        return len(runs.read_text().splitlines()) if runs.exists() else 0


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeTesseract:
    """Return a program in Tesseract's place, which is the one that is found."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return FakeTesseract(folder)


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no program be found that recognises pages."""
    monkeypatch.setenv("PATH", str(tmp_path))


def picture_of_page(
    kind: str = "PNG",
    *,
    pages: int = 1,
    size: tuple[int, int] = (620, 877),
    is_blank: bool = False,
) -> bytes:
    """Return a file with pages that have something on them, or nothing."""
    page = Image.new("L", size, 255)
    if not is_blank:
        ImageDraw.Draw(page).rectangle((60, 60, size[0] - 60, 90), fill=0)
    several = {"save_all": True, "append_images": [page] * (pages - 1)}
    packed = {"compression": "tiff_lzw"}
    file = BytesIO()
    page.save(file, kind, **(several if pages > 1 else {}), **(packed if kind == "TIFF" else {}))
    return file.getvalue()


def _hocr(text: str, unsure: Mapping[str, int]) -> str:
    lines = [line for line in text.split("\n") if line.strip()]
    spans = "".join(_line(line, place, unsure) for place, line in enumerate(lines))
    return f'<html><body><div class="ocr_carea">{spans}</div></body></html>'


def _line(line: str, place: int, unsure: Mapping[str, int]) -> str:
    top, left, words = 100 + place * _PITCH, 150, ""
    for word in line.split():
        right = left + len(word) * _LETTER
        box = f"bbox {left} {top} {right} {top + _HEIGHT}"
        certainty = unsure.get(word, 95)
        words += (
            f"<span class='ocrx_word' title='{box}; x_wconf {certainty}'>{html.escape(word)}</span>"
        )
        left = right + _LETTER
    title = f"bbox 150 {top} {left} {top + _HEIGHT}; baseline 0 -5; x_size 30"
    return f"<span class='ocr_line' title='{title}'>{words}</span>"
