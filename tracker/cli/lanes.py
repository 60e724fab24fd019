"""Two lanes of requests that wait for a web process: the house first, then a crowd."""

from collections import deque
from collections.abc import Callable
from typing import Protocol


class Work(Protocol):
    """What a web process does in one of its threads, as waitress hands it over."""

    def service(self) -> None:
        """Do it."""

    def cancel(self) -> None:
        """End without having done it."""


class Lanes:
    """What waits for the threads of a process, in place of waitress' own queue.

    What ``is_crowd`` tells to be a crowd's is taken when nothing else waits, and one at a time:
    else a thousand readers of public pages would stand before somebody at work, and three of four
    threads at their service would make the fourth four times slower. All is called by waitress
    under its lock, but the end of a crowd's work, which only sets one mark: the thread that did it
    looks for more work next.
    """

    def __init__(self, is_crowd: Callable[[Work], bool]) -> None:
        self._is_crowd = is_crowd
        self._house: deque[Work] = deque()
        self._crowd: deque[Work] = deque()
        self._is_crowd_served = False

    def append(self, work: Work) -> None:
        """Let ``work`` wait in its lane."""
        (self._crowd if self._is_crowd(work) else self._house).append(work)

    def popleft(self) -> Work:
        """Take what is to be done next; raise IndexError when nothing can be done now."""
        if self._house:
            return self._house.popleft()
        if self._is_crowd_served:
            raise IndexError("Nothing can be done now.")
        work = self._crowd.popleft()
        self._is_crowd_served = True
        return _CrowdWork(work, self._end)

    def __len__(self) -> int:
        """Return how many can be done now."""
        return len(self._house) + (1 if self._crowd and not self._is_crowd_served else 0)

    def _end(self) -> None:
        self._is_crowd_served = False


class _CrowdWork:
    """A crowd's work that tells when it has ended."""

    def __init__(self, work: Work, end: Callable[[], None]) -> None:
        self._work = work
        self._end = end

    def service(self) -> None:
        try:
            self._work.service()
        finally:
            self._end()

    def cancel(self) -> None:
        try:
            self._work.cancel()
        finally:
            self._end()
