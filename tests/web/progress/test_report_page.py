"""A report is written, submitted, returned and cleared on its page, and nothing typed is lost."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.visitors import form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Actor
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Review
from tracker.models.people import Person
from tracker.models.progress import (
    DueDate,
    ProgressDraft,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.services.asking import ASSIGNED_DATE
from tracker.services.periods import freeze_period, lock_period
from tracker.services.progress import clear_report, return_report, save_draft, submit_report

WRITTEN = {
    "status": "in_progress",
    "done": "Two missions were sent.",
    "next_steps": "A third one follows.",
}


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Open the biennium and return the report on the first mandate."""
    with database.transaction() as session:
        open_biennium(session, house)
        return report_on(session, house.mandates[0]).id


def as_person(client: FlaskClient, actor: Actor) -> FlaskClient:
    sign_in(client, actor.person_id)
    return client


def hand_in(database: Database, report_id: int, actor: Actor, version: int = 1) -> None:
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=version,
            text=TEXT,
            actor=actor,
            at=clock.now(),
        )


def review_of(database: Database, report_id: int) -> Review:
    with database.reading() as session:
        return session.get_one(ProgressReport, report_id).review


def test_the_page_shows_what_is_asked_in_its_context(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    words = text_of(page)
    assert "Progress report on 12(IV), para. 5(a)" in words
    assert "Requests the Executive Secretary: To count the islands, part 5.a;" in words
    assert "Due in 15 days (Tuesday 30 June)" in words
    assert "Nothing was reported on this mandate in an earlier period." in words


def test_a_draft_is_kept_for_its_author_alone(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")
    saved = client.post(f"/progress/{report_id}/draft", data=fields_of(page, **WRITTEN))
    assert saved.location == f"/progress/{report_id}"

    hers = client.get(saved.location)
    others = as_person(client, house.manager).get(f"/progress/{report_id}")

    assert "Draft saved. Nobody else sees it" in text_of(hers)
    assert "Two missions were sent." in hers.text
    assert "Two missions were sent." not in others.text


def test_a_focal_point_submits_a_report(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    answer = submit(client, page, WRITTEN, to="/submit")

    assert (answer.status_code, answer.location) == (303, "/")
    assert "It waits for the manager of the unit now." in text_of(client.get("/"))
    assert review_of(database, report_id) is Review.SUBMITTED
    again = client.get(f"/progress/{report_id}")
    assert "Submitted by Ana Focal" in text_of(again)
    assert not again.text.count('name="done"')


@pytest.mark.parametrize(
    ("fields", "sentence", "target"),
    [
        ({"status": None}, "Choose how far the mandate is carried out.", "#status"),
        ({"status": "postponed"}, "Enter the reason:", "#status_reason"),
        (
            {"status": "postponed", "status_reason": "No funds."},
            "Enter the date to which the mandate is postponed.",
            "#postponed_to",
        ),
        (
            {"status": "postponed", "status_reason": "No funds.", "postponed_to": "2020-01-01"},
            "The new date 1 January 2020 is not in the future.",
            "#postponed_to",
        ),
        ({"postponed_to": "next year"}, "This is not a date.", "#postponed_to"),
        ({"next_steps": "", "done": "", "results": " "}, "Say in at least one", "#done"),
    ],
)
def test_an_incomplete_report_comes_back_with_everything_typed(
    client: FlaskClient,
    database: Database,
    house: House,
    report_id: int,
    fields: dict[str, str],
    sentence: str,
    target: str,
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    answer = submit(client, page, {**WRITTEN, **fields}, to="/submit")

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert f'href="{target}' in answer.text
    kept = dict(form_of(answer, "/submit").form_values())
    assert kept["version"] == "1"
    assert kept["done"].strip() == fields.get("done", WRITTEN["done"])
    assert review_of(database, report_id) is Review.OPEN


def test_the_page_where_a_text_was_refused_can_be_loaded_again(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}/submit")

    assert dict(form_of(page, "/submit").form_values())["version"] == "1"


def test_a_draft_with_a_date_that_is_none_comes_back_with_everything_typed(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")
    fields = fields_of(page, **WRITTEN, postponed_to="next year")

    answer = client.post(f"/progress/{report_id}/draft", data=fields)

    assert answer.status_code == 400
    assert "This is not a date." in text_of(answer)
    assert WRITTEN["done"] in answer.text


def test_a_stale_form_shows_both_texts_and_loses_nothing(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    page = as_person(client, house.manager).get(f"/progress/{report_id}")
    hand_in(database, report_id, house.focal_point)
    with database.transaction() as session:
        return_report(
            session,
            report_id=report_id,
            version=2,
            remark="Which?",
            actor=house.coordinator,
            at=clock.now(),
        )

    answer = submit(client, page, {**WRITTEN, "done": "Mine: three missions."}, to="/submit")

    assert answer.status_code == 409
    words = text_of(answer)
    assert "Nothing of theirs was overwritten, and your text is still here" in words
    assert "What stands there now Submitted by Ana Focal" in words
    assert TEXT.done in words
    assert "Mine: three missions." in answer.text
    again = submit(client, answer, to="/submit")
    assert again.status_code == 303
    with database.reading() as session:
        texts = session.scalars(
            select(ProgressRevision.done).order_by(ProgressRevision.number)
        ).all()
    assert texts == [TEXT.done, TEXT.done, "Mine: three missions."]


@pytest.mark.parametrize("act", ["submit", "draft"])
def test_a_text_that_cannot_be_sent_any_more_is_still_there_to_copy(
    client: FlaskClient, database: Database, house: House, report_id: int, act: str
) -> None:
    page = as_person(client, house.manager).get(f"/progress/{report_id}")
    hand_in(database, report_id, house.focal_point)
    fields = fields_of(page, **{**WRITTEN, "done": "Mine: three missions.", "version": "2"})

    answer = client.post(f"/progress/{report_id}/{act}", data=fields)

    assert answer.status_code == 409
    assert "Mine: three missions." in answer.text
    assert "Your text cannot be sent now. Copy it to keep it." in text_of(answer)


def test_a_manager_returns_a_report_with_a_remark(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    hand_in(database, report_id, house.focal_point)
    page = as_person(client, house.manager).get(f"/progress/{report_id}")

    empty = submit(client, page, {"remark": " "}, to="/return")
    assert empty.status_code == 400
    assert "Enter a remark that says what should change." in text_of(empty)
    answer = submit(client, empty, {"remark": "Which islands?"}, to="/return")

    assert answer.status_code == 303
    as_person(client, house.focal_point)
    returned = client.get(f"/progress/{report_id}")
    assert "Mona Manager returned this report: Which islands?" in text_of(returned)
    assert TEXT.done in returned.text
    assert form_of(returned, "/submit") is not None


def test_a_manager_clears_a_report(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    hand_in(database, report_id, house.focal_point)
    page = as_person(client, house.manager).get(f"/progress/{report_id}")

    answer = submit(client, page, to="/clear")

    assert answer.status_code == 303
    assert review_of(database, report_id) is Review.CLEARED
    stale = client.post(f"/progress/{report_id}/clear", data=fields_of(page, "/clear"))
    assert stale.status_code == 409


def test_whoever_clears_a_report_is_not_offered_to_take_it_back(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    hand_in(database, report_id, house.focal_point)

    of_manager = text_of(as_person(client, house.manager).get(f"/progress/{report_id}"))
    of_author = text_of(as_person(client, house.focal_point).get(f"/progress/{report_id}"))

    assert "Clear report" in of_manager
    assert "Take back" not in of_manager
    assert "Take back" in of_author


def test_the_menu_shows_that_a_report_belongs_to_the_start_page(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    here = html.document_fromstring(page.text).xpath("//nav//a[@aria-current='page']")
    assert [link.text_content().strip() for link in here] == ["Start"]


def test_whoever_submitted_a_text_is_told_that_somebody_else_clears_it(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    hand_in(database, report_id, house.manager)

    page = as_person(client, house.manager).get(f"/progress/{report_id}")

    assert "another manager of the unit clears it" in text_of(page)
    assert "Clear report" not in text_of(page)
    refused = client.post(
        f"/progress/{report_id}/clear", data={**fields_of(page, "/return"), "version": "2"}
    )
    assert refused.status_code == 403


def test_more_time_is_given_with_a_reason(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    page = as_person(client, house.coordinator).get(f"/progress/{report_id}")

    none = submit(client, page, {"reason": "The census ends in July."}, to="/extend")
    earlier = submit(client, page, {"due_on": "2026-06-01", "reason": "The census."}, to="/extend")
    unfounded = submit(client, page, {"due_on": "2026-07-31"}, to="/extend")
    unclear = submit(client, page, {"due_on": "soon", "reason": "The census."}, to="/extend")
    given = submit(
        client, page, {"due_on": "2026-07-31", "reason": "The census ends in July."}, to="/extend"
    )

    refused = (none, earlier, unfounded, unclear)
    assert [answer.status_code for answer in (*refused, given)] == [400] * 4 + [303]
    assert "This is not a date." in text_of(unclear)
    assert "Enter the new due date." in text_of(none)
    assert "The census ends in July." in none.text
    assert "gives no more time" in text_of(earlier)
    assert "Enter the reason" in text_of(unfounded)
    words = text_of(client.get(f"/progress/{report_id}"))
    assert "extended by Carla Coordinator: The census ends in July." in words
    with database.reading() as session:
        dates = session.scalars(select(DueDate.due_on).where(DueDate.report_id == report_id)).all()
    assert dates == [date(2026, 6, 30), date(2026, 7, 31)]


def test_a_reason_that_the_program_gave_is_told_in_the_language_of_the_reader(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, house.coordinator.person_id).language = "fr"
        first = session.scalars(select(DueDate).where(DueDate.report_id == report_id)).one()
        session.add(
            DueDate(
                report_id=report_id,
                due_on=date(2026, 7, 31),
                overdue_at=first.overdue_at,
                reason=ASSIGNED_DATE,
                set_at=clock.now(),
                set_by_id=house.coordinator.person_id,
            )
        )

    words = text_of(as_person(client, house.coordinator).get(f"/progress/{report_id}"))

    assert "Carla Coordinator : Le mandat a reçu une autre échéance." in words


def test_a_report_is_waived_with_a_reason(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.coordinator).get(f"/progress/{report_id}")

    refused = submit(client, page, to="/waive")
    assert refused.status_code == 400
    assert "Enter the reason" in text_of(refused)
    waived = submit(client, refused, {"waiver-reason": "Under water."}, to="/waive")

    assert waived.status_code == 303
    words = text_of(client.get(f"/progress/{report_id}"))
    assert "Carla Coordinator waived it" in words
    assert "When it is due" not in words
    assert "Submit report" not in words


def test_a_viewer_reads_but_finds_nothing_to_press(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.viewer).get(f"/progress/{report_id}")

    words = text_of(page)
    assert "Nobody has answered for this clause yet. Ana Focal of Statistics Division" in words
    assert "<form" not in page.text.partition('id="main"')[2].partition("</main>")[0]
    assert client.post(f"/progress/{report_id}/submit", data={}).status_code in {400, 403}


def test_a_focal_point_of_another_unit_cannot_write(
    client: FlaskClient, house: House, report_id: int
) -> None:
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")
    fields = fields_of(page, **WRITTEN)

    as_person(client, house.other_focal_point)
    own = client.get(f"/progress/{report_id}")
    answer = client.post(
        f"/progress/{report_id}/submit", data={**fields, "csrf_token": token_of(client)}
    )

    assert "Submit report" not in text_of(own)
    assert answer.status_code == 403


def test_the_history_tells_each_step_and_what_changed(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    hand_in(database, report_id, house.focal_point)
    with database.transaction() as session:
        return_report(
            session,
            report_id=report_id,
            version=2,
            remark="Which?",
            actor=house.manager,
            at=clock.now(),
        )
    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")
    submit(client, page, {"done": "Two missions were sent to the outer islands."}, to="/submit")
    with database.transaction() as session:
        clear_report(session, report_id=report_id, version=4, actor=house.manager, at=clock.now())

    words = text_of(client.get(f"/progress/{report_id}"))

    history = words.partition("How it came to be")[2]
    places = [history.index(step) for step in ("Cleared", "Submitted", "Returned")]
    assert places == sorted(places)
    assert "Which?" in history
    assert "[added: outer ]" in history


def test_a_draft_from_before_the_last_text_is_shown_beside_the_form(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.manager, at=clock.now())
    with arranging(), database.transaction() as session:
        session.query(ProgressDraft).update({"saved_at": clock.now().replace(hour=1)})
    with database.transaction() as session:
        submit_report(
            session,
            report_id=report_id,
            version=1,
            text=ReportText(status=TEXT.status, done="By Ana."),
            actor=house.focal_point,
            at=clock.now(),
        )
        return_report(
            session,
            report_id=report_id,
            version=2,
            remark="Hm.",
            actor=house.manager,
            at=clock.now(),
        )

    page = as_person(client, house.manager).get(f"/progress/{report_id}")

    assert "from before the last text was submitted" in text_of(page)
    assert dict(form_of(page, "/submit").form_values())["done"].strip() == "By Ana."


def test_a_locked_period_says_so(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    with database.transaction() as session:
        lock_period(session, period_id=1, version=1, actor=house.coordinator, at=clock.now())

    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    assert "The period 2026-2027 is locked" in text_of(page)
    assert "Submit report" not in text_of(page)


@pytest.mark.parametrize("is_cleared", [True, False], ids=["in the edition", "too late for it"])
def test_a_frozen_period_says_what_to_do(
    client: FlaskClient, database: Database, house: House, report_id: int, is_cleared: bool
) -> None:
    hand_in(database, report_id, house.focal_point)
    with database.transaction() as session:
        if is_cleared:
            clear_report(
                session, report_id=report_id, version=2, actor=house.manager, at=clock.now()
            )
        period = session.get_one(ReportingPeriod, 1)
        freeze_period(session, period=period, edition_number=1, actor=house.editor, at=clock.now())

    page = as_person(client, house.focal_point).get(f"/progress/{report_id}")

    assert "ask the coordinator to open the period again" in text_of(page)
    assert "/reports/1" in page.text
    assert "Submit report" not in text_of(page)


def test_a_report_that_is_not_there_is_not_found(client: FlaskClient, house: House) -> None:
    answer = as_person(client, house.viewer).get("/progress/999")

    assert answer.status_code == 404
    assert "There is no such progress report." in text_of(answer)


def test_visitors_sign_in_first(client: FlaskClient, report_id: int) -> None:
    answer = client.get(f"/progress/{report_id}")

    assert answer.status_code == 302
    assert "/sign-in" in answer.location


def test_the_page_takes_a_fixed_number_of_statements(
    client: FlaskClient, database: Database, house: House, report_id: int
) -> None:
    hand_in(database, report_id, house.focal_point)
    as_person(client, house.manager)
    with counted_statements(database) as few:
        client.get(f"/progress/{report_id}")
    for version in range(2, 12, 2):
        with database.transaction() as session:
            return_report(
                session,
                report_id=report_id,
                version=version,
                remark="Again.",
                actor=house.manager,
                at=clock.now(),
            )
        hand_in(database, report_id, house.focal_point, version=version + 1)

    with counted_statements(database) as many:
        client.get(f"/progress/{report_id}")

    assert len(few) == len(many) <= 25


def fields_of(page: TestResponse, to: str = "/submit", **fields: str) -> dict[str, str]:
    """Return the fields of a form of the page, with some typed over."""
    return dict(form_of(page, to).form_values()) | fields


def token_of(client: FlaskClient) -> str:
    """Return the token of the form that signs the person out."""
    page = client.get("/account").text
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]
