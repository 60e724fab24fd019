"""Mail on its way: one digest each, sent once, failures that stop nobody, crashes that are seen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.post import SITE, TOKENS, Post
from tests.reporting import TEXT, House, make_person, open_biennium, report_on
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Role
from tracker.mail.transport import (
    OutcomeUnknown,
    ServerUnavailable,
    TryAgainLater,
)
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.services.delivery import (
    DELAYS,
    DeliveryCount,
    claim_next,
    deliver_pending,
    queue_message,
    settle_sent,
)
from tracker.services.digests import NOTHING_LEFT, collect_digests
from tracker.services.progress import submit_report
from tracker.services.reminders import plan_reminders

ANA, OTTO = "ana.focal@example.org", "otto.focal@example.org"


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def reminded(database: Database, house: House, travel: Travel) -> House:
    """Let three reports be due in a fortnight, two of Ana's and one of Otto's, and collect."""
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    collect(database)
    return house


def collect(database: Database) -> int:
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    with database.transaction() as session:
        return collect_digests(session, at=clock.now())


def deliver(database: Database, post: Post) -> DeliveryCount:
    return deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())


def submit_first(database: Database, house: House) -> None:
    with database.transaction() as session:
        report = report_on(session, house.mandates[0])
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )


def states(database: Database, model: type[MailMessage] | type[Notification]) -> list[Delivery]:
    with database.reading() as session:
        return list(session.scalars(select(model.state).order_by(model.id)))


def message_to(database: Database, email: str) -> MailMessage:
    with database.reading() as session:
        return session.scalars(
            select(MailMessage).join(MailMessage.recipient).where(Person.email == email)
        ).one()


def test_each_person_gets_one_digest_of_all_that_waits(
    database: Database, reminded: House, post: Post
) -> None:
    count = deliver(database, post)

    assert count.sent == 2
    assert sorted(post.recipients) == [ANA, OTTO]
    text = post.text_to(ANA)
    assert "Ana Focal, 2 reports wait for you." in text
    assert "12(IV), para. 5(a)" in text
    assert "12(IV), para. 5(b)" in text
    assert states(database, Notification) == [Delivery.SENT] * 3


def test_nothing_is_sent_twice_however_often_the_jobs_run(
    database: Database, reminded: House, post: Post
) -> None:
    for _ in range(3):
        collect(database)
        deliver(database, post)

    assert sorted(post.recipients) == [ANA, OTTO]


def test_what_was_answered_before_the_claim_is_left_out(
    database: Database, reminded: House, post: Post
) -> None:
    submit_first(database, reminded)

    deliver(database, post)

    text = post.text_to(ANA)
    assert "Ana Focal, 1 report waits for you." in text
    assert "5(a)" not in text


def test_a_digest_of_which_nothing_is_left_is_not_sent(
    database: Database, reminded: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in reminded.mandates[:2]:
            report_on(session, mandate_id).is_waived = True

    deliver(database, post)

    assert post.recipients == [OTTO]
    withdrawn = message_to(database, ANA)
    assert (withdrawn.state, withdrawn.error) == (Delivery.CANCELLED, NOTHING_LEFT)


def test_what_becomes_pending_joins_the_digest_that_still_waits(
    database: Database, reminded: House, post: Post, travel: Travel
) -> None:
    travel.by(timedelta(days=11))

    made = collect(database)
    deliver(database, post)

    assert made == 0
    assert "Due in 3 days" in post.text_to(ANA)


def test_a_digest_is_written_in_the_language_and_zone_of_its_reader(
    database: Database, reminded: House, post: Post, travel: Travel
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, reminded.focal_point.person_id).time_zone = "Pacific/Auckland"
    travel.to(datetime(2026, 6, 16, 23, tzinfo=UTC))

    deliver(database, post)

    assert "Due in 13 days" in post.text_to(ANA)
    assert "Due in 14 days" in post.text_to(OTTO)
    assert post.messages[0]["Content-Language"] == "en"


def test_a_confidential_mandate_is_named_and_not_quoted(
    database: Database, reminded: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        mandate = session.get_one(Mandate, reminded.mandates[2])
        mandate.sensitivity = Sensitivity.CONFIDENTIAL

    deliver(database, post)

    assert "5(c)" in post.text_to(OTTO)
    assert "count the islands" not in post.text_to(OTTO)


def test_an_address_that_cannot_stand_in_a_header_stops_nobody(
    database: Database, reminded: House, post: Post
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, reminded.focal_point.person_id).email = "ana@@example"

    count = deliver(database, post)

    assert (count.sent, count.failed) == (1, 1)


def test_a_message_that_is_put_off_is_tried_again_after_growing_delays(
    database: Database, reminded: House, post: Post, travel: Travel
) -> None:
    post.failures[ANA] = TryAgainLater("451 Busy")
    for delay in DELAYS:
        deliver(database, post)
        assert message_to(database, ANA).next_attempt_at == clock.now() + delay
        assert deliver(database, post).is_idle
        travel.to(clock.now() + delay)

    count = deliver(database, post)

    assert count.failed == 1
    assert message_to(database, ANA).attempts == len(DELAYS) + 1


def test_a_server_that_takes_nothing_ends_the_delivery_and_loses_nothing(
    database: Database, reminded: House, post: Post, travel: Travel
) -> None:
    post.failures = {each: ServerUnavailable("421 Closing") for each in (ANA, OTTO)}

    count = deliver(database, post)

    assert count.stopped_by == "421 Closing"
    assert states(database, MailMessage) == [Delivery.PENDING] * 2
    post.failures.clear()
    travel.by(DELAYS[0])
    deliver(database, post)
    assert sorted(post.recipients) == [ANA, OTTO]


def test_a_lost_connection_after_the_last_line_leaves_the_mail_to_a_person(
    database: Database, reminded: House, post: Post, travel: Travel
) -> None:
    post.failures[ANA] = OutcomeUnknown("Connection lost")

    count = deliver(database, post)
    travel.by(timedelta(days=1))
    deliver(database, post)

    assert (count.sent, count.unknown) == (1, 1)
    stuck = message_to(database, ANA)
    assert (stuck.state, stuck.error) == (Delivery.SENDING, "Connection lost")
    assert post.recipients == [OTTO]


def test_a_crash_between_claim_and_settling_leaves_the_mail_in_sending(
    database: Database, reminded: House, post: Post
) -> None:
    def crash(_recipient: str) -> None:
        raise KeyboardInterrupt

    post.on_send = crash
    with pytest.raises(KeyboardInterrupt):
        deliver(database, post)
    post.on_send = lambda _recipient: None

    collect(database)
    deliver(database, post)

    assert states(database, MailMessage) == [Delivery.SENDING, Delivery.SENT]
    assert len(post.messages) == 1


def test_no_transaction_is_open_while_a_message_is_sent(
    database: Database, reminded: House, post: Post
) -> None:
    # On SQLite a second writer is refused while another transaction is open.
    post.on_send = lambda _recipient: collect(database)

    assert deliver(database, post).sent == 2


def test_two_deliveries_at_once_send_each_message_once(
    database: Database, reminded: House, post: Post
) -> None:
    other = Post()
    post.on_send = lambda _recipient: deliver(database, other)

    deliver(database, post)

    assert sorted(all_recipients([post, other])) == [ANA, OTTO]


@pytest.mark.slow
def test_many_processes_at_once_tell_each_person_once(
    database: Database, house: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
    posts = [Post() for _ in range(4)]

    def work(post: Post) -> None:
        for _ in range(3):
            collect(database)
            deliver(database, post)

    with ThreadPoolExecutor(len(posts)) as workers:
        list(workers.map(work, posts))

    assert sorted(all_recipients(posts)) == [ANA, OTTO]
    assert states(database, Notification) == [Delivery.SENT] * 3


def test_an_occasion_is_told_again_though_the_clock_says_the_same_moment(
    database: Database, reminded: House, post: Post
) -> None:
    for is_waived in (True, False):
        with arranging(), database.transaction() as session:
            for mandate_id in reminded.mandates[:2]:
                report_on(session, mandate_id).is_waived = is_waived
        deliver(database, post)
        collect(database)

    deliver(database, post)

    assert post.recipients == [OTTO, ANA]


def test_withdrawing_a_mail_locks_no_occasion_of_the_next_one(
    database: Database, reminded: House
) -> None:
    with arranging(), database.transaction() as session:
        for mandate_id in reminded.mandates[:2]:
            report_on(session, mandate_id).is_waived = True

    with database.transaction() as session:
        claim = claim_next(session, site=SITE, tokens=TOKENS, at=clock.now())

    assert claim is not None
    assert claim.letter is None
    assert states(database, Notification) == [*[Delivery.CANCELLED] * 2, Delivery.PENDING]


def all_recipients(posts: list[Post]) -> list[str]:
    return [recipient for post in posts for recipient in post.recipients]


@pytest.mark.postgres
def test_a_message_that_another_process_is_claiming_is_passed_over(
    postgres_url: str,
) -> None:
    database = Database(postgres_url)
    with arranging(), database.transaction() as session:
        person = make_person(session, "Ada", (Role.VIEWER, None))
        for key in ("first", "second"):
            queue(session, person, key)

    with database.transaction() as one, database.transaction() as other:
        first = claim_next(one, site=SITE, tokens=TOKENS, at=clock.now())
        second = claim_next(other, site=SITE, tokens=TOKENS, at=clock.now())
        third = claim_next(other, site=SITE, tokens=TOKENS, at=clock.now())

    assert first is not None
    assert second is not None
    assert first.message_id != second.message_id
    assert third is None
    database.close()


def queue(session: Session, person: Person, key: str) -> MailMessage:
    return queue_message(
        session,
        kind="sign_in_link",
        recipient=person,
        subject="Your link",
        plain="https://tracker.example.org/sign-in/link/secret\n",
        html=None,
        at=clock.now(),
        dedupe_key=key,
    )


def test_asking_twice_for_one_occasion_queues_one_mail(database: Database, house: House) -> None:
    with database.transaction() as session:
        person = session.get_one(Person, house.viewer.person_id)
        assert queue(session, person, "one").id == queue(session, person, "one").id
        assert queue(session, person, "one").id != queue(session, person, "two").id


def test_a_link_is_forgotten_once_its_mail_is_sent(
    database: Database, house: House, post: Post
) -> None:
    with database.transaction() as session:
        queue(session, session.get_one(Person, house.viewer.person_id), "one")

    deliver(database, post)

    assert "secret" in post.text_to("vera.viewer@example.org")
    assert message_to(database, "vera.viewer@example.org").plain == ""


def test_who_left_gets_no_mail(database: Database, house: House, post: Post) -> None:
    with arranging(), database.transaction() as session:
        person = session.get_one(Person, house.viewer.person_id)
        queue(session, person, "one")
        person.is_active = False

    assert deliver(database, post).is_idle
    assert states(database, MailMessage) == [Delivery.CANCELLED]


def test_a_message_that_a_person_settled_meanwhile_stays_settled(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        message = queue(session, session.get_one(Person, house.viewer.person_id), "one")
        message.state = Delivery.CANCELLED

    with database.transaction() as session:
        settle_sent(session, message.id, at=clock.now())

    assert states(database, MailMessage) == [Delivery.CANCELLED]


def test_the_digests_of_a_person_stand_together_and_answer_no_mail_program(
    database: Database, reminded: House, post: Post, travel: Travel
) -> None:
    deliver(database, post)
    travel.by(timedelta(days=11))
    collect(database)
    deliver(database, post)

    to_ana = [mail for mail in post.messages if mail["To"].addresses[0].addr_spec == ANA]
    assert len(to_ana) == 2
    assert len({mail["References"] for mail in to_ana}) == 1
    assert len({mail["Message-ID"] for mail in to_ana}) == 2
    assert {mail["Auto-Submitted"] for mail in to_ana} == {"auto-generated"}
    assert {mail["References"] for mail in post.messages} == {
        f"<reminders.{person.person_id}@example.org>"
        for person in (reminded.focal_point, reminded.other_focal_point)
    }
