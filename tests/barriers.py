"""The line at the end of a run that says what axe saw, counted over all workers."""

import pytest

STATES = "states seen by axe"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many pages axe looked at, in how many states, and on how many it found something."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.getreports(outcome)
        if report.when == "call" and STATES in dict(report.user_properties)
    ]
    if reports:
        states = sum(dict(report.user_properties)[STATES] for report in reports)
        failed = sum(report.failed for report in reports)
        terminalreporter.write_line(
            f"axe: {len(reports)} pages, {states} states, {failed} pages with violations"
        )
