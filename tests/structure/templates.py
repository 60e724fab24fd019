"""Templates as the tests about them read them: their literal texts, and what names them."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

from tests.structure.source import ROOT, tracked, tree_of

TEMPLATES = ROOT / "templates"
TRANSLATORS = {"_", "gettext", "ngettext", "pgettext", "npgettext", "N_"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "summary"}
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-Z][a-z]+(\s|$|[.,:])")
# Stands for whatever Jinja puts there: keeps tags in shape, in place of their names too; no word.
FILLED = "x0"
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')  # what a macro gives to a tag that another one opens
NAMES_OF_CLASSES = re.compile(r"{% macro tone\(.*?endmacro", re.DOTALL)
UNREAD = {"style", "script", "kbd"}  # a key is named by what stands on it


def html_templates() -> list[Path]:
    """Return all templates of pages, mails and documents."""
    return tracked("templates", ".html")


def untranslated_texts(source: str) -> list[str]:
    """Return the words in a template that no translator sees."""
    read = NAMES_OF_CLASSES.sub("{% set x", source)
    tokens = list(Environment(extensions=["jinja2.ext.i18n"]).lex(read))  # noqa: S701 - not rendered
    reader = _Reader()
    reader.feed("".join(_markup(tokens)))
    reader.close()
    return [*reader.texts, *_spoken_strings(tokens)]


def _markup(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    is_translated = False
    for index, (_line, kind, value) in enumerate(tokens):
        if kind == "name" and tokens[index - 2][1] == "block_begin":
            is_translated = value == "trans" or (is_translated and value != "endtrans")
        if kind == "data":
            yield FILLED if is_translated else value
        elif kind == "variable_begin":
            yield FILLED


def _spoken_strings(tokens: list[tuple[int, str, str]]) -> Iterator[str]:
    callers: list[str] = []
    before = ""
    for _line, kind, value in tokens:
        if kind == "operator" and value == "(":
            callers.append(before)
        elif kind == "operator" and value == ")" and callers:
            callers.pop()
        elif kind == "string" and SENTENCE.match(value[1:-1]) and not TRANSLATORS & {*callers}:
            yield value[1:-1]
        if kind != "whitespace":
            before = value


class _Reader(HTMLParser):
    """Gathers what a person would read or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_unread = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_unread = tag in UNREAD
        spoken = [value or "" for name, value in attrs if name in SPOKEN_ATTRIBUTES]
        self.texts += filter(WORD.search, spoken)

    def handle_endtag(self, tag: str) -> None:
        self._is_unread = False

    def handle_data(self, data: str) -> None:
        if WORD.search(ATTRIBUTE.sub("", data)) and not self._is_unread:
            self.texts.append(data.strip())


@cache
def named_in_code() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each name of a template that the code holds, whole or put together."""
    return tuple(
        pattern
        for path in tracked("tracker", ".py")
        for node in ast.walk(tree_of(path))
        if (pattern := _pattern_of(node)) is not None
    )


def _pattern_of(node: ast.AST) -> re.Pattern[str] | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.compile(re.escape(node.value)) if _names_template(node.value) else None
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w./]+"
            for part in node.values
        ]
        return re.compile("".join(parts)) if _names_template(parts[-1].replace("\\", "")) else None
    return None


def _names_template(text: str) -> bool:
    return text.endswith((".html", ".txt", ".typ", ".docx", ".css"))


def named_in(source: str) -> set[str]:
    """Return the templates that a template extends, includes or imports from."""
    return set(re.findall(r"{%-?\s*(?:extends|include|import|from)\s+['\"]([^'\"]+)", source))
