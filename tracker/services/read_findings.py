"""What the machine understands of each clause, kept as proposals for a person."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.clauses import Block, Entity, Proposal, ancestors_of
from tracker.domain.errors import NotFound
from tracker.domain.findings import Finding
from tracker.domain.permissions import Action, Actor
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Body, Clause, ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate, MandateFinding
from tracker.reading.findings import findings_of
from tracker.reading.mandates import propose
from tracker.services import audit
from tracker.services.findings import findings_by_mandate
from tracker.services.proposals import propose_anew

READ_AGAIN = "read_clauses_again"  # as the audit trail says it


def add_findings(
    session: Session,
    mandates: Iterable[Mandate],
    clauses: Mapping[int, Block],
    proposals: Mapping[str, Proposal],
    title: str,
) -> int:
    """Keep what is understood of each mandate's clause as proposals; return how many there are.

    ``clauses`` are by the id of the row that holds them, ``proposals`` by the clause's path.
    """
    count = 0
    for mandate in mandates:
        clause = clauses[mandate.clause_id]
        found = findings_of(clause, proposals[clause.path or ""], title)
        session.add_all(_row(mandate.id, number, one) for number, one in enumerate(found, start=1))
        count += len(found)
    return count


def read_again(
    session: Session, *, instrument_id: int, entity: Entity, actor: Actor | None, at: datetime
) -> int:
    """Propose anew what nobody has decided on, from the text as it stands; return how many.

    Findings that a person accepted, refused or added stay, and so do the fields they speak of. A
    mandate that nobody has confirmed is proposed anew, too. No actor means the system itself.
    """
    if actor is not None:
        permissions.require(actor, Action.CONFIRM_MANDATE)
    instrument, body, title = _instrument(session, instrument_id)
    blocks = _blocks(session, instrument_id)
    ordered = tuple(blocks.values())
    mandates = session.scalars(
        select(Mandate).where(Mandate.clause_id.in_(blocks)).order_by(Mandate.id)
    ).all()
    ids = [mandate.id for mandate in mandates]
    session.execute(
        delete(MandateFinding).where(
            MandateFinding.mandate_id.in_(ids), MandateFinding.decision.is_(None)
        )
    )
    decided = findings_by_mandate(session, ids)
    count = 0
    for mandate in mandates:
        clause = blocks[mandate.clause_id]
        above = ancestors_of(ordered, clause.path or "")
        settled = {finding.field for finding in decided[mandate.id]}
        last = max((finding.position for finding in decided[mandate.id]), default=0)
        proposal = propose(clause, above, entity, body.name)
        if mandate.requires_action is None:
            propose_anew(mandate, proposal, decided[mandate.id])
        found = findings_of(clause, proposal, title)
        fresh = [one for one in found if one.field not in settled]
        session.add_all(_row(mandate.id, n, one) for n, one in enumerate(fresh, start=last + 1))
        count += len(fresh)
    audit.record(
        session,
        actor=actor,
        at=at,
        action=READ_AGAIN,
        subject=instrument,
        after={"finding_count": count},
    )
    return count


def never_read(session: Session) -> tuple[int, ...]:
    """Return the ids of instruments whose clauses nobody has understood yet, the oldest first.

    Those are there that were imported before findings were kept; one that was read again is not
    among them, even where nothing was found.
    """
    was_read = exists().where(
        AuditEntry.subject_kind == Instrument.__tablename__,
        AuditEntry.subject_id == Instrument.id,
        AuditEntry.action == READ_AGAIN,
    )
    has_findings = exists().where(
        Mandate.instrument_id == Instrument.id, MandateFinding.mandate_id == Mandate.id
    )
    has_mandates = exists().where(Mandate.instrument_id == Instrument.id)
    return tuple(
        session.scalars(
            select(Instrument.id)
            .where(has_mandates, ~has_findings, ~was_read)
            .order_by(Instrument.id)
        )
    )


def _row(mandate_id: int, position: int, finding: Finding) -> MandateFinding:
    return MandateFinding(
        mandate_id=mandate_id,
        field=finding.field,
        position=position,
        value=finding.value,
        words=finding.words,
        starts_at=finding.start,
        ends_at=finding.end,
        confidence=finding.confidence,
    )


def _instrument(session: Session, instrument_id: int) -> tuple[Instrument, Body, str]:
    row = session.execute(
        select(Instrument, Body, InstrumentText.title)
        .join(Body, Body.id == Instrument.body_id)
        .join(
            InstrumentText,
            (InstrumentText.instrument_id == Instrument.id) & InstrumentText.is_original,
        )
        .where(Instrument.id == instrument_id)
    ).first()
    if row is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    return row[0], row[1], row[2]


def _blocks(session: Session, instrument_id: int) -> dict[int, Block]:
    """Return the blocks of a resolution as stored, by the id of their row, in their order."""
    rows = session.execute(
        select(Clause, ClauseText)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .where(Clause.instrument_id == instrument_id, ~Clause.is_dropped)
        .order_by(Clause.position)
    )
    return {
        clause.id: Block(
            clause.kind, text.text, clause.number, clause.path, clause.level, text.verb
        )
        for clause, text in rows
    }
