"""Compliance in detail: the map, the sessions and the pace, each number with a way to its rows."""

import csv
import io
import re

from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.audit import arranging
from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.visitors import sign_in, text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.services.progress import submit_report

__all__ = ["coordinator", "database", "house", "installation"]


def open_with_one_answer(database: Database, house: House) -> int:
    """Open the biennium, let one of three reports be submitted and return the resolution's id."""
    with database.transaction() as session:
        open_biennium(session, house)
        report = report_on(session, house.mandates[0])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
        return session.scalars(select(Instrument.id)).one()


def test_a_cell_says_how_many_of_how_many_and_opens_exactly_these(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    resolution = open_with_one_answer(database, house)

    with counted_statements(database) as statements:
        page = coordinator.get("/compliance/detail")
    cells = re.findall(
        r'tracker-heat--\w+">\s*(?:<a href="([^"]+)"[^>]*>)?(\d+).*?/<a href="([^"]+)"[^>]*>(\d+)<',
        page.text,
    )

    assert [(answered, asked) for _, answered, _, asked in cells] == [
        ("1", "3"),
        ("1", "2"),
        ("0", "1"),
    ]
    for answered_url, answered, asked_url, asked in cells:
        assert f"resolution={resolution}" in asked_url
        assert f"{asked} report" in text_of(coordinator.get(asked_url.replace("&amp;", "&")))
        assert bool(answered_url) == (answered != "0")
    assert len(statements) <= 14


def test_the_pace_is_drawn_and_told_as_a_table(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)

    page = coordinator.get("/compliance/detail")

    assert page.text.count("<polyline") == 1
    assert "1 of 3" in text_of(page)


def test_a_period_without_a_text_says_so(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    with database.transaction() as session:
        open_biennium(session, house)

    assert "No text has come in yet." in text_of(coordinator.get("/compliance/detail"))


def test_before_the_first_period_and_in_an_empty_one_the_page_says_what_fills_it(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    assert "No reporting period is open yet." in text_of(coordinator.get("/compliance/detail"))

    with arranging(), database.transaction() as session:
        session.execute(update(Mandate).values(requires_action=False))
    with database.transaction() as session:
        open_biennium(session, house)

    assert "asks for no report" in text_of(coordinator.get("/compliance/detail"))


def test_the_map_is_taken_along_with_all_its_resolutions(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)

    answer = coordinator.get("/compliance/map.csv")
    heads, row = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))

    assert heads[:5] == ["Resolution", "Title", "Asked", "Answered", "Overdue"]
    assert row[2:4] == ["3", "1"]
    assert row[5:7] == ["1/2", "0/1"]


def test_detail_is_for_those_who_see_compliance(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)

    assert client.get("/compliance/detail").status_code == 403
    assert client.get("/compliance/map.csv").status_code == 403
