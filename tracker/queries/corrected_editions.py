"""A corrected edition beside the text that is there, and what it means for each mandate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Block, BlockKind, Proposal, ReadResolution, parent_path
from tracker.domain.corrected_editions import Aligned, Fate, HeldParagraph, align, taken_over_by
from tracker.domain.errors import NotFound
from tracker.domain.mandates import Lifecycle
from tracker.models.activities import ActivityLink
from tracker.models.instruments import (
    Body,
    Clause,
    ClauseText,
    Instrument,
    InstrumentText,
)
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.models.progress import ProgressReport


@dataclass(frozen=True, slots=True)
class HangsOnClause:
    """What hangs on a clause that is a mandate: who answers, what was said and done so far."""

    mandate_id: int
    requires_action: bool | None
    lifecycle: Lifecycle
    unit_name: str | None
    focal_point_name: str | None
    report_count: int
    activity_count: int


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    """One paragraph before and after, and what the edition means for its mandate.

    ``proposal`` is what the clause would be proposed as; ``taken_over_by`` the number of the clause
    that says what a dropped one said.
    """

    aligned: Aligned
    mandate: HangsOnClause | None
    proposal: Proposal | None
    taken_over_by: str | None
    is_new_chapeau: bool

    @property
    def before(self) -> str:
        """Return the words that are there, empty for a new paragraph."""
        return self.aligned.held.text if self.aligned.held else ""

    @property
    def after(self) -> str:
        """Return the words of the edition, empty for a dropped paragraph."""
        return self.aligned.block.text if self.aligned.block else ""

    @property
    def before_path(self) -> str | None:
        """Return the number before, None where it was no clause."""
        return self.aligned.held.path if self.aligned.held else None

    @property
    def after_path(self) -> str | None:
        """Return the number in the edition, None where it is no clause."""
        return self.aligned.block.path if self.aligned.block else None

    @property
    def needs_look(self) -> bool:
        """Tell whether a person's confirmation would have to be looked at again."""
        is_confirmed = self.mandate is not None and self.mandate.requires_action is not None
        return is_confirmed and (self.aligned.is_material or self.is_new_chapeau)


@dataclass(frozen=True, slots=True)
class EditionComparison:
    """A text beside its corrected edition; ``version`` is that of the instrument."""

    instrument_id: int
    version: int
    symbol: str
    body_key: str
    slug: str
    language: str
    other_languages: tuple[str, ...]
    title_before: str
    title_after: str
    paragraphs: tuple[ComparedParagraph, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether the file says word for word what is there."""
        is_untouched = all(each.aligned.is_untouched for each in self.paragraphs)
        return is_untouched and self.title_before == self.title_after

    @property
    def clauses(self) -> tuple[ComparedParagraph, ...]:
        """Return the operative clauses."""
        return tuple(each for each in self.paragraphs if _is_clause(each.aligned))

    @property
    def touched_clauses(self) -> tuple[ComparedParagraph, ...]:
        """Return the operative clauses whose words or number differ."""
        return tuple(each for each in self.clauses if not each.aligned.is_untouched)

    @property
    def reworded_clauses(self) -> tuple[ComparedParagraph, ...]:
        """Return the operative clauses that have other words, are new or are dropped."""
        return tuple(each for each in self.clauses if each.aligned.fate is not Fate.SAME)

    @property
    def moved_clauses(self) -> tuple[ComparedParagraph, ...]:
        """Return the operative clauses that have another number alone."""
        return tuple(
            each
            for each in self.clauses
            if each.aligned.fate is Fate.SAME and each.aligned.is_renumbered
        )

    @property
    def unchanged_clauses(self) -> tuple[ComparedParagraph, ...]:
        """Return the operative clauses that stay as they are."""
        return tuple(each for each in self.clauses if each.aligned.is_untouched)

    @property
    def touched_others(self) -> tuple[ComparedParagraph, ...]:
        """Return the other paragraphs that differ: of the preamble, notes, the masthead."""
        return tuple(
            each
            for each in self.paragraphs
            if not (_is_clause(each.aligned) or each.aligned.is_untouched)
        )

    def count(self, fate: Fate) -> int:
        """Return how many clauses this becomes of."""
        return sum(each.aligned.fate == fate for each in self.clauses)

    @property
    def renumbered_count(self) -> int:
        """Return how many clauses have another number."""
        return sum(each.aligned.is_renumbered for each in self.clauses)

    @property
    def look_count(self) -> int:
        """Return how many confirmations would have to be looked at again."""
        return sum(each.needs_look for each in self.clauses)


def held_paragraphs(session: Session, instrument_id: int) -> tuple[HeldParagraph, ...]:
    """Return the paragraphs of a text as it stands, in their order."""
    rows = session.execute(
        select(Clause.id, Clause.kind, Clause.path, ClauseText.text)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .where(Clause.instrument_id == instrument_id, ~Clause.is_dropped)
        .order_by(Clause.position)
    )
    return tuple(HeldParagraph(*row) for row in rows)


def compare_edition(
    session: Session,
    *,
    instrument_id: int,
    reading: ReadResolution,
    title: str,
    proposals: Mapping[str, Proposal],
    said: Mapping[int, int | None] | None = None,
) -> EditionComparison:
    """Return a reading beside the text that is there; ``said`` as ``align`` takes it.

    ``proposals`` are by path. Raises NotFound for an instrument that is not there; takes four
    statements.
    """
    row = session.execute(
        select(Instrument, Body.key, InstrumentText)
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .where(Instrument.id == instrument_id, InstrumentText.is_original)
    ).first()
    if row is None:
        raise NotFound("There is no such resolution. Choose one from the list of resolutions.")
    instrument, body_key, text = row
    aligned = align(held_paragraphs(session, instrument_id), reading.blocks, said)
    mandates = _mandates(session, instrument_id)
    parents = {parent_path(block.path) for block in reading.blocks if block.path}
    return EditionComparison(
        instrument_id=instrument.id,
        version=instrument.version,
        symbol=instrument.symbol,
        body_key=body_key,
        slug=instrument.slug,
        language=text.language,
        other_languages=_other_languages(session, instrument_id),
        title_before=text.title,
        title_after=title,
        paragraphs=tuple(
            _compared(each, aligned, mandates, proposals, parents) for each in aligned
        ),
    )


def _compared(
    each: Aligned,
    aligned: Sequence[Aligned],
    mandates: Mapping[int, HangsOnClause],
    proposals: Mapping[str, Proposal],
    parents: set[str | None],
) -> ComparedParagraph:
    mandate = mandates.get(each.held.clause_id) if each.held else None
    path = each.block.path if each.block else None
    over: Block | None = None
    if each.held is not None and each.fate is Fate.DROPPED and each.held.path:
        over = taken_over_by(each.held, aligned)
    return ComparedParagraph(
        aligned=each,
        mandate=mandate,
        proposal=proposals.get(path) if path else None,
        taken_over_by=over.path if over else None,
        is_new_chapeau=mandate is not None and path is not None and path in parents,
    )


def _mandates(session: Session, instrument_id: int) -> Mapping[int, HangsOnClause]:
    """Return what hangs on each clause that is a mandate, by the id of the clause."""
    reports = (
        select(func.count(ProgressReport.id))
        .where(ProgressReport.mandate_id == Mandate.id, ProgressReport.submitted_at.is_not(None))
        .scalar_subquery()
    )
    activities = (
        select(func.count(ActivityLink.activity_id))
        .where(ActivityLink.mandate_id == Mandate.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Mandate,
            OrganizationalUnit.name.label("unit_name"),
            Person.name.label("focal_point_name"),
            reports.label("report_count"),
            activities.label("activity_count"),
        )
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Mandate.lead_unit_id)
        .outerjoin(Person, Person.id == Mandate.focal_point_id)
        .where(Mandate.instrument_id == instrument_id)
    )
    return {
        row.Mandate.clause_id: HangsOnClause(
            mandate_id=row.Mandate.id,
            requires_action=row.Mandate.requires_action,
            lifecycle=row.Mandate.lifecycle,
            unit_name=row.unit_name,
            focal_point_name=row.focal_point_name,
            report_count=row.report_count,
            activity_count=row.activity_count,
        )
        for row in rows
    }


def _other_languages(session: Session, instrument_id: int) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(InstrumentText.language)
            .where(InstrumentText.instrument_id == instrument_id, ~InstrumentText.is_original)
            .order_by(InstrumentText.language)
        )
    )


def _is_clause(aligned: Aligned) -> bool:
    kinds = {each.kind for each in (aligned.held, aligned.block) if each is not None}
    return BlockKind.OPERATIVE in kinds
