"""Passwords, hashed with argon2."""

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.domain.errors import Invalid

MINIMUM_LENGTH = 12


class Passwords:
    """Hash and check passwords; ``time_cost`` and ``memory_kib`` are lowered in tests alone."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65536) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib)

    def hash(self, password: str) -> str:
        """Return the hash to keep; refuse a password that is too short."""
        if len(password) < MINIMUM_LENGTH:
            raise Invalid(
                "The password is too short. Choose one with at least %(length)s characters.",
                field="password",
                length=MINIMUM_LENGTH,
            )
        return self._hasher.hash(password)

    def is_right(self, password: str, password_hash: str | None) -> bool:
        """Tell whether ``password`` belongs to the hash; no hash is never right."""
        nobody = self._nobody  # made by the first question whatever it is, or its time would tell
        try:
            matches = self._hasher.verify(password_hash or nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return matches and bool(password_hash)

    @cached_property
    def _nobody(self) -> str:
        """Return what is checked when nobody has the address, so that an answer takes as long."""
        return self._hasher.hash("nobody's password")
