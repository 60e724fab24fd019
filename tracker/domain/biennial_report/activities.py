"""The chapter on activities: by category of the programme budget, with planned and actual."""

from tracker.domain.activities import Category
from tracker.domain.biennial_report.blocks import Table
from tracker.domain.biennial_report.content import (
    ReportActivity,
    ReportContent,
)
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.quantities import (
    Cells,
    Deliverable,
    amount_columns,
    amount_tallies,
    amounts,
    by_category,
    count_tally,
    deliverable,
    ids_of,
    quantity_tallies,
    total,
)
from tracker.domain.biennial_report.tallies import activities_tally, key_of_names
from tracker.domain.biennial_report.wording import capitalised, lines_of, lowered, plain


def add_activities(draft: Draft, content: ReportContent, *, label: str) -> None:
    """Add the chapter, with a section for each category that has activities.

    Those that have none are named in one sentence: a heading with nothing below says less.
    """
    wording = draft.wording
    draft.heading(1, wording.say("activities.title"), label=label)
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


def add_activity_overview(draft: Draft, activities: tuple[ReportActivity, ...]) -> None:
    """Add to the overview how many activities there are, and their quantities by deliverable."""
    wording = draft.wording
    if not activities:
        draft.paragraph(wording.say("overview.activities.none"), name="activities")
        return
    label = draft.table_label()
    reference = wording.say("overview.activities.reference", table=lowered(label))
    draft.paragraph(
        f"{wording.count('overview.activities', len(activities))} {capitalised(reference)}",
        name="activities",
        tallies=(count_tally(wording, "overview.activities", activities),),
    )
    groups: dict[Deliverable, list[ReportActivity]] = {}
    for activity in by_category(activities):
        groups.setdefault(deliverable(activity), []).append(activity)
    rows = [
        (
            f"{category.value}. {wording.say(f'category.{category.value}')}",
            capitalised(subcategory),
            measure,
            *amounts(wording, group),
        )
        for (category, subcategory, measure), group in groups.items()
    ]
    count = wording.number(len(activities))
    tallies: Cells = {
        (len(rows), 3): activities_tally("deliverables.total", count, ids_of(activities))
    }
    for place, (named, group) in enumerate(groups.items()):
        key = f"deliverables.{key_of_names(*named)}"
        tallies |= amount_tallies(wording, key, (place, 3), group)
    draft.table(
        Table(
            label=label,
            caption=wording.say("overview.activities.caption"),
            columns=(draft.column("category", 24), *amount_columns(draft)),
            # Quantities of different measures are not added up.
            rows=(*rows, (wording.say("words.total"), "", "", count, "", "")),
            total_count=1,
            note=wording.say("activities.dash"),
            tallies=tallies,
        )
    )


def _add_category(
    draft: Draft, category: Category, name: str, activities: list[ReportActivity]
) -> None:
    wording = draft.wording
    draft.heading(2, name, label=f"{category.value}.")
    draft.scope = f"category{category.value}"
    label = draft.table_label()
    draft.paragraph(
        wording.count("activities.count", len(activities), table=lowered(label)),
        name="count",
        tallies=(count_tally(wording, f"{draft.scope}.count", activities),),
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
    tallies: Cells = {}
    for row, activity in enumerate(activities):
        key = f"{draft.scope}.activity{activity.activity_id}"
        tallies |= quantity_tallies(wording, key, (row, 3), [activity])
    totals: list[tuple[str, ...]] = []
    for measure in dict.fromkeys(plain(activity.measure) for activity in activities):
        measured = [activity for activity in activities if plain(activity.measure) == measure]
        place = (len(rows) + len(totals), 3)
        key = f"{draft.scope}.total{key_of_names(measure)}"
        tallies |= quantity_tallies(wording, key, place, measured)
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
        tallies=tallies,
    )


def _add_description(draft: Draft, activity: ReportActivity) -> None:
    draft.scope = f"activity{activity.activity_id}"
    draft.own_words(
        activity.description,
        name="description",
        lead=plain(activity.title),
        sources=(),
        language=activity.language,
        activity_ids=(activity.activity_id,),
    )
    facts = _facts(draft, activity)
    if facts:
        draft.paragraph(facts, name="facts", activity_ids=(activity.activity_id,))


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
