"""What the page of a scan shows while its text is recognised, and how the wait can end."""

from dataclasses import dataclass

from flask import render_template

from tracker.queries.jobs import TaskProgress
from tracker.reading.scans import SECONDS_A_PAGE


@dataclass(frozen=True, slots=True)
class WaitingScan:
    """A scan that was received; ``problem`` says why it cannot be read, if it cannot.

    The addresses lead to its page, to where another file is uploaded, to where this one is stopped
    or discarded, and to where its recognition begins again, which not every scan can.
    ``is_listed`` tells that its page is found again from the page of the import.
    """

    file_name: str
    task: TaskProgress | None
    here: str
    upload: str
    discard: str
    again: str | None = None
    problem: str = ""
    is_listed: bool = False

    @property
    def page_count(self) -> int:
        """Return how many pages are recognised."""
        pages = self.task.arguments.get("pages") if self.task else None
        return len(pages) if isinstance(pages, list) else 0

    @property
    def minutes(self) -> int:
        """Return how long all of it takes, about."""
        return max(1, round(self.page_count * SECONDS_A_PAGE / 60))

    @property
    def is_running(self) -> bool:
        """Tell whether its recognition waits for its turn or goes on."""
        return not self.problem and not self.is_broken_off

    @property
    def is_broken_off(self) -> bool:
        """Tell whether its recognition ended before its time, so that it can begin again."""
        is_over = self.task is not None and self.task.is_over
        return is_over and not self.problem and self.again is not None


def waiting_page(scan: WaitingScan) -> str:
    """Return the page of a scan whose review cannot open yet."""
    return render_template("resolutions/recognising.html", scan=scan)
