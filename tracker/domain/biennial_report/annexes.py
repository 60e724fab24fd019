"""The annexes: each decision with its implementation, and the list of activities."""

from collections.abc import Mapping, Sequence

from tracker.domain.activities import Deliverable
from tracker.domain.biennial_report.activities import listed
from tracker.domain.biennial_report.blocks import Cell, Link, PageBreak, Table
from tracker.domain.biennial_report.content import ReportActivity, ReportContent, ReportMandate
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.implementation import Span
from tracker.domain.biennial_report.quantities import by_category
from tracker.domain.biennial_report.tallies import reports_tally
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import (
    NO_BREAK_SPACE,
    joined,
    plain,
    shortened,
    unbroken,
)

# A clause can be of thousands of words; the annex shows enough to recognize it.
WORDS_IN_ANNEX = 60
# What is longer would not fit into a column without a break.
LONGEST_UNBROKEN = 20
# The column of dates is wider: "15 de dezembro de 2026" has 22 characters.
LONGEST_UNBROKEN_DATE = 22
_STATUS_COLUMN = 2
_LISTS: Mapping[str, tuple[Deliverable, ...]] = {
    "meetings": (Deliverable.SUBSTANTIVE_SERVICES, Deliverable.SEMINAR),
    "missions": (Deliverable.ADVISORY_MISSION,),
    "documents": (
        Deliverable.PARLIAMENTARY_DOCUMENTATION,
        Deliverable.PUBLICATION,
        Deliverable.TECHNICAL_MATERIAL,
    ),
}


def add_decisions(draft: Draft, content: ReportContent, spans: list[Span], *, number: str) -> None:
    """Add the annex on decisions; ``spans`` are the paragraph numbers of each mandate, in order."""
    begin_annex(draft, number, "annex.decisions.title")
    if content.mandates:
        draft.table(_decisions(draft, content, spans))
    else:
        draft.paragraph(draft.wording.say("annex.decisions.none"), name="decisions")


def add_list(draft: Draft, content: ReportContent, *, number: str) -> None:
    """Add the annex that lists the activities."""
    begin_annex(draft, number, "annex.activities.title")
    if not content.activities:
        draft.paragraph(draft.wording.say("annex.activities.none"), name="activities")
        return
    groups = _listed_groups(content.activities)
    for name, activities in groups.items():
        if len(groups) > 1:
            draft.heading(2, draft.wording.say(f"annex.activities.{name}"))
        draft.table(_activities(draft, activities))
    _add_papers(draft, by_category(content.activities))


def _listed_groups(activities: Sequence[ReportActivity]) -> Mapping[str, list[ReportActivity]]:
    """Return the activities by what readers look for: meetings, missions, documents, the rest."""
    groups: dict[str, list[ReportActivity]] = {name: [] for name in ("projects", *_LISTS)}
    for activity in by_category(activities):
        lists = (name for name, kinds in _LISTS.items() if activity.deliverable in kinds)
        groups[next(lists, "projects")].append(activity)
    return {name: members for name, members in groups.items() if members}


def _add_papers(draft: Draft, activities: Sequence[ReportActivity]) -> None:
    """Add the documents that belong to activities, by symbol where they have one."""
    wording = draft.wording
    rows = tuple(
        (unbroken(plain(paper.symbol)) or wording.say("words.none"), plain(paper.title), title)
        for activity in activities
        for title in [plain(activity.title)]
        for paper in activity.papers
    )
    if not rows:
        return
    draft.heading(2, wording.say("annex.papers.title"))
    draft.table(
        Table(
            label=draft.table_label(),
            caption=wording.say("annex.papers.caption"),
            columns=(
                draft.column("symbol", 20),
                draft.column("title", 42),
                draft.column("activity", 38),
            ),
            rows=rows,
        )
    )


def begin_annex(draft: Draft, number: str, title: str) -> None:
    """Begin an annex on a new page under its heading; ``number`` is "" for the only one."""
    say = draft.wording.say
    label = say("words.annex", number=number) if number else say("words.annex.only")
    draft.blocks.append(PageBreak())
    draft.heading(1, draft.wording.say(title), label=unbroken(label))
    draft.scope = "annex"


def _decisions(draft: Draft, content: ReportContent, spans: list[Span]) -> Table:
    return Table(
        label=draft.table_label(),
        caption=draft.wording.say("annex.decisions.caption"),
        columns=(
            draft.column("reference", 17),
            draft.column("asked", 35),
            draft.column("status", 16),
            draft.column("unit", 20),
            draft.column("paragraphs", 12),
        ),
        rows=tuple(
            _decision(draft, mandate, span)
            for mandate, span in zip(content.mandates, spans, strict=True)
        ),
        sources=tuple(mandate.revision_id for mandate in content.mandates),
        tallies={
            (row, _STATUS_COLUMN): reports_tally(
                f"annex.mandate{mandate.mandate_id}.status",
                draft.wording.say(status_key(mandate.status)),
                (mandate.revision_id,),
            )
            for row, mandate in enumerate(content.mandates)
        },
    )


def _decision(draft: Draft, mandate: ReportMandate, span: Span) -> tuple[Cell, ...]:
    first, last = span
    if last < first:  # the editor left all of its paragraphs out
        place: Cell = draft.wording.say("words.none")
    else:
        place = Link(_numbers(draft, first, last), f"paragraph-{first}")
    return (
        reference(mandate.reference),
        shortened(plain(mandate.text), WORDS_IN_ANNEX),
        draft.wording.say(status_key(mandate.status)),
        _lead(draft, mandate),
        place,
    )


def _lead(draft: Draft, mandate: ReportMandate) -> str:
    unit = plain(mandate.lead_unit) or draft.wording.say("words.none")
    if not mandate.joint_lead:
        return unit
    entity = plain(mandate.joint_lead)
    return draft.wording.say("words.jointly", unit=unit, entity=entity)


def _numbers(draft: Draft, first: int, last: int) -> str:
    numbers = draft.wording.number(first)
    return joined(f"{numbers}–{draft.wording.number(last)}") if last > first else numbers


def _activities(draft: Draft, activities: list[ReportActivity]) -> Table:
    wording = draft.wording
    return Table(
        label=draft.table_label(),
        caption=wording.say("annex.activities.caption"),
        columns=(
            draft.column("activity", 26),
            draft.column("category", 10),
            draft.column("dates", 20),
            draft.column("countries", 15),
            draft.column("partners", 15),
            draft.column("mandates", 14),
        ),
        rows=tuple(
            (
                plain(activity.title),
                activity.category.value,
                dates(wording.days_in_words(activity.starts_on, activity.ends_on)),
                listed(activity.countries),
                listed(activity.partners),
                "; ".join(reference(name) for name in activity.mandate_references),
            )
            for activity in activities
        ),
    )


def dates(text: str) -> str:
    """Return dates that are broken inside only where their column is too narrow for them."""
    is_narrow = any(len(word) > LONGEST_UNBROKEN_DATE for word in text.split(" "))
    return text.replace(NO_BREAK_SPACE, " ") if is_narrow else text


def reference(text: str) -> str:
    """Return a reference to a paragraph, broken only between the symbol and the paragraph."""
    symbol, comma, paragraph = plain(text).partition(", ")
    if max(len(symbol), len(paragraph)) > LONGEST_UNBROKEN:
        return plain(text)
    return f"{unbroken(symbol)}{comma}{unbroken(paragraph)}"
