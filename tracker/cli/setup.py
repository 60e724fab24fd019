"""``tracker setup``: the link with which the first administrator sets the tracker up."""

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.domain.errors import WrongState
from tracker.installation import Installation
from tracker.services.setup import make_set_up_link


@click.command("setup")
@click.pass_obj
def setup(context: CommandContext) -> None:
    """Print a link that makes the first administrator and leads them through the set-up."""
    link = set_up_link(context.installation, context.settings.base_url)
    if link is None:
        raise WrongState(
            "This tracker has an administrator already, who can invite others. To add one from "
            "here, run: tracker people invite"
        )
    click.echo("Link to set this tracker up, good once within a day:")
    click.echo(link)


def set_up_link(installation: Installation, base_url: str) -> str | None:
    """Return the whole address of a set-up link, None when somebody administers the tracker."""
    with installation.database.reading() as session:
        path = make_set_up_link(session, tokens=installation.tokens, at=clock.now())
    return None if path is None else f"{base_url}{path}"
