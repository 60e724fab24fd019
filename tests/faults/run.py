"""One run: processes at work and killed, faults, people acting; then peace and the checks."""

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from sqlalchemy import func, select

from tests.databases import share_statements
from tests.faults.acts import JUMPS, Acts
from tests.faults.checks import Happened, is_roll_up, read_journal, violations
from tests.faults.cluster import Server
from tests.faults.mail_server import MailServer, Weather
from tests.faults.workers import Shared, start_worker, watched
from tests.faults.world import DUE_ON, World, morning_of
from tracker import clock
from tracker.database import Database
from tracker.installation import Installation
from tracker.jobs.schedule import SCHEDULE
from tracker.jobs.scheduler import find_job, ring
from tracker.models.jobs import JobRun

WORKERS = 3
STEPS = (14, 24)
STOPS_EVERY = 10  # runs on PostgreSQL of which one stops the whole cluster


@dataclass(frozen=True, slots=True)
class Ground:
    """What runs share: the prepared body on both engines, and the mail server."""

    world: World
    installation: Installation
    sqlite_template: Path
    server: Server | None
    postgres_template: str
    mail: MailServer
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    number: int
    engine: str
    kills: int = 0
    mails: int = 0
    roll_ups: int = 0
    stuck: int = 0
    outages: int = 0
    acts: int = 0
    violations: tuple[str, ...] = ()


class _Place:
    """The database of one run, and how it goes away and comes back."""

    def __init__(self, ground: Ground, number: int) -> None:
        self._server = ground.server if number % 2 else None
        self._stops = number // 2 % STOPS_EVERY == 0
        self._name = f"faults_{os.getpid()}_{number}"
        self._path = ground.folder / f"{number}.sqlite3"
        if self._server is None:
            shutil.copyfile(ground.sqlite_template, self._path)
            self.engine, self.url = "sqlite", f"sqlite:///{self._path}"
        else:
            self.engine = "postgres"
            self.url = self._server.make(self._name, ground.postgres_template)

    def go_away(self, seconds: float) -> None:
        """Be away for so long: nobody gets in (PostgreSQL), or nobody may write (SQLite)."""
        if self._server is None:
            with closing(sqlite3.connect(self._path, isolation_level=None, timeout=15)) as alone:
                alone.execute("BEGIN IMMEDIATE")
                time.sleep(seconds)
                alone.execute("ROLLBACK")
        elif self._stops and self._server.is_own:
            self._stops = False
            self._server.stop()
            time.sleep(seconds)
            self._server.start()
        else:
            self._server.shut(self._name)
            time.sleep(seconds)
            self._server.open(self._name)

    def remove(self) -> None:
        """Leave nothing behind."""
        if self._server is not None:
            self._server.drop(self._name)
        for path in self._path.parent.glob(f"{self._path.name}*"):
            path.unlink()


class Run:
    """A run under way."""

    def __init__(self, ground: Ground, number: int, seed: int) -> None:
        self.chance = Random(f"{seed}:{number}")  # noqa: S311 - nothing here is secret
        self._ground, self._number, self._seed = ground, number, seed
        self._place = _Place(ground, number)
        start = morning_of(DUE_ON) + timedelta(days=self.chance.randint(-16, 3))
        self._shared, self._latest = Shared.begin(start), start
        clock.set_source(self._shared.now)
        self._journal = ground.folder / f"{number}.journal"
        self._database = Database(self._place.url, prepare=ground.installation.database.prepare)
        share_statements(self._database)
        self._acts = Acts(self._database, ground.world, self.chance)
        self._workers: list[BaseProcess] = []
        self._killed: set[int] = set()
        self._outages = 0
        ground.mail.begin(number)

    def go(self) -> Outcome:
        """Let everything happen, bring peace, and check."""
        try:
            for _ in range(WORKERS):
                self._start()
            for _ in range(self.chance.randint(*STEPS)):
                self._step()
                time.sleep(self.chance.random() * 0.012)
            self._end_workers()
            problems = self._recover()
            return self._outcome(problems)
        finally:
            for worker in self._workers:
                worker.kill()
                worker.join()
            self._database.close()
            self._place.remove()

    def _start(self) -> None:
        # A process that forks with a connection to SQLite open leaves the new one with notes of
        # locks that it does not hold; what it then closes or waits for is "locked" for the others.
        self._database.close()
        name = f"{self._seed}:{self._number}:{len(self._killed)}:{len(self._workers)}"
        self._workers.append(
            start_worker(
                self._ground.installation, self._place.url, self._journal, self._shared, name
            )
        )

    def _step(self) -> None:
        steps: list[tuple[int, Callable[[], None]]] = [
            (50, self._acts.act), (12, self._kill), (14, self._change_weather), (14, self._jump),
            (4, self._lose_database),
        ]  # fmt: skip
        weights = [weight for weight, _ in steps]
        self.chance.choices([step for _, step in steps], weights)[0]()

    def _kill(self) -> None:
        worker = self._workers.pop(self.chance.randrange(len(self._workers)))
        if worker.pid is not None and worker.is_alive():
            os.kill(worker.pid, signal.SIGKILL)
            self._killed.add(worker.pid)
        worker.join()
        self._start()

    def _change_weather(self) -> None:
        self._ground.mail.weather.value = self.chance.choice(list(Weather))

    def _jump(self) -> None:
        self._shared.jump(self.chance.choice(JUMPS))
        self._latest = max(self._latest, self._shared.now())

    def _lose_database(self) -> None:
        if self._place.engine == "postgres":
            self._outages += 1
        self._place.go_away(0.01 + self.chance.random() * 0.05)

    def _end_workers(self) -> None:
        self._shared.is_over.value = 1
        for worker in self._workers:
            worker.join(timeout=20)
            if worker.is_alive():
                raise RuntimeError("A process hangs: it did not end within 20 seconds.")
        self._workers.clear()

    def _recover(self) -> list[str]:
        """Let all be well again: first soon after, when leases of the dead have run out."""
        self._ground.mail.weather.value = Weather.WELL
        mine = watched(self._ground.installation, self._place.url, self._journal)
        try:
            self._shared.jump(timedelta(minutes=5))
            problems = self._ring(mine, "soon after")
            # Retries are at most a day apart, counted from the latest moment there was.
            self._latest = max(self._latest, self._shared.now()) + timedelta(days=2)
            self._shared.moment.value = self._latest.timestamp()
            problems += self._ring(mine, "after two days")
            self._shared.jump(timedelta(minutes=5))
            problems += self._ring(mine, "once more")
        finally:
            mine.database.close()
        return problems

    def _ring(self, mine: Installation, when: str) -> list[str]:
        schedule = {job.name: job for job in SCHEDULE}
        before = self._newest_run()
        ring(mine, schedule["reminders"])
        return (
            [] if self._newest_run() > before else [f"no job could run {when}: the lease is held"]
        )

    def _newest_run(self) -> int:
        """Return the id of the newest run; one that found nothing to do replaces another."""
        newest = select(func.max(JobRun.id)).where(JobRun.name == find_job("reminders").name)
        with self._database.reading() as session:
            return session.scalar(newest) or 0

    def _outcome(self, problems: list[str]) -> Outcome:
        taken = self._ground.mail.taken(self._number)
        journal = read_journal(self._journal)
        happened = Happened(
            at=self._shared.now(),
            taken=taken,
            journal=journal,
            silences=self._acts.silences,
            killed=frozenset(self._killed),
            outages=self._outages,
        )
        found = [*problems, *violations(self._database, self._ground.world, happened)]
        return Outcome(
            number=self._number,
            engine=self._place.engine,
            kills=len(self._killed),
            mails=len(taken),
            roll_ups=sum(is_roll_up(name) for name, _, _ in taken),
            stuck=sum(line[1] == "unknown" for line in journal),
            outages=self._outages,
            acts=self._acts.done,
            violations=tuple(found),
        )


def run_once(ground: Ground, number: int, seed: int) -> Outcome:
    """Do the run of this number; the same seed makes the same plan of faults."""
    outcome = Run(ground, number, seed).go()
    for path in (ground.folder / f"{number}.journal", ground.folder / f"{number}.mails"):
        with suppress(FileNotFoundError):
            path.unlink()
    return outcome
