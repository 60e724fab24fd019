"""The annexes: each decision with its implementation, and the list of activities."""

from tracker.domain.biennial_report.activities import listed
from tracker.domain.biennial_report.blocks import Cell, Link, PageBreak, Table
from tracker.domain.biennial_report.content import ReportActivity, ReportContent, ReportMandate
from tracker.domain.biennial_report.drafting import Draft
from tracker.domain.biennial_report.implementation import Span
from tracker.domain.biennial_report.overview import by_category
from tracker.domain.biennial_report.texts import status_key
from tracker.domain.biennial_report.wording import (
    NO_BREAK_SPACE,
    joined,
    plain,
    roman,
    shortened,
    unbroken,
)

# A clause can be of thousands of words; the annex shows enough to recognize it.
WORDS_IN_ANNEX = 60
# What is longer would not fit into a column without a break.
LONGEST_UNBROKEN = 20
# The column of dates is wider: "15 de dezembro de 2026" has 22 characters.
LONGEST_UNBROKEN_DATE = 22


def add_annexes(draft: Draft, content: ReportContent, spans: list[Span]) -> None:
    """Add both annexes; ``spans`` are the paragraph numbers of each mandate, in order."""
    _begin_annex(draft, 1, "annex.decisions.title")
    if content.mandates:
        draft.table(_decisions(draft, content, spans))
    else:
        draft.paragraph(draft.wording.say("annex.decisions.none"), name="decisions")
    _begin_annex(draft, 2, "annex.activities.title")
    if content.activities:
        draft.table(_activities(draft, by_category(content.activities)))
    else:
        draft.paragraph(draft.wording.say("annex.activities.none"), name="activities")


def _begin_annex(draft: Draft, number: int, title: str) -> None:
    label = draft.wording.say("words.annex", number=roman(number))
    draft.blocks.append(PageBreak())
    draft.heading(1, draft.wording.say(title), label=unbroken(label))
    draft.scope = "annex"


def _decisions(draft: Draft, content: ReportContent, spans: list[Span]) -> Table:
    return Table(
        label=draft.table_label(),
        caption=draft.wording.say("annex.decisions.caption"),
        columns=(
            draft.column("reference", 16),
            draft.column("asked", 40),
            draft.column("status", 16),
            draft.column("unit", 16),
            draft.column("paragraphs", 12),
        ),
        rows=tuple(
            _decision(draft, mandate, span)
            for mandate, span in zip(content.mandates, spans, strict=True)
        ),
        sources=tuple(mandate.revision_id for mandate in content.mandates),
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
        plain(mandate.lead_unit) or draft.wording.say("words.none"),
        place,
    )


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
