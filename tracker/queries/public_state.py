"""When something that public pages show changed last, as the audit trail tells it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.models.audit import AuditEntry
from tracker.models.biennial_reports import ReportEdition
from tracker.models.instruments import Body, BodySession, Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.public_pages import BodyPublication, PublicHold
from tracker.models.submissions import EditionSubmission, IssuedDocument

# Of a mandate a public page shows whether it is open: only this act changes that.
_OPENING = ("inherit_mandate",)
# What all public pages show of the house itself, and the reports that were issued.
_OF_HOUSE = ("house",)
_REPORTS = (EditionSubmission, IssuedDocument, ReportEdition)


class PublicPart(StrEnum):
    """What a public page shows: a text, all texts of a body, or the reports that were issued."""

    TEXT = "text"
    TEXTS = "texts"
    REPORTS = "reports"


@dataclass(frozen=True, slots=True)
class PublicState:
    """How many changes there were of what a page shows, the newest one, and when that was.

    Two that are the same show the same. The count tells of a change that was committed after a
    newer one.
    """

    count: int
    number: int
    changed_at: datetime | None


def public_state(session: Session, part: PublicPart, body_key: str, slug: str = "") -> PublicState:
    """Return how a page of a body stands; with a text that of its ``slug``. Two statements.

    What happens elsewhere in the house, and to other bodies, changes nothing.
    """
    body_id = select(Body.id).where(Body.key == body_key).scalar_subquery()
    of_body = (
        _entries(Body, Body.id, Body.key == body_key),
        _entries(BodySession, BodySession.id, BodySession.body_id == body_id),
        _entries(BodyPublication, BodyPublication.id, BodyPublication.body_id == body_id),
        _kept(AuditEntry.subject_kind.in_(_OF_HOUSE)),
    )
    texts = Instrument.body_id == body_id
    if part is PublicPart.TEXT:
        texts &= Instrument.slug == slug
    shown: tuple[Select[int, int], ...] = ()
    if part is not PublicPart.REPORTS:
        ids = select(Instrument.id).where(texts)
        shown = (
            _entries(Instrument, Instrument.id, texts),
            _entries(PublicHold, PublicHold.id, PublicHold.instrument_id.in_(ids)),
        )
    if part is PublicPart.TEXT:
        shown += (
            _entries(Clause, Clause.id, Clause.instrument_id.in_(ids)),
            _entries(Mandate, Mandate.id, Mandate.instrument_id.in_(ids)).where(
                AuditEntry.action.in_(_OPENING)
            ),
        )
    if part is not PublicPart.TEXTS:
        kinds = [model.__tablename__ for model in _REPORTS]
        shown += (_kept(AuditEntry.subject_kind.in_(kinds)),)
    each = union_all(*of_body, *shown).subquery()
    count, number = session.execute(
        select(func.coalesce(func.sum(each.c.count), 0), func.coalesce(func.max(each.c.number), 0))
    ).one()
    at = session.scalar(select(AuditEntry.happened_at).where(AuditEntry.id == number))
    return PublicState(int(count), number, at)


def _kept(condition: Any) -> Select[int, int]:
    return select(func.count().label("count"), func.max(AuditEntry.id).label("number")).where(
        condition
    )


def _entries(model: Any, identity: InstrumentedAttribute[int], condition: Any) -> Select[int, int]:
    """Return how many entries there are on some records of a kind, and the newest one."""
    return (
        select(func.count().label("count"), func.max(AuditEntry.id).label("number"))
        .select_from(model)
        .join(
            AuditEntry,
            (AuditEntry.subject_kind == model.__tablename__) & (AuditEntry.subject_id == identity),
        )
        .where(condition)
    )
