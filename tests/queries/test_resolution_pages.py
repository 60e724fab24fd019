"""Pages of resolutions and mandates take a fixed number of statements."""

from pathlib import Path

import pytest

from tests.importing import import_text
from tests.reporting import House, counted_statements, open_biennium
from tests.resolution_texts import EARLIER
from tracker.database import Database
from tracker.queries.mandate_pages import find_mandate_page
from tracker.queries.mandates import MandateFilter, mandates_page, possible_focal_points
from tracker.queries.references import cited
from tracker.queries.resolution_pages import resolution_at
from tracker.queries.resolutions import resolutions
from tracker.storage import FileStore


@pytest.fixture
def imported(database: Database, house: House, tmp_path: Path) -> None:
    """Import two resolutions, 21(V) with four mandates and 20(V) with two."""
    files = FileStore(tmp_path / "files")
    import_text(database, files)
    import_text(database, files, EARLIER)
    with database.transaction() as session:
        open_biennium(session, house)


@pytest.mark.usefixtures("imported")
def test_the_list_of_resolutions_takes_three_statements(database: Database) -> None:
    with counted_statements(database) as statements, database.reading() as session:
        page = resolutions(session, body_key="coi")

    assert [row.symbol for row in page.rows] == ["21(V)", "20(V)"]
    assert (page.rows[0].mandate_count, page.rows[0].unconfirmed_count) == (4, 4)
    assert (page.rows[0].action_count, page.rows[0].ownerless_count) == (0, 0)
    assert len([one for one in statements if one.startswith("SELECT")]) == 3


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("slug", ["21-v", "20-v"])
def test_a_resolution_takes_five_statements_however_long_it_is(
    database: Database, slug: str
) -> None:
    with counted_statements(database) as statements, database.reading() as session:
        page = resolution_at(session, "coi", slug)

    assert page.unconfirmed_count == len(page.mandates)
    assert page.proposed_count + page.rest_count == page.unconfirmed_count
    assert len([one for one in statements if one.startswith("SELECT")]) == 5


@pytest.mark.usefixtures("imported")
def test_a_mandate_that_is_asked_about_shows_its_open_report(database: Database) -> None:
    with counted_statements(database) as statements, database.reading() as session:
        page = find_mandate_page(session, "eco", "12-iv", "5.a")

    assert page is not None
    assert page.newest_report is not None
    assert page.newest_report.period == "2026-2027"
    assert page.newest_report.said_by is None
    assert page.chapeaux == ("Requests the Executive Secretary:",)
    assert len([one for one in statements if one.startswith("SELECT")]) == 7


@pytest.mark.usefixtures("imported")
def test_mandates_are_listed_by_symbol_and_then_in_the_order_of_the_text(
    database: Database,
) -> None:
    with counted_statements(database) as statements, database.reading() as session:
        page = mandates_page(session, MandateFilter())

    labels = [
        cited(row.reference.symbol, row.reference.path, "en")
        for row in page.rows
        if row.reference.body_key == "coi"
    ]
    assert labels == [
        "20(V), para. 1",
        "20(V), para. 2",
        "21(V), para. 1",
        "21(V), para. 2(a)",
        "21(V), para. 2(b)",
        "21(V), para. 3",
    ]
    assert page.total == 9
    assert len([one for one in statements if one.startswith("SELECT")]) == 3


def test_those_who_can_write_for_a_unit_can_be_chosen_for_it(
    database: Database, house: House
) -> None:
    with database.reading() as session:
        people = {person.name: person.unit_ids for person in possible_focal_points(session)}

    assert people["Ana Focal"] == {house.statistics}
    assert people["Carla Coordinator"] == {house.statistics, house.trade}
    assert "Vera Viewer" not in people
