"""A rule tried where very many reports wait: worked out in the background, the same as at once."""

from datetime import timedelta

import pytest

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import House, make_house, make_person, open_biennium
from tests.visitors import form_of, sign_in, submit, text_of
from tests.web.commission import installation
from tracker import clock
from tracker.domain.permissions import Role
from tracker.installation import Installation
from tracker.jobs.tasks import run_task
from tracker.models.jobs import TaskState
from tracker.queries import kept_outlooks
from tracker.services.background_tasks import claim_task, end_task

__all__ = ["installation"]

HOUSE_RULE = "/admin/reminder-rules/rule?target=house"
RESULT = "By this rule, in the next 14 days"


@pytest.fixture
def many(
    client: CheckedClient, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> House:
    """Let more reports wait than a page works out, all due soon; sign an administrator in."""
    monkeypatch.setattr(kept_outlooks, "MOST_AT_ONCE", 0)
    with arranging(), installation.database.transaction() as session:
        made = make_house(session)
        open_biennium(session, made, due_on=clock.today("UTC") + timedelta(days=9))
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
    sign_in(client, person.id)
    return made


def tried(client: CheckedClient) -> str:
    """Try another rule of the house; return the address of the trial."""
    answer = submit(
        client, client.get(HOUSE_RULE), {"due_days": "200", "act": "try"}, to="/reminder-rules/rule"
    )
    assert answer.status_code == 303
    return answer.headers["Location"]


def claimed(installation: Installation) -> int:
    with installation.database.transaction() as session:
        task = claim_task(session, holder="test:1", at=clock.now(), lasts=timedelta(minutes=5))
        assert task is not None
        return task.id


def test_a_trial_waits_and_its_page_keeps_the_rule_that_is_tried(
    client: CheckedClient, many: House
) -> None:
    page = client.get(tried(client))

    assert "It waits for its turn." in text_of(page)
    assert RESULT not in text_of(page)
    assert form_of(page, "/reminder-rules/rule").fields["due_days"] == "200"


def test_what_was_worked_out_is_what_a_page_would_have_said(
    client: CheckedClient, installation: Installation, many: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = tried(client)
    run_task(installation, claimed(installation))
    apart = text_of(client.get(address))
    monkeypatch.setattr(kept_outlooks, "MOST_AT_ONCE", 10)
    at_once = text_of(submit(client, client.get(HOUSE_RULE), {"due_days": "200", "act": "try"}))

    assert "Ana Focal" in apart
    assert apart.partition(RESULT)[2] == at_once.partition(RESULT)[2] != ""


def test_the_rule_of_a_trial_can_be_saved(
    client: CheckedClient, installation: Installation, many: House
) -> None:
    address = tried(client)
    run_task(installation, claimed(installation))

    answer = submit(client, client.get(address), {"act": "save"}, to="/reminder-rules/rule")

    assert answer.status_code == 303
    assert form_of(client.get(HOUSE_RULE)).fields["due_days"] == "200"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (TaskState.FAILED, "It broke off."),
        (TaskState.CANCELLED, "It was stopped before it was known"),
    ],
)
def test_a_trial_that_came_to_nothing_says_so(
    client: CheckedClient, installation: Installation, many: House, state: TaskState, sentence: str
) -> None:
    address = tried(client)
    task_id = claimed(installation)
    with installation.database.transaction() as session:
        end_task(session, task_id, state=state, message="It broke off.", at=clock.now())

    assert sentence in text_of(client.get(address))


def test_a_trial_that_is_not_there_says_what_to_do(client: CheckedClient, many: House) -> None:
    answer = client.get("/admin/reminder-rules/trials/4711")

    assert answer.status_code == 404
    assert "try it anew" in text_of(answer)
