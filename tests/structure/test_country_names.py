"""Country names come from the table of countries, and from nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.structure.source import imports_of, name_of, tracked, tree_of
from tracker.domain.countries import LANGUAGES, countries

# A part of the world in the names of time zones, Australia/Sydney.
PARTS_OF_THE_WORLD = {("tracker/web/choices.py", "Australia")}
# The demo tells of places; what it says about countries goes through the table like all else.
OWN_NAMES = ("tracker/demo/",)
LIBRARIES = {"pycountry", "country_converter", "iso3166"}
TERRITORIES = re.compile(r"get_territory|territories|territory_name")
NAMES = {
    name
    for language in LANGUAGES
    for country in countries(language)
    for name in (country.name, country.formal_name)
}
FIRST_LETTERS = "".join(sorted({name[0] for name in NAMES}))
A_NAME = re.compile(
    rf"(?<![\w-])(?=[{FIRST_LETTERS}])("
    + "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    + r")(?![\w-])"
)
JINJA_COMMENT = re.compile(r"{#.*?#}", re.DOTALL)


def python_files() -> list[Path]:
    return [path for path in tracked("tracker", ".py") if not name_of(path).startswith(OWN_NAMES)]


def spoken_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield each string of a Python file with its line, but no docstrings."""
    described = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, described) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield node.lineno, node.value if isinstance(node.value, str) else ""


def named_in(text: str) -> list[str]:
    return A_NAME.findall(text)


@pytest.mark.slow
def test_no_code_holds_a_country_name() -> None:
    found = {
        f"{name_of(path)}, line {line}: {name}"
        for path in python_files()
        for line, text in spoken_strings(path)
        for name in named_in(text)
        if (name_of(path), name) not in PARTS_OF_THE_WORLD
    }

    assert found == set()


def test_no_template_holds_a_country_name() -> None:
    found = {
        f"{name_of(path)}: {name}"
        for path in [*tracked("templates", ".html"), *tracked("templates", ".txt")]
        for name in named_in(JINJA_COMMENT.sub("", path.read_text(encoding="utf-8")))
    }

    assert found == set()


def test_no_translation_brings_in_a_country_name() -> None:
    found = {
        f"{name_of(path)}, line {number}: {name}"
        for path in tracked("tracker", ".po")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if not line.startswith("#")
        for name in named_in(line)
    }

    assert found == set()


@pytest.mark.slow
def test_no_library_is_asked_for_a_country_name() -> None:
    asked = {
        f"{name_of(path)}: {module}"
        for path in tracked("tracker", ".py")
        for module in imports_of(path)
        if module.split(".")[0] in LIBRARIES
    }
    asked |= {
        f"{name_of(path)}: {found.group()}"
        for path in [*tracked("tracker", ".py"), *tracked("templates", ".html")]
        if (found := TERRITORIES.search(path.read_text(encoding="utf-8")))
    }

    assert asked == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("For example Côte d’Ivoire.", ["Côte d’Ivoire"]),
        ("Países: Perú, Guinea-Bissau", ["Perú", "Guinea-Bissau"]),
        ("Bolivia (Plurinational State of)", ["Bolivia (Plurinational State of)"]),
        ("chiles, a turkey and Nigeriana", []),
    ],
)
def test_a_country_name_in_a_text_would_be_noticed(text: str, names: list[str]) -> None:
    assert named_in(text) == names


def test_asking_a_library_would_be_noticed() -> None:
    assert TERRITORIES.search("Locale(language).territories[code]")
    assert TERRITORIES.search("locale.get_territory_name()")
