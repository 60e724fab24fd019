"""How templates say their words and call their macros: what is the same each time is found once.

A page of fifty rows asks for some hundreds of words. Flask-Babel looks up the language of the
request and its catalogue for each, and Jinja asks each thing it calls what that wants to be told:
together that took half of the time of a page.
"""

from collections import defaultdict
from types import FunctionType
from typing import Any

from flask import Flask, g
from flask_babel import get_locale
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from tracker import i18n

_SAID: defaultdict[str, dict[str, Markup]] = defaultdict(dict)  # by language and message


def language() -> str:
    """Return the language of the page."""
    try:
        # Where Flask-Babel keeps it once it was asked for, within force_locale too.
        return str(g._get_current_object()._flask_babel.babel_locale.language)
    except (AttributeError, RuntimeError):
        return str(get_locale() or "en")


def words(message: str, /, **values: object) -> Markup:
    """Return a message of the program in the language of the page, its values escaped."""
    spoken = language()
    if values:
        return _marked(message, spoken) % values
    try:
        return _SAID[spoken][message]
    except KeyError:
        said = _SAID[spoken][message] = _marked(message, spoken) % {}
        return said


def _marked(message: str, spoken: str) -> Markup:
    return Markup(i18n.translate_into(spoken)(message))  # noqa: S704 - the program's, no person's


class PageContext(Context):
    """What a template knows, and how it calls: macros and plain functions are just called."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # No template is given names beside those of the environment, for which Jinja would
        # otherwise look at each import of macros.
        self.globals_keys = set()

    def call(self, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call something from a template, as Jinja does."""
        kind = type(called)
        if kind is not Macro and (kind is not FunctionType or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *arguments, **named)
        if named:
            named.pop("_block_vars", None)
            named.pop("_loop_vars", None)
        if kind is Macro:
            return called(self.eval_ctx, *arguments, **named)
        return called(*arguments, **named)


def install(app: Flask) -> None:
    """Let the templates of ``app`` speak and call this way."""
    app.jinja_env.context_class = PageContext
    app.jinja_env.globals.update(_=words, gettext=words)
