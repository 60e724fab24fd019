"""The pages that make an annex an instrument: the review of an import, and the resolution's own."""

from flask.testing import FlaskClient

from tests.importing import import_text
from tests.services.test_annexes import WITH_ANNEX
from tests.visitors import submit, text_of
from tests.web.resolutions.test_editions import upload
from tracker.installation import Installation


def test_the_review_offers_the_annex_and_imports_it_along(coordinator: FlaskClient) -> None:
    page = upload(coordinator, WITH_ANNEX)

    answer = submit(coordinator, page, {"annex": "0"})

    assert "Declaration of the Ostral Islands on registers (3 paragraphs)" in text_of(page)
    assert answer.location == "/coi/21-v"
    words = text_of(coordinator.get("/coi/21-v"))
    assert "With it was adopted 21(V), annex" in words
    assert "Annexed to 21(V)" in text_of(coordinator.get("/coi/21-v-annex"))


def test_an_annex_that_is_not_ticked_is_offered_on_the_page_of_the_resolution(
    coordinator: FlaskClient, installation: Installation
) -> None:
    import_text(installation.database, installation.files, WITH_ANNEX)
    page = coordinator.get("/coi/21-v")

    answer = submit(coordinator, page, to="/annexes/0")

    assert "Its annex has 3 paragraphs that can become mandates" in text_of(page)
    assert answer.location == "/coi/21-v-annex"
    assert "publish a guide to registers" in text_of(coordinator.get("/coi/21-v-annex/2"))
    assert "Its annex has" not in text_of(coordinator.get("/coi/21-v"))


def test_an_annex_that_was_made_meanwhile_is_not_made_again(
    coordinator: FlaskClient, installation: Installation
) -> None:
    import_text(installation.database, installation.files, WITH_ANNEX)
    page = coordinator.get("/coi/21-v")
    submit(coordinator, page, to="/annexes/0")

    answer = submit(coordinator, page, to="/annexes/0")

    assert answer.location == "/coi/21-v"
    assert "instrument of its own already" in coordinator.get(answer.location).text
