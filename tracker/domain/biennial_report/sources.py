"""The annex of sources: on which cleared texts and activities paragraphs and numbers stand.

It names people, so it is for the house alone: only a draft has it, and only where it is asked for.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from tracker.domain.biennial_report.annexes import begin_annex, dates, reference
from tracker.domain.biennial_report.blocks import Cell, Figure, Link, Paragraph, Table
from tracker.domain.biennial_report.content import Clearance, ReportContent, ReportMandate
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.quantities import ids_of
from tracker.domain.biennial_report.tallies import Counted, Tally
from tracker.domain.biennial_report.wording import joined, period, plain

# So many rows of a number are named; who needs all of more opens the page of the number.
ROWS_NAMED = 40
# Where numbers stand, as they are printed, and what they count.
_Number = tuple[str, str, Tally]
_NAMED = (Counted.REPORTS, Counted.ACTIVITIES, Counted.RESOLUTIONS)
# Up to so many rows are named even where they are all there are.
_FEW = 2


def add_sources(
    draft: Draft, content: ReportContent, clearances: Mapping[int, Clearance], *, number: str
) -> None:
    """Add the annex behind all others; ``clearances`` are those of the revisions in the content."""
    wording = draft.wording
    numbers = list(_numbers(draft))
    paragraphs = _paragraphs(draft)
    begin_annex(draft, number, "annex.sources.title")
    # No passage: it is nothing to be worded, and gone in a preview without the annex.
    draft.blocks.append(Paragraph(wording.say("annex.sources.notice")))
    reports = Table(
        label=draft.table_label(),
        caption=wording.say("annex.sources.reports"),
        columns=(
            draft.column("reference", 22),
            draft.column("paragraphs", 18),
            draft.column("period", 14),
            draft.column("report_text", 10, is_number=True),
            draft.column("approved_by", 18),
            draft.column("approved_on", 18),
        ),
        rows=tuple(
            _report(draft, mandate, content, clearances, paragraphs[mandate.revision_id])
            for mandate in content.mandates
        ),
    )
    names = _Names(draft, content, reports)
    draft.table(reports)
    draft.table(
        Table(
            label=draft.table_label(),
            caption=wording.say("annex.sources.numbers"),
            columns=(
                draft.column("place", 34),
                draft.column("number", 12, is_number=True),
                draft.column("counts", 54),
            ),
            rows=tuple((place, printed, names.of(tally)) for place, printed, tally in numbers),
        )
    )


def _report(
    draft: Draft,
    mandate: ReportMandate,
    content: ReportContent,
    clearances: Mapping[int, Clearance],
    paragraphs: Sequence[int],
) -> tuple[Cell, ...]:
    clearance = clearances[mandate.revision_id]
    place: Cell = draft.wording.say("words.none")
    if paragraphs:
        place = Link(_in_spans(draft, paragraphs), f"paragraph-{paragraphs[0]}")
    return (
        reference(mandate.reference),
        place,
        joined(period(content.period_name)),
        draft.wording.number(clearance.number),
        plain(clearance.cleared_by),
        dates(draft.wording.day_in_words(clearance.cleared_on)),
    )


def _paragraphs(draft: Draft) -> Mapping[int, list[int]]:
    """Return the numbers of the paragraphs that stand on each revision alone."""
    found: dict[int, list[int]] = defaultdict(list)
    for block in draft.blocks:
        if isinstance(block, Paragraph) and block.number and len(block.sources) == 1:
            found[block.sources[0]].append(block.number)
    return found


def _in_spans(draft: Draft, numbers: Sequence[int]) -> str:
    """Return ascending numbers with a dash for those that follow one another: 12–15, 20."""
    steps = enumerate(pairwise(numbers), start=1)
    breaks = [place for place, (number, following) in steps if following > number + 1]
    spans = [numbers[start:end] for start, end in pairwise([0, *breaks, len(numbers)])]
    say = draft.wording.number
    return joined(
        ", ".join(
            f"{say(span[0])}–{say(span[-1])}" if len(span) > 1 else say(span[0]) for span in spans
        )
    )


def _numbers(draft: Draft) -> Iterator[_Number]:
    """Yield where each number stands that counts more than the row it is printed in.

    Numbers side by side that stand on the same rows are told together.
    """
    for block in draft.blocks:
        if isinstance(block, Paragraph):
            place = draft.wording.say("annex.sources.paragraph", number=block.number)
            tallies = [tally for tally in block.tallies if tally.counted in _NAMED]
            yield from _together([(place, "", tally) for tally in tallies])
        elif isinstance(block, Table | Figure):
            table = block.table if isinstance(block, Figure) else block
            yield from _together(
                [
                    (f"{table.label}: {table.row_name(row)}", table.columns[column].title, tally)
                    for (row, column), tally in sorted(table.tallies.items())
                    if tally.rows and not _counts_its_own_row(tally)
                ]
            )


def _together(numbers: Sequence[tuple[str, str, Tally]]) -> Iterator[_Number]:
    for (place, _), group in groupby(numbers, key=lambda number: (number[0], number[2].rows)):
        told = list(group)
        columns = ", ".join(column for _, column, _ in told if column)
        printed = "; ".join(tally.printed for _, _, tally in told)
        yield (f"{place}, {columns}" if columns else place, printed, told[0][2])


def _counts_its_own_row(tally: Tally) -> bool:
    return tally.key.startswith("annex.") or ".activity" in tally.key


class _Names:
    """The names of the rows that numbers count."""

    def __init__(self, draft: Draft, content: ReportContent, reports: Table) -> None:
        self._wording = draft.wording
        self._names: Mapping[Counted, Mapping[int, str]] = {
            Counted.REPORTS: {each.revision_id: each.reference for each in content.mandates},
            Counted.ACTIVITIES: {
                **{
                    activity_id: title
                    for each in content.mandates
                    for activity_id, title in zip(each.activity_ids, each.activities, strict=False)
                },
                **{each.activity_id: each.title for each in content.activities},
            },
            Counted.FUNDS: {
                fund.fund_id: each.title for each in content.activities for fund in each.funds
            },
            Counted.RESOLUTIONS: {each.instrument_id: each.symbol for each in content.resolutions},
        }
        listed = [block for block in draft.blocks if isinstance(block, Table)]
        say = draft.wording.say
        self._all = {
            (Counted.REPORTS, tuple(each.revision_id for each in content.mandates)): say(
                "annex.sources.all_reports", table=reports.label
            ),
            (Counted.ACTIVITIES, ids_of(content.activities)): say(
                "annex.sources.all_activities", table=listed[-1].label
            ),
        }

    def of(self, tally: Tally) -> str:
        """Return the rows of a number by name; of very many the first ones."""
        whole = self._all.get((tally.counted, tally.rows))
        if whole is not None and len(tally.rows) > _FEW:
            return whole
        names = self._names.get(tally.counted, {})
        named = [plain(names[row]) for row in tally.rows[:ROWS_NAMED] if row in names]
        if len(named) < len(tally.rows):
            more = self._wording.number(len(tally.rows) - len(named))
            named.append(self._wording.say("annex.sources.more", number=more))
        return "; ".join(named)
