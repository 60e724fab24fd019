"""The scheduler and delivery processes of a run: they do the product's own jobs until they die."""

import json
import logging
import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from sqlalchemy.orm import Session

from tests.databases import share_statements
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.jobs import mail as mail_jobs
from tracker.jobs.schedule import SCHEDULE
from tracker.jobs.scheduler import find_job, ring, run_job
from tracker.mail.transport import MailFailure, OutcomeUnknown, SmtpTransport

TIMEOUT = 0.25  # seconds that a client of the bench waits for the mail server
JOBS = ("reminders", "deliver", "deliver")
_context = multiprocessing.get_context("fork")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all processes of a run share: the moment it is, and whether they shall end."""

    moment: "Synchronized[float]"
    is_over: "Synchronized[int]"

    @classmethod
    def begin(cls, at: datetime) -> Self:
        """Return the values for a run that begins at this moment."""
        return cls(_context.Value("d", at.timestamp()), _context.Value("i", 0))

    def now(self) -> datetime:
        """Return the moment it is for every process of the run."""
        return datetime.fromtimestamp(self.moment.value, UTC)

    def jump(self, span: timedelta) -> None:
        """Let the clocks jump, forward or back."""
        self.moment.value += span.total_seconds()


class WatchedDatabase(Database):
    """A database that knows when its newest transaction began, and how many are open now."""

    began = 0.0
    open_count = 0

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield the session of a transaction, and watch it."""
        began = time.monotonic()
        with super().transaction() as session:
            self.began, self.open_count = began, self.open_count + 1
            try:
                yield session
            finally:
                self.open_count -= 1

    @property
    def is_busy(self) -> bool:
        """Tell whether a transaction or a connection is in use."""
        return self.open_count > 0 or bool(self.engine.pool.checkedout())  # type: ignore[attr-defined]


class WatchedTransport(SmtpTransport):
    """SMTP that writes down what it is about to send, after which claim, and what came of it."""

    def __init__(self, url: str, database: WatchedDatabase, journal: Path) -> None:
        super().__init__(url, timeout=TIMEOUT)
        self._database, self._journal = database, journal

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say goodbye."""
        super().__exit__(kind, error, trace)

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        """Send, and write down before and after."""
        name = str(message["Message-ID"])
        note(self._journal, "sending", name, self._database.began, self._database.is_busy)
        try:
            super().send(message, sender=sender, recipient=recipient)
        except OutcomeUnknown:
            note(self._journal, "unknown", name)
            raise
        except MailFailure:
            note(self._journal, "refused", name)
            raise
        note(self._journal, "sent", name)


class _Complaints(logging.Handler):
    """Whatever a job could not handle itself, written into the journal."""

    def __init__(self, journal: Path) -> None:
        super().__init__(logging.ERROR)
        self._journal = journal

    def emit(self, record: logging.LogRecord) -> None:
        """Write down the kind of error and its words."""
        error = record.exc_info[1] if record.exc_info else None
        note(self._journal, "error", f"{type(error).__name__}: {error}"[:1500])


def note(journal: Path, *words: object) -> None:
    """Append a line to the journal, whole even where the process dies in the next moment."""
    line = json.dumps([os.getpid(), *words]).encode() + b"\n"
    handle = os.open(journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, line)
    os.close(handle)


def watched(installation: Installation, url: str, journal: Path) -> Installation:
    """Return the installation over a watched database, its jobs sending by a watched transport."""
    database = WatchedDatabase(url, prepare=installation.database.prepare)
    share_statements(database)
    # The one seam of the product that the bench replaces: SMTP with its own patience of 30 s.
    vars(mail_jobs)["make_transport"] = lambda smtp_url, _folder: WatchedTransport(
        smtp_url or "", database, journal
    )
    settings = replace(installation.settings, database_url=url)
    return replace(installation, settings=settings, database=database)


def start_worker(
    installation: Installation, url: str, journal: Path, shared: Shared, seed: str
) -> BaseProcess:
    """Start one process that does jobs until it is killed or the run is over."""
    process = _context.Process(target=_work, args=(installation, url, journal, shared, seed))
    process.start()
    return process


def _work(installation: Installation, url: str, journal: Path, shared: Shared, seed: str) -> None:
    chance = Random(seed)  # noqa: S311 - nothing here is secret
    clock.set_source(shared.now)
    root = logging.getLogger()
    root.handlers = [_Complaints(journal)]
    mine = watched(installation, url, journal)
    schedule = {job.name: job for job in SCHEDULE}
    while not shared.is_over.value:
        name = chance.choice(JOBS)
        if chance.random() < 0.5:
            ring(mine, schedule[name])
        else:
            # Beside the lease, as when two schedulers ring at once: a job is right all the same.
            try:
                run_job(mine, find_job(name).name, shared.now())
            except Exception as error:
                note(journal, "error", f"{type(error).__name__}: {error}"[:1500])
        time.sleep(chance.random() * 0.06)
