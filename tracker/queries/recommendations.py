"""The review of mandates before a renewal: where it is on, and its table of one text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.mandates import Lifecycle
from tracker.domain.recommendations import Recommendation
from tracker.models.instruments import Body, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.recommendations import BodyReview, MandateRecommendation
from tracker.queries.mandates import ListedMandate, chosen_mandates


@dataclass(frozen=True, slots=True)
class ReviewedBody:
    """Whether a body's mandates are reviewed, and by which paragraph it asked for the result."""

    body_id: int
    name: str
    is_on: bool
    request: str
    requested_on: date | None
    version: int

    @property
    def may_leave_the_house(self) -> bool:
        """Tell whether the body asked for the result, by a request that is recorded."""
        return self.is_on and self.requested_on is not None


@dataclass(frozen=True, slots=True)
class Recommended:
    """What was recommended last, by whom, when and why."""

    id: int
    recommendation: Recommendation
    reason: str
    given_at: datetime
    given_by: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A mandate in force, and what is recommended for it, None where nobody has said."""

    mandate: ListedMandate
    unit_id: int | None
    recommended: Recommended | None


@dataclass(frozen=True, slots=True)
class ReviewTable:
    """The mandates of one text that are in force and require our action, in its order."""

    instrument_id: int
    symbol: str
    body: ReviewedBody
    rows: tuple[ReviewRow, ...]

    def of(self, recommendation: Recommendation) -> int:
        """Return for how many of them this is recommended."""
        told = (row.recommended for row in self.rows)
        return sum(1 for each in told if each and each.recommendation is recommendation)


def reviewed_bodies(
    session: Session, *, body_id: int | None = None, instrument_id: int | None = None
) -> Sequence[ReviewedBody]:
    """Return all bodies by name, or the one asked for, or that of a text. One statement."""
    query = (
        select(Body.id, Body.name, BodyReview)
        .outerjoin(BodyReview, BodyReview.body_id == Body.id)
        .order_by(Body.name)
    )
    if body_id is not None:
        query = query.where(Body.id == body_id)
    if instrument_id is not None:
        query = query.join(Instrument, Instrument.body_id == Body.id).where(
            Instrument.id == instrument_id
        )
    return [_body(*row) for row in session.execute(query)]


def _body(body_id: int, name: str, review: BodyReview | None) -> ReviewedBody:
    if review is None:
        return ReviewedBody(body_id, name, False, "", None, 0)
    return ReviewedBody(
        body_id, name, review.is_on, review.request, review.requested_on, review.version
    )


def review_table(session: Session, instrument_id: int) -> ReviewTable | None:
    """Return the review of a text in five statements at most; None where there is no such text."""
    symbol = session.scalar(select(Instrument.symbol).where(Instrument.id == instrument_id))
    if symbol is None:
        return None
    [body] = reviewed_bodies(session, instrument_id=instrument_id)
    units = dict(
        session.execute(
            select(Mandate.id, Mandate.lead_unit_id).where(
                Mandate.instrument_id == instrument_id,
                Mandate.requires_action.is_(True),
                Mandate.lifecycle == Lifecycle.ACTIVE,
            )
        ).all()
    )
    recommended = _recommended(session, instrument_id)
    return ReviewTable(
        instrument_id,
        symbol,
        body,
        tuple(
            ReviewRow(mandate, units[mandate.id], recommended.get(mandate.id))
            for mandate in chosen_mandates(session, list(units))
        ),
    )


def _recommended(session: Session, instrument_id: int) -> dict[int, Recommended]:
    newest = (
        select(func.max(MandateRecommendation.id))
        .join(Mandate, Mandate.id == MandateRecommendation.mandate_id)
        .where(Mandate.instrument_id == instrument_id)
        .group_by(MandateRecommendation.mandate_id)
    )
    rows = session.execute(
        select(MandateRecommendation, Person.name)
        .join(Person, Person.id == MandateRecommendation.given_by_id)
        .where(MandateRecommendation.id.in_(newest))
    )
    return {
        row.mandate_id: Recommended(row.id, row.recommendation, row.reason, row.given_at, name)
        for row, name in rows
    }
