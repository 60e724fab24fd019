"""Whether a linked web page answers: asked for its head, from public addresses only."""

import http.client
import socket
import ssl
from contextlib import ExitStack
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from tracker.domain.links import LinkProblem, is_public, problem_of

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASK_BY_GET = frozenset({400, 403, 404, 405, 501})  # by servers that know no HEAD
_HEADERS = {"User-Agent": "mandate-tracker link check", "Accept": "*/*", "Connection": "close"}


def page_problem(address: str, *, seconds: float) -> LinkProblem | None:
    """Return why a web page cannot be had, None where it is there.

    Only http and https are asked, and only hosts all of whose addresses are public: the connection
    goes to the address that was looked at, so that no second look-up leads elsewhere. Each request
    ends after ``seconds``; what a page says is not read.
    """
    for _ in range(MOST_REDIRECTS + 1):
        try:
            parts = urlsplit(address)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            return LinkProblem.UNREACHABLE
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return LinkProblem.NOT_PUBLIC
        try:
            host = _public_address(parts.hostname, port)
            if host is None:
                return LinkProblem.NOT_PUBLIC
            status, location = _ask("HEAD", parts, host, port, seconds)
            if status in _ASK_BY_GET:
                status, location = _ask("GET", parts, host, port, seconds)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError):
            return LinkProblem.UNREACHABLE
        if status not in _REDIRECTS or not location:
            return problem_of(status)
        address = urljoin(address, location)
    return LinkProblem.FAILED


def _public_address(host: str, port: int) -> str | None:
    """Return a network address of the host; None when any of its addresses is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    return addresses[0] if addresses and all(map(is_public, addresses)) else None


def _ask(
    method: str, parts: SplitResult, host: str, port: int, seconds: float
) -> tuple[int, str | None]:
    """Return the status of the answer and where it leads."""
    connection = http.client.HTTPConnection(parts.hostname or host, port, timeout=seconds)
    connection.sock = _connected(parts, host, port, seconds)
    # The time limit of a socket is that of one piece; a server may send its answer byte by byte.
    limit = Timer(seconds, _hang_up, [connection.sock])
    limit.daemon = True
    limit.start()
    try:
        target = parts.path or "/"
        connection.request(
            method, f"{target}?{parts.query}" if parts.query else target, headers=_HEADERS
        )
        answer = connection.getresponse()
        location = answer.getheader("Location")
        answer.close()
        return answer.status, location
    finally:
        limit.cancel()
        connection.close()


def _connected(parts: SplitResult, host: str, port: int, seconds: float) -> socket.socket:
    plain = socket.create_connection((host, port), timeout=seconds)
    if parts.scheme != "https":
        return plain
    with ExitStack() as unless_secured:
        unless_secured.callback(plain.close)
        secured = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
        unless_secured.pop_all()
    return secured


def _hang_up(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return
