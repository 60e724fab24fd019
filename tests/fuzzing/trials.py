"""One trial of fuzzing: a file is harmed, read, and must be understood or refused."""

import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from pathlib import Path
from random import Random
from types import FrameType

from tests.fuzzing.mutations import mutate
from tests.reading.bad_files import make_text_pdf
from tests.reading.documents import make_paragraph, make_word
from tests.reading.fake_tesseract import picture_of_page
from tracker.domain.errors import ScannedDocument, UnreadableDocument
from tracker.reading import page_of_file
from tracker.reading.pictures import prepared
from tracker.reading.readers import Reader, Reading, read_here
from tracker.reading.score import to_json
from tracker.reading.stored import from_stored, to_stored

SECONDS = 20  # of a processor: a reading that takes longer hangs
_LARGEST = 300_000  # bytes of a file that is harmed
_SAMPLES = Path(__file__).parent.parent / "reading" / "samples"
_KINDS = ("clean", "wrapped", "ocr", "docx", "pdf")


class Hang(Exception):
    """A reading that did not end in time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A sound file that is harmed again and again."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Trial:
    """One harmed file and what became of it; ``violation`` is None where all is well."""

    number: int
    kind: str
    harm: str
    content: bytes
    is_refused: bool = False
    violation: str | None = None


def sources(corpus: Path | None) -> list[Source]:
    """Return the files to harm: real documents where they are at hand, and always our own."""
    own = [Source(path.name, path.read_bytes()) for path in sorted(_SAMPLES.rglob("*.txt"))]
    own.append(Source("own.docx", make_word(make_paragraph("Requests it.", level=0))))
    own.append(Source("own.pdf", make_text_pdf()))
    texts = [file for file in own if file.name.endswith(".txt")]
    own += [Source(f"{Path(file.name).stem}.html", web_page(file.content)) for file in texts]
    own += [
        Source(f"scan.{kind.lower()}", picture_of_page(kind, size=(120, 170)))
        for kind in ("PDF", "TIFF", "PNG", "JPEG")
    ]
    folders = [corpus / kind for kind in _KINDS] if corpus and corpus.is_dir() else []
    real = [path for folder in folders for path in sorted(folder.glob("*.*"))]
    usable = [path for path in real if path.suffix != ".gz" and path.stat().st_size < _LARGEST]
    return [*own, *(Source(path.name, path.read_bytes()) for path in usable)]


def web_page(text: bytes) -> bytes:
    """Return a web page of a text, with what pages have besides: styles, a menu, lists, a table."""
    paragraphs = [line for line in text.decode().split("\n") if line.strip()]
    said = "".join(f"<p>{escape(line)}</p>\n" for line in paragraphs)
    points = "".join(f"<li><em>{escape(line)}</em>&nbsp;&#8212;</li>" for line in paragraphs[:5])
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>Resolution</title>"
        "<style>p { color: red }</style><script>1 < 2 && document.write('<p>')</script></head>\n"
        f"<body><nav><a href='/'>Start</a></nav><!-- from here -->{said}"
        f"<ol type='a'>{points}</ol><table><tr><td>1</td><td>x<br>y</td></tr></table>"
        "</body></html>\n"
    ).encode()


def harmed_file(files: Sequence[Source], number: int, seed: int) -> tuple[str, str, bytes]:
    """Return name, harm and content of the file of this number, the same for the same seed."""
    chance = Random(f"{seed}:{number}")  # noqa: S311 - nothing here is secret
    suffix = chance.choice(sorted({Path(file.name).suffix for file in files}))
    source = chance.choice([file for file in files if file.name.endswith(suffix)])
    harm, content = mutate(source.content, chance)
    return source.name, harm, content


def try_reading(files: Sequence[Source], number: int, seed: int, read: Reader = read_here) -> Trial:
    """Harm a file, read it, and look at what comes back."""
    name, harm, content = harmed_file(files, number, seed)
    kind = Path(name).suffix
    try:
        with _within(SECONDS):
            _try(content, name, read)
    except UnreadableDocument as refusal:
        is_sentence = str(refusal).endswith(".") and len(str(refusal)) > 20
        violation = None if is_sentence else f"no sentence: {refusal}"
        return Trial(number, kind, harm, content, is_refused=True, violation=violation)
    except Exception as problem:
        return Trial(number, kind, harm, content, violation=f"{type(problem).__name__}: {problem}")
    return Trial(number, kind, harm, content)


def _try(content: bytes, name: str, read: Reader) -> None:
    """Read a file and look at what comes back; of a scan, open a page as recognition would."""
    try:
        _check(read(content, name))
    except ScannedDocument as scan:
        prepared(page_of_file(content, name, scan.pages[0] - 1))
        raise


def _check(reading: Reading) -> None:
    """Raise unless a reading holds clauses, can be shown, and can be stored and taken up again."""
    for resolution in reading.resolutions:
        if not resolution.operative_clauses:
            raise ValueError("a resolution without clauses")
        json.dumps(to_json(resolution))
        if from_stored(json.loads(json.dumps(to_stored(resolution)))) != resolution:
            raise ValueError("a reading that cannot be stored")


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    def end(_number: int, _frame: FrameType | None) -> None:
        raise Hang(f"longer than {seconds} seconds")

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
