"""A file is looked at before it is kept: by a clamd, as its protocol goes, or by a command."""

import socket
import struct
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from tracker.domain.errors import Invalid, Unavailable
from tracker.reading.virus_scanner import make_scanner
from tracker.storage import FileStore

CLEAN, HARMFUL = b"A report." * 20_000, b"A report with Eicar in it."


def answer_of(content: bytes) -> bytes:
    return b"stream: Eicar-Signature FOUND\0" if b"Eicar" in content else b"stream: OK\0"


def received(connection: socket.socket) -> bytes:
    """Return what a client sends after the command, piece by piece as the protocol has it."""
    with connection.makefile("rb") as sent:
        assert sent.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", sent.read(4))[0]:
            content += sent.read(length)
    return content


@contextmanager
def clamd(reply: bytes | None = None) -> Iterator[str]:
    """Yield the path of the socket of a clamd that takes one file; ``reply`` is its answer."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listening:
        path = str(Path(folder) / "clamd.ctl")
        listening.bind(path)
        listening.listen()

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                content = received(connection)
                connection.sendall(answer_of(content) if reply is None else reply)

        thread = Thread(target=serve)
        thread.start()
        yield path
        thread.join()


def command(program: str) -> str:
    return f"command:{sys.executable} -c '{program}'"


def test_a_clean_file_is_kept_whatever_its_size(tmp_path: Path) -> None:
    with clamd() as path:
        files = FileStore(tmp_path, make_scanner(f"clamd:{path}"))

        assert files.content_of(files.keep(CLEAN)) == CLEAN


def test_a_file_with_a_virus_is_refused_by_its_name_and_not_kept(tmp_path: Path) -> None:
    with clamd() as path:
        files = FileStore(tmp_path, make_scanner(f"clamd:{path}"))

        with pytest.raises(Invalid, match="found Eicar-Signature in this file"):
            files.keep(HARMFUL)

    assert files.digests() == []


@pytest.mark.parametrize("reply", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_what_the_scanner_could_not_look_at_is_not_kept(tmp_path: Path, reply: bytes) -> None:
    with clamd(reply) as path:
        files = FileStore(tmp_path, make_scanner(f"clamd:{path}"))

        with pytest.raises(Unavailable, match="checks TRACKER_VIRUS_SCANNER"):
            files.keep(CLEAN)

    assert files.digests() == []


@pytest.mark.parametrize("setting", ["clamd:/nowhere/clamd.ctl", "clamd://127.0.0.1:9"])
def test_without_its_scanner_no_file_is_kept(tmp_path: Path, setting: str) -> None:
    with pytest.raises(Unavailable, match="no file can be taken now"):
        FileStore(tmp_path, make_scanner(setting)).keep(CLEAN)


def test_a_command_gets_the_file_and_says_how_it_ended(tmp_path: Path) -> None:
    look = 'import sys; sys.exit(b"Eicar" in sys.stdin.buffer.read())'
    files = FileStore(tmp_path, make_scanner(command(look)))

    files.keep(CLEAN)
    with pytest.raises(Invalid, match="so it was not kept"):
        files.keep(HARMFUL)

    assert len(files.digests()) == 1


@pytest.mark.parametrize(
    "setting", [command("raise SystemExit(2)"), "command:/nowhere/scanner --quick"]
)
def test_a_command_that_fails_lets_no_file_through(tmp_path: Path, setting: str) -> None:
    with pytest.raises(Unavailable):
        FileStore(tmp_path, make_scanner(setting)).keep(CLEAN)


def test_without_a_setting_nothing_is_scanned() -> None:
    assert make_scanner(None) is None
