"""What stands on a division's sheet, the sheets a person can have, and those that wait for them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.domain.progress import ReportText
from tracker.domain.unit_sheets import MOST_ITEMS, Said, SheetItem, SheetPoint
from tracker.domain.workflow import ANSWERED, Move
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import (
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.models.unit_sheets import HandedSheet
from tracker.queries.action_points import points_of_mandates
from tracker.queries.last_said import LastSaid, last_said
from tracker.queries.references import cited
from tracker.queries.report_lines import COUNTS, ReportLine, report_lines
from tracker.queries.report_texts import text_of


@dataclass(frozen=True, slots=True)
class OfferedSheet:
    """A unit with what it is asked in an open period, of which ``open_count`` can be written."""

    unit_id: int
    unit: str
    period_id: int
    period_name: str
    asked_count: int
    open_count: int


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """A sheet that came by mail and could not be taken whole."""

    digest: str
    unit: str
    period_name: str
    received_at: datetime


def offered_sheets(session: Session, actor: Actor) -> tuple[OfferedSheet, ...]:
    """Return the sheets that ``actor`` can have, by the order of the house; one statement."""
    rows = session.execute(
        select(
            OrganizationalUnit.id,
            OrganizationalUnit.name,
            ReportingPeriod.id,
            ReportingPeriod.name,
            ProgressReport.review,
            func.count(),
        )
        .join(ProgressReport, ProgressReport.unit_id == OrganizationalUnit.id)
        .join(ReportingPeriod, ReportingPeriod.id == ProgressReport.period_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(*_asked(), ReportingPeriod.state == PeriodState.OPEN)
        .group_by(
            OrganizationalUnit.id,
            OrganizationalUnit.name,
            OrganizationalUnit.position,
            ReportingPeriod.id,
            ReportingPeriod.name,
            ReportingPeriod.ends_on,
            ProgressReport.review,
        )
        .order_by(
            ReportingPeriod.ends_on.desc(), OrganizationalUnit.position, OrganizationalUnit.name
        )
    )
    asked: Counter[tuple[int, str, int, str]] = Counter()
    still_open: Counter[tuple[int, str, int, str]] = Counter()
    for unit_id, unit, period_id, period, review, count in rows:
        if not is_allowed(actor, Action.WRITE_PROGRESS, unit_id=unit_id):
            continue
        key = (unit_id, unit, period_id, period)
        asked[key] += count
        still_open[key] += 0 if review in ANSWERED else count
    return tuple(OfferedSheet(*key, asked[key], still_open[key]) for key in asked)


def sheet_items(
    session: Session, *, unit_id: int, period_id: int, language: str, actor: Actor, at: datetime
) -> tuple[SheetItem, ...]:
    """Return what a unit is asked in a period, in the order of the resolutions, open ones first.

    The texts are those that ``actor`` would find on the pages. At most ``MOST_ITEMS``; six
    statements.
    """
    lines = report_lines(
        session,
        *_asked(),
        ProgressReport.unit_id == unit_id,
        ProgressReport.period_id == period_id,
        at=at,
        by=(Instrument.sort_key, Clause.position),
        limit=MOST_ITEMS,
    )
    ids = [line.report_id for line in lines]
    texts = present_texts(session, ids, reader_id=actor.person_id)
    last = last_said(session, ids)
    points = points_of_mandates(session, [line.mandate_id for line in lines])
    ordered = sorted(lines, key=lambda line: line.review in ANSWERED)
    return tuple(
        replace(
            _item(number, line, texts.get(line.report_id), last.get(line.report_id), language),
            points=tuple(
                SheetPoint(place, point.text, point.person_name or point.unit_name or "",
                           point.status)
                for place, point in enumerate(points.get(line.mandate_id, ()), start=1)
            ),
        )
        for number, line in enumerate(ordered, start=1)
    )  # fmt: skip


def present_texts(
    session: Session, report_ids: Collection[int], *, reader_id: int
) -> Mapping[int, ReportText]:
    """Return by report what its form begins with for a reader: their draft, else what was sent.

    Reports about which nothing was said are left out. Two statements.
    """
    said: dict[int, ProgressRevision] = {}
    for revision in session.scalars(
        select(ProgressRevision)
        .where(
            ProgressRevision.report_id.in_(report_ids),
            ProgressRevision.move.in_((Move.SUBMIT, Move.TAKE_BACK)),
        )
        .order_by(ProgressRevision.number)
    ):
        said[revision.report_id] = revision
    texts = {
        report_id: text_of(revision)
        for report_id, revision in said.items()
        if revision.move is Move.SUBMIT
    }
    for draft in session.scalars(
        select(ProgressDraft).where(
            ProgressDraft.report_id.in_(report_ids), ProgressDraft.author_id == reader_id
        )
    ):
        newest = said.get(draft.report_id)
        if newest is None or draft.saved_at >= newest.written_at:
            texts[draft.report_id] = text_of(draft)
    return texts


def find_handed_sheet(session: Session, code: str) -> HandedSheet | None:
    """Return the sheet with this code, its unit, period and maker loaded, or None."""
    return session.scalar(
        select(HandedSheet)
        .where(HandedSheet.code == code)
        .options(
            joinedload(HandedSheet.unit, innerjoin=True),
            joinedload(HandedSheet.period, innerjoin=True),
            joinedload(HandedSheet.made_by, innerjoin=True),
        )
    )


def waiting_sheets(session: Session, person_id: int) -> Sequence[WaitingSheet]:
    """Return the sheets that a person mailed and that wait for them, the newest first."""
    rows = session.execute(
        select(
            HandedSheet.waiting_digest,
            OrganizationalUnit.name,
            ReportingPeriod.name,
            HandedSheet.waiting_since,
        )
        .join(OrganizationalUnit, OrganizationalUnit.id == HandedSheet.unit_id)
        .join(ReportingPeriod, ReportingPeriod.id == HandedSheet.period_id)
        .where(
            HandedSheet.waiting_for_id == person_id,
            HandedSheet.waiting_digest.is_not(None),
            ReportingPeriod.state == PeriodState.OPEN,
        )
        .order_by(HandedSheet.waiting_since.desc())
    )
    return [
        WaitingSheet(digest, unit, period, since)
        for digest, unit, period, since in rows
        if digest is not None and since is not None
    ]


def _asked() -> tuple[ColumnElement[bool], ...]:
    return (COUNTS, ~ProgressReport.is_waived)


def _item(
    number: int, line: ReportLine, text: ReportText | None, last: LastSaid | None, language: str
) -> SheetItem:
    return SheetItem(
        number=number,
        report_id=line.report_id,
        version=line.version,
        citation=cited(line.reference.symbol, line.reference.path, language),
        chapeau=line.chapeau or "",
        clause=line.text,
        clause_language=line.text_language,
        text=text or ReportText(language=language),
        last=Said(last.period_name, last.text) if last else None,
        is_settled=line.review in ANSWERED,
        waits_at_second=line.waits_at_second,
        joint_lead=line.joint_lead,
    )
