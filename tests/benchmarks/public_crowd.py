"""A crowd on the public pages beside an office at work: how much longer the office waits.

Run ``.venv/bin/python -m tests.benchmarks.public_crowd URL [--readers 100] [--seconds 60]``;
``URL`` names a filled database of ``tracker demo load``, whose public pages are switched on and to
which texts are added. The office (people who list, read, search, draft and submit, as in ``crowd``)
works first alone, then while ``wrk`` (Debian: wrk) asks for the public pages of 200 resolutions by
as many connections as there are readers, each as fast as it is answered. Prints how long the office
waited by operation, how many public pages were answered a second, and ends with 1 where an answer
was an error.
"""

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy import select

from config import read_settings
from tests.benchmarks.crowd import Told, Visitor, owners, print_waits
from tests.benchmarks.pages import cookie_of
from tests.benchmarks.serving import production_settings, served
from tracker import clock
from tracker.app import create_app
from tracker.database import Database
from tracker.domain.permissions import Actor, Role
from tracker.models.instruments import Body, Instrument
from tracker.models.public_pages import BodyPublication
from tracker.services.public_pages import set_publication

TEXTS = 200
# The first person of a synthetic body, as who may set up a house.
HOUSE = Actor(1, "The benchmark", "en", "UTC", frozenset({(Role.ADMINISTRATOR, None)}))
WARM_SECONDS = 5.0
ANSWERED = re.compile(r"Requests/sec:\s+([\d.]+)")
WRONG = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")


@click.command()
@click.argument("url")
@click.option("--readers", default=100, show_default=True, help="Of public pages, at once.")
@click.option("--office", default=10, show_default=True, help="People at work meanwhile.")
@click.option("--think", default=1.0, show_default=True, help="Seconds between two of their acts.")
@click.option("--seconds", default=60.0, show_default=True, help="Alone, and with the crowd.")
@click.option("--port", default=8842, show_default=True)
def main(url: str, readers: int, office: int, think: float, seconds: float, port: int) -> None:
    """Let an office work alone, then beside a crowd."""
    if shutil.which("wrk") is None:
        raise click.ClickException("wrk is not installed (Debian: apt-get install wrk).")
    database = Database(url)
    addresses = _public_addresses(database)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = production_settings(url, Path(folder), port)
        app = create_app(read_settings(settings))
        people = [
            (person_id, cookie_of(app, person_id), reports)
            for person_id, reports in owners(database, office)
        ]
        with served(settings, port):
            for is_crowded in (False, True):
                _work(people, port, WARM_SECONDS, think, Told())
                told = Told()
                crowd = _crowd(Path(folder), addresses, port, readers, seconds, on=is_crowded)
                _work(people, port, seconds, think, told)
                click.echo("\nbeside a crowd" if is_crowded else "\nalone")
                print_waits(told, office, seconds / 60)
                wrong += told.wrong + _answered(crowd)
    database.close()
    for line in wrong[:20]:
        click.echo(line)
    sys.exit(1 if wrong else 0)


def _work(
    people: Sequence[tuple[int, str, list[int]]],
    port: int,
    seconds: float,
    think: float,
    told: Told,
) -> None:
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(
            target=Visitor(person_id, cookie, reports, port, told, random.Random(place)).live,  # noqa: S311 - the same office each time
            args=(until, think),
        )
        for place, (person_id, cookie, reports) in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _crowd(
    folder: Path, addresses: Sequence[str], port: int, readers: int, seconds: float, *, on: bool
) -> subprocess.Popen[str] | None:
    if not on:
        return None
    script = folder / "crowd.lua"
    listed = ", ".join(json.dumps(address) for address in addresses)
    script.write_text(
        f"local addresses, place = {{{listed}}}, 0\n"
        "request = function()\n"
        "  place = place % #addresses + 1\n"
        '  return wrk.format("GET", addresses[place])\n'
        "end\n"
    )
    # wrk's own answers must not wait for a busy site longer than people would.
    command = ["wrk", "-t1", f"-c{readers}", f"-d{seconds:.0f}s", "--timeout", "30s"]
    return subprocess.Popen(
        [*command, "-s", str(script), f"http://127.0.0.1:{port}"], stdout=subprocess.PIPE, text=True
    )


def _answered(crowd: subprocess.Popen[str] | None) -> list[str]:
    """Print how many public pages were answered; return what went wrong."""
    if crowd is None:
        return []
    told, _errors = crowd.communicate()
    found = ANSWERED.search(told)
    click.echo(f"public pages answered a second: {found[1] if found else 'none'}")
    return [match[0] for match in WRONG.finditer(told)]


def _public_addresses(database: Database) -> list[str]:
    """Switch public pages on and return those of the first texts."""
    with database.transaction() as session:
        body = session.scalars(select(Body).order_by(Body.id).limit(1)).one()
        row = session.scalar(select(BodyPublication).where(BodyPublication.body_id == body.id))
        if row is None or not row.is_on:
            set_publication(
                session,
                body_id=body.id,
                version=row.version if row else 0,
                is_on=True,
                is_indexed=False,
                actor=HOUSE,
                at=clock.now(),
            )
        slugs = session.scalars(
            select(Instrument.slug)
            .where(Instrument.body_id == body.id)
            .order_by(Instrument.id)
            .limit(TEXTS)
        )
        return [f"/public/{body.key}/{slug}" for slug in slugs]


if __name__ == "__main__":
    main()
