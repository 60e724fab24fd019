"""Pages of pauses: entered, shown where reminders are told of, ended."""

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import House, make_house, open_biennium
from tests.visitors import form_of, submit, text_of
from tests.visitors import sign_in as sign_in_as
from tracker.installation import Installation

PAUSES = "/admin/pauses"
RECESS = {"starts_on": "2026-01-01", "ends_on": "2026-12-20", "reason": "Recess"}


@pytest.fixture
def commission(app: Flask, client: CheckedClient) -> House:
    """Put the commission with its open biennium there and sign its coordinator in."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    with arranging(), parts.database.transaction() as session:
        made = make_house(session)
        open_biennium(session, made)
    sign_in_as(client, made.coordinator.person_id)
    return made


def test_a_pause_shows_wherever_reminders_are_told_of(
    client: CheckedClient, commission: House
) -> None:
    assert "Nothing is paused." in text_of(client.get(PAUSES))

    submit(client, client.get(PAUSES), RECESS)

    note = "Reminders are paused until 20 December 2026: Recess"
    for address in (
        "/admin/deliveries", "/admin/deliveries/ahead", "/admin/jobs", "/progress/1/reminders",
        "/account/reminders",
    ):  # fmt: skip
        assert note in text_of(client.get(address)), address


def test_a_mandate_is_paused_from_its_own_page(client: CheckedClient, commission: House) -> None:
    mandate = f"mandate:{commission.mandates[0]}"
    page = client.get(f"{PAUSES}?target={mandate}")
    assert form_of(page).fields["target"] == mandate

    submit(client, page, RECESS)

    assert "12(IV), para. 5(a)" in text_of(client.get(PAUSES))
    assert "Reminders are paused" in text_of(client.get("/progress/1/reminders"))
    assert "Reminders are paused" not in text_of(client.get("/progress/3/reminders"))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"ends_on": "2025-01-01"}, "The last day lies before the first one"),
        ({"reason": " "}, "Say why; those who wait for a mail read it."),
        ({"starts_on": ""}, "Enter the first day of the pause."),
    ],
    ids=["days", "reason", "no day"],
)
def test_a_pause_that_cannot_be_is_refused_and_nothing_is_lost(
    client: CheckedClient, commission: House, changed: dict[str, str], sentence: str
) -> None:
    unit = f"unit:{commission.statistics}"

    page = submit(client, client.get(PAUSES), {**RECESS, "target": unit, **changed})

    assert page.status_code == 400
    assert sentence in text_of(page)
    assert form_of(page).fields["target"] == unit


def test_a_pause_is_ended_from_the_list(client: CheckedClient, commission: House) -> None:
    submit(client, client.get(PAUSES), RECESS)

    submit(client, client.get(PAUSES), {}, to="/end")

    assert "Nothing is paused." in text_of(client.get(PAUSES))
