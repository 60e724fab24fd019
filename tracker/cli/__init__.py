"""The command line: translates commands into service calls and their answers into lines."""

import click

from tracker.cli.activities import activities
from tracker.cli.backup import backup, restore
from tracker.cli.brief import brief
from tracker.cli.context import (
    CommandContext,
    CreateApplication,
    JobBoard,
    RefusingGroup,
    RunScheduler,
)
from tracker.cli.database import database
from tracker.cli.deliverables import deliverables
from tracker.cli.demo import demo
from tracker.cli.instruments import instruments
from tracker.cli.jobs import jobs, tasks
from tracker.cli.mail import mail
from tracker.cli.people import people
from tracker.cli.read import read
from tracker.cli.report import report
from tracker.cli.resolutions import resolutions
from tracker.cli.serve import serve
from tracker.cli.setup import setup

COMMANDS: tuple[click.Command, ...] = (
    backup,
    brief,
    database,
    demo,
    activities,
    deliverables,
    instruments,
    jobs,
    mail,
    people,
    read,
    report,
    resolutions,
    restore,
    serve,
    setup,
    tasks,
)


def command_line(
    *, create_app: CreateApplication, run_scheduler: RunScheduler, job_board: JobBoard
) -> click.Group:
    """Return the command ``tracker``, given what it starts but does not know."""

    @click.group(name="tracker", cls=RefusingGroup)
    @click.version_option(package_name="mandate-tracker", prog_name="tracker")
    @click.pass_context
    def tracker(context: click.Context) -> None:
        """Follow mandates from an adopted resolution to the biennial report."""
        context.obj = CommandContext(
            create_app=create_app, run_scheduler=run_scheduler, job_board=job_board
        )

    for command in COMMANDS:
        tracker.add_command(command)
    return tracker
