"""The command ``tracker activities``: a list of activities, as somebody of the house."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.cli.counts import counted
from tracker.cli.files import content_of
from tracker.cli.rehearsals import rehearses, tell_plan
from tracker.domain.errors import NotFound
from tracker.queries.people import actor_of, find_person_by_email
from tracker.reading.activity_list import activity_list_text, read_activity_list
from tracker.services.activity_list import plan_activities, take_activities


@click.group()
def activities() -> None:
    """Keep the list of activities."""


@activities.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="Address of the person who brings the list.")
@rehearses
@click.pass_obj
def import_(context: CommandContext, file: Path, email: str, rehearse: bool) -> None:
    """Take FILE (CSV or XLSX: title, deliverable, unit, starts_on ...) as activities.

    All rows are taken or none; taking the same file again changes nothing.
    """
    installation = context.installation
    languages = installation.house().languages
    rows = read_activity_list(
        activity_list_text(content_of(file, context.settings.upload_limit_bytes))
    )
    with installation.database.transaction() as session:
        person = find_person_by_email(session, email)
        if person is None:
            raise NotFound("Nobody with the address %(email)s works here.", email=email)
        actor = actor_of(person)
        plan = plan_activities(session, rows, languages=languages, actor=actor)
        tell_plan(plan, f"{counted(len(plan), 'row')}; activities", is_rehearsal=rehearse)
        if not rehearse:
            take_activities(session, rows, languages=languages, actor=actor, at=clock.now())
