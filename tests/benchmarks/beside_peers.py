"""``make bench``: the bench that two other trackers were measured with, run on this one.

The bench lies beside the project (``TRACKER_SHARED``, default ``../shared``) with the figures of
the others; it needs ``wrk`` and, for the second engine, PostgreSQL. Prints the bench's tables and
then each floor: processor time of application and database for one request, against Redmine's,
the memory of a web process, and the mails that each owner got whatever failed. Ends with 1 where a
floor is missed. Options name engines and steps, as
``python -m tests.benchmarks.beside_peers --engine sqlite --step measure``; with ``--mandates
100000`` the same is measured on five times the work, beside nobody, since the others hold 20,000.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("setup", "seed", "start", "verify", "measure", "reminders", "nosmtp", "cold", "stop")
# What a request may cost against Redmine's with one connection: a 15th, a report page a 60th.
FLOORS = {"list": 15, "item": 15, "post": 15, "search": 15, "dashboard": 60}
CSV_FLOOR = 5
AIMS = {"list": 30, "item": 30, "post": 30}
PEER = "redmine"
THEIRS = 20_000  # mandates that the others were measured with
SIZE, PORT = "TRACKER_BENCH_MANDATES", "TRACKER_BENCH_PORT"  # what the adapter is told
MEGABYTES = 250  # that a web process may take
FAULTS = {
    "run_twice": "run twice",
    "smtp_down_then_retry": "server down, then tried again",
    "tempfail_midway_then_retry": "refused for a while midway, then tried again",
    "drop_midway_then_retry": "connection lost midway, then tried again",
}


@click.command()
@click.option("--engine", "engines", multiple=True, default=("sqlite", "postgresql"))
@click.option("--step", "steps", multiple=True, type=click.Choice(STEPS), default=STEPS)
@click.option("--mandates", default=THEIRS, show_default=True)
@click.option("--work", type=click.Path(path_type=Path), help="Where databases and figures lie.")
@click.option("--port", default=8811, show_default=True, help="And the one after it.")
def main(
    engines: Sequence[str], steps: Sequence[str], mandates: int, work: Path | None, port: int
) -> None:
    """Run the steps on each engine and hold the figures against the floors."""
    name = "bench" if mandates == THEIRS else f"bench-{mandates}"
    work = work or ROOT / "instance" / name
    shared = Path(os.environ.get("TRACKER_SHARED", ROOT.parent / "shared")).resolve()
    if not (shared / "bench" / "bench.py").is_file():
        raise click.ClickException(
            f"There is no bench in {shared / 'bench'}: name its folder's parent in TRACKER_SHARED."
        )
    if shutil.which("wrk") is None:
        raise click.ClickException("wrk is not installed (Debian: apt-get install wrk).")
    environment = _environment(shared, work) | {SIZE: str(mandates), PORT: str(port)}
    for engine in engines:
        for step in steps:
            click.echo(f"== {engine}: {step}")
            _bench(environment, shared, f"tracker-{engine}", step)
    _bench(environment, shared, "report")
    ours = json.loads((work / "results.json").read_text())
    theirs = json.loads((shared / "bench" / "results.json").read_text())[PEER]
    missed = False
    for engine in engines:
        own = ours[f"tracker-{engine}"]
        if mandates == THEIRS:
            missed |= _held(engine, own, theirs)
        missed |= _memory_missed(engine, own)
        missed |= _reminders_missed(engine, own)
    sys.exit(1 if missed else 0)


def _environment(shared: Path, work: Path) -> dict[str, str]:
    work.mkdir(parents=True, exist_ok=True)
    given = {
        "BENCH_WORK": str(work),
        "BENCH_RESULTS": str(work),
        "BENCH_TEXTS": str(shared / "corpus" / "gold"),
        "BENCH_PG": "host=127.0.0.1 port=5432 user=postgres password=postgres",
        "BENCH_ADAPTERS": "tests.benchmarks.peer",
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(shared / "bench"))),
    }
    return (
        given
        | dict(os.environ)
        | {"BENCH_ADAPTERS": given["BENCH_ADAPTERS"], "PYTHONPATH": given["PYTHONPATH"]}
    )


def _bench(environment: dict[str, str], shared: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, str(shared / "bench" / "bench.py"), *words],
        cwd=ROOT,
        env=environment,
        check=True,
    )


def _held(engine: str, ours: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Print each floor of an engine; tell whether one is missed."""
    missed = False
    for operation, floor in FLOORS.items():
        if operation not in ours:
            continue
        own, other = (_processor(figures[operation]["c1"]) for figures in (ours, theirs))
        missed |= _told(
            engine, operation, other / own, floor, f"{own:.1f} ms, Redmine {other:.1f} ms"
        )
    if "csv" in ours:
        own, other = ours["csv"]["seconds"], theirs["csv"]["seconds"]
        missed |= _told(
            engine, "csv", other / own, CSV_FLOOR, f"{own:.2f} s, Redmine {other:.2f} s"
        )
    return missed


def _told(engine: str, operation: str, ratio: float, floor: int, words: str) -> bool:
    aim = AIMS.get(operation)
    wanted = f"floor {floor}" + (f", aim {aim}" if aim else "")
    click.echo(
        f"{engine:10} {operation:10} {ratio:6.1f} times less ({wanted}): "
        f"{'held' if ratio >= floor else 'MISSED'}; {words}"
    )
    return ratio < floor


def _memory_missed(engine: str, ours: dict[str, Any]) -> bool:
    """Print the memory of the largest process after the load; tell whether it is too much."""
    if "memory_after_load" not in ours:
        return False
    most = ours["memory_after_load"]["rss_each_mib"][-1] * 2**20 / 1e6
    held = most <= MEGABYTES
    click.echo(
        f"{engine:10} memory     {most:6.0f} MB of the largest process (floor {MEGABYTES}): "
        f"{'held' if held else 'MISSED'}"
    )
    return not held


def _reminders_missed(engine: str, ours: dict[str, Any]) -> bool:
    """Print how many owners got how many mails in each trial; tell whether one got two or none.

    A connection lost after the message went out leaves one mail of which nobody knows whether it
    came: it waits for a person, and so one owner may have none.
    """
    missed = False
    for job in ours.get("reminders", {}).values():
        owners = job["normal"]["mails"] if "normal" in job else None
        for trial, words in FAULTS.items():
            if trial not in job or owners is None:
                continue
            told = job[trial]
            mails = told.get("mails_per_owner_at_end") or told["mails_per_owner"]
            reached = mails.get("1", 0)
            held = set(mails) == {"1"} and reached >= owners - (trial.startswith("drop"))
            missed |= not held
            click.echo(
                f"{engine:10} reminders  {reached} of {owners} owners with one mail, "
                f"{sum(mails.values()) - reached} with more ({words}): "
                f"{'held' if held else 'MISSED'}"
            )
    return missed


def _processor(figures: dict[str, float]) -> float:
    """Return milliseconds of processor for one request, application and database together."""
    return figures["server_cpu_ms_per_request"] + figures["database_cpu_ms_per_request"]


if __name__ == "__main__":
    main()
