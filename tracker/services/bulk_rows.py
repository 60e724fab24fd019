"""Rows by the hundred thousand: with keys given here, sent in batches, parents first."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tracker.database import continue_keys
from tracker.models.base import Base

_BATCH = 20_000


class BulkRows:
    """Collects rows of many tables and sends them past the session.

    Nothing is noted in the audit trail and search is not told: that is for whoever fills an empty
    database (``search_entries.complete``). Rows of one table name the same columns each time.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[str, list[Mapping[str, object]]] = defaultdict(list)
        self._next: dict[str, int] = {}
        self._waiting = 0
        self.counts: dict[str, int] = defaultdict(int)

    def add(self, model: type[Base], **values: object) -> int:
        """Take a row of a table with a key of its own; return its key."""
        name = model.__tablename__
        if name not in self._next:
            newest = self._session.scalar(select(func.max(model.__table__.c.id)))
            self._next[name] = (newest or 0) + 1
        key = self._next[name]
        self._next[name] = key + 1
        self._take(name, {"id": key, **values})
        return key

    def link(self, model: type[Base], **values: object) -> None:
        """Take a row whose key is made of what it links."""
        self._take(model.__tablename__, values)

    def send(self) -> None:
        """Send what waits, tables that others refer to first."""
        for table in Base.metadata.sorted_tables:
            if rows := self._rows.pop(table.name, None):
                self._session.execute(insert(table), rows)
        self._waiting = 0

    def finish(self) -> None:
        """Send the rest and let the database go on with the keys that follow."""
        self.send()
        continue_keys(self._session, sorted(self._next))

    def _take(self, name: str, row: Mapping[str, object]) -> None:
        self._rows[name].append(row)
        self.counts[name] += 1
        self._waiting += 1
        if self._waiting >= _BATCH:
            self.send()
