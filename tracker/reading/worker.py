"""The process that reads files for ``tracker.reading.confined``, within limits it cannot lift.

It takes one request after the other from standard input, a line of JSON and the file's bytes, and
answers each with one line of JSON. It opens no file, no network and no database.
"""

import json
import resource
import sys
from collections.abc import Mapping
from typing import Any

from tracker.domain.errors import ScannedDocument, UnreadableDocument
from tracker.domain.phrases import plain_values
from tracker.reading import page_of_file
from tracker.reading.pictures import prepared
from tracker.reading.readers import read_here
from tracker.reading.recognised import page_from_stored
from tracker.reading.stored import places_to_stored, to_stored


def main() -> None:
    """Answer requests until there are no more; the first line says how much memory there is."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    confine(json.loads(requests.readline())["memory_bytes"])
    content = b""
    while line := requests.readline():
        request = json.loads(line)
        if request["size"] is not None:  # else it asks of the file of the request before
            content = requests.read(request["size"])
        answer, following = _answer(request, content)
        answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        answers.write(b"\n")
        answers.write(following)
        answers.flush()


def confine(memory_bytes: int) -> None:
    """Take from this process what reading does not need: memory, files, traces of a crash."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: Mapping[str, Any], content: bytes) -> tuple[dict[str, object], bytes]:
    """Do what is asked of a file; the processor's time counts from here."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + int(request["seconds"]) + 1
    _, most = resource.getrlimit(resource.RLIMIT_CPU)  # a background task has a limit of its own
    if most == resource.RLIM_INFINITY or seconds < most:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, most))
    try:
        if "page" in request:
            return _picture(request, content)
        return _reading(request, content), b""
    except ScannedDocument as scan:
        return {"scanned": scan.pages, "page_count": scan.page_count}, b""
    except UnreadableDocument as refusal:
        return {"refused": refusal.sentence, "values": plain_values(refusal.values)}, b""
    except (MemoryError, RecursionError) as problem:
        return {"broke": type(problem).__name__}, b""


def _reading(request: Mapping[str, Any], content: bytes) -> dict[str, object]:
    stored = request["recognised"]
    pages = {int(index): page_from_stored(page) for index, page in (stored or {}).items()}
    reading = read_here(
        content,
        request["file_name"],
        limit=request["size_limit"],
        recognised=None if stored is None else pages,
    )
    return {
        "resolutions": [to_stored(resolution) for resolution in reading.resolutions],
        "text": reading.text,
        "places": places_to_stored(reading.places),
    }


def _picture(request: Mapping[str, Any], content: bytes) -> tuple[dict[str, object], bytes]:
    page = page_of_file(content, request["file_name"], request["page"], limit=request["size_limit"])
    made = prepared(page, request["turned"])
    told = {"width": made.width, "height": made.height, "is_blank": made.is_blank}
    return {**told, "bytes": len(made.pixels)}, made.pixels


if __name__ == "__main__":
    main()
