"""Passwords: what is kept of them, and what is right."""

import pytest

from tracker.auth.passwords import MINIMUM_LENGTH, Passwords
from tracker.domain.errors import Invalid

PASSWORDS = Passwords(time_cost=1, memory_kib=1024)
PASSWORD = "coral tide lantern"


def test_a_password_is_kept_as_a_hash_of_its_own() -> None:
    kept = {PASSWORDS.hash(PASSWORD), PASSWORDS.hash(PASSWORD)}

    assert len(kept) == 2
    assert all(PASSWORD not in each and each.startswith("$argon2id$") for each in kept)


def test_the_password_and_no_other_is_right() -> None:
    kept = PASSWORDS.hash(PASSWORD)

    assert PASSWORDS.is_right(PASSWORD, kept)
    assert not PASSWORDS.is_right(PASSWORD.upper(), kept)
    assert not PASSWORDS.is_right("", kept)


@pytest.mark.parametrize("kept", [None, "", "not a hash"])
def test_nothing_is_right_where_no_password_is_kept(kept: str | None) -> None:
    assert not PASSWORDS.is_right(PASSWORD, kept)
    assert not PASSWORDS.is_right("nobody's password", kept)


def test_a_short_password_is_refused() -> None:
    with pytest.raises(Invalid, match="at least 12 characters") as refusal:
        PASSWORDS.hash("x" * (MINIMUM_LENGTH - 1))

    assert refusal.value.field == "password"
    assert PASSWORDS.hash("x" * MINIMUM_LENGTH)
