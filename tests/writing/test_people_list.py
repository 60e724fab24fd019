"""Writing of a list of people: no cell becomes a formula, and the list can be read again."""

import pytest

from tracker.domain.people_list import PersonRow
from tracker.writing.people_list import people_list_csv


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_cell_that_would_be_a_formula_begins_with_an_apostrophe(name: str) -> None:
    text = people_list_csv([PersonRow(line=2, name=name, email="a@example.org", role="viewer")])

    assert text.splitlines()[1].startswith(f"'{name}")


def test_the_list_begins_with_its_header_as_spreadsheets_want_it() -> None:
    text = people_list_csv([PersonRow(2, "Ana Pérez", "a@example.org", "viewer", language="es")])

    assert text.splitlines() == [
        "\ufeffname,email,role,unit,language,time_zone",
        "Ana Pérez,a@example.org,viewer,,es,",
    ]
