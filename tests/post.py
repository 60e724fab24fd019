"""A way out for mail that keeps what it is given and fails for whom it is told to."""

from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from tracker.auth.tokens import Tokens
from tracker.mail.message import Site
from tracker.mail.transport import MailFailure

SITE = Site(
    base_url="https://tracker.example.org",
    entity_name="Secretariat of the Islands",
    mail_from="tracker@example.org",
)
TOKENS = Tokens("the secret with which the links of these mails are signed")


class Post:
    """Messages that went out, oldest first; ``failures`` by address; ``on_send`` comes first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.failures: dict[str, MailFailure] = {}
        self.on_send: Callable[[str], object] = lambda _recipient: None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        pass

    def send(self, message: EmailMessage, *, sender: str, recipient: str) -> None:
        self.on_send(recipient)
        if recipient in self.failures:
            raise self.failures[recipient]
        assert sender == SITE.mail_from
        self.messages.append(message)

    @property
    def recipients(self) -> list[str]:
        """Return who was written to, in that order."""
        return [message["To"].addresses[0].addr_spec for message in self.messages]

    def text_to(self, recipient: str) -> str:
        """Return the plain text of the only message to this address."""
        (message,) = [
            message
            for message in self.messages
            if message["To"].addresses[0].addr_spec == recipient
        ]
        body = message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())
