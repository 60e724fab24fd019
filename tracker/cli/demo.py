"""``tracker demo``: the demo body, one whole reporting cycle, its report and mails."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import click

from config import ROOT, Settings
from tracker import clock, schema
from tracker.cli.context import CommandContext
from tracker.cli.serve import serve_until_stopped
from tracker.database import is_sqlite_url
from tracker.demo.calendar import calendar_of
from tracker.demo.people import SIGNED_IN
from tracker.domain.errors import Duplicate, WrongState
from tracker.installation import Installation
from tracker.labels import label_of
from tracker.queries.people import find_person_by_email
from tracker.services.demo import (
    ENTITY,
    DemoBody,
    Loaded,
    final_files,
    how_far_loaded,
    steps_of,
)
from tracker.services.kept_counts import add_up_counts, periods_to_add_up
from tracker.services.search_entries import complete
from tracker.services.sign_in import make_link
from tracker.services.synthetic_body import LEAST_PEOPLE, load_synthetic_body

FOLDER = ROOT / "instance" / "demo"
TIME_ZONE = "Atlantic/Cape_Verde"
MOST_MANDATES = 1_000_000
LINKS_VALID_FOR = timedelta(days=7)


@click.group("demo")
def demo() -> None:
    """Load and show the demo body."""


@demo.command("load")
@click.option(
    "--mandates",
    type=click.IntRange(1, MOST_MANDATES),
    help="Load a synthetic body with so many mandates instead, for trials of speed.",
)
@click.option(
    "--people", type=click.IntRange(LEAST_PEOPLE, 100_000), default=200, show_default=True,
    help="How many people a synthetic body has.",
)  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same body.")
@click.pass_obj
def load(context: CommandContext, mandates: int | None, people: int, seed: int) -> None:
    """Load the demo body into the database of the settings, which must be up to date."""
    if mandates is not None:
        _load_synthetic(context, mandates, people, seed)
        return
    with context.installation.database.reading() as session:
        if how_far_loaded(session) is not Loaded.NOT_AT_ALL:
            raise Duplicate(
                "The demo body is in this database already. Take an empty database to load it anew."
            )
    _load(context)


@demo.command("run")
@click.option("--reset", is_flag=True, help="Begin afresh: remove what an earlier run made.")
@click.option("--serve/--no-serve", default=True, help="Serve the site afterwards.")
@click.option("--port", default=5000, show_default=True, type=click.IntRange(0, 65535))
@click.pass_obj
def run(context: CommandContext, reset: bool, serve: bool, port: int) -> None:
    """Set up a database of its own, run one reporting cycle, write the report, serve the site."""
    _settle_environment()
    if reset:
        _reset(context.settings)
    schema.upgrade(context.settings.database_url)
    with context.installation.database.reading() as session:
        loaded = how_far_loaded(session)
    if loaded is Loaded.IN_PART:
        raise WrongState(
            "An earlier run ended before the demo was complete. Begin afresh with: "
            "make demo RESET=1"
        )
    if loaded is Loaded.NOT_AT_ALL:
        _load(context)
    else:
        click.echo("The demo body is there already; RESET=1 begins afresh.")
    _show_files(context.installation)
    folder = os.path.relpath(context.settings.data_dir)
    click.echo(
        "\nCommands work on these data with TRACKER_DATA_DIR before them, for example:\n"
        f"  TRACKER_DATA_DIR={folder} .venv/bin/tracker people list"
    )
    if serve:
        _show_links(context.installation, port)
        context.installation.database.close()
        serve_until_stopped(context, host="127.0.0.1", port=port, workers=2)
    else:
        click.echo("\nSee the site with: make demo")


def _settle_environment() -> None:
    # Set for this process and those it starts: web processes, scheduler, background tasks.
    os.environ.setdefault("TRACKER_DATA_DIR", str(FOLDER))
    os.environ.setdefault("TRACKER_TIME_ZONE", TIME_ZONE)
    os.environ.setdefault("TRACKER_ENTITY", "; ".join((ENTITY.name, *ENTITY.aliases)))


def _reset(settings: Settings) -> None:
    if not is_sqlite_url(settings.database_url):
        raise WrongState(
            "RESET=1 removes only the demo's own SQLite file. Empty the database that "
            "TRACKER_DATABASE_URL names yourself, then run make demo without RESET."
        )
    if not settings.data_dir.is_dir():
        return
    for path in settings.data_dir.iterdir():
        if path.name in {"files", "mail", "recognised", "uploads"}:
            shutil.rmtree(path)
        elif path.name.startswith(("tracker.sqlite3", "biennial_report_")):
            path.unlink()


def _load(context: CommandContext) -> None:
    installation = context.installation
    body = DemoBody(
        database=installation.database,
        files=installation.files,
        uploads=installation.uploads,
        pages=installation.pages,
        calendar=calendar_of(clock.today()),
        now=clock.now(),
        time_zone=TIME_ZONE,
        ring=lambda at: _ring(context, at),
    )
    steps = steps_of(body)
    said = []
    with click.progressbar(
        steps, label="Three sessions, one reporting cycle", show_pos=True
    ) as bar:
        for step in bar:
            said.append((step.title, step.act()))
    for title, words in said:
        click.echo(f"  {click.style('✓', fg='green')} {title}\n      {words}")


def _load_synthetic(context: CommandContext, mandates: int, people: int, seed: int) -> None:
    """Load a body by chance, then write what search looks through, which takes longest."""
    database = context.installation.database
    with database.transaction() as session:
        counts = load_synthetic_body(
            session,
            mandate_count=mandates,
            person_count=people,
            seed=seed,
            today=clock.today(),
        )
    for name, count in sorted(counts.items()):
        click.echo(f"  {count:>9,} {name}")
    to_find = sum(counts.get(name, 0) for name in ("mandates", "progress_reports", "activities"))
    with click.progressbar(length=to_find, label="What search looks through") as bar:
        while True:
            with database.transaction() as session:
                written = complete(session)
            if not written:
                break
            bar.update(written)
    with database.transaction() as session:
        for period_id in periods_to_add_up(session):
            add_up_counts(session, period_id)
    database.learn_sizes()
    click.echo("Sign in with the links that this prints: tracker people link EMAIL, for example")
    click.echo("  tracker people link coordinator@synthetic.example")


def _ring(context: CommandContext, at: datetime) -> str:
    outcome = context.job_board.run_job(context.installation, "reminders", at)
    return outcome.summary


def _show_files(installation: Installation) -> None:
    folder = installation.settings.data_dir
    with installation.database.reading() as session:
        files = final_files(session)
    click.echo("\nThe biennial report:")
    for file in files:
        path = folder / file.file_name
        if not path.exists():
            path.write_bytes(installation.files.content_of(file.digest))
        click.echo(f"  {_shown(path)}")
    mail = installation.settings.mail_dir
    if installation.settings.smtp_url is None:
        count = len(list(mail.glob("*.eml")))
        click.echo(f"The mails that went out: {count} in {_shown(mail)}/")


def _show_links(installation: Installation, port: int) -> None:
    click.echo("\nSign in as (each link works once):")
    at = clock.now()
    with installation.database.reading() as session:
        for invited in SIGNED_IN:
            person = find_person_by_email(session, invited.email)
            if person is None:
                continue
            path = make_link(
                session,
                person_id=person.id,
                tokens=installation.tokens,
                at=at,
                valid_for=LINKS_VALID_FOR,
            )
            roles = ", ".join(label_of(held.role).lower() for held in person.roles)
            click.echo(f"  {person.name}, {roles}:\n    http://127.0.0.1:{port}{path}")
    click.echo()


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
