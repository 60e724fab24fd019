"""The signs of status tags: a page draws each that it uses once, and its tags point to them."""

from collections.abc import Sequence

from flask import Flask, g

from tracker.web.page_words import request_globals


def install(app: Flask) -> None:
    """Let templates point to signs, and draw at the end those that were pointed to."""
    app.add_template_global(used_shape)
    app.add_template_global(used_shapes)


def used_shape(kind: str, value: str) -> str:
    """Note that the page uses the sign of a status; return the id that its drawing gets."""
    here = request_globals()
    shapes: dict[tuple[str, str], None] | None = here.get("status_shapes")
    if shapes is None:
        shapes = here.status_shapes = {}
    shapes[kind, value] = None
    return shape_id(kind, value)


def shape_id(kind: str, value: str) -> str:
    """Return the id that the drawing of a sign has in a page."""
    return f"shape-{kind}-{value}"


def used_shapes() -> Sequence[tuple[str, str, str]]:
    """Return the id, kind and value of each sign that the page has used so far."""
    return [(shape_id(*status), *status) for status in g.get("status_shapes", {})]
