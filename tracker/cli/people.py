"""The command ``tracker people``: add people, the first administrator above all, and list them."""

from collections.abc import Iterable, Sequence

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.domain.permissions import Role
from tracker.labels import label_of
from tracker.models.people import PersonKind
from tracker.queries.paging import Place
from tracker.queries.people import people_page, units
from tracker.services.handed_links import hand_over_link_to, invite_by_hand
from tracker.services.roles import ROLES_IN_A_UNIT
from tracker.services.units import unit_ids_of


@click.group()
def people() -> None:
    """Add people, list them, and make links for them to sign in with."""


@people.command()
@click.argument("email")
@click.option("--name", required=True, help="Name as it is shown on pages and in mails.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="Role; give it several times for several.",
)
@click.option(
    "--unit",
    "unit_keys",
    multiple=True,
    metavar="SHORT-NAME",
    help="Unit of a focal point or manager; without it they act in the whole house.",
)
@click.option("--language", help="Language of pages and mails (default: the first of the site).")
@click.option("--time-zone", help="Time zone, such as America/Santiago (default: the site's).")
@click.option("--mailbox", "is_mailbox", is_flag=True, help="Several people read this address.")
@click.pass_obj
def invite(
    context: CommandContext,
    email: str,
    name: str,
    roles: Sequence[str],
    unit_keys: Sequence[str],
    language: str | None,
    time_zone: str | None,
    is_mailbox: bool,
) -> None:
    """Add the person with the address EMAIL and print a link to sign in with.

    The link works once, within seven days.
    """
    installation, settings = context.installation, context.settings
    languages = installation.house().languages
    if language is not None and language not in languages:
        raise click.UsageError(
            f"The site has no pages in {language!r}: choose among {', '.join(languages)}."
        )
    with installation.database.transaction() as session:
        handed = invite_by_hand(
            session,
            email=email,
            name=name,
            roles=_held(roles, unit_ids_of(session, unit_keys)),
            language=language or languages[0],
            time_zone=time_zone or settings.time_zone,
            kind=PersonKind.MAILBOX if is_mailbox else PersonKind.PERSON,
            tokens=installation.tokens,
            actor=None,
            at=clock.now(),
        )
    click.echo(f"{handed.person.name} <{handed.person.email}> is invited.")
    click.echo("Link to sign in with, good once within seven days:")
    click.echo(f"{settings.base_url}{handed.path}")


@people.command()
@click.argument("emails", metavar="EMAIL...", nargs=-1, required=True)
@click.pass_obj
def link(context: CommandContext, emails: Sequence[str]) -> None:
    """Print a new link to sign in with for each person with an address EMAIL.

    A link works once, within seven days; it ends when the person signs in by another.
    """
    installation = context.installation
    at = clock.now()
    with installation.database.transaction() as session:
        handed = [
            hand_over_link_to(session, email=email, tokens=installation.tokens, at=at)
            for email in emails
        ]
    for each in handed:
        person = each.person
        click.echo(f"Link for {person.name} <{person.email}>, good once within seven days:")
        click.echo(f"{context.settings.base_url}{each.path}")


@people.command("list")
@click.option("--deactivated", is_flag=True, help="Those who can sign in no more.")
@click.pass_obj
def list_people(context: CommandContext, deactivated: bool) -> None:
    """Print people, one a line: name, address, roles; by name."""
    with context.installation.database.reading() as session:
        unit_keys = {unit.id: unit.key for unit in units(session)}
        place, count = Place(), 0
        while True:
            page = people_page(session, is_active=not deactivated, place=place)
            for person in page.rows:
                held = ", ".join(
                    _role_in_words(role.role, unit_keys.get(role.unit_id or 0))
                    for role in person.roles
                )
                click.echo(f"{person.name} <{person.email}>: {held}")
            count += len(page.rows)
            if page.next_key is None:
                break
            place = Place(after=page.next_key)
    if not count:
        click.echo("Nobody yet: tracker setup prints a link that makes the first administrator.")


def _role_in_words(role: Role, unit_key: str | None) -> str:
    return label_of(role) if unit_key is None else f"{label_of(role)} ({unit_key})"


def _held(roles: Iterable[str], unit_ids: Sequence[int]) -> list[tuple[Role, int | None]]:
    return [
        (role, unit_id)
        for role in map(Role, roles)
        for unit_id in (unit_ids if role in ROLES_IN_A_UNIT and unit_ids else (None,))
    ]
