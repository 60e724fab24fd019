"""Each list is taken along as a file: the rows that its page shows, in its order, all pages."""

import csv
import io
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House, counted_statements, make_actor, make_instrument, open_biennium
from tests.visitors import sign_in
from tests.web.commission import database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.clauses import BlockKind
from tracker.domain.mandates import ConcernsUs, Nature
from tracker.domain.permissions import Role
from tracker.models.activities import Activity
from tracker.models.instruments import Clause, ClauseText
from tracker.models.mandates import Mandate
from tracker.models.people import Person

__all__ = ["database", "house", "installation"]

LISTS = ("/mandates", "/activities", "/compliance", "/resolutions", "/admin/people")


@pytest.fixture
def reader(client: FlaskClient, database: Database, house: House) -> FlaskClient:
    """Return the client of somebody who may see each list; each of them has a row."""
    with arranging(), database.transaction() as session:
        open_biennium(session, house, at=clock.now())
        session.add(
            Activity(
                title="=Atlas",
                description="",
                language="en",
                deliverable=Deliverable.PUBLICATION,
                unit_id=house.trade,
                starts_on=date(2026, 3, 1),
                created_at=clock.now(),
                created_by_id=house.coordinator.person_id,
            )
        )
        both = (Role.ADMINISTRATOR, None), (Role.COORDINATOR, None)
        sign_in(client, make_actor(session, "Ada Administrator", *both).person_id)
    return client


def rows_of(client: FlaskClient, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("address", [*LISTS, "/compliance?standing=on_track&unit=1"])
def test_the_page_of_a_list_leads_to_its_files(reader: FlaskClient, address: str) -> None:
    page = reader.get(address)

    path, _, asked = address.partition("?")
    assert f'href="{path}/list.csv' in page.text
    assert f'href="{path}/list.xlsx' in page.text
    assert all(pair in page.text.partition("list.csv?")[2][:120] for pair in asked.split("&"))


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_a_file_in_both_forms_with_the_same_rows(reader: FlaskClient, path: str) -> None:
    rows = rows_of(reader, f"{path}/list.csv")

    workbook = reader.get(f"{path}/list.xlsx")
    page = load_workbook(io.BytesIO(workbook.data)).active
    assert page is not None
    assert workbook.headers["Content-Disposition"].startswith("attachment; filename=")
    assert [cell.value for cell in page[1]] == rows[0]
    assert page.max_row == len(rows) > 1
    assert rows[0][-2:] == ["Number in the tracker", "Page"]
    assert all(row[-1].startswith("http") for row in rows[1:])


def test_a_file_follows_filter_and_order_of_the_address(
    reader: FlaskClient, database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[1]).due_on = date(2026, 5, 1)
        session.get_one(Mandate, house.mandates[0]).due_on = date(2026, 6, 1)

    rows = rows_of(reader, f"/mandates/list.csv?unit={house.statistics}&sort=-due&after=[1]")

    head = rows[0]
    assert [row[head.index("Mandate")] for row in rows[1:]] == [
        "12(IV), para. 5(a)",
        "12(IV), para. 5(b)",
    ]
    assert [row[head.index("Due")] for row in rows[1:]] == ["2026-06-01", "2026-05-01"]
    assert rows_of(reader, "/mandates/list.csv?asking=set_aside") == [head]


def test_headings_and_labels_stand_in_the_language_of_the_reader(
    reader: FlaskClient, database: Database
) -> None:
    with arranging(), database.transaction() as session:
        session.scalars(
            select(Person).where(Person.name == "Ada Administrator")
        ).one().language = "es"

    head, row, *_ = rows_of(reader, "/mandates/list.csv")

    assert head[:2] == ["Mandato", "Resolución"]
    assert row[head.index("Decisión")] == "Requiere nuestra intervención"


def test_what_people_wrote_is_no_formula(reader: FlaskClient) -> None:
    assert rows_of(reader, "/activities/list.csv")[1][0] == "'=Atlas"


def test_the_counts_by_unit_are_a_file_too(reader: FlaskClient) -> None:
    head, *rows = rows_of(reader, "/compliance/units.csv")

    assert [row[0] for row in rows] == ["Statistics Division", "Trade Division", "All units"]
    assert [row[head.index("Asked")] for row in rows] == ["2", "1", "3"]


def test_a_file_is_for_those_who_see_the_list(client: FlaskClient, house: House) -> None:
    sign_in(client, house.viewer.person_id)

    assert client.get("/mandates/list.csv").status_code == 200
    for path in ("/compliance/list.csv", "/compliance/units.xlsx", "/admin/people/list.csv"):
        assert client.get(path).status_code == 403
    assert client.get("/mandates/list.pdf").status_code == 404


@pytest.mark.parametrize("path", [*(f"{path}/list.csv" for path in LISTS), "/compliance/units.csv"])
def test_a_file_takes_the_same_statements_however_many_rows(
    reader: FlaskClient, database: Database, house: House, path: str
) -> None:
    reader.get(path)  # what is asked once for a process
    with counted_statements(database) as few:
        before = rows_of(reader, path)
    with arranging(), database.transaction() as session:
        add_many(session, house, count=1200)

    with counted_statements(database) as many:
        after = rows_of(reader, path)

    assert len(many) == len(few)
    assert len(after) > len(before) + 1000 or path in {
        "/compliance/list.csv",
        "/compliance/units.csv",
        "/resolutions/list.csv",
    }


def add_many(session: Session, house: House, *, count: int) -> None:
    """Add many mandates, activities and people by bulk insertion."""
    instrument = make_instrument(session, "99(IX)", "99-ix")
    numbers = range(10_000, 10_000 + count)
    session.execute(
        insert(Clause),
        [
            {
                "id": number,
                "instrument_id": instrument.id,
                "position": number,
                "kind": BlockKind.OPERATIVE,
                "number": str(number),
                "path": str(number),
                "level": 1,
            }
            for number in numbers
        ],
    )
    session.execute(
        insert(ClauseText),
        [
            {"clause_id": number, "language": "en", "text": f"To count {number};"}
            for number in numbers
        ],
    )
    session.execute(
        insert(Mandate),
        [
            {
                "clause_id": number,
                "instrument_id": instrument.id,
                "action_verb": "To count",
                "nature": Nature.ACTION_BY_SECRETARIAT,
                "concerns_us": ConcernsUs.BY_NAME,
                "is_proposed_for_action": True,
                "version": 1,
            }
            for number in numbers
        ],
    )
    session.execute(
        insert(Activity),
        [
            {
                "title": f"Atlas {number}",
                "description": "",
                "language": "en",
                "deliverable": Deliverable.PUBLICATION,
                "unit_id": house.trade,
                "starts_on": date(2026, 1, 1) + timedelta(days=number % 300),
                "created_at": clock.now(),
                "created_by_id": house.coordinator.person_id,
                "version": 1,
            }
            for number in numbers
        ],
    )
    session.execute(
        insert(Person),
        [
            {
                "name": f"Person {number}",
                "email": f"person.{number}@example.org",
                "language": "en",
                "time_zone": "UTC",
                "invited_at": clock.now(),
                "version": 1,
            }
            for number in numbers
        ],
    )
