"""What is understood of each clause, accepted or changed by a person."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.findings import SINGLE, STANDING, Decision, FindingField
from tracker.domain.permissions import Action, Actor
from tracker.models.instruments import ClauseText, Instrument
from tracker.models.mandates import Mandate, MandateFinding
from tracker.services import audit
from tracker.services.action_points import follow_findings
from tracker.services.mandates import mandates_of_versions
from tracker.services.understood_fields import hold_accepted

logger = logging.getLogger(__name__)
_LONGEST_VALUE = 2000  # characters
_WAITS = MandateFinding.decision.is_(None) | MandateFinding.needs_look


def accept_findings(session: Session, *, instrument_id: int, actor: Actor, at: datetime) -> int:
    """Accept all that is understood of a resolution and waits for a person; return how many."""
    permissions.require(actor, Action.CONFIRM_MANDATE)
    if session.get(Instrument, instrument_id) is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    versions: dict[int, int | None] = dict.fromkeys(
        session.scalars(
            select(MandateFinding.mandate_id)
            .join(Mandate, Mandate.id == MandateFinding.mandate_id)
            .where(Mandate.instrument_id == instrument_id, _WAITS)
        )
    )
    if not versions:
        return 0
    mandates = mandates_of_versions(session, versions)
    findings = findings_by_mandate(session, versions)
    count = 0
    for mandate in mandates:
        proposed = [one for one in findings[mandate.id] if one.decision is None or one.needs_look]
        for finding in proposed:
            _decide(finding, Decision.ACCEPTED, actor=actor, at=at)
        count += len(proposed)
        _settle(session, mandate, findings[mandate.id], {}, actor=actor, at=at)
    logger.info("%s findings accepted by person %s", count, actor.person_id)
    return count


def decide_findings(
    session: Session,
    *,
    mandate_id: int,
    version: int,
    values: Mapping[FindingField, Sequence[str]],
    actor: Actor,
    at: datetime,
) -> Mandate:
    """Take a person's word: values that are kept are accepted, others refused or added.

    ``values`` has every field; an empty one says that the clause has none.
    """
    permissions.require(actor, Action.CONFIRM_MANDATE)
    [mandate] = mandates_of_versions(session, {mandate_id: version})
    text = _text(session, mandate)
    findings = findings_by_mandate(session, [mandate.id])[mandate.id]
    before = _accepted(findings)
    position = max((finding.position for finding in findings), default=0)
    for field, said in values.items():
        wanted = _distinct(field, said)
        held = [one for one in findings if one.field is field and one.decision != Decision.REFUSED]
        for finding in held:
            is_kept = finding.value in wanted
            _decide(finding, Decision.ACCEPTED if is_kept else Decision.REFUSED, actor=actor, at=at)
        for value in wanted:
            if value not in {finding.value for finding in held}:
                position += 1
                added = _added(mandate.id, position, field, value, text)
                _decide(added, Decision.ADDED, actor=actor, at=at)
                session.add(added)
                findings.append(added)
    _settle(session, mandate, findings, before, actor=actor, at=at)
    return mandate


def _settle(
    session: Session,
    mandate: Mandate,
    findings: Sequence[MandateFinding],
    before: Mapping[str, object],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Let the mandate and its action points say what is accepted, and record it."""
    after = _accepted(findings)
    hold_accepted(mandate, findings)
    follow_findings(session, mandate, findings)
    audit.record(
        session,
        actor=actor,
        at=at,
        action="understand_mandate",
        subject=mandate,
        before=before,
        after=after,
    )


def _decide(finding: MandateFinding, decision: Decision, *, actor: Actor, at: datetime) -> None:
    if finding.needs_look:  # its words are gone: what stands from now on is the person's own word
        finding.needs_look, finding.words = False, ""
    if finding.decision is Decision.ADDED and decision is Decision.ACCEPTED:
        return
    if finding.decision is not decision:
        finding.decision, finding.decided_at = decision, at
        finding.decided_by_id = actor.person_id


def _distinct(field: FindingField, said: Sequence[str]) -> list[str]:
    """Return the values without blanks and repetitions; a field of one value takes one."""
    wanted = list(dict.fromkeys(" ".join(value.split()) for value in said if value.strip()))
    if any(len(value) > _LONGEST_VALUE for value in wanted):
        raise Invalid(
            "One entry is longer than %(longest)s characters. Shorten it, or enter it in parts.",
            field=field.value,
            longest=_LONGEST_VALUE,
        )
    return wanted[:1] if field in SINGLE else wanted


def _accepted(findings: Iterable[MandateFinding]) -> dict[str, object]:
    """Return the values that stand, by field, as the audit trail holds them."""
    held: dict[str, object] = {}
    for field in FindingField:
        values = [one.value for one in findings if one.field is field and one.decision in STANDING]
        if values:
            held[field.value] = values
    return held


def _added(
    mandate_id: int, position: int, field: FindingField, value: str, text: str
) -> MandateFinding:
    """Return a person's finding, with its place where its very words stand in the clause."""
    place = text.casefold().find(value.casefold())
    end = place + len(value)
    return MandateFinding(
        mandate_id=mandate_id,
        field=field,
        position=position,
        value=value,
        words=text[place:end] if place >= 0 else "",
        starts_at=place if place >= 0 else None,
        ends_at=end if place >= 0 else None,
        confidence=100,
    )


def findings_by_mandate(
    session: Session, mandate_ids: Iterable[int]
) -> defaultdict[int, list[MandateFinding]]:
    """Return the findings of each mandate in the order in which they were made."""
    held: defaultdict[int, list[MandateFinding]] = defaultdict(list)
    for finding in session.scalars(
        select(MandateFinding)
        .where(MandateFinding.mandate_id.in_(mandate_ids))
        .order_by(MandateFinding.mandate_id, MandateFinding.position)
    ):
        held[finding.mandate_id].append(finding)
    return held


def _text(session: Session, mandate: Mandate) -> str:
    return session.scalars(
        select(ClauseText.text).where(
            ClauseText.clause_id == mandate.clause_id, ClauseText.is_original
        )
    ).one()
