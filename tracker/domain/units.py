"""Units as a tree: in which order they stand, and which moves and endings cannot be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from tracker.domain.errors import Invalid, WrongState

Parents = Mapping[int, int | None]
"""The unit that each unit is part of, by id, in the order of the house."""


def in_tree_order(parents: Parents) -> Iterator[tuple[int, int]]:
    """Yield each unit with its depth, 0 at the top, every unit before those that are part of it.

    A unit whose parent is unknown, or that would lead in a ring, stands at the top.
    """
    children: dict[int | None, list[int]] = defaultdict(list)
    for unit_id, parent_id in parents.items():
        children[parent_id if parent_id in parents else None].append(unit_id)
    seen: set[int] = set()
    for unit_id in (*children[None], *parents):
        yield from _below(unit_id, 0, children, seen)


def _below(
    unit_id: int, depth: int, children: Mapping[int | None, list[int]], seen: set[int]
) -> Iterator[tuple[int, int]]:
    if unit_id in seen:
        return
    seen.add(unit_id)
    yield unit_id, depth
    for child_id in children.get(unit_id, ()):
        yield from _below(child_id, depth + 1, children, seen)


def check_move(unit_id: int, parent_id: int | None, parents: Parents) -> None:
    """Refuse to make a unit part of itself or of what is part of it."""
    above = parent_id
    for _step in range(len(parents) + 1):
        if above is None:
            return
        if above == unit_id:
            break
        above = parents.get(above)
    raise Invalid(
        "A unit cannot be part of itself, or of a unit that is part of it. Choose another unit.",
        field="parent_id",
    )


def check_closable(
    name: str,
    *,
    mandates: Iterable[str],
    mandate_count: int,
    units: Iterable[str],
    asking: Iterable[str] = (),
    to_clear_count: int = 0,
) -> None:
    """Refuse to close the unit called ``name`` while something depends on it, saying what.

    ``mandates`` are the first of those it leads, as they are cited; ``units`` those that are part
    of it and not closed; ``asking`` those whose texts it clears at the second level, and
    ``to_clear_count`` how many texts wait for that.
    """
    if mandate_count:
        raise WrongState(
            "%(name)s still leads %(count)s mandates: %(mandates)s. Give them to another unit "
            "first.",
            name=name,
            count=mandate_count,
            mandates=_listed(mandates, mandate_count),
        )
    if parts := tuple(units):
        raise WrongState(
            "These units are part of %(name)s: %(units)s. Move or close them first.",
            name=name,
            units=", ".join(parts),
        )
    if others := tuple(asking):
        raise WrongState(
            "%(name)s clears the texts of these units at the second level: %(units)s. Choose "
            "another unit for it on their pages first.",
            name=name,
            units=", ".join(others),
        )
    if to_clear_count:
        raise WrongState(
            "Reports wait for %(name)s at the second level of clearance: %(count)s. Clear them or "
            "return them first.",
            name=name,
            count=to_clear_count,
        )


def _listed(mandates: Iterable[str], count: int) -> str:
    first = tuple(mandates)
    return "; ".join((*first, "…")) if len(first) < count else "; ".join(first)
