"""The sentences of mails, worded by an administrator: kept, restored, sent to oneself as a test."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.domain.errors import N_, NotFound, Stale, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.mail.sayings import check_source, default_source
from tracker.mail.texts import MailText
from tracker.mail.wordings import WORDINGS
from tracker.models.mail_texts import OwnMailText
from tracker.models.people import Person
from tracker.models.reminders import MailMessage
from tracker.services import audit
from tracker.services.delivery import queue_message

TEST_MAIL = "test_mail"
TEST_SUBJECT = N_("[Test] %(subject)s")


def keep_text(
    session: Session,
    *,
    key: str,
    language: str,
    text: str,
    seen_number: int,
    actor: Actor,
    at: datetime,
) -> OwnMailText | None:
    """Let a sentence read so from now on; return None where it does already.

    Raises Invalid, with the line, for a text that cannot be written, and Stale where somebody else
    worded it meanwhile.
    """
    require(actor, Action.SET_REMINDERS)
    newest = _newest(session, key, language, seen_number)
    plain = text.replace("\r\n", "\n").strip()
    check_source(key, plain)
    before = newest.text if newest else None
    if plain == (default_source(key, language) if before is None else before):
        return None
    return _append(session, key, language, newest, plain, actor=actor, at=at)


def restore_default(
    session: Session, *, key: str, language: str, seen_number: int, actor: Actor, at: datetime
) -> OwnMailText:
    """Let our words stand again; what stood there stays in the history."""
    require(actor, Action.SET_REMINDERS)
    newest = _newest(session, key, language, seen_number)
    if newest is None or newest.text is None:
        raise WrongState("The words that stood there at first stand there now.")
    return _append(session, key, language, newest, None, actor=actor, at=at)


def send_test(session: Session, *, text: MailText, actor: Actor, at: datetime) -> MailMessage:
    """Queue a mail as it would be written to the actor themselves, marked as a test."""
    require(actor, Action.SET_REMINDERS)
    translate = translate_into(actor.language)
    message = queue_message(
        session,
        kind=TEST_MAIL,
        recipient=session.get_one(Person, actor.person_id),
        subject=translate(TEST_SUBJECT) % {"subject": text.subject},
        plain=text.plain,
        html=text.html,
        at=at,
        dedupe_key=uuid4().hex,
    )
    audit.record(session, actor=actor, at=at, action="send_test_mail", subject=message)
    return message


def _newest(session: Session, key: str, language: str, seen_number: int) -> OwnMailText | None:
    if key not in WORDINGS:
        raise NotFound("There is no such text of mails. Choose one from the list.")
    newest = session.scalar(
        select(OwnMailText)
        .where(OwnMailText.key == key, OwnMailText.language == language)
        .order_by(OwnMailText.number.desc())
        .limit(1)
    )
    if (newest.number if newest else 0) != seen_number:
        raise _stale()
    return newest


def _append(
    session: Session,
    key: str,
    language: str,
    newest: OwnMailText | None,
    text: str | None,
    *,
    actor: Actor,
    at: datetime,
) -> OwnMailText:
    row = OwnMailText(
        key=key,
        language=language,
        number=newest.number + 1 if newest else 1,
        text=text,
        written_at=at,
        written_by_id=actor.person_id,
    )
    session.add(row)
    try:
        session.flush()
    except IntegrityError as error:  # another session worded it since we looked
        raise _stale() from error
    audit.record(
        session,
        actor=actor,
        at=at,
        action="word_mail_text" if text is not None else "restore_mail_text",
        subject=row,
        before={"key": key, "language": language, "text": newest.text if newest else None},
        after={"key": key, "language": language, "text": text},
    )
    return row


def _stale() -> Stale:
    return Stale(
        "Somebody else worded this text since you opened the page. Theirs is shown in the history "
        "below: put both together and save again."
    )
