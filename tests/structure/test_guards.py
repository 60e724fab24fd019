"""The guards of the tests guard."""

import smtplib
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.guards import LeavesTheMachine, SendsMail
from tests.mailbox import Mailbox
from tests.pages import page_problems, policy_problems
from tests.travel import Travel
from tracker import clock

WHOLE_PAGE = """<!doctype html><html lang="en"><head><title>Reports – Tracker</title></head>
<body><h1>Reports</h1>{}</body></html>"""
POST_FORM = '<form method="post"><input type="hidden" name="csrf_token" value="x">{}</form>'


@pytest.mark.parametrize(
    "reach",
    [
        pytest.param(lambda: socket.create_connection(("192.0.2.1", 80), 0.1), id="connect"),
        pytest.param(lambda: socket.getaddrinfo("example.org", 80), id="name"),
        pytest.param(lambda: socket.create_server(("0.0.0.0", 0)), id="listen"),  # noqa: S104 - refused
        pytest.param(lambda: socket.create_server(("", 0)), id="listen-everywhere"),
        pytest.param(
            lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
            id="datagram",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_no_test_leaves_this_machine(reach: Callable[[], object]) -> None:
    with pytest.raises(LeavesTheMachine):
        reach()


def test_no_test_speaks_to_a_mail_server_that_is_not_its_own() -> None:
    with pytest.raises(SendsMail):
        smtplib.SMTP("127.0.0.1", 25)


def test_the_tests_own_mail_server_keeps_what_it_is_sent(smtp_server: Mailbox) -> None:
    with smtplib.SMTP("127.0.0.1", smtp_server.port) as connection:
        connection.sendmail("a@example.org", ["b@example.org"], "Subject: Hello\r\n\r\nText")

    assert [message["Subject"] for message in smtp_server.messages] == ["Hello"]
    assert smtp_server.recipients == [["b@example.org"]]


def test_the_tests_own_mail_server_refuses_whom_it_is_told_to(smtp_server: Mailbox) -> None:
    smtp_server.refused.add("gone@example.org")

    with (
        smtplib.SMTP("127.0.0.1", smtp_server.port) as connection,
        pytest.raises(smtplib.SMTPRecipientsRefused),
    ):
        connection.sendmail("a@example.org", ["gone@example.org"], "Subject: Hello\r\n\r\nText")


def test_the_clock_stands_still_until_a_test_moves_it(travel: Travel) -> None:
    assert clock.now() == datetime(2026, 6, 15, 9, tzinfo=UTC)

    travel.by(timedelta(days=1))
    assert clock.now() == datetime(2026, 6, 16, 9, tzinfo=UTC)

    travel.to(datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=-4))))
    assert clock.now() == datetime(2027, 1, 1, 4, tzinfo=UTC)


def test_a_whole_page_has_no_problems() -> None:
    page = WHOLE_PAGE.format(POST_FORM.format('<label for="x">X</label><input id="x" name="x">'))

    assert list(page_problems(page)) == []


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        (WHOLE_PAGE.format("<h1>Again</h1>"), "2 first-level headings"),
        (WHOLE_PAGE.format("").replace("<h1>Reports", "<h1>Mandates"), "does not begin with"),
        (WHOLE_PAGE.format("").replace(' lang="en"', ""), "language"),
        ("<p><b>Text</p></b>", "closes b of line 1"),
        ("<div><p>Text</p>", "<div> is not closed"),
        ('<p class="a>Text</p>', "line 1: a tag is not ended"),
        ("<!-- <b> -->\n</p>", "line 2: </p> closes nothing"),
        ("<p>Text</p></a", "a tag is not ended"),
        ('<p id="a"></p><p id="a"></p>', "stands 2 times"),
        ('<input name="x">', "'x' has no label"),
        ('<input name="x" aria-label="X" aria-describedby="hint">', "'hint', which is not"),
        ('<img src="x.png">', "no text in its place"),
        ('<a href="/x"></a>', "without words"),
        ('<p onclick="go()">Text</p>', "inline script onclick"),
        ('<p style="color: red">Text</p>', "inline style"),
        ("<style>p { color: red }</style>", "inline style stands"),
        ("<script>go()</script>", "inline script stands"),
        ('<a href="javascript:go()">Go</a>', "script in href"),
        ('<form method="post" action="/x"></form>', "no csrf_token"),
        (
            POST_FORM.format('<input name="on" aria-label="Day"><button name="more">More</button>'),
            "keeps nothing",
        ),
        ('<p class="a" class="b">Text</p>', "class twice"),
        ("<input name=x hidden NAME='>'>", "input says name twice"),
    ],
)
def test_a_page_with_a_fault_is_noticed(page: str, problem: str) -> None:
    assert any(problem in found for found in page_problems(page))


def test_a_policy_that_allows_inline_script_is_noticed() -> None:
    policy = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; script-src "

    assert list(policy_problems(policy + "'self'")) == []
    assert list(policy_problems(policy + "'unsafe-inline'")) == ["the policy allows unsafe-inline"]
    assert len(list(policy_problems(""))) == 3
