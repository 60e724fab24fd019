"""When a link counts as dead, when it is looked at again, and which hosts are asked at all."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.domain.links import LinkProblem, is_dead, is_public, next_check_at, problem_of

AT = datetime(2026, 6, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (200, None),
        (206, None),
        (401, None),
        (403, None),
        (429, None),
        (404, LinkProblem.GONE),
        (410, LinkProblem.GONE),
        (400, LinkProblem.FAILED),
        (500, LinkProblem.FAILED),
        (503, LinkProblem.FAILED),
    ],
)
def test_what_a_status_says_of_a_page(status: int, problem: LinkProblem | None) -> None:
    assert problem_of(status) is problem


@pytest.mark.parametrize(
    ("problem", "count", "dead"),
    [
        (None, 0, False),
        (LinkProblem.GONE, 1, True),
        (LinkProblem.UNREACHABLE, 1, False),
        (LinkProblem.UNREACHABLE, 2, True),
        (LinkProblem.FAILED, 2, True),
        (LinkProblem.NOT_PUBLIC, 9, False),
    ],
)
def test_what_fails_once_is_looked_at_again_before_anybody_is_told(
    problem: LinkProblem | None, count: int, dead: bool
) -> None:
    assert is_dead(problem, count) is dead


def test_what_failed_is_looked_at_the_next_day_and_the_rest_after_a_week() -> None:
    assert next_check_at(AT, None) == AT + timedelta(days=7)
    assert next_check_at(AT, LinkProblem.NOT_PUBLIC) == AT + timedelta(days=7)
    assert next_check_at(AT, LinkProblem.FAILED) <= AT + timedelta(days=1)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888"])
def test_addresses_of_the_public_internet_are_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
    ],
)
def test_addresses_of_this_house_are_never_asked(address: str) -> None:
    assert not is_public(address)
