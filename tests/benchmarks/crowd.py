"""A crowd at once: people who read, search, draft and submit, and whether a write was lost.

Run ``.venv/bin/python -m tests.benchmarks.crowd URL [--people 100] [--minutes 10]``; ``URL`` names
a filled database (of ``make bench`` or of ``tracker demo load``) to which texts are added. The
product is begun by its own ``tracker serve``; each person is a thread with a session of their own
that thinks between two requests. Prints how long requests took, and ends with 1 where an answer was
an error or a text that was taken is not in the database afterwards.
"""

import http.client
import random
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

import click
from sqlalchemy import func, select

from config import read_settings
from tests.benchmarks.pages import cookie_of
from tests.benchmarks.serving import production_settings, served
from tracker.app import create_app
from tracker.database import Database
from tracker.models.people import Person
from tracker.models.progress import ProgressDraft, ProgressReport, ProgressRevision
from tracker.queries.report_lines import IS_OPEN

WORDS = ("water", "regional cooperation", "statistics", "report", "training", "member states")
# What people do, and how often among a hundred times.
SHARES = {"list": 30, "item": 30, "search": 20, "draft": 12, "submit": 8}
HIDDEN = re.compile(r'name="(csrf_token|version)" value="([^"]*)"')


@dataclass
class Told:
    """What happened: milliseconds by operation, what went wrong, and which texts were taken."""

    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    submitted: list[str] = field(default_factory=list)
    drafts: dict[tuple[int, int], str] = field(default_factory=dict)


@dataclass
class Visitor:
    """One person with a session, the reports they can write, and what they do by chance."""

    person_id: int
    cookie: str
    reports: list[int]
    port: int
    told: Told
    chance: random.Random

    def live(self, until: float, think: float) -> None:
        """Do one thing after another until the time is over."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        time.sleep(self.chance.uniform(0, think))
        while time.monotonic() < until:
            kind = self.chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
            try:
                self._do(connection, kind)
            except (OSError, http.client.HTTPException) as error:
                self.told.wrong.append(f"{kind}: {error!r}")
                connection.close()
            time.sleep(self.chance.uniform(0.5 * think, 1.5 * think))
        connection.close()

    def _do(self, connection: http.client.HTTPConnection, kind: str) -> None:
        report_id = self.chance.choice(self.reports) if self.reports else 1
        if kind == "list":
            self._ask(connection, kind, "/mandates")
        elif kind == "search":
            self._ask(connection, kind, f"/search?{urlencode({'q': self.chance.choice(WORDS)})}")
        elif kind == "item" or not self.reports:
            self._ask(connection, "item", f"/progress/{report_id}")
        else:
            self._write(connection, kind, report_id)

    def _write(self, connection: http.client.HTTPConnection, kind: str, report_id: int) -> None:
        page = self._ask(connection, "item", f"/progress/{report_id}")
        hidden = dict(HIDDEN.findall(page))
        mark = f"mark {self.person_id}-{report_id}-{self.chance.randrange(10**9)}"
        form = {
            **hidden,
            "status": "in_progress",
            "done": f"Two workshops were held, {mark}.",
            "language": "en",
            "given_by": "the crowd",
        }
        path = f"/progress/{report_id}/{'draft' if kind == 'draft' else 'submit'}"
        self._ask(connection, kind, path, urlencode(form))
        if kind == "submit":
            self.reports.remove(report_id)
            self.told.submitted.append(mark)
            self.told.drafts.pop((report_id, self.person_id), None)
        else:
            self.told.drafts[report_id, self.person_id] = mark

    def _ask(
        self, connection: http.client.HTTPConnection, kind: str, path: str, body: str | None = None
    ) -> str:
        site = f"http://127.0.0.1:{self.port}"
        headers = {"Cookie": self.cookie, "Referer": f"{site}{path}", "Origin": site}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        self.told.took[kind].append((time.perf_counter() - began) * 1000)
        if answer.status != (200 if body is None else 303):
            raise http.client.HTTPException(f"{path} was answered with {answer.status}")
        return page


@click.command()
@click.argument("url")
@click.option("--people", "count", default=100, show_default=True)
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--think", default=5.0, show_default=True, help="Seconds between two requests.")
@click.option("--port", default=8841, show_default=True)
def main(url: str, count: int, minutes: float, think: float, port: int) -> None:
    """Let a crowd work on a database through the product, and recount what it wrote."""
    database = Database(url)
    told = Told()
    with tempfile.TemporaryDirectory() as folder:
        settings = production_settings(url, Path(folder), port)
        app = create_app(read_settings(settings))
        office = owners(database, count)
        visitors = [
            Visitor(person_id, cookie_of(app, person_id), reports, port, told, random.Random(place))  # noqa: S311 - the same crowd each time
            for place, (person_id, reports) in enumerate(office)
        ]
        with served(settings, port):
            until = time.monotonic() + minutes * 60
            threads = [threading.Thread(target=each.live, args=(until, think)) for each in visitors]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    print_waits(told, len(visitors), minutes)
    lost = _lost(database, told)
    database.close()
    for line in (*told.wrong[:20], *lost[:20]):
        click.echo(line)
    click.echo(f"{len(told.wrong)} errors, {len(lost)} lost writes")
    sys.exit(1 if told.wrong or lost else 0)


def owners(database: Database, count: int) -> list[tuple[int, list[int]]]:
    """Return people with the open reports that they can write, those with most first."""
    reports: defaultdict[int, list[int]] = defaultdict(list)
    with database.reading() as session:
        rows = session.execute(
            select(Person.id, ProgressReport.id)
            .join(ProgressReport, ProgressReport.focal_point_id == Person.id)
            .where(IS_OPEN, Person.is_active, Person.sign_in_counter == 0)
            .order_by(ProgressReport.id)
        )
        for person_id, report_id in rows:
            reports[person_id].append(report_id)
    return sorted(reports.items(), key=lambda each: (-len(each[1]), each[0]))[:count]


def print_waits(told: Told, people: int, minutes: float) -> None:
    click.echo(f"{people} people for {minutes:g} minutes")
    click.echo(f"{'operation':10} {'requests':>8} {'p50 ms':>8} {'p95 ms':>8} {'most':>8}")
    for kind in SHARES:
        took = told.took[kind]
        if len(took) > 1:
            parts = quantiles(took, n=20)
            click.echo(f"{kind:10} {len(took):8} {parts[9]:8.0f} {parts[18]:8.0f} {max(took):8.0f}")


def _lost(database: Database, told: Told) -> Sequence[str]:
    """Return a line for each text that was taken and is not there as often as it was sent."""
    lost = []
    with database.reading() as session:
        for mark in told.submitted:
            there = session.scalar(
                select(func.count()).where(
                    ProgressRevision.report_id == int(mark.split("-")[1]),
                    ProgressRevision.done.contains(mark),
                )
            )
            if there != 1:
                lost.append(f"The submitted text {mark} is there {there} times.")
        for (report_id, author_id), mark in told.drafts.items():
            text = session.scalar(
                select(ProgressDraft.done).where(
                    ProgressDraft.report_id == report_id, ProgressDraft.author_id == author_id
                )
            )
            if mark not in (text or ""):
                lost.append(f"The draft {mark} is not there.")
    return lost


if __name__ == "__main__":
    main()
