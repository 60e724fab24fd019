"""The message as it goes over the wire: headers, plain text and HTML."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from tracker.mail.texts import MailText


@dataclass(frozen=True, slots=True)
class Site:
    """Where mails come from and lead to: address of the site, its entity, the sender."""

    base_url: str
    entity_name: str
    mail_from: str
    entity_names: Mapping[str, str] = field(default_factory=dict)  # in further languages

    def read_in(self, language: str) -> "Site":
        """Return the site as those who read in this language know it."""
        return replace(self, entity_name=self.entity_names.get(language, self.entity_name))

    @property
    def account_url(self) -> str:
        """Return the page on which a person says what mail they want."""
        return f"{self.base_url}/account"

    @property
    def reminders_url(self) -> str:
        """Return the page on which a person sees why they were reminded, and of what."""
        return f"{self.base_url}/account/reminders"


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person; ``message_id`` is the same however often it is sent.

    Mails with the same ``thread_id`` stand together in the reader's list.
    """

    message_id: str
    recipient_name: str
    recipient_address: str
    language: str
    text: MailText
    written_at: datetime
    thread_id: str = ""


def message_id_of(kind: str, recipient_id: int, dedupe_key: str) -> str:
    """Return the first part of the Message-ID of a mail, made from its occasion alone."""
    occasion = f"{kind}\0{recipient_id}\0{dedupe_key}"
    return f"{kind}.{hashlib.sha256(occasion.encode()).hexdigest()[:32]}"


def compose(letter: Letter, site: Site) -> EmailMessage:
    """Return ``letter`` as a message that no automatic reply answers.

    Raises ValueError when a name or an address cannot stand in a header.
    """
    message = EmailMessage(policy=SMTP)
    try:
        sender = site.read_in(letter.language).entity_name
        message["From"] = Address(sender, addr_spec=site.mail_from)
        message["To"] = Address(letter.recipient_name, addr_spec=letter.recipient_address)
    except (MessageError, IndexError) as error:  # what the header parser raises on odd addresses
        raise ValueError(f"The address cannot stand in a mail: {error}") from error
    message["Subject"] = letter.text.subject
    message["Date"] = format_datetime(letter.written_at)
    domain = site.mail_from.rpartition("@")[2]
    message["Message-ID"] = f"<{letter.message_id}@{domain}>"
    if letter.thread_id:
        message["References"] = f"<{letter.thread_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Unsubscribe"] = f"<{site.account_url}>"
    message.set_content(letter.text.plain)
    if letter.text.html is not None:
        message.add_alternative(letter.text.html, subtype="html")
    message["Content-Language"] = letter.language
    return message
