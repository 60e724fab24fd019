"""``tracker serve`` on a filled database, begun and ended by a bench."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

START_SECONDS = 120  # a machine may be busy with other work
LOG_LINES = 120  # of the first error, with where it came from
WEB_PROCESS = re.compile(r"web \d+ started as process (\d+)")


@dataclass(frozen=True, slots=True)
class Served:
    """A site that answers on a port of this machine, and where its processes write what they do."""

    port: int
    log: Path

    @property
    def web_process_ids(self) -> tuple[int, ...]:
        """Return the processes that answer requests, as they are now."""
        return tuple(int(number) for number in WEB_PROCESS.findall(self.log.read_text()))


def production_settings(url: str, folder: Path, port: int) -> dict[str, str]:
    """Return the settings of a site as it is deployed, with its files in ``folder``."""
    return {
        "TRACKER_ENVIRONMENT": "production",
        "TRACKER_SECRET_KEY": "the bench alone knows this secret, which is long enough",
        "TRACKER_DATABASE_URL": url,
        "TRACKER_DATA_DIR": str(folder),
        "TRACKER_BASE_URL": f"http://127.0.0.1:{port}",
        "TRACKER_MAIL_FROM": "tracker@example.test",
    }


@contextmanager
def served(settings: Mapping[str, str], port: int, *, workers: int = 2) -> Iterator[Served]:
    """Serve until the block ends; then tell the first error of the log, if there is one."""
    tracker = Path(sys.executable).with_name("tracker")
    log = Path(settings["TRACKER_DATA_DIR"]) / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(tracker), "serve", "--port", str(port), "--workers", str(workers)],
            env={**os.environ, **settings},
            stdout=output,
            stderr=output,
        )
        try:
            _await(port, process)
            yield Served(port, log)
        finally:
            process.terminate()
            process.wait(60)
    _before, error, after = log.read_text().partition(" ERROR ")
    if error:
        click.echo("\n".join(after.splitlines()[:LOG_LINES]))


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health")
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > until or process.poll() is not None:
                raise
            time.sleep(0.2)
        else:
            return
