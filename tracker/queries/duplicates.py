"""What may be there twice: mandates in force that say the same, activities with the same title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.radar import Alike
from tracker.domain.records import sees_everything, units_seen
from tracker.models.activities import Activity
from tracker.models.alike_mandates import AlikeMandate
from tracker.models.instruments import ClauseText
from tracker.models.mandates import Mandate
from tracker.queries.activities import ListedActivity, activities_with_ids
from tracker.queries.activity_twins import twin_pairs
from tracker.queries.kept_apart import is_kept_apart
from tracker.queries.mandates import ListedMandate, chosen_mandates

SAME = 100  # how alike two are that say the same word by word
_LEAST = 60  # characters: shorter clauses are alike by chance
_First, _Second = aliased(Activity), aliased(Activity)


@dataclass(frozen=True, slots=True)
class AlikeMandates:
    """Two mandates in force of different texts whose clauses say the same, or much the same.

    ``score`` is how alike they are, of 100; ``words`` are some that both have, "" where all are.
    """

    first: ListedMandate
    second: ListedMandate
    score: int = 100
    words: str = ""

    @property
    def is_of_two_bodies(self) -> bool:
        """Tell whether two bodies ask the same."""
        return self.first.reference.body_key != self.second.reference.body_key


@dataclass(frozen=True, slots=True)
class AlikeActivities:
    """Two activities of the same unit and year that bear the same title."""

    first: ListedActivity
    second: ListedActivity


def alike_mandates(session: Session, *, most: int) -> tuple[Sequence[AlikeMandates], int]:
    """Return the likest pairs of mandates that say the same or nearly so, and how many there are.

    Those that a person keeps apart are left out. Three statements at most.
    """
    counted = _all_mandate_pairs().add_columns(func.count().over().label("total"))
    rows = session.execute(
        counted.order_by(literal_column("score").desc(), "first_id", "second_id").limit(most)
    ).all()
    if not rows:
        return (), 0
    pairs = [(row.first_id, row.second_id) for row in rows]
    found = {each.id: each for each in chosen_mandates(session, _ids(pairs))}
    words = _words(session, pairs)
    return [
        AlikeMandates(
            found[row.first_id],
            found[row.second_id],
            row.score,
            words.get((row.first_id, row.second_id), "") if row.score < SAME else "",
        )
        for row in rows
    ], rows[0].total


def _all_mandate_pairs() -> Select[int, int, int]:
    """Return those that say the same word by word, and those that a job found to be much alike."""
    exact = _mandate_pairs().add_columns(literal(SAME).label("score"))
    first, second = aliased(Mandate), aliased(Mandate)
    stands = [
        condition
        for each in (first, second)
        for condition in (each.requires_action.is_(True), each.lifecycle == Lifecycle.ACTIVE)
    ]
    near = (
        select(AlikeMandate.first_id, AlikeMandate.second_id, AlikeMandate.score)
        .join(first, first.id == AlikeMandate.first_id)
        .join(second, second.id == AlikeMandate.second_id)
        .where(
            *stands,
            ~is_kept_apart(Alike.MANDATE, AlikeMandate.first_id, AlikeMandate.second_id),
        )
    )
    each = union_all(exact, near).subquery()
    return select(
        each.c.first_id, each.c.second_id, func.max(each.c.score).label("score")
    ).group_by(each.c.first_id, each.c.second_id)


def _words(session: Session, pairs: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
    rows = session.execute(
        select(AlikeMandate.first_id, AlikeMandate.second_id, AlikeMandate.words).where(
            AlikeMandate.first_id.in_([first for first, _second in pairs])
        )
    )
    return {(first, second): words for first, second, words in rows}


def alike_activities(
    session: Session, *, seen_by: Actor, most: int
) -> tuple[Sequence[AlikeActivities], int]:
    """Return the first pairs of activities with the same title, and how many there are.

    Those that are too sensitive for ``seen_by`` or kept apart are left out. Two statements at most.
    """
    pairs, count = _first_pairs(session, _activity_pairs(seen_by), most)
    found = {each.id: each for each in activities_with_ids(session, _ids(pairs))} if pairs else {}
    return _matched(AlikeActivities, pairs, found), count


def _first_pairs(
    session: Session, query: Select[int, int], most: int
) -> tuple[Sequence[tuple[int, int]], int]:
    counted = query.add_columns(func.count().over().label("total"))
    rows = session.execute(counted.order_by("first_id", "second_id").limit(most)).all()
    return [(row.first_id, row.second_id) for row in rows], rows[0].total if rows else 0


def _mandate_pairs() -> Select[int, int]:
    # Made once, so that both sides of the pairs are found in it by what they say.
    asking = (
        select(
            Mandate.id.label("id"),
            Mandate.instrument_id.label("instrument_id"),
            func.lower(func.rtrim(ClauseText.text, " .;,")).label("words"),
        )
        .join(ClauseText, (ClauseText.clause_id == Mandate.clause_id) & ClauseText.is_original)
        .where(
            Mandate.requires_action.is_(True),
            Mandate.lifecycle == Lifecycle.ACTIVE,
            func.length(ClauseText.text) >= _LEAST,
        )
        .cte("asking")
    )
    repeated = select(asking.c.words).group_by(asking.c.words).having(func.count() > 1)
    first, second = asking.alias("first"), asking.alias("second")
    return (
        select(first.c.id.label("first_id"), second.c.id.label("second_id"))
        .join(
            second,
            (second.c.words == first.c.words)
            & (second.c.id > first.c.id)
            & (second.c.instrument_id != first.c.instrument_id),
        )
        .where(first.c.words.in_(repeated), ~is_kept_apart(Alike.MANDATE, first.c.id, second.c.id))
    )


def _activity_pairs(seen_by: Actor) -> Select[int, int]:
    pairs = twin_pairs().subquery()
    query = select(pairs.c.first_id, pairs.c.second_id)
    if not sees_everything(seen_by):
        query = (
            query.join(_First, _First.id == pairs.c.first_id)
            .join(_Second, _Second.id == pairs.c.second_id)
            .where(*(_is_seen(each, seen_by) for each in (_First, _Second)))
        )
    return query


def _is_seen(activity: type[Activity], seen_by: Actor) -> ColumnElement[bool]:
    is_open = activity.sensitivity != Sensitivity.CONFIDENTIAL
    return or_(is_open, activity.unit_id.in_(units_seen(seen_by)))


def _ids(pairs: Sequence[tuple[int, int]]) -> list[int]:
    return sorted({each for pair in pairs for each in pair})


def _matched(kind: Any, pairs: Sequence[tuple[int, int]], found: Mapping[int, Any]) -> list[Any]:
    return [kind(found[first], found[second]) for first, second in pairs]
