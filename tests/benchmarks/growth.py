"""How much slower lists, items and searches are on a large body than on a small one.

Run ``.venv/bin/python -m tests.benchmarks.growth SMALL LARGE``; both name databases of ``tracker
demo load``, with 10,000 and with 100,000 mandates. The two are asked by turns, so that other work
on the machine falls on both. Prints p50 and p95 by processor (of this process, which answers the
requests itself, and of the database's) and by the clock, and ends with 1 where p95 by processor
grew more than it may: lists and items 1.5 times, searches 3 times.
"""

import html
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from time import perf_counter_ns, process_time_ns
from urllib.parse import urlencode

import click
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from config import read_settings
from tests.benchmarks.pages import asking, installation_of
from tracker.app import create_app
from tracker.database import is_sqlite_url
from tracker.demo.synthetic.words import QUALITIES, SUBJECTS, WORKS

MOST = {"list": 1.5, "item": 1.5, "search": 3.0}
READERS = (2, 18)  # the coordinator and a manager of a synthetic body
PAGES = 10  # of a list, one after the other by their keys
WARM = 20
NEXT = re.compile(r'href="([^"]+)" rel="next"')
LISTS = {
    "list: mandates": "/mandates",
    "list: open reports by due date": "/compliance?standing=open&sort=due",
    "list: activities": "/activities",
    "list: my work": "/",
}
ITEMS = {
    "item: a report": "SELECT '/progress/' || id FROM progress_reports"
    " WHERE period_id = (SELECT max(id) FROM reporting_periods)",
    "item: a mandate": "SELECT '/synthetic/' || slug || '/' || replace(path, '.', '/')"
    " FROM clauses JOIN instruments ON instruments.id = instrument_id"
    " WHERE clauses.id IN (SELECT clause_id FROM mandates)",
    "item: an activity": "SELECT '/activities/' || id FROM activities",
    "search: similar mandates": "SELECT '/mandates/' || id || '/alike' FROM mandates",
}


@dataclass(slots=True)
class Took:
    """Milliseconds of each request of one kind on one database."""

    processor: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Body:
    """One database, the application before it, and the addresses to ask it for, by kind."""

    app: Flask
    addresses: Mapping[str, Sequence[str]]
    server_process: int | None

    def spent(self) -> int:
        """Return nanoseconds of processor: of this process and of the server that works for it."""
        theirs = 0
        if self.server_process is not None:
            theirs = int(Path(f"/proc/{self.server_process}/schedstat").read_text().split()[0])
        return process_time_ns() + theirs


@click.command()
@click.argument("small")
@click.argument("large")
@click.option("--requests", default=200, show_default=True, help="Of each kind to each body.")
def main(small: str, large: str, requests: int) -> None:
    """Ask both by turns and compare."""
    bodies = [_body(url) for url in (small, large)]
    missed = False
    click.echo(f"{'':44}  processor p50    p95   clock p50    p95   ratio of p95: processor, clock")
    for kind in bodies[0].addresses:
        took = [Took(), Took()]
        for place in range(requests + WARM):
            person = READERS[place % len(READERS)]
            for body, one in zip(bodies, took, strict=True):
                addresses = body.addresses[kind]
                _ask(body, addresses[place % len(addresses)], person, one)
        ratio = _told(kind, took)
        missed |= ratio > MOST[kind.partition(":")[0]]
    sys.exit(1 if missed else 0)


def _ask(body: Body, address: str, person: int, took: Took) -> None:
    ask = asking(body.app, address, person)
    began, spent = perf_counter_ns(), body.spent()
    status, _page = ask()
    took.processor.append((body.spent() - spent) / 1e6)
    took.clock.append((perf_counter_ns() - began) / 1e6)
    if status != 200:
        raise click.ClickException(f"{address} was answered with {status}.")


def _told(kind: str, took: Sequence[Took]) -> float:
    """Print the line of one kind for each body; return how p95 by processor grew."""
    last: list[tuple[float, float]] = []
    for size, one in zip(("small", "large"), took, strict=True):
        used, waited = (
            quantiles(values[WARM:], n=20)[9::9] for values in (one.processor, one.clock)
        )
        last.append((used[1], waited[1]))
        line = (
            f"{kind:36} {size:7} {used[0]:14.1f} {used[1]:6.1f} {waited[0]:11.1f} {waited[1]:6.1f}"
        )
        if size == "large":
            (few, short), (many, long) = last
            limit = MOST[kind.partition(":")[0]]
            line += f"   {many / few:.2f} (at most {limit}), {long / short:.2f}"
        click.echo(line)
    return last[1][0] / last[0][0]


def _body(url: str) -> Body:
    app = create_app(read_settings({"TRACKER_DATABASE_URL": url}))
    lists = {kind: _pages(app, first) for kind, first in LISTS.items()}
    chance = Random(1)  # noqa: S311 - the same questions each time
    with installation_of(app).database.reading() as session:
        items = {kind: _chosen(session, chance, rows) for kind, rows in ITEMS.items()}
        server_process = (
            None if is_sqlite_url(url) else session.scalar(text("SELECT pg_backend_pid()"))
        )
    queries = {"search: two words": [_query(chance) for _number in range(200)]}
    return Body(app, lists | items | queries, server_process)


def _pages(app: Flask, address: str) -> list[str]:
    """Return the addresses of the first pages of a list: each leads to the next."""
    found = [address]
    while len(found) < PAGES:
        page = asking(app, found[-1], READERS[0])()[1].decode()
        match = NEXT.search(page)
        if match is None:
            break
        found.append(html.unescape(match[1]))
    return found


def _chosen(session: Session, chance: Random, rows: str) -> list[str]:
    found: list[str] = list(session.scalars(text(rows)))
    return chance.sample(found, min(200, len(found)))


def _query(chance: Random) -> str:
    words = chance.choice(SUBJECTS), chance.choice((*SUBJECTS, *WORKS, *QUALITIES))
    return f"/search?{urlencode({'q': ' '.join(words)})}"


if __name__ == "__main__":
    main()
