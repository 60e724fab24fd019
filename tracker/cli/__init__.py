"""The command line: translates commands into service calls and their answers into lines."""

import click

from tracker.cli.context import CommandContext, CreateApplication, RefusingGroup, RunScheduler

COMMANDS: tuple[click.Command, ...] = ()


def command_line(*, create_app: CreateApplication, run_scheduler: RunScheduler) -> click.Group:
    """Return the command ``tracker``, given what it starts but does not know."""

    @click.group(name="tracker", cls=RefusingGroup)
    @click.version_option(package_name="mandate-tracker", prog_name="tracker")
    @click.pass_context
    def tracker(context: click.Context) -> None:
        """Follow mandates from an adopted resolution to the biennial report."""
        context.obj = CommandContext(create_app=create_app, run_scheduler=run_scheduler)

    for command in COMMANDS:
        tracker.add_command(command)
    return tracker
