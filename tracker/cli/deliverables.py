"""The command ``tracker deliverables``: the deliverables table of the programme budget."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.cli.counts import counted
from tracker.cli.files import content_of
from tracker.cli.rehearsals import rehearses, tell_plan
from tracker.domain.deliverables import LineKind, disagreements
from tracker.reading.deliverables import deliverables_text, read_deliverables
from tracker.services.deliverables import plan_deliverables, take_deliverables


@click.group()
def deliverables() -> None:
    """Keep the planned deliverables of the programme budget."""


@deliverables.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@rehearses
@click.pass_obj
def import_(context: CommandContext, file: Path, rehearse: bool) -> None:
    """Take the CSV FILE (subprogramme, category, item, planned_2026, actual_2026 ...) whole.

    All rows are taken or none; taking the same file again changes nothing.
    """
    installation = context.installation
    rows = read_deliverables(
        deliverables_text(content_of(file, context.settings.upload_limit_bytes))
    )
    with installation.database.transaction() as session:
        plan = plan_deliverables(session, rows, actor=None)
        lines = [done.told for done in plan if done.told is not None]
        kinds = [line.kind for line in lines]
        click.echo(
            f"{counted(len(rows), 'row')}: "
            f"{counted(kinds.count(LineKind.DELIVERABLE), 'planned deliverable')}, "
            f"{counted(kinds.count(LineKind.TOTAL), 'control total')}, "
            f"{kinds.count(LineKind.HEADING) + kinds.count(LineKind.NARRATIVE)} headings or "
            "narrative"
        )
        wrong = disagreements(lines)
        for one in wrong:
            click.echo(
                f"Subprogramme {one.subprogramme or 'none'}, {one.deliverable.value}, "
                f"{'planned' if one.is_planned else 'actual'} {one.year}: printed {one.printed}, "
                f"the sum is {one.summed}",
                err=True,
            )
        click.echo(
            f"{counted(len(wrong), 'control total is', 'control totals are')} "
            "not the sum of their deliverables"
            if wrong
            else "All control totals agree with their deliverables"
        )
        tell_plan(plan, "Lines", is_rehearsal=rehearse)
        if not rehearse:
            language = installation.house().languages[0]
            take_deliverables(session, rows, language=language, actor=None, at=clock.now())
