"""What many tests put into their database: built once per process, then copied with the file."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy.orm import Session

from tests.audit import arranging
from tracker import clock
from tracker.database import Database, is_sqlite_url

Result = TypeVar("Result")
# A state of a database: the one it was built on, how, whether search was kept, and when.
State = tuple[Any, str, bool, datetime]
# The rows of a database on a server: by table as the server writes them, and what was counted.
Rows = tuple[dict[str, bytes], dict[str, int]]


class Copied(Protocol):
    """A migrated database on a server that can be filled with the rows of another."""

    def is_empty(self) -> bool:
        """Tell whether nobody has written to it."""

    def rows(self) -> Rows:
        """Return what is in it."""

    def fill(self, rows: Rows) -> None:
        """Put rows of another into it, as they are."""


SERVER = "server"  # the state of each empty database on a server
_on_server: dict[str, Copied] = {}
_ROWS: dict[State, Rows] = {}
_CONTENTS: dict[State, bytes] = {}
_RESULTS: dict[State, Any] = {}
_EMPTY: dict[bytes, None] = {}
_states: dict[Path, State | None] = {}


def is_empty(path: Path) -> None:
    """Take note that a migrated SQLite file holds no rows yet."""
    _EMPTY.setdefault(path.read_bytes())
    _states[path] = None


def can_be_filled(name: str, copied: Copied) -> None:
    """Take note of a database on a server, by its name there."""
    _on_server[name] = copied


def put(database: Database, build: Callable[[Session], Result]) -> Result:
    """Do what ``build`` does in a transaction of its own and return what it returns.

    The result is shared by tests and is no row. On an SQLite file that nobody has written to since
    it was copied or ``put`` filled it, and on a database of a server that is empty, what was built
    before is copied.
    """
    name = f"{build.__module__}.{build.__qualname__}"
    how = (name, database.prepare is not None, clock.now())
    if path := _untouched_file(database):
        return _put_into_file(path, (_states[path], *how), database, build)
    copied = _on_server.get(database.url.rpartition("/")[2])
    if copied is not None and copied.is_empty():
        return _put_onto_server(copied, (SERVER, *how), database, build)
    return _built(database, build)


def _put_into_file(
    path: Path, state: State, database: Database, build: Callable[[Session], Result]
) -> Result:
    if state in _CONTENTS:
        path.write_bytes(_CONTENTS[state])
    else:
        _RESULTS[state] = _built(database, build)
        database.close()  # the last connection takes what was written into the file
        if _is_open(path):
            return _RESULTS.pop(state)  # type: ignore[no-any-return]
        _CONTENTS[state] = path.read_bytes()
    _states[path] = state
    return _RESULTS[state]  # type: ignore[no-any-return]


def _put_onto_server(
    copied: Copied, state: State, database: Database, build: Callable[[Session], Result]
) -> Result:
    if state in _ROWS:
        copied.fill(_ROWS[state])
    else:
        _RESULTS[state] = _built(database, build)
        _ROWS[state] = copied.rows()
    return _RESULTS[state]  # type: ignore[no-any-return]


def _built(database: Database, build: Callable[[Session], Result]) -> Result:
    with arranging(), database.transaction() as session:
        return build(session)


def _untouched_file(database: Database) -> Path | None:
    if not is_sqlite_url(database.url):
        return None
    path = Path(database.url.removeprefix("sqlite:///"))
    if path not in _states or _is_open(path):
        return None
    state = _states[path]
    content = path.read_bytes()
    known = content in _EMPTY if state is None else content == _CONTENTS[state]
    return path if known else None


def _is_open(path: Path) -> bool:
    return path.with_name(f"{path.name}-wal").exists()
