"""What an address may hold: numbers that a database takes, and characters that can be written."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

from tracker.web.texts import is_writable

LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """The id of a row; a larger number leads nowhere, since no database would take it."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **{"max": LARGEST_ID, **named})  # type: ignore[arg-type]


def whole_number(text: str) -> int | None:
    """Return the number that was sent, or None for anything that no row could have."""
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if is_number and int(text) <= LARGEST_ID else None


def row_id(chosen: object) -> int:
    """Return the id of the row that was chosen; raise ValueError for what is none."""
    number = whole_number(str(chosen))
    if number is None:
        raise ValueError(chosen)
    return number


def refuse_strange_address() -> None:
    """Answer "no such page" to an address with characters that no database takes."""
    words = (request.path, *request.args.keys(), *request.args.values())
    if not all(map(is_writable, words)):
        abort(404)


def install(app: Flask) -> None:
    """Hold the addresses of ``app`` to these rules; before its routes are added."""
    app.url_map.converters["int"] = IdConverter
    app.before_request(refuse_strange_address)
