"""What is understood of each clause of a resolution, with the words that show it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Block, BlockKind, Relation, ancestors_of
from tracker.domain.errors import NotFound
from tracker.domain.findings import Decision, FindingField, Stretch, stretches
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.domain.occasions import Falling, ScheduledSession, when_it_falls
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
from tracker.reading.occasions import asks_for_report

_CLOSED: Mapping[FindingField, type[StrEnum]] = {
    FindingField.NATURE: Nature,
    FindingField.CONCERNS_US: ConcernsUs,
    FindingField.PERIODICITY: Periodicity,
}
_ASKING = frozenset({Nature.ACTION_BY_SECRETARIAT, Nature.ACTION_BY_OTHERS})
# A verb and what it makes of the clause stand in the same words, and subject words are many.
_UNMARKED = frozenset({FindingField.NATURE, FindingField.SUBJECT})
# A clause that asks has these; where one is missing, a person is asked for it.
_NEEDED = (FindingField.NATURE, FindingField.ADDRESSEE, FindingField.PERIODICITY)


@dataclass(frozen=True, slots=True)
class Understood:
    """One finding as people read it; ``number`` marks its words in the text, None: not marked."""

    number: int | None
    field: FindingField
    value: str
    words: str
    confidence: int
    decision: Decision | None
    needs_look: bool = False

    @property
    def member(self) -> StrEnum | None:
        """Return the value as the member of its closed set, None for words of the clause."""
        closed = _CLOSED.get(self.field)
        return closed(self.value) if closed else None


@dataclass(frozen=True, slots=True)
class Related:
    """A text that the clause cites, and how: it recalls, renews, amends it ..."""

    symbol: str
    organ: str | None
    relation: Relation
    words: str
    body_key: str | None
    slug: str | None


@dataclass(frozen=True, slots=True)
class UnderstoodClause:
    """A mandate's clause with its findings; the pieces of its text, joined, are the text."""

    mandate_id: int
    version: int
    path: str
    text: str
    chapeaux: tuple[str, ...]
    pieces: tuple[Stretch, ...]
    findings: tuple[Understood, ...]
    related: tuple[Related, ...]
    falling: Falling | None
    nature: Nature
    requires_action: bool | None
    is_proposed_for_action: bool

    @property
    def by_field(self) -> Mapping[FindingField, tuple[Understood, ...]]:
        """Return the findings of each field that has some, in the order of the fields."""
        return {
            field: found
            for field in FindingField
            if (found := tuple(one for one in self.findings if one.field is field))
        }

    @property
    def waiting_count(self) -> int:
        """Return how many findings wait for a person: undecided, or their words are gone."""
        return sum(one.decision is None or one.needs_look for one in self.findings)

    @property
    def missing(self) -> tuple[FindingField, ...]:
        """Return the fields that the machine was not sure of and nobody has said."""
        if self.nature not in _ASKING:
            return () if self.by_field.get(FindingField.NATURE) else (FindingField.NATURE,)
        return tuple(field for field in _NEEDED if field not in self.by_field)


@dataclass(frozen=True, slots=True)
class UnderstandingPage:
    """A resolution with what is understood of each of its mandates."""

    instrument_id: int
    symbol: str
    title: str
    language: str
    body_key: str
    slug: str
    clauses: tuple[UnderstoodClause, ...]

    @property
    def finding_count(self) -> int:
        """Return how many findings there are."""
        return sum(len(clause.findings) for clause in self.clauses)

    @property
    def waiting_count(self) -> int:
        """Return how many findings nobody has decided on."""
        return sum(clause.waiting_count for clause in self.clauses)

    @property
    def rest_count(self) -> int:
        """Return how many unconfirmed mandates are proposed as asking nothing of us."""
        return sum(
            clause.requires_action is None and not clause.is_proposed_for_action
            for clause in self.clauses
        )


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
