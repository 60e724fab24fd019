"""Owners are suggested from mandates that are alike and from the standing list, with the source."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import counted_statements, make_person, make_unit
from tests.resolution_texts import ADOPTED
from tracker import clock
from tracker.database import Database
from tracker.domain.assignments import Answerers, AssignmentOrder
from tracker.domain.permissions import Actor, Role
from tracker.domain.standing_list import StandingRow
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person, Subprogramme
from tracker.queries.owner_suggestions import (
    SuggestedOwner,
    SuggestionSource,
    owner_suggestions,
)
from tracker.services.assignments import assign_each
from tracker.services.mandates import confirm_mandates
from tracker.services.search_entries import keep_current
from tracker.services.standing_list import take_standing_list
from tracker.storage import FileStore

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
BODY = "Commission for the Ostral Islands"
NEXT = ADOPTED.replace("21(V)", "30(VI)").replace("sixth session", "seventh session")


@pytest.fixture
def searched(database_url: str) -> Iterator[Database]:
    """Return a database whose transactions keep search current, as the installation's do."""
    opened = Database(database_url, prepare=keep_current)
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@pytest.fixture
def coordinator(searched: Database) -> Actor:
    """Add two units with a focal point each, and return the coordinator."""
    with arranging(), searched.transaction() as session:
        for key, name in (("stat", "Statistics Division"), ("ports", "Ports Division")):
            unit = make_unit(session, key, name, "UTC")
            make_person(session, f"{key} focal", (Role.FOCAL_POINT, unit.id))
        carla = make_person(session, "Carla Coordinator", (Role.COORDINATOR, None))
        return Actor(carla.id, carla.name, "en", "UTC", frozenset({(Role.COORDINATOR, None)}))


def mandate_at(database: Database, symbol: str, path: str) -> int:
    with database.reading() as session:
        return session.scalars(
            select(Mandate.id)
            .join(Clause, Clause.id == Mandate.clause_id)
            .join(Instrument, Instrument.id == Mandate.instrument_id)
            .where(Instrument.symbol == symbol, Clause.path == path)
        ).one()


def suggested(database: Database, mandate_id: int, actor: Actor) -> SuggestedOwner | None:
    with database.reading() as session:
        return owner_suggestions(session, [mandate_id], actor=actor).get(mandate_id)


def give(database: Database, mandate_id: int, actor: Actor) -> None:
    """Confirm a mandate and give it to the focal point of Statistics."""
    with database.transaction() as session:
        confirm_mandates(session, decisions={mandate_id: True}, actor=actor, at=clock.now())
        ana = session.scalars(select(Person.id).where(Person.name == "stat focal")).one()
        order = AssignmentOrder(mandate_id, None, Answerers(1, ana))
        assign_each(session, [order], actor=actor, at=clock.now())


@pytest.fixture
def answered(searched: Database, files: FileStore, coordinator: Actor) -> int:
    """Import a resolution and the next one; the earlier is answered for. Return the new mandate."""
    import_text(searched, files, actor=coordinator)
    give(searched, mandate_at(searched, "21(V)", "2.a"), coordinator)
    import_text(searched, files, NEXT, actor=coordinator)
    return mandate_at(searched, "30(VI)", "2.a")


def test_whoever_answers_for_the_same_clause_is_suggested(
    searched: Database, answered: int, coordinator: Actor
) -> None:
    found = suggested(searched, answered, coordinator)

    assert found is not None
    assert (found.unit_name, found.focal_point_name) == ("Statistics Division", "stat focal")
    assert found.source is SuggestionSource.SIMILAR_MANDATE
    assert (found.reference.symbol, found.reference.path) == ("21(V)", "2.a")
    assert found.score == 100


def test_a_focal_point_who_left_is_not_suggested(
    searched: Database, answered: int, coordinator: Actor
) -> None:
    with arranging(), searched.transaction() as session:
        session.scalars(select(Person).where(Person.name == "stat focal")).one().is_active = False

    found = suggested(searched, answered, coordinator)

    assert found is not None
    assert (found.unit_name, found.focal_point_name) == ("Statistics Division", None)


def test_a_manager_is_suggested_the_own_unit_alone(searched: Database, answered: int) -> None:
    manager = Actor(99, "Mona", "en", "UTC", frozenset({(Role.MANAGER, 2)}))

    assert suggested(searched, answered, manager) is None


def test_a_clause_that_is_like_no_other_has_no_suggestion(
    searched: Database, answered: int, coordinator: Actor
) -> None:
    assert answered
    other = mandate_at(searched, "30(VI)", "2.b")

    assert suggested(searched, other, coordinator) is None


def test_where_those_that_are_as_like_disagree_nobody_is_suggested(
    searched: Database, files: FileStore, answered: int, coordinator: Actor
) -> None:
    import_text(searched, files, ADOPTED.replace("21(V)", "29(VI)"), actor=coordinator)
    other = mandate_at(searched, "29(VI)", "2.a")
    give(searched, other, coordinator)
    with arranging(), searched.transaction() as session:
        session.get_one(Mandate, other).lead_unit_id = 2

    assert suggested(searched, answered, coordinator) is None


@pytest.mark.parametrize(
    ("symbols", "title"),
    [
        pytest.param("14(III); 20(V)", "Census of the islands", id="by what it recalls"),
        pytest.param("19(IV)", "Registers of the islands", id="by its title"),
        pytest.param("19(IV); 21(V)", "Lists of the islands", id="by being listed"),
    ],
)
def test_the_standing_list_suggests_the_unit_of_its_subprogramme(
    searched: Database, files: FileStore, coordinator: Actor, symbols: str, title: str
) -> None:
    load(searched, StandingRow(2, f"{BODY} resolutions", symbols, title, "10 – Statistics"))
    import_text(searched, files, actor=coordinator)

    found = suggested(searched, mandate_at(searched, "21(V)", "2.b"), coordinator)

    assert found is not None
    assert (found.unit_name, found.subprogramme) == ("Ports Division", "10")
    assert found.source is SuggestionSource.STANDING_LIST
    assert found.reference.symbol == symbols.rsplit("; ", maxsplit=1)[-1]


def load(database: Database, *rows: StandingRow) -> None:
    """Load the standing list; its subprogramme is carried out by the Ports Division."""
    with database.transaction() as session:
        take_standing_list(session, rows, languages=("en",), actor=None, at=AT)
    with arranging(), database.transaction() as session:
        session.scalars(select(Subprogramme)).one().unit_id = 2


def test_a_subprogramme_without_a_unit_suggests_nobody(
    searched: Database, files: FileStore, coordinator: Actor
) -> None:
    row = StandingRow(2, f"{BODY} resolutions", "21(V)", "Registers", "10 – Statistics")
    with searched.transaction() as session:
        take_standing_list(session, [row], languages=("en",), actor=None, at=AT)
    import_text(searched, files, actor=coordinator)

    assert suggested(searched, mandate_at(searched, "21(V)", "2.a"), coordinator) is None


def test_suggestions_for_many_take_as_many_statements_as_for_one(
    searched: Database, answered: int, coordinator: Actor
) -> None:
    others = [mandate_at(searched, "30(VI)", path) for path in ("1", "2.b", "3")]

    with counted_statements(searched) as for_one:
        suggested(searched, others[0], coordinator)
    with counted_statements(searched) as for_many, searched.reading() as session:
        owner_suggestions(session, [answered, *others], actor=coordinator)

    assert len(for_many) == len(for_one)


def test_nobody_is_suggested_for_nothing(searched: Database, coordinator: Actor) -> None:
    with searched.reading() as session:
        assert owner_suggestions(session, [], actor=coordinator) == {}
