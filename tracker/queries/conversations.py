"""What was asked about reports and what was answered: by report, and what waits for a manager."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.conversation import ASKS, MessageKind
from tracker.domain.permissions import Actor, Role
from tracker.domain.workflow import ANSWERED
from tracker.models.conversations import ReportMessage
from tracker.models.people import Person
from tracker.models.progress import ProgressReport
from tracker.queries.report_lines import ReportLine, report_lines

MOST_ASKED = 50


@dataclass(frozen=True, slots=True)
class Message:
    """One message; ``is_open`` tells that somebody is asked and nobody has answered."""

    id: int
    kind: MessageKind
    text: str
    wanted_on: date | None
    written_by: str
    written_by_id: int
    written_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or a request that waits for a manager, with the report it is about."""

    message: Message
    line: ReportLine


def conversation_on(session: Session, report_id: int) -> tuple[Message, ...]:
    """Return what was asked and answered about a report, the oldest first. One statement."""
    return tuple(
        message for _report_id, message in _messages(session, ReportMessage.report_id == report_id)
    )


def newest_messages(session: Session, report_ids: Collection[int]) -> Mapping[int, Message]:
    """Return, by report, the newest message about it. One statement, none for no reports."""
    if not report_ids:
        return {}
    return dict(_messages(session, ReportMessage.report_id.in_(report_ids)))


def asked_of(session: Session, actor: Actor, *, at: datetime) -> tuple[Asked, ...]:
    """Return what waits for an answer of ``actor``, waiting longest first, in two statements."""
    units = actor.units_acting_as(Role.MANAGER)
    if not units:
        return ()
    conditions = [ReportMessage.kind.in_(ASKS), _IS_OPEN]
    if None not in units:
        conditions.append(ProgressReport.unit_id.in_(units))
    found = _messages(session, *conditions, limit=MOST_ASKED)
    if not found:
        return ()
    lines = {
        line.report_id: line
        for line in report_lines(
            session,
            ProgressReport.id.in_({report_id for report_id, _message in found}),
            at=at,
            by=(ProgressReport.id,),
            limit=MOST_ASKED,
        )
    }
    return tuple(Asked(message, lines[report_id]) for report_id, message in found)


def is_open(session: Session, message_id: int) -> bool:
    """Tell whether a question or request still waits for an answer."""
    return bool(
        session.scalar(
            select(ReportMessage.id)
            .join(ProgressReport, ProgressReport.id == ReportMessage.report_id)
            .where(ReportMessage.id == message_id, _IS_OPEN)
        )
    )


_answer = aliased(ReportMessage)
# A request for more time is settled, too, by time that was given without it, and by the report
# itself; a question only by its answer. The statement joins reports.
_IS_OPEN: ColumnElement[bool] = ~exists().where(_answer.answers_id == ReportMessage.id) & or_(
    ReportMessage.kind == MessageKind.QUESTION,
    (ReportMessage.kind == MessageKind.MORE_TIME_ASKED)
    & (ReportMessage.wanted_on > ProgressReport.due_on)
    & ProgressReport.review.not_in(ANSWERED),
)

_MESSAGES = (
    select(ReportMessage, Person.name, _IS_OPEN)
    .join(ProgressReport, ProgressReport.id == ReportMessage.report_id)
    .join(Person, Person.id == ReportMessage.written_by_id)
    .order_by(ReportMessage.id)
)


def _messages(
    session: Session, *conditions: ColumnElement[bool], limit: int | None = None
) -> list[tuple[int, Message]]:
    rows = session.execute(_MESSAGES.where(*conditions).limit(limit))
    return [
        (
            row.report_id,
            Message(
                id=row.id,
                kind=row.kind,
                text=row.text,
                wanted_on=row.wanted_on,
                written_by=name,
                written_by_id=row.written_by_id,
                written_at=row.written_at,
                is_open=is_open,
            ),
        )
        for row, name, is_open in rows
    ]
