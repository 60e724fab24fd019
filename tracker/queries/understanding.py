"""What is understood of each clause of a resolution, with the words that show it."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Block, BlockKind, Relation, ancestors_of
from tracker.domain.errors import NotFound
from tracker.domain.findings import Decision, FindingField, stretches
from tracker.domain.occasions import ScheduledSession, when_it_falls
from tracker.models.instruments import (
    Body,
    BodySession,
    Citation,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate, MandateFinding
from tracker.queries.understood_clauses import (
    Related,
    UnderstandingPage,
    Understood,
    UnderstoodClause,
)
from tracker.reading.occasions import asks_for_report

# A verb and what it makes of the clause stand in the same words, and subject words are many.
_UNMARKED = frozenset({FindingField.NATURE, FindingField.SUBJECT})


def understanding_of(
    session: Session, instrument_id: int, *, mandate_id: int | None = None
) -> UnderstandingPage:
    """Return what is understood of a resolution, or of one mandate of it; five statements.

    Raises NotFound where there is no such resolution.
    """
    row = session.execute(
        select(Instrument, Body.key, InstrumentText, BodySession.number)
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .outerjoin(BodySession, BodySession.id == Instrument.session_id)
        .where(Instrument.id == instrument_id, InstrumentText.is_original)
    ).first()
    if row is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    instrument, body_key, text, adopted_at = row
    calendar = _calendar(session, instrument.body_id)
    related = _related(session, instrument_id)
    findings = _findings(session, instrument_id)
    blocks, mandates = _clauses(session, instrument_id)
    shown = [
        (clause, mandate)
        for clause, mandate, is_dropped in mandates
        if (mandate_id is None and not is_dropped) or mandate.id == mandate_id
    ]
    return UnderstandingPage(
        instrument_id=instrument_id,
        symbol=instrument.symbol,
        title=text.title,
        language=text.language,
        body_key=body_key,
        slug=instrument.slug,
        clauses=tuple(
            _clause(
                block,
                mandate,
                above=ancestors_of(blocks, block.path or ""),
                findings=findings[mandate.id],
                related=related[mandate.clause_id],
                adopted_at=adopted_at,
                calendar=calendar,
            )
            for block, mandate in shown
        ),
    )


def instrument_of_mandate(session: Session, mandate_id: int) -> int:
    """Return the id of the instrument a mandate comes from; raise NotFound where there is none."""
    found = session.scalar(select(Mandate.instrument_id).where(Mandate.id == mandate_id))
    if found is None:
        raise NotFound("There is no such mandate. Choose one from the list of mandates.")
    return found


def _clause(
    block: Block,
    mandate: Mandate,
    *,
    above: Sequence[Block],
    findings: Sequence[MandateFinding],
    related: Sequence[Related],
    adopted_at: int | None,
    calendar: Sequence[ScheduledSession],
) -> UnderstoodClause:
    standing = [one for one in findings if one.decision is not Decision.REFUSED]
    spans = _spans(standing)
    numbers = {finding_id: number for number, finding_id in enumerate(spans, start=1)}
    return UnderstoodClause(
        mandate_id=mandate.id,
        version=mandate.version,
        path=block.path or "",
        text=block.text,
        chapeaux=tuple(chapeau.text for chapeau in above),
        pieces=stretches(block.text, {numbers[key]: span for key, span in spans.items()}),
        findings=tuple(
            Understood(
                number=numbers.get(one.id),
                field=one.field,
                value=one.value,
                words=one.words,
                confidence=one.confidence,
                decision=one.decision,
                needs_look=one.needs_look,
            )
            for one in standing
        ),
        related=tuple(related),
        falling=when_it_falls(
            mandate.occasion or "",
            adopted_at=adopted_at,
            calendar=calendar,
            wants_report=asks_for_report(as_one_sentence([*above, block])),
        ),
        nature=mandate.nature,
        requires_action=mandate.requires_action,
        is_proposed_for_action=mandate.is_proposed_for_action,
    )


def _spans(findings: Sequence[MandateFinding]) -> dict[int, tuple[int, int]]:
    """Return where the words of the findings that are marked stand, by their ids."""
    return {
        one.id: (one.starts_at, one.ends_at)
        for one in findings
        if one.field not in _UNMARKED and one.starts_at is not None and one.ends_at is not None
    }


def as_one_sentence(blocks: Sequence[Block]) -> str:
    """Return a clause and those above it as one sentence, "... Secretary: to report"."""
    return " ".join(block.text[:1].lower() + block.text[1:] for block in blocks)


def _clauses(
    session: Session, instrument_id: int
) -> tuple[tuple[Block, ...], list[tuple[Block, Mandate, bool]]]:
    """Return the operative clauses, and those that are a mandate with it, in their order.

    Beside each mandate stands whether its clause was dropped from the text.
    """
    rows = session.execute(
        select(Clause, ClauseText, Mandate)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .outerjoin(Mandate, Mandate.clause_id == Clause.id)
        .where(Clause.instrument_id == instrument_id, Clause.kind == BlockKind.OPERATIVE)
        .order_by(Clause.position)
    ).all()
    blocks = tuple(Block(c.kind, t.text, c.number, c.path, c.level, t.verb) for c, t, _ in rows)
    paired = zip(blocks, rows, strict=True)
    return blocks, [
        (block, mandate, clause.is_dropped)
        for block, (clause, _text, mandate) in paired
        if mandate is not None
    ]


def _findings(session: Session, instrument_id: int) -> defaultdict[int, list[MandateFinding]]:
    """Return the findings of each mandate in the order of the fields, added ones with their own."""
    held: defaultdict[int, list[MandateFinding]] = defaultdict(list)
    for finding in session.scalars(
        select(MandateFinding)
        .join(Mandate, Mandate.id == MandateFinding.mandate_id)
        .where(Mandate.instrument_id == instrument_id)
        .order_by(MandateFinding.mandate_id, MandateFinding.position)
    ):
        held[finding.mandate_id].append(finding)
    order = list(FindingField)
    for found in held.values():
        found.sort(key=lambda one: order.index(one.field))
    return held


def _related(session: Session, instrument_id: int) -> defaultdict[int, list[Related]]:
    held: defaultdict[int, list[Related]] = defaultdict(list)
    rows = session.execute(
        select(Citation, Body.key, Instrument.slug)
        .outerjoin(Instrument, Instrument.id == Citation.cited_instrument_id)
        .outerjoin(Body, Body.id == Instrument.body_id)
        .where(Citation.instrument_id == instrument_id)
        .order_by(Citation.id)
    )
    for one, body_key, slug in rows:
        if one.clause_id is None:
            continue
        held[one.clause_id].append(
            Related(one.symbol, one.organ, Relation(one.relation), one.words, body_key, slug)
        )
    return held


def _calendar(session: Session, body_id: int) -> tuple[ScheduledSession, ...]:
    rows = session.execute(
        select(BodySession.number, BodySession.name, BodySession.opens_on)
        .where(BodySession.body_id == body_id)
        .order_by(BodySession.number)
    )
    return tuple(ScheduledSession(*row) for row in rows)
