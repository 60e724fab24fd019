"""The process that reads files for ``tracker.reading.confined``, within limits it cannot lift.

It takes one request after the other from standard input, a line of JSON and the file's bytes, and
answers each with one line of JSON. It opens no file, no network and no database.
"""

import json
import resource
import sys
from collections.abc import Mapping
from typing import IO, Any

from tracker.domain.errors import Phrase, UnreadableDocument
from tracker.reading.readers import read_here
from tracker.reading.stored import to_stored


def main() -> None:
    """Answer requests until there are no more; the first line says how much memory there is."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    confine(json.loads(requests.readline())["memory_bytes"])
    while line := requests.readline():
        answer = _answer(json.loads(line), requests)
        answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        answers.write(b"\n")
        answers.flush()


def confine(memory_bytes: int) -> None:
    """Take from this process what reading does not need: memory, files, traces of a crash."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: Mapping[str, Any], requests: IO[bytes]) -> dict[str, object]:
    """Read the file that follows the request; the processor's time counts from here."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + int(request["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    try:
        content = requests.read(request["size"])
        reading = read_here(content, request["file_name"], limit=request["size_limit"])
        return {
            "resolutions": [to_stored(resolution) for resolution in reading.resolutions],
            "text": reading.text,
        }
    except UnreadableDocument as refusal:
        return {"refused": refusal.sentence, "values": _plain(refusal.values)}
    except (MemoryError, RecursionError) as problem:
        return {"broke": type(problem).__name__}


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: object) -> object:
    if isinstance(value, Phrase):
        return {"message": value.message, "values": _plain(value.values)}
    return value if isinstance(value, int) else str(value)


if __name__ == "__main__":
    main()
