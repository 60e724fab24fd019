"""How an address says which part of a list is shown: sorted by what, and from which row on."""

from enum import StrEnum
from typing import TypeVar

from flask import request

from tracker.queries.paging import Place

Order = TypeVar("Order", bound=StrEnum)


def asked_place() -> Place:
    """Return where in the list the reader stands."""
    return Place(after=request.args.get("after"), before=request.args.get("before"))


def asked_order(default: Order, *, is_descending: bool = False) -> tuple[Order, bool]:
    """Return by what the list is sorted ("?sort=-due") and whether downwards.

    A word that is none of ours asks for nothing: the list then follows the default.
    """
    sort = request.args.get("sort", "")
    try:
        return type(default)(sort.removeprefix("-")), sort.startswith("-")
    except ValueError:
        return default, is_descending
