"""The lines at the end of a run that say how many combinations the matrix tests walked."""

import pytest

MATRIX = "matrix"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say of each matrix that was walked how large it is."""
    for report in terminalreporter.getreports("passed"):
        told = dict(report.user_properties).get(MATRIX)
        if told and report.when == "call":
            terminalreporter.write_line(f"matrix: {told}")
