"""The chapter on activities: by category of the programme budget, with planned and actual."""

from tracker.domain.activities import Category
from tracker.domain.biennial_report.blocks import Table
from tracker.domain.biennial_report.content import (
    ReportActivity,
    ReportContent,
)
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.overview import total
from tracker.domain.biennial_report.wording import capitalised, lines_of, lowered, plain


def add_activities(draft: Draft, content: ReportContent) -> None:
    """Add the chapter, with a section for each category that has activities.

    Those that have none are named in one sentence: a heading with nothing below says less.
    """
    wording = draft.wording
    draft.heading(1, wording.say("activities.title"), label="IV.")
    draft.scope = "activities"
    if not content.activities:
        draft.paragraph(wording.say("overview.activities.none"), name="none")
        return
    empty = []
    for category in Category:
        name = wording.say(f"category.{category.value}")
        members = [activity for activity in content.activities if activity.category is category]
        if members:
            _add_category(draft, category, name, members)
        else:
            empty.append(f"{category.value}. {name}")
    if empty:
        draft.scope = "activities"
        draft.paragraph(
            wording.count("activities.none", len(empty), categories="; ".join(empty)),
            name="empty",
        )


def _add_category(
    draft: Draft, category: Category, name: str, activities: list[ReportActivity]
) -> None:
    wording = draft.wording
    draft.heading(2, name, label=f"{category.value}.")
    draft.scope = f"category{category.value}"
    label = draft.table_label()
    draft.paragraph(
        wording.count("activities.count", len(activities), table=lowered(label)), name="count"
    )
    draft.table(_quantities(draft, label, name, activities))
    for activity in activities:
        if lines_of(activity.description):
            _add_description(draft, activity)


def _quantities(draft: Draft, label: str, name: str, activities: list[ReportActivity]) -> Table:
    wording = draft.wording
    rows = [
        (
            plain(activity.title),
            capitalised(plain(activity.subcategory)),
            plain(activity.measure),
            wording.number(activity.planned),
            wording.number(activity.actual),
        )
        for activity in activities
    ]
    totals = []
    for measure in dict.fromkeys(plain(activity.measure) for activity in activities):
        measured = [activity for activity in activities if plain(activity.measure) == measure]
        totals.append(
            (
                wording.say("words.total"),
                "",
                measure,
                wording.number(total(activity.planned for activity in measured)),
                wording.number(total(activity.actual for activity in measured)),
            )
        )
    return Table(
        label=label,
        caption=wording.say("activities.caption", category=name),
        columns=(
            draft.column("activity", 36),
            draft.column("subcategory", 24),
            draft.column("measure", 16),
            draft.column("planned", 12, is_number=True),
            draft.column("actual", 12, is_number=True),
        ),
        rows=(*rows, *totals),
        total_count=len(totals),
        note=wording.say("activities.dash"),
    )


def _add_description(draft: Draft, activity: ReportActivity) -> None:
    draft.scope = f"activity{activity.activity_id}"
    draft.own_words(
        activity.description,
        name="description",
        lead=plain(activity.title),
        sources=(),
        language=activity.language,
    )
    facts = _facts(draft, activity)
    if facts:
        draft.paragraph(facts, name="facts")


def _facts(draft: Draft, activity: ReportActivity) -> str:
    wording = draft.wording
    facts = {
        "dates": wording.days_in_words(activity.starts_on, activity.ends_on),
        "countries": listed(activity.countries),
        "partners": listed(activity.partners),
        "donors": listed(activity.donors),
        "unit": plain(activity.unit),
        "subprogramme": plain(activity.subprogramme),
    }
    return " ".join(
        wording.say("activities.fact", label=wording.say(f"column.{key}"), values=values)
        for key, values in facts.items()
        if values
    )


def listed(names: tuple[str, ...]) -> str:
    """Return names side by side; a semicolon parts them, since names may hold commas."""
    return "; ".join(name for name in map(plain, names) if name)
