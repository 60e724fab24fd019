"""The pages of lineages: instruments among others, and a clause over the sessions."""

import pytest
from flask.testing import FlaskClient

from tests.furniture import put
from tests.renewing import Renewal, make_renewal
from tests.reporting import TEXT, open_biennium, report_on
from tests.visitors import sign_in, text_of
from tracker import clock
from tracker.database import Database
from tracker.services.inheritance import Choices, inherit
from tracker.services.progress import submit_report


@pytest.fixture
def renewal(database: Database) -> Renewal:
    found = put(database, make_renewal)
    with database.transaction() as session:
        open_biennium(session, found.house)
        report = report_on(session, found.house.mandates[1])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=found.house.focal_point,
            at=clock.now(),
        )
    with database.transaction() as session:
        inherit(
            session,
            later_id=found.later,
            earlier_id=found.earlier,
            choices=Choices(taken=frozenset({f"{found.changed}-{found.house.mandates[1]}"})),
            actor=found.house.coordinator,
            at=clock.now(),
        )
    return found


def test_a_lineage_is_told_as_a_picture_with_its_text_and_as_a_list(
    client: FlaskClient, renewal: Renewal
) -> None:
    sign_in(client, renewal.house.viewer.person_id)

    page = client.get(f"/resolutions/{renewal.earlier}/lineage")

    assert 'role="img" aria-labelledby="lineage-title lineage-text"' in page.text
    words = text_of(page)
    assert "20(VI): renews 12(IV) (para. 1)" in words
    assert "2 of 3 mandates stand" in words


def test_a_clause_is_shown_over_the_sessions_with_what_each_changed(
    client: FlaskClient, renewal: Renewal
) -> None:
    sign_in(client, renewal.house.viewer.person_id)

    page = client.get(f"/mandates/{renewal.changed}/lineage")

    assert "12(IV), para. 5(b)" in text_of(page)
    assert "<ins>" in page.text
    mandate = text_of(client.get("/eco/12-iv/5/b"))
    assert "Lives on in 20(VI), para. 2" in mandate
    assert "20(VI), para. 2 took its place" in mandate
    heir = text_of(client.get("/eco/20-vi/2"))
    assert "Said on 12(IV), para. 5(b), whose place it takes" in heir
    assert TEXT.done in heir
