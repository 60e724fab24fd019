"""What ``make fuzz`` does: harm real files and see that each is understood or refused.

Most are read in the processes of this program, some as the site reads them and some through the
site itself. Ends with 1 when anything broke, hung or was answered without a sentence; the files
that did it are kept.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import click

from tests.fuzzing.site import site, try_upload
from tests.fuzzing.trials import Source, Trial, harmed_file, sources, try_reading
from tracker.reading.confined import ConfinedReader, Limits

CONFINED_EVERY = 25  # trials of which one is read as the site reads
UPLOADED_EVERY = 100  # trials of which one goes through the site
SILENCE = 120  # seconds without a word from a process after which it counts as hanging
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run the trials, print the summary, and return how the program ends."""
    asked = _arguments()
    shared = os.environ.get("TRACKER_SHARED", str(ROOT.parent / "shared"))
    files = sources(Path(shared) / "corpus")
    click.echo(f"{asked.runs} trials on {len(files)} files with seed {asked.seed}")
    started = time.monotonic()
    trials = list(_all_trials(files, asked.runs, asked.seed, asked.processes))
    _tell(trials, time.monotonic() - started)
    violations = [trial for trial in trials if trial.violation]
    for trial in violations:
        asked.keep.mkdir(parents=True, exist_ok=True)
        (asked.keep / f"{asked.seed}-{trial.number}{trial.kind}").write_bytes(trial.content)
        click.echo(f"VIOLATION {trial.number} {trial.kind} {trial.harm}: {trial.violation}")
    if violations or len(trials) < asked.runs:
        click.echo(f"{len(violations)} violations in {len(trials)} trials; files in {asked.keep}")
        return 1
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--keep", type=Path, default=ROOT / "instance" / "fuzz")
    return parser.parse_args()


def _all_trials(files: Sequence[Source], runs: int, seed: int, processes: int) -> Iterator[Trial]:
    """Return the trials of all processes; one that ends early or falls silent is a violation."""
    context = multiprocessing.get_context("spawn")
    working: dict[Connection, tuple[BaseProcess, list[int]]] = {}
    for first in range(processes):
        receiver, sender = context.Pipe(duplex=False)
        numbers = list(range(first, runs, processes))
        process: BaseProcess = context.Process(
            target=_work, args=(files, numbers, seed, sender), daemon=True
        )
        process.start()
        sender.close()
        working[receiver] = (process, numbers)
    while working:
        ready = wait(list(working), timeout=SILENCE)
        for receiver, (process, numbers) in list(working.items()):
            if ready and receiver not in ready:
                continue
            trial = _next_trial(receiver) if ready else None
            if trial is not None:
                numbers.remove(trial.number)
                yield trial
                continue
            process.kill()
            process.join()
            del working[receiver]
            if numbers:
                name, harm, content = harmed_file(files, numbers[0], seed)
                ended = f"the process ended ({process.exitcode})" if ready else "it hung"
                yield Trial(numbers[0], Path(name).suffix, harm, content, violation=ended)


def _next_trial(receiver: Connection) -> Trial | None:
    """Return the trial that a process reports, None where it has ended."""
    try:
        trial = receiver.recv()
    except EOFError:
        return None
    return trial if isinstance(trial, Trial) else None


def _work(files: Sequence[Source], numbers: Sequence[int], seed: int, sender: Connection) -> None:
    with ExitStack() as stack:
        confined = stack.enter_context(ConfinedReader(Limits(seconds=20)))
        client = stack.enter_context(site())
        for count, number in enumerate(numbers, start=1):
            if count % UPLOADED_EVERY == 0:
                name, harm, content = harmed_file(files, number, seed)
                try:
                    violation = try_upload(client, content, name)
                except Exception:
                    violation = traceback.format_exc(limit=-3)
                trial = Trial(number, f"{Path(name).suffix} uploaded", harm, content)
                sender.send(Trial(number, trial.kind, harm, content, violation=violation))
            elif count % CONFINED_EVERY == 0:
                sender.send(try_reading(files, number, seed, confined))
            else:
                sender.send(try_reading(files, number, seed))


def _tell(trials: Sequence[Trial], seconds: float) -> None:
    kinds = Counter(trial.kind for trial in trials)
    harms = Counter(harm for trial in trials for harm in trial.harm.split("+"))
    refused = sum(trial.is_refused for trial in trials)
    click.echo(
        f"{len(trials)} trials in {seconds:.0f} s ({_processor_seconds():.0f} s of a processor), "
        f"{refused} refused with a sentence"
    )
    click.echo("  kinds: " + ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())))
    click.echo("  harms: " + ", ".join(f"{harm} {count}" for harm, count in sorted(harms.items())))
    click.echo(f"  violations: {sum(trial.violation is not None for trial in trials)}")


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    sys.exit(main())
