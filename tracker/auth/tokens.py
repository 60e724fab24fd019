"""Signed links: bound to a purpose, a person and a counter, and good until a moment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from itsdangerous import BadSignature, URLSafeSerializer

from tracker.domain.errors import N_, LinkRefused


class Purpose(StrEnum):
    """What a signed link is for; a link for one purpose is nothing to another."""

    SIGN_IN = "sign_in"
    SET_UP = "set_up"
    ANSWER = "answer"
    CALENDAR = "calendar"


# What we write; the decoder would also take other letters for some of them.
_WRITTEN = re.compile(r"[A-Za-z0-9_.-]+")
_NOT_VALID = N_("This link is not valid. Ask for a new sign-in link and open it unchanged.")
_EXPIRED = N_("This link has expired. Ask for a new sign-in link.")
_NO_CALENDAR = N_(
    "This address leads to no calendar. Copy it whole from the page of your calendars."
)
_SAID_INSTEAD = {
    Purpose.CALENDAR: (_NO_CALENDAR, _NO_CALENDAR),
    Purpose.ANSWER: (
        N_("This link is not whole. Open it unchanged from the mail, or sign in and answer there."),
        N_("This link has expired. Sign in and answer there, or wait for the next mail."),
    ),
}


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
        return self.seal(purpose, (ticket.person_id, ticket.counter), expires_at=expires_at)

    def read(self, purpose: Purpose, token: str, *, at: datetime) -> Ticket:
        """Return what ``token`` says; raise LinkRefused when it is wrong or has expired."""
        person_id, counter = self.unseal(purpose, token, count=2, at=at)
        return Ticket(person_id=person_id, counter=counter)

    def seal(self, purpose: Purpose, numbers: Sequence[int], *, expires_at: datetime) -> str:
        """Return a token that says these numbers until ``expires_at`` (aware)."""
        return str(self._serializer(purpose).dumps([*numbers, int(expires_at.timestamp())]))

    def unseal(self, purpose: Purpose, token: str, *, count: int, at: datetime) -> Sequence[int]:
        """Return the ``count`` numbers that ``token`` says.

        Raises LinkRefused when it is wrong or has expired.
        """
        not_valid, has_expired = _SAID_INSTEAD.get(purpose, (_NOT_VALID, _EXPIRED))
        if not _WRITTEN.fullmatch(token):
            raise LinkRefused(not_valid)
        try:
            *numbers, expires = map(int, self._serializer(purpose).loads(token))
        except (BadSignature, ValueError, TypeError) as error:
            raise LinkRefused(not_valid) from error
        if len(numbers) != count:
            raise LinkRefused(not_valid)
        if at >= datetime.fromtimestamp(expires, UTC):
            raise LinkRefused(has_expired)
        return numbers

    def _serializer(self, purpose: Purpose) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret_key, salt=f"tracker:{purpose.value}")
