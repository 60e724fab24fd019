"""The fifteen traps that others fell into: reminders, imports, periods; a test or two for each."""

import importlib
import inspect
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import tracker.jobs
from tests.application import app, client, settings, settings_on
from tests.audit import arranging
from tests.pages import CheckedClient
from tests.post import SITE, TOKENS, Post
from tests.reminding import DUE, FACTS, HOUSE_MANAGER, MONA
from tests.reporting import (
    TEXT,
    House,
    actor_of,
    make_house,
    make_person,
    open_biennium,
    open_year,
    report_on,
)
from tests.travel import Travel
from tests.visitors import sign_in, text_of
from tests.writing.biennial_report.example import make_content
from tracker import clock
from tracker.database import Database
from tracker.domain.biennial_report import compose
from tracker.domain.errors import Invalid, Phrase
from tracker.domain.mandates import Implementation, Lifecycle
from tracker.domain.people_list import PersonRow
from tracker.domain.permissions import Role
from tracker.domain.progress import check_submittable
from tracker.domain.reminder_rules import HOUSE, ReminderRule
from tracker.domain.reminders import (
    LastMove,
    ReminderKind,
    occasions_of,
)
from tracker.domain.standing_list import StandingRow
from tracker.domain.workflow import Review
from tracker.installation import Installation, make_installation
from tracker.jobs.housekeeping import keep_house
from tracker.jobs.schedule import SCHEDULE, JobFunction
from tracker.mail.digests import DigestItem, write_digest
from tracker.mail.transport import AddressRefused
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Instrument
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.models.reminders import Delivery, Notification
from tracker.queries.last_said import last_said
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.progress import clear_report, submit_report
from tracker.services.reminder_rules import set_rule
from tracker.services.reminders import plan_reminders
from tracker.services.standing_list import take_standing_list
from tracker.writing.biennial_report import word
from tracker.writing.people_list import people_list_csv
from tracker.writing.workbook_cells import put_text

__all__ = ["app", "client", "settings"]

SEA = StandingRow(2, "General Assembly resolutions", "79/87; 66/71", "Uses of the deep sea")
PORTS = StandingRow(3, "General Assembly resolutions", "79/87", "The same symbol again")


@pytest.fixture
def asked(database: Database, house: House, travel: Travel) -> House:
    """Open the biennium long ago and arrive two weeks before the due day."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    return house


def plan(database: Database) -> None:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())


def send(database: Database, post: Post) -> None:
    plan(database)
    with database.transaction() as session:
        collect_digests(session, at=clock.now())
    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())


def pending(database: Database, mandate_id: int) -> list[tuple[str, int]]:
    with database.reading() as session:
        rows = session.scalars(
            select(Notification).where(
                Notification.report_id == report_on(session, mandate_id).id,
                Notification.state == Delivery.PENDING,
            )
        )
        return [(row.occasion.rpartition(":")[2], row.recipient_id) for row in rows]


def test_trap_1_a_window_checked_daily_sends_no_thirty_one_equal_mails() -> None:
    days = [datetime(2026, 5, 31, 6, tzinfo=UTC) + timedelta(days=number) for number in range(31)]

    found = {occasion.name for day in days for occasion in occasions_of(FACTS, day)}

    assert found == {"due:42:2026-06-30:T-14", "due:42:2026-06-30:T-3", "due:42:2026-06-30:T-0"}


def test_trap_2_a_week_without_the_worker_loses_no_reminder(
    database: Database, asked: House, travel: Travel
) -> None:
    travel.by(timedelta(days=7))

    plan(database)

    assert pending(database, asked.mandates[0]) == [("T-14", asked.focal_point.person_id)]


def test_trap_3_a_due_date_stays_what_it_was_and_lateness_shows(
    database: Database, asked: House, travel: Travel
) -> None:
    for _ in range(6):
        travel.by(timedelta(days=7))
        plan(database)

    with database.reading() as session:
        assert report_on(session, asked.mandates[0]).due_on == DUE
    assert pending(database, asked.mandates[0]) == [("W3", asked.focal_point.person_id)]


@pytest.mark.parametrize("lifecycle", [Lifecycle.SUPERSEDED, Lifecycle.ELAPSED])
def test_trap_4_what_is_superseded_or_archived_reminds_nobody(
    database: Database, asked: House, lifecycle: Lifecycle
) -> None:
    plan(database)
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, asked.mandates[0])
        mandate.lifecycle, mandate.lifecycle_source = lifecycle, "14(V), para. 1"

    plan(database)

    assert pending(database, asked.mandates[0]) == []


def test_trap_4_what_is_given_to_somebody_else_reminds_them_alone(
    database: Database, asked: House
) -> None:
    plan(database)
    with arranging(), database.transaction() as session:
        report = report_on(session, asked.mandates[0])
        report.focal_point_id = asked.other_focal_point.person_id

    plan(database)

    assert pending(database, asked.mandates[0]) == [("T-14", asked.other_focal_point.person_id)]


def test_trap_5_nobody_is_told_of_what_they_wrote_themselves() -> None:
    at = datetime(2026, 6, 16, 6, tzinfo=UTC)
    by_manager = replace(FACTS, review=Review.SUBMITTED, last_move=LastMove(1, MONA, at))

    told = [occasion.recipient_id for occasion in occasions_of(by_manager, at)]

    assert told == [HOUSE_MANAGER]


def test_trap_6_every_job_that_is_written_is_scheduled() -> None:
    assert written_jobs() == {job.function for job in SCHEDULE}


def written_jobs() -> set[JobFunction]:
    """Return each public function of tracker/jobs that has the form of a job."""
    names = [module.name for module in pkgutil.iter_modules(tracker.jobs.__path__)]
    modules = [importlib.import_module(f"tracker.jobs.{name}") for name in names]
    return {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and list(inspect.get_annotations(function)) == ["installation", "at", "return"]
        and inspect.get_annotations(function)["return"] == Sequence[Phrase]
    }


def test_trap_7_one_refused_address_stops_nobody(database: Database, asked: House) -> None:
    post = Post()
    post.failures["ana.focal@example.org"] = AddressRefused("550 No such mailbox")

    send(database, post)

    assert post.recipients == ["otto.focal@example.org"]
    with database.reading() as session:
        states = session.scalars(select(Notification.state)).all()
    assert sorted(states) == [Delivery.FAILED, Delivery.FAILED, Delivery.SENT]


def test_trap_8_the_help_says_what_the_rule_in_force_does(
    app: Flask, client: CheckedClient
) -> None:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    rule = ReminderRule(due_days=(10, 1), repeat_days=5, most_repeats=3)
    with arranging(), parts.database.transaction() as session:
        person = make_person(session, "Adam", (Role.ADMINISTRATOR, None))
        actor = actor_of(person, (Role.ADMINISTRATOR, None))
        set_rule(session, target=HOUSE, rule=rule, seen_number=0, actor=actor, at=clock.now())
    sign_in(client, person.id)

    words = text_of(client.get("/help/reminders"))

    assert "10 days before the due day 1 day before the due day" in words
    assert "1 day after the due day then every 5 days, 3 times in all at most" in words


@pytest.mark.parametrize(
    ("role", "is_told"), [(Role.ADMINISTRATOR, True), (Role.VIEWER, False)], ids=lambda each: each
)
def test_trap_9_administrators_are_told_that_no_mail_goes_out(
    app: Flask, client: CheckedClient, role: Role, is_told: bool
) -> None:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    with arranging(), parts.database.transaction() as session:
        person = make_person(session, "Adam", (role, None))
    sign_in(client, person.id)

    assert ("No mail server is named" in text_of(client.get("/"))) is is_told


def test_trap_10_the_audit_trail_outlives_two_cycles(
    sqlite_url: str, house_in_file: House, tmp_path: Path, travel: Travel
) -> None:
    installation = make_installation(settings_on(sqlite_url, tmp_path))
    with installation.database.transaction() as session:
        open_biennium(session, house_in_file)
    with installation.database.reading() as session:
        before = set(session.scalars(select(AuditEntry.id)))

    keep_house(installation, travel.by(timedelta(days=5 * 365)))

    with installation.database.reading() as session:
        assert before <= set(session.scalars(select(AuditEntry.id)))
    assert before
    installation.database.close()


@pytest.fixture
def house_in_file(sqlite_url: str) -> House:
    """Put the commission into the test's SQLite file."""
    database = Database(sqlite_url)
    with arranging(), database.transaction() as session:
        made = make_house(session)
    database.close()
    return made


def test_trap_11_one_refused_row_keeps_the_whole_list_out_and_a_retry_doubles_nothing(
    database: Database,
) -> None:
    with pytest.raises(Invalid, match="Some rows are refused"):
        take(database, SEA, PORTS)
    with database.reading() as session:
        assert session.scalar(select(func.count(Instrument.id))) == 0

    take(database, SEA)
    take(database, SEA)

    with database.reading() as session:
        assert session.scalar(select(func.count(Instrument.id))) == 2


def take(database: Database, *rows: StandingRow) -> None:
    with database.transaction() as session:
        take_standing_list(
            session, rows, languages=("en", "es"), actor=None, at=clock.now(), seal=None
        )


def test_trap_12_an_empty_text_is_no_answer_and_nothing_to_say_is_one() -> None:
    lost = replace(TEXT, done=" \n", next_steps="")
    nothing = replace(
        TEXT, status=Implementation.NOT_CALLED_UPON, done="No Government asked for it."
    )

    with pytest.raises(Invalid):
        check_submittable(lost, today=DUE)
    check_submittable(nothing, today=DUE)


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_trap_13_the_mail_and_the_word_file_are_translated_too(language: str) -> None:
    item = DigestItem(ReminderKind.DUE, 42, "12(IV)", "5(a)", "Text", "Unit", DUE)

    mails = {
        write_digest([item], name="Ana", language=each, today=DUE, site=SITE)
        for each in ("en", language)
    }
    files = {word.write(compose(make_content(language=each), {})) for each in ("en", language)}

    assert len({mail.subject for mail in mails}) == len({mail.plain for mail in mails}) == 2
    assert len(files) == 2


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_trap_14_no_cell_runs_as_a_formula(words: str) -> None:
    text = people_list_csv([PersonRow(line=2, name=words, email="a@example.org", role="viewer")])
    cell = Workbook().active.cell(1, 1)  # type: ignore[union-attr]
    put_text(cell, words)

    assert text.splitlines()[1].startswith(f"'{words}")
    assert cell.data_type == "s"


def test_trap_15_a_new_cycle_copies_the_text_and_never_the_status(
    database: Database, house: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 2, 1, tzinfo=UTC))
    with database.transaction() as session:
        answer_and_clear(session, open_year(session, house, 2026), house)
        new_id = open_year(session, house, 2027)

    with database.reading() as session:
        new = session.get_one(ProgressReport, new_id)
        said = last_said(session, [new_id])[new_id]

    assert (new.review, new.status) == (Review.OPEN, None)
    assert said.text.done == TEXT.done


def answer_and_clear(session: Session, report_id: int, house: House) -> None:
    submit_report(
        session,
        report_id=report_id,
        version=1,
        text=TEXT,
        actor=house.focal_point,
        at=clock.now(),
    )
    session.flush()
    version = session.get_one(ProgressReport, report_id).version
    clear_report(session, report_id=report_id, version=version, actor=house.manager, at=clock.now())
