"""People: invited, given roles, let go; and what is refused on the way."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House, make_actor
from tracker import clock
from tracker.auth.tokens import Tokens
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, Stale, WrongState
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor, Role
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.reminders import MailMessage
from tracker.queries.people import find_actor
from tracker.services.people import (
    deactivate_person,
    invite_again,
    invite_by_mail,
    invite_person,
    reactivate_person,
)
from tracker.services.roles import change_roles

VIEWER = ((Role.VIEWER, None),)
TOKENS = Tokens("a secret of the tests")


@pytest.fixture
def administrator(house: House, database: Database) -> Actor:
    """Add an administrator to the house."""
    with arranging(), database.transaction() as session:
        return make_actor(session, "Ada Administrator", (Role.ADMINISTRATOR, None))


def invite(
    database: Database,
    actor: Actor | None,
    *,
    email: str = "new@example.org",
    name: str = "New Person",
    roles: tuple[tuple[Role, int | None], ...] = VIEWER,
    time_zone: str = "UTC",
) -> Person:
    with database.transaction() as session:
        return invite_person(
            session,
            email=email,
            name=name,
            roles=roles,
            language="en",
            time_zone=time_zone,
            actor=actor,
            at=clock.now(),
        )


def roles_of(database: Database, person_id: int) -> frozenset[tuple[Role, int | None]]:
    with database.reading() as session:
        actor = find_actor(session, person_id)
        assert actor is not None
        return actor.roles


def version_of(database: Database, person_id: int) -> int:
    with database.reading() as session:
        return session.get_one(Person, person_id).version


def test_the_system_invites_the_first_administrator(database: Database) -> None:
    person = invite(database, None, roles=((Role.ADMINISTRATOR, None),))

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.actor_id, entry.subject_id) == (
            "person.invited",
            None,
            person.id,
        )


def test_somebody_invited_holds_the_roles_given(
    database: Database, administrator: Actor, house: House
) -> None:
    roles = ((Role.FOCAL_POINT, house.trade), (Role.MANAGER, None))

    person = invite(database, administrator, email=" New@Example.ORG ", roles=roles)

    assert person.email == "new@example.org"
    assert roles_of(database, person.id) == frozenset(roles)


def test_an_address_is_invited_once(database: Database, administrator: Actor) -> None:
    invite(database, administrator)

    with pytest.raises(Duplicate, match=r"new@example\.org is invited already"):
        invite(database, administrator, email="NEW@example.org")


def test_two_invitations_at_the_same_moment_make_one_person(database: Database) -> None:
    with ThreadPoolExecutor(max_workers=2) as threads:
        made = [threads.submit(invite, database, None) for _ in range(2)]

    refusals = [each.exception() for each in made]
    assert sorted(type(refusal).__name__ for refusal in refusals) == ["Duplicate", "NoneType"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "a b@example.org"}, "email"),
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"roles": ()}, "roles"),
        ({"roles": ((Role.FOCAL_POINT, 99),)}, "roles"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
    ],
    ids=["no-address", "space", "no-name", "endless", "no-role", "no-unit", "no-zone", "empty"],
)
def test_what_cannot_be_taken_is_refused_at_its_field(
    database: Database, administrator: Actor, given: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        invite(database, administrator, **given)  # type: ignore[arg-type]

    assert refusal.value.field == field


def test_only_an_administrator_invites(database: Database, house: House) -> None:
    with pytest.raises(NotAllowed):
        invite(database, house.coordinator)


def test_an_invitation_goes_out_by_mail(database: Database, administrator: Actor) -> None:
    with database.transaction() as session:
        person = invite_by_mail(
            session,
            email="new@example.org",
            name="New Person",
            roles=VIEWER,
            language="en",
            time_zone="UTC",
            base_url="https://t.example.org",
            tokens=TOKENS,
            actor=administrator,
            at=clock.now(),
        )

    with database.reading() as session:
        mail = session.scalars(select(MailMessage)).one()
        assert mail.recipient_id == person.id
        assert "https://t.example.org/sign-in/link/" in mail.plain


def test_roles_are_replaced_and_both_sets_kept_in_the_audit_trail(
    database: Database, administrator: Actor, house: House
) -> None:
    person = invite(database, administrator)

    with database.transaction() as session:
        change_roles(
            session,
            person_id=person.id,
            version=person.version,
            roles=[(Role.EDITOR, None), (Role.FOCAL_POINT, house.trade)],
            actor=administrator,
            at=clock.now(),
        )

    assert roles_of(database, person.id) == {(Role.EDITOR, None), (Role.FOCAL_POINT, house.trade)}
    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
        assert entry is not None
        assert entry.before == {"roles": [["viewer", None]]}
        assert entry.after == {"roles": [["focal_point", house.trade], ["editor", None]]}


def test_a_stale_change_of_roles_is_refused(database: Database, administrator: Actor) -> None:
    person = invite(database, administrator)

    def change(role: Role) -> None:
        with database.transaction() as session:
            change_roles(
                session,
                person_id=person.id,
                version=person.version,
                roles=[(role, None)],
                actor=administrator,
                at=clock.now(),
            )

    seen = person.version
    change(Role.EDITOR)
    assert version_of(database, person.id) == seen + 1
    with pytest.raises(Stale):
        change(Role.MANAGER)
    assert roles_of(database, person.id) == {(Role.EDITOR, None)}


def test_the_only_administrator_keeps_the_role_and_the_account(
    database: Database, administrator: Actor
) -> None:
    me = administrator.person_id

    with pytest.raises(WrongState, match="only administrator"), database.transaction() as session:
        change_roles(
            session, person_id=me, version=1, roles=VIEWER, actor=administrator, at=clock.now()
        )
    with pytest.raises(WrongState, match="only administrator"):
        act(database, deactivate_person, me, administrator)
    assert roles_of(database, me) == administrator.roles


def test_who_answers_for_mandates_keeps_the_role_to_report_on_them(
    database: Database, administrator: Actor, house: House
) -> None:
    with (
        pytest.raises(WrongState, match="answers for 2 mandates"),
        database.transaction() as session,
    ):
        change_roles(
            session,
            person_id=house.focal_point.person_id,
            version=1,
            roles=[(Role.FOCAL_POINT, house.trade)],
            actor=administrator,
            at=clock.now(),
        )

    assert roles_of(database, house.focal_point.person_id) == house.focal_point.roles


def act(database: Database, service: Callable[..., Person], person_id: int, actor: Actor) -> Person:
    with database.transaction() as session:
        version = session.get_one(Person, person_id).version
        return service(session, person_id=person_id, version=version, actor=actor, at=clock.now())


def test_who_answers_for_mandates_is_not_deactivated(
    database: Database, administrator: Actor, house: House
) -> None:
    with pytest.raises(WrongState, match="still answers for 2 mandates"):
        act(database, deactivate_person, house.focal_point.person_id, administrator)


def test_mandates_that_ended_hold_nobody_back(
    database: Database, administrator: Actor, house: House
) -> None:
    with arranging(), database.transaction() as session:
        for mandate in session.scalars(select(Mandate)):
            mandate.lifecycle = Lifecycle.ELAPSED
            mandate.lifecycle_source = "13(V), para. 1"

    person = act(database, deactivate_person, house.focal_point.person_id, administrator)

    assert not person.is_active


def test_somebody_deactivated_is_let_in_again_with_the_same_roles(
    database: Database, administrator: Actor, house: House
) -> None:
    viewer = house.viewer.person_id
    act(database, deactivate_person, viewer, administrator)
    with database.reading() as session:
        assert find_actor(session, viewer) is None

    act(database, reactivate_person, viewer, administrator)

    assert roles_of(database, viewer) == house.viewer.roles


@pytest.mark.parametrize(
    ("service", "sentence"),
    [(deactivate_person, "deactivated already"), (reactivate_person, "can sign in already")],
    ids=["deactivate", "reactivate"],
)
def test_what_is_so_already_is_refused(
    database: Database,
    administrator: Actor,
    house: House,
    service: Callable[..., Person],
    sentence: str,
) -> None:
    if service is deactivate_person:
        act(database, deactivate_person, house.viewer.person_id, administrator)

    with pytest.raises(WrongState, match=sentence):
        act(database, service, house.viewer.person_id, administrator)


@pytest.mark.parametrize("service", [deactivate_person, reactivate_person, change_roles])
def test_only_an_administrator_changes_people(
    database: Database, house: House, service: Callable[..., Person]
) -> None:
    roles = {"roles": VIEWER} if service is change_roles else {}

    with pytest.raises(NotAllowed), database.transaction() as session:
        service(
            session,
            person_id=house.viewer.person_id,
            version=1,
            actor=house.coordinator,
            at=clock.now(),
            **roles,
        )


def test_somebody_who_is_not_there_is_not_found(database: Database, administrator: Actor) -> None:
    with pytest.raises(NotFound), database.transaction() as session:
        deactivate_person(session, person_id=999, version=1, actor=administrator, at=clock.now())


def test_somebody_deactivated_is_not_invited_again(
    database: Database, administrator: Actor, house: House
) -> None:
    act(database, deactivate_person, house.viewer.person_id, administrator)

    with pytest.raises(WrongState, match="is deactivated"), database.transaction() as session:
        invite_again(
            session,
            person_id=house.viewer.person_id,
            base_url="https://t.example.org",
            tokens=TOKENS,
            actor=administrator,
            at=clock.now(),
        )
    with database.reading() as session:
        assert session.scalars(select(MailMessage)).all() == []
