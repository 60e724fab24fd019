"""The addresses of pages, as templates and views ask for them: ``url_for`` that remembers.

A list asks for the same address with another number in each row, and the header of every page for
the same ones. To look for the rule and to put it together took a twentieth of the time of a page.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.globals import request_ctx

MANY_LINKS = 4096
_MARK = 2_000_000_000  # stands for the first number of an address while its pattern is made


def install(app: Flask) -> None:
    """Let ``app`` remember addresses: their patterns, into which the numbers of rows are put."""
    build: Callable[..., str] = app.url_for

    @lru_cache(maxsize=MANY_LINKS)
    def pattern(
        _root: str, _method: str, endpoint: str, numbers: tuple[str, ...], *words: tuple[str, str]
    ) -> str | None:
        marks = {name: str(_MARK + place) for place, name in enumerate(numbers)}
        return _with_places(build(endpoint, **marks, **dict(words)), marks)

    def url_for(endpoint: str, **values: Any) -> str:
        numbers, words = {}, []
        for name, value in values.items():
            if type(value) is int and value >= 0:
                numbers[name] = value
            elif isinstance(value, str) and name[0] != "_":
                words.append((name, value))
            elif value is not None:  # how to build it, or what stands for several values
                return build(endpoint, **values)
        try:
            adapter = request_ctx.url_adapter
        except RuntimeError:  # outside of a request
            adapter = None
        if adapter is None or endpoint[0] == ".":
            return build(endpoint, **values)
        found = pattern(
            adapter.script_name, adapter.default_method, endpoint, tuple(numbers), *words
        )
        return build(endpoint, **values) if found is None else found % numbers

    app.url_for = url_for  # type: ignore[method-assign]  # as Flask's own url_for asks for it
    app.jinja_env.globals["url_for"] = url_for


def _with_places(address: str, marks: Mapping[str, str]) -> str | None:
    """Return an address with places for numbers, or None if words in it hold a mark as well."""
    if any(address.count(mark) > 1 for mark in marks.values()):
        return None
    made = address.replace("%", "%%")
    for name, mark in marks.items():
        made = made.replace(mark, f"%({name})d")
    return made
