"""Finding mandates that ask much the same: some at a time, each again after a season."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor, Role
from tracker.models.alike_mandates import AlikeMandate, ComparedMandate
from tracker.models.mandates import Mandate
from tracker.queries.similar_mandates import SimilarMandate, similar_mandates
from tracker.stemming import all_stems, formula_stems

# Of 100: below this, clauses share their matter and ask different things. Measured in
# tests/benchmarks/alike_mandates.py.
LEAST_ALIKE = 70
# Two bodies word the same otherwise, and have fewer formulas in common.
LEAST_OF_TWO_BODIES = 58
MOST_ALIKE = 99  # what is the same word by word is found without this
LEAST_TELLING = 3  # words in common that are no formula
MOST_OF_ONE = 3  # of the mandates that are alike one
AT_ONCE = 100
AGAIN_AFTER = timedelta(days=90)
# A text that renews or supersedes another one asks the same by design: the lineage shows that.
_BY_DESIGN = frozenset({Relation.RENEWS, Relation.SUPERSEDES, Relation.AMENDS})
Pairs = dict[tuple[int, int], SimilarMandate]
MACHINE = Actor(0, "", "en", "UTC", frozenset({(Role.COORDINATOR, None)}))


def mandates_to_compare(session: Session, *, at: datetime, most: int) -> Sequence[int]:
    """Return mandates in force that ask us something and were not compared this season.

    Those never compared come first, the newest of them before the others.
    """
    compared = ComparedMandate.compared_at
    return session.scalars(
        select(Mandate.id)
        .outerjoin(ComparedMandate, ComparedMandate.mandate_id == Mandate.id)
        .where(
            Mandate.requires_action.is_(True),
            Mandate.lifecycle == Lifecycle.ACTIVE,
            or_(compared.is_(None), compared < at - AGAIN_AFTER),
        )
        .order_by(compared.is_not(None), compared, Mandate.id.desc())
        .limit(most)
    ).all()


def alike_pairs(session: Session, mandate_ids: Sequence[int]) -> Pairs:
    """Return which mandates ask much the same as these, by the ids of both, the smaller first.

    At most ``AT_ONCE`` are compared together. Nothing is written, so that others may meanwhile:
    this takes seconds.
    """
    if len(mandate_ids) > AT_ONCE:
        raise ValueError("Too many mandates to be compared at once.")
    found = similar_mandates(session, mandate_ids, actor=MACHINE, most=2 * MOST_OF_ONE)
    standing = _in_force(
        session, {each.mandate.mandate_id for alike in found.values() for each in alike}
    )
    pairs: Pairs = {}
    for mandate_id, alike in found.items():
        likest = [each for each in alike if each.mandate.mandate_id in standing and is_alike(each)]
        for each in likest[:MOST_OF_ONE]:
            first, second = sorted((mandate_id, each.mandate.mandate_id))
            known = pairs.get((first, second))
            if known is None or known.score < each.score:
                pairs[first, second] = each
    return pairs


def keep_pairs(session: Session, mandate_ids: Sequence[int], pairs: Pairs, *, at: datetime) -> None:
    """Keep what was found of these mandates; what was kept of them before gives way."""
    session.execute(
        delete(AlikeMandate).where(
            or_(AlikeMandate.first_id.in_(mandate_ids), AlikeMandate.second_id.in_(mandate_ids))
        )
    )
    if pairs:
        session.execute(
            insert(AlikeMandate),
            [
                {
                    "first_id": first,
                    "second_id": second,
                    "score": min(how_alike(each), MOST_ALIKE),
                    "words": ", ".join(each.shared_words)[:200],
                }
                for (first, second), each in sorted(pairs.items())
            ],
        )
    session.execute(delete(ComparedMandate).where(ComparedMandate.mandate_id.in_(mandate_ids)))
    session.execute(
        insert(ComparedMandate),
        [{"mandate_id": mandate_id, "compared_at": at} for mandate_id in mandate_ids],
    )


def is_alike(found: SimilarMandate, least: int | None = None) -> bool:
    """Tell whether two mandates that are near one another ask much the same.

    ``least`` is the likeness that is asked for, of 100, else the usual one.
    """
    if least is None:
        least = LEAST_OF_TWO_BODIES if found.is_of_two_bodies else LEAST_ALIKE
    telling = [word for word in found.shared_words if not all_stems(word) & formula_stems()]
    return (
        how_alike(found) >= least
        and len(telling) >= LEAST_TELLING
        and found.relation not in _BY_DESIGN
    )


def how_alike(found: SimilarMandate) -> int:
    """Return how much two mandates ask the same, of 100; titles of two bodies tell nothing."""
    return max(found.score, found.words_alike) if found.is_of_two_bodies else found.score


def _in_force(session: Session, ids: Collection[int]) -> frozenset[int]:
    standing = select(Mandate.id).where(
        Mandate.id.in_(ids),
        Mandate.requires_action.is_(True),
        Mandate.lifecycle == Lifecycle.ACTIVE,
    )
    return frozenset(session.scalars(standing))
