"""The field of countries: names in the reader's language, codes behind them."""

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict
from wtforms import Form

from tracker.web.activities.country_field import MOST_ERRORS, CountryField


class CountryForm(Form):
    """A form of nothing else."""

    countries = CountryField("Countries")


def form_with(text: str) -> CountryForm:
    return CountryForm(MultiDict({"countries": text}))


@pytest.mark.parametrize(
    "text",
    ["Suiza\r\nAlemania", "Suiza; Alemania", " ;Suiza;;Deutschland (República Federal de Alemania"],
    ids=["lines", "copied-from-a-page", "with-a-stranger"],
)
def test_countries_stand_on_lines_or_between_semicolons(app: Flask, text: str) -> None:
    with app.test_request_context(), force_locale("es"):
        form = form_with(text)
        is_valid = form.validate()

    assert form.countries.data is not None
    assert form.countries.data[0] == "CHE"
    assert is_valid == ("Deutschland" not in text)


def test_names_are_shown_in_the_language_and_order_of_the_reader(app: Flask) -> None:
    with app.test_request_context(), force_locale("es"):
        shown = CountryForm(countries=["CHE", "DEU", "ESP"]).countries._value()

    assert shown == "Alemania\nEspaña\nSuiza"


def test_each_name_that_is_unknown_is_told_and_the_text_stays(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        form = form_with("Ruritania\nPeru\nSylvania")

        assert not form.validate()
        assert form.countries._value() == "Ruritania\nPeru\nSylvania"

    assert [error.split("”")[0] for error in form.countries.errors] == ["“Ruritania", "“Sylvania"]


def test_of_many_unknown_names_the_first_are_told(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        form = form_with("\n".join(f"Ruritania {number}" for number in range(500)))

        assert not form.validate()

    assert len(form.countries.errors) == MOST_ERRORS


def test_nothing_entered_is_no_country(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        form = form_with(" \n ")

        assert form.validate()
        assert form.countries.data == []
