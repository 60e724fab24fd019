"""Phrases as rows and messages between processes hold them, and what was counted as phrases."""

from collections.abc import Mapping
from typing import Any

from tracker.domain.errors import Phrase


def counts(*counted: tuple[str, int]) -> tuple[Phrase, ...]:
    """Return a phrase for each message whose number is not 0; ``%(num)s`` stands for the number."""
    return tuple(Phrase(message, {"num": number}) for message, number in counted if number)


def plain_values(values: Mapping[str, object]) -> dict[str, object]:
    """Return ``values`` as JSON can hold them: whole numbers, texts, and phrases as objects."""
    return {name: _plain(value) for name, value in values.items()}


# Any: what JSON gives back has no types.
def revived_values(values: Mapping[str, Any]) -> dict[str, object]:
    """Return what `plain_values` was given, values of other types as the texts they became."""
    return {name: _revived(value) for name, value in values.items()}


def _plain(value: object) -> object:
    if isinstance(value, Phrase):
        return {"message": value.message, "values": plain_values(value.values)}
    return value if isinstance(value, int) else str(value)


def _revived(value: Any) -> object:
    if isinstance(value, dict):
        return Phrase(value["message"], revived_values(value["values"]))
    return value
