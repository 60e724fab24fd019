"""Contributions of other units to the lead unit's report: asked for, and written."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.assignments import Answerers
from tracker.domain.errors import Duplicate, Invalid, NotFound, WrongState
from tracker.domain.permissions import Action, Actor
from tracker.domain.progress import LONGEST_TEXT
from tracker.domain.workflow import ANSWERED
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import Contribution, ProgressReport
from tracker.services import audit
from tracker.services.report_rows import check_takes_answers, take_report
from tracker.services.versions import check_version


def ask_for_contribution(
    session: Session, *, report_id: int, unit_id: int, actor: Actor, at: datetime
) -> Contribution:
    """Ask another unit to add to a report that is not answered yet.

    Raises Invalid for the lead unit itself, Duplicate when the unit is asked already and
    WrongState when the report is answered.
    """
    report = take_report(session, report_id)
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=report.unit_id)
    _check_open(report)
    unit = session.get(OrganizationalUnit, unit_id)
    if unit is None or unit.id == report.unit_id:
        raise Invalid(
            "Choose a unit other than the one that leads, which writes the report itself.",
            field="unit_id",
        )
    if session.scalar(
        select(Contribution.id).where(
            Contribution.report_id == report.id, Contribution.unit_id == unit.id
        )
    ):
        raise Duplicate("%(unit)s is asked for a contribution already.", unit=unit.name)
    contribution = Contribution(report_id=report.id, unit_id=unit.id, language=actor.language)
    session.add(contribution)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="ask_for_contribution",
        subject=report,
        after={"unit_id": unit.id, "unit": unit.name},
    )
    return contribution


def write_contribution(
    session: Session,
    *,
    contribution_id: int,
    version: int,
    text: str,
    language: str,
    actor: Actor,
    at: datetime,
) -> Contribution:
    """Let a contribution say ``text``; allowed to the unit that is asked, until the answer."""
    contribution = session.get(Contribution, contribution_id)
    if contribution is None:
        raise NotFound("There is no such contribution. Open it from the list of your work.")
    permissions.require(actor, Action.WRITE_PROGRESS, unit_id=contribution.unit_id)
    check_version(contribution, version)
    report = take_report(session, contribution.report_id)
    _check_open(report)
    plain = text.strip()
    if not plain or len(plain) > LONGEST_TEXT:
        raise Invalid(
            "Enter what your unit adds, in %(limit)s characters at most.",
            field="text",
            limit=LONGEST_TEXT,
        )
    before = {"text": contribution.text}
    contribution.text, contribution.language = plain, language
    contribution.person_id, contribution.written_at = actor.person_id, at
    audit.record(
        session,
        actor=actor,
        at=at,
        action="write_contribution",
        subject=report,
        before=before,
        after={"text": plain, "unit_id": contribution.unit_id},
    )
    return contribution


def follow_assignment(
    session: Session,
    reports: Sequence[ProgressReport],
    answerers: Answerers,
    *,
    left: Collection[int],
    actor: Actor,
    at: datetime,
) -> None:
    """Ask the contributing units of an assignment for their part in reports that are not answered.

    Of units that ``left``, and of one that leads now, an unwritten part is no longer asked for.
    """
    open_ids = [report.id for report in reports if report.review not in ANSWERED]
    if not open_ids:
        return
    parts = session.scalars(select(Contribution).where(Contribution.report_id.in_(open_ids))).all()
    for part in parts:
        if part.unit_id in {*left, answerers.unit_id} and part.written_at is None:
            session.delete(part)
    session.flush()
    asked = {(part.report_id, part.unit_id) for part in parts}
    for report in reports:
        for unit_id in sorted(answerers.contributing_unit_ids):
            if report.id in open_ids and (report.id, unit_id) not in asked:
                session.add(
                    Contribution(report_id=report.id, unit_id=unit_id, language=actor.language)
                )
                audit.record(
                    session,
                    actor=actor,
                    at=at,
                    action="ask_for_contribution",
                    subject=report,
                    after={"unit_id": unit_id},
                )


def _check_open(report: ProgressReport) -> None:
    check_takes_answers(report)
    if report.review in ANSWERED:
        raise WrongState(
            "This report is answered already, so nothing can be added. Ask the manager to return "
            "it first."
        )
