"""The job that takes in the mail of an IMAP mailbox, as ``tracker mail receive`` takes files."""

import logging
from datetime import datetime

from tracker.domain.errors import Duplicate, Refused, Unavailable
from tracker.installation import Installation
from tracker.mail.incoming import MOST_BYTES
from tracker.mail.mailbox import REFUSED, TAKEN, Mailbox, open_mailbox
from tracker.sentences import sentence_of
from tracker.services.received_mail import Received, receive_mail

logger = logging.getLogger(__name__)

MOST_IN_A_RUN = 200
_NAMED = 5  # of the mails that were set aside; the others are counted


def poll_mailbox(installation: Installation, at: datetime) -> str:
    """Take each mail that waits in a transaction of its own; one that is refused is set aside.

    A mail is taken by its message id, and moved only afterwards: whatever ends between the two,
    the next run finds it taken before and moves it. Raises Unavailable when the mailbox cannot be
    read; what was taken until then stays taken.
    """
    url = installation.settings.imap_url
    if url is None:
        return ""
    taken, refused = 0, list[str]()
    with open_mailbox(url) as mailbox:
        for uid in mailbox.waiting(most=MOST_IN_A_RUN):
            reason = _take(installation, mailbox, uid, at)
            mailbox.move(uid, TAKEN if reason is None else REFUSED)
            if reason is None:
                taken += 1
            else:
                logger.warning("mail %s of the mailbox was set aside: %s", uid, reason)
                refused.append(f"{uid}: {reason}")
    return _told(taken, refused)


def _take(installation: Installation, mailbox: Mailbox, uid: str, at: datetime) -> str | None:
    """Take one mail and return None, or why it is set aside."""
    if mailbox.begin(uid):
        return "it could not be read to its end twice."
    if mailbox.size_of(uid) > MOST_BYTES:
        return f"it is larger than {MOST_BYTES // (1024 * 1024)} MB."
    content = mailbox.content_of(uid)
    try:
        with installation.database.transaction() as session:
            received = receive_mail(session, content, files=installation.files, at=at)
    except Duplicate:
        return None
    except Unavailable:
        mailbox.give_back(uid)  # it is not the mail's fault
        raise
    except Refused as refusal:
        return sentence_of(refusal, "en")
    return _left_over(received)


def _left_over(received: Received) -> str | None:
    """Return what of a mail that was taken found no place, None where all of it did."""
    places = [f"{paragraph}: {sentence_of(why, 'en')}" for paragraph, why in received.refused]
    if received.unplaced:
        places.append("words that name no paragraph stand in no draft")
    return f"of {received.sender}, taken but for: {'; '.join(places)}" if places else None


def _told(taken: int, refused: list[str]) -> str:
    if not taken and not refused:
        return ""
    told = f"{taken} mails taken"
    if refused:
        told += f", {len(refused)} set aside in {REFUSED}: {' | '.join(refused[:_NAMED])}"
    return told
