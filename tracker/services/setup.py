"""Setting up a house: its first administrator, name, languages, first session and units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.auth.passwords import Passwords
from tracker.auth.tokens import Purpose, Ticket, Tokens
from tracker.database import insert_new
from tracker.domain.errors import Duplicate, Invalid, LinkRefused
from tracker.domain.permissions import Action, Actor, Role, require
from tracker.models.house import THE_ROW, House
from tracker.models.instruments import BodySession
from tracker.models.people import OrganizationalUnit, Person, UnitKind
from tracker.queries.people import actor_of
from tracker.queries.setup import has_administrator
from tracker.services import audit
from tracker.services.account import set_password
from tracker.services.bodies import body_named, check_key, find_body
from tracker.services.people import invite_person
from tracker.services.personal_details import NAME_LENGTH, check_name
from tracker.services.sessions import schedule_session
from tracker.services.units import add_unit
from tracker.services.versions import check_version

SET_UP_LINK_VALID_FOR = timedelta(days=1)
# A set-up link belongs to nobody yet.
_NOBODY = Ticket(person_id=0, counter=0)
_ALIAS_COUNT = 30


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the first administrator says about themselves."""

    name: str
    email: str
    password: str
    language: str
    time_zone: str
    is_coordinator: bool


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be added."""

    key: str
    name: str
    kind: UnitKind
    time_zone: str


def make_set_up_link(session: Session, *, tokens: Tokens, at: datetime) -> str | None:
    """Return the path of a link that makes the first administrator, None when there is one.

    It works within a day, and no longer than until somebody has used one.
    """
    if has_administrator(session):
        return None
    expires_at = at + SET_UP_LINK_VALID_FOR
    return f"/setup/{tokens.make(Purpose.SET_UP, _NOBODY, expires_at=expires_at)}"


def check_set_up_link(session: Session, *, token: str, tokens: Tokens, at: datetime) -> None:
    """Raise LinkRefused when the link is wrong or expired, or somebody administers the house."""
    try:
        tokens.read(Purpose.SET_UP, token, at=at)
    except LinkRefused as refusal:
        raise LinkRefused(
            "This set-up link is not valid, or older than a day. Whoever runs the site gets a new "
            "one with: tracker setup"
        ) from refusal
    if has_administrator(session):
        raise LinkRefused(
            "This tracker has an administrator, so the set-up link is used up. Sign in, or ask the "
            "administrator to invite you."
        )


def make_first_administrator(
    session: Session,
    *,
    token: str,
    tokens: Tokens,
    newcomer: Newcomer,
    passwords: Passwords,
    at: datetime,
) -> Person:
    """Add the person who sets the house up, with a password; roles are loaded.

    Raises LinkRefused as check_set_up_link does, Invalid at the field that is wrong.
    """
    the_house(session)  # its lock lets one of two who use the link at the same moment through
    check_set_up_link(session, token=token, tokens=tokens, at=at)
    roles: list[tuple[Role, int | None]] = [(Role.ADMINISTRATOR, None)]
    if newcomer.is_coordinator:
        roles.append((Role.COORDINATOR, None))
    person = invite_person(
        session,
        email=newcomer.email,
        name=newcomer.name,
        roles=roles,
        language=newcomer.language,
        time_zone=newcomer.time_zone,
        actor=None,
        at=at,
    )
    set_password(
        session,
        password=newcomer.password,
        current_password=None,
        passwords=passwords,
        actor=actor_of(person),
        at=at,
    )
    return person


def name_entity(
    session: Session,
    *,
    version: int,
    name: str,
    names: Mapping[str, str] | None = None,
    aliases: Sequence[str],
    actor: Actor | None,
    at: datetime,
) -> None:
    """Say whose mandates these are, and by which names texts ask for it.

    ``names`` are those in further languages; an empty one leaves that language to ``name``. No
    actor is the system itself.
    """
    if actor is not None:
        require(actor, Action.SET_UP_HOUSE)
    house = the_house(session)
    check_version(house, version)
    before = _entity(house)
    house.entity_name = check_name(name)
    house.entity_names = _checked_names(names or {})
    house.entity_aliases = _checked_aliases(aliases)
    after = _entity(house)
    _record(session, house, "house.entity_named", before, after, actor, at)


def choose_languages(
    session: Session,
    *,
    version: int,
    languages: Sequence[str],
    offered: Sequence[str],
    actor: Actor,
    at: datetime,
) -> None:
    """Choose the languages of pages and mails among those ``offered``, the main one first."""
    require(actor, Action.SET_UP_HOUSE)
    if not languages or set(languages) - set(offered):
        raise Invalid("Choose at least one of the languages offered.", field="languages")
    house = the_house(session)
    check_version(house, version)
    before = {"languages": house.languages}
    house.languages = list(dict.fromkeys(languages))
    after = {"languages": house.languages}
    _record(session, house, "house.languages_chosen", before, after, actor, at)


def say_how_backups_are_made(
    session: Session, *, version: int, words: str, actor: Actor, at: datetime
) -> None:
    """Keep in words how the database and the files are backed up, and that somebody has seen to it.

    The program itself cannot see what a computing centre does.
    """
    require(actor, Action.SET_UP_HOUSE)
    plain = words.strip()
    if not plain:
        raise Invalid("Say who makes the backups, how often, and where they are.", field="words")
    house = the_house(session)
    check_version(house, version)
    before = {"backup": house.backup}
    house.backup = plain
    _record(session, house, "house.backup_arranged", before, {"backup": plain}, actor, at)


def add_body_session(  # noqa: PLR0913 - each is a field of one form
    session: Session,
    *,
    body_name: str,
    key: str,
    number: int,
    place: str,
    opens_on: date,
    closes_on: date,
    slot_on: date | None = None,
    language: str,
    actor: Actor,
    at: datetime,
) -> BodySession:
    """Schedule a session, and add its body if that is new; ``key`` may be empty.

    Raises Invalid at the field that is wrong.
    """
    require(actor, Action.SCHEDULE_SESSION)
    body = find_body(session, body_name)
    if body is None:
        wanted = check_key(session, key) if key.strip() else None
        body = body_named(session, body_name, language=language, actor=actor, at=at)
        body.key = wanted or body.key
    elif key.strip() and key.strip().lower() != body.key:
        raise Invalid(
            "The body is here already, with the short name “%(key)s”. Leave the field empty.",
            field="key",
            key=body.key,
        )
    return schedule_session(
        session,
        body=body,
        number=number,
        place=place.strip(),
        opens_on=opens_on,
        closes_on=closes_on,
        slot_on=slot_on,
        actor=actor,
        at=at,
    )


def add_units(
    session: Session, *, units: Sequence[NewUnit], language: str, actor: Actor, at: datetime
) -> list[OrganizationalUnit]:
    """Add several units, all or none.

    Raises Invalid, its field "units-2-key" for the short name of the third.
    """
    require(actor, Action.SET_UP_HOUSE)
    added = []
    for position, unit in enumerate(units):
        try:
            added.append(
                add_unit(
                    session,
                    key=unit.key,
                    name=unit.name,
                    kind=unit.kind,
                    language=language,
                    time_zone=unit.time_zone,
                    actor=actor,
                    at=at,
                )
            )
        except (Invalid, Duplicate) as refusal:
            field = refusal.field if isinstance(refusal, Invalid) else "key"
            raise Invalid(
                refusal.sentence, field=f"units-{position}-{field}", **refusal.values
            ) from refusal
    return added


def the_house(session: Session) -> House:
    """Return the one row, made if it is new and locked until the transaction ends."""
    insert_new(
        session,
        House,
        [
            {
                "id": THE_ROW,
                "entity_names": {},
                "entity_aliases": [],
                "languages": [],
                "version": 1,
            }
        ],
    )
    return session.scalars(
        select(House)
        .where(House.id == THE_ROW)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _entity(house: House) -> dict[str, object]:
    return {
        "entity_name": house.entity_name,
        "entity_names": house.entity_names,
        "entity_aliases": house.entity_aliases,
    }


def _checked_names(names: Mapping[str, str]) -> dict[str, str]:
    checked = {}
    for language, name in names.items():
        if not name.strip():
            continue
        try:
            checked[language] = check_name(name)
        except Invalid as refusal:
            raise Invalid(refusal.sentence, field=f"name_{language}", **refusal.values) from refusal
    return checked


def _checked_aliases(aliases: Sequence[str]) -> list[str]:
    plain = list(dict.fromkeys(" ".join(alias.split()) for alias in aliases if alias.strip()))
    if len(plain) > _ALIAS_COUNT or any(len(alias) > NAME_LENGTH for alias in plain):
        raise Invalid(
            "Enter at most %(count)s names, one a line, of at most %(length)s characters each.",
            field="aliases",
            count=_ALIAS_COUNT,
            length=NAME_LENGTH,
        )
    return plain


def _record(
    session: Session,
    house: House,
    action: str,
    before: Mapping[str, object],
    after: Mapping[str, object],
    actor: Actor | None,
    at: datetime,
) -> None:
    audit.record(
        session, actor=actor, at=at, action=action, subject=house, before=before, after=after
    )
