"""Signing in: who gets in, who does not, and what a link is good for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.audit import arranging
from tests.reporting import House
from tests.travel import Travel
from tracker import clock
from tracker.auth.passwords import Passwords
from tracker.auth.tokens import Tokens
from tracker.database import Database
from tracker.domain.errors import Invalid, LinkRefused, NotFound
from tracker.models.audit import AuditEntry
from tracker.models.people import FailedSignIn, Person
from tracker.models.reminders import MailMessage
from tracker.services.sign_in import (
    find_person_of_link,
    make_link,
    request_link,
    send_invitation,
    sign_in_with_link,
    sign_in_with_password,
)

PASSWORDS = Passwords(time_cost=1, memory_kib=1024)
TOKENS = Tokens("a secret of the tests")
EMAIL = "ana.focal@example.org"
PASSWORD = "coral tide lantern"


@pytest.fixture
def ana(house: House, database: Database) -> int:
    """Give the focal point a password and return who they are."""
    with arranging(), database.transaction() as session:
        person = session.get_one(Person, house.focal_point.person_id)
        person.password_hash = PASSWORDS.hash(PASSWORD)
        return person.id


def enter(database: Database, password: str = PASSWORD, email: str = EMAIL) -> int:
    with database.transaction() as session:
        person = sign_in_with_password(
            session, email=email, password=password, passwords=PASSWORDS, at=clock.now()
        )
        return person.id


def fail(database: Database, email: str = EMAIL) -> str:
    with database.transaction() as session:
        with pytest.raises(Invalid) as refusal:
            sign_in_with_password(
                session, email=email, password="wrong", passwords=PASSWORDS, at=clock.now()
            )
        return str(refusal.value)


def link_of(database: Database, person_id: int, valid_for: timedelta = timedelta(hours=1)) -> str:
    with database.reading() as session:
        path = make_link(
            session, person_id=person_id, tokens=TOKENS, at=clock.now(), valid_for=valid_for
        )
    return path.rpartition("/")[2]


def follow(database: Database, token: str) -> Person:
    with database.transaction() as session:
        return sign_in_with_link(session, token=token, tokens=TOKENS, at=clock.now())


def test_address_and_password_sign_in_whatever_the_case_of_the_address(
    database: Database, ana: int
) -> None:
    assert enter(database, email=" Ana.Focal@Example.org ") == ana

    with database.reading() as session:
        assert session.get_one(Person, ana).last_signed_in_at == clock.now()


def test_signing_in_is_told_to_the_audit_trail(database: Database, ana: int) -> None:
    enter(database)

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.actor_id) == ("person.signed_in_with_password", ana)


@pytest.mark.usefixtures("ana")
def test_an_unknown_address_and_a_wrong_password_are_refused_in_the_same_words(
    database: Database,
) -> None:
    assert fail(database) == fail(database, email="nobody@example.org")


@pytest.mark.usefixtures("house")
def test_somebody_without_a_password_cannot_sign_in_with_one(database: Database) -> None:
    assert "not right" in fail(database, email="mona.manager@example.org")


def test_somebody_deactivated_cannot_sign_in(database: Database, ana: int) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, ana).is_active = False

    with pytest.raises(Invalid, match="not right"):
        enter(database)


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"], ids=["known", "unknown"])
@pytest.mark.usefixtures("ana")
def test_after_five_failures_the_address_has_to_wait(database: Database, email: str) -> None:
    sentences = [fail(database, email=email) for _ in range(6)]

    assert "not right" in sentences[4]
    assert "too many attempts" in sentences[5]
    with pytest.raises(Invalid, match="too many attempts"):
        enter(database, email=email)


def test_after_fifteen_minutes_the_right_password_is_taken_again(
    database: Database, ana: int, travel: Travel
) -> None:
    for _ in range(5):
        fail(database)

    travel.by(timedelta(minutes=15))

    assert enter(database) == ana


@pytest.mark.usefixtures("ana")
def test_failures_are_counted_without_keeping_the_address(database: Database) -> None:
    fail(database)

    with database.reading() as session:
        digest = session.scalars(select(FailedSignIn.email_digest)).one()
    assert len(digest) == 64
    assert "ana" not in digest


def test_signing_in_forgets_the_failures_before(database: Database, ana: int) -> None:
    fail(database)

    assert enter(database) == ana
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(FailedSignIn)) == 0


def test_looking_at_a_link_does_not_use_it_up(database: Database, ana: int) -> None:
    token = link_of(database, ana)

    for _ in range(2):
        with database.reading() as session:
            person = find_person_of_link(session, token=token, tokens=TOKENS, at=clock.now())
            assert person.id == ana
    assert follow(database, token).id == ana


def test_a_link_signs_in_once(database: Database, ana: int) -> None:
    token = link_of(database, ana)
    assert follow(database, token).sign_in_counter == 1

    with pytest.raises(LinkRefused, match="used already"):
        follow(database, token)
    with database.reading() as session, pytest.raises(LinkRefused, match="used already"):
        find_person_of_link(session, token=token, tokens=TOKENS, at=clock.now())


def test_of_two_clicks_at_the_same_moment_one_finds_the_link_used(
    database: Database, ana: int
) -> None:
    token = link_of(database, ana)

    with ThreadPoolExecutor(max_workers=2) as threads:
        clicks = [threads.submit(follow, database, token) for _ in range(2)]

    refusals = [click.exception() for click in clicks]
    assert sorted(type(refusal).__name__ for refusal in refusals) == ["LinkRefused", "NoneType"]


def test_signing_in_by_a_link_ends_older_links(database: Database, ana: int) -> None:
    older, newer = link_of(database, ana), link_of(database, ana, timedelta(days=7))

    follow(database, newer)

    with pytest.raises(LinkRefused, match="used already"):
        follow(database, older)


def test_a_link_expires(database: Database, ana: int, travel: Travel) -> None:
    token = link_of(database, ana)

    travel.by(timedelta(hours=1))

    with pytest.raises(LinkRefused, match="expired"):
        follow(database, token)


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsMCwxXQ.AAAA"])
def test_a_wrong_link_is_refused(database: Database, token: str) -> None:
    with pytest.raises(LinkRefused, match="not valid"):
        follow(database, token)


def test_the_link_of_somebody_deactivated_is_refused(database: Database, ana: int) -> None:
    token = link_of(database, ana)
    with arranging(), database.transaction() as session:
        session.get_one(Person, ana).is_active = False

    with pytest.raises(LinkRefused):
        follow(database, token)


def test_there_is_no_link_for_nobody(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        make_link(session, person_id=99, tokens=TOKENS, at=clock.now())


def ask(database: Database, email: str) -> None:
    with database.transaction() as session:
        request_link(
            session,
            email=email,
            way_back="?next=%2Fmandates",
            base_url="https://tracker.example.org",
            tokens=TOKENS,
            at=clock.now(),
        )


def mails(database: Database) -> list[MailMessage]:
    with database.transaction() as session:
        return list(session.scalars(select(MailMessage).order_by(MailMessage.id)))


def test_a_link_asked_for_goes_out_by_mail_and_leads_back(database: Database, ana: int) -> None:
    ask(database, "ANA.focal@example.org")

    mail = mails(database)[0]
    assert (mail.recipient_id, mail.kind) == (ana, "sign_in_link")
    assert "https://tracker.example.org/sign-in/link/" in mail.plain
    assert "?next=%2Fmandates" in mail.plain


def test_asking_again_and_again_sends_one_mail_in_five_minutes(
    database: Database, ana: int, travel: Travel
) -> None:
    ask(database, EMAIL)
    ask(database, EMAIL)
    travel.by(timedelta(minutes=5))
    ask(database, EMAIL)

    assert [mail.recipient_id for mail in mails(database)] == [ana, ana]


@pytest.mark.usefixtures("ana")
def test_nobody_is_written_to_at_an_unknown_address(database: Database) -> None:
    ask(database, "nobody@example.org")

    assert mails(database) == []


def test_an_invitation_is_good_for_seven_days(database: Database, ana: int, travel: Travel) -> None:
    with database.transaction() as session:
        send_invitation(
            session, person_id=ana, base_url="https://t.example.org", tokens=TOKENS, at=clock.now()
        )
    mail = mails(database)[0]
    token = mail.plain.partition("/sign-in/link/")[2].split()[0]

    travel.by(timedelta(days=7, seconds=-1))

    assert mail.kind == "invitation"
    assert follow(database, token).id == ana
