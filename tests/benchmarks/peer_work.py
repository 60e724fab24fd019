"""The work that other trackers were measured with, as this tracker holds it.

``fill`` takes what ``dataset.Data`` of the bench made (people, resolutions, items with updates)
and writes it past the services. An item is a mandate with a report in one open period that holds
all its updates; an update is a text that was submitted. Between two texts lies the step without
which there is no second one: the author took the first back.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from tracker.auth.passwords import Passwords
from tracker.domain.assignments import Acceptance
from tracker.domain.clauses import BlockKind
from tracker.domain.deadlines import overdue_from
from tracker.domain.mandates import ConcernsUs, Implementation, Lifecycle, Nature, Periodicity
from tracker.domain.mandates import Sensitivity as Reach
from tracker.domain.periods import PeriodKind, PeriodState
from tracker.domain.permissions import Role
from tracker.domain.workflow import Move, Review
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    Instrument,
    InstrumentKind,
    InstrumentText,
)
from tracker.models.mandates import Assignment, Mandate
from tracker.models.people import (
    OrganizationalUnit,
    Person,
    PersonKind,
    RoleAssignment,
    Subprogramme,
    UnitKind,
)
from tracker.models.progress import (
    Clearance,
    DueDate,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
    Waiver,
)
from tracker.services.bulk_rows import BulkRows

UNITS = 20
MANAGERS = 21  # the first people are managers of their units too; number 1 coordinates the house
_FOUNDED = datetime(2020, 1, 1, 9, tzinfo=UTC)
_STATUS = {
    "open": Implementation.NOT_STARTED,
    "progress": Implementation.IN_PROGRESS,
    "done": Implementation.COMPLETED,
    "cancelled": Implementation.IN_PROGRESS,
}


def fill(session: Session, data: Any, *, password: str) -> None:
    """Write the whole work into an empty database; ids of people and reports are those of it."""
    rows = BulkRows(session)
    _people(rows, data, Passwords().hash(password))
    period_id = rows.add(
        ReportingPeriod,
        name="Since the first resolution",
        kind=PeriodKind.BIENNIUM,
        starts_on=data.today - timedelta(days=1000),
        ends_on=data.today + timedelta(days=600),
        call_on=None,
        due_on=data.today + timedelta(days=540),
        clearance_on=None,
        front_office_on=None,
        slot_on=None,
        session_id=None,
        state=PeriodState.OPEN,
        opened_at=_FOUNDED,
        opened_by_id=1,
    )
    instruments = _resolutions(rows, data)
    places = dict.fromkeys(instruments, 0)
    for item in data.items:
        places[item.res] += 1
        mandate_id = _mandate(rows, item, instruments[item.res], places[item.res])
        _report(rows, item, mandate_id, period_id)
    rows.finish()


def _unit_of(person_id: int) -> int:
    return person_id % UNITS + 1


def _people(rows: BulkRows, data: Any, password_hash: str) -> None:
    for number in range(1, UNITS + 1):
        rows.add(
            OrganizationalUnit,
            key=f"division-{number}",
            name=f"Division {number}",
            language="en",
            kind=UnitKind.DIVISION,
            parent_id=None,
            time_zone="UTC",
            position=number,
            closed_at=None,
            second_clearance_unit_id=None,
        )
        rows.add(
            Subprogramme, number=str(number), name=f"Theme {number}", language="en", unit_id=number
        )
    for user in data.users:
        rows.add(
            Person,
            kind=PersonKind.PERSON,
            name=f"{user['first']} {user['last']}",
            email=user["mail"],
            language="en",
            time_zone="UTC",
            password_hash=password_hash,
            sign_in_counter=0,
            is_active=True,
            invited_at=_FOUNDED,
            last_signed_in_at=None,
        )
        held: list[tuple[Role, int | None]] = [(Role.FOCAL_POINT, _unit_of(user["id"]))]
        if user["id"] == 1:
            held = [(Role.COORDINATOR, None), (Role.ADMINISTRATOR, None)]
        elif user["id"] <= MANAGERS:
            held.append((Role.MANAGER, _unit_of(user["id"])))
        for role, unit_id in held:
            rows.add(
                RoleAssignment,
                person_id=user["id"],
                role=role,
                unit_id=unit_id,
                given_at=_FOUNDED,
            )


def _resolutions(rows: BulkRows, data: Any) -> dict[int, int]:
    body_id = rows.add(Body, key="body", name="The Commission", language="en")
    session_id = rows.add(
        BodySession,
        body_id=body_id,
        number=40,
        name="Fortieth session",
        language="en",
        place=None,
        opens_on=data.today - timedelta(days=900),
        closes_on=data.today - timedelta(days=896),
        slot_on=None,
    )
    made = {}
    for resolution in data.resolutions:
        made[resolution["id"]] = rows.add(
            Instrument,
            kind=InstrumentKind.RESOLUTION,
            body_id=body_id,
            session_id=session_id,
            series_id=None,
            annexed_to_id=None,
            symbol=resolution["symbol"],
            slug=f"r{resolution['id']}",
            sort_key=f"{resolution['id']:06}",
            adopted_on=data.today - timedelta(days=896),
            imported_at=_FOUNDED,
            imported_by_id=1,
        )
        rows.add(
            InstrumentText,
            instrument_id=made[resolution["id"]],
            language="en",
            is_original=True,
            title=resolution["title"],
            is_official=True,
            is_out_of_date=False,
            source_file_id=None,
        )
    return made


def _mandate(rows: BulkRows, item: Any, instrument_id: int, position: int) -> int:
    clause_id = rows.add(
        Clause,
        instrument_id=instrument_id,
        position=position,
        kind=BlockKind.OPERATIVE,
        number=str(item.no),
        path=str(item.no),
        level=0,
        parent_id=None,
        is_dropped=False,
    )
    rows.add(
        ClauseText,
        clause_id=clause_id,
        language="en",
        is_original=True,
        verb=item.text.split()[0],
        text=item.text,
        is_out_of_date=False,
    )
    unit_id, created = _unit_of(item.owner), _moment(item.created)
    mandate_id = rows.add(
        Mandate,
        clause_id=clause_id,
        instrument_id=instrument_id,
        action_verb=item.text.split()[0],
        addressee="the secretariat",
        occasion=None,
        nature=Nature.ACTION_BY_SECRETARIAT,
        periodicity=Periodicity.ONE_OFF,
        concerns_us=ConcernsUs.BY_NAME,
        is_proposed_for_action=True,
        requires_action=True,
        confirmed_at=created,
        confirmed_by_id=1,
        needs_look=False,
        lifecycle=Lifecycle.ACTIVE,
        lifecycle_source=None,
        sensitivity=Reach.UNCLASSIFIED,
        subprogramme_id=unit_id,
        lead_unit_id=unit_id,
        focal_point_id=item.owner,
        deputy_id=None,
        acceptance=Acceptance.ACCEPTED,
        due_on=item.due,
    )
    rows.add(
        Assignment,
        mandate_id=mandate_id,
        unit_id=unit_id,
        person_id=item.owner,
        deputy_id=None,
        due_on=item.due,
        assigned_at=created,
        assigned_by_id=1,
    )
    return mandate_id


def _report(rows: BulkRows, item: Any, mandate_id: int, period_id: int) -> None:
    is_done, is_waived = item.status == "done", item.status == "cancelled"
    texts = item.updates or (
        [(item.owner, item.created, "Done as asked.", None)] if is_done else []
    )
    review = Review.CLEARED if is_done else Review.DRAFT if texts else Review.OPEN
    newest = _moment(texts[-1][1]) if texts else None
    report_id = rows.add(
        ProgressReport,
        mandate_id=mandate_id,
        period_id=period_id,
        unit_id=_unit_of(item.owner),
        second_unit_id=None,
        focal_point_id=item.owner,
        review=review,
        status=_STATUS[item.status] if texts else None,
        due_on=item.due,
        overdue_at=overdue_from(item.due, "UTC"),
        is_waived=is_waived,
        opened_at=_moment(item.created),
        submitted_at=newest if is_done else None,
        cleared_at=newest + timedelta(hours=1) if is_done and newest else None,
    )
    rows.add(
        DueDate,
        report_id=report_id,
        due_on=item.due,
        overdue_at=overdue_from(item.due, "UTC"),
        reason="",
        set_at=_moment(item.created),
        set_by_id=1,
    )
    if is_waived:
        rows.add(
            Waiver,
            report_id=report_id,
            reason="The clause was withdrawn.",
            waived_at=_moment(item.created),
            waived_by_id=1,
        )
    _texts(rows, item, report_id, texts)


def _texts(rows: BulkRows, item: Any, report_id: int, texts: Sequence[Any]) -> None:
    number = 0

    def add(move: Move, author: int, at: datetime, text: str) -> int:
        nonlocal number
        number += 1
        return rows.add(
            ProgressRevision,
            report_id=report_id,
            number=number,
            move=move,
            sensitivity=Reach.UNCLASSIFIED,
            status=_STATUS[item.status],
            status_reason="",
            postponed_to=None,
            done=text,
            results="",
            next_steps="",
            difficulties="",
            language="en",
            written_at=at,
            written_by_id=author,
            attests_id=None,
            given_by="",
            in_place_of_id=None,
        )

    for place, (author, when, text, _change) in enumerate(texts, 1):
        at = _moment(when)
        revision_id = add(Move.SUBMIT, author, at, text)
        is_last = place == len(texts)
        if not is_last or item.status != "done":
            add(Move.TAKE_BACK, author, at + timedelta(minutes=1), text)
            continue
        rows.add(
            Clearance,
            report_id=report_id,
            revision_id=revision_id,
            level=1,
            is_cleared=True,
            remark="",
            decided_at=at + timedelta(hours=1),
            decided_by_id=1,
            in_place_of_id=None,
        )
        add(Move.CLEAR, 1, at + timedelta(hours=1), text)


def _moment(at: datetime | date) -> datetime:
    return (
        at.replace(tzinfo=UTC) if isinstance(at, datetime) else datetime.combine(at, time(8), UTC)
    )
