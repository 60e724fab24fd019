"""What looks alike and is kept apart, as a condition of queries."""

from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute

from tracker.domain.radar import Alike
from tracker.models.kept_apart import KeptApart

Id = ColumnElement[Any] | InstrumentedAttribute[int]


def is_kept_apart(kind: Alike, first_id: Id, second_id: Id) -> ColumnElement[bool]:
    """Say, of two ids of which the first is smaller, that a person keeps the two apart."""
    return exists().where(
        KeptApart.kind == kind, KeptApart.first_id == first_id, KeptApart.second_id == second_id
    )
