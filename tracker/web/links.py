"""The addresses of pages, as templates and views ask for them: ``url_for`` that remembers.

A list asks for the same address with another number in each row, and the header of every page for
the same ones. To look for the rule and to put it together took a twentieth of the time of a page.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask
from flask.globals import request_ctx

MANY_LINKS = 4096
_MARK = 2_000_000_000  # stands for the first number of an address while its pattern is made
_MARKED = str(_MARK)[:-2]  # begins each mark


def install(app: Flask) -> None:
    """Let ``app`` remember addresses: their patterns, into which the numbers of rows are put."""
    build: Callable[..., str] = app.url_for

    @lru_cache(maxsize=MANY_LINKS)
    def pattern(
        _root: str, _method: str, endpoint: str, numbers: tuple[str, ...], *words: tuple[str, str]
    ) -> str:
        marks = {name: _MARK + place for place, name in enumerate(numbers)}
        made = build(endpoint, **marks, **dict(words)).replace("%", "%%")
        for name, mark in marks.items():
            made = made.replace(str(mark), f"%({name})d")
        return made

    def url_for(endpoint: str, **values: Any) -> str:
        numbers, words = {}, []
        for name, value in values.items():
            if type(value) is int and value >= 0:
                numbers[name] = value
            elif isinstance(value, str) and name[0] != "_" and _MARKED not in value:
                words.append((name, value))
            elif value is not None:  # how to build it, several values, or words like a mark
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
        return found % numbers

    app.url_for = url_for  # type: ignore[method-assign]  # as Flask's own url_for asks for it
    app.jinja_env.globals["url_for"] = url_for
