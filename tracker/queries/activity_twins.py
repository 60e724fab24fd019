"""Activities that may be there twice: pairs of the same unit and year with the same title."""

from sqlalchemy import Select, extract, func, select

from tracker.domain.radar import Alike
from tracker.models.activities import Activity
from tracker.queries.kept_apart import is_kept_apart


def twin_pairs() -> Select[int, int]:
    """Return ``first_id`` and ``second_id`` of each pair, without those that a person keeps apart.

    What is compared is made once and only what is there twice is paired: to compare each activity
    with all of its unit takes minutes where there are 30,000.
    """
    key = (Activity.unit_id, func.lower(Activity.title), extract("year", Activity.starts_on))
    keyed = select(
        Activity.id.label("id"),
        key[0].label("unit_id"),
        key[1].label("title"),
        key[2].label("year"),
        func.count().over(partition_by=key).label("alike_count"),
    ).subquery()
    repeated = select(keyed).where(keyed.c.alike_count > 1).cte("repeated")
    first, second = repeated.alias("first"), repeated.alias("second")
    return (
        select(first.c.id.label("first_id"), second.c.id.label("second_id"))
        .join(
            second,
            (second.c.title == first.c.title)
            & (second.c.unit_id == first.c.unit_id)
            & (second.c.year == first.c.year)
            & (second.c.id > first.c.id),
        )
        .where(~is_kept_apart(Alike.ACTIVITY, first.c.id, second.c.id))
    )
