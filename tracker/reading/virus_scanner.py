"""The virus scanner that looks at files before they are kept: a clamd, or a command."""

import shlex
import socket
import struct
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import urlsplit

from tracker.domain.errors import Invalid, Unavailable

Scan = Callable[[bytes], None]

SECONDS = 60
_CHUNK = 64 * 1024  # bytes
_FOUND = 1  # what clamscan and its kin end with


def make_scanner(setting: str | None) -> Scan | None:
    """Return what looks at a file, None where no scanner is set.

    ``clamd:/run/clamav/clamd.ctl`` names the socket of a clamd, ``clamd://host:3310`` its port, and
    ``command:clamscan --no-summary -`` a program that gets the file on its standard input and ends
    with 0 for a clean one and with 1 for a virus. What looks raises Invalid for a file with a
    virus, and Unavailable when the scanner does not answer: nothing is kept unseen.
    """
    if setting is None:
        return None
    kind, _, rest = setting.partition(":")
    if kind == "command":
        return lambda content: _by_command(shlex.split(rest), content)
    return lambda content: _by_clamd(setting, content)


def _by_command(command: list[str], content: bytes) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - whoever runs the site names the program
            command, input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise _no_answer(str(problem)) from problem
    said = done.stdout.decode("utf-8", "replace").strip()
    if done.returncode == _FOUND:
        raise _virus(_name_in(said))
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip() or said
        raise _no_answer(reason or f"it ended with {done.returncode}")


def _by_clamd(setting: str, content: bytes) -> None:
    try:
        with _connected(setting) as connection:
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), _CHUNK):
                piece = content[start : start + _CHUNK]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            said = _answer(connection)
    except OSError as problem:
        raise _no_answer(str(problem)) from problem
    if said.endswith("FOUND"):
        raise _virus(_name_in(said))
    if not said.endswith("OK"):
        raise _no_answer(said or "an empty answer")


def _connected(setting: str) -> socket.socket:
    parts = urlsplit(setting)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=SECONDS)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(SECONDS)
    with ExitStack() as unless_connected:
        unless_connected.callback(connection.close)
        connection.connect(parts.path)
        unless_connected.pop_all()
    return connection


def _answer(connection: socket.socket) -> str:
    said = b""
    while piece := connection.recv(4096):
        said += piece
        if said.endswith(b"\0"):
            break
    return said.rstrip(b"\0\n").decode("utf-8", "replace")


def _name_in(said: str) -> str:
    """Return the name of the virus in "stream: Eicar-Signature FOUND", else what was said."""
    line = next((line for line in said.splitlines() if line.endswith("FOUND")), said)
    return line.removesuffix("FOUND").rpartition(": ")[2].strip()[:100] or "a virus"


def _virus(name: str) -> Invalid:
    return Invalid(
        "The virus scanner found %(name)s in this file, so it was not kept. Have the computer "
        "that it comes from checked, then send a clean copy.",
        field="file",
        name=name,
    )


def _no_answer(reason: str) -> Unavailable:
    return Unavailable(
        "The virus scanner does not answer, so no file can be taken now, and nothing was changed. "
        "Try again later. Whoever runs the site checks TRACKER_VIRUS_SCANNER (%(reason)s).",
        reason=reason[:200],
    )
