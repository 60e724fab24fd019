"""What single pages cost a filled database: processor time, calls, statements and bytes.

Run ``.venv/bin/python -m tests.benchmarks.pages URL [PERSON] [PATH ...]``; ``URL`` names a database
of ``make bench`` or of ``tracker demo load``, ``PERSON`` the id of the reader, who is signed in
without a password. This process answers all requests itself: its own work counts and, on SQLite,
that of the database. Calls of functions are the same however busy the machine is. ``--profile``
tells what the time went into.
"""

import cProfile
import pstats
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time_ns
from typing import Any

import click
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from config import read_settings
from tests.reporting import counted_statements
from tracker.app import create_app
from tracker.installation import Installation

LINES = 45  # of a profile
Ask = Callable[[], tuple[int, bytes]]


@click.command()
@click.argument("url")
@click.argument("person", type=int, default=1)
@click.argument("paths", nargs=-1)
@click.option("--requests", default=60, help="How often each page is asked for.")
@click.option("--profile", "order", flag_value="tottime", help="Tell what takes the time.")
@click.option("--profile-from-above", "order", flag_value="cumulative", help="The same by callers.")
def main(url: str, person: int, paths: Sequence[str], requests: int, order: str | None) -> None:
    """Ask for pages in one process and print what one request of each costs."""
    app = create_app(read_settings({"TRACKER_DATABASE_URL": url}))
    database = installation_of(app).database
    click.echo(f"{'ms':>7} {'least':>7} {'calls':>8} {'statements':>10} {'bytes':>8}  page")
    for path in paths or ("/", "/mandates", "/compliance", "/compliance/detail"):
        ask = asking(app, path, person)
        status, body = ask()
        with counted_statements(database) as statements:
            ask()
        for _ in range(5):
            ask()
        calls = _profile(ask).total_calls  # type: ignore[attr-defined]  # typeshed has it not
        took = [_milliseconds(ask) for _ in range(requests)]
        click.echo(
            f"{median(took):7.2f} {min(took):7.2f} {calls:8} {len(statements):10} {len(body):8}"
            f"  {path}{'' if status == 200 else f' ({status})'}"
        )
        if order:
            _profile(ask).sort_stats(order).print_stats(LINES)
    database.close()


def asking(app: Flask, path: str, person: int) -> Ask:
    """Return what asks for a page as a person and returns its status and body."""
    cookie = cookie_of(app, person)

    def ask() -> tuple[int, bytes]:
        environ = EnvironBuilder(path, headers=[("Cookie", cookie)]).get_environ()
        parts, status, _headers = run_wsgi_app(app, environ, buffered=True)
        return int(status.split()[0]), b"".join(parts)

    return ask


def installation_of(app: Flask) -> Installation:
    """Return the parts that ``app`` works with."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts


def cookie_of(app: Flask, person: int) -> str:
    """Return the cookie of a session in which a person has signed in already."""
    signed: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    held = {"_user_id": f"{person}:0", "_fresh": True, "csrf_token": "0" * 40}
    return f"tracker_session={signed.dumps(held)}"


def _profile(ask: Ask) -> pstats.Stats:
    profile = cProfile.Profile()
    profile.runcall(ask)
    return pstats.Stats(profile, stream=sys.stdout)


def _milliseconds(ask: Ask) -> float:
    began = process_time_ns()
    ask()
    return (process_time_ns() - began) / 1e6


if __name__ == "__main__":
    main()
