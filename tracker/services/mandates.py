"""Confirmation of mandates: whether each asks something of us, decided by a person."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from tracker.domain import permissions
from tracker.domain.clauses import CitedParagraph
from tracker.domain.errors import N_, Invalid, NotFound, Stale, WrongState
from tracker.domain.mandates import Nature
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.services import audit
from tracker.services.asking import ask_in_open_periods

logger = logging.getLogger(__name__)
CHOOSE_SOME = N_("Nothing was selected. Select one mandate or more, then try again.")


def confirm_mandate(
    session: Session,
    *,
    mandate_id: int,
    version: int,
    requires_action: bool,
    nature: Nature | None = None,
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Decide whether a mandate requires our action; a nature corrects the proposed one."""
    permissions.require(actor, Action.CONFIRM_MANDATE)
    [mandate] = mandates_of_versions(session, {mandate_id: version})
    _confirm(session, mandate, requires_action, nature, actor=actor, at=at)
    logger.info("mandate %s confirmed by person %s", mandate.id, actor.person_id)
    return mandate


def confirm_mandates(
    session: Session,
    *,
    decisions: Mapping[int, bool],
    versions: Mapping[int, int] | None = None,
    actor: Actor,
    at: datetime,
) -> int:
    """Decide for each mandate by its id whether it requires our action; return how many.

    ``versions`` are those the person saw, where a page showed them. All are decided or, when one
    is refused, none.
    """
    permissions.require(actor, Action.CONFIRM_MANDATE)
    if not decisions:
        raise Invalid(CHOOSE_SOME)
    found = mandates_of_versions(
        session, {mandate_id: (versions or {}).get(mandate_id) for mandate_id in decisions}
    )
    for mandate in found:
        _confirm(session, mandate, decisions[mandate.id], None, actor=actor, at=at)
    logger.info("%s mandates confirmed by person %s", len(found), actor.person_id)
    return len(found)


def set_aside_rest(session: Session, *, instrument_id: int, actor: Actor, at: datetime) -> int:
    """Set aside what is proposed as asking nothing of us and not confirmed yet; return how many.

    The mandates stay in view and can be confirmed otherwise later.
    """
    permissions.require(actor, Action.CONFIRM_MANDATE)
    if session.get(Instrument, instrument_id) is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    rest = session.scalars(
        select(Mandate)
        .where(
            Mandate.instrument_id == instrument_id,
            Mandate.requires_action.is_(None),
            ~Mandate.is_proposed_for_action,
        )
        .options(*_named())
        .order_by(Mandate.id)
    ).all()
    for mandate in rest:
        _confirm(session, mandate, False, None, actor=actor, at=at)
    logger.info("%s mandates set aside by person %s", len(rest), actor.person_id)
    return len(rest)


def mandates_of_versions(session: Session, versions: Mapping[int, int | None]) -> list[Mandate]:
    """Return the mandates with these ids, in the order of the text, clause and instrument loaded.

    Raises NotFound when one is missing and Stale when one has another version than the person saw
    (None: the person saw none).
    """
    found = session.scalars(
        select(Mandate)
        .join(Clause, Clause.id == Mandate.clause_id)
        .where(Mandate.id.in_(versions))
        .options(*_named())
        .order_by(Mandate.instrument_id, Clause.position)
        .with_for_update(of=Mandate)
    ).all()
    if len(found) != len(versions):
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    for mandate in found:
        if versions[mandate.id] not in {None, mandate.version}:
            raise Stale(
                "Somebody else changed %(mandate)s since you opened the page. Nothing of theirs "
                "was overwritten: open the page again and repeat your change.",
                mandate=reference(mandate),
            )
    return list(found)


def reference(mandate: Mandate) -> CitedParagraph:
    """Return how a mandate is cited, "530(XXIV), para. 5(a)"; clause and instrument are loaded."""
    return CitedParagraph(mandate.instrument.symbol, mandate.clause.path or "")


def _named() -> tuple[ORMOption, ...]:
    return (selectinload(Mandate.clause), selectinload(Mandate.instrument))


def _confirm(
    session: Session,
    mandate: Mandate,
    requires_action: bool,
    nature: Nature | None,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    before = {"requires_action": mandate.requires_action, "nature": mandate.nature}
    after = {"requires_action": requires_action, "nature": nature or mandate.nature}
    if before == after and not mandate.needs_look:
        return
    if mandate.requires_action and not requires_action:
        _refuse_while_asked(session, mandate)
    mandate.requires_action = requires_action
    mandate.nature = nature or mandate.nature
    mandate.confirmed_at = at
    mandate.confirmed_by_id = actor.person_id
    mandate.needs_look = False
    audit.record(
        session,
        actor=actor,
        at=at,
        action="confirm_mandate" if requires_action else "set_mandate_aside",
        subject=mandate,
        before=before,
        after=after,
    )
    if requires_action and mandate.lead_unit_id is not None:
        ask_in_open_periods(session, mandate=mandate, actor=actor, at=at)


def _refuse_while_asked(session: Session, mandate: Mandate) -> None:
    """Refuse to set aside a mandate on which an open period waits for a report."""
    name = session.scalar(
        select(ReportingPeriod.name)
        .join(ProgressReport, ProgressReport.period_id == ReportingPeriod.id)
        .where(
            ProgressReport.mandate_id == mandate.id,
            ~ProgressReport.is_waived,
            ReportingPeriod.state == PeriodState.OPEN,
        )
        .order_by(ReportingPeriod.starts_on)
        .limit(1)
    )
    if name is not None:
        raise WrongState(
            "%(mandate)s is asked about in the period %(period)s. Waive its report for that "
            "period first, then set the mandate aside.",
            mandate=reference(mandate),
            period=name,
        )
