"""Tesseract, the program that recognises text: what it knows here, and a page read by it."""

import os
import re
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree
from PIL import Image

from tracker.domain.page_places import Box
from tracker.reading.recognised import RecognisedLine, RecognisedWord

DOTS_AN_INCH = 300  # of the pictures that are given to it
PACKS = {"en": "eng", "es": "spa", "fr": "fra", "pt": "por"}
"""What Tesseract calls the languages of the texts that are read here."""

_LINES = (
    "descendant::*[@class='ocr_line' or @class='ocr_header' or @class='ocr_textfloat'"
    " or @class='ocr_caption']"
)
_WORDS = "descendant::*[@class='ocrx_word']"
_BOX = re.compile(r"bbox (\d+) (\d+) (\d+) (\d+)")
_BASELINE = re.compile(r"baseline -?[\d.]+ (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_CERTAINTY = re.compile(r"x_wconf (\d+)")
_TURN = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_KEPT = ("PATH", "TESSDATA_PREFIX", "LANG")  # of the environment
_PATIENCE = 5  # times its seconds by the clock
_POLITENESS = 10  # a site that answers people goes first


class RecognitionFailed(Exception):
    """Tesseract ended without an answer; ``is_late`` where it took longer than it may."""

    def __init__(self, told: str, *, is_late: bool = False) -> None:
        super().__init__(told)
        self.is_late = is_late


@dataclass(frozen=True)
class Tesseract:
    """The program, and what reading one picture may take: seconds and bytes of memory.

    Seconds are those of the processor; by the clock it may take several times as many, since other
    processes of the machine go first.
    """

    program: str
    seconds: int = 60
    memory_bytes: int = 1024**3

    @classmethod
    def found(cls, *, seconds: int = 60, memory_bytes: int = 1024**3) -> "Tesseract | None":
        """Return the program where this machine has it, else None."""
        program = shutil.which("tesseract")
        return cls(program, seconds, memory_bytes) if program else None

    @cached_property
    def packs(self) -> frozenset[str]:
        """Return the language packs that are installed, by Tesseract's names."""
        listed = self._run(["--list-langs"], b"").decode("utf-8", "replace")
        return frozenset(line.strip() for line in listed.splitlines()[1:])

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of ours that it can read here, as two letters."""
        return tuple(code for code, pack in PACKS.items() if pack in self.packs)

    def lines(
        self,
        picture: Image.Image,
        languages: Sequence[str],
        *,
        layout: int = 3,
        adapts: bool = False,
    ) -> list[RecognisedLine]:
        """Return the lines of a page as they are read one after another.

        ``layout`` is Tesseract's page segmentation mode, ``adapts`` weighs each place of the page
        by its surroundings. Raises RecognitionFailed.
        """
        packs = "+".join(PACKS[code] for code in languages)
        words = ["-l", packs, "--psm", str(layout), "--dpi", str(DOTS_AN_INCH)]
        if adapts:
            words += ["-c", "thresholding_method=2"]
        answer = self._run(["stdin", "stdout", *words, "hocr"], _as_file(picture))
        return list(_lines(answer))

    def turn_of(self, picture: Image.Image) -> int:
        """Return by how many degrees clockwise a page must be turned to stand upright.

        0 where that cannot be told.
        """
        if "osd" not in self.packs:
            return 0
        asked = ["stdin", "stdout", "--psm", "0", "--dpi", str(DOTS_AN_INCH)]
        try:
            answer = self._run(asked, _as_file(picture))
        except RecognitionFailed:  # too few letters to tell
            return 0
        found = _TURN.search(answer.decode("utf-8", "replace"))
        return int(found[1]) % 360 if found else 0

    def _run(self, words: Sequence[str], given: bytes) -> bytes:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        with subprocess.Popen(  # noqa: S603 - a program that was looked for, words of ours
            [self.program, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # more threads than one take turns waiting for each other
            env={**environment, "OMP_THREAD_LIMIT": "1"},
        ) as process:
            _confine(process.pid, self.memory_bytes, self.seconds)
            try:
                answer, told = process.communicate(given, timeout=self.seconds * _PATIENCE)
            except subprocess.TimeoutExpired:
                raise RecognitionFailed("it took too long", is_late=True) from None
            finally:
                process.kill()  # does nothing to one that has ended
        if process.returncode == -signal.SIGXCPU:
            raise RecognitionFailed("it took too long", is_late=True)
        if process.returncode:
            raise RecognitionFailed(told.decode("utf-8", "replace").strip()[-500:])
        return answer


def _confine(process_id: int, memory_bytes: int, seconds: int) -> None:
    """Limit a process that waits for its picture, so that nothing was done without limits."""
    try:
        os.setpriority(os.PRIO_PROCESS, process_id, _POLITENESS)
        _limit(process_id, resource.RLIMIT_AS, memory_bytes)
        _limit(process_id, resource.RLIMIT_CPU, seconds)
        _limit(process_id, resource.RLIMIT_CORE, 0)
    except ProcessLookupError:  # it has ended: its answer says why
        return


def _limit(process_id: int, kind: int, amount: int) -> None:
    """Lower a limit; what is lower already stays, since no process may raise it again."""
    _, most = resource.prlimit(process_id, kind)
    if most == resource.RLIM_INFINITY or amount < most:
        resource.prlimit(process_id, kind, (amount, most))


def _as_file(picture: Image.Image) -> bytes:
    return b"P5 %d %d 255\n" % picture.size + picture.tobytes()


def _lines(answer: bytes) -> Iterator[RecognisedLine]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=True)
    root = etree.fromstring(answer, parser)
    if root is None:
        return
    for element in root.xpath(_LINES):
        words = tuple(filter(None, map(_word, element.xpath(_WORDS))))
        if words:
            yield _line(element.get("title", ""), words)


def _line(title: str, words: tuple[RecognisedWord, ...]) -> RecognisedLine:
    size, rise = _SIZE.search(title), _BASELINE.search(title)
    line = RecognisedLine(words, float(size[1]) if size else words[0].box.height, 0)
    bottom = line.box.bottom
    return replace(line, baseline=bottom + round(float(rise[1])) if rise else bottom)


def _word(element: etree._Element) -> RecognisedWord | None:
    title = element.get("title", "")
    box, certainty = _BOX.search(title), _CERTAINTY.search(title)
    text = " ".join("".join(element.itertext()).split())
    if not text or box is None:
        return None
    left, top, right, bottom = map(int, box.groups())
    return RecognisedWord(
        text, Box(left, top, right, bottom), int(certainty[1]) if certainty else 0
    )
