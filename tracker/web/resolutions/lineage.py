"""Views of lineages: of an instrument among others, and of one clause over the sessions."""

from itertools import pairwise

from flask import render_template

from tracker.domain.clauses import Relation
from tracker.domain.differences import Part, word_difference
from tracker.domain.lineage import draw
from tracker.domain.permissions import Action, may_ever
from tracker.queries.lineage import MOST_INSTRUMENTS, lineage_of
from tracker.queries.mandate_lineage import Step, steps_of
from tracker.queries.mandate_owners import owned_mandate
from tracker.queries.recommendations import reviewed_bodies
from tracker.queries.renewals import RENEWING
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading


@blueprint.get("/resolutions/<int:instrument_id>/lineage")
@requires(Action.READ)
def lineage(instrument_id: int) -> str:
    with reading() as session:
        found = lineage_of(session, instrument_id)
        reviewed = reviewed_bodies(session, instrument_id=instrument_id)
    picture = draw(
        [each.instrument.id for each in found.instruments],
        [(each.later_id, each.earlier_id, each.relation in RENEWING) for each in found.relations],
    )
    return render_template(
        "resolutions/lineage.html",
        lineage=found,
        picture=picture,
        instruments={each.instrument.id: each for each in found.instruments},
        relations=Relation,
        most=MOST_INSTRUMENTS,
        may_review=reviewed[0].is_on and may_ever(actor(), Action.REVIEW_MANDATE),
        instrument_id=instrument_id,
        may_confirm=may_ever(actor(), Action.CONFIRM_MANDATE),
    )


@blueprint.get("/mandates/<int:mandate_id>/lineage")
@requires(Action.READ)
def clause_lineage(mandate_id: int) -> str:
    with reading() as session:
        mandate = owned_mandate(session, mandate_id)
        steps = steps_of(session, mandate, actor=actor())
    return render_template("mandates/lineage.html", mandate=mandate, steps=_with_differences(steps))


def _with_differences(steps: tuple[Step, ...]) -> list[tuple[Step, tuple[Part, ...] | None]]:
    """Return each step with its difference from the one before; None where languages differ."""
    found: list[tuple[Step, tuple[Part, ...] | None]] = [(step, None) for step in steps[:1]]
    for before, step in pairwise(steps):
        is_comparable = before.language == step.language
        parts = tuple(word_difference(before.text, step.text)) if is_comparable else None
        found.append((step, parts))
    return found
