"""Guards that are always on: no network, no foreign mail server, no context left open."""

import ipaddress
import socket
import sys
from collections.abc import Iterator

import flask
import pytest

# Mail programs ask for the name of their own machine.
LOCAL_NAMES = {"localhost", "localhost.", socket.gethostname()}
mail_ports: set[int] = set()
"""The ports of the tests' own mail servers."""


class LeavesTheMachine(AssertionError):
    """A test reached for the network."""


class SendsMail(AssertionError):
    """A test spoke to a mail server that is not its own."""


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise LeavesTheMachine(f"{event} to {address[0]}: tests stay on this machine.")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        if not _is_local(arguments[0]):
            raise LeavesTheMachine(f"{event} of {arguments[0]!r}: tests ask no name server.")
    elif event == "smtplib.connect" and arguments[2] not in mail_ports:
        raise SendsMail(
            f"A mail server at port {arguments[2]}: take the fixture smtp_server instead."
        )


def _is_local(host: object) -> bool:
    if host is None:  # getaddrinfo's own word for this machine
        return True
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name in LOCAL_NAMES


# An audit hook sees every socket of this process, however it was opened, and cannot be undone.
sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def _no_context_stays_behind() -> Iterator[None]:
    """Fail the test that leaves an application or request context open."""
    yield
    assert not flask.has_app_context(), "The test left an application context open."
