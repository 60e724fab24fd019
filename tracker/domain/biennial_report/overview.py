"""The overview: how many mandates stand where, and how many activities, in figures."""

from collections import Counter
from collections.abc import Sequence

from tracker.domain.biennial_report.activities import add_activity_overview
from tracker.domain.biennial_report.blocks import Column, Figure, Table
from tracker.domain.biennial_report.content import (
    ReportContent,
    ReportMandate,
)
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.figures import WIDTH, bar_figure
from tracker.domain.biennial_report.quantities import (
    Cells,
)
from tracker.domain.biennial_report.tallies import (
    Counted,
    Tally,
    reports_tally,
)
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import (
    capitalised,
    joined,
    lowered,
    period,
    plain,
    share,
    unbroken,
)
from tracker.domain.mandates import Implementation

# The order in which documents name the statuses, from done to unknown.
_ORDER: tuple[Implementation | None, ...] = (
    Implementation.COMPLETED,
    Implementation.ONGOING,
    Implementation.IN_PROGRESS,
    Implementation.NOT_STARTED,
    Implementation.POSTPONED,
    Implementation.NOT_CALLED_UPON,
    Implementation.NOT_IMPLEMENTED,
    Implementation.NO_INFORMATION,
    None,
)
_OWN_COLUMN = (Implementation.COMPLETED, Implementation.ONGOING, Implementation.IN_PROGRESS)
_COLUMN_KEYS = (*(status.value for status in _OWN_COLUMN), "other", "total")


def add_overview(draft: Draft, content: ReportContent, *, label: str, names_missing: bool) -> None:
    """Add the chapter; ``names_missing`` adds the sentence on mandates without information."""
    say = draft.wording.say
    draft.heading(1, say("overview.title"), label=label)
    draft.scope = "overview"
    if content.mandates:
        _add_mandates(draft, content, names_missing=names_missing)
    else:
        none = [say("overview.none"), *_missing(draft, content, names_missing)]
        tallies = _missing_tallies(draft, content, names_missing)
        draft.paragraph(" ".join(none), name="mandates", tallies=tallies)
    add_activity_overview(draft, content.activities)


def _add_mandates(draft: Draft, content: ReportContent, *, names_missing: bool) -> None:
    wording = draft.wording
    reported = [resolution for resolution in content.resolutions if resolution.mandates]
    sources = _revisions(content.mandates)
    sentences = [
        wording.count("overview.mandates", content.cleared_count),
        wording.count("overview.resolutions", len(reported)),
        *_missing(draft, content, names_missing),
    ]
    draft.paragraph(
        " ".join(sentences),
        name="mandates",
        sources=sources,
        tallies=(
            reports_tally(
                "overview.mandates", wording.number_in_text(content.cleared_count), sources
            ),
            Tally(
                "overview.resolutions",
                wording.number_in_text(len(reported)),
                Counted.RESOLUTIONS,
                tuple(resolution.instrument_id for resolution in reported),
            ),
            *_missing_tallies(draft, content, names_missing),
        ),
    )
    figure = _status_figure(draft, content)
    draft.paragraph(
        _status_sentence(draft, content, figure),
        name="status",
        sources=sources,
        tallies=_completed_tallies(draft, content),
    )
    draft.blocks.append(figure)
    table = _resolution_table(draft, content)
    by_resolution = wording.say("overview.by_resolution", table=lowered(table.label))
    draft.paragraph(capitalised(by_resolution), name="resolutions", sources=sources)
    draft.table(table)


def _missing(draft: Draft, content: ReportContent, names_missing: bool) -> list[str]:
    """Return the neutral sentence on mandates without information, where it is wanted and true."""
    missing, asked = len(content.unreported_ids), len(content.asked_report_ids)
    if not names_missing or not missing:
        return []
    if asked == 1:
        return [draft.wording.say("overview.missing.only")]
    total = draft.wording.number_in_text(asked)
    return [draft.wording.count("overview.missing", missing, total=total)]


def _missing_tallies(
    draft: Draft, content: ReportContent, names_missing: bool
) -> tuple[Tally, ...]:
    missing, asked = content.unreported_ids, content.asked_report_ids
    if not names_missing or not missing:
        return ()
    printed = draft.wording.number_in_text
    told = Tally("overview.asked", printed(len(asked)), Counted.ASKED, asked)
    if len(asked) == 1:
        return (told,)
    return (told, Tally("overview.missing", printed(len(missing)), Counted.ASKED, missing))


def _completed_tallies(draft: Draft, content: ReportContent) -> tuple[Tally, ...]:
    completed = _revisions(_with_status(content.mandates, Implementation.COMPLETED))
    if not completed:
        return ()
    wording, whole = draft.wording, content.cleared_count
    return (
        reports_tally("overview.completed", wording.number_in_text(len(completed)), completed),
        reports_tally(
            "overview.completed.share",
            wording.percentage(len(completed), whole),
            completed,
            whole=whole,
        ),
    )


def _status_sentence(draft: Draft, content: ReportContent, figure: Figure) -> str:
    wording = draft.wording
    completed = sum(mandate.status is Implementation.COMPLETED for mandate in content.mandates)
    labels = {"figure": lowered(figure.label), "table": lowered(figure.table.label)}
    if not completed:
        return capitalised(wording.say("overview.status", **labels))
    percentage = wording.percentage(completed, content.cleared_count)
    return wording.count(
        "overview.completed",
        completed,
        percentage=percentage,
        **labels,
    )


def _status_figure(draft: Draft, content: ReportContent) -> Figure:
    wording = draft.wording
    counts = Counter(mandate.status for mandate in content.mandates)
    total = content.cleared_count
    occurring = [status for status in _ORDER if counts[status]]
    bars = [
        (wording.say(status_key(status)), counts[status], wording.number(counts[status]))
        for status in occurring
    ]
    values = "; ".join(
        wording.say("overview.figure.value", label=label, number=printed)
        for label, _, printed in bars
    )
    alternative = wording.say("overview.figure.alternative", values=values)
    svg, height = bar_figure(bars, alternative)
    shares = [share(value, total) for _, value, _ in bars]
    tallies: Cells = {}
    for place, status in enumerate(occurring):
        key = f"statuses.{status_key(status)}"
        revisions = _revisions(_with_status(content.mandates, status))
        tallies[place, 1] = reports_tally(key, bars[place][2], revisions)
        part = wording.number(shares[place])
        tallies[place, 2] = reports_tally(f"{key}.share", part, revisions, whole=total)
    everything = _revisions(content.mandates)
    tallies[len(bars), 1] = reports_tally("statuses.total", wording.number(total), everything)
    rows = [
        (label, printed, wording.number(part))
        for (label, _, printed), part in zip(bars, shares, strict=True)
    ]
    table = Table(
        label=draft.table_label(),
        caption=wording.say("overview.statuses.caption"),
        columns=(
            draft.column("status", 60),
            draft.column("mandates", 20, is_number=True),
            draft.column("share", 20, is_number=True),
        ),
        rows=(*rows, (wording.say("words.total"), wording.number(total), wording.number(100))),
        total_count=1,
        note=None if sum(shares) == 100 else wording.say("overview.rounding"),
        sources=everything,
        tallies=tallies,
    )
    caption = wording.say("overview.figure.caption", period=joined(period(content.period_name)))
    return Figure(draft.figure_label(), caption, svg, WIDTH, height, alternative, table)


def _resolution_table(draft: Draft, content: ReportContent) -> Table:
    wording = draft.wording

    tallies: Cells = {}
    rows: list[tuple[str, ...]] = []

    def add(name: str, key: str, mandates: Sequence[ReportMandate]) -> None:
        groups = [_with_status(mandates, status) for status in _OWN_COLUMN]
        other = [mandate for mandate in mandates if mandate.status not in _OWN_COLUMN]
        figures = [wording.number(len(group)) for group in (*groups, other, mandates)]
        for column, (ending, group) in enumerate(
            zip(_COLUMN_KEYS, (*groups, other, mandates), strict=True), start=1
        ):
            tallies[len(rows), column] = reports_tally(
                f"resolutions.{key}.{ending}", figures[column - 1], _revisions(group)
            )
        rows.append((name, *figures))

    names = [*(wording.say(status_key(status)) for status in _OWN_COLUMN)]
    names += [wording.say("words.other"), wording.say("words.total")]
    for resolution in content.resolutions:
        if resolution.mandates:
            name = unbroken(plain(resolution.symbol))
            add(name, f"resolution{resolution.instrument_id}", resolution.mandates)
    add(wording.say("words.total"), "total", content.mandates)
    return Table(
        label=draft.table_label(),
        caption=wording.say("overview.resolutions.caption"),
        columns=(
            draft.column("resolution", 20),
            *(Column(name, 16, is_number=True) for name in names),
        ),
        rows=tuple(rows),
        total_count=1,
        sources=_revisions(content.mandates),
        tallies=tallies,
    )


def _revisions(mandates: Sequence[ReportMandate]) -> tuple[int, ...]:
    return tuple(mandate.revision_id for mandate in mandates)


def _with_status(
    mandates: Sequence[ReportMandate], status: Implementation | None
) -> list[ReportMandate]:
    return [mandate for mandate in mandates if mandate.status is status]
