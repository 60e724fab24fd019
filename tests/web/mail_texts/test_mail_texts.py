"""Pages of the texts of mails: seen, tested, kept, refused with the line, restored."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.post import TOKENS
from tests.reporting import House, make_house, make_person, open_biennium
from tests.visitors import form_of, submit, text_of
from tests.visitors import sign_in as sign_in_as
from tracker import clock
from tracker.database import Database
from tracker.domain.permissions import Role
from tracker.installation import Installation
from tracker.mail.wordings import WORDINGS
from tracker.models.reminders import MailMessage
from tracker.services.reminders import plan_reminders
from tracker.services.sign_in import send_invitation

TEXTS = "/admin/mail-texts"
OPENING = f"{TEXTS}/text/opening?language=en"
OWN = "{{ name }}: {% if num == 1 %}one text{% else %}{{ num }} texts{% endif %}, please."


@pytest.fixture
def database(app: Flask) -> Database:
    parts = app.extensions["tracker"]
    assert isinstance(parts, Installation)
    return parts.database


@pytest.fixture
def commission(database: Database, client: CheckedClient) -> House:
    """Put the commission with its open biennium there and sign an administrator in."""
    with arranging(), database.transaction() as session:
        made = make_house(session)
        open_biennium(session, made)
        person = make_person(session, "Adam Admin", (Role.ADMINISTRATOR, None))
    with database.transaction() as session:
        plan_reminders(session, at=clock.now())
    sign_in_as(client, person.id)
    return made


def test_a_text_is_seen_in_a_mail_before_it_is_kept(
    client: CheckedClient, commission: House
) -> None:
    page = submit(client, client.get(OPENING), {"text": OWN, "act": "try"})

    (frame,) = html.document_fromstring(page.text).iter("iframe")
    mail = FlaskClient.open(client, frame.get("src"))
    assert "Ana Sample: 7 texts, please." in mail.text
    assert "frame-ancestors 'self'" in mail.headers["Content-Security-Policy"]
    assert "sandbox" in mail.headers["Content-Security-Policy"]
    assert "Ana Sample: 7 texts, please." in text_of(page)
    assert OWN not in client.get(TEXTS).text


@pytest.mark.parametrize(
    "key", [key for key in WORDINGS if not key.endswith(".subject")], ids=lambda key: key
)
def test_each_text_stands_in_the_sample_that_shows_it(
    client: CheckedClient, commission: House, key: str
) -> None:
    own = f"Words of {{{{ {WORDINGS[key].names[0]} }}}}" if WORDINGS[key].names else "Words of ours"
    needed = "".join(f" {{{{ {name} }}}}" for name in WORDINGS[key].needed)

    page = submit(
        client,
        client.get(f"{TEXTS}/text/{key}?language=en"),
        {"text": f"{own}{needed}", "act": "try"},
    )

    section = html.document_fromstring(page.text).xpath("//section[@aria-labelledby='mail']")[0]
    assert "words of" in section.text_content().lower()


def test_the_mail_of_a_person_is_shown_without_their_links(
    client: CheckedClient, commission: House
) -> None:
    chosen = {"person": str(commission.focal_point.person_id), "act": "try"}

    page = submit(client, client.get(OPENING), chosen)

    assert "Ana Focal, 2 reports wait for you." in text_of(page)
    assert "/answer/" not in page.text
    (frame,) = html.document_fromstring(page.text).iter("iframe")
    assert f"person={chosen['person']}" in str(frame.get("src"))


def test_a_text_is_kept_and_restored_with_its_history(
    client: CheckedClient, commission: House
) -> None:
    submit(client, client.get(OPENING), {"text": OWN, "act": "save"})
    assert OWN in text_of(client.get(f"{TEXTS}?language=en"))
    assert OWN not in text_of(client.get(f"{TEXTS}?language=fr"))

    submit(client, client.get(OPENING), {"act": "restore"})

    words = text_of(client.get(OPENING))
    assert OWN in words
    assert "The text as delivered was restored" in words
    assert "reports wait for you." in form_of(client.get(OPENING)).fields["text"]


def test_a_broken_text_is_told_and_nothing_is_lost(
    client: CheckedClient, commission: House
) -> None:
    page = submit(client, client.get(OPENING), {"text": "Dear {{ naem }}", "act": "save"})

    assert page.status_code == 400
    assert "Line 1: nothing here is called “naem”." in text_of(page)
    assert form_of(page).fields["text"].strip() == "Dear {{ naem }}"


def test_two_who_word_a_text_at_once_are_told(client: CheckedClient, commission: House) -> None:
    seen = client.get(OPENING)
    submit(client, client.get(OPENING), {"text": OWN, "act": "save"})

    page = submit(client, seen, {"text": "{{ name }}!", "act": "save"})

    assert page.status_code == 409
    assert "Somebody else worded this text" in text_of(page)


def test_a_test_goes_to_oneself_and_says_so(
    client: CheckedClient, commission: House, database: Database
) -> None:
    submit(client, client.get(OPENING), {"text": OWN, "act": "test"})

    with database.reading() as session:
        (mail,) = session.scalars(select(MailMessage)).all()
    assert mail.kind == "test_mail"
    assert mail.subject.startswith("[Test] ")
    assert "7 texts, please." in mail.plain
    assert "Test of a text" in text_of(client.get("/admin/deliveries"))


def test_the_invitation_is_worded_too(
    client: CheckedClient, commission: House, database: Database
) -> None:
    text = f"{TEXTS}/text/invitation.text?language=en"
    own = "Welcome, {{ name }}. Begin here: {{ url }}"
    assert "Begin here" in text_of(submit(client, client.get(text), {"text": own, "act": "try"}))
    submit(client, client.get(text), {"text": own, "act": "save"})

    with arranging(), database.transaction() as session:
        send_invitation(
            session,
            person_id=commission.focal_point.person_id,
            base_url="http://localhost",
            tokens=TOKENS,
            at=clock.now(),
        )

    with database.reading() as session:
        (mail,) = session.scalars(select(MailMessage)).all()
    assert mail.plain.startswith("Welcome, Ana Focal. Begin here: http")


def test_a_text_that_is_not_there_is_not_found(client: CheckedClient, commission: House) -> None:
    assert client.get(f"{TEXTS}/text/nothing").status_code == 404
    assert client.get(f"{TEXTS}/mail?key=nothing").status_code == 404
    assert client.get(f"{TEXTS}/mail?key=opening&text=%7B%7B").status_code == 400
