"""What every kind of page costs at full size, and how much memory the web process has after it.

Run ``.venv/bin/python -m tests.benchmarks.memory URL``; ``URL`` names a filled database, which is
only read. One web process of ``tracker serve`` answers each address that takes a GET, filled with
what the database holds, for the first of its people who may see it. Prints the addresses after
which the process was larger, the slowest and the largest of them, and ends with 1 where an answer
was an error or the process took more than 250 MB.
"""

import http.client
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from config import read_settings
from tests.benchmarks.pages import cookie_of
from tests.benchmarks.serving import Served, production_settings, served
from tracker.app import create_app
from tracker.database import Database
from tracker.domain.permissions import Role

MOST_MEGABYTES = 250
SHOWN = 15
ROUNDS = 3  # the pages over and over: what grows without end shows in the last round
READERS = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.EDITOR, Role.MANAGER, Role.FOCAL_POINT)
REFUSED = (403, 404)
_ANY_REPORT = "SELECT report.id FROM progress_reports AS report JOIN reporting_periods AS period"
# What the words of addresses stand for, from the newest; an address of which one is not there is
# left out, and named at the end.
_WORDS = {
    "body": "SELECT key FROM bodies",
    "slug": "SELECT slug FROM instruments ORDER BY id DESC",
    "path": "SELECT path FROM mandates JOIN clauses ON clauses.id = clause_id"
    " WHERE mandates.instrument_id = (SELECT max(id) FROM instruments)",
    "report_id": f"{_ANY_REPORT} ON period.id = period_id WHERE state = 'open'",
    "mandate_id": "SELECT id FROM mandates WHERE requires_action ORDER BY id DESC",
    "instrument_id": "SELECT max(id) FROM instruments",
    "earlier_id": "SELECT min(id) FROM instruments",
    "activity_id": "SELECT max(id) FROM activities",
    "clause_id": "SELECT max(clause_id) FROM mandates",
    "person_id": "SELECT max(id) FROM people",
    "unit_id": "SELECT max(id) FROM organizational_units",
    "body_id": "SELECT max(id) FROM bodies",
    "period_id": "SELECT id FROM reporting_periods WHERE state = 'open' ORDER BY id DESC",
    "line_id": "SELECT max(id) FROM deliverable_lines",
    "part_id": "SELECT max(id) FROM contributions",
    "absence_id": "SELECT max(id) FROM absences",
    "view_id": "SELECT max(id) FROM saved_views",
    "draft_id": "SELECT max(id) FROM draft_checks",
    "edition_id": "SELECT max(id) FROM report_editions",
    "station_id": "SELECT max(id) FROM duty_stations",
}
_FIXED = {
    "form": "csv",
    "name": "coordinator",
    "code": "es",
    "kind": "goal",
    "about": "mandate",
} | {
    "key": "14",
    "record_id": "1",
    "part": "unit",
    "subject_id": "1",
}
# Beside each address as it is: the searches and narrowed lists that people ask for most.
_NARROWED = (
    "/search?q=water",
    "/search?q=regional+cooperation&kind=mandate",
    "/mandates?owner=none",
    "/mandates?session=1",
    "/mandates/assign?mandate=1&mandate=2",
    "/activities?q=water",
    "/compliance?standing=late&sort=due",
    "/compliance?adopted_by=1",
    "/reports/brief?about=CPV&since=2022",
)
# Last, since each takes minutes.
_WORKBOOKS = ("/mandates/list.xlsx", "/compliance/list.xlsx", "/activities/list.xlsx")


@dataclass(frozen=True, slots=True)
class Answered:
    """One address as it was answered, and megabytes of the process before and after."""

    path: str
    status: int
    seconds: float
    size: int
    before: float
    after: float

    def __str__(self) -> str:
        """Return one line of the table."""
        return (
            f"{self.before:6.0f} {self.after:6.0f} {self.seconds * 1000:8.0f} {self.size:11,}"
            f" {self.status}  {self.path}"
        )


@click.command()
@click.argument("url")
@click.option("--port", default=8842, show_default=True)
@click.option("--rounds", default=ROUNDS, show_default=True)
def main(url: str, port: int, rounds: int) -> None:
    """Ask one web process for every kind of page and watch its memory."""
    with tempfile.TemporaryDirectory() as folder:
        settings = production_settings(url, Path(folder), port)
        app = create_app(read_settings(settings))
        with closing(Database(url)) as database, database.reading() as session:
            paths, left_out = _paths(app, session)
            cookies = [cookie_of(app, person) for person in _readers(session)]
        with served(settings, port, workers=1) as site:
            answers = []
            for path in paths * rounds:
                answers.append(_answered(site, path, cookies))
                click.echo(str(answers[-1]), err=True)
    _print(answers[: len(paths)], left_out)
    most = max(answer.after for answer in answers)
    for number in range(rounds):
        last = answers[(number + 1) * len(paths) - 1]
        click.echo(f"after round {number + 1} of {len(paths)} addresses: {last.after:.0f} MB")
    wrong = [answer for answer in answers if answer.status >= 500]
    for answer in wrong[:SHOWN]:
        click.echo(f"WRONG {answer}")
    click.echo(f"{most:.0f} MB at most (floor {MOST_MEGABYTES}), {len(wrong)} errors")
    sys.exit(1 if wrong or most > MOST_MEGABYTES else 0)


def _paths(app: Flask, session: Session) -> tuple[list[str], list[str]]:
    """Return the addresses that the database can fill, and the rules of those that it cannot."""
    words = dict(_FIXED)
    for name, question in _WORDS.items():
        value = session.execute(text(f"{question} LIMIT 1")).scalar()
        if value is not None:
            words[name] = str(value)
    made, left_out = list(_NARROWED), []
    for rule in _rules(app):
        if rule.arguments <= words.keys():
            made.append(re.sub(r"<(?:[^<>:]*:)?(\w+)>", lambda word: words[word[1]], rule.rule))
        else:
            left_out.append(rule.rule)
    return [*made, *_WORKBOOKS], left_out


def _rules(app: Flask) -> Iterator[Rule]:
    found = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    return iter(sorted(found, key=lambda rule: rule.rule))


def _readers(session: Session) -> Iterator[int]:
    for role in READERS:
        held = text("SELECT min(person_id) FROM role_assignments WHERE role = :role")
        person_id = session.execute(held, {"role": role}).scalar()
        if person_id is not None:
            yield person_id


def _answered(site: Served, path: str, cookies: Sequence[str]) -> Answered:
    process_id = site.web_process_ids[-1]
    before, began = _megabytes(process_id), time.perf_counter()
    for cookie in cookies:
        connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=600)
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        size = len(answer.read())
        connection.close()
        if answer.status not in REFUSED:
            break
    took = time.perf_counter() - began
    return Answered(path, answer.status, took, size, before, _megabytes(process_id))


def _megabytes(process_id: int) -> float:
    """Return the memory of a process that lies in the machine, shared parts as well."""
    status = Path(f"/proc/{process_id}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _print(answers: Sequence[Answered], left_out: Sequence[str]) -> None:
    tables = (
        ("most memory more", lambda answer: answer.after - answer.before),
        ("slowest", lambda answer: answer.seconds),
        ("largest", lambda answer: answer.size),
    )
    for name, measure in tables:
        click.echo(f"{name}:\nMB before, after, ms, bytes, status")
        for answer in sorted(answers, key=measure, reverse=True)[:SHOWN]:
            click.echo(str(answer))
    click.echo("not there to be asked for: " + ", ".join(left_out))


if __name__ == "__main__":
    main()
