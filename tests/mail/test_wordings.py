"""The sentences of mails: our words as a house would write them, its own, and what is refused."""

from itertools import product

import pytest

from tests.mail.test_digests import ITEM, TODAY
from tests.post import SITE
from tracker.domain.errors import Invalid
from tracker.domain.reminders import ReminderKind
from tracker.mail.digests import write_digest
from tracker.mail.sayings import Sayings, check_source, default_source
from tracker.mail.texts import MailText
from tracker.mail.wordings import VOCABULARY, WORDINGS

LANGUAGES = ("en", "es", "fr", "pt")
VALUES = {**dict.fromkeys(VOCABULARY, "<b>&"), "num": 2}


def digest(**own: str) -> MailText:
    texts = {key.replace("__", "."): text for key, text in own.items()}
    return write_digest([ITEM], name="Ana", language="en", today=TODAY, site=SITE, own_texts=texts)


@pytest.mark.parametrize(("key", "language"), tuple(product(WORDINGS, LANGUAGES)))
def test_our_words_written_as_a_house_would_say_the_same(key: str, language: str) -> None:
    source = default_source(key, language)

    check_source(key, source)

    for number in (0, 1, 2):
        values = {**VALUES, "num": number}
        ours, theirs = Sayings(language, {}), Sayings(language, {key: source})
        assert theirs.say(key, **values) == ours.say(key, **values)


def test_each_kind_of_reminder_has_a_heading_of_its_own() -> None:
    of_digests = set(ReminderKind) - {ReminderKind.ESCALATION}

    assert {f"heading.{kind}" for kind in of_digests} <= WORDINGS.keys()


def test_a_mail_is_written_with_the_words_of_the_house() -> None:
    mail = digest(
        subject="Islands: {{ counts }}",
        heading__due="On <your> desk",
        closing="Questions?\nAsk {{ entity }}.",
    )

    assert mail.subject == "Islands: 1 report due soon"
    assert "ON <YOUR> DESK" in mail.plain
    assert "Questions?\nAsk Secretariat of the Islands." in mail.plain
    assert "On &lt;your&gt; desk" in (mail.html or "")
    assert "Ask Secretariat of the Islands." in (mail.html or "")


def test_a_text_kept_before_that_cannot_be_written_gives_way_to_ours() -> None:
    assert digest(opening="{{ secret }}").plain.startswith("Ana, 1 report waits for you.")


def test_a_button_says_the_words_of_the_house_in_both_forms_of_the_mail() -> None:
    mail = digest(button__update="Write now")

    assert "Write now: https://" in mail.plain
    assert ">Write now</a>" in (mail.html or "")


@pytest.mark.parametrize("key", ["sign_in.text", "invitation.text"])
@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("Come in.", "leaves out {{ url }}"),
        ("{{ url|upper }}", "could be lost or changed"),
        ("{% if name == 'x' %}{{ url }}{% else %}No.{% endif %}", "could be lost or changed"),
        ("Open {{ url }}.", "stand by itself"),
        ("{{ name }}{{ url }}", "stand by itself"),
    ],
    ids=["none", "filtered", "conditional", "full-stop", "run-together"],
)
def test_a_text_that_could_lose_its_link_is_refused(key: str, source: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_source(key, source)

    assert sentence in str(refusal.value)


def test_a_text_kept_before_that_loses_its_link_gives_way_to_ours() -> None:
    values = {"name": "Ana", "url": "https://tracker.example.org/x"}
    kept = "Open {{ url }}{% if name == 'Ana' %}!{% endif %}"

    said = Sayings("en", {"sign_in.text": kept}).say("sign_in.text", **values)

    assert "Dear Ana" in said
    assert "\n\nhttps://tracker.example.org/x\n\n" in said


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("Dear {{ naem }},", "Line 1: nothing here is called “naem”."),
        ("Dear\n{{ name }", "Line 2 cannot be read"),
        ("{% if num == 1 %}one", "Line 1 cannot be read"),
        (" ", "Enter a text"),
        ("{% if num == 1 %}one{% endif %}", "With some values nothing is left"),
        ("x" * 1501, "at most 1500 are kept"),
        ("{{ " + "(" * 1400 + "1", "too deeply nested"),
    ],
    ids=["name", "brace", "condition", "empty", "nothing left", "long", "nested"],
)
def test_a_broken_text_is_told_with_its_line(source: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_source("opening", source)

    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ name['upper'] }}",
        "{{ name.upper() }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ name ~ name }}",
        "{{ name|center(100000000) }}",
        "{{ name|upper(1) }}",
        "{{ [name] }}",
        "{{ name is defined }}",
        "{% for each in name %}x{% endfor %}",
        "{% set name = 1 %}",
        "{% macro name() %}{% endmacro %}",
        "{% include 'digest/page.html' %}",
        "{% import 'digest/words.txt' as name %}",
        "{% extends 'layout.html' %}",
        "{% filter upper %}x{% endfilter %}",
        "{% block name %}x{% endblock %}",
        "{{ self }}",
        "{{ config }}",
        "{{ range(9) }}",
    ],
)
def test_a_text_looks_into_nothing_and_repeats_nothing(source: str) -> None:
    with pytest.raises(Invalid, match="Line 1"):
        check_source("opening", source)


def test_an_invitation_without_its_link_is_refused() -> None:
    with pytest.raises(Invalid, match=r"leaves out \{\{ url \}\}"):
        check_source("invitation.text", "Dear {{ name }}, {% if name == 'x' %}come{% endif %}!")
