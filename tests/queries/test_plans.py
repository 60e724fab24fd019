"""How the database finds what lists, items and searches ask for among 100,000 mandates.

The rows are narrow and written by a statement for each table: what matters to a plan is how many
there are and how they differ. No statement of a page may look at all rows of a large table.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.orm import Session

from tests.audit import arranging
from tracker.database import Database
from tracker.domain.permissions import Actor, Role
from tracker.queries.action_points import points_of_mandate
from tracker.queries.activities import ActivityFilter, ActivityOrder, activities_page
from tracker.queries.answer_pace import find_answer_days
from tracker.queries.compliance import (
    ReportFilter,
    ReportOrder,
    compliance_overview,
    reports_page,
)
from tracker.queries.compliance_map import compliance_map
from tracker.queries.conversations import conversation_on
from tracker.queries.last_said import last_said
from tracker.queries.mandates import Asking, MandateFilter, mandates_page
from tracker.queries.paging import Place
from tracker.queries.progress import find_report_page
from tracker.queries.report_lines import find_report_line
from tracker.queries.review_facts import review_facts
from tracker.queries.review_queue import review_queue
from tracker.queries.search import search
from tracker.queries.work import my_work, waiting_counts

MANDATES = 100_000
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANAGER = Actor(8, "Bo", "en", "UTC", frozenset({(Role.MANAGER, 7)}))
FOCAL_POINT = Actor(7, "Ana", "en", "UTC", frozenset({(Role.FOCAL_POINT, 7)}))
LARGE = (
    "progress_reports|progress_revisions|mandates|clauses|clause_texts|search_entries|activities"
)
N = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT {} FROM n"
MOMENT = "'2026-01-01 09:00:00'"
ROWS: tuple[tuple[str, int, Mapping[str, str]], ...] = (
    ("bodies", 1, {"id": "i", "key": "'b'", "name": "'Body'", "language": "'en'"}),
    (
        "organizational_units",
        20,
        {"id": "i", "key": "'u' || i", "name": "'Unit ' || i", "language": "'en'"}
        | {"kind": "'division'", "time_zone": "'UTC'", "position": "i", "version": "1"},
    ),
    (
        "people",
        2000,
        {"id": "i", "kind": "'person'", "name": "'P ' || i", "email": "i || '@example.test'"}
        | {"language": "'en'", "time_zone": "'UTC'", "is_active": "1 = 1"}
        | {"invited_at": MOMENT, "sign_in_counter": "0", "version": "1"},
    ),
    (
        "reporting_periods",
        5,
        {"id": "i", "name": "'Period ' || i", "kind": "'biennium'"}
        | {"starts_on": "(2016 + 2 * i) || '-01-01'", "ends_on": "(2017 + 2 * i) || '-12-31'"}
        | {"due_on": "(2017 + 2 * i) || '-06-30'", "state": "CASE i WHEN 5 THEN 'open'"}
        | {"opened_at": MOMENT, "opened_by_id": "1", "version": "1"},
    ),
    (
        "instruments",
        5000,
        {"id": "i", "kind": "'resolution'", "body_id": "1", "symbol": "i || '(X)'"}
        | {"slug": "'r' || i", "sort_key": "'k' || i", "imported_at": MOMENT, "version": "1"},
    ),
    (
        "clauses",
        MANDATES,
        {"id": "i", "instrument_id": "(i - 1) / 20 + 1", "position": "i % 20"}
        | {"kind": "'operative'", "path": "'p' || i"},
    ),
    (
        "clause_texts",
        MANDATES,
        {"id": "i", "clause_id": "i", "language": "'en'", "is_original": "1 = 1"}
        | {"text": "'Requests the secretariat to report ' || i"},
    ),
    (
        "mandates",
        MANDATES,
        {"id": "i", "clause_id": "i", "instrument_id": "(i - 1) / 20 + 1", "version": "1"}
        | {"nature": "'action_by_secretariat'", "is_proposed_for_action": "1 = 1"}
        | {"requires_action": "1 = 1", "confirmed_at": MOMENT, "confirmed_by_id": "1"}
        | {"lifecycle": "'active'", "sensitivity": "'unclassified'"}
        | {"lead_unit_id": "i % 20 + 1", "focal_point_id": "i % 2000 + 1"},
    ),
    (
        "progress_reports",
        MANDATES,
        {"id": "i", "mandate_id": "i", "period_id": "i % 5 + 1", "unit_id": "i % 20 + 1"}
        | {"focal_point_id": "i % 2000 + 1", "is_waived": "1 = 0", "is_asked_for": "1 = 1"}
        | {"review": "CASE WHEN i % 5 < 4 THEN 'cleared' WHEN i % 3 = 0 THEN 'submitted'"}
        | {"due_on": "'2026-06-' || (10 + i % 20)", "opened_at": MOMENT, "version": "1"}
        | {"overdue_at": "'2026-06-' || (10 + i % 20) || ' 00:00:00'"}
        | {"first_text_on": "'2026-01-01'"},
    ),
    (
        "progress_revisions",
        2 * MANDATES,
        {"id": "i", "report_id": "(i + 1) / 2", "number": "2 - i % 2", "move": "'submit'"}
        | {"sensitivity": "'unclassified'", "written_at": MOMENT, "written_by_id": "i % 2000 + 1"}
        | {"status_reason": "''", "done": "'Done'", "results": "''", "next_steps": "''"}
        | {"difficulties": "''", "language": "'en'"},
    ),
    (
        "activities",
        30_000,
        {"id": "i", "deliverable": "'publication'", "title": "'Study ' || i", "version": "1"}
        | {"description": "''", "language": "'en'", "unit_id": "i % 20 + 1"}
        | {"starts_on": "'2026-01-' || (10 + i % 20)", "sensitivity": "'unclassified'"}
        | {"created_at": MOMENT, "created_by_id": "1"},
    ),
    (
        "search_entries",
        MANDATES,
        {"id": "i", "kind": "'mandate'", "subject_id": "i", "language": "'en'", "title": "''"}
        | {"text": "'Text ' || i", "title_stems": "''", "sensitivity": "'unclassified'"}
        | {"text_stems": "CASE i % 1000 WHEN 0 THEN 'statist'"},
    ),
)
OTHERWISE = {"state": "'frozen'", "review": "'open'", "text_stems": "'report'"}


@pytest.fixture
def large(database: Database) -> Database:
    """Return a database of 100,000 mandates, as its planner knows it."""
    is_postgres = database.engine.name == "postgresql"
    with arranging(), database.transaction() as session:
        for table, count, values in ROWS:
            session.execute(text(_insert(table, count, values, is_postgres=is_postgres)))
    database.learn_sizes()
    return database


def _insert(table: str, count: int, values: Mapping[str, str], *, is_postgres: bool) -> str:
    told = [_told(column, value, is_postgres=is_postgres) for column, value in values.items()]
    return f"INSERT INTO {table} ({', '.join(values)}) {N.format(count, ', '.join(told))}"


def _told(column: str, value: str, *, is_postgres: bool) -> str:
    if value.startswith("CASE"):
        return f"{value} ELSE {OTHERWISE[column]} END"
    kind = {"_on": "date", "_at": "timestamptz"}.get(column[-3:])
    return f"CAST({value} AS {kind})" if kind and is_postgres else value


def _asked(database: Database) -> Iterator[tuple[str, str, object]]:
    """Ask for what lists, items and searches show; yield each statement that was sent."""
    sent: list[tuple[str, object]] = []

    def gather(
        _connection: object, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        sent.append((statement, values))

    period, place = ReportFilter(period_id=5), Place()
    asked: Mapping[str, Callable[[Session], object]] = {
        "open reports by due date": lambda s: reports_page(
            s, ReportFilter(period_id=5, is_open=True), order=ReportOrder.DUE, at=AT, place=place
        ),
        "reports by due date": lambda s: reports_page(
            s, period, order=ReportOrder.DUE, at=AT, place=place
        ),
        "mandates": lambda s: mandates_page(s, MandateFilter()),
        "mandates that ask": lambda s: mandates_page(s, MandateFilter(asking=Asking.REQUIRED)),
        "mandates of a unit": lambda s: mandates_page(s, MandateFilter(unit_id=7)),
        "activities by title": lambda s: activities_page(s, ActivityFilter(seen_by=FOCAL_POINT)),
        "activities by their start": lambda s: activities_page(
            s, ActivityFilter(), order=ActivityOrder.STARTS, is_descending=True
        ),
        "my work": lambda s: my_work(s, FOCAL_POINT, at=AT),
        "what waits for me": lambda s: waiting_counts(s, FOCAL_POINT),
        "what waits for a manager": lambda s: waiting_counts(s, MANAGER),
        "what a manager is to clear": lambda s: review_queue(s, MANAGER, at=AT),
        "a report": lambda s: find_report_line(s, 50_000, at=AT),
        "the page of a report": lambda s: find_report_page(s, 50_000, reader_id=7, at=AT),
        "what was said last": lambda s: last_said(s, [50_000]),
        "facts of a report": lambda s: review_facts(s, [50_000]),
        "asks of a mandate": lambda s: points_of_mandate(s, 50_000),
        "messages about a report": lambda s: conversation_on(s, 50_000),
        "counts by unit": lambda s: compliance_overview(s, 5, at=AT),
        "counts of a resolution": lambda s: compliance_overview(
            s, ReportFilter(period_id=5, instrument_id=7), at=AT
        ),
        "the map of compliance": lambda s: compliance_map(s, 5, at=AT, part=1),
        "the pace of the answers": lambda s: find_answer_days(s, 5),
        "a search": lambda s: search(s, "statistics", actor=FOCAL_POINT),
    }
    event.listen(database.engine, "before_cursor_execute", gather)
    for name, ask in asked.items():
        sent.clear()
        with database.reading() as session:
            ask(session)
        for statement, values in list(sent):
            if statement.startswith("SELECT") and not statement.startswith("SELECT count("):
                yield name, statement, values
    event.remove(database.engine, "before_cursor_execute", gather)


def _plan(connection: Connection, statement: str, values: object) -> list[str]:
    is_sqlite = connection.dialect.name == "sqlite"
    words = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
    rows = connection.exec_driver_sql(f"{words} {statement}", values)  # type: ignore[arg-type]
    return [str(row[3] if is_sqlite else row[0]).strip() for row in rows]


def _whole(statement: str, plan: Sequence[str]) -> list[str]:
    """Return the lines of a plan by which all rows of a large table are looked at.

    Not those by which SQLite walks along an index that has the order of a page: it ends with it.
    """
    is_sorted = any("TEMP B-TREE FOR" in line for line in plan)
    walks = r"(?! USING (?:COVERING )?INDEX)" if " LIMIT " in statement and not is_sorted else ""
    looks = re.compile(rf"(?:^SCAN|Seq Scan on) (?:{LARGE})\b{walks}")
    return [line for line in plan if looks.search(line)]


@pytest.mark.slow
def test_no_list_item_or_search_looks_at_all_rows_of_a_large_table(large: Database) -> None:
    asked = list(_asked(large))

    with large.engine.connect() as connection:
        whole = {
            (name, line)
            for name, statement, values in asked
            for line in _whole(statement, _plan(connection, statement, values))
        }

    assert whole == set()
