"""A short run of the fault bench at each run of the tests, and what its checks must notice."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.faults.acts import FOR_EVER
from tests.faults.checks import Happened, Mail, violations
from tests.faults.world import DUE_ON, World, make_world, morning_of
from tests.post import SITE, TOKENS, Post
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.reminders import plan_reminders

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_nothing_is_lost_sent_twice_or_told_too_late_whatever_fails() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--runs", "6", "--processes", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.startswith("6 runs in ")
    assert ran.stdout.endswith("violations: 0\n")


@pytest.fixture
def world(database: Database, travel: Travel) -> World:
    """Return the body of the bench on a day on which everybody was told."""
    made = make_world(database)
    clock.set_source(lambda: travel.moment)
    travel.to(morning_of(DUE_ON) - timedelta(days=10))
    return made


@pytest.fixture
def happened(database: Database, world: World) -> Happened:
    """Let everybody be told, and return what happened, which is nothing bad."""
    _plan(database)
    post = Post()
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())
    taken = [_mail(message) for message in post.messages]
    journal = [[1, "sending", name, 5.0, False] for name, _, _ in taken]
    return Happened(clock.now(), taken, journal, {}, frozenset(), 0)


def _plan(database: Database) -> None:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        collect_digests(session, at=clock.now())


def _mail(message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    return (message["Message-ID"], message["To"].addresses[0].addr_spec, body.get_content())


def _found(database: Database, world: World, happened: Happened) -> Sequence[str]:
    return [violation.partition(":")[0] for violation in violations(database, world, happened)]


def test_the_checks_find_nothing_where_all_went_well(
    database: Database, world: World, happened: Happened
) -> None:
    assert violations(database, world, happened) == []


def test_the_checks_notice_a_mail_that_was_sent_twice(
    database: Database, world: World, happened: Happened
) -> None:
    twice = replace(happened, taken=[*happened.taken, happened.taken[0]])

    assert "sent twice" in _found(database, world, twice)


def test_the_checks_notice_an_item_told_in_two_mails(
    database: Database, world: World, happened: Happened
) -> None:
    (name, recipient, text), *others = happened.taken
    paragraph = f"{text}\npart 25\n"
    repeated = replace(happened, taken=[(name, recipient, paragraph), *others])

    assert _found(database, world, repeated) == ["sent twice"]


def test_the_checks_notice_what_was_lost(database: Database, world: World) -> None:
    unplanned = Happened(clock.now(), [], [], {}, frozenset(), 0)

    assert set(_found(database, world, unplanned)) == {"lost"}


def test_the_checks_notice_a_ledger_that_says_more_than_was_sent(
    database: Database, world: World, happened: Happened
) -> None:
    fewer = replace(happened, taken=happened.taken[1:])

    (found,) = violations(database, world, fewer)
    assert found.endswith("counts as sent and was not taken")


def test_the_checks_notice_an_item_told_after_its_answer(
    database: Database, world: World, happened: Happened
) -> None:
    _, recipient, _ = happened.taken[0]
    paragraph = next(
        item.paragraph for item in world.items if item.paragraph in happened.taken[0][2]
    )
    answered = {(recipient, paragraph): [(4.0, FOR_EVER)]}

    found = violations(database, world, replace(happened, silences=answered))

    assert found == [f"told to {recipient} though it was answered or withdrawn: {paragraph}"]


def test_the_checks_notice_mail_sent_while_a_transaction_is_open(
    database: Database, world: World, happened: Happened
) -> None:
    journal = [[*line[:4], True] for line in happened.journal[:1]]

    assert _found(database, world, replace(happened, journal=journal)) == [
        "sent while a transaction was open"
    ]


@pytest.mark.parametrize(
    ("lines", "is_explained"),
    [
        (("sending",), False),
        (("sending", "refused"), True),  # the next to claim it was killed before it began
    ],
)
def test_the_checks_notice_a_mail_that_is_stuck_at_somebody_who_lives(
    database: Database,
    world: World,
    happened: Happened,
    lines: tuple[str, ...],
    is_explained: bool,
) -> None:
    with arranging(), database.transaction() as session:
        name = happened.taken[0][0]
        message = next(
            each for each in session.scalars(select(MailMessage)) if each.message_id in name
        )
        message.state = Delivery.SENDING
        for row in session.scalars(
            select(Notification).where(Notification.message_id == message.id)
        ):
            row.state = Delivery.SENDING
    told = [[1, line, name, 5.0, False] for line in lines]
    stuck = replace(happened, journal=[*happened.journal, *told], killed=frozenset({2}))

    found = violations(database, world, stuck)

    assert any("is stuck and nobody was killed" in each for each in found) is not is_explained


def test_the_checks_notice_what_still_waits_when_all_is_well(
    database: Database, world: World
) -> None:
    _plan(database)

    found = _found(database, world, Happened(clock.now(), [], [], {}, frozenset(), 0))

    assert "left waiting although all is well again" in found
