"""Signed links: bound to a purpose, a person and a counter, and good until a moment."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from itsdangerous import BadSignature, URLSafeSerializer

from tracker.domain.errors import LinkRefused


class Purpose(StrEnum):
    """What a signed link is for; a link for one purpose is nothing to another."""

    SIGN_IN = "sign_in"
    SET_UP = "set_up"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a signed link says: whose it is and the person's counter when it was made."""

    person_id: int
    counter: int


class Tokens:
    """Make and read signed links with the installation's secret."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def make(self, purpose: Purpose, ticket: Ticket, *, expires_at: datetime) -> str:
        """Return a token that is good for ``purpose`` until ``expires_at`` (aware)."""
        return str(
            self._serializer(purpose).dumps(
                [ticket.person_id, ticket.counter, int(expires_at.timestamp())]
            )
        )

    def read(self, purpose: Purpose, token: str, *, at: datetime) -> Ticket:
        """Return what ``token`` says; raise LinkRefused when it is wrong or has expired."""
        try:
            person_id, counter, expires = self._serializer(purpose).loads(token)
        except (BadSignature, ValueError, TypeError) as error:
            raise LinkRefused(
                "This link is not valid. Ask for a new sign-in link and open it unchanged."
            ) from error
        if at >= datetime.fromtimestamp(expires, UTC):
            raise LinkRefused("This link has expired. Ask for a new sign-in link.")
        return Ticket(person_id=int(person_id), counter=int(counter))

    def _serializer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret_key, salt=f"tracker:{purpose.value}")
