"""``tracker jobs``: see the jobs and run one; and the hidden command that does a task."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from tracker import clock
from tracker.cli.context import REFUSED, CommandContext
from tracker.i18n import moment_in_words
from tracker.queries.jobs import last_runs


@click.group("jobs")
def jobs() -> None:
    """See the jobs that run by the clock, and run one."""


@jobs.command("list")
@click.pass_obj
def list_jobs(context: CommandContext) -> None:
    """Show each job: when it rings, what it does, how it ran last."""
    with context.installation.database.reading() as session:
        runs = last_runs(session)
    for job in context.job_board.schedule:
        run = runs.get(job.name)
        click.echo(f"{job.name:<13}{job.cron:<18}{job.purpose}")
        click.echo(f"{'':<13}last run: {_moment(context, run.started_at if run else None)}")
        click.echo(f"{'':<13}last success: {_moment(context, run.succeeded_at if run else None)}")
        if run is not None and run.summary:
            click.echo(f"{'':<13}{'did' if run.is_success else 'failed'}: {run.summary}")


@jobs.command("run")
@click.argument("name")
@click.option("--at", "at", metavar="ISO-DATETIME", help="As of this moment instead of now.")
@click.pass_obj
def run(context: CommandContext, name: str, at: str | None) -> None:
    """Run the job NAME once, now or as of the moment given, and say what it did."""
    moment = clock.now() if at is None else _parse(at, context.settings.time_zone)
    outcome = context.job_board.run_job(context.installation, name, moment)
    if not outcome.is_success:
        click.echo(f"Error: {name}: {outcome.summary}", err=True)
        raise SystemExit(REFUSED)
    click.echo(f"{name}: {outcome.summary or 'there was nothing to do'}")


@click.group("tasks", hidden=True)
def tasks() -> None:
    """Do the long work that was asked for on a page; the scheduler calls this."""


@tasks.command("run")
@click.argument("task_id", type=int)
@click.pass_obj
def run_task(context: CommandContext, task_id: int) -> None:
    """Do the task TASK_ID, which was claimed before."""
    context.job_board.run_task(context.installation, task_id)


def _parse(text: str, time_zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is no moment: write it as 2026-06-15T09:00 or 2026-06-15T09:00+02:00.",
            param_hint="--at",
        ) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(time_zone))
    return moment.astimezone(UTC)


def _moment(context: CommandContext, moment: datetime | None) -> str:
    if moment is None:
        return "never"
    return moment_in_words(moment, "en", context.settings.time_zone)
