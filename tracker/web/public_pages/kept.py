"""Public pages as they were written last, so that a crowd is answered with what one reader got."""

from collections import OrderedDict
from threading import Lock

from flask import Response

MOST_BYTES = 8_000_000  # of all kept pages of one web process: some hundred


class KeptAnswers:
    """Answers by their validators, which change with all that the answers show.

    What was asked for least lately goes first.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()
        self._lock = Lock()

    def find(self, validator: str) -> Response | None:
        """Return a new answer like the one that was kept under ``validator``."""
        with self._lock:
            found = self._kept.get(validator)
            if found is None:
                return None
            self._kept.move_to_end(validator)
        content, headers = found
        return Response(content, headers=headers)

    def keep(self, validator: str, answer: Response) -> None:
        """Keep a whole page; what leads elsewhere or is very large is made anew each time."""
        content = answer.get_data()
        if answer.status_code != 200 or len(content) > self._most_bytes // 10:
            return
        with self._lock:
            if validator in self._kept:  # another thread was as quick
                return
            self._kept[validator] = (content, dict(answer.headers))
            self._bytes += len(content)
            while self._bytes > self._most_bytes:
                _oldest, (gone, _headers) = self._kept.popitem(last=False)
                self._bytes -= len(gone)
