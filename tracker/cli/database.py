"""``tracker database``: bring the tables up to date, take them back, check them."""

import click

from tracker import schema
from tracker.cli.context import CommandContext
from tracker.domain.errors import Unavailable


@click.group("database")
def database() -> None:
    """Set up and check the database."""


@database.command("upgrade")
@click.pass_obj
def upgrade(context: CommandContext) -> None:
    """Run all migrations that have not been run."""
    url = context.settings.database_url
    is_new = schema.is_bare(url)
    schema.upgrade(url)
    try:
        context.installation.complete_search()
        # What was known of a table goes with it where SQLite builds it anew. Of a new one nothing
        # is learned: PostgreSQL would take its tables to stay empty while the first rows come.
        if not is_new:
            context.installation.database.learn_sizes()
    finally:
        context.installation.database.close()
    click.echo(f"The database is up to date (migration {schema.newest_revision()}).")


@database.command("downgrade")
@click.argument("revision")
@click.pass_obj
def downgrade(context: CommandContext, revision: str) -> None:
    """Take the tables back to REVISION ("base" removes them all, with everything in them)."""
    schema.downgrade(context.settings.database_url, revision)
    click.echo(f"The database is at migration {revision}.")


@database.command("check")
@click.pass_obj
def check(context: CommandContext) -> None:
    """Say whether tables, guards and migrations are as they should be; exit code 2 if not."""
    problems = schema.problems(context.settings.database_url)
    if problems:
        raise Unavailable("%(problems)s", problems=" ".join(problems))
    click.echo("The database is reachable, up to date and guarded.")
