"""Subjects are looked up, proposed, decided in one press, and narrow a search."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House
from tests.visitors import sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.countries import countries
from tracker.domain.goals import TARGETS
from tracker.domain.subjects import SubjectKind, Verdict
from tracker.models.instruments import ClauseText
from tracker.models.mandates import Mandate
from tracker.models.subjects import SubjectMark


@pytest.fixture
def fisheries(database: Database, house: House) -> House:
    """Let two clauses speak of fisheries, one of them of Chile."""
    texts = ("To study the fisheries of Chile;", "To count the fisheries;")
    with arranging(), database.transaction() as session:
        for mandate_id, text in zip(house.mandates, texts, strict=False):
            clause_id = session.get_one(Mandate, mandate_id).clause_id
            session.scalars(select(ClauseText).filter_by(clause_id=clause_id)).one().text = text
    return house


def test_a_page_of_proposals_is_confirmed_in_one_press(
    coordinator: FlaskClient, fisheries: House
) -> None:
    page = coordinator.get("/subjects/proposals")
    assert "3 proposals on this page" in text_of(page)
    assert "“fisheries”" in text_of(page)

    submit(coordinator, page, to="decide", button="verdict")

    assert "3 subjects are confirmed." in coordinator.get("/subjects").text
    assert ">2</a>" in coordinator.get("/subjects").text
    assert "Nothing on this page waits" in text_of(coordinator.get("/subjects/proposals"))


def test_a_subject_lists_its_mandates_with_their_owner(
    coordinator: FlaskClient, fisheries: House
) -> None:
    submit(coordinator, coordinator.get("/subjects/proposals"), to="decide", button="verdict")

    page = text_of(coordinator.get("/subjects/goal/14"))

    assert "14. Life below water" in page
    assert "2 mandates · 0 activities" in page
    assert "To study the fisheries of Chile" in page
    assert "Statistics Division" in page


def test_one_more_subject_is_said_and_taken_away(
    coordinator: FlaskClient, fisheries: House, database: Database
) -> None:
    address = f"/subjects/of/mandate/{fisheries.mandates[2]}"
    page = coordinator.get(address)
    choice = f"mandate:{fisheries.mandates[2]}:target:14.7"

    submit(coordinator, page, {"choice": choice, "verdict": "added"}, to="decide")

    assert "14.7" in text_of(coordinator.get(address))
    mandate = coordinator.get(f"/mandates/{fisheries.mandates[2]}", follow_redirects=True)
    assert 'href="/subjects/target/14.7"' in mandate.text

    submit(coordinator, coordinator.get(address), {"choice": choice, "verdict": "refused"})

    with database.reading() as session:
        assert [mark.verdict.value for mark in session.scalars(select(SubjectMark))] == ["refused"]


def test_very_many_targets_and_countries_are_shown_in_part_and_have_pages_of_their_own(
    coordinator: FlaskClient, house: House, database: Database
) -> None:
    first, second = house.mandates[:2]
    targets = [target for of_goal in TARGETS.values() for target in of_goal]
    codes = [country.code for country in countries("en")]
    marks = [(first, SubjectKind.TARGET, target) for target in targets]
    marks += [(first, SubjectKind.COUNTRY, code) for code in codes]
    marks.append((second, SubjectKind.TARGET, "17.18"))
    with arranging(), database.transaction() as session:
        for mandate_id, kind, key in marks:
            session.add(
                SubjectMark(
                    mandate_id=mandate_id,
                    kind=kind,
                    key=key,
                    words="",
                    verdict=Verdict.CONFIRMED,
                    decided_at=clock.now(),
                    decided_by_id=house.coordinator.person_id,
                )
            )

    page = coordinator.get("/subjects")
    of_targets = [coordinator.get(f"/subjects?kind=target&page={number}") for number in (1, 2, 3)]
    of_countries = coordinator.get("/subjects?kind=country&page=1")

    assert f"{len(targets) - 30} more targets" in page.text
    assert f"{len(codes) - 30} more countries" in page.text
    assert "/subjects/target/17.18" in page.text  # most records are about it
    for shown in (page, *of_targets, of_countries):
        assert len(shown.data) < 100_000
    listed = {
        key for each in of_targets for key in re.findall(r"/subjects/target/([\w.]+)\"", each.text)
    }
    assert listed == set(targets)
    assert of_targets[2].text.count("/subjects/target/") == of_targets[1].text.count(
        "/subjects/target/"
    )  # there are two pages: a number that leads nowhere shows the last


def test_a_kind_that_nothing_is_about_says_so(coordinator: FlaskClient) -> None:
    assert "No record is about any of these yet." in coordinator.get("/subjects?kind=target").text


def test_a_search_is_narrowed_by_goal_and_country(
    coordinator: FlaskClient, fisheries: House
) -> None:
    submit(coordinator, coordinator.get("/subjects/proposals"), to="decide", button="verdict")

    page = coordinator.get("/search?q=fisheries").text
    assert "14. Life below water</a> (2)" in page
    assert "Chile</a> (1)" in page

    assert "1 result" in text_of(coordinator.get("/search?q=fisheries&country=CHL"))
    assert "2 results" in text_of(coordinator.get("/search?q=fisheries&goal=14"))
    assert "Nothing here holds" in text_of(coordinator.get("/search?q=fisheries&goal=5"))


def test_who_only_reads_decides_nothing(client: FlaskClient, fisheries: House) -> None:
    sign_in(client, fisheries.viewer.person_id)

    assert client.get("/subjects/proposals").status_code == 403
    page = client.get(f"/subjects/of/mandate/{fisheries.mandates[0]}")
    assert "Confirm the ticked subjects" not in page.text


@pytest.mark.parametrize(
    "address",
    ["/subjects/goal/18", "/subjects/colour/1", "/subjects/of/mandate/999", "/subjects/of/x/1"],
)
def test_what_is_not_there_is_not_found(coordinator: FlaskClient, address: str) -> None:
    assert coordinator.get(address).status_code == 404


def test_nothing_chosen_says_what_to_do(coordinator: FlaskClient, fisheries: House) -> None:
    page = coordinator.get("/subjects/proposals")

    answer = submit(coordinator, page, {"choice": None, "verdict": "confirmed"}, to="decide")

    assert "Choose at least one subject" in coordinator.get(answer.location).text


def test_all_that_is_left_is_confirmed_in_a_step_and_taken_back(
    coordinator: FlaskClient, fisheries: House
) -> None:
    page = coordinator.get("/subjects/goal/14/left")
    assert "2 mandates would be confirmed" in text_of(page)
    assert "“fisheries”" in text_of(page)

    answer = submit(coordinator, page, to="/left")
    done = coordinator.get(answer.location)
    assert "2 subjects are confirmed." in text_of(done)
    assert "Your last step on it confirmed 2 records." in text_of(done)
    assert "Nothing is left to decide here." in text_of(done)

    again = submit(coordinator, page, to="/left")
    assert "Something else is left" in text_of(coordinator.get(again.location))

    back = submit(coordinator, done, to="/take-back")
    assert "2 subjects are taken back" in text_of(coordinator.get(back.location))
    assert "2 mandates would be confirmed" in text_of(coordinator.get("/subjects/goal/14/left"))
    twice = submit(coordinator, done, to="/take-back")
    assert "Nothing of this step is left" in text_of(coordinator.get(twice.location))
    broken = submit(coordinator, done, {"step": "soon"}, to="/take-back")
    assert "Open the page again" in text_of(coordinator.get(broken.location))


def test_activities_have_nothing_left_of_what_none_speaks_of(
    coordinator: FlaskClient, fisheries: House
) -> None:
    assert "Nothing is left" in text_of(coordinator.get("/subjects/goal/14/left?of=activity"))
    assert "Nothing is left" in text_of(coordinator.get("/subjects/country/CHL/left?of=activity"))
