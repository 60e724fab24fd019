"""The sandbox in which texts are filled that a house words itself."""

import re
from collections.abc import Iterator
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tracker.domain.errors import Invalid

_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_FILTERS = {"upper": str.upper, "lower": str.lower, "capitalize": str.capitalize}
# Words, names, conditions: nothing that repeats, calls, reckons or looks into a value, so that a
# text takes no longer than it is long and tells nothing but the values it is given.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Filter,
)  # fmt: skip


_WORDS_AND_NAMES = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


@lru_cache(maxsize=256)
def compiled(source: str, names: tuple[str, ...], field: str = "text") -> Template:
    """Return a text ready to be filled, in which these names can stand.

    Raise Invalid at ``field``, with the line and what is wrong, where it cannot be filled.
    """
    try:
        for node in _all_nodes(parsed(source)):
            _check_node(node, names, field)
        return _SANDBOX.from_string(source)
    except TemplateSyntaxError as error:
        raise Invalid(
            "Line %(line)s cannot be read (%(what)s). See that each {{ has its }}, and each "
            "{%% if %%} its {%% endif %%}.",
            field=field,
            line=error.lineno,
            what=(error.message or "").rstrip("."),
        ) from error
    except RecursionError as error:
        raise Invalid("The text is too deeply nested. Make it simpler.", field=field) from error


def parsed(source: str) -> nodes.Template:
    """Return what a text is made of."""
    return _SANDBOX.parse(source)


def as_source(message: str) -> str:
    """Return a message with ``%(name)s`` as a house would write it, with ``{{ name }}``."""
    return _PLACEHOLDER.sub(r"{{ \1 }}", message).replace("%%", "%")


def as_message(source: str, names: tuple[str, ...], field: str = "text") -> str:
    """Return a text of words and names alone with ``%(name)s`` for each, per cent signs doubled.

    Raise Invalid at ``field``, with the line, where it cannot be filled or holds conditions, and
    where one of ``names`` is lost.
    """
    compiled(source, names, field)
    tree = parsed(source)
    for node in _all_nodes(tree):
        if not isinstance(node, _WORDS_AND_NAMES):
            raise Invalid(
                "Line %(line)s: only words and the listed names can stand in this text.",
                field=field,
                line=node.lineno,
            )
    pieces = [each for output in tree.find_all(nodes.Output) for each in output.nodes]
    there = {each.name for each in pieces if isinstance(each, nodes.Name)}
    lost = [f"{{{{ {name} }}}}" for name in names if name not in there]
    if lost:
        raise Invalid(
            "The text must hold %(names)s: the report puts a number, a date or a name there.",
            field=field,
            names=", ".join(lost),
        )
    return "".join(
        f"%({each.name})s" if isinstance(each, nodes.Name) else each.data.replace("%", "%%")
        for each in pieces
        if isinstance(each, nodes.Name | nodes.TemplateData)
    )


def _check_node(node: nodes.Node, names: tuple[str, ...], field: str) -> None:
    if isinstance(node, nodes.Name) and node.name not in names:
        raise Invalid(
            "Line %(line)s: nothing here is called “%(name)s”. Use the names that are listed "
            "beside the text.",
            field=field,
            line=node.lineno,
            name=node.name,
        )
    is_own_filter = not isinstance(node, nodes.Filter) or (
        node.name in _FILTERS and not node.args and not node.kwargs
    )
    if not isinstance(node, _ALLOWED) or not is_own_filter:
        raise Invalid(
            "Line %(line)s: only words, the listed names and {%% if %%} can stand in a text.",
            field=field,
            line=node.lineno,
        )


def _all_nodes(tree: nodes.Template) -> Iterator[nodes.Node]:
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.iter_child_nodes())


def _sandbox() -> ImmutableSandboxedEnvironment:
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    sandbox.globals.clear()
    sandbox.tests.clear()
    sandbox.filters.clear()
    sandbox.filters.update(_FILTERS)
    return sandbox


_SANDBOX = _sandbox()
