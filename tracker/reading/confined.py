"""Reading of files from outside in a process of its own, with limits on time, memory and size.

Whatever a file does to the libraries that read it, the process that asked goes on.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from tracker.domain.errors import ScannedDocument, UnreadableDocument
from tracker.domain.phrases import revived_values
from tracker.reading import SIZE_LIMIT, Recognised
from tracker.reading.pictures import Picture
from tracker.reading.readers import Reading
from tracker.reading.recognised import page_to_stored
from tracker.reading.stored import from_stored, places_from_stored

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_ANSWER_LIMIT = 1024**3  # bytes: a reading repeats the words of its file several times


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds by the clock, bytes of memory, bytes of file."""

    seconds: int = 30
    memory_bytes: int = 1024**3
    size_bytes: int = SIZE_LIMIT


def read_confined(content: bytes, file_name: str, *, limits: Limits | None = None) -> Reading:
    """Return what is read from a file in a process of its own, which ends with the reading.

    Raises UnreadableDocument for what cannot be read and for what would pass the limits.
    """
    with ConfinedReader(limits) as reader:
        return reader(content, file_name)


class ConfinedReader:
    """A reader whose process is kept from file to file, and begun anew when a file broke it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._held: bytes | None = None  # the content that the process has already

    def __enter__(self) -> Self:
        """Begin no process yet: the first file does."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self.close()

    def __call__(
        self, content: bytes, file_name: str, recognised: Recognised | None = None
    ) -> Reading:
        """Return what is read from a file; raise UnreadableDocument as ``read_confined`` does.

        ``recognised`` are its scanned pages; ScannedDocument is raised where they are missing.
        """
        pages = {} if recognised is None else recognised
        stored = {str(index): page_to_stored(page) for index, page in pages.items()}
        asked = {"recognised": None if recognised is None else stored}
        answer, _ = self._ask(content, file_name, asked)
        resolutions = tuple(from_stored(each) for each in answer["resolutions"])
        return Reading(resolutions, answer["text"], places_from_stored(answer["places"]))

    def picture(self, content: bytes, file_name: str, index: int, turned: int = 0) -> Picture:
        """Return a page (from 0) as a picture, turned by so many degrees against the clock.

        Raises UnreadableDocument as ``read_confined`` does.
        """
        answer, pixels = self._ask(content, file_name, {"page": index, "turned": turned})
        return Picture(answer["width"], answer["height"], pixels, answer["is_blank"])

    @property
    def process_id(self) -> int | None:
        """Return the number of the process that reads, None where there is none now."""
        return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process, if there is one, and whatever it began."""
        process, self._process, self._held = self._process, None, None
        if process is not None:
            _kill(process)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                _close(pipe)

    def _ask(
        self, content: bytes, file_name: str, asked: Mapping[str, object]
    ) -> tuple[Mapping[str, Any], bytes]:
        """Return what the process answers of a file, and the bytes that follow its answer."""
        if len(content) > self.limits.size_bytes:
            raise _too_large(self.limits)
        process = self._process or self._begin()
        is_held = content is self._held
        request = {
            **asked,
            "file_name": file_name,
            "size": None if is_held else len(content),
            "size_limit": self.limits.size_bytes,
            "seconds": self.limits.seconds,
        }
        with _deadline(process, self.limits.seconds) as is_past:
            sent = b"" if is_held else content
            answer, following = _exchange(process, json.dumps(request).encode(), sent)
        self._held = content
        if answer is not None:
            return _accepted(answer), following
        self.close()
        logger.warning("reading a file ended with exit code %s", process.returncode)
        if is_past.is_set() or process.returncode == -signal.SIGXCPU:
            raise _too_long(self.limits)
        raise _broke()

    def _begin(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tracker.reading.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,  # where this very package is found
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,  # a group of its own, which is ended as a whole
        )
        _exchange_nothing(self._process, {"memory_bytes": self.limits.memory_bytes})
        return self._process


def _accepted(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an answer that is no refusal; raise what it refuses."""
    if "scanned" in answer:
        raise ScannedDocument(pages=answer["scanned"], page_count=answer["page_count"])
    if "refused" in answer:
        sentence = answer["refused"]  # one of those that stand where the file is read
        raise UnreadableDocument(sentence, **revived_values(answer["values"]))
    if answer.get("broke") == MemoryError.__name__:
        raise _too_much_memory()
    if "broke" in answer:
        raise _broke()
    return answer


def _exchange(
    process: subprocess.Popen[bytes], request: bytes, content: bytes
) -> tuple[Mapping[str, Any] | None, bytes]:
    """Send a request; return the answer and the bytes behind it, None where the process ended."""
    requests, answers = _pipes(process)
    try:
        requests.write(request + b"\n")
        requests.write(content)
        requests.flush()
    except BrokenPipeError:
        return None, b""
    line = answers.readline(_ANSWER_LIMIT)
    if not line.endswith(b"\n"):
        return None, b""
    answer: Mapping[str, Any] = json.loads(line.decode("utf-8", "surrogatepass"))
    wanted = int(answer.get("bytes", 0))
    following = answers.read(wanted)
    return (answer, following) if len(following) == wanted else (None, b"")


def _exchange_nothing(process: subprocess.Popen[bytes], settings: Mapping[str, object]) -> None:
    requests, _ = _pipes(process)
    try:
        requests.write(json.dumps(settings).encode() + b"\n")
        requests.flush()
    except BrokenPipeError:  # the next request finds out
        pass


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("The process was begun without pipes.")
    return process.stdin, process.stdout


@contextmanager
def _deadline(process: subprocess.Popen[bytes], seconds: int) -> Iterator[threading.Event]:
    """Kill the process when the time is over; the event yielded says whether it came to that."""
    is_past = threading.Event()

    def end() -> None:
        is_past.set()
        _kill(process)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_past
    finally:
        timer.cancel()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:  # it ended in between
        return


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except BrokenPipeError:  # what was not sent is no longer wanted
        return


def _too_large(limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        "The file is larger than %(limit)s MB. Upload only the resolution, without its annexes.",
        limit=limits.size_bytes // 1024 // 1024,
    )


def _too_long(limits: Limits) -> UnreadableDocument:
    return UnreadableDocument(
        "Reading the file took longer than %(seconds)s seconds and was stopped. Nothing was kept. "
        "Upload only the pages of the resolution, or save it anew as Word or PDF.",
        seconds=limits.seconds,
    )


def _too_much_memory() -> UnreadableDocument:
    return UnreadableDocument(
        "Reading the file needs more memory than one file may have and was stopped. Nothing was "
        "kept. Upload only the pages of the resolution, or save it anew as Word or PDF."
    )


def _broke() -> UnreadableDocument:
    return UnreadableDocument(
        "Reading the file broke off, as damaged files make it. Nothing was kept. Open it in the "
        "program that wrote it, save it anew and upload that."
    )
