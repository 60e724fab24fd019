"""What people do while the processes work: answer, move dates, hand on, withdraw, take back."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.faults.world import DUE_ON, Item, World
from tests.reporting import TEXT
from tracker import clock
from tracker.database import Database
from tracker.domain.deadlines import overdue_from
from tracker.domain.errors import Refused
from tracker.domain.mandates import Lifecycle
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.services.assignments import assign_mandate
from tracker.services.progress import return_report, submit_report

LATER = date(2026, 9, 30)
Span = tuple[float, float]
FOR_EVER = float("inf")
OF_CHIEFS = ""  # where the address of a recipient stands: whoever is told that there is no answer


@dataclass(slots=True)
class Acts:
    """Acts on one database; ``silences`` says when nobody may be told of which item.

    A silence begins when the act is committed and ends when what takes it back begins; a mail
    whose claim began inside one should not have named the item.
    """

    database: Database
    world: World
    chance: Random
    silences: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    done: int = 0

    def act(self) -> None:
        """Do one thing to one item; what the rules refuse is left undone."""
        item = self.chance.choice(self.world.items)
        name = self.chance.choice(list(_ACTS))
        try:
            _ACTS[name](self, item)
        except Refused:
            return
        self.done += 1

    def commit(self, step: Callable[[Session], None]) -> float:
        """Do a step in a transaction of its own; return the moment after its commit."""
        with arranging(), self.database.transaction() as session:
            step(session)
        return time.monotonic()

    def silence(self, item: Item, person_ids: frozenset[int], since: float) -> None:
        """Begin a silence about an item for these people."""
        for person_id in person_ids:
            spans = self.silences.setdefault((self.world.addresses[person_id], item.paragraph), [])
            spans.append((since, FOR_EVER))

    def end_silence(self, item: Item, person_ids: frozenset[int]) -> None:
        """End the silences about an item that go on for these people."""
        now = time.monotonic()
        for person_id in person_ids:
            spans = self.silences.get((self.world.addresses[person_id], item.paragraph), [])
            spans[:] = [(begin, min(end, now)) for begin, end in spans]

    def everybody(self, item: Item) -> frozenset[int]:
        """Return those who may answer for an item."""
        return frozenset(actor.person_id for actor in self.world.focal_points[item.unit_id])


def _answer(acts: Acts, item: Item) -> None:
    def step(session: Session) -> None:
        report = session.get_one(ProgressReport, item.report_id)
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=acts.world.focal_points[item.unit_id][1],
            at=clock.now(),
        )

    answered_at = acts.commit(step)
    acts.silence(item, acts.everybody(item), answered_at)
    # Whatever becomes of the answer, no chief is told any more that there is none.
    acts.silences.setdefault((OF_CHIEFS, item.paragraph), []).append((answered_at, FOR_EVER))


def _return(acts: Acts, item: Item) -> None:
    def step(session: Session) -> None:
        report = session.get_one(ProgressReport, item.report_id)
        return_report(
            session,
            report_id=report.id,
            version=report.version,
            remark="Which islands?",
            actor=acts.world.managers[item.unit_id],
            at=clock.now(),
        )

    acts.end_silence(item, acts.everybody(item))
    acts.commit(step)


def _move(acts: Acts, item: Item) -> None:
    _set_due(acts, item, LATER)


def _move_back(acts: Acts, item: Item) -> None:
    _set_due(acts, item, DUE_ON)


def _set_due(acts: Acts, item: Item, due_on: date) -> None:
    def step(session: Session) -> None:
        unit = session.get_one(OrganizationalUnit, item.unit_id)
        session.execute(
            update(ProgressReport)
            .where(ProgressReport.id == item.report_id)
            .values(due_on=due_on, overdue_at=overdue_from(due_on, unit.time_zone))
        )

    acts.commit(step)


def _hand_on(acts: Acts, item: Item) -> None:
    """Give the item to another of its unit, or back."""
    wanted = acts.chance.choice(acts.world.focal_points[item.unit_id]).person_id

    def step(session: Session) -> None:
        mandate = session.get_one(Mandate, item.mandate_id)
        assign_mandate(
            session,
            mandate_id=mandate.id,
            version=mandate.version,
            unit_id=item.unit_id,
            focal_point_id=wanted,
            actor=acts.world.coordinator,
            at=clock.now(),
        )

    with acts.database.reading() as session:
        is_silent = session.get_one(ProgressReport, item.report_id).review.value not in {
            "open", "draft", "returned",
        }  # fmt: skip
        is_over = session.get_one(Mandate, item.mandate_id).lifecycle is not Lifecycle.ACTIVE
    if not (is_silent or is_over):
        acts.end_silence(item, frozenset({wanted}))
    since = acts.commit(step)
    acts.silence(item, acts.everybody(item) - {wanted}, since)


def _withdraw(acts: Acts, item: Item) -> None:
    acts.silence(item, acts.everybody(item), acts.commit(_lifecycle(item, Lifecycle.TERMINATED)))


def _take_back(acts: Acts, item: Item) -> None:
    acts.end_silence(item, acts.everybody(item))
    acts.commit(_lifecycle(item, Lifecycle.ACTIVE))


def _lifecycle(item: Item, lifecycle: Lifecycle) -> Callable[[Session], None]:
    def step(session: Session) -> None:
        session.execute(
            update(Mandate)
            .where(Mandate.id == item.mandate_id)
            .values(
                lifecycle=lifecycle,
                lifecycle_source=None if lifecycle is Lifecycle.ACTIVE else "13(V), para. 2",
            )
        )

    return step


JUMPS = (
    timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=5),
    timedelta(days=1), timedelta(days=4), -timedelta(minutes=1), -timedelta(hours=1),
    -timedelta(days=2), timedelta(days=400), -timedelta(days=400),
)  # fmt: skip
_ACTS: Mapping[str, Callable[[Acts, Item], None]] = {
    "answer": _answer,
    "return": _return,
    "move": _move,
    "move back": _move_back,
    "hand on": _hand_on,
    "withdraw": _withdraw,
    "take back": _take_back,
}
