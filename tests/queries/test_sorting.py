"""Each list by each of its heads: no row is lost between pages, what is missing comes last."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import (
    House,
    counted_statements,
    make_instrument,
    make_mandate,
    make_person,
    open_biennium,
)
from tracker.database import Database
from tracker.domain.mandates import Implementation, Nature
from tracker.domain.permissions import Role
from tracker.domain.workflow import Review
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport
from tracker.queries.compliance import ReportFilter, ReportOrder, reports_page
from tracker.queries.mandates import MandateFilter, MandateOrder, mandates_page
from tracker.queries.paging import PAGE_SIZE, Page, Place
from tracker.queries.people import PersonOrder, people_page
from tracker.queries.resolutions import ResolutionOrder, resolutions

AT = datetime(2026, 7, 15, 9, 0, tzinfo=UTC)
COUNT = 89  # more than a page even of reports; it shares no divisor with the cycles below
PERIOD = 1


@dataclass(frozen=True)
class SortedList:
    """A list, the heads that sort it, and what a row shows under each; None for nothing."""

    turn: Callable[..., Page[Any]]
    shown: dict[StrEnum, Callable[[Any], Any]]


def _mandates(session: Session, **asked: Any) -> Page[Any]:
    return mandates_page(session, MandateFilter(), **asked)


def _reports(session: Session, **asked: Any) -> Page[Any]:
    return reports_page(session, ReportFilter(PERIOD), at=AT, **asked)


URGENCY = ["unanswered", "overdue", "due_soon", "on_track", "submitted", "cleared", "waived"]
LISTS = {
    "mandates": SortedList(
        _mandates,
        {
            MandateOrder.MANDATE: lambda row: row.reference.slug,
            MandateOrder.NATURE: lambda row: list(Nature).index(row.nature),
            MandateOrder.OWNER: lambda row: row.unit_name,
            MandateOrder.DUE: lambda row: row.due_on,
        },
    ),
    "reports": SortedList(
        _reports,
        {
            ReportOrder.MANDATE: lambda row: row.reference.slug,
            ReportOrder.UNIT: lambda row: row.unit,
            ReportOrder.STANDING: lambda row: URGENCY.index(row.compliance),
            ReportOrder.REVIEW: lambda row: list(Review).index(row.review),
            ReportOrder.STATUS: lambda row: (
                list(Implementation).index(row.status) if row.status else None
            ),
            ReportOrder.DUE: lambda row: row.due_on,
        },
    ),
    "people": SortedList(
        people_page,
        {
            PersonOrder.NAME: lambda row: row.name,
            PersonOrder.EMAIL: lambda row: row.email,
            PersonOrder.SIGNED_IN: lambda row: row.last_signed_in_at,
        },
    ),
    "resolutions": SortedList(
        resolutions,
        {
            ResolutionOrder.RESOLUTION: lambda row: row.slug,
            ResolutionOrder.ADOPTED: lambda row: row.adopted_on,
            ResolutionOrder.MANDATES: lambda row: row.mandate_count,
            ResolutionOrder.ACTION: lambda row: row.action_count,
            ResolutionOrder.UNCONFIRMED: lambda row: row.unconfirmed_count,
            ResolutionOrder.OWNERLESS: lambda row: row.ownerless_count,
        },
    ),
}


@pytest.fixture
def long_lists(database: Database, house: House) -> None:
    """Put 89 resolutions of one mandate there, all unlike, reports on most, and 89 people."""
    with arranging(), database.transaction() as session:
        for number in range(COUNT):
            _add_mandate(session, number)
            _add_person(session, number)
        open_biennium(session, house)
        _stand_in_every_way(session)


def _add_mandate(session: Session, number: int) -> None:
    instrument = make_instrument(session, f"{number}(V)", f"{number:03}-v")
    instrument.adopted_on = None if number % 5 == 0 else date(2020, 1, 1 + number % 28)
    unit = session.get(OrganizationalUnit, 1 + number % 2) if number % 7 else None
    person = session.scalars(select(Person).order_by(Person.id)).first() if number % 2 else None
    mandate = make_mandate(
        session,
        instrument,
        "1",
        unit,
        person if unit else None,
        requires_action={3: False, 6: None}.get(number % 9, True),
        due_on=None if number % 4 == 0 else date(2026, 1 + number % 12, 1),
    )
    mandate.nature = list(Nature)[number % len(Nature)]


def _add_person(session: Session, number: int) -> None:
    person = make_person(session, f"Zoe {number * 37 % COUNT:03}", (Role.VIEWER, None))
    person.email = f"{number * 11 % COUNT:03}@example.org"
    if number % 3:
        person.last_signed_in_at = AT - timedelta(hours=number * 5 % 17, microseconds=number % 2)


def _stand_in_every_way(session: Session) -> None:
    for number, report in enumerate(session.scalars(select(ProgressReport)).all()):
        report.review = list(Review)[number % len(Review)]
        report.status = (None, *Implementation)[number % (1 + len(Implementation))]
        report.is_waived = number % 11 == 0
        report.overdue_at = AT + timedelta(days=number % 40 - 20)
        report.due_on = report.overdue_at.date()


@pytest.mark.slow
@pytest.mark.usefixtures("long_lists")
@pytest.mark.parametrize("asked", LISTS.values(), ids=LISTS)
def test_a_list_is_sorted_by_each_head_and_no_row_is_lost_between_its_pages(
    database: Database, asked: SortedList
) -> None:
    with database.reading() as session:
        found = {
            (order, falls): [shows(row) for row in _walked(session, asked, order, falls)]
            for order, shows in asked.shown.items()
            for falls in (False, True)
        }

    assert found == {asked_for: _sorted(shown, asked_for[1]) for asked_for, shown in found.items()}


def _sorted(shown: list[Any], is_descending: bool) -> list[Any]:
    there = [value for value in shown if value is not None]
    return sorted(there, reverse=is_descending) + [None] * (len(shown) - len(there))


def _walked(session: Session, asked: SortedList, order: StrEnum, is_descending: bool) -> list[Any]:
    """Return the rows of all pages, having gone back to each page from the one after it."""

    def turn(place: Place) -> Page[Any]:
        return asked.turn(session, order=order, is_descending=is_descending, place=place)

    page = turn(Place())
    rows = list(page.rows)
    while page.next_key:
        following = turn(Place(after=page.next_key))
        assert turn(Place(before=following.previous_key)).rows[-1] == page.rows[-1]
        page = following
        rows += page.rows
    assert len(rows) == page.total > PAGE_SIZE
    return rows


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("asked", LISTS.values(), ids=LISTS)
def test_no_head_costs_a_further_statement(database: Database, asked: SortedList) -> None:
    with database.reading() as session:
        counts = {order: _statement_count(database, session, asked, order) for order in asked.shown}

    assert len(set(counts.values())) == 1, counts


def _statement_count(
    database: Database, session: Session, asked: SortedList, order: StrEnum
) -> int:
    session.expunge_all()
    with counted_statements(database) as statements:
        asked.turn(session, order=order, is_descending=True, place=Place())
    return len(statements)
