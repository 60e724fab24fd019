"""The command ``tracker instruments``: the standing list of mandates."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.cli.counts import counted
from tracker.cli.files import content_of
from tracker.cli.rehearsals import rehearses, tell_plan
from tracker.reading.standing_list import read_standing_list, standing_list_text
from tracker.services.standing_list import plan_standing_list, take_standing_list


@click.group()
def instruments() -> None:
    """Keep the list of standing mandates."""


@instruments.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@rehearses
@click.pass_obj
def import_(context: CommandContext, file: Path, rehearse: bool) -> None:
    """Take the CSV FILE (subprogramme, organ, symbols, title) as instruments grouped in series.

    All rows are taken or none; taking the same file again changes nothing.
    """
    installation = context.installation
    languages = installation.house().languages
    rows = read_standing_list(
        standing_list_text(content_of(file, context.settings.upload_limit_bytes))
    )
    with installation.database.transaction() as session:
        plan = plan_standing_list(session, rows, languages=languages, actor=None)
        symbol_count = sum(len(done.symbols) for done in plan)
        read = f"{counted(len(plan), 'row')}, {counted(symbol_count, 'instrument')}, series"
        tell_plan(plan, read, is_rehearsal=rehearse)
        if not rehearse:
            take_standing_list(session, rows, languages=languages, actor=None, at=clock.now())
