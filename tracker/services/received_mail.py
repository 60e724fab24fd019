"""Mail that came in: a reply becomes a draft on its item, a bounce is noted with its mail."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, Refused
from tracker.domain.mail_replies import words_by_item
from tracker.domain.progress import ReportText
from tracker.domain.received_mail import Outcome
from tracker.domain.rehearsal import Effect
from tracker.domain.reminders import ANSWERED_BY_REPLY
from tracker.domain.workflow import Review
from tracker.i18n import paragraph_cited
from tracker.mail.incoming import Incoming, IncomingKind, read_mail
from tracker.models.people import Person
from tracker.models.progress import ProgressDraft, ProgressReport
from tracker.models.received_mail import ReceivedMail
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.people import actor_at, find_person_by_email
from tracker.queries.reminders import ReportGist, report_gists
from tracker.queries.report_texts import text_of
from tracker.reading.mailed_sheets import MailedSheet, sheet_among
from tracker.services.evidence import add_file
from tracker.services.progress import save_draft
from tracker.services.report_rows import submitted_revision
from tracker.services.sheet_plans import plan_sheet
from tracker.services.unit_sheets import keep_waiting, take_sheet
from tracker.storage import FileStore, digest_of

logger = logging.getLogger(__name__)

LONGEST_NOTE = 2_000  # characters of an automatic answer or of a server's reason
_CITING = ("en", "es", "fr", "pt")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one mail; of a reply, on which paragraphs there is a draft now.

    ``refused`` are the paragraphs that took no text, each with the reason; of a sheet, none was
    taken then. ``unplaced`` are words of which nobody can tell the item they are for. ``kept`` are
    the files that are with a draft now, ``attachments`` those kept with the mail alone.
    """

    outcome: Outcome
    sender: str
    paragraphs: tuple[str, ...] = ()
    refused: tuple[tuple[str, Refused], ...] = ()
    unplaced: str = ""
    attachments: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


def receive_mail(session: Session, content: bytes, *, files: FileStore, at: datetime) -> Received:
    """Take one mail and return what became of it; the mail itself is kept.

    Raises UnreadableDocument when it is no mail, Duplicate when it was taken before, NotFound when
    it answers none of ours, NotAllowed when it comes from somebody else than who was written to and
    Invalid when it says nothing; nothing is kept then.
    """
    incoming = read_mail(content)
    message_id = incoming.message_id or f"without-id.{digest_of(content)}"
    if session.scalar(select(ReceivedMail.id).where(ReceivedMail.message_id == message_id)):
        raise Duplicate("This mail from %(sender)s was taken before.", sender=incoming.sender)
    answered = _answered_message(session, incoming)
    received = _take(session, incoming, answered, files=files, at=at)
    session.add(
        ReceivedMail(
            message_id=message_id,
            sender=incoming.sender[:320],
            outcome=received.outcome,
            note=received.unplaced
            if received.outcome is Outcome.DRAFT
            else incoming.text[:LONGEST_NOTE],
            digest=files.keep(content),
            answers_id=answered.id if answered else None,
            received_at=at,
        )
    )
    session.flush()
    logger.info("mail received: %s, answers %s", received.outcome, answered and answered.id)
    return received


def _take(
    session: Session,
    incoming: Incoming,
    answered: MailMessage | None,
    *,
    files: FileStore,
    at: datetime,
) -> Received:
    if incoming.kind is IncomingKind.AUTOMATIC:
        return Received(Outcome.AUTOMATIC, incoming.sender)
    if incoming.kind is IncomingKind.REPLY and (sheet := sheet_among(incoming.attachments)):
        person = _sender(session, incoming, answered)
        return _take_sheet(session, incoming.sender, sheet, person, files=files, at=at)
    if answered is None:
        raise NotFound(
            "The mail from %(sender)s answers none of ours: the header In-Reply-To names no mail "
            "that went out from here. Enter what it says on the page of the report.",
            sender=incoming.sender,
        )
    if incoming.kind is IncomingKind.BOUNCE:
        return _note_bounce(session, incoming, answered, at=at)
    return _take_reply(session, incoming, answered, files=files, at=at)


def _note_bounce(
    session: Session, incoming: Incoming, answered: MailMessage, *, at: datetime
) -> Received:
    """Let a mail that came back count as failed, with the server's reason."""
    if not incoming.is_final:
        return Received(Outcome.LATE, incoming.sender)
    answered.state, answered.settled_at, answered.error = Delivery.FAILED, at, incoming.text
    for notification in session.scalars(
        select(Notification).where(
            Notification.message_id == answered.id, Notification.state == Delivery.SENT
        )
    ):
        notification.state = Delivery.FAILED
    return Received(Outcome.BOUNCE, answered.recipient.email)


def _sender(session: Session, incoming: Incoming, answered: MailMessage | None) -> Person:
    """Return who sends a mail, roles loaded: whom the answered one went to, else by address."""
    if answered is None:
        person = find_person_by_email(session, incoming.sender)
        if person is None or not person.is_active:
            raise NotFound(
                "Nobody here has the address %(sender)s. Ask them to send the sheet from the "
                "address under which they sign in, or to choose it on the page.",
                sender=incoming.sender,
            )
        return person
    if incoming.sender != answered.recipient.email.casefold():
        raise NotAllowed(
            "The mail comes from %(sender)s, but the mail that it answers went to %(recipient)s. "
            "Ask them to answer from their own address, or on the page.",
            sender=incoming.sender,
            recipient=answered.recipient.email,
        )
    return answered.recipient


def _take_sheet(
    session: Session,
    sender: str,
    sheet: MailedSheet,
    person: Person,
    *,
    files: FileStore,
    at: datetime,
) -> Received:
    """Let a sheet become drafts, all of it or, where a row is refused, nothing."""
    actor = actor_at(session, person, at)
    plan = plan_sheet(session, sheet.filled, actor=actor, at=at)
    refused = tuple((row.row.citation, told) for row in plan.rows for told in row.refusals)
    if refused:
        digest = files.keep(sheet.content)
        keep_waiting(session, plan, digest=digest, actor=actor, at=at)
        return Received(Outcome.SHEET, sender, refused=refused)
    take_sheet(session, sheet.filled, actor=actor, at=at)
    changed = (row.row.citation for row in plan.rows if row.effect is not Effect.SAME)
    return Received(Outcome.SHEET, sender, paragraphs=tuple(changed))


def _take_reply(
    session: Session,
    incoming: Incoming,
    answered: MailMessage,
    *,
    files: FileStore,
    at: datetime,
) -> Received:
    person = _sender(session, incoming, answered)
    gists = _reports_in(session, answered)
    said = words_by_item(incoming.text, {key: _citations(gist) for key, gist in gists.items()})
    if not said and incoming.attachments and len(gists) == 1:
        said = dict.fromkeys(gists, "")  # the files are the answer
    if not said:
        raise Invalid(
            "The reply of %(sender)s says nothing that is not quoted. Ask them to write their "
            "answer above the quoted mail.",
            sender=incoming.sender,
        )
    unplaced = said.pop(0, "")
    taken: dict[int, str] = {}
    refused = []
    for report_id, words in said.items():
        cited = _cited(gists[report_id], person.language)
        try:
            _add_to_draft(session, report_id, words, person, at=at)
        except Refused as refusal:
            refused.append((cited, refusal))
        else:
            taken[report_id] = cited
    kept = _keep_files(session, taken, incoming, person, files=files, at=at)
    return Received(
        Outcome.DRAFT,
        incoming.sender,
        paragraphs=tuple(taken.values()),
        refused=tuple(refused),
        unplaced=unplaced,
        attachments=tuple(each.name for each in incoming.attachments if each.name not in kept),
        kept=kept,
    )


def _keep_files(
    session: Session,
    report_ids: Collection[int],
    incoming: Incoming,
    person: Person,
    *,
    files: FileStore,
    at: datetime,
) -> tuple[str, ...]:
    """Keep the files of a reply with its draft, where it is about one report; return their names.

    A file of a kind that is not kept stays with the mail alone.
    """
    if len(report_ids) != 1:
        return ()
    (report_id,) = report_ids
    kept = []
    for attachment in incoming.attachments:
        try:
            add_file(
                session,
                report_id=report_id,
                name=attachment.name,
                content=attachment.content,
                files=files,
                actor=actor_at(session, person, at),
                at=at,
            )
        except Invalid:
            logger.info("an attachment of a kind or size that is not kept stays with its mail")
        else:
            kept.append(attachment.name)
    return tuple(kept)


def _add_to_draft(
    session: Session, report_id: int, words: str, person: Person, *, at: datetime
) -> None:
    """Put the words below what the person's draft says of what was done; other fields stay."""
    text = _text_so_far(session, report_id, person)
    if words not in text.done:
        text = replace(text, done="\n\n".join(part for part in (text.done, words) if part))
    save_draft(session, report_id=report_id, text=text, actor=actor_at(session, person, at), at=at)


def _text_so_far(session: Session, report_id: int, person: Person) -> ReportText:
    """Return the person's draft, else the text that a manager returned, else an empty one."""
    draft = session.scalar(
        select(ProgressDraft).where(
            ProgressDraft.report_id == report_id, ProgressDraft.author_id == person.id
        )
    )
    if draft is not None:
        return text_of(draft)
    report = session.get_one(ProgressReport, report_id)
    if report.review is Review.RETURNED:
        return text_of(submitted_revision(session, report))
    return ReportText(language=person.language)


def _answered_message(session: Session, incoming: Incoming) -> MailMessage | None:
    """Return our mail that another one answers, its recipient loaded; the nearest wins."""
    found = {
        message.message_id: message
        for message in session.scalars(
            select(MailMessage)
            .where(MailMessage.message_id.in_(incoming.answers))
            .options(joinedload(MailMessage.recipient).options(selectinload(Person.roles)))
        )
    }
    return next((found[name] for name in incoming.answers if name in found), None)


def _reports_in(session: Session, message: MailMessage) -> Mapping[int, ReportGist]:
    report_ids = session.scalars(
        select(Notification.report_id)
        .where(
            Notification.message_id == message.id,
            Notification.report_id.is_not(None),
            Notification.kind.in_([kind.value for kind in ANSWERED_BY_REPLY]),
        )
        .distinct()
    ).all()
    return report_gists(session, [key for key in report_ids if key is not None])


def _citations(gist: ReportGist) -> tuple[str, ...]:
    return tuple(_cited(gist, language) for language in _CITING)


def _cited(gist: ReportGist, language: str) -> str:
    return paragraph_cited(gist.symbol, gist.paragraph, language)
