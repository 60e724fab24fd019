"""The standing list becomes instruments in series: all of it or nothing, once or many times."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import House, make_instrument
from tests.resolution_texts import ADOPTED
from tracker.database import Database
from tracker.domain.errors import NotAllowed, Stale
from tracker.domain.rehearsal import Effect, seal_of
from tracker.domain.standing_list import StandingRow, body_of, is_decision, subprogramme_of
from tracker.models.instruments import Body, Clause, Instrument, InstrumentKind, InstrumentSeries
from tracker.models.people import Subprogramme
from tracker.queries.standing_list import find_series, standing_choices, standing_group
from tracker.reading.standing_list import read_standing_list
from tracker.services.standing_list import (
    PlannedSeries,
    plan_standing_list,
    take_standing_list,
)
from tracker.storage import FileStore

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
SEA = StandingRow(2, "General Assembly resolutions", "79/87; 66/71", "Uses of the deep sea")
PORTS = StandingRow(
    3,
    "Economic and Social Council resolutions and decisions",
    "2015/3; 2014/206",
    "Small ports",
    subprogramme="Subprogramme 10 – Statistics",
)


def plan(database: Database, *rows: StandingRow) -> list[PlannedSeries]:
    with database.reading() as session:
        return plan_standing_list(session, rows, languages=("en", "es"), actor=None)


def take(database: Database, *rows: StandingRow, seal: str | None = None) -> dict[Effect, int]:
    with database.transaction() as session:
        counts = take_standing_list(
            session, rows, languages=("en", "es"), actor=None, at=AT, seal=seal
        )
    return dict(counts)


def test_a_row_becomes_a_series_with_its_newest_in_force(database: Database) -> None:
    take(database, SEA, PORTS)

    with database.reading() as session:
        sea = standing_group(session, "").mandates[0]
        ports = standing_group(session, "10").mandates[0]
        assert [choice.number for choice in standing_choices(session)] == ["", "10"]

    assert (sea.newest.symbol, [old.symbol for old in sea.renewed]) == ("79/87", ["66/71"])
    assert sea.body_name == "General Assembly"
    assert ports.newest.symbol == "2015/3"
    assert not ports.newest.has_text


def test_decisions_are_told_from_resolutions(database: Database) -> None:
    take(database, PORTS)

    with database.reading() as session:
        rows = session.execute(select(Instrument.symbol, Instrument.kind))
        assert {(row.symbol, row.kind) for row in rows} == {
            ("2015/3", InstrumentKind.RESOLUTION),
            ("decision 2014/206", InstrumentKind.DECISION),
        }


def test_taking_the_same_list_again_changes_nothing(database: Database) -> None:
    take(database, SEA, PORTS)

    assert take(database, SEA, PORTS) == {Effect.SAME: 2}
    with database.reading() as session:
        assert session.scalar(select(func.count(Instrument.id))) == 4
        assert session.scalar(select(func.count(Subprogramme.id))) == 1


def test_a_renewal_joins_its_series(database: Database) -> None:
    take(database, SEA)

    renewed = StandingRow(2, SEA.organ, f"{SEA.symbols}; 81/4", SEA.title)
    assert take(database, renewed) == {Effect.CHANGED: 1}

    with database.reading() as session:
        assert standing_group(session, "").mandates[0].newest.symbol == "81/4"
        assert session.scalar(select(func.count(InstrumentSeries.id))) == 1


def test_a_resolution_that_was_imported_before_joins_the_series(
    database: Database, tmp_path: Path
) -> None:
    with arranging():
        (made,) = import_text(database, FileStore(tmp_path), ADOPTED)
    with database.reading() as session:
        body = session.get_one(Instrument, made.instrument_id)
        organ = f"{find_body_name(database, body.body_id)} resolutions"

    take(database, StandingRow(2, organ, made.symbol, "A title of the list"))

    with database.reading() as session:
        series = find_series(session, made.instrument_id)
    assert series is not None
    assert series.newest.has_text


def find_body_name(database: Database, body_id: int) -> str:
    with database.reading() as session:
        return session.get_one(Body, body_id).name


def test_a_text_that_comes_later_is_attached(database: Database, tmp_path: Path) -> None:
    organ = "Commission of the Islands resolutions"
    with arranging():
        (made,) = import_text(database, FileStore(tmp_path / "first"), ADOPTED)
    with database.reading() as session:
        organ = f"{find_body_name(database, session.get_one(Instrument, 1).body_id)} resolutions"
    listed = StandingRow(2, organ, "999(XX)", "Known by its title")
    take(database, listed)

    later = ADOPTED.replace(made.symbol, "999(XX)")
    with arranging():
        (attached,) = import_text(database, FileStore(tmp_path / "second"), later)

    with database.reading() as session:
        instrument = session.get_one(Instrument, attached.instrument_id)
        clauses = session.scalar(
            select(func.count(Clause.id)).where(Clause.instrument_id == instrument.id)
        )
        assert instrument.series_id is not None
        assert clauses
        assert session.scalar(select(func.count(Instrument.id))) == 2


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (StandingRow(2, "General Assembly resolutions", "", "T"), "names no symbol"),
        (StandingRow(2, "General Assembly resolutions", "no. 7", "T"), "not a document symbol"),
        (StandingRow(2, "General Assembly resolutions", "79/1", " "), "has no title"),
        (StandingRow(2, " resolutions", "79/1", "T"), "who adopted it"),
        (StandingRow(2, "GA resolutions", "79/1", "T", language="xx"), "none of this site"),
        (StandingRow(2, "GA resolutions", "79/1", "T", subprogramme="Ten"), "not a subprogramme"),
    ],
    ids=["no symbol", "symbol", "title", "organ", "language", "subprogramme"],
)
def test_a_row_that_cannot_be_taken_says_why(
    database: Database, row: StandingRow, sentence: str
) -> None:
    (done,) = plan(database, row)

    assert done.effect is Effect.REFUSED
    assert sentence in str(done.refusals[0])


def test_a_list_that_would_do_something_else_by_now_is_stale(database: Database) -> None:
    seal = seal_of(plan(database, SEA))
    take(database, SEA)

    with pytest.raises(Stale):
        take(database, SEA, seal=seal)


def test_a_row_may_not_join_two_series(database: Database) -> None:
    take(database, SEA, StandingRow(3, SEA.organ, "70/1", "Another"))

    (done,) = plan(database, StandingRow(2, SEA.organ, "79/87; 70/1", "Both"))

    assert done.effect is Effect.REFUSED


def test_a_viewer_may_not_take_a_list(database: Database, house: House) -> None:
    with database.reading() as session, pytest.raises(NotAllowed):
        plan_standing_list(session, [SEA], languages=("en",), actor=house.focal_point)


def test_an_instrument_of_no_series_has_none(database: Database) -> None:
    with arranging(), database.transaction() as session:
        instrument_id = make_instrument(session).id

    with database.reading() as session:
        assert find_series(session, instrument_id) is None


@pytest.mark.parametrize(
    ("organ", "symbol", "body", "decides"),
    [
        ("General Assembly resolutions", "79/1", "General Assembly", False),
        ("Council decisions", "2014/206", "Council", True),
        ("Council resolutions and decisions", "2014/206", "Council", True),
        ("Council resolutions and decisions", "2014/5", "Council", False),
        ("Council", "2014/206", "Council", False),
    ],
)
def test_the_heading_says_who_adopted_what(
    organ: str, symbol: str, body: str, decides: bool
) -> None:
    assert body_of(organ) == body
    assert is_decision(organ, symbol) is decides


def test_a_subprogramme_is_told_by_its_number() -> None:
    assert subprogramme_of("Subprogramme 10 – Statistics") == ("10", "Statistics")
    assert subprogramme_of("Programme-wide") is None


@pytest.mark.shared
def test_the_standing_list_of_a_commission_is_taken_whole(database: Database, shared: Path) -> None:
    text = (shared / "eclac" / "legislative_mandates.csv").read_text("utf-8-sig")
    rows = read_standing_list(text)

    counts = take(database, *rows)

    assert counts == {Effect.MADE: 318}
    with database.reading() as session:
        assert session.scalar(select(func.count(InstrumentSeries.id))) == 318
        assert session.scalar(select(func.count(Instrument.id))) == 635
        assert session.scalar(select(func.count(Subprogramme.id))) == 13
