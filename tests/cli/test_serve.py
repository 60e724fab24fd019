"""``tracker serve``: real processes on a free port, from the first answer to a clean end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tracker.__main__ import make_command_line
from tracker.cli.serve import check_database, listen
from tracker.domain.errors import Unavailable

# A program of its own, as the command is: a process of tests has further threads, and one of them
# takes a signal that comes before the first waits for it, and ends the process.
STUBBORN = """
import os, signal, time
from tracker.cli import processes

def refuse_to_end():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.kill(own, signal.SIGTERM)
    time.sleep(60)

own, processes.END_WITHIN = os.getpid(), 0.2
part = processes.Part("stubborn", refuse_to_end)
processes.run_parts([part])
print(part.process_id)
"""
PATIENCE = 60.0  # seconds: other processes of the machine make these tests slow


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def served(sqlite_url: str, tmp_path: Path, free_port: int) -> Iterator[subprocess.Popen[str]]:
    """Start the site and wait for its first answer."""
    settings = {
        "TRACKER_DATABASE_URL": sqlite_url,
        "TRACKER_DATA_DIR": str(tmp_path),
        "TRACKER_ENVIRONMENT": "test",
    }
    command = [sys.executable, "-m", "tracker", "serve", "--port", str(free_port)]
    with subprocess.Popen(
        command,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        wait_for(lambda: health(free_port) == "ok\n")
        yield process
        if process.poll() is None:
            process.kill()


def health(port: int) -> str | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, OSError):
        return None


def wait_for(condition: object) -> None:
    assert callable(condition)
    ends_at = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends_at, "It did not come to that in time."
        time.sleep(0.1)


def children_of(process_id: int) -> list[int]:
    listed = Path(f"/proc/{process_id}/task/{process_id}/children").read_text()
    return [int(word) for word in listed.split()]


def is_running(process_id: int) -> bool:
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_site_answers_and_ends_cleanly(
    served: subprocess.Popen[str], number: signal.Signals
) -> None:
    children = children_of(served.pid)
    assert len(children) == 3

    served.send_signal(number)

    output, _ = served.communicate(timeout=PATIENCE)
    assert served.returncode == 0
    assert output.splitlines()[-1] == "Ended."
    assert not any(is_running(child) for child in children)


@pytest.mark.slow
def test_a_process_that_dies_is_started_again(
    served: subprocess.Popen[str], free_port: int
) -> None:
    before = children_of(served.pid)

    os.kill(before[0], signal.SIGKILL)

    wait_for(lambda: len(set(children_of(served.pid)) - set(before)) == 1)
    wait_for(lambda: health(free_port) == "ok\n")


@pytest.mark.slow
def test_no_process_outlives_one_that_was_killed(served: subprocess.Popen[str]) -> None:
    children = children_of(served.pid)

    served.kill()

    wait_for(lambda: not any(is_running(child) for child in children))


def test_a_port_in_use_is_refused_in_a_sentence() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(Unavailable, match="end the program that uses it, or choose another"),
    ):
        listen("127.0.0.1", taken.getsockname()[1])


def test_a_database_without_tables_is_refused_with_the_command_that_makes_them(
    bare_database_url: str,
) -> None:
    with pytest.raises(Unavailable, match="Run: tracker database upgrade"):
        check_database(bare_database_url)


def test_a_database_that_is_up_to_date_is_taken(database_url: str) -> None:
    check_database(database_url)


def test_a_database_that_is_away_is_refused_by_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/tracker.sqlite3")

    result = CliRunner().invoke(make_command_line(), ["serve", "--port", "0"])

    assert result.exit_code == 2
    assert "The database cannot be used" in result.stderr


@pytest.mark.slow
def test_a_process_that_does_not_end_is_killed() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STUBBORN],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )

    assert not is_running(int(ended.stdout))
