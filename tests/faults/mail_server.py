"""A mail server that takes, refuses, hangs and drops connections as chance wants it.

It runs in a process of its own on a loopback port. What it has taken it writes down before it says
so: a client that never hears the answer has sent its mail all the same.
"""

import asyncio
import json
import multiprocessing
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from enum import IntEnum
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

HANG = 0.6  # seconds; the clients of the bench wait for less
BAD_ADDRESS = "nobody@example.org"
_WEIGHTS = {"well": 0, "some": 45, "bad": 80}  # of 100 answers, how many are no plain yes


class Weather(IntEnum):
    """How the server does: it takes all, fails at times, fails mostly, or is not there."""

    WELL = 0
    SOME = 1
    BAD = 2
    AWAY = 3


@dataclass(frozen=True, slots=True)
class MailServer:
    """The way to the running server: its port, and the two values by which it is steered."""

    port: int
    weather: "Synchronized[int]"
    run: "Synchronized[int]"
    folder: Path

    @property
    def url(self) -> str:
        """Return the setting TRACKER_SMTP_URL that leads here."""
        return f"smtp://127.0.0.1:{self.port}"

    def begin(self, run: int) -> None:
        """Let what is taken from now on count for this run."""
        self.weather.value, self.run.value = Weather.WELL, run

    def taken(self, run: int) -> list[tuple[str, str, str]]:
        """Return Message-ID, recipient and plain text of every message taken in this run."""
        path = self.folder / f"{run}.mails"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [(each[0], each[1], each[2]) for each in map(json.loads, lines)]


@contextmanager
def mail_server(folder: Path, seed: int) -> Iterator[MailServer]:
    """Start the server and end it after the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    context = multiprocessing.get_context("fork")
    server = MailServer(
        port=listening.getsockname()[1],
        weather=context.Value("i", Weather.WELL),
        run=context.Value("i", -1),
        folder=folder,
    )
    process = context.Process(target=_serve, args=(listening, server, seed), daemon=True)
    process.start()
    listening.close()
    try:
        yield server
    finally:
        process.kill()
        process.join()


def _serve(listening: socket.socket, server: MailServer, seed: int) -> None:
    handler = _Handler(server, Random(f"{seed}:mail"))  # noqa: S311 - nothing here is secret

    async def run() -> None:
        loop = asyncio.get_running_loop()
        serving = await loop.create_server(
            lambda: SMTP(handler, hostname="fault-bench"), sock=listening
        )
        await serving.serve_forever()

    asyncio.run(run())


class _Handler:
    """What the server answers at each step of a conversation."""

    def __init__(self, server: MailServer, chance: Random) -> None:
        self._server = server
        self._chance = chance

    async def handle_EHLO(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        """Greet, or be away."""
        session.host_name = hostname
        if self._server.weather.value == Weather.AWAY or self._fails(12):
            _drop(server)
        return answers

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse one recipient; the bad address is never taken."""
        if address == BAD_ADDRESS:
            return "550 No such mailbox"
        if self._fails(3):
            answer = self._chance.choice(("450 Try later", "421 Closing", "drop"))
            if answer == "drop":
                _drop(server)
            return answer if answer != "drop" else "421 Closing"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Keep the message and say so; or keep it and say nothing; or do neither."""
        if not self._fails(1):
            self._keep(envelope)
            return "250 Kept"
        answer = self._chance.choice(
            ("451 Try later", "554 Refused", "hang", "drop", "keep and hang", "keep and drop")
        )
        if answer.startswith("keep"):
            self._keep(envelope)
        if answer.endswith("hang"):
            await asyncio.sleep(HANG)
        if answer.endswith(("drop", "hang")):
            _drop(server)
            return "421 Closing"
        return answer

    def _fails(self, rarer: int) -> bool:
        weather = Weather(self._server.weather.value)
        weight = _WEIGHTS.get(weather.name.lower(), 0)
        return self._chance.random() * 100 * rarer < weight

    def _keep(self, envelope: Envelope) -> None:
        message: Any = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        body = message.get_body(("plain",))
        line = json.dumps([message["Message-ID"], envelope.rcpt_tos[0], body.get_content()])
        path = self._server.folder / f"{self._server.run.value}.mails"
        with path.open("ab", buffering=0) as file:
            os.write(file.fileno(), line.encode() + b"\n")


def _drop(server: SMTP) -> None:
    transport = server.transport
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
