"""What was decided on texts: who cleared them at the first level, why they were returned."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from tracker.domain.absences import Doer
from tracker.domain.workflow import Level, Review
from tracker.models.people import Person
from tracker.models.progress import Clearance, ProgressReport, ProgressRevision

_Absent = aliased(Person)
_Newer = aliased(Clearance)


@dataclass(frozen=True, slots=True)
class FirstClearance:
    """Who cleared a text at the first level, and when.

    ``people_ids`` are whoever decided and the person in whose place, if any: neither clears the
    text at the second level too.
    """

    by: Doer
    at: datetime
    people_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a report was returned, and by whom."""

    words: str
    by: str


def first_clearances(session: Session, report_ids: Collection[int]) -> Mapping[int, FirstClearance]:
    """Return, by report, the newest clearance at the first level; one statement, if any."""
    if not report_ids:
        return {}
    rows = session.execute(
        select(Clearance, Person.name, _Absent.name)
        .join(Person, Person.id == Clearance.decided_by_id)
        .outerjoin(_Absent, _Absent.id == Clearance.in_place_of_id)
        .where(
            Clearance.report_id.in_(report_ids),
            Clearance.is_cleared,
            Clearance.level == Level.FIRST,
        )
        .order_by(Clearance.id)
    )
    return {
        row.report_id: FirstClearance(
            by=Doer(name, in_place_of, is_officer=True),
            at=row.decided_at,
            people_ids=_people(row.decided_by_id, row.in_place_of_id),
        )
        for row, name, in_place_of in rows
    }


def newest_first_clearance(report_id: InstrumentedAttribute[int]) -> ScalarSelect[int]:
    """Return, inside a statement about reports, which row of theirs cleared the first level."""
    return (
        select(func.max(_Newer.id))
        .where(_Newer.report_id == report_id, _Newer.is_cleared, _Newer.level == Level.FIRST)
        .correlate(report_id.class_)
        .scalar_subquery()
    )


def newest_remarks(session: Session, report_ids: Collection[int]) -> Mapping[int, Remark]:
    """Return, by report, the remark of its newest return; one statement, if any."""
    if not report_ids:
        return {}
    rows = session.execute(
        select(Clearance.report_id, Clearance.remark, Person.name)
        .join(Person, Person.id == Clearance.decided_by_id)
        .where(Clearance.report_id.in_(report_ids), ~Clearance.is_cleared)
        .order_by(Clearance.id)
    )
    return {report_id: Remark(words=words, by=name) for report_id, words, name in rows}


def passed_first(session: Session) -> Mapping[int, frozenset[int]]:
    """Return, by report that waits at the second level, whose hands its text has passed.

    They are whoever submitted it, and whoever cleared it at the first level, also in whose place.
    """
    rows = session.execute(
        select(
            Clearance.report_id,
            ProgressRevision.written_by_id,
            Clearance.decided_by_id,
            Clearance.in_place_of_id,
        )
        .join(ProgressReport, ProgressReport.id == Clearance.report_id)
        .join(ProgressRevision, ProgressRevision.id == Clearance.revision_id)
        .where(
            ProgressReport.review == Review.SUBMITTED,
            ProgressReport.second_unit_id.is_not(None),
            Clearance.id == newest_first_clearance(ProgressReport.id),
        )
    )
    return {report_id: _people(*people) for report_id, *people in rows}


def _people(*people: int | None) -> frozenset[int]:
    return frozenset(each for each in people if each is not None)
