"""A statement that is kept gives the rows that SQLAlchemy gives for it, on both engines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Integer, Row, bindparam, func, literal_column, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.queries.test_report_page import go_through_the_review
from tests.reporting import House, counted_statements, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.models.people import Person, PersonKind
from tracker.models.progress import ProgressRevision, ReportingPeriod
from tracker.queries.answer_pace import find_answer_days, find_period_before
from tracker.queries.compliance import ReportFilter, compliance_overview, reports_page
from tracker.queries.compliance_map import compliance_map
from tracker.queries.names import names_in
from tracker.queries.paging import Place
from tracker.queries.people import find_actor_in_session
from tracker.queries.periods import period_names
from tracker.queries.plain_rows import KeptStatement, plain_rows
from tracker.queries.progress import find_report_page
from tracker.queries.saved_views import kept_views
from tracker.queries.search import search
from tracker.queries.setup import find_house
from tracker.queries.work import waiting_counts
from tracker.services.search_entries import complete


def test_what_pages_ask_comes_as_sqlalchemy_gives_it(
    database: Database, house: House, travel: Travel, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as session:
        period = open_biennium(session, house)
        period_id, kind, starts_on = period.id, period.kind, period.starts_on
        report_id = report_on(session, house.mandates[0]).id
    go_through_the_review(database, house, report_id, travel)
    with database.transaction() as session:
        complete(session)
    asked: Counter[str] = Counter()
    kept = KeptStatement.rows

    def compared(
        statement: KeptStatement[Any], session: Session, values: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        rows = kept(statement, session, values)
        assert list(map(tuple, rows)) == [
            tuple(row) for row in plain_rows(session, statement.statement, values)
        ]
        asked[str(statement.statement)] += len(rows)
        return rows

    monkeypatch.setattr(KeptStatement, "rows", compared)
    at = clock.now()
    with database.reading() as session:
        for actor in (house.focal_point, house.other_focal_point, house.manager, house.coordinator):
            assert find_actor_in_session(session, actor.person_id, 0, at=at)
            waiting_counts(session, actor)
            kept_views(session, actor)
            for words in ("executive secretary", "islands -ferry", "missions"):
                search(session, words, actor=actor)
        assert find_report_page(session, report_id, reader_id=house.viewer.person_id, at=at)
        for place in (Place(), Place(after="[0]")):
            reports_page(session, ReportFilter(period_id, is_open=True), at=at, place=place)
        compliance_overview(session, period_id, at=at)
        compliance_map(session, period_id, at=at)
        find_answer_days(session, period_id)
        find_period_before(session, kind=kind, starts_on=starts_on)
        assert period_names(session)
        find_house(session)
        names_in(session, "fr")

    assert len(asked) > 25
    assert sum(1 for rows in asked.values() if rows) > 15


def test_values_and_columns_pass_through_their_types(database: Database, house: House) -> None:
    kept = KeptStatement(
        select(Person.id, Person.kind, Person.invited_at, Person.id.label("again")).where(
            Person.id.in_([house.focal_point.person_id, house.manager.person_id]),
            Person.invited_at <= bindparam("at", type_=Person.invited_at.type),
            Person.kind == bindparam("kind", type_=Person.kind.type),
        )
    )
    at = datetime(2030, 1, 1, tzinfo=UTC)
    elsewhere = at.astimezone(timezone(timedelta(hours=-5)))
    with database.reading() as session:
        for moment, count in ((at, 2), (elsewhere, 2), (at - timedelta(days=20_000), 0)):
            for _again in range(2):
                rows = kept.rows(session, {"at": moment, "kind": PersonKind.PERSON, "more": 1})
                assert len(rows) == count
        row = kept.rows(session, {"at": at, "kind": PersonKind.PERSON})[0]

    assert isinstance(row.kind, PersonKind)
    assert row.invited_at.tzinfo is UTC
    assert row.id == row.again == row[0]


def test_what_was_added_is_written_before_it_is_asked_for(database: Database, house: House) -> None:
    kept = KeptStatement(select(ReportingPeriod.name))
    with database.transaction() as session:
        assert kept.rows(session) == []
        period = open_biennium(session, house)
        period.name = "Another name"
        assert [tuple(row) for row in kept.rows(session)] == [("Another name",)]


def test_who_counts_statements_hears_of_it(database: Database) -> None:
    kept = KeptStatement(select(ProgressRevision.number))
    with counted_statements(database) as statements, database.reading() as session:
        kept.rows(session)
        kept.rows(session)

    assert len([each for each in statements if "progress_revisions" in each]) == 2


def test_an_error_of_the_database_is_told_as_sqlalchemy_tells_it(database: Database) -> None:
    missing = select(Person.id, literal_column("no_such_column", Integer))
    with database.reading() as session, pytest.raises(DBAPIError) as theirs:
        plain_rows(session, missing)
    with database.reading() as session, pytest.raises(DBAPIError) as ours:
        KeptStatement(missing).rows(session)

    assert type(ours.value) is type(theirs.value)
    assert "no_such_column" in str(ours.value)
    assert not ours.value.connection_invalidated


def test_a_line_that_is_lost_is_let_go_of(postgres_url: str) -> None:
    database = Database(postgres_url)
    backend = KeptStatement(select(func.pg_backend_pid()))

    def ask_when_it_is_lost() -> None:
        with database.reading() as session:
            [(process,)] = backend.rows(session)
            with database.reading() as another:
                another.execute(select(func.pg_terminate_backend(process)))
            backend.rows(session)

    with pytest.raises(DBAPIError) as lost:
        ask_when_it_is_lost()

    assert lost.value.connection_invalidated
    with database.reading() as session:
        assert backend.rows(session)
    database.close()
