"""Pages of the rules of reminders: tried out, saved, refused with a sentence, taken away."""

import pytest
from flask import Flask

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import House, make_house, make_person, open_biennium
from tests.visitors import form_of, submit, text_of
from tests.visitors import sign_in as sign_in_as
from tracker.domain.permissions import Role
from tracker.installation import Installation

RULES = "/admin/reminder-rules"
HOUSE_RULE = f"{RULES}/rule?target=house"


@pytest.fixture
def commission(app: Flask, client: CheckedClient) -> House:
    """Put the commission with its open biennium there and sign an administrator in."""
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    with arranging(), parts.database.transaction() as session:
        made = make_house(session)
        open_biennium(session, made)
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
    sign_in_as(client, person.id)
    return made


def test_the_rule_of_the_house_is_the_usual_one_until_it_is_set(
    client: CheckedClient, commission: House
) -> None:
    words = text_of(client.get(RULES))
    form = form_of(client.get(HOUSE_RULE))

    assert "14, 3 days before the due day, and on it" in words
    assert "The rule of the house applies to everything." in words
    assert (form.fields["due_days"], form.fields["repeat_days"]) == ("14, 3, 0", "7")


def test_a_rule_is_tried_out_before_it_is_saved(client: CheckedClient, commission: House) -> None:
    page = submit(client, client.get(HOUSE_RULE), {"due_days": "200", "act": "try"})

    words = text_of(page)
    assert "By this rule, in the next 14 days" in words
    assert "Nothing is saved or sent yet." in words
    assert form_of(page).fields["due_days"] == "200"
    assert form_of(client.get(HOUSE_RULE)).fields["due_days"] == "14, 3, 0"


def test_a_rule_is_saved_and_its_history_says_by_whom(
    client: CheckedClient, commission: House
) -> None:
    changed = {"due_days": "30, 7", "weekdays": ["1"], "hour": "9", "act": "save"}

    answer = submit(client, client.get(HOUSE_RULE), changed)

    words = text_of(client.get(answer.location))
    assert "Adam Admin" in words
    assert "30, 7 days before the due day" in words
    assert "Mail comes on Tuesday at 09:00" in text_of(client.get(RULES))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"due_days": "soon"}, "“soon” is no number of days."),
        ({"repeat_days": "often"}, "“often” is no number."),
        ({"most_repeats": "99"}, "Enter a number from 1 to 52"),
        ({"weekdays": None}, "Choose at least one weekday on which mail comes."),
        ({"kinds": None}, "Choose at least one occasion"),
        ({"hour": "noon"}, "Choose an hour from the list."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_no_rule_can_be_is_refused_and_nothing_is_lost(
    client: CheckedClient, commission: House, changed: dict[str, str | None], sentence: str
) -> None:
    page = submit(client, client.get(HOUSE_RULE), {"slot_days": "21", "act": "save", **changed})

    assert page.status_code == 400
    assert sentence in text_of(page)
    assert form_of(page).fields["slot_days"] == "21"


def test_a_unit_gets_a_rule_of_its_own_and_gives_it_back(
    client: CheckedClient, commission: House
) -> None:
    own = f"{RULES}/rule?target=unit:{commission.statistics}"
    submit(client, client.get(own), {"due_days": "40", "act": "save"})
    assert "40 days before the due day" in text_of(client.get(RULES))
    assert "A rule of its own applies." in text_of(
        client.get(f"/admin/units/{commission.statistics}")
    )

    submit(client, client.get(own), {"act": "withdraw"})

    assert "40 days before the due day" not in text_of(client.get(RULES))
    assert "Taken away" in text_of(client.get(own))


def test_a_rule_that_bars_roll_ups_and_its_weekdays_are_told_where_they_matter(
    client: CheckedClient, commission: House
) -> None:
    own = f"{RULES}/rule?target=unit:{commission.statistics}"
    few = {"due_days": "14", "repeat_days": "", "weekdays": ["1", "3"]}

    tried = submit(client, client.get(own), {**few, "act": "try"})
    submit(client, client.get(own), {**few, "act": "save"})

    why = "By this rule no roll-up is ever proposed"
    assert form_of(client.get(own)).fields["due_days"] == "14"
    for page in (tried, *map(client.get, (own, RULES, "/help/reminders", "/admin/escalation"))):
        assert why in text_of(page)
    assert why not in text_of(client.get(HOUSE_RULE))
    for page in map(client.get, (RULES, "/help/reminders")):
        assert "Mail comes on Tuesday, Thursday to those who chose no days" in text_of(page)


def test_a_mandate_says_which_rule_applies_and_why(
    client: CheckedClient, commission: House
) -> None:
    reminders = "/progress/1/reminders"
    assert "The rule of the house applies" in text_of(client.get(reminders))
    own = f"{RULES}/rule?target=mandate:{commission.mandates[0]}"

    submit(client, client.get(own), {"due_days": "40", "act": "save"})

    words = text_of(client.get(reminders))
    assert "The mandate has a rule of its own." in words
    assert "40 days before the due day" in words


@pytest.mark.parametrize("target", ["", "house:1", "unit", "unit:999", "planet:1", "mandate:x"])
def test_a_rule_for_what_is_not_there_is_not_found(
    client: CheckedClient, commission: House, target: str
) -> None:
    assert client.get(f"{RULES}/rule?target={target}").status_code == 404
