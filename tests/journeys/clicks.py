"""The hand of somebody at work: what it clicks, chooses and presses is counted by step."""

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

CLICKS = "clicks of the Monday"


class Hand:
    """A person's hand on a page; typing words counts once a field, as the click into it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counts: Counter[str] = Counter()
        self._step = ""

    def begins(self, step: str) -> None:
        """Count what follows for this step."""
        self._step = step

    def clicks(self, where: Locator) -> None:
        """Click once."""
        self._count()
        where.click()

    def chooses_files(self, where: Locator, *files: Path) -> None:
        """Open the dialog of files and take some: one click for the field, one in the dialog."""
        self._count(2)
        where.set_input_files(list(files))

    def chooses(self, where: Locator, label: str) -> None:
        """Open a list and take one of its answers."""
        self._count(2)
        where.select_option(label=label)

    def presses(self, key: str) -> None:
        """Press a key that chooses or acts."""
        self._count()
        self.page.keyboard.press(key)

    @property
    def total(self) -> int:
        """Return how many clicks and keys it took."""
        return self.counts.total()

    def _count(self, times: int = 1) -> None:
        self.counts[self._step] += times


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many clicks a journey took, and where they went."""
    for report in terminalreporter.getreports("passed"):
        told = dict(report.user_properties).get(CLICKS)
        if told and report.when == "call":
            terminalreporter.write_line(f"the Monday: {told}")
