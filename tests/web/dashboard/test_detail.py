"""Compliance in detail: the map, the sessions and the pace, each number with a way to its rows."""

import csv
import io
import re
from datetime import timedelta
from urllib.parse import urljoin

from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.visitors import sign_in, text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Subprogramme
from tracker.models.progress import ProgressReport
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
    cells = re.findall(r'<td class="\w+"><a href="([^"]+)">(\d+)/(\d+)</a>', page.text)
    own, all_resolutions = cells[:3], cells[3:]

    told = [("1", "3"), ("1", "2"), ("0", "1")]
    assert [(answered, asked) for _, answered, asked in own] == told
    assert [(answered, asked) for _, answered, asked in all_resolutions] == told
    for address, answered, asked in own:
        behind = followed(coordinator, address)
        assert f"resolution={resolution}" in behind.request.full_path
        assert f"{asked} report" in text_of(behind)
        assert f"{answered} of {asked} mandate" in text_of(behind)
    for address, _, asked in all_resolutions:
        assert f"{asked} report" in text_of(followed(coordinator, address))
    assert len(statements) <= 16


def test_what_is_overdue_is_said_in_words_and_opens_exactly_these(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)
    with arranging(), database.transaction() as session:
        session.execute(update(ProgressReport).values(overdue_at=clock.now() - timedelta(days=1)))

    page = coordinator.get("/compliance/detail")
    late = re.findall(r'<a href="([^"]+/late)">(\d+) overdue</a>', page.text)

    assert [count for _, count in late] == ["2", "1", "1"] * 2
    for address, count in late:
        assert f"{count} report" in text_of(followed(coordinator, address))


def test_an_address_of_a_number_that_is_none_says_so(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)

    for address in ("1/x/all", "1/all/2/sometimes"):
        assert followed(coordinator, address).status_code == 400


def followed(client: FlaskClient, address: str) -> TestResponse:
    """Return the page behind a number of the map, whose addresses are seen from its page."""
    return client.get(urljoin("/compliance/detail", address), follow_redirects=True)


def test_the_pace_is_drawn_and_told_as_a_table(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)

    page = coordinator.get("/compliance/detail")

    (address,) = set(re.findall(r'<td><a href="([^"]+texts_until[^"]+)">1</a></td>', page.text))
    assert page.text.count("<polyline") == 1
    assert "1 of 3" in text_of(page)
    assert "1 report of" in text_of(followed(coordinator, address.replace("&amp;", "&")))


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


def test_all_numbers_of_one_subprogramme_open_its_reports_alone(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)
    with arranging(), database.transaction() as session:
        session.add(Subprogramme(id=7, number="2", name="Statistics", language="en"))
        session.flush()
        for mandate_id in house.mandates[:2]:
            session.get_one(Mandate, mandate_id).subprogramme_id = 7

    choice = coordinator.get("/compliance")
    page = coordinator.get("/compliance/detail?subprogramme=7")
    cells = re.findall(r'<td class="\w+"><a href="([^"]+)">(\d+)/(\d+)</a>', page.text)
    (week,) = set(re.findall(r'<td><a href="([^"]+texts_until[^"]+)">1</a></td>', page.text))

    assert "2. Statistics" in text_of(choice)
    assert "1 of 2 mandates answered" in text_of(page)
    assert [(answered, asked) for _, answered, asked in cells] == [("1", "2"), ("1", "2")] * 2
    for address, _answered, asked in cells:
        assert f"{asked} reports of" in text_of(followed(coordinator, address))
    assert "1 report of" in text_of(followed(coordinator, week.replace("&amp;", "&")))


def test_of_one_unit_the_map_has_its_own_column_alone(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)

    page = coordinator.get(f"/compliance/detail?unit={house.statistics}")
    cells = re.findall(r'<td class="\w+"><a href="([^"]+)">(\d+)/(\d+)</a>', page.text)

    assert [(answered, asked) for _, answered, asked in cells] == [("1", "2")] * 2
    for address, _answered, asked in cells:
        assert f"{asked} reports of" in text_of(followed(coordinator, address))


def test_the_age_of_what_is_overdue_opens_exactly_these_and_is_taken_along(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)
    with arranging(), database.transaction() as session:
        late = (ProgressReport.mandate_id == house.mandates[1], 3), (
            ProgressReport.mandate_id == house.mandates[2], 20,
        )  # fmt: skip
        for which, days in late:
            moment = clock.now() - timedelta(days=days)
            session.execute(update(ProgressReport).where(which).values(overdue_at=moment))

    page = coordinator.get("/compliance/lateness")
    links = re.findall(r'href="(/compliance[^"]*standing=late[^"]*)">(\d+)</a>', page.text)
    answer = coordinator.get("/compliance/lateness.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))

    assert sorted(count for _address, count in links) == ["1"] * 6 + ["2"]
    for address, count in links:
        assert f"{count} report" in text_of(coordinator.get(address.replace("&amp;", "&")))
    assert rows[-1] == ["All units", "1", "0", "1", "0", "2"]


def test_sessions_and_weeks_are_taken_along(
    coordinator: FlaskClient, database: Database, house: House
) -> None:
    open_with_one_answer(database, house)

    sessions, weeks = (
        list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
        for name in ("sessions", "pace")
        if (answer := coordinator.get(f"/compliance/{name}.csv"))
    )

    assert sessions[1][:2] == ["No known session", "3"]
    assert weeks[0] == ["Weeks after the due day", "2026-2027 (3 asked about)"]
    assert [count for _week, count in weeks[1:]].count("1") >= 1
