"""The address of the page that is shown, with some of what it asks changed.

A function, since the page of a list has a dozen of them and a macro takes several times as long.
"""

from functools import lru_cache
from urllib.parse import quote, quote_plus

from flask import Flask, request
from markupsafe import Markup, escape

_PLACE: dict[str, object] = {"after": None, "before": None}  # in a list; it is left behind


def asked_address(to: str | None = None, **changed: object) -> Markup:
    """Return the address of the page, or of another, with what it asks; None removes a question.

    A list asks several times. What the reader wrote into the address is kept as it came.
    """
    asked: dict[str, object] = {**request.args.to_dict(flat=False), **_PLACE, **changed}
    pairs = [
        f"{_written(name)}={_written(str(value))}"
        for name, values in asked.items()
        if values is not None
        for value in (values if isinstance(values, list | tuple) else (values,))
    ]
    start = escape(to or quote(request.script_root + request.path))
    return start + Markup("?{}").format("&".join(pairs)) if pairs else start


_written = lru_cache(maxsize=4096)(quote_plus)  # each address of a page asks much the same


def install(app: Flask) -> None:
    """Give this to the templates of ``app``."""
    app.jinja_env.globals["asked_address"] = asked_address
