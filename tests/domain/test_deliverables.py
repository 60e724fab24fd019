"""The deliverables table of a programme budget: rows told apart, totals checked."""

from decimal import Decimal

import pytest

from tracker.domain.activities import Category, Deliverable
from tracker.domain.deliverables import (
    DeliverableRow,
    LineKind,
    TableLine,
    disagreements,
    understood,
)
from tracker.domain.errors import Invalid

KNOWLEDGE = "B. Generation and transfer of knowledge"


def row(item: str, category: str = KNOWLEDGE, place: str = "Subprogramme 10", **figures: str):  # type: ignore[no-untyped-def]
    return DeliverableRow(2, place, category, item, figures)


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ("6. Statistical Yearbook", LineKind.DELIVERABLE),
        ("Publications (number of publications)", LineKind.TOTAL),
        ("Publicaciones (número de publicaciones)", LineKind.TOTAL),
        ("Séminaires et ateliers (nombre de jours)", LineKind.TOTAL),
        (KNOWLEDGE, LineKind.HEADING),
        ("Meetings of:", LineKind.HEADING),
        ("Databases: the household survey database.", LineKind.NARRATIVE),
    ],
)
def test_a_row_is_told_by_its_item(item: str, kind: LineKind) -> None:
    assert understood(row(item), Deliverable.PUBLICATION).kind is kind


def test_an_en_dash_is_none_and_an_empty_cell_is_not_told() -> None:
    line = understood(
        row("7. Document", planned_2025="–", actual_2025="", planned_2026="1,200"),
        Deliverable.PUBLICATION,
    )

    assert line.figures == {2025: (Decimal(0), None), 2026: (Decimal(1200), None)}
    assert (line.number, line.text, line.subprogramme) == (7, "Document", "10")
    assert line.category is Category.KNOWLEDGE


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (row("6. Yearbook", planned_2026="many"), "planned_2026"),
        (row("6. Yearbook", planned_2026="-3"), "planned_2026"),
        (row("6. Yearbook", category="Knowledge"), "category"),
        (row("6. Yearbook", place="Division of Statistics"), "subprogramme"),
        (row(""), "item"),
        (row("Yearbook", planned_2026="1"), "item"),
        (row("Cakes (number of cakes)", planned_2026="1"), "item"),
    ],
    ids=["words", "negative", "category", "subprogramme", "empty", "no-number", "no-sort"],
)
def test_what_cannot_be_understood_is_refused_at_its_cell(
    wrong: DeliverableRow, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        understood(wrong, Deliverable.PUBLICATION)

    assert refusal.value.field == field


def test_a_numbered_row_needs_a_subheading_that_says_what_is_counted() -> None:
    with pytest.raises(Invalid, match="No subheading above"):
        understood(row("6. Yearbook"), None)


def line(kind: LineKind, planned: int) -> TableLine:
    figures = {2026: (Decimal(planned), None)}
    return TableLine(kind, "10", Category.KNOWLEDGE, "words", 1, Deliverable.PUBLICATION, figures)


def test_a_total_that_is_not_the_sum_is_shown() -> None:
    parts = [line(LineKind.DELIVERABLE, 1), line(LineKind.DELIVERABLE, 4)]

    assert disagreements([line(LineKind.TOTAL, 5), *parts]) == []
    (wrong,) = disagreements([line(LineKind.TOTAL, 6), *parts])
    assert [wrong.printed, wrong.summed] == [6, 5]
    assert (wrong.year, wrong.is_planned) == (2026, True)
