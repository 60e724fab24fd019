"""What is missing in a period, unit by unit, in few enough lines to be read."""

from tracker.domain.workflow import Review
from tracker.queries.completeness import Missing, missing_by_unit


def missing(unit: str, count: int) -> list[Missing]:
    return [Missing(n, f"{n}(I)", "1", unit, Review.OPEN, None) for n in range(count)]


def test_as_many_as_a_page_names_are_named_each() -> None:
    units = missing_by_unit([*missing("Trade", 5), *missing("Law", 1)], most=6)

    assert [(each.unit, each.count, each.named_count) for each in units] == [
        ("Law", 1, 1),
        ("Trade", 5, 5),
    ]


def test_no_unit_with_very_many_hides_those_of_another() -> None:
    units = missing_by_unit([*missing("Law", 90_000), *missing("trade", 2)], most=10)

    assert [(each.unit, each.count, each.named_count) for each in units] == [
        ("Law", 90_000, 5),
        ("trade", 2, 2),
    ]


def test_where_more_units_than_lines_are_missing_they_are_counted_alone() -> None:
    units = missing_by_unit([*missing("Law", 1), *missing("Trade", 1)], most=1)

    assert [(each.unit, each.count, each.named) for each in units] == [
        ("Law", 1, ()),
        ("Trade", 1, ()),
    ]
