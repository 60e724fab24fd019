"""A hand-over: what a person leaves open, and who takes which part of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Role
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Review

STAYS = 0
"""Chosen in place of a successor: it stays with the person."""


class OpenKind(StrEnum):
    """What somebody leaves open, in the order in which the page asks about it."""

    FOCAL_POINT = "focal_point"
    DEPUTY = "deputy"
    ACTION_POINT = "action_point"
    MANAGER = "manager"
    STAND_IN = "stand_in"
    VIEW = "view"


class Closing(StrEnum):
    """What becomes of an account that a coordinator asks the administrators to close."""

    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"


# The role that a successor needs in the unit of what they take, and is given if they lack it.
NEEDED: Mapping[OpenKind, Role] = {
    OpenKind.FOCAL_POINT: Role.FOCAL_POINT,
    OpenKind.DEPUTY: Role.FOCAL_POINT,
    OpenKind.ACTION_POINT: Role.FOCAL_POINT,
    OpenKind.MANAGER: Role.MANAGER,
}


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that a person leaves open; ``id`` is of the mandate, point, unit or absence.

    A manager of the whole house leaves None as unit.
    """

    kind: OpenKind
    id: int
    unit_id: int | None = None

    @property
    def key(self) -> str:
        """Return what the item is called in a form."""
        return f"{self.kind}-{self.id}"


@dataclass(frozen=True, slots=True)
class Choices:
    """Who takes what: one for everything, others for a kind, others for single items.

    The nearest choice holds; ``STAYS`` leaves it with the person, None or no choice asks the wider.
    """

    everything: int | None = None
    by_kind: Mapping[OpenKind, int] = field(default_factory=dict)
    by_item: Mapping[str, int] = field(default_factory=dict)

    def successor_of(self, item: OpenItem) -> int | None:
        """Return who takes the item; None when it stays with the person."""
        chosen = self.by_item.get(item.key, self.by_kind.get(item.kind, self.everything))
        return chosen or None


def check_successors(person_id: int, successors: Mapping[int, bool]) -> None:
    """Refuse successors, by id with whether they can sign in, that cannot take anything."""
    if not successors:
        raise Invalid("Choose at least one successor.", field="everything")
    if person_id in successors:
        raise Invalid("Nobody hands over to themselves. Choose somebody else.", field="everything")
    if not all(successors.values()):
        raise Invalid(
            "A successor is deactivated and cannot sign in. Choose somebody else.",
            field="everything",
        )


@dataclass(frozen=True, slots=True)
class PackMandate:
    """A mandate in a pack: what is asked, how it stands, and what was said last about it.

    ``draft`` is what the person had begun to write and not submitted; empty texts are left out.
    """

    symbol: str
    path: str
    text: str
    language: str
    unit: str
    is_as_deputy: bool = False
    due_on: date | None = None
    period: str = ""
    review: Review | None = None
    remark: str = ""
    message: str = ""
    said_in: str = ""
    said: ReportText | None = None
    draft: ReportText | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom a successor will need: what they are, in which unit."""

    name: str
    email: str
    role: Role
    unit: str | None


@dataclass(frozen=True, slots=True)
class Pack:
    """All that one successor takes over from a person; ``points`` are (symbol, path, text).

    ``managed`` are units with how many reports wait there for clearance; ``stand_ins`` those who
    are away with the last day; ``activities`` titles with their unit.
    """

    person: str
    successor: str
    language: str
    handed_on: date
    mandates: tuple[PackMandate, ...] = ()
    points: tuple[tuple[str, str, str], ...] = ()
    managed: tuple[tuple[str | None, int], ...] = ()
    stand_ins: tuple[tuple[str, date], ...] = ()
    activities: tuple[tuple[str, str], ...] = ()
    contacts: tuple[Contact, ...] = ()
