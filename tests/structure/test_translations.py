"""Translations: every message of the code stands in each catalogue, complete and well formed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from config import KNOWN_LANGUAGES
from tests.structure.source import ROOT
from tracker.domain.errors import Refused
from tracker.i18n import TRANSLATIONS

LANGUAGES = [language for language in KNOWN_LANGUAGES if language != "en"]
# Right in the other language although the English says it with the same letters.
SAME_AS_ENGLISH = {
    "es": {
        "%(size)s MB", "%(size)s kB", "Error", "GENERAL", "No", "ORIGINAL: %(language)s",
        "Radar", "Sector", "Total",
    },
    "fr": {
        "%(num)s instrument", "%(num)s instruments",
        "%(num)s note", "%(num)s notes", "Logo", "Absences", "Annexes", "Budget", "Chapeau", "Date",
        "%(num)s document", "%(num)s documents",
        "Dates",
        "Description", "Distribution", "Division", "Document", "Documents",
        "Figure %(number)s", "Introduction", "Institution", "Invitation", "Menu", "Missions",
        "Modules", "Nature", "Note", "Notes",
        "Occasion", "Occasions", "Page",
        "Page %(number)s", "Pages", "Publication", "Radar", "Sections", "Session",
        "Source", "Sources",
        "Total", "Version", "Version %(number)s", "documents", "missions", "publications", "six",
    },
    "pt": {
        "%(num)s item", "%(size)s MB", "%(size)s kB", "Menu", "ORIGINAL: %(language)s", "Radar",
        "Total", "zero",
    },
}  # fmt: skip
WORD = re.compile(r"[^\W\d_]+")
ENGLISH = re.compile(r"\b(the|of|and|with|this|that|your|were)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
COMMAND = re.compile(r"(?:make|tracker) [a-z]+|--\w+")
LAST_MARK = re.compile(r"([.:;?!…,]?)[\s)”»]*$")
NO_BREAK = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
Form = tuple[str, str]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Return the messages of the code and the templates, gathered as `make messages` does."""
    template = tmp_path_factory.mktemp("messages") / "messages.pot"
    refusals: list[type[Refused]] = [Refused, *Refused.__subclasses__()]
    keywords = ["lazy_gettext", "Plural:1,2", *(kind.__name__ for kind in refusals)]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        run_babel(
            [
                "pybabel", "--quiet", "extract", "--mapping-file=pyproject.toml", "--no-location",
                *(f"--keywords={keyword}" for keyword in keywords),
                f"--output-file={template}", ".",
            ]
        )  # fmt: skip
    with template.open("rb") as lines:
        return read_po(lines)


def run_babel(arguments: list[str]) -> None:
    CommandLineInterface().run(arguments)  # type: ignore[no-untyped-call]  # Babel has no types here


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Return each language that is not written in the code."""
    return str(request.param)


@pytest.fixture(scope="module")
def catalogue(language: str) -> Catalog:
    """Return the catalogue of the language as people edit it."""
    with catalogue_file(language).open("rb") as lines:
        return read_po(lines, locale=language)


def catalogue_file(language: str, ending: str = "po") -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / f"messages.{ending}"


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def strings(text: object) -> tuple[str, ...]:
    """Return the forms of a message or of its translation: one, or singular and plural."""
    return tuple(text) if isinstance(text, list | tuple) else (str(text or ""),)


def told(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return each message, in all its forms, with its translation."""
    return {strings(message.id): strings(message.string) for message in messages(catalogue)}


def forms(catalogue: Catalog) -> Iterator[Form]:
    """Yield each English form beside its translation."""
    for english, translated in told(catalogue).items():
        yield from zip(english, translated, strict=False)


@pytest.mark.slow
def test_the_catalogue_holds_the_messages_of_the_code(spoken: Catalog, catalogue: Catalog) -> None:
    in_code, in_catalogue = told(spoken).keys(), told(catalogue).keys()

    assert in_code - in_catalogue == set(), "run: make messages, then translate what is new"
    assert in_catalogue - in_code == set(), "run: make messages"


def test_every_message_is_translated_and_no_translation_is_a_guess(catalogue: Catalog) -> None:
    assert [
        message.id
        for message in messages(catalogue)
        if message.fuzzy or not all(strings(message.string))
    ] == []


def test_every_plural_has_the_forms_of_the_language(catalogue: Catalog) -> None:
    assert [
        message.id
        for message in messages(catalogue)
        if message.pluralizable and len(strings(message.string)) != catalogue.num_plurals
    ] == []


def test_a_translation_keeps_the_placeholders(catalogue: Catalog) -> None:
    changed = [
        (english, translated)
        for english, translated in forms(catalogue)
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(translated))
        or "%" in PLACEHOLDER.sub("", translated).replace("%%", "")
    ]

    assert changed == []


def test_a_translation_keeps_commands_and_settings(catalogue: Catalog) -> None:
    changed = [
        (english, translated)
        for english, translated in forms(catalogue)
        for name in re.findall(r"TRACKER_\w+|\bRESET\b|--\w+|\.docx\b", english)
        if name not in translated
    ]

    assert changed == []


def test_a_translation_begins_and_ends_as_the_message_does(catalogue: Catalog) -> None:
    assert [
        (english, translated)
        for english, translated in forms(catalogue)
        if frame_of(english) != frame_of(translated)
    ] == []


def frame_of(text: str) -> tuple[str, str, str, int]:
    """Return the white space around a text, its last mark, and how many lines it has."""
    start = text[: len(text) - len(text.lstrip(" \n"))]
    end = text[len(text.rstrip(" \n")) :]
    mark = LAST_MARK.search(text)
    return start, mark[1] if mark else "", end, text.count("\n")


def test_no_english_is_left_over(language: str, catalogue: Catalog) -> None:
    assert [
        english
        for english, translated in forms(catalogue)
        if english == translated
        and WORD.search(PLACEHOLDER.sub("", english))
        and english not in SAME_AS_ENGLISH[language]
    ] == []
    assert [
        translated
        for _english, translated in forms(catalogue)
        if ENGLISH.search(COMMAND.sub("", PLACEHOLDER.sub("", translated)))
    ] == []


def test_french_keeps_its_marks_on_the_line() -> None:
    with catalogue_file("fr").open("rb") as lines:
        french = read_po(lines, locale="fr")

    assert [
        translated
        for _english, translated in forms(french)
        if re.search(rf"(?<![{NO_BREAK}\d]):(?!\d|//)|(?<![{NO_BREAK}])[;?!»]|«(?![{NO_BREAK}])",
                     re.sub(r"https?:", "", translated))
    ] == []  # fmt: skip


def test_the_compiled_catalogue_is_that_of_the_edited_one(
    language: str, catalogue: Catalog
) -> None:
    with catalogue_file(language, "mo").open("rb") as lines:
        compiled = read_mo(lines)

    assert told(compiled) == told(catalogue), "run: make messages"
