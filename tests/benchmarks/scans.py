"""How well scans are recognised and read, and what a page takes.

Run ``.venv/bin/python -m tests.benchmarks.scans [--documents 6] [--dots 150,200,300]``: texts are
set, worn, rendered at so many dots an inch and read as the command reads them. They are our own in
each language, and real ones where TRACKER_SHARED names their folder.
"""

import argparse
import json
import os
import random
import resource
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import click

from tests.reading.gold import GoldBlock, GoldResolution, gold_resolutions
from tests.reading.scanning import Paragraph, Wear, as_file, set_pages, worn
from tests.reading.scoring import Score, f1, score
from tracker.domain.clauses import DoubtReason
from tracker.domain.errors import UnreadableDocument
from tracker.reading.confined import ConfinedReader
from tracker.reading.readers import Reading
from tracker.reading.scans import ForgottenPages, ScanLimits, read_recognising

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 20_000  # letters of a real document that is taken


@dataclass
class Figures:
    """What was found in the scans of one kind."""

    scores: list[Score] = field(default_factory=list)
    words: int = 0
    found_words: int = 0
    said_words: int = 0
    pages: int = 0
    seconds: float = 0.0
    processor_seconds: float = 0.0
    unsure: int = 0
    paragraphs: int = 0

    def line(self) -> str:
        """Return the figures in one line."""
        share = 100 / max(1, self.words)
        return (
            f"{len(self.scores):3} documents, {self.pages:3} pages: "
            f"words found {self.found_words * share:.2f} %, "
            f"right {100 * self.found_words / max(1, self.said_words):.2f} %; "
            f"clause F1 {f1(self.scores):.2f}, "
            f"perfect {sum(each.is_perfect for each in self.scores)}; "
            f"paragraphs with unsure words {self.unsure} of {self.paragraphs}; "
            f"{self.processor_seconds / self.pages:.1f} s of a processor a page "
            f"({self.seconds / self.pages:.1f} s by the clock)"
        )


def main() -> None:
    """Print the figures by dots an inch and language."""
    asked = _arguments()
    for dots in map(int, asked.dots.split(",")):
        for name, texts in _texts(asked.documents):
            figures = Figures()
            for gold in texts:
                _measure(gold, dots, figures)
            click.echo(f"{dots} dots, {name:8} {figures.line()}")
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    click.echo(f"the largest process took {largest:.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scans")
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--dots", default="150,200,300")
    return parser.parse_args()


def _texts(count: int) -> Iterator[tuple[str, list[GoldResolution]]]:
    for language in ("es", "fr"):
        yield language, gold_resolutions(language)[:count]
    folder = ROOT / os.environ.get("TRACKER_SHARED", "../shared") / "corpus" / "gold"
    if folder.is_dir():
        paths = sorted(path for path in folder.glob("*.json") if path.stat().st_size < LONGEST)
        random.Random(1).shuffle(paths)  # noqa: S311 - the same ones each time
        yield "real, en", [_real(path) for path in paths[:count]]


def _real(path: Path) -> GoldResolution:
    told = json.loads(path.read_text(encoding="utf-8"))
    blocks = [
        GoldBlock(
            block["kind"],
            f"{block['number']}. {block['text']}" if _is_numbered_title(block) else block["text"],
            block["path"],
        )
        for block in told["blocks"]
        if block["kind"] != "footnote"
    ]
    return GoldResolution(path.stem, "en", told["symbol"], told["body"], False, tuple(blocks))


def _is_numbered_title(block: dict[str, object]) -> bool:
    return block["kind"] == "title" and block["number"] is not None


def _measure(gold: GoldResolution, dots: int, figures: Figures) -> None:
    chance = random.Random(f"{gold.name} {dots}")  # noqa: S311 - the same scan each time
    wear = Wear(noise=16, blur=0.7 * dots / 150, skew=chance.uniform(-1.5, 1.5))
    head = gold.symbol
    pages = set_pages(_paragraphs(gold), dots=dots, head=head, language=gold.language)
    content = as_file([worn(page, wear) for page in pages], "PDF", dots=dots)
    kept = ForgottenPages()
    began, used = perf_counter(), _processor_seconds()
    try:
        reading = _read(content, kept)
    except UnreadableDocument as refusal:
        click.echo(f"{gold.name}: {refusal}")
        reading = Reading((), "")
    figures.seconds += perf_counter() - began
    figures.processor_seconds += _processor_seconds() - used
    figures.pages += len(pages)
    _compare(gold, kept, reading, figures)


def _read(content: bytes, kept: ForgottenPages) -> Reading:
    with ConfinedReader() as reader:
        return read_recognising(
            content,
            "scan.pdf",
            reader=reader,
            limits=ScanLimits(page_seconds=300),
            kept=kept,
            progress=lambda place, count: None,
        )


def _compare(
    gold: GoldResolution, kept: ForgottenPages, reading: Reading, figures: Figures
) -> None:
    there = _words(block.text for block in gold.blocks if block.kind != "footnote")
    said = _words(page.text for page in kept.pages.values())
    figures.words += there.total()
    figures.said_words += said.total()
    figures.found_words += (there & said).total()
    clauses = len(gold.of_kind("operative"))
    if not reading.resolutions:
        figures.scores.append(Score(0, clauses, 0, is_perfect=False))
        return
    resolution = reading.resolutions[0]
    figures.scores.append(score(gold, resolution))
    figures.paragraphs += len(resolution.blocks)
    figures.unsure += sum(
        any(doubt.reason is DoubtReason.UNSURE_WORD for doubt in block.doubts)
        for block in resolution.blocks
    )


def _paragraphs(gold: GoldResolution) -> Sequence[Paragraph]:
    return [_paragraph(block) for block in gold.blocks if block.kind != "footnote"]


def _paragraph(block: GoldBlock) -> Paragraph:
    if block.path is None:
        return Paragraph(block.text, kind=block.kind)
    *above, number = block.path.split(".")
    return Paragraph(block.text, f"({number})" if above else f"{number}.", len(above))


def _words(texts: Iterator[str] | Sequence[str]) -> Counter[str]:
    signs = (sign if sign.isalnum() else " " for text in texts for sign in f"{text} ".lower())
    return Counter("".join(signs).split())


def _processor_seconds() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
