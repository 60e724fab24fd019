"""Databases for the fault bench: SQLite files, or a PostgreSQL cluster of its own to stop."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

_PLAIN = sql.SQL
# The bench ends processes, never the machine: what was handed to the system is kept. Commits wait
# as they do in an office: with synchronous_commit=off a stop would lose what was promised.
_FAST = ("fsync=off", "full_page_writes=off", "autovacuum=off")


class Server:
    """A PostgreSQL server on which runs get their databases; only one's own can be stopped."""

    def __init__(self, address: str, programs: Path | None = None, folder: Path | None = None):
        self.address = address
        self._programs, self._folder = programs, folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_own(self) -> bool:
        """Tell whether this is a cluster that the bench may stop."""
        return self._folder is not None

    def url_of(self, name: str) -> str:
        """Return the address of one database."""
        return f"{self.address.rpartition('/')[0]}/{name}"

    def make(self, name: str, template: str) -> str:
        """Make a database from a template and return its address."""
        self._do(_PLAIN("CREATE DATABASE {} TEMPLATE {}"), name, template)
        if self.is_own:
            # A copied sequence counts on in memory what only its template wrote ahead: without a
            # checkpoint it would begin anew after a stop.
            self._do(_PLAIN("CHECKPOINT"))
        return self.url_of(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever uses it."""
        self._do(_PLAIN("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)

    def shut(self, name: str) -> None:
        """Let nobody into a database and end all connections to it."""
        self._do(_PLAIN("ALTER DATABASE {} ALLOW_CONNECTIONS false"), name)
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )

    def open(self, name: str) -> None:
        """Let everybody into a database again."""
        self._do(_PLAIN("ALTER DATABASE {} ALLOW_CONNECTIONS true"), name)

    def start(self) -> None:
        """Start one's own cluster and wait until it answers."""
        assert self._programs is not None
        assert self._folder is not None
        self._process = subprocess.Popen(
            [
                self._programs / "postgres", "-D", self._folder / "data", "-k", self._folder,
                "-p", str(_port_of(self.address)), "-c", "listen_addresses=127.0.0.1",
                *(part for setting in _FAST for part in ("-c", setting)),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=_owner(),
        )  # fmt: skip
        for _ in range(400):
            with suppress(psycopg.Error):
                psycopg.connect(self.address, connect_timeout=2).close()
                return
            time.sleep(0.025)
        raise RuntimeError("The cluster of the bench did not start.")

    def stop(self) -> None:
        """Stop one's own cluster at once, as a machine that fails would."""
        if self._process is not None:
            self._process.send_signal(3)  # SIGQUIT: immediate shutdown, recovery at the next start
            self._process.wait()
            self._process = None

    def _do(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))


@contextmanager
def own_cluster() -> Iterator[Server | None]:
    """Start a cluster of the bench's own where PostgreSQL is installed; None where it is not."""
    programs = _programs()
    if programs is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="faults"))
    owner = _owner()
    try:
        if owner:
            os.chown(folder, pwd.getpwnam(owner).pw_uid, -1)
        subprocess.run(
            [
                programs / "initdb", f"--pgdata={folder / 'data'}", "--username=postgres",
                "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            user=owner,
        )  # fmt: skip
        address = f"postgresql://postgres@127.0.0.1:{_free_port()}/postgres"
        server = Server(address, programs, folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts)
    named = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(named).resolve().parent if named else None


def _owner() -> str | None:
    """Return to whom root hands the cluster, since PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _port_of(address: str) -> int:
    return int(address.rpartition(":")[2].partition("/")[0])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
