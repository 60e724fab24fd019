"""Setting up a house: one first administrator, and nothing by those who are none."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.reporting import House
from tracker import clock
from tracker.auth.passwords import Passwords
from tracker.auth.tokens import Tokens
from tracker.database import Database
from tracker.domain.errors import LinkRefused, NotAllowed
from tracker.domain.permissions import Role
from tracker.models.people import RoleAssignment
from tracker.queries.setup import HouseRecord, find_house
from tracker.services.people_list import Defaults, plan_people
from tracker.services.setup import (
    Newcomer,
    add_units,
    choose_languages,
    make_first_administrator,
    make_set_up_link,
    name_entity,
    say_how_backups_are_made,
)

TOKENS = Tokens("a secret of the tests")
PASSWORDS = Passwords(time_cost=1, memory_kib=1024)


def newcomer(name: str) -> Newcomer:
    return Newcomer(
        name=name,
        email=f"{name.lower()}@example.org",
        password="four words nobody joins",
        language="en",
        time_zone="UTC",
        is_coordinator=False,
    )


def test_of_two_who_use_the_link_at_once_one_becomes_administrator(database: Database) -> None:
    with database.reading() as session:
        link = make_set_up_link(session, tokens=TOKENS, at=clock.now())
    assert link is not None
    token = link.rpartition("/")[2]

    def become(name: str) -> bool:
        try:
            with database.transaction() as session:
                make_first_administrator(
                    session,
                    token=token,
                    tokens=TOKENS,
                    newcomer=newcomer(name),
                    passwords=PASSWORDS,
                    at=clock.now(),
                )
        except LinkRefused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        became = sorted(pool.map(become, ["Ada", "Bea"]))

    assert became == [False, True]
    with database.reading() as session:
        held = select(func.count()).where(RoleAssignment.role == Role.ADMINISTRATOR)
        assert session.scalar(held) == 1


def test_a_coordinator_sets_up_nothing(database: Database, house: House) -> None:
    act = {"actor": house.coordinator, "at": clock.now()}

    with database.transaction() as session:
        with pytest.raises(NotAllowed):
            name_entity(session, version=1, name="Isles", aliases=[], **act)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            choose_languages(session, version=1, languages=["en"], offered=["en"], **act)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            say_how_backups_are_made(session, version=1, words="Nightly", **act)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            add_units(session, units=[], language="en", **act)  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            plan_people(session, [], defaults=Defaults(("en",), "UTC"), actor=house.coordinator)

    with database.reading() as session:
        assert find_house(session) == HouseRecord()
