"""Linked pages are asked for their head over a real connection, and only public hosts are."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tracker.domain.links import LinkProblem
from tracker.reading import linked_pages
from tracker.reading.linked_pages import page_problem

SECONDS = 5.0


class Pages(BaseHTTPRequestHandler):
    """A site whose addresses say what they answer."""

    asked: list[str]

    def do_HEAD(self) -> None:
        self.answer(405 if self.path == "/no-head" else None)

    def do_GET(self) -> None:
        self.answer(200 if self.path == "/no-head" else None)

    def answer(self, status: int | None) -> None:
        self.asked.append(f"{self.command} {self.path}")
        kind, _, told = self.path[1:].partition("/")
        if kind == "to":
            self.send_response(302)
            self.send_header("Location", f"http://{told}" if "." in told else f"/{told}")
        elif kind == "round":
            self.send_response(301)
            self.send_header("Location", "/round")
        else:
            self.send_response(status or int(kind))
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve the pages on this machine, whose one address counts as public for the test."""
    # The rule itself is tried in tests/domain/test_links.py; no public host can be asked here.
    monkeypatch.setattr(linked_pages, "is_public", lambda address: address == "127.0.0.1")
    Pages.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/200", None),
        ("/403", None),
        ("/404", LinkProblem.GONE),
        ("/410", LinkProblem.GONE),
        ("/503", LinkProblem.FAILED),
        ("/no-head", None),
        ("/to/200", None),
        ("/to/404", LinkProblem.GONE),
        ("/round", LinkProblem.FAILED),
    ],
)
def test_a_page_is_there_or_not(site: str, path: str, problem: LinkProblem | None) -> None:
    assert page_problem(f"{site}{path}", seconds=SECONDS) is problem


def test_only_the_head_is_asked_for_where_the_server_knows_it(site: str) -> None:
    page_problem(f"{site}/200?page=2", seconds=SECONDS)
    page_problem(f"{site}/200", seconds=SECONDS)

    assert Pages.asked[-1] == "HEAD /200"


def test_a_page_that_leads_into_the_house_is_not_followed(site: str) -> None:
    port = site.rpartition(":")[2]

    problem = page_problem(f"{site}/to/127.0.0.2:{port}/200", seconds=SECONDS)

    assert problem is LinkProblem.NOT_PUBLIC
    assert len(Pages.asked) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://[::1]/",
        "ftp://127.0.0.1/file",
        "file:///etc/passwd",
        "http:///path",
    ],
)
def test_nothing_but_web_pages_of_public_hosts_is_asked(address: str) -> None:
    assert page_problem(address, seconds=SECONDS) is LinkProblem.NOT_PUBLIC


def test_a_host_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linked_pages, "is_public", lambda _address: True)  # as above

    assert page_problem("http://127.0.0.1:9/", seconds=SECONDS) is LinkProblem.UNREACHABLE
    assert page_problem("http://127.0.0.1:99999/", seconds=SECONDS) is LinkProblem.UNREACHABLE
