"""``make bench``: the bench that two other trackers were measured with, run on this one.

The bench lies beside the project (``TRACKER_SHARED``, default ``../shared``) with the figures of
the others; it needs ``wrk`` and, for the second engine, PostgreSQL. Prints the bench's tables and
then each floor: processor time of application and database for one request, against Redmine's.
Ends with 1 where a floor is missed. Options name engines and steps, as
``python -m tests.benchmarks.beside_peers --engine sqlite --step measure``.
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


@click.command()
@click.option("--engine", "engines", multiple=True, default=("sqlite", "postgresql"))
@click.option("--step", "steps", multiple=True, type=click.Choice(STEPS), default=STEPS)
@click.option("--work", type=click.Path(path_type=Path), default=ROOT / "instance" / "bench")
def main(engines: Sequence[str], steps: Sequence[str], work: Path) -> None:
    """Run the steps on each engine and hold the figures against the floors."""
    shared = Path(os.environ.get("TRACKER_SHARED", ROOT.parent / "shared")).resolve()
    if not (shared / "bench" / "bench.py").is_file():
        raise click.ClickException(
            f"There is no bench in {shared / 'bench'}: name its folder's parent in TRACKER_SHARED."
        )
    if shutil.which("wrk") is None:
        raise click.ClickException("wrk is not installed (Debian: apt-get install wrk).")
    environment = _environment(shared, work)
    for engine in engines:
        for step in steps:
            click.echo(f"== {engine}: {step}")
            _bench(environment, shared, f"tracker-{engine}", step)
    _bench(environment, shared, "report")
    ours = json.loads((work / "results.json").read_text())
    theirs = json.loads((shared / "bench" / "results.json").read_text())[PEER]
    missed = [_held(engine, ours[f"tracker-{engine}"], theirs) for engine in engines]
    sys.exit(1 if any(missed) else 0)


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


def _processor(figures: dict[str, float]) -> float:
    """Return milliseconds of processor for one request, application and database together."""
    return figures["server_cpu_ms_per_request"] + figures["database_cpu_ms_per_request"]


if __name__ == "__main__":
    main()
