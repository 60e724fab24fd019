"""What a reporting period would ask of whom, and what not and why, before anything is sent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from tracker.domain.asking import NotAsked, report_due_on
from tracker.domain.mandates import Lifecycle
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person
from tracker.queries.asked_mandates import AskedMandate, asked_mandates, digest_of, is_completed
from tracker.queries.mandates import ListedMandate, chosen_mandates
from tracker.queries.reminders import staff_by_unit

# So many mandates are shown of one group, of all groups together, and for one reason.
LINES_OF_ONE = 10
LINES_OF_ALL = 1000
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A mandate with the day on which a report on it would be due; None where none is asked."""

    mandate: ListedMandate
    due_on: date | None


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is asked of one person, or of a unit's people where the mandates name nobody.

    ``names`` are the people who are written to; ``lines`` are the first of ``count`` mandates.
    """

    unit_id: int
    unit: str
    names: tuple[str, ...]
    is_named: bool
    count: int
    first_due_on: date
    last_due_on: date
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Mandates that are not asked about for one reason; ``lines`` are the first of ``count``."""

    reason: NotAsked
    count: int
    lines: tuple[PreviewLine, ...]


@dataclass(frozen=True, slots=True)
class PeriodPreview:
    """What a period would ask, by unit and person.

    ``unanswerable`` are the first of the mandates that are asked about though nobody is there to
    be written to. ``digest`` is that of all that is asked.
    """

    digest: str
    asked_count: int
    person_count: int
    groups: tuple[AskedOf, ...]
    unanswerable: tuple[PreviewLine, ...]
    unanswerable_count: int
    left_out: tuple[LeftOut, ...]

    @property
    def unit_count(self) -> int:
        """Return in how many units somebody is asked."""
        return len({group.unit_id for group in self.groups})

    @property
    def ownerless(self) -> LeftOut | None:
        """Return the mandates that would be asked about if only a unit answered for them."""
        return next((each for each in self.left_out if each.reason is NotAsked.NOBODY), None)


@dataclass(frozen=True, slots=True)
class _Answerers:
    """The people of one unit who are written to; empty where a mandate reaches nobody."""

    unit_id: int
    people: frozenset[int]
    is_named: bool


def period_preview(session: Session, *, starts_on: date, due_on: date) -> PeriodPreview:
    """Return what a period with these days would ask now; seven statements, however many rows.

    Groups follow the order of the units, then the names of the people.
    """
    asked = asked_mandates(session)
    due = {
        each.mandate_id: report_due_on(each.due_on, starts_on=starts_on, period_due_on=due_on)
        for each in asked
    }
    names = _names(session)
    by_answerers = _by_answerers(session, asked, names)
    reached = {group: ids for group, ids in by_answerers.items() if group.people}
    unreached = [each for group, ids in by_answerers.items() if not group.people for each in ids]
    most = max(1, min(LINES_OF_ONE, LINES_OF_ALL // max(len(reached), 1)))
    left_out = _left_out(session)
    shown = [mandate_id for ids in reached.values() for mandate_id in ids[:most]]
    shown += unreached[:LINES_OF_ONE]
    shown += [mandate_id for _, ids in left_out.values() for mandate_id in ids]
    listed = {mandate.id: mandate for mandate in chosen_mandates(session, shown)}

    def lines(ids: Sequence[int]) -> tuple[PreviewLine, ...]:
        wanted = set(ids)
        return tuple(PreviewLine(listed[each], due.get(each)) for each in listed if each in wanted)

    return PeriodPreview(
        digest=digest_of(asked),
        asked_count=len(asked),
        person_count=len(frozenset[int]().union(*(group.people for group in reached))),
        groups=tuple(
            AskedOf(
                unit_id=group.unit_id,
                unit=unit,
                names=tuple(sorted(names[person_id] for person_id in group.people)),
                is_named=group.is_named,
                count=len(reached[group]),
                first_due_on=min(due[each] for each in reached[group]),
                last_due_on=max(due[each] for each in reached[group]),
                lines=lines(reached[group][:most]),
            )
            for group, unit in _in_order(session, reached, names)
        ),
        unanswerable=lines(unreached[:LINES_OF_ONE]),
        unanswerable_count=len(unreached),
        left_out=tuple(
            LeftOut(reason, left_out[reason][0], lines(left_out[reason][1]))
            for reason in NotAsked
            if reason in left_out
        ),
    )


def _by_answerers(
    session: Session, asked: Sequence[AskedMandate], names: Mapping[int, str]
) -> Mapping[_Answerers, list[int]]:
    """Return the ids of mandates by who is written to, as the reminders choose them."""
    staff = staff_by_unit(session)
    groups: defaultdict[_Answerers, list[int]] = defaultdict(list)
    for mandate in asked:
        of_unit = staff[mandate.unit_id].focal_points or staff[mandate.unit_id].managers
        person_id = mandate.focal_point_id
        is_named = person_id in names
        people = frozenset({person_id} if person_id is not None and is_named else of_unit)
        # Whoever declined is not written to, and nobody else was given it yet.
        reached = frozenset[int]() if mandate.is_declined else people
        groups[_Answerers(mandate.unit_id, reached, is_named)].append(mandate.mandate_id)
    return groups


def _names(session: Session) -> Mapping[int, str]:
    """Return the names of the active people."""
    return dict(session.execute(select(Person.id, Person.name).where(Person.is_active)).all())


def _in_order(
    session: Session, groups: Collection[_Answerers], names: Mapping[int, str]
) -> list[tuple[_Answerers, str]]:
    """Return the groups with the name of their unit, by units, then by people."""
    units = session.execute(
        select(OrganizationalUnit.id, OrganizationalUnit.name).order_by(
            OrganizationalUnit.position, OrganizationalUnit.name
        )
    ).all()
    place = {row.id: number for number, row in enumerate(units)}
    unit_names = {row.id: row.name for row in units}

    def key(group: _Answerers) -> tuple[int, bool, list[str]]:
        people = sorted(names[person_id] for person_id in group.people)
        return place[group.unit_id], not group.is_named, people

    return [(group, unit_names[group.unit_id]) for group in sorted(groups, key=key)]


def _left_out(session: Session) -> Mapping[NotAsked, tuple[int, list[int]]]:
    """Return, by reason, how many mandates are not asked about and the ids of the first."""
    reason = case(
        (Mandate.requires_action.is_(False), NotAsked.SET_ASIDE.value),
        (Mandate.requires_action.is_(None), NotAsked.UNCONFIRMED.value),
        (Mandate.lifecycle != Lifecycle.ACTIVE, NotAsked.NOT_ACTIVE.value),
        (Mandate.lead_unit_id.is_(None), NotAsked.NOBODY.value),
        (is_completed(), NotAsked.COMPLETED.value),
    )
    judged = select(Mandate.id, reason.label("reason")).subquery()
    placed = (
        select(
            judged.c.id,
            judged.c.reason,
            func.count().over(partition_by=judged.c.reason).label("count"),
            func.row_number()
            .over(partition_by=judged.c.reason, order_by=judged.c.id)
            .label("place"),
        )
        .where(judged.c.reason.is_not(None))
        .subquery()
    )
    found: dict[NotAsked, tuple[int, list[int]]] = {}
    for mandate_id, told, count, _ in session.execute(
        select(placed).where(placed.c.place <= EXAMPLES).order_by(placed.c.id)
    ):
        found.setdefault(NotAsked(told), (count, []))[1].append(mandate_id)
    return found
