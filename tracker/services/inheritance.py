"""Inheritance on renewal: owners, activities and history carry over, clause by clause."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain import permissions
from tracker.domain.assignments import AssignmentOrder
from tracker.domain.clauses import CitedParagraph
from tracker.domain.errors import N_, Invalid, Phrase, Stale
from tracker.domain.inheritance import (
    ENDED_BY_SUCCESSOR,
    ENDED_WITHOUT,
    Fate,
    OwnerFate,
    ReportFate,
)
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.permissions import Action, Actor
from tracker.domain.workflow import ANSWERED, Review
from tracker.models.activities import ActivityLink
from tracker.models.mandates import Mandate, MandateRenewal
from tracker.models.progress import ProgressDraft, ProgressReport
from tracker.queries.inheritance import Line, Lining, lining_of
from tracker.sentences import words_of
from tracker.services import audit
from tracker.services.assignments import MOST_AT_ONCE, assign_each
from tracker.services.due_dates import waive_report
from tracker.services.mandates import confirm_mandates, mandates_of_versions

logger = logging.getLogger(__name__)
_LONGEST_SOURCE = 400  # characters
_STRICTNESS = tuple(Sensitivity)
_DRAFT_COLUMNS = (
    "author_id",
    "saved_at",
    "status",
    "status_reason",
    "postponed_to",
    "done",
    "results",
    "next_steps",
    "difficulties",
    "language",
)
_ASKED_THERE = N_("%(mandate)s takes its place, and is asked about in this period instead.")
_ANSWERED_THERE = N_("%(mandate)s, whose place it takes, is what this period asks about.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of the lines of two resolutions.

    ``said`` is which old mandate a new one is (None: a new clause); ``taken`` are the keys of the
    lines to confirm, all that say the same where it is None. ``ends_as`` is what the old mandates
    of pairs become, ``dropped`` what those without a new clause become, by their ids.
    """

    said: Mapping[int, int | None] = field(default_factory=dict)
    taken: frozenset[str] | None = None
    ends_as: Lifecycle = Lifecycle.RENEWED
    dropped: Mapping[int, Lifecycle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What was done: how many clauses, and how many of them got an owner or activities."""

    clause_count: int
    owner_count: int
    link_count: int


def inherit(
    session: Session,
    *,
    later_id: int,
    earlier_id: int,
    choices: Choices,
    seal: str | None = None,
    actor: Actor,
    at: datetime,
) -> Inherited:
    """Carry over what the chosen lines say, all of them or none.

    What was confirmed before is done already and changes nothing. Raises Stale when the lines are
    not those that the person was shown under ``seal`` (None: nobody was shown any), Invalid when
    none is chosen.
    """
    permissions.require(actor, Action.CONFIRM_MANDATE)
    _check_choices(choices)
    lining = lining_of(session, later_id=later_id, earlier_id=earlier_id, said=choices.said)
    lines = _taken(lining, choices)
    mandates = _locked(session, lines)
    if seal is not None and seal != lining.seal:
        raise Stale(
            "What would carry over is not what the page showed: a clause was moved, or somebody "
            "else changed something. Nothing was confirmed yet. Look at it once more, then confirm."
        )
    work = _Work(session, lining, choices, mandates, actor, at)
    outcome = work.do(lines)
    logger.info("%s clauses of instrument %s inherited", outcome.clause_count, later_id)
    return outcome


def _check_choices(choices: Choices) -> None:
    ends = {choices.ends_as} - ENDED_BY_SUCCESSOR | set(choices.dropped.values()) - ENDED_WITHOUT
    if ends:
        raise Invalid("Choose what becomes of the old mandates from the list.", field="ends_as")


def _taken(lining: Lining, choices: Choices) -> Sequence[Line]:
    ready = [line for line in lining.lines if line.can_be_confirmed]
    if choices.taken is None:
        lines = [line for line in ready if line.fate is Fate.SAME]
    else:
        lines = [line for line in ready if line.key in choices.taken]
    done = {line.key for line in lining.done_lines}
    if not lines and not (choices.taken and choices.taken <= done):
        raise Invalid("Nothing was selected. Select one line or more, then try again.")
    return lines[:MOST_AT_ONCE]


def _locked(session: Session, lines: Sequence[Line]) -> Mapping[int, Mandate]:
    """Return the mandates of the lines, held until the end; refuse what changed meanwhile."""
    sides = [side for line in lines for side in (line.later, line.earlier) if side is not None]
    if not sides:
        return {}
    versions: dict[int, int | None] = {side.mandate_id: side.version for side in sides}
    return {mandate.id: mandate for mandate in mandates_of_versions(session, versions)}


class _Work:
    """The lines that are confirmed, and the mandates that they are about."""

    def __init__(
        self,
        session: Session,
        lining: Lining,
        choices: Choices,
        mandates: Mapping[int, Mandate],
        actor: Actor,
        at: datetime,
    ) -> None:
        self.session, self.lining, self.choices = session, lining, choices
        self.mandates, self.actor, self.at = mandates, actor, at

    def do(self, lines: Sequence[Line]) -> Inherited:
        """Do what the lines say."""
        pairs = [line for line in lines if line.later is not None]
        self._decide(pairs)
        self._assign(pairs)
        for line in pairs:
            self._carry(line)
        for line in lines:
            self._end(line)
        self.session.flush()
        return Inherited(
            clause_count=len(lines),
            owner_count=sum(line.owner is OwnerFate.GIVEN for line in pairs),
            link_count=sum(len(line.links) for line in pairs),
        )

    def _decide(self, lines: Sequence[Line]) -> None:
        """Let a new clause that nobody decided on require our action where the old one does."""
        decisions = {
            line.later.mandate_id: line.earlier.requires_action
            for line in lines
            if line.later is not None
            and line.earlier is not None
            and line.later.requires_action is None
            and line.earlier.requires_action is not None
        }
        if decisions:
            confirm_mandates(self.session, decisions=decisions, actor=self.actor, at=self.at)

    def _assign(self, lines: Sequence[Line]) -> None:
        orders = [
            AssignmentOrder(line.later.mandate_id, None, line.wanted)
            for line in lines
            if line.later is not None and line.wanted is not None
        ]
        if orders:
            assign_each(self.session, orders, actor=self.actor, at=self.at)

    def _carry(self, line: Line) -> None:
        if line.later is None or line.earlier is None:
            return
        later = self.mandates[line.later.mandate_id]
        earlier = self.mandates[line.earlier.mandate_id]
        later.subprogramme_id = later.subprogramme_id or earlier.subprogramme_id
        later.sensitivity = max(later.sensitivity, earlier.sensitivity, key=_STRICTNESS.index)
        self.session.add_all(
            ActivityLink(
                activity_id=activity_id,
                mandate_id=later.id,
                contribution=contribution,
                linked_at=self.at,
                linked_by_id=self.actor.person_id,
            )
            for activity_id, contribution in line.links
        )
        audit.record(
            self.session,
            actor=self.actor,
            at=self.at,
            action="inherit_mandate",
            subject=later,
            after={
                "from": str(_cited(self.lining.earlier.symbol, line.earlier.path)),
                "mandate_id": earlier.id,
                "activity_ids": [activity_id for activity_id, _ in line.links],
                "owner": line.owner,
            },
        )
        self._follow_reports(line, later)

    def _end(self, line: Line) -> None:
        if line.earlier is None:
            return
        earlier = self.mandates[line.earlier.mandate_id]
        before = {"lifecycle": earlier.lifecycle, "source": earlier.lifecycle_source}
        becomes = self._becomes(line, earlier)
        if becomes is not earlier.lifecycle:
            earlier.lifecycle = becomes
            earlier.lifecycle_source = self._source(line)
        elif line.later is not None and becomes in ENDED_BY_SUCCESSOR:
            also = f"{earlier.lifecycle_source}; {self._source(line)}"
            earlier.lifecycle_source = also[:_LONGEST_SOURCE]
        self.session.add(
            MandateRenewal(
                earlier_mandate_id=earlier.id,
                later_instrument_id=self.lining.later.id,
                later_mandate_id=line.later.mandate_id if line.later else None,
                lifecycle=earlier.lifecycle,
                likeness=None if line.likeness is None else round(100 * line.likeness),
                confirmed_at=self.at,
                confirmed_by_id=self.actor.person_id,
            )
        )
        audit.record(
            self.session,
            actor=self.actor,
            at=self.at,
            action="renew_mandate" if line.later else "drop_mandate",
            subject=earlier,
            before=before,
            after={
                "lifecycle": earlier.lifecycle,
                "source": earlier.lifecycle_source,
                "by": self._source(line),
            },
        )

    def _becomes(self, line: Line, earlier: Mandate) -> Lifecycle:
        if line.later is None:
            return self.choices.dropped.get(earlier.id, Lifecycle.ELAPSED)
        return self.choices.ends_as if earlier.lifecycle is Lifecycle.ACTIVE else earlier.lifecycle

    def _source(self, line: Line) -> str:
        symbol = self.lining.later.symbol
        return str(_cited(symbol, line.later.path)) if line.later else symbol

    def _follow_reports(self, line: Line, later: Mandate) -> None:
        """Let each open period ask about one of the two, never both."""
        if line.later is None or line.earlier is None:
            return
        cited = {
            "later": _cited(self.lining.later.symbol, line.later.path),
            "earlier": _cited(self.lining.earlier.symbol, line.earlier.path),
        }
        asked = {
            report.period_id: report
            for report in self.session.scalars(
                select(ProgressReport).where(
                    ProgressReport.mandate_id == later.id, ~ProgressReport.is_waived
                )
            )
        }
        for old in line.reports:
            new = asked.get(old.period_id)
            if old.fate is ReportFate.MOVES:
                if new is not None:
                    self._carry_drafts(old.report_id, new)
                self._waive(old.report_id, old.version, _ASKED_THERE, cited["later"])
            elif new is not None and new.review not in ANSWERED:
                self._waive(new.id, new.version, _ANSWERED_THERE, cited["earlier"])

    def _waive(self, report_id: int, version: int, why: str, cited: CitedParagraph) -> None:
        waive_report(
            self.session,
            report_id=report_id,
            version=version,
            reason=words_of(Phrase(why, {"mandate": cited}), self.actor.language),
            actor=self.actor,
            at=self.at,
        )

    def _carry_drafts(self, from_id: int, report: ProgressReport) -> None:
        """Copy what people had begun to write, where they have not begun anew."""
        drafts = self.session.scalars(
            select(ProgressDraft).where(ProgressDraft.report_id.in_((from_id, report.id)))
        ).all()
        begun = {draft.author_id for draft in drafts if draft.report_id == report.id}
        carried = [
            draft for draft in drafts if draft.report_id == from_id and draft.author_id not in begun
        ]
        for draft in carried:
            copied = {name: getattr(draft, name) for name in _DRAFT_COLUMNS}
            self.session.add(ProgressDraft(report_id=report.id, **copied))
        if carried and report.review is Review.OPEN:
            report.review = Review.DRAFT


def _cited(symbol: str, path: str) -> CitedParagraph:
    return CitedParagraph(symbol, path)
