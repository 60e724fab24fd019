"""Writing of a list of people: no cell becomes a formula, and the list can be read again."""

from tracker.domain.people_list import PersonRow
from tracker.writing.people_list import people_list_csv


def test_the_list_begins_with_its_header_as_spreadsheets_want_it() -> None:
    text = people_list_csv([PersonRow(2, "Ana Pérez", "a@example.org", "viewer", language="es")])

    assert text.splitlines() == [
        "\ufeffname,email,role,unit,language,time_zone",
        "Ana Pérez,a@example.org,viewer,,es,",
    ]
