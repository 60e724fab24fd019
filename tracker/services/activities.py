"""Activities: added, changed, linked to the mandates that they carry out."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import flag_modified

from tracker.domain import permissions
from tracker.domain.activity_details import (
    ActivityDetails,
    check_details,
    ended_before_adoption,
)
from tracker.domain.errors import Duplicate, Invalid, NotFound
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.models.activities import Activity, ActivityLink
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.queries.activity_details import details_of, with_everything
from tracker.services import audit
from tracker.services.activity_details import apply_details, stated
from tracker.services.names import note_new_original
from tracker.services.versions import check_version

logger = logging.getLogger(__name__)


def add_activity(
    session: Session, *, details: ActivityDetails, actor: Actor, at: datetime
) -> Activity:
    """Add an activity; raises Invalid at the field whose rule it breaks."""
    permissions.require(actor, Action.EDIT_ACTIVITY, unit_id=details.unit_id)
    _check(session, details)
    activity = Activity(created_at=at, created_by_id=actor.person_id)
    apply_details(activity, details)
    session.add(activity)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="activity.added",
        subject=activity,
        after=stated(details_of(activity)),
    )
    logger.info("activity %s added by person %s", activity.id, actor.person_id)
    return activity


def change_activity(
    session: Session,
    *,
    activity_id: int,
    version: int,
    details: ActivityDetails,
    actor: Actor,
    at: datetime,
) -> Activity:
    """Let the activity be as ``details`` say; raises Stale when somebody changed it meanwhile.

    Who moves an activity to another unit needs to be allowed in both.
    """
    activity = _activity(session, activity_id)
    permissions.require(actor, Action.EDIT_ACTIVITY, unit_id=activity.unit_id)
    permissions.require(actor, Action.EDIT_ACTIVITY, unit_id=details.unit_id)
    check_version(activity, version)
    _check(session, details)
    before = stated(details_of(activity))
    apply_details(activity, details)
    after = stated(details_of(activity))
    if after == before:
        return activity
    # Quantities and the like are rows of their own, but it is the sheet that must not be stale.
    flag_modified(activity, "title")
    if after["title"] != before["title"]:
        note_new_original(session, Named.ACTIVITY, activity.id)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="activity.changed",
        subject=activity,
        before={name: value for name, value in before.items() if after[name] != value},
        after={name: value for name, value in after.items() if before[name] != value},
    )
    return activity


def link_activity(
    session: Session,
    *,
    activity_id: int,
    mandate_id: int,
    contribution: str,
    actor: Actor,
    at: datetime,
) -> bool:
    """Say that the activity carries out the mandate, and how.

    Return whether the link is plausible: False when the activity was over before the adoption,
    which deserves a warning and is no refusal. Allowed to whoever may do so in the activity's unit
    or in the mandate's. Raises NotFound for an unknown activity, Invalid for an unknown mandate
    and Duplicate when the two are linked already.
    """
    activity = _activity(session, activity_id)
    mandate = _mandate(session, mandate_id)
    _require_either(actor, activity, mandate)
    linked = Duplicate(
        "“%(title)s” is linked to this mandate already. Remove that link first if it should be "
        "described anew.",
        title=activity.title,
    )
    if session.get(ActivityLink, (activity_id, mandate_id)) is not None:
        raise linked
    session.add(
        ActivityLink(
            activity_id=activity_id,
            mandate_id=mandate_id,
            contribution=contribution.strip(),
            linked_at=at,
            linked_by_id=actor.person_id,
        )
    )
    try:
        session.flush()
    except IntegrityError as error:  # another session linked them since we looked
        raise linked from error
    _record_link(session, activity, mandate, contribution.strip(), "linked", actor, at)
    last_day = activity.ends_on or activity.starts_on
    return not ended_before_adoption(last_day, mandate.instrument.adopted_on)


def unlink_activity(
    session: Session, *, activity_id: int, mandate_id: int, actor: Actor, at: datetime
) -> None:
    """Take the link back; the audit trail of both keeps what it said."""
    activity = _activity(session, activity_id)
    mandate = _mandate(session, mandate_id)
    _require_either(actor, activity, mandate)
    link = session.get(ActivityLink, (activity_id, mandate_id))
    if link is None:
        raise NotFound("The activity is not linked to this mandate, or no longer.")
    session.delete(link)
    _record_link(session, activity, mandate, link.contribution, "unlinked", actor, at)


def _check(session: Session, details: ActivityDetails) -> None:
    check_details(details)
    if session.get(OrganizationalUnit, details.unit_id) is None:
        raise Invalid("There is no such unit. Choose one from the list.", field="unit_id")
    subprogramme_id = details.subprogramme_id
    if subprogramme_id is not None and session.get(Subprogramme, subprogramme_id) is None:
        raise Invalid(
            "There is no such subprogramme. Choose one from the list.", field="subprogramme_id"
        )


def _activity(session: Session, activity_id: int) -> Activity:
    activity = session.scalar(
        select(Activity).where(Activity.id == activity_id).options(*with_everything())
    )
    if activity is None:
        raise NotFound("There is no such activity. Choose one from the list of activities.")
    return activity


def _mandate(session: Session, mandate_id: int) -> Mandate:
    mandate = session.scalar(
        select(Mandate).where(Mandate.id == mandate_id).options(joinedload(Mandate.instrument))
    )
    if mandate is None:
        raise Invalid(
            "There is no such mandate. Search for its symbol and choose it from the list.",
            field="mandate_id",
        )
    return mandate


def _require_either(actor: Actor, activity: Activity, mandate: Mandate) -> None:
    """Refuse unless the actor may link in the activity's unit or in the one that leads."""
    if not is_allowed(actor, Action.LINK_ACTIVITY, unit_id=mandate.lead_unit_id):
        permissions.require(actor, Action.LINK_ACTIVITY, unit_id=activity.unit_id)


def _record_link(
    session: Session,
    activity: Activity,
    mandate: Mandate,
    contribution: str,
    verb: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Leave an entry in the history of both, since each page shows its own."""
    for subject, action, other in (
        (activity, f"activity.{verb}", {"mandate_id": mandate.id}),
        (mandate, f"mandate.activity_{verb}", {"activity_id": activity.id}),
    ):
        values = {**other, "contribution": contribution}
        audit.record(
            session,
            actor=actor,
            at=at,
            action=action,
            subject=subject,
            before=values if verb == "unlinked" else None,
            after=values if verb == "linked" else None,
        )
