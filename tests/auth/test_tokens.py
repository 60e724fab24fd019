"""Signed links: what they say, until when, and what is made of a forged one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from tracker.auth.tokens import Purpose, Ticket, Tokens
from tracker.domain.errors import LinkRefused

AT = datetime(2026, 6, 15, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOKENS = Tokens("a secret of the tests")
TICKET = Ticket(person_id=7, counter=3)


def make() -> str:
    return TOKENS.make(Purpose.SIGN_IN, TICKET, expires_at=AT + HOUR)


def test_a_token_says_whose_it_is() -> None:
    assert TOKENS.read(Purpose.SIGN_IN, make(), at=AT) == TICKET


def test_a_token_is_good_until_its_moment() -> None:
    last = AT + HOUR - timedelta(seconds=1)

    assert TOKENS.read(Purpose.SIGN_IN, make(), at=last) == TICKET
    with pytest.raises(LinkRefused, match="expired"):
        TOKENS.read(Purpose.SIGN_IN, make(), at=AT + HOUR)


def test_a_token_of_another_installation_is_refused() -> None:
    foreign = Tokens("another secret").make(Purpose.SIGN_IN, TICKET, expires_at=AT + HOUR)

    with pytest.raises(LinkRefused, match="not valid"):
        TOKENS.read(Purpose.SIGN_IN, foreign, at=AT)


@pytest.mark.parametrize("content", [[7, 3], "text", None, {}])
def test_a_token_that_says_something_else_is_refused(content: object) -> None:
    odd = URLSafeSerializer("a secret of the tests", salt="tracker:sign_in").dumps(content)

    with pytest.raises(LinkRefused):
        TOKENS.read(Purpose.SIGN_IN, str(odd), at=AT)


@pytest.mark.slow
@given(st.text())
def test_no_text_but_a_token_is_read(text: str) -> None:
    with pytest.raises(LinkRefused, match="not valid"):
        TOKENS.read(Purpose.SIGN_IN, text, at=AT)


@given(st.integers(min_value=0), st.characters(max_codepoint=127))
@example(place=5645616, letter="/")  # base64 reads it as "_"
def test_a_changed_token_is_refused(place: int, letter: str) -> None:
    token = make()
    place %= len(token) - 1  # the last letter carries two bits that nobody reads
    changed = token[:place] + letter + token[place + 1 :]

    if changed != token:
        with pytest.raises(LinkRefused):
            TOKENS.read(Purpose.SIGN_IN, changed, at=AT)
