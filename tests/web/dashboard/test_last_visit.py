"""What changed since a person looked at compliance last; each number opens its rows."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.reporting import TEXT, House, open_biennium, report_on
from tests.travel import Travel
from tests.visitors import sign_in, text_of
from tests.web.commission import coordinator, database, house, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Actor
from tracker.models.mandates import Mandate
from tracker.services.assignment_answers import answer_assignments
from tracker.services.assignments import assign_mandate
from tracker.services.progress import clear_report, submit_report

__all__ = ["coordinator", "database", "house", "installation"]

FIRST = datetime(2026, 6, 29, 9, tzinfo=UTC)


@pytest.fixture
def visited(coordinator: FlaskClient, database: Database, house: House, travel: Travel) -> House:
    """Let the coordinator look at compliance the day before all is due, for the first time."""
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    travel.to(FIRST)
    sign_in(coordinator, house.coordinator.person_id)
    assert "your last visit" not in text_of(coordinator.get("/compliance"))
    return house


def submit(database: Database, house: House, place: int, actor: Actor) -> int:
    with database.transaction() as session:
        report = report_on(session, house.mandates[place])
        done = submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=actor,
            at=clock.now(),
        )
        return done.version


def news(client: FlaskClient) -> dict[str, str]:
    """Return what the page tells of changes, with where each number leads."""
    page = html.document_fromstring(client.get("/compliance").text)
    [told] = page.xpath("//p[@id='news']")
    return {link.text_content(): link.get("href") or "" for link in told.iter("a")}


def test_each_change_since_the_last_visit_opens_its_rows(
    coordinator: FlaskClient, database: Database, visited: House, travel: Travel
) -> None:
    travel.by(timedelta(hours=2))
    submit(database, visited, 0, visited.focal_point)
    version = submit(database, visited, 2, visited.other_focal_point)
    with database.transaction() as session:
        clear_report(
            session,
            report_id=report_on(session, visited.mandates[2]).id,
            version=version,
            actor=visited.other_manager,
            at=clock.now(),
        )
    travel.by(timedelta(days=3))
    sign_in(coordinator, visited.coordinator.person_id)

    told = news(coordinator)

    assert set(told) == {"2 submitted", "1 newly cleared", "1 became overdue"}
    for words, address in told.items():
        listed = coordinator.get(address.replace("/compliance?", "/compliance/list.csv?"))
        rows = list(csv.reader(io.StringIO(listed.data.decode("utf-8-sig"), newline="")))
        assert len(rows) - 1 == int(words.split()[0])
        assert "since 29 June 2026" in text_of(coordinator.get(address))


def test_a_mandate_that_was_declined_is_told(
    coordinator: FlaskClient, database: Database, visited: House, travel: Travel
) -> None:
    travel.by(timedelta(hours=2))
    mandate_id = visited.mandates[1]
    with database.transaction() as session:
        assign_mandate(
            session,
            mandate_id=mandate_id,
            version=session.get_one(Mandate, mandate_id).version,
            unit_id=visited.statistics,
            focal_point_id=visited.manager.person_id,
            actor=visited.coordinator,
            at=clock.now(),
        )
    with database.transaction() as session:
        answer_assignments(
            session,
            versions={mandate_id: None},
            is_accepted=False,
            reason="Ports belong to the Trade Division.",
            actor=visited.manager,
            at=clock.now(),
        )

    [(words, address)] = news(coordinator).items()

    assert words == "1 newly declined"
    assert "1 report of" in text_of(coordinator.get(address))


def test_looking_on_within_the_hour_keeps_what_is_new(
    coordinator: FlaskClient, database: Database, visited: House, travel: Travel
) -> None:
    travel.by(timedelta(hours=2))
    submit(database, visited, 0, visited.focal_point)
    looks = []
    for _ in range(3):
        looks.append(list(news(coordinator)))
        travel.by(timedelta(minutes=20))

    assert looks == [["1 submitted"]] * 3


def test_what_was_seen_is_told_no_more(
    coordinator: FlaskClient, database: Database, visited: House, travel: Travel
) -> None:
    travel.by(timedelta(hours=2))
    submit(database, visited, 0, visited.focal_point)
    news(coordinator)
    travel.by(timedelta(hours=2))

    assert "Nothing has changed since your last visit" in text_of(coordinator.get("/compliance"))


def test_each_person_has_their_own_last_visit(
    client: FlaskClient, database: Database, visited: House, travel: Travel
) -> None:
    travel.by(timedelta(hours=2))
    sign_in(client, visited.manager.person_id)

    assert "your last visit" not in text_of(client.get("/compliance"))


def test_a_moment_that_is_none_asks_for_nothing(coordinator: FlaskClient, visited: House) -> None:
    page = coordinator.get("/compliance?changed=cleared&since=yesterday")

    assert page.status_code == 200
    assert "any standing" in text_of(page)
