"""Links in mails: they answer for one person on one report, once, and nothing after a change."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.post import TOKENS
from tests.reporting import TEXT, House, counted_statements, open_year, report_on
from tests.travel import Travel
from tracker import clock
from tracker.auth.tokens import Purpose, Tokens
from tracker.database import Database
from tracker.domain.assignments import Acceptance, Answerers, AssignmentOrder
from tracker.domain.attestation import Offer
from tracker.domain.errors import Invalid, LinkRefused, Refused
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.workflow import Review
from tracker.models.audit import AuditEntry
from tracker.models.conversations import ReportMessage
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import ProgressDraft, ProgressReport, ProgressRevision
from tracker.services.assignments import assign_each
from tracker.services.mail_answers import (
    LINK_VALID_FOR,
    accept_by_link,
    ask_for_time_by_link,
    decline_by_link,
    mail_links,
    open_link,
    say_last_text_holds,
    submit_text_by_link,
)
from tracker.services.progress import return_report, save_draft, submit_report


@pytest.fixture
def report_id(database: Database, house: House) -> int:
    """Submit the first mandate's text of 2025 and ask for the year after it."""
    with database.transaction() as session:
        earlier = open_year(session, house, 2025)
        submit(session, earlier, house.focal_point)
        return open_year(session, house, 2026)


def submit(session: Session, report_id: int, actor: Actor) -> None:
    submit_report(
        session,
        report_id=report_id,
        version=session.get_one(ProgressReport, report_id).version,
        text=TEXT,
        actor=actor,
        at=clock.now(),
    )


def link(database: Database, person: Actor, report_id: int) -> str:
    """Return the sealed part of the person's links about a report, as a mail would say it now."""
    with database.reading() as session:
        links = mail_links(
            session, [report_id], person_id=person.person_id, tokens=TOKENS, at=clock.now()
        )
    return links[report_id].token


def opens(database: Database, token: str) -> bool:
    with database.reading() as session:
        try:
            open_link(session, token=token, tokens=TOKENS, at=clock.now())
        except LinkRefused:
            return False
    return True


def say_nothing_new(database: Database, token: str) -> None:
    with database.transaction() as session:
        say_last_text_holds(session, token=token, tokens=TOKENS, at=clock.now())


def review_of(database: Database, report_id: int) -> Review:
    with database.reading() as session:
        return session.get_one(ProgressReport, report_id).review


def test_nothing_new_submits_what_was_said_last_under_the_name_of_who_got_the_mail(
    database: Database, house: House, report_id: int
) -> None:
    say_nothing_new(database, link(database, house.focal_point, report_id))

    with database.reading() as session:
        newest = session.scalars(select(ProgressRevision).order_by(ProgressRevision.id)).all()[-1]
        assert (newest.done, newest.written_by_id) == (TEXT.done, house.focal_point.person_id)
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()[-1]
        assert (entry.action, entry.after) == ("answer_by_mail_link", {"answer": "attest"})
    assert review_of(database, report_id) is Review.SUBMITTED


def test_a_link_that_was_used_answers_nothing_more(
    database: Database, house: House, report_id: int
) -> None:
    token = link(database, house.focal_point, report_id)
    say_nothing_new(database, token)

    with pytest.raises(LinkRefused):
        say_nothing_new(database, token)


def test_opening_a_link_changes_nothing_however_often(
    database: Database, house: House, report_id: int
) -> None:
    token = link(database, house.focal_point, report_id)

    assert all(opens(database, token) for _visit in range(3))
    assert review_of(database, report_id) is Review.OPEN
    say_nothing_new(database, token)


def test_a_report_is_written_by_a_link_and_its_draft_is_gone(
    database: Database, house: House, report_id: int
) -> None:
    token = link(database, house.focal_point, report_id)
    with database.transaction() as session:
        save_draft(session, report_id=report_id, text=TEXT, actor=house.focal_point, at=clock.now())

    with database.transaction() as session:
        submit_text_by_link(session, token=token, tokens=TOKENS, text=TEXT, at=clock.now())

    assert review_of(database, report_id) is Review.SUBMITTED
    with database.reading() as session:
        assert session.scalar(select(ProgressDraft)) is None


def test_a_text_that_lacks_something_keeps_the_link_good(
    database: Database, house: House, report_id: int
) -> None:
    token = link(database, house.focal_point, report_id)

    with pytest.raises(Invalid), database.transaction() as session:
        submit_text_by_link(
            session,
            token=token,
            tokens=TOKENS,
            text=type(TEXT)(language="en"),
            at=clock.now(),
        )

    assert opens(database, token)


def test_more_time_is_asked_for_once(database: Database, house: House, report_id: int) -> None:
    token = link(database, house.focal_point, report_id)

    def ask() -> None:
        with database.transaction() as session:
            due_on = session.get_one(ProgressReport, report_id).due_on
            ask_for_time_by_link(
                session,
                token=token,
                tokens=TOKENS,
                wanted_on=due_on + timedelta(days=7),
                reason="The mission is late.",
                at=clock.now(),
            )

    ask()
    with pytest.raises(LinkRefused):
        ask()
    with database.reading() as session:
        (asked,) = session.scalars(select(ReportMessage))
        assert asked.written_by_id == house.focal_point.person_id


def test_a_mandate_is_taken_on_by_a_link_which_then_still_takes_the_report(
    database: Database, house: House, report_id: int
) -> None:
    assign(database, house, house.manager)
    assign(database, house, house.focal_point)
    token = link(database, house.focal_point, report_id)

    with database.transaction() as session:
        accept_by_link(session, token=token, tokens=TOKENS, at=clock.now())

    with database.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).acceptance is Acceptance.ACCEPTED
        links = mail_links(
            session,
            [report_id],
            person_id=house.focal_point.person_id,
            tokens=TOKENS,
            at=clock.now(),
        )
        assert not links[report_id].may_accept
    with (
        database.transaction() as session,
        pytest.raises(LinkRefused, match="accepted already"),
    ):
        accept_by_link(session, token=token, tokens=TOKENS, at=clock.now())
    say_nothing_new(database, token)


def test_a_mandate_is_declined_by_a_link_and_nothing_more_is_asked(
    database: Database, house: House, report_id: int
) -> None:
    assign(database, house, house.manager)
    assign(database, house, house.focal_point)
    token = link(database, house.focal_point, report_id)

    with database.transaction() as session:
        decline_by_link(
            session, token=token, tokens=TOKENS, reason="Trade counts them.", at=clock.now()
        )

    with database.reading() as session:
        assert session.get_one(Mandate, house.mandates[0]).acceptance is Acceptance.DECLINED
    assert not opens(database, token)


def assign(database: Database, house: House, person: Actor) -> None:
    with database.transaction() as session:
        mandate = session.get_one(Mandate, house.mandates[0])
        assign_each(
            session,
            [
                AssignmentOrder(
                    mandate.id, mandate.version, Answerers(house.statistics, person.person_id)
                )
            ],
            actor=house.coordinator,
            at=clock.now(),
        )


def test_a_link_is_useless_after_an_assignment_to_somebody_else_and_back(
    database: Database, house: House, report_id: int
) -> None:
    token = link(database, house.focal_point, report_id)

    assign(database, house, house.manager)
    assert not opens(database, token)
    assign(database, house, house.focal_point)
    assert not opens(database, token)


def hand_in_and_return(session: Session, house: House, report_id: int) -> None:
    submit(session, report_id, house.focal_point)
    return_report(
        session,
        report_id=report_id,
        version=session.get_one(ProgressReport, report_id).version,
        remark="Say how many.",
        actor=house.manager,
        at=clock.now(),
    )


def end(session: Session, house: House, report_id: int) -> None:
    mandate = session.get_one(Mandate, house.mandates[0])
    mandate.lifecycle, mandate.lifecycle_source = Lifecycle.TERMINATED, "14(V), para. 2"


def hide(session: Session, house: House, report_id: int) -> None:
    session.get_one(Mandate, house.mandates[0]).sensitivity = Sensitivity.CONFIDENTIAL


def dismiss(session: Session, house: House, report_id: int) -> None:
    session.get_one(Person, house.focal_point.person_id).is_active = False


@pytest.mark.parametrize("change", [hand_in_and_return, end, hide, dismiss])
def test_a_link_is_useless_after_what_it_is_about_has_changed(
    database: Database,
    house: House,
    report_id: int,
    change: Callable[[Session, House, int], None],
) -> None:
    token = link(database, house.focal_point, report_id)

    with arranging(), database.transaction() as session:
        change(session, house, report_id)

    assert not opens(database, token)


def test_a_link_ends_after_its_days(
    database: Database, house: House, report_id: int, travel: Travel
) -> None:
    token = link(database, house.focal_point, report_id)

    travel.to(clock.now() + LINK_VALID_FOR - timedelta(seconds=1))
    assert opens(database, token)
    travel.to(clock.now() + timedelta(seconds=1))
    assert not opens(database, token)


def test_a_link_is_nothing_to_who_is_not_asked(
    database: Database, house: House, report_id: int
) -> None:
    assert not opens(database, link(database, house.other_focal_point, report_id))


def forged() -> Iterator[str]:
    yield ""
    yield "nonsense"
    yield Tokens("another secret of another house, long enough").seal(
        Purpose.ANSWER, (1, 1, 0, 0, 0), expires_at=clock.now() + LINK_VALID_FOR
    )
    yield TOKENS.seal(Purpose.ANSWER, (1, 1), expires_at=clock.now() + LINK_VALID_FOR)


def test_a_forged_link_is_refused_with_a_sentence(database: Database, house: House) -> None:
    for token in forged():
        with database.reading() as session, pytest.raises(Refused, match="not whole"):
            open_link(session, token=token, tokens=TOKENS, at=clock.now())


def test_what_is_sensitive_has_no_link(database: Database, house: House, report_id: int) -> None:
    with arranging(), database.transaction() as session:
        hide(session, house, report_id)

    with database.reading() as session:
        links = mail_links(
            session,
            [report_id],
            person_id=house.focal_point.person_id,
            tokens=TOKENS,
            at=clock.now(),
        )

    assert links == {}


def test_the_links_of_many_reports_take_as_many_statements_as_those_of_one(
    database: Database, house: House, report_id: int
) -> None:
    def statements(report_ids: list[int]) -> int:
        with counted_statements(database) as sent, database.reading() as session:
            mail_links(session, report_ids, person_id=1, tokens=TOKENS, at=clock.now())
        return len(sent)

    with database.reading() as session:
        every = list(session.scalars(select(ProgressReport.id)))
        second = report_on(session, house.mandates[1]).id
    assert len(every) > 2
    assert statements(every) == statements([second])


def test_the_mail_says_how_the_last_text_can_be_said_again(
    database: Database, house: House, report_id: int
) -> None:
    with database.reading() as session:
        second = report_on(session, house.mandates[1]).id
        links = mail_links(session, [report_id, second], person_id=1, tokens=TOKENS, at=clock.now())

    assert links[report_id].offer is Offer.NOTHING_NEW
    assert links[second].offer is None
