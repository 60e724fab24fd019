"""The command ``tracker instruments``: the standing list of mandates."""

from collections.abc import Sequence
from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.domain.errors import Invalid, UnreadableDocument
from tracker.reading.standing_list import read_standing_list, standing_list_text
from tracker.sentences import sentence_of
from tracker.services.standing_list import (
    Effect,
    PlannedSeries,
    plan_standing_list,
    take_standing_list,
)


@click.group()
def instruments() -> None:
    """Keep the list of standing mandates."""


@instruments.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rehearse", is_flag=True, help="Say what would be made, and change nothing.")
@click.pass_obj
def import_(context: CommandContext, file: Path, rehearse: bool) -> None:
    """Take the CSV FILE (subprogramme, organ, symbols, title) as instruments grouped in series.

    All rows are taken or none; taking the same file again changes nothing.
    """
    installation = context.installation
    languages = installation.house().languages
    rows = read_standing_list(standing_list_text(_content_of(file)))
    with installation.database.transaction() as session:
        plan = plan_standing_list(session, rows, languages=languages, actor=None)
        _tell(plan)
        if any(done.refusal for done in plan):
            raise Invalid("Nothing was taken. Correct the rows named above, then try again.")
        if rehearse:
            click.echo("Nothing was changed: this was a rehearsal.")
            return
        take_standing_list(session, rows, languages=languages, actor=None, at=clock.now())


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableDocument(
            "The file cannot be opened (%(reason)s). Check its name and that you may read it.",
            reason=error.strerror,
        ) from error


def _tell(plan: Sequence[PlannedSeries]) -> None:
    for done in plan:
        if done.refusal is not None:
            click.echo(f"Line {done.row.line}: {sentence_of(done.refusal, 'en')}", err=True)
    counts = {effect: sum(done.effect is effect for done in plan) for effect in Effect}
    symbols = sum(len(done.symbols) for done in plan)
    click.echo(
        f"{len(plan)} rows, {symbols} instruments: {counts[Effect.MADE]} series made, "
        f"{counts[Effect.CHANGED]} changed, {counts[Effect.SAME]} unchanged, "
        f"{counts[Effect.REFUSED]} refused"
    )
