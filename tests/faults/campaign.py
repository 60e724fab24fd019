"""What ``make faults`` does: many runs over both engines, and one line for each kind of figure.

Ends with 1 when anything was lost, sent twice, told too late or left hanging.
"""

import argparse
import gc
import logging
import multiprocessing
import os
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import click

from tests import postgres
from tests.application import settings_on
from tests.databases import share_statements
from tests.faults.cluster import Server, own_cluster
from tests.faults.mail_server import mail_server
from tests.faults.run import Ground, Outcome, run_once
from tests.faults.world import World, make_world
from tracker.database import Database
from tracker.installation import make_installation
from tracker.schema import upgrade

TEMPLATE = "faults_template"


def main() -> int:
    """Do the runs, print the summary, and return how the program ends."""
    asked = _arguments()
    started = time.monotonic()
    outcomes = []
    for outcome in _all_runs(asked.runs, asked.seed, asked.processes, asked.first):
        outcomes.append(outcome)
        for violation in outcome.violations:
            click.echo(f"VIOLATION run {outcome.number} ({outcome.engine}): {violation}")
        if len(outcomes) % 100 == 0:
            click.echo(f"{len(outcomes)} runs after {time.monotonic() - started:.0f} s")
    tell(outcomes, time.monotonic() - started)
    is_well = not any(outcome.violations for outcome in outcomes) and len(outcomes) == asked.runs
    return 0 if is_well else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="faults")
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the number of the first run")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    return parser.parse_args()


def _all_runs(runs: int, seed: int, processes: int, first: int) -> Iterator[Outcome]:
    context = multiprocessing.get_context("fork")
    working: dict[Connection, BaseProcess] = {}
    for place in range(min(processes, runs)):
        receiver, sender = context.Pipe(duplex=False)
        # In pairs, so that each process has runs on both engines.
        numbers = [
            number for number in range(first, first + runs) if number // 2 % processes == place
        ]
        process = context.Process(target=_work, args=(numbers, seed, sender))
        process.start()
        sender.close()
        working[receiver] = process
    while working:
        for receiver in _ready(working):
            try:
                yield receiver.recv()
            except EOFError:
                working.pop(receiver).join()


def _ready(working: Mapping[Connection, BaseProcess]) -> list[Connection]:
    ready = wait(list(working))
    return [receiver for receiver in working if receiver in ready]


def _work(numbers: Sequence[int], seed: int, sender: Connection) -> None:
    logging.disable(logging.WARNING)
    with ExitStack() as stack:
        server = stack.enter_context(own_cluster()) or _tests_server()
        ground = stack.enter_context(prepared(server, seed))
        for number in numbers:
            try:
                outcome = run_once(ground, number, seed)
            except Exception:
                outcome = Outcome(number, "?", violations=(traceback.format_exc(limit=-6),))
            sender.send(outcome)
    sender.close()


def _tests_server() -> Server | None:
    """Return the server that tests use, which the bench does not stop, if there is one."""
    postgres.find_server()
    address = postgres.server()
    return Server(address) if address is not None else None


@contextmanager
def prepared(server: Server | None, seed: int) -> Iterator[Ground]:
    """Yield the ground for runs: the body on both engines, statements compiled, mail at hand.

    Without a server every run is on SQLite.
    """
    with tempfile.TemporaryDirectory(prefix="faults") as name, ExitStack() as stack:
        folder = Path(name)
        mail = stack.enter_context(mail_server(folder, seed))
        sqlite = folder / "template.sqlite3"
        world = _prepare(f"sqlite:///{sqlite}")
        template = f"{TEMPLATE}_{os.getpid()}"
        if server is not None:
            stack.callback(server.drop, template)
            _prepare(server.make(template, "template0"))
        settings = settings_on(f"sqlite:///{sqlite}", folder)
        installation = make_installation(replace(settings, smtp_url=mail.url))
        # What is there now is shared by all processes that are forked, and not copied for them.
        gc.collect()
        gc.freeze()
        yield Ground(world, installation, sqlite, server, template, mail, folder)


def _prepare(url: str) -> World:
    upgrade(url)
    database = Database(url)
    share_statements(database)
    world = make_world(database)
    database.close()
    return world


def tell(outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print what the runs came to."""
    used = sum(
        each.ru_utime + each.ru_stime
        for each in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )
    click.echo(f"{len(outcomes)} runs in {seconds:.0f} s ({used:.0f} s of a processor)")
    for engine in sorted({outcome.engine for outcome in outcomes}):
        mine = [outcome for outcome in outcomes if outcome.engine == engine]
        click.echo(
            f"  {engine}: {len(mine)} runs, {sum(each.kills for each in mine)} kills, "
            f"{sum(each.outages for each in mine)} outages of the database, "
            f"{sum(each.acts for each in mine)} acts of people, "
            f"{sum(each.mails for each in mine)} mails taken, "
            f"{sum(each.roll_ups for each in mine)} of them roll-ups to chiefs, "
            f"{sum(each.stuck for each in mine)} with unknown outcome, "
            f"{sum(len(each.violations) for each in mine)} violations"
        )
    click.echo(f"  violations: {sum(len(outcome.violations) for outcome in outcomes)}")


if __name__ == "__main__":
    sys.exit(main())
