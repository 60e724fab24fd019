"""A new resolution lined up with an older one, and what each clause would carry over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.assignments import Acceptance, Answerers
from tracker.domain.errors import Invalid
from tracker.domain.inheritance import (
    Fate,
    OwnerFate,
    Pair,
    ReportFate,
    Wording,
    line_up,
)
from tracker.domain.mandates import Lifecycle
from tracker.domain.similarity import Weights
from tracker.domain.workflow import ANSWERED
from tracker.models.people import OrganizationalUnit
from tracker.queries.lined_clauses import (
    LinedClause,
    LinedInstrument,
    activity_links,
    confirmed_pairs,
    lined_clauses,
    lined_instrument,
    open_reports,
)
from tracker.queries.mandates import possible_focal_points
from tracker.stemming import formula_stems, stems_of_text, telling_stems


@dataclass(frozen=True, slots=True)
class LinedReport:
    """What becomes of the report on the old mandate in an open period."""

    report_id: int
    version: int
    period_id: int
    period: str
    fate: ReportFate


@dataclass(frozen=True, slots=True)
class Line:
    """A new clause beside an old one, and what confirming that would carry over.

    ``wanted`` is who would answer for the new mandate. ``links`` are the activities that would be
    linked to it, each with its sentence. ``is_done`` says that a person confirmed it before.
    """

    later: LinedClause | None
    earlier: LinedClause | None
    fate: Fate
    likeness: float | None
    owner: OwnerFate | None = None
    wanted: Answerers | None = None
    links: tuple[tuple[int, str], ...] = ()
    reports: tuple[LinedReport, ...] = ()
    is_done: bool = False

    @property
    def key(self) -> str:
        """Return what the line is called in a form: its mandates, "7-3" or "-3"."""
        later = self.later.mandate_id if self.later else ""
        earlier = self.earlier.mandate_id if self.earlier else ""
        return f"{later}-{earlier}"

    @property
    def can_be_confirmed(self) -> bool:
        """Tell whether there is something to confirm: a pair or a clause that was dropped."""
        return self.earlier is not None and not self.is_done


@dataclass(frozen=True, slots=True)
class Lining:
    """Two resolutions lined up, clause by clause, in the order of the later one."""

    later: LinedInstrument
    earlier: LinedInstrument
    lines: tuple[Line, ...]
    earlier_clauses: tuple[LinedClause, ...]

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """Return the lines that nobody has confirmed yet."""
        return tuple(line for line in self.lines if not line.is_done)

    @property
    def done_lines(self) -> tuple[Line, ...]:
        """Return the lines that were confirmed."""
        return tuple(line for line in self.lines if line.is_done)

    def count(self, fate: Fate) -> int:
        """Return how many of the lines that wait have a fate."""
        return sum(line.fate == fate for line in self.open_lines)

    @property
    def seal(self) -> str:
        """Return a mark of what would be done, by which a later plan is seen to be the same."""
        return sha256(repr(self.lines).encode()).hexdigest()


def lining_of(
    session: Session,
    *,
    later_id: int,
    earlier_id: int,
    said: Mapping[int, int | None] | None = None,
) -> Lining:
    """Return the two resolutions lined up; ``said`` as ``line_up`` takes it. Twelve statements.

    Raises NotFound for an unknown resolution and Invalid where the two cannot be lined up.
    """
    later = lined_instrument(session, later_id)
    earlier = lined_instrument(session, earlier_id)
    _check(later, earlier)
    clauses = lined_clauses(session, later_id, earlier_id)
    if not clauses[earlier_id]:
        raise Invalid(
            "%(symbol)s has no clauses here yet, so nothing carries over from it. Import its text "
            "first.",
            field="symbol",
            symbol=earlier.symbol,
        )
    renewed = confirmed_pairs(session, later_id, [each.mandate_id for each in clauses[earlier_id]])
    lines = _Lines(session, later, clauses[later_id], clauses[earlier_id], renewed)
    return Lining(later, earlier, lines.all(said or {}), tuple(clauses[earlier_id]))


def _check(later: LinedInstrument, earlier: LinedInstrument) -> None:
    if later.id == earlier.id:
        raise Invalid(
            "A resolution cannot renew itself. Enter the symbol of an earlier one.", field="symbol"
        )
    days = (earlier.adopted_on, later.adopted_on)
    if days[0] is not None and days[1] is not None and days[0] > days[1]:
        raise Invalid(
            "%(symbol)s was adopted later. Open that one, and line it up with the earlier one "
            "from there.",
            field="symbol",
            symbol=earlier.symbol,
        )


class _Lines:
    """What the lines are made of, looked up once for all."""

    def __init__(
        self,
        session: Session,
        instrument: LinedInstrument,
        later: Sequence[LinedClause],
        earlier: Sequence[LinedClause],
        renewed: Mapping[int, set[int | None]],
    ) -> None:
        self.instrument = instrument
        self.later = {each.mandate_id: each for each in later}
        self.earlier = {each.mandate_id: each for each in earlier}
        self.renewed = renewed
        self.links = activity_links(session, [*self.later, *self.earlier])
        self.reports = open_reports(session, list(self.earlier))
        self.writers = {
            (person.id, unit_id)
            for person in possible_focal_points(session)
            for unit_id in person.unit_ids
        }
        self.open_units = set(
            session.scalars(
                select(OrganizationalUnit.id).where(OrganizationalUnit.closed_at.is_(None))
            )
        )

    def all(self, said: Mapping[int, int | None]) -> tuple[Line, ...]:
        """Return the lines in the order of the later resolution."""
        done = {
            later_id: earlier_id
            for earlier_id, later_ids in self.renewed.items()
            for later_id in later_ids
            if later_id is not None
        }
        known = {new: old for new, old in said.items() if new in self.later}
        earlier, later = _wordings(self.earlier.values()), _wordings(self.later.values())
        sample = (each.stems for each in (*earlier, *later))
        pairs = line_up(earlier, later, Weights(sample, formula_stems()), {**known, **done})
        lines = (self._line(pair) for pair in pairs)
        return tuple(line for line in lines if line is not None)

    def _line(self, pair: Pair) -> Line | None:
        later = self.later[pair.later_id] if pair.later_id is not None else None
        earlier = self.earlier[pair.earlier_id] if pair.earlier_id is not None else None
        is_done = earlier is not None and (
            (later.mandate_id if later else None) in self.renewed.get(earlier.mandate_id, ())
        )
        if earlier is not None and later is None:
            if not is_done and earlier.lifecycle is not Lifecycle.ACTIVE:
                return None
            return Line(None, earlier, pair.fate, None, is_done=is_done)
        if later is None or earlier is None or is_done:
            return Line(later, earlier, pair.fate, pair.likeness, is_done=is_done)
        owner, wanted = self._owner(later, earlier)
        return Line(
            later,
            earlier,
            pair.fate,
            pair.likeness,
            owner=owner,
            wanted=wanted,
            links=self._links_to_carry(later, earlier),
            reports=self._report_fates(earlier),
        )

    def _owner(
        self, later: LinedClause, earlier: LinedClause
    ) -> tuple[OwnerFate, Answerers | None]:
        requires = (
            earlier.requires_action if later.requires_action is None else (later.requires_action)
        )
        fate = OwnerFate.GIVEN
        if requires is None:
            fate = OwnerFate.UNDECIDED
        elif not requires:
            fate = OwnerFate.SET_ASIDE
        elif later.answerers is not None:
            fate = OwnerFate.KEPT
        elif earlier.answerers is None:
            fate = OwnerFate.NOBODY
        elif earlier.acceptance is Acceptance.DECLINED:
            fate = OwnerFate.DECLINED
        elif earlier.answerers.unit_id not in self.open_units:
            fate = OwnerFate.CLOSED
        if fate is not OwnerFate.GIVEN or earlier.answerers is None:
            return fate, None
        return fate, self._as_now(earlier.answerers)

    def _as_now(self, answerers: Answerers) -> Answerers:
        """Return who answers, without people who cannot any more and units that are closed."""
        unit_id = answerers.unit_id
        focal_point_id, deputy_id = (
            key if (key, unit_id) in self.writers else None
            for key in (answerers.focal_point_id, answerers.deputy_id)
        )
        return Answerers(
            unit_id,
            focal_point_id,
            deputy_id,
            answerers.contributing_unit_ids & frozenset(self.open_units),
            answerers.joint_lead,
        )

    def _links_to_carry(
        self, later: LinedClause, earlier: LinedClause
    ) -> tuple[tuple[int, str], ...]:
        there = {activity_id for activity_id, _ in self.links[later.mandate_id]}
        return tuple(each for each in self.links[earlier.mandate_id] if each[0] not in there)

    def _report_fates(self, earlier: LinedClause) -> tuple[LinedReport, ...]:
        adopted_on = self.instrument.adopted_on
        found = []
        for report, period in self.reports[earlier.mandate_id]:
            if report.review in ANSWERED:
                fate = ReportFate.STANDS
            elif adopted_on is not None and period.ends_on < adopted_on:
                fate = ReportFate.EARLIER
            else:
                fate = ReportFate.MOVES
            found.append(LinedReport(report.id, report.version, period.id, period.name, fate))
        return tuple(found)


def _wordings(clauses: Collection[LinedClause]) -> list[Wording]:
    return [
        Wording(
            each.mandate_id,
            each.text,
            telling_stems(stems_of_text(each.text, each.language)),
            each.path.rpartition(".")[2],
        )
        for each in clauses
    ]
