"""The directory of national focal points, as it is looked up."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.countries import country_name, sort_key
from tracker.domain.national_focal_points import FocalPointOrder
from tracker.models.national_focal_points import NationalFocalPoint

MOST_LISTED = 1000


def listed_focal_points(
    session: Session,
    *,
    language: str,
    on: date,
    words: str = "",
    country: str | None = None,
    shows_ended: bool = False,
    order: FocalPointOrder = FocalPointOrder.COUNTRY,
    is_descending: bool = False,
) -> Sequence[NationalFocalPoint]:
    """Return those who are valid on the day or later, or (``shows_ended``) are no longer.

    ``words`` are of the institution, the person or the document. Countries are sorted as they are
    called in the language. One statement; at most ``MOST_LISTED``.
    """
    query = select(NationalFocalPoint).where(
        NationalFocalPoint.valid_to < on
        if shows_ended
        else or_(NationalFocalPoint.valid_to.is_(None), NationalFocalPoint.valid_to >= on)
    )
    if country is not None:
        query = query.where(NationalFocalPoint.country == country)
    if words:
        texts = (
            NationalFocalPoint.institution,
            NationalFocalPoint.person,
            NationalFocalPoint.document,
        )
        query = query.where(or_(*(text.icontains(words, autoescape=True) for text in texts)))
    found = session.scalars(query.order_by(NationalFocalPoint.id).limit(MOST_LISTED)).all()

    def place(row: NationalFocalPoint) -> tuple[str, str, str]:
        name = sort_key(country_name(row.country, language))
        institution = sort_key(row.institution or row.person)
        if order is FocalPointOrder.INSTITUTION:
            return institution, name, ""
        if order is FocalPointOrder.DESIGNATED:
            return row.designated_on.isoformat() if row.designated_on else "", name, institution
        return name, institution, ""

    return sorted(found, key=place, reverse=is_descending)


def find_focal_point(session: Session, focal_point_id: int) -> NationalFocalPoint | None:
    """Return a national focal point, or None."""
    return session.get(NationalFocalPoint, focal_point_id)
