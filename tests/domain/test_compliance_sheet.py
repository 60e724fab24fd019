"""The rows of the sheet of compliance: all of them, or those with most overdue and the rest."""

from tracker.domain.compliance_sheet import SheetCounts, with_most_late


def row(name: str, late: int) -> SheetCounts:
    return SheetCounts(
        name, None, asked=10, answered=3, late=late, unanswered=late, due_soon=1, waived=2
    )


def test_few_rows_stay_as_they_are() -> None:
    rows = [row("b", 1), row("a", 5), row("c", 0)]

    assert with_most_late(rows, most=3) == tuple(rows)


def test_of_more_rows_those_with_most_overdue_stand_in_their_order_before_the_sum_of_the_rest() -> (
    None
):
    rows = [row("a", 1), row("b", 4), row("c", 0), row("d", 7)]

    *named, rest = with_most_late(rows, most=2)

    assert named == [rows[1], rows[3]]
    assert (rest.stands_for, rest.name, rest.asked, rest.answered) == (2, "", 20, 6)
    assert (rest.late, rest.unanswered, rest.due_soon, rest.waived) == (1, 1, 2, 4)


def test_one_row_more_has_its_place() -> None:
    rows = [row("a", 1), row("b", 4), row("c", 0)]

    assert with_most_late(rows, most=2) == tuple(rows)
