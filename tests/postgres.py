"""The PostgreSQL server that tests use: the one named, else the machine's own, else none."""

import os
import socket

import psycopg
import pytest

VARIABLE = "TRACKER_TEST_POSTGRES"
MACHINE_SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"


def server() -> str | None:
    """Return the address of the server, ``postgresql://user@host:port/database``, or None."""
    return os.environ.get(VARIABLE) or None


def find_server() -> None:
    """Settle the server for this run and its workers; a named one that does not answer ends it."""
    named = server()
    if named is not None:
        try:
            psycopg.connect(named, connect_timeout=5).close()
        except psycopg.Error as error:
            raise pytest.UsageError(
                f"{VARIABLE} names {named}, which does not answer ({str(error).strip()}). "
                f"Start that server, or unset {VARIABLE} to run without PostgreSQL."
            ) from error
    elif _machine_server_answers():
        os.environ[VARIABLE] = MACHINE_SERVER


def _machine_server_answers() -> bool:
    try:
        socket.create_connection(("127.0.0.1", 5432), timeout=1).close()
        psycopg.connect(MACHINE_SERVER, connect_timeout=2).close()
    except (OSError, psycopg.Error):
        return False
    return True
