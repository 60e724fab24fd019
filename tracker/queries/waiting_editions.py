"""Editions of the report that wait for a person: to be signed, or to be seen to after a return."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.edition_matters import PassedEdition
from tracker.domain.permissions import Actor
from tracker.domain.sign_offs import SignOffStage, signs_for
from tracker.models.biennial_reports import ReportEdition
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.models.sign_offs import EditionSigning, EditionSignOff, SigningPost

AnyRow = Row[*tuple[Any, ...]]  # columns by name; SQLAlchemy types them by place only
_Newer = aliased(ReportEdition)
_Sender = aliased(Person)
_Holder = aliased(Person)
_Maker = aliased(Person)


@dataclass(frozen=True, slots=True)
class EditionGist:
    """What a mail says about an edition: which it is, and the remark of its newest step."""

    period: str
    number: int
    language: str
    remark: str


@dataclass(frozen=True, slots=True)
class WaitingEdition:
    """An edition that waits for a person's sign-off, or that came back to the editor."""

    edition_id: int
    period: str
    number: int
    language: str
    slot_on: date | None
    post: str
    in_place_of: str | None
    is_returned: bool
    since: datetime
    sent_by: str
    remark: str


def waiting_editions(session: Session, actor: Actor) -> tuple[WaitingEdition, ...]:
    """Return the editions that wait for a person, longest first. One statement.

    They wait at a post that the person fills, also as officer-in-charge, or came back to whoever
    made them and has made no newer one.
    """
    query = _newest_steps().where(
        or_(
            _waits_for(actor),
            and_(
                EditionSignOff.stage == SignOffStage.RETURNED,
                ReportEdition.created_by_id == actor.person_id,
                ~_has_newer(),
            ),
        )
    )
    return tuple(_waiting(row, actor) for row in session.execute(query))


def passed_editions(session: Session) -> tuple[PassedEdition, ...]:
    """Return whom each edition on its way waits for, the one that came back its maker.

    Where they can still sign in, and no newer edition was made of what came back. One statement.
    """
    query = _newest_steps().where(
        or_(
            and_(EditionSignOff.stage == SignOffStage.SIGNING, _Holder.is_active),
            and_(EditionSignOff.stage == SignOffStage.RETURNED, _Maker.is_active, ~_has_newer()),
        )
    )
    return tuple(_passed(row) for row in session.execute(query))


def edition_gists(session: Session, edition_ids: Collection[int]) -> Mapping[int, EditionGist]:
    """Return what a mail says about each of these editions, by its id. One statement."""
    query = _newest_steps().where(ReportEdition.id.in_(edition_ids))
    return {
        row.ReportEdition.id: EditionGist(
            row.period, row.ReportEdition.number, row.ReportEdition.language, row.remark
        )
        for row in session.execute(query)
    }


def counting_editions(actor: Actor) -> Select[int]:
    """Return the query that counts the editions that wait for a person's sign-off."""
    return (
        select(func.count(EditionSignOff.edition_id))
        .join(SigningPost, SigningPost.id == EditionSignOff.post_id)
        .where(_waits_for(actor))
    )


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    return and_(
        EditionSignOff.stage == SignOffStage.SIGNING,
        SigningPost.person_id.in_(signs_for(actor)),
    )


def _has_newer() -> ColumnElement[bool]:
    return (
        select(_Newer.id)
        .where(
            _Newer.period_id == ReportEdition.period_id,
            _Newer.language == ReportEdition.language,
            _Newer.number > ReportEdition.number,
        )
        .exists()
    )


def _newest_steps() -> Select[*tuple[Any, ...]]:
    newest = (
        select(func.max(EditionSigning.id))
        .where(EditionSigning.edition_id == EditionSignOff.edition_id)
        .correlate(EditionSignOff)
        .scalar_subquery()
    )
    return (
        select(
            ReportEdition,
            EditionSignOff.stage,
            ReportingPeriod.name.label("period"),
            ReportingPeriod.slot_on,
            EditionSigning.post.label("last_post"),
            EditionSigning.id.label("step_id"),
            EditionSigning.done_by_id,
            EditionSigning.remark,
            EditionSigning.done_at,
            _Sender.name.label("sender"),
            SigningPost.post.label("waits_at"),
            SigningPost.person_id.label("holder_id"),
            _Holder.name.label("holder"),
        )
        .join(EditionSignOff, EditionSignOff.edition_id == ReportEdition.id)
        .join(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .join(EditionSigning, EditionSigning.id == newest)
        .join(_Maker, _Maker.id == ReportEdition.created_by_id)
        .join(_Sender, _Sender.id == EditionSigning.done_by_id)
        .outerjoin(SigningPost, SigningPost.id == EditionSignOff.post_id)
        .outerjoin(_Holder, _Holder.id == SigningPost.person_id)
        .order_by(EditionSigning.done_at, ReportEdition.id)
    )


def _passed(row: AnyRow) -> PassedEdition:
    is_returned = row.stage is SignOffStage.RETURNED
    return PassedEdition(
        edition_id=row.ReportEdition.id,
        step_id=row.step_id,
        person_id=row.ReportEdition.created_by_id if is_returned else row.holder_id,
        is_returned=is_returned,
        since=row.done_at,
        sent_by_id=row.done_by_id,
        sent_by=row.sender,
        post=row.waits_at or row.last_post,
        slot_on=row.slot_on,
    )


def _waiting(row: AnyRow, actor: Actor) -> WaitingEdition:
    is_absent = row.holder_id is not None and row.holder_id != actor.person_id
    return WaitingEdition(
        edition_id=row.ReportEdition.id,
        period=row.period,
        number=row.ReportEdition.number,
        language=row.ReportEdition.language,
        slot_on=row.slot_on,
        post=row.waits_at or row.last_post,
        in_place_of=row.holder if is_absent else None,
        is_returned=row.stage is SignOffStage.RETURNED,
        since=row.done_at,
        sent_by=row.sender,
        remark=row.remark,
    )
