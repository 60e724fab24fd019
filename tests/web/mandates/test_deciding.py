"""One press decides as proposed, on the page of a resolution or on the list of mandates."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from tests.audit import arranging
from tests.importing import import_text
from tests.reporting import House, counted_statements
from tests.resolution_texts import ADOPTED
from tests.visitors import sign_in, submit, text_of
from tracker.database import Database
from tracker.domain.findings import FindingField
from tracker.installation import Installation
from tracker.models.mandates import Mandate, MandateFinding

RESOLUTION, WAITING = "/coi/21-v", "/mandates?asking=unconfirmed"


@pytest.fixture(autouse=True)
def proposed(database: Database, house: House, installation: Installation) -> list[int]:
    """Return the four mandates of 21(V): two ask something of us, the last is doubtful."""
    assert house
    (outcome,) = import_text(database, installation.files)
    with arranging(), database.transaction() as session:
        ids = session.scalars(
            select(Mandate.id)
            .where(Mandate.instrument_id == outcome.instrument_id)
            .order_by(Mandate.id)
        ).all()
        session.execute(
            update(MandateFinding)
            .where(MandateFinding.mandate_id == ids[3], MandateFinding.field == FindingField.NATURE)
            .values(confidence=80)
        )
    return list(ids)


def decided(database: Database, mandate_ids: list[int]) -> list[bool | None]:
    with database.reading() as session:
        return [session.get_one(Mandate, key).requires_action for key in mandate_ids]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [(RESOLUTION, "/coi/21-v?decided=1"), (WAITING, "/mandates?decided=1&owner=none")],
    ids=["resolution", "list"],
)
def test_one_press_decides_as_proposed_and_says_what_it_did(
    coordinator: FlaskClient, database: Database, proposed: list[int], address: str, leads_to: str
) -> None:
    page = coordinator.get(address)

    answer = submit(coordinator, page, to="/decide")

    words = text_of(page)
    assert "2 ask something of us and will be confirmed; 1 asks nothing of us" in words
    assert "1 is doubtful and stays for you." in words
    assert "Doubtful: decide yourself" in words
    assert answer.location == leads_to
    told = text_of(coordinator.get(answer.location))
    assert "As proposed: 2 confirmed as requiring our action, 1 set aside." in told
    assert "1 doubtful mandate stays: decide on it yourself." in told
    assert decided(database, proposed) == [False, True, True, None]


@pytest.mark.parametrize("address", [RESOLUTION, WAITING], ids=["resolution", "list"])
def test_it_is_taken_back_where_it_was_decided(
    coordinator: FlaskClient, database: Database, proposed: list[int], address: str
) -> None:
    after = submit(coordinator, coordinator.get(address), to="/decide")

    answer = submit(coordinator, coordinator.get(after.location), to="/take-back")

    assert answer.location == address
    assert "The decisions on 3 mandates are taken back." in text_of(coordinator.get(address))
    assert decided(database, proposed) == [None] * 4


def test_where_only_doubtful_ones_are_left_nothing_is_offered(coordinator: FlaskClient) -> None:
    submit(coordinator, coordinator.get(RESOLUTION), to="/decide")

    words = text_of(coordinator.get(WAITING))

    assert "1 is doubtful: open it and decide." in words
    assert "as proposed" not in words


def test_a_press_that_comes_too_late_is_told(coordinator: FlaskClient) -> None:
    page = coordinator.get(WAITING)
    submit(coordinator, page, to="/decide")

    answer = submit(coordinator, page, to="/decide")

    assert answer.status_code == 409
    assert "No proposal is left that is sure enough" in text_of(answer)


def test_who_may_not_confirm_is_offered_nothing(client: FlaskClient, house: House) -> None:
    sign_in(client, house.focal_point.person_id)

    assert "as proposed" not in text_of(client.get(WAITING))
    assert "as proposed" not in text_of(client.get(RESOLUTION))


def test_the_offer_takes_a_fixed_number_of_statements(
    coordinator: FlaskClient, database: Database, installation: Installation
) -> None:
    counts = []
    for symbol in ("31(V)", "32(V)"):
        import_text(database, installation.files, ADOPTED.replace("21(V)", symbol))
        with counted_statements(database) as statements:
            coordinator.get(WAITING)
        counts.append(len(statements))

    assert counts[0] == counts[1]
