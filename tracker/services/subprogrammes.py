"""Subprogrammes of the programme of work: added to the house."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.permissions import Action, Actor
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.services import audit
from tracker.services.personal_details import check_name

_LONGEST_NUMBER = 20  # characters


def subprogramme_numbered(
    session: Session, number: str, *, name: str, language: str, actor: Actor | None, at: datetime
) -> Subprogramme:
    """Return the subprogramme with this number; make it, with this name, if it is new."""
    known = session.scalar(select(Subprogramme).where(Subprogramme.number == number))
    if known is not None:
        if known.name == f"Subprogramme {number}" and name != known.name:
            known.name = check_name(name)  # a list of deliverables knew no more than the number
            known.language = language
        return known
    return _add(session, number, name, language, None, actor=actor, at=at)


def add_subprogramme(
    session: Session,
    *,
    number: str,
    name: str,
    language: str,
    unit_id: int | None = None,
    actor: Actor | None,
    at: datetime,
) -> Subprogramme:
    """Add a subprogramme, carried out by the unit where one is given; no actor is the system.

    Raises Invalid at the field that is wrong and Duplicate when the number is taken.
    """
    if actor is not None:
        permissions.require(actor, Action.INVITE_PERSON)
    plain = number.strip()
    if not plain or len(plain) > _LONGEST_NUMBER:
        raise Invalid(
            "Enter the number of the subprogramme, %(longest)s characters at most.",
            field="number",
            longest=_LONGEST_NUMBER,
        )
    if unit_id is not None and session.get(OrganizationalUnit, unit_id) is None:
        raise Invalid("There is no such unit. Choose one from the list.", field="unit_id")
    if session.scalar(select(Subprogramme.id).where(Subprogramme.number == plain)):
        raise Duplicate(
            "The number %(number)s belongs to another subprogramme. Enter a different one.",
            number=plain,
        )
    return _add(session, plain, name, language, unit_id, actor=actor, at=at)


def _add(
    session: Session,
    number: str,
    name: str,
    language: str,
    unit_id: int | None,
    *,
    actor: Actor | None,
    at: datetime,
) -> Subprogramme:
    subprogramme = Subprogramme(
        number=number, name=check_name(name), language=language, unit_id=unit_id
    )
    session.add(subprogramme)
    session.flush()
    audit.record(
        session,
        actor=actor,
        at=at,
        action="subprogramme.added",
        subject=subprogramme,
        after={"number": number, "name": subprogramme.name, "unit_id": unit_id},
    )
    return subprogramme
