"""Templates: each parses and is used, every word can be translated, no script stands inline."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import TemplateError

from tests.structure.source import name_of
from tests.structure.templates import (
    TEMPLATES,
    html_templates,
    named_in,
    named_in_code,
    untranslated_texts,
)

PAGES = [path for path in html_templates() if path.parent.name != "biennial_report"]


INLINE = re.compile(
    r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)


def is_mail(path: Path) -> bool:
    """Tell whether a template is a mail: readers of mail take styles inline alone."""
    return path.is_relative_to(TEMPLATES / "mail")


def test_each_template_compiles_with_the_filters_of_the_application(app: Flask) -> None:
    broken = {}
    for path in PAGES:
        try:
            app.jinja_env.get_template(str(path.relative_to(TEMPLATES)))
        except TemplateError as error:
            broken[name_of(path)] = str(error)

    assert broken == {}


def test_every_word_of_a_template_can_be_translated() -> None:
    untranslated = {
        name_of(path): texts
        for path in html_templates()
        if (texts := untranslated_texts(path.read_text(encoding="utf-8")))
    }

    assert len(html_templates()) > 200
    assert untranslated == {}


def test_no_template_holds_an_inline_script_or_style() -> None:
    inline = {
        name_of(path): found
        for path in PAGES
        if not is_mail(path) and (found := INLINE.findall(path.read_text(encoding="utf-8")))
    }

    assert inline == {}


@pytest.mark.slow
def test_every_template_is_used() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in html_templates()}
    named = {name for source in sources.values() for name in named_in(source)}

    unused = {
        name_of(path)
        for path in sources
        if not {path.name, str(path.relative_to(TEMPLATES))} & named
        and not any(
            pattern.fullmatch(name)
            for pattern in named_in_code()
            for name in (str(path.relative_to(TEMPLATES)), path.name)
        )
    }

    assert unused == set()


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{{ _('Hello') }}</p>", []),
        ("<p>{{ gettext('Hello %(name)s', name=name) }} · 5</p>", []),
        ("<p>{{ ngettext('One thing', '%(num)d things', count) }}</p>", []),
        ("{% trans %}Hello{% endtrans %} <b>you</b>", ["you"]),
        ('<img alt="A map" src="x">', ["A map"]),
        ('<img alt="{{ _("A map") }}" src="x">', []),
        ("{{ button('Save report') }}", ["Save report"]),
        ("{{ button(_('Save report'), kind='primary') }}", []),
        ("{# A comment #}<!-- another -->{% set x = 'primary' %}", []),
        ("{{ x|default('Nobody yet') }}", ["Nobody yet"]),
        ('<p class="large">{{ x }}</p>', []),
    ],
)
def test_words_that_no_translator_sees_are_noticed(source: str, texts: list[str]) -> None:
    assert untranslated_texts(source) == texts


@pytest.mark.parametrize(
    "source", ["<script>x()</script>", '<p onclick="x()">', '<p style="x">', "<style>"]
)
def test_inline_script_would_be_noticed(source: str) -> None:
    assert INLINE.search(source)
    assert not INLINE.search('<script src="x.js" defer></script> condition="x"')
