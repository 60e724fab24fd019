"""Leases: a right to do a thing alone until a moment, so that two processes do not do it twice."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from tracker.database import insert_new
from tracker.models.jobs import Lease


def take_lease(session: Session, *, name: str, holder: str, at: datetime, lasts: timedelta) -> bool:
    """Take the lease or prolong one's own; False when somebody else holds it at ``at``.

    It saves work and decides nothing: a lease that runs out while its holder works on harms no one.
    One that runs longer than any could was taken by a clock that was ahead and was put right since:
    it is nobody's.
    """
    held_until = at + lasts
    # Twice, so that two machines whose clocks differ a little leave each other's leases alone.
    too_far = at + 2 * lasts
    made = insert_new(session, Lease, [{"name": name, "holder": holder, "held_until": held_until}])
    if made:
        return True
    taken = session.execute(
        update(Lease)
        .where(
            Lease.name == name,
            or_(Lease.holder == holder, Lease.held_until <= at, Lease.held_until > too_far),
        )
        .values(holder=holder, held_until=held_until)
        .returning(Lease.name)
    )
    return taken.first() is not None


def give_back_lease(session: Session, *, name: str, holder: str, at: datetime) -> None:
    """End one's own lease; somebody else's stays."""
    session.execute(
        update(Lease).where(Lease.name == name, Lease.holder == holder).values(held_until=at)
    )
