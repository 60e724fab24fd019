"""Whose mails to come must be worked out together, since what one is told changes another's."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain


def parts_of(
    people: Mapping[int, Collection[int]],
    bound: Iterable[Collection[int]],
    last: Collection[int],
    *,
    most: int,
) -> Iterator[Sequence[int]]:
    """Part people into rows, of which each can be looked at when those before it were.

    Those of each set in ``bound`` stay together; ``last`` come in the last row, with whoever is
    bound to one of them. The others come in their order, in rows which end once what ``people``
    say, with which reports each comes, is ``most`` reports or more.
    """
    leaders: dict[int, int] = {}
    for each in chain([last], bound):
        _bind(leaders, each)
    groups: dict[int, list[int]] = {}
    for person_id in dict.fromkeys(chain(people, last)):
        groups.setdefault(_leader(leaders, person_id), []).append(person_id)
    at_last = groups.pop(_leader(leaders, min(last)), []) if last else []
    row: list[int] = []
    reports: set[int] = set()
    for group in groups.values():
        row += group
        reports.update(*(people.get(person_id, ()) for person_id in group))
        if len(reports) >= most:
            yield row
            row, reports = [], set()
    yield from (each for each in (row, at_last) if each)


def _bind(leaders: dict[int, int], people: Collection[int]) -> None:
    found = {_leader(leaders, person_id) for person_id in people}
    leaders.update(dict.fromkeys(found, min(found, default=0)))


def _leader(leaders: dict[int, int], person_id: int) -> int:
    while (leader := leaders.get(person_id, person_id)) != person_id:
        person_id = leader
    return person_id
