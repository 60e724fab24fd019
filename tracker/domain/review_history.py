"""The edits of a review in their order, with what was undone; stored, replayed, and counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from tracker.domain.clauses import BlockKind
from tracker.domain.errors import Invalid
from tracker.domain.review_edits import (
    ChangeKind,
    ChangeText,
    Edit,
    Join,
    LeaveOut,
    MoveLevel,
    Renumber,
    Restore,
    Settle,
    Split,
)
from tracker.domain.review_effects import apply_edit
from tracker.domain.reviewed_text import Reviewed


class Turn(StrEnum):
    """A step back or forward among the edits; it changes no paragraph by itself."""

    UNDO = "undo"
    REDO = "redo"


Step = Edit | Turn

_OPERATIONS: Mapping[str, type[Edit]] = {
    "split": Split,
    "join": Join,
    "renumber": Renumber,
    "change_kind": ChangeKind,
    "change_text": ChangeText,
    "leave_out": LeaveOut,
    "restore": Restore,
    "move_level": MoveLevel,
    "settle": Settle,
}
_NAMES = {kind: name for name, kind in _OPERATIONS.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """Which edits hold, each with its number in the history (from 1), and which could be redone."""

    live: tuple[tuple[int, Edit], ...]
    undone: tuple[tuple[int, Edit], ...]


def standing(steps: Iterable[Step]) -> Standing:
    """Return what holds after these steps; a new edit forgets what could have been redone."""
    live: list[tuple[int, Edit]] = []
    undone: list[tuple[int, Edit]] = []
    for position, step in enumerate(steps, start=1):
        if step is Turn.UNDO:
            if live:
                undone.append(live.pop())
        elif step is Turn.REDO:
            if undone:
                live.append(undone.pop())
        else:
            live.append((position, step))
            undone.clear()
    return Standing(tuple(live), tuple(undone))


def replayed(text: Reviewed, steps: Sequence[Step]) -> Reviewed:
    """Return the text after the steps that hold."""
    for position, edit in standing(steps).live:
        text = apply_edit(text, edit, position)
    return text


def check_step(text: Reviewed, steps: Sequence[Step], step: Step) -> Reviewed:
    """Return the text after one more step; raise Invalid when it makes no sense."""
    if isinstance(step, Turn):
        found = standing(steps)
        if step is Turn.UNDO and not found.live:
            raise Invalid("Nothing is left to undo.")
        if step is Turn.REDO and not found.undone:
            raise Invalid("Nothing is left to redo.")
    return replayed(text, [*steps, step])


def step_to_stored(step: Step) -> tuple[str, dict[str, Any]]:
    """Return a step as the name of its operation and plain JSON; see ``step_from_stored``."""
    if isinstance(step, Turn):
        return step.value, {}
    arguments = {field.name: getattr(step, field.name) for field in fields(step)}
    if isinstance(step, Split):
        arguments["offsets"] = list(step.offsets)
    return _NAMES[type(step)], arguments


def step_from_stored(operation: str, arguments: Mapping[str, Any]) -> Step:
    """Return the step that was stored; raise ValueError where this is none."""
    if operation in set(Turn):
        return Turn(operation)
    if operation not in _OPERATIONS:
        raise ValueError(f"There is no edit {operation!r}.")
    given = dict(arguments)
    if operation == "split":
        given["offsets"] = tuple(given["offsets"])
    if operation == "change_kind":
        given["kind"] = BlockKind(given["kind"])
    return _OPERATIONS[operation](**given)
