"""How templates say their words and call their macros: what is the same each time is found once.

A page of fifty rows asks for some hundreds of words. Flask-Babel looks up the language of the
request and its catalogue for each, and Jinja asks each thing it calls what that wants to be told:
together that took half of the time of a page.
"""

from collections import defaultdict
from collections.abc import Callable
from types import FunctionType
from typing import Any

from flask import Flask, g
from flask_babel import get_locale
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from tracker import i18n

_SAID: defaultdict[str, dict[str, Markup]] = defaultdict(dict)  # by language and message
# What ``g`` stands for, without what makes it look like it.
request_globals: Callable[[], Any] = g._get_current_object


def language() -> str:
    """Return the language of the page."""
    try:
        # Where Flask-Babel keeps it once it was asked for, within force_locale too.
        spoken: str = request_globals()._flask_babel.babel_locale.language
    except (AttributeError, RuntimeError):
        return str(get_locale() or "en")
    return spoken


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


def written(value: object) -> str:
    """Return a value as it stands in a page: markup as it is, all else escaped."""
    return value if type(value) is Markup else escape(value)


def said(message: str) -> Markup:
    """Return a message without values, as ``words`` does."""
    try:
        return _SAID[language()][message]
    except KeyError:
        return words(message)


class PageCode(CodeGenerator):
    """The code that Jinja makes of a template, with the two things that a page does most.

    Markup is written as it is, where Jinja makes a new one of each, and a word is looked up,
    where Jinja asks first what it is that it calls.
    """

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    def visit_Call(  # noqa: N802 - so is it called
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        """Write a call; that of a word without values is shorter."""
        is_word = isinstance(node.node, nodes.Name) and node.node.name == "_"
        if not is_word or forward_caller or not _is_one_text(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("environment.said(")
        self.visit(node.args[0], frame)
        self.write(")")


def _is_one_text(call: nodes.Call) -> bool:
    has_more = call.kwargs or call.dyn_args or call.dyn_kwargs or len(call.args) != 1
    return not has_more and isinstance(call.args[0], nodes.Const)


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
    app.jinja_env.code_generator_class = PageCode
    app.jinja_env.written, app.jinja_env.said = written, said  # type: ignore[attr-defined]
    app.jinja_env.globals.update(_=words, gettext=words)
