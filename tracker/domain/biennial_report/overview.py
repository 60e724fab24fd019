"""The overview: how many mandates stand where, and how many activities, in figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from tracker.domain.activities import Category
from tracker.domain.biennial_report.blocks import Column, Figure, Table
from tracker.domain.biennial_report.content import (
    ReportActivity,
    ReportContent,
    ReportMandate,
)
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.figures import WIDTH, bar_figure
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

Deliverable = tuple[Category, str, str]


def add_overview(draft: Draft, content: ReportContent, *, names_missing: bool) -> None:
    """Add the chapter; ``names_missing`` adds the sentence on mandates without information."""
    say = draft.wording.say
    draft.heading(1, say("overview.title"), label="II.")
    draft.scope = "overview"
    if content.mandates:
        _add_mandates(draft, content, names_missing=names_missing)
    else:
        none = [say("overview.none"), *_missing(draft, content, names_missing)]
        draft.paragraph(" ".join(none), name="mandates")
    _add_activities(draft, content.activities)


def _add_mandates(draft: Draft, content: ReportContent, *, names_missing: bool) -> None:
    wording = draft.wording
    reported = [resolution for resolution in content.resolutions if resolution.mandates]
    sources = _revisions(content.mandates)
    sentences = [
        wording.count("overview.mandates", content.cleared_count),
        wording.count("overview.resolutions", len(reported)),
        *_missing(draft, content, names_missing),
    ]
    draft.paragraph(" ".join(sentences), name="mandates", sources=sources)
    figure = _status_figure(draft, content)
    draft.paragraph(_status_sentence(draft, content, figure), name="status", sources=sources)
    draft.blocks.append(figure)
    table = _resolution_table(draft, content)
    by_resolution = wording.say("overview.by_resolution", table=lowered(table.label))
    draft.paragraph(capitalised(by_resolution), name="resolutions", sources=sources)
    draft.table(table)


def _missing(draft: Draft, content: ReportContent, names_missing: bool) -> list[str]:
    """Return the neutral sentence on mandates without information, where it is wanted and true."""
    missing = content.requiring_action_count - content.cleared_count
    if not names_missing or missing <= 0:
        return []
    if content.requiring_action_count == 1:
        return [draft.wording.say("overview.missing.only")]
    total = draft.wording.number_in_text(content.requiring_action_count)
    return [draft.wording.count("overview.missing", missing, total=total)]


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
        sources=_revisions(content.mandates),
    )
    caption = wording.say("overview.figure.caption", period=joined(period(content.period_name)))
    return Figure(draft.figure_label(), caption, svg, WIDTH, height, alternative, table)


def _resolution_table(draft: Draft, content: ReportContent) -> Table:
    wording = draft.wording

    def row(name: str, mandates: Sequence[ReportMandate]) -> tuple[str, ...]:
        counts = Counter(mandate.status for mandate in mandates)
        own = [counts[status] for status in _OWN_COLUMN]
        figures = [*own, len(mandates) - sum(own), len(mandates)]
        return (name, *(wording.number(figure) for figure in figures))

    names = [*(wording.say(status_key(status)) for status in _OWN_COLUMN)]
    names += [wording.say("words.other"), wording.say("words.total")]
    rows = [
        row(unbroken(plain(resolution.symbol)), resolution.mandates)
        for resolution in content.resolutions
        if resolution.mandates
    ]
    return Table(
        label=draft.table_label(),
        caption=wording.say("overview.resolutions.caption"),
        columns=(
            draft.column("resolution", 20),
            *(Column(name, 16, is_number=True) for name in names),
        ),
        rows=(*rows, row(wording.say("words.total"), content.mandates)),
        total_count=1,
        sources=_revisions(content.mandates),
    )


def _add_activities(draft: Draft, activities: tuple[ReportActivity, ...]) -> None:
    wording = draft.wording
    if not activities:
        draft.paragraph(wording.say("overview.activities.none"), name="activities")
        return
    label = draft.table_label()
    reference = wording.say("overview.activities.reference", table=lowered(label))
    draft.paragraph(
        f"{wording.count('overview.activities', len(activities))} {capitalised(reference)}",
        name="activities",
    )
    groups: dict[Deliverable, list[ReportActivity]] = {}
    for activity in by_category(activities):
        groups.setdefault(deliverable(activity), []).append(activity)
    rows = [
        (
            f"{category.value}. {wording.say(f'category.{category.value}')}",
            capitalised(subcategory),
            measure,
            wording.number(len(group)),
            wording.number(total(activity.planned for activity in group)),
            wording.number(total(activity.actual for activity in group)),
        )
        for (category, subcategory, measure), group in groups.items()
    ]
    count = wording.number(len(activities))
    draft.table(
        Table(
            label=label,
            caption=wording.say("overview.activities.caption"),
            columns=(
                draft.column("category", 24),
                draft.column("subcategory", 20),
                draft.column("measure", 17),
                draft.column("activities", 15, is_number=True),
                draft.column("planned", 12, is_number=True),
                draft.column("actual", 12, is_number=True),
            ),
            # Quantities of different measures are not added up.
            rows=(*rows, (wording.say("words.total"), "", "", count, "", "")),
            total_count=1,
            note=wording.say("activities.dash"),
        )
    )


def by_category(activities: Iterable[ReportActivity]) -> list[ReportActivity]:
    """Return activities category by category, and within one in the order given."""
    return sorted(activities, key=lambda activity: activity.category)


def deliverable(activity: ReportActivity) -> Deliverable:
    """Return what an activity's quantities are added up by: category, deliverable, measure."""
    return (activity.category, plain(activity.subcategory), plain(activity.measure))


def total(quantities: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the quantities that are known; None where none is."""
    known = [quantity for quantity in quantities if quantity is not None]
    return sum(known, Decimal()) if known else None


def _revisions(mandates: Sequence[ReportMandate]) -> tuple[int, ...]:
    return tuple(mandate.revision_id for mandate in mandates)
