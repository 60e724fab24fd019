"""What a command shows while scanned pages are recognised: a bar where somebody looks."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

from tracker.reading.scans import Progress


@contextmanager
def shown_recognition(file_name: str) -> Iterator[Progress]:
    """Yield what is told of each page; a bar appears with the first one."""
    with ExitStack() as stack:
        steps: list[Callable[[int], None]] = []

        def tell(place: int, count: int) -> None:
            if place == 1 and sys.stderr.isatty():
                label = f"Recognising {count} pages of {file_name}"
                bar = click.progressbar(length=count, label=label, file=sys.stderr)
                steps.append(stack.enter_context(bar).update)
            elif place > 1:
                _one_more(steps)

        yield tell
        _one_more(steps)


def _one_more(steps: list[Callable[[int], None]]) -> None:
    for step in steps:
        step(1)
