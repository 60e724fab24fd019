"""How long a report of many mandates takes in each form, and how much memory.

Run ``.venv/bin/python -m tests.benchmarks.report_writers [MANDATES]``; each form has a process of
its own, since the peak of memory is that of a process.
"""

import multiprocessing
import resource
import sys
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from time import perf_counter

from tests.writing.biennial_report.example import (
    make_activity,
    make_content,
    make_mandate,
    make_resolution,
)
from tracker.domain.activities import Category
from tracker.domain.biennial_report import ReportContent, compose
from tracker.domain.mandates import Implementation
from tracker.writing.biennial_report import ReportForm, write

MANDATES_IN_RESOLUTION = 20
SENTENCE = (
    "The secretariat, with national institutes and partners, prepared the material, discussed it "
    "at a meeting of experts, and sent the revised text to all members for comment. "
)


def large_content(mandate_count: int) -> ReportContent:
    """Return that many mandates in resolutions of 20, and two and a half times the activities."""
    statuses = list(Implementation)
    categories = list(Category)
    mandates = [
        make_mandate(
            f"{number % MANDATES_IN_RESOLUTION + 1}",
            revision_id=number,
            text=SENTENCE,
            done=f"{SENTENCE * 2}\n{SENTENCE * 2}",
            results=SENTENCE * 2,
            status=statuses[number % len(statuses)],
        )
        for number in range(mandate_count)
    ]
    resolutions = tuple(
        make_resolution(
            *mandates[start : start + MANDATES_IN_RESOLUTION],
            symbol=f"{start // MANDATES_IN_RESOLUTION + 1} (XL)",
        )
        for start in range(0, mandate_count, MANDATES_IN_RESOLUTION)
    )
    activities = tuple(
        make_activity(
            f"Activity {number} with the national institutes of the region",
            category=categories[number % len(categories)],
            description=SENTENCE if number % 5 == 0 else None,
            planned=Decimal(number % 7),
        )
        for number in range(mandate_count * 5 // 2)
    )
    return make_content(
        resolutions=resolutions, activities=activities, requiring_action_count=mandate_count
    )


def measure(form: ReportForm, mandate_count: int) -> str:
    """Return a line with the seconds of composing and of writing, the bytes and the memory."""
    content = large_content(mandate_count)
    start = perf_counter()
    document = compose(content, {})
    composed = perf_counter()
    written = write(document, form)
    ended = perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{form.value:5} {mandate_count:6} mandates: composed in {composed - start:6.2f} s, "
        f"written in {ended - composed:6.2f} s, {len(written.content) / 1e6:6.2f} MB, "
        f"peak {peak:6.0f} MiB\n"
    )


def main() -> None:
    """Print the figures of each form, for a tenth and for the whole number of mandates."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    spawn = multiprocessing.get_context("spawn")
    for mandate_count in (largest // 10, largest):
        for form in ReportForm:
            with ProcessPoolExecutor(1, mp_context=spawn) as process:
                sys.stdout.write(process.submit(measure, form, mandate_count).result())
                sys.stdout.flush()


if __name__ == "__main__":
    main()
