"""How long a report of many mandates takes in each form, and how much memory.

Run ``.venv/bin/python -m tests.benchmarks.report_writers [MANDATES ...]``; each form has a process
of its own, since the peak of memory is that of a process. 2,000 mandates come with 5,000 activities
and 6,000 texts. Ends with 1 where the floor for 2,000 is not held: a minute of the processor for
all three, a GiB for Word and the web page, 2.5 GiB for the PDF.
"""

import multiprocessing
import resource
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from functools import wraps
from time import perf_counter
from typing import Any, Final

import typst
from docxtpl import DocxTemplate
from jinja2 import Template

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
SECONDS: Final = {ReportForm.DOCX: 10, ReportForm.PDF: 40, ReportForm.HTML: 10}
MEBIBYTES: Final = {ReportForm.DOCX: 1024, ReportForm.PDF: 2560, ReportForm.HTML: 1024}
HEAD: Final = (
    "| form | mandates | composed, s | written, s | processor, s | in its library | MB | MiB |"
    "\n|---|--:|--:|--:|--:|--:|--:|--:|\n"
)
_LIBRARIES: Final[Mapping[ReportForm, Sequence[tuple[type, str]]]] = {
    ReportForm.DOCX: ((DocxTemplate, "render"), (Template, "render")),
    ReportForm.PDF: ((typst.Compiler, "compile"),),
    ReportForm.HTML: ((Template, "render"),),
}
_PROCESSES: Final = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
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
        resolutions=resolutions, activities=activities, asked_report_ids=tuple(range(mandate_count))
    )


@dataclass(frozen=True)
class Measured:
    """One writing: seconds by the clock and of the processor, and the peak of memory in MiB.

    ``library`` is how many of the seconds by the clock the format's library took: typst, or Jinja
    and docxtpl; None where it worked in processes of its own.
    """

    form: ReportForm
    mandates: int
    composed: float
    written: float
    processor: float
    library: float | None
    megabytes: float
    peak: float
    name: str


def measure(form: ReportForm, mandate_count: int) -> Measured:
    """Compose and write a report of so many mandates; the peak is that of this process."""
    content = large_content(mandate_count)
    start = perf_counter()
    document = compose(content, {})
    composed = perf_counter()
    spent = _watched(_LIBRARIES[form])
    begun = _processor_seconds()
    written = write(document, form)
    ended = perf_counter()
    return Measured(
        form=form,
        mandates=mandate_count,
        composed=composed - start,
        written=ended - composed,
        processor=_processor_seconds() - begun,
        library=None if form is ReportForm.PDF and not spent else sum(spent),
        megabytes=len(written.content) / 1e6,
        peak=max(_usage(who).ru_maxrss for who in _PROCESSES) / 1024,
        name=written.name,
    )


def _watched(calls: Sequence[tuple[type, str]]) -> list[float]:
    """Return a list that gathers the seconds spent in these methods from now on."""
    spent: list[float] = []
    for owner, name in calls:
        method = getattr(owner, name)

        @wraps(method)
        def timed(*arguments: Any, _method: Any = method, **named: Any) -> Any:
            start = perf_counter()
            try:
                return _method(*arguments, **named)
            finally:
                spent.append(perf_counter() - start)

        setattr(owner, name, timed)
    return spent


def _usage(who: int) -> resource.struct_rusage:
    return resource.getrusage(who)


def _processor_seconds() -> float:
    return sum(_usage(who).ru_utime + _usage(who).ru_stime for who in _PROCESSES)


def _told(row: Measured) -> str:
    share = "in parts" if row.library is None else f"{100 * row.library / row.written:.0f} %"
    return (
        f"| {row.form.value} | {row.mandates:,} | {row.composed:.1f} | {row.written:.1f} "
        f"| {row.processor:.1f} | {share} | {row.megabytes:.1f} | {row.peak:,.0f} |\n"
    )


def main() -> None:
    """Print a table of each form, for a tenth and for the whole number of mandates.

    Exit with 1 where a floor is not held at 2,000 mandates.
    """
    sizes = [int(word) for word in sys.argv[1:]] or [200, 2000]
    sys.stdout.write(HEAD)
    spawn = multiprocessing.get_context("spawn")
    rows = []
    for mandate_count in sizes:
        for form in ReportForm:
            with ProcessPoolExecutor(1, mp_context=spawn) as process:
                rows.append(process.submit(measure, form, mandate_count).result())
            sys.stdout.write(_told(rows[-1]))
            sys.stdout.flush()
    sys.exit(any(_is_beyond_floor(row) for row in rows if row.mandates == 2000))


def _is_beyond_floor(row: Measured) -> bool:
    return row.processor > SECONDS[row.form] or row.peak > MEBIBYTES[row.form]


if __name__ == "__main__":
    main()
