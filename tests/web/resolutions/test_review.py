"""The page of a review: forms without script, refusals that lose nothing, and what is imported."""

import re

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.reporting import House
from tests.resolution_texts import ADOPTED, EARLIER, as_file
from tests.services.reviewing import DAMAGED
from tests.uploads import upload
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker.database import Database
from tracker.models.instruments import Clause, ClauseCorrection


@pytest.fixture
def review(coordinator: FlaskClient) -> TestResponse:
    """Return the page of the review of a damaged text."""
    return coordinator.get(upload(coordinator, as_file(DAMAGED)).location)


def press(client: FlaskClient, page: TestResponse, step: str, **fields: object) -> TestResponse:
    """Press the button of a step on the page."""
    return submit(client, page, {"do": step, **fields}, to="/step")


def change(client: FlaskClient, page: TestResponse, how: str, **fields: object) -> TestResponse:
    """Open the form that changes a paragraph and send it filled in."""
    form = change_form(client.get(f"{page.request.path}?change={how}"))
    sent = dict(filled_in(form)) | {name: str(value) for name, value in fields.items()}
    return client.post(form.get("action", ""), data=sent)


def change_form(page: TestResponse) -> html.FormElement:
    """Return the form that stands open at a paragraph."""
    forms = html.document_fromstring(page.text).iter("form")
    return next(
        form for form in forms if isinstance(form, html.FormElement) and "form" in form.fields
    )


def paths(page: TestResponse) -> list[str]:
    """Return the numbers in the margin of the reading, in their order."""
    root = html.document_fromstring(page.text)
    return [
        number.text_content()
        for number in root.xpath("//*[@data-item]//*[@class='tracker-clause__number']")
    ]


def test_a_paragraph_is_split_by_a_line_break_and_numbered(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    text = DAMAGED[DAMAGED.index("Requests") : DAMAGED.index("Thanks")]
    broken = " ".join(text.split()[:-1]).replace("; 3. ", ";\n3. ")

    answer = change(coordinator, review, "split:p4", text=broken)

    assert answer.status_code == 303
    assert answer.location.endswith("#p4")
    assert paths(coordinator.get(answer.location)) == ["1.", "2.", "3.", "5.", "6."]


def test_script_splits_at_a_character(coordinator: FlaskClient, review: TestResponse) -> None:
    answer = press(coordinator, review, "split:p3:11")

    assert "Takes note" in text_of(coordinator.get(answer.location))
    assert paths(coordinator.get(answer.location)) == ["1.", "2.", "2.", "5.", "6."]


def test_words_number_and_kind_are_changed_by_forms(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    page = coordinator.get(change(coordinator, review, "text:p3", text="Takes note;").location)
    answer = change(coordinator, page, "number:p5", path="3", and_following="y")
    page = coordinator.get(answer.location)
    page = coordinator.get(change(coordinator, page, "number:p2", kind="heading").location)

    assert paths(page) == ["1.", "2.", "3.", "4."]
    words = text_of(page)
    assert "Takes note;" in words
    assert "Changed by hand" in words
    assert "Heading" in words


def test_a_step_is_undone_and_redone(coordinator: FlaskClient, review: TestResponse) -> None:
    joined = coordinator.get(press(coordinator, review, "join:p3").location)

    undone = coordinator.get(press(coordinator, joined, "undo").location)
    redone = coordinator.get(press(coordinator, undone, "redo").location)

    assert paths(joined) == ["2.", "5.", "6."]
    assert paths(undone) == paths(review)
    assert paths(redone) == paths(joined)


def test_settling_a_place_leads_to_the_next_and_counts_down(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    assert "1 of 1 doubtful place is left" in text_of(review)

    settled = coordinator.get(press(coordinator, review, "settle:p5").location)

    assert "Every doubtful place is settled." in text_of(settled)
    assert "Doubtful places" not in text_of(settled)


def test_a_review_is_found_again_on_the_page_of_the_import(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    press(coordinator, review, "settle:p5")

    page = coordinator.get("/resolutions/import")

    assert "Half-done reviews" in text_of(page)
    assert f'href="{review.request.path}"' in page.text
    assert "No doubtful place is left" in text_of(page)


def test_a_discarded_review_is_gone_from_the_page_of_the_import(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    answer = submit(coordinator, coordinator.get("/resolutions/import"), to="/discard")

    assert "is discarded" in text_of(coordinator.get(answer.location))
    assert "Half-done reviews" not in text_of(coordinator.get(answer.location))
    assert coordinator.get(review.request.path).status_code == 409


def test_details_are_kept_for_later(coordinator: FlaskClient, review: TestResponse) -> None:
    submit(coordinator, review, {"symbol": "29(V)"}, button="/details")

    assert 'value="29(V)"' in coordinator.get(review.request.path).text
    assert "29(V)" in text_of(coordinator.get("/resolutions/import"))


def test_what_is_imported_is_what_was_shown(
    coordinator: FlaskClient, review: TestResponse, database: Database
) -> None:
    changed = change(coordinator, review, "text:p3", text="Takes note of it;")

    answer = submit(coordinator, coordinator.get(changed.location))

    assert answer.location == "/coi/21-v"
    assert "Takes note of it;" in text_of(coordinator.get("/coi/21-v"))
    with database.reading() as session:
        assert session.scalar(select(func.count(ClauseCorrection.id))) == 1
    assert coordinator.get(review.request.path).location == "/coi/21-v"


@pytest.mark.parametrize(
    ("how", "fields", "sentence"),
    [
        ("split:p3", {"text": "Takes other words"}, "Here only line breaks can be put in"),
        ("split:p3", {}, "Choose a place between two words"),
        ("text:p3", {"text": " "}, "Enter the words of the paragraph"),
        ("text:p3", {"text": "x" * 100_001}, "longer than 100000 characters"),
        ("number:p3", {"path": "two"}, "is not the number of a paragraph"),
        ("number:p3", {"path": "9(a)"}, "No paragraph 9 stands above it"),
        ("number:p3", {"path": "§"}, "is not the number of a paragraph"),
        ("number:p3", {"path": "2"}, "There is a paragraph 2 already"),
        ("number:p3", {"kind": "poem"}, "Choose what the paragraph is|Not a valid choice"),
    ],
)
def test_a_change_that_makes_no_sense_is_told_in_its_form_and_what_was_typed_stays(
    coordinator: FlaskClient,
    review: TestResponse,
    how: str,
    fields: dict[str, str],
    sentence: str,
) -> None:
    answer = change(coordinator, review, how, **fields)

    assert answer.status_code == 400
    assert re.search(sentence, text_of(answer))
    if "text" in fields and fields["text"].strip():
        assert fields["text"][:40] in answer.text
    assert paths(coordinator.get(review.request.path)) == paths(review)


@pytest.mark.parametrize(
    "step", ["", "join", "join:p99", "shout:p3", "split:p3:0", "split:p3:x", "undo", "redo"]
)
def test_a_step_that_is_none_changes_nothing(
    coordinator: FlaskClient, review: TestResponse, step: str
) -> None:
    answer = press(coordinator, review, step)

    assert answer.status_code == 400
    assert "There is a problem" in text_of(answer)
    assert paths(coordinator.get(review.request.path)) == paths(review)


def test_ten_megabytes_of_text_are_refused_with_a_page(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    answer = change(coordinator, review, "text:p3", text="x" * 10_000_000)

    assert answer.status_code in {400, 413}
    assert text_of(answer)
    assert paths(coordinator.get(review.request.path)) == paths(review)


def test_a_change_over_somebody_elses_is_refused_with_both_texts(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    form = change_form(coordinator.get(f"{review.request.path}?change=text:p3"))
    change(coordinator, review, "text:p3", text="Takes note of theirs;")

    sent = dict(filled_in(form)) | {"text": "Takes note of mine;"}
    answer = coordinator.post(form.get("action", ""), data=sent)

    assert answer.status_code == 409
    words = text_of(answer)
    assert "Somebody else changed this since you opened the page" in words
    assert "Takes note of mine;" in answer.text
    assert "theirs" in words


def test_a_stale_button_is_refused(coordinator: FlaskClient, review: TestResponse) -> None:
    press(coordinator, review, "settle:p5")

    answer = press(coordinator, review, "join:p3")

    assert answer.status_code == 409
    assert "Somebody else changed this" in text_of(answer)


def test_an_imported_review_takes_no_more_steps(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    submit(coordinator, review)

    answer = press(coordinator, review, "join:p3")

    assert answer.status_code == 409
    assert "was imported meanwhile" in text_of(answer)


def test_an_old_address_of_a_form_shows_the_page_without_it(
    coordinator: FlaskClient, review: TestResponse
) -> None:
    page = coordinator.get(f"{review.request.path}?change=text:p99")

    assert page.status_code == 200
    assert "Words of the paragraph" not in text_of(page)


def test_the_texts_of_a_file_are_a_list_and_those_ticked_are_imported(
    coordinator: FlaskClient, database: Database
) -> None:
    both = as_file(EARLIER + "\n\n" + ADOPTED)
    page = coordinator.get(upload(coordinator, both).location)
    boxes = html.document_fromstring(page.text).xpath("//input[@name='review']/@value")

    answer = submit(coordinator, page, {"review": [boxes[1]]})

    assert answer.location == "/coi/21-v"
    again = coordinator.get(page.request.path)
    assert "1 text waits to be imported" in text_of(again)
    assert 'href="/coi/21-v"' in again.text


def test_a_list_without_a_tick_says_what_to_do(coordinator: FlaskClient) -> None:
    both = as_file(EARLIER + "\n\n" + ADOPTED)
    page = coordinator.get(upload(coordinator, both).location)

    answer = submit(coordinator, page, {"review": None})

    assert answer.status_code == 400
    assert "Select the texts to import" in text_of(answer)


@pytest.mark.parametrize("address", ["", "/step", "/details"])
def test_a_focal_point_takes_no_step(
    coordinator: FlaskClient, review: TestResponse, house: House, address: str
) -> None:
    fields = dict(filled_in(form_of(review, to="/step")))
    sign_in(coordinator, house.focal_point.person_id)

    answer = coordinator.post(f"{review.request.path}{address}", data=fields | {"do": "join:p3"})

    assert answer.status_code in {400, 403}


def test_a_clause_is_corrected_with_a_reason_and_its_history_says_so(
    coordinator: FlaskClient, review: TestResponse, database: Database
) -> None:
    submit(coordinator, review)
    page = coordinator.get(correction_of(database, "1"))

    answer = submit(
        coordinator, page, {"text": "Takes note of the report;", "reason": "Signed text"}
    )

    assert answer.location == "/coi/21-v/1"
    words = text_of(coordinator.get("/coi/21-v/1"))
    assert "Takes note of the report;" in text_of(coordinator.get("/coi/21-v"))
    assert "The reading was corrected by Carla Coordinator" in words
    assert "Signed text" in words


def test_the_address_of_a_renumbered_clause_leads_to_its_new_one(
    coordinator: FlaskClient, review: TestResponse, database: Database
) -> None:
    submit(coordinator, review)
    page = coordinator.get(correction_of(database, "5"))

    answer = submit(coordinator, page, {"path": "4", "reason": "Misread"})

    assert answer.location == "/coi/21-v/4"
    former = coordinator.get("/coi/21-v/5")
    assert (former.status_code, former.location) == (301, "/coi/21-v/4")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Say why it is corrected"),
        ({"text": " ", "reason": "x"}, "Enter the words of the paragraph"),
        ({"reason": "x"}, "Nothing was changed"),
        ({"path": "2", "reason": "x"}, "There is a paragraph 2 already"),
        ({"path": "9(a)", "reason": "x"}, "No paragraph 9 stands above it"),
        ({"path": "first", "reason": "x"}, "is not the number of a paragraph"),
        ({"path": "", "reason": "x"}, "is not the number of a paragraph"),
    ],
)
def test_a_correction_that_makes_no_sense_is_told_at_its_field(
    coordinator: FlaskClient,
    review: TestResponse,
    database: Database,
    fields: dict[str, str],
    sentence: str,
) -> None:
    submit(coordinator, review)
    page = coordinator.get(correction_of(database, "1"))

    answer = submit(coordinator, page, fields)

    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_a_correction_over_somebody_elses_is_refused_with_both_texts(
    coordinator: FlaskClient, review: TestResponse, database: Database
) -> None:
    submit(coordinator, review)
    page = coordinator.get(correction_of(database, "1"))
    submit(coordinator, page, {"text": "Takes note of theirs;", "reason": "First"})

    answer = submit(coordinator, page, {"text": "Takes note of mine;", "reason": "Second"})

    assert answer.status_code == 409
    assert "theirs" in text_of(answer)
    assert "Takes note of mine;" in answer.text


def correction_of(database: Database, path: str) -> str:
    """Return the address at which a clause of the imported text is corrected."""
    with database.reading() as session:
        clause_id = session.scalar(
            select(Clause.id).where(Clause.path == path).order_by(Clause.id.desc())
        )
    return f"/clauses/{clause_id}/correct"


def test_a_text_without_a_number_says_so_and_is_imported_with_the_one_that_was_entered(
    coordinator: FlaskClient,
) -> None:
    unnumbered = ADOPTED.partition("\n")[2]
    page = coordinator.get(upload(coordinator, as_file(unnumbered)).location)

    imported = submit(coordinator, page, {"symbol": "Resolution 12 (V)", "title": "Lamps"})

    assert "No symbol was found in this text. Enter it as printed" in text_of(page)
    assert imported.location.endswith("/12-v")
