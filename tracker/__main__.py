"""``tracker``, or ``python -m tracker``: the command line with all that it starts."""

import click

from tracker.app import create_app
from tracker.cli import command_line
from tracker.cli.context import JobBoard
from tracker.jobs.schedule import SCHEDULE
from tracker.jobs.scheduler import run_job, run_scheduler
from tracker.jobs.tasks import run_limited_task


def make_command_line() -> click.Group:
    """Return the command ``tracker`` put together with the application and the jobs."""
    return command_line(
        create_app=create_app,
        run_scheduler=run_scheduler,
        job_board=JobBoard(schedule=SCHEDULE, run_job=run_job, run_task=run_limited_task),
    )


def main() -> None:
    """Run the command line."""
    make_command_line()()


if __name__ == "__main__":
    main()
