"""Lists of activities: narrowed, sorted, turned page by page, in few statements."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from tests.audit import arranging
from tests.reporting import House, counted_statements
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Category, Deliverable
from tracker.domain.periods import Span, biennium
from tracker.models.activities import (
    Activity,
    ActivityLink,
    ActivityQuantity,
)
from tracker.models.activity_parts import ActivityCountry
from tracker.queries.activities import (
    ActivityFilter,
    ActivityOrder,
    activities_of_mandate,
    activities_page,
)
from tracker.queries.activity_sheets import find_activity_sheet
from tracker.queries.linking import (
    MOST,
    activities_to_link,
    find_linkable_mandate,
    mandates_to_link,
)
from tracker.queries.paging import PAGE_SIZE, Place

EVERYTHING = ActivityFilter()


def put(database: Database, house: House, *titles: str, **given: object) -> list[int]:
    """Put activities of Statistics there, one for each title."""
    values: dict[str, object] = {
        "deliverable": Deliverable.SEMINAR,
        "unit_id": house.statistics,
        "starts_on": date(2026, 4, 1),
        **given,
    }
    rows = [
        Activity(
            title=title,
            description="",
            language="en",
            created_at=clock.now(),
            created_by_id=house.focal_point.person_id,
            **values,
        )
        for title in titles
    ]
    with arranging(), database.transaction() as session:
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def measure(database: Database, activity_id: int, year: int, planned: int, actual: int) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            ActivityQuantity(
                activity_id=activity_id,
                year=year,
                planned=Decimal(planned),
                actual=Decimal(actual),
            )
        )


def tie(database: Database, house: House, activity_id: int, mandate_id: int) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            ActivityLink(
                activity_id=activity_id,
                mandate_id=mandate_id,
                contribution="By counting.",
                linked_at=clock.now(),
                linked_by_id=house.focal_point.person_id,
            )
        )


def titles(
    database: Database,
    wanted: ActivityFilter = EVERYTHING,
    order: ActivityOrder = ActivityOrder.TITLE,
    *,
    is_descending: bool = False,
) -> Sequence[str]:
    with database.reading() as session:
        page = activities_page(session, wanted, order=order, is_descending=is_descending)
    assert page.total == len(page.rows)
    return [row.title for row in page.rows]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (EVERYTHING, ["Atlas", "Course", "Mission 100%"]),
        (ActivityFilter(words="atl"), ["Atlas"]),
        (ActivityFilter(words="100%"), ["Mission 100%"]),
        (ActivityFilter(words="_"), []),
        (ActivityFilter(category=Category.KNOWLEDGE), ["Atlas", "Course"]),
        (ActivityFilter(year=2025), ["Mission 100%"]),
        (ActivityFilter(year=2026), ["Course", "Mission 100%"]),
        (ActivityFilter(is_linked=True), ["Course"]),
        (ActivityFilter(is_linked=False, category=Category.KNOWLEDGE), ["Atlas"]),
    ],
    ids=["all", "words", "percent", "underscore", "category", "year", "span", "linked", "unlinked"],
)
def test_a_list_is_narrowed(
    database: Database, house: House, wanted: ActivityFilter, found: list[str]
) -> None:
    put(database, house, "Atlas", deliverable=Deliverable.PUBLICATION, starts_on=date(2027, 1, 1))
    course = put(database, house, "Course")[0]
    put(
        database,
        house,
        "Mission 100%",
        deliverable=Deliverable.ADVISORY_MISSION,
        starts_on=date(2025, 12, 31),
        ends_on=date(2026, 1, 1),
        unit_id=house.trade,
    )
    tie(database, house, course, house.mandates[0])

    assert titles(database, wanted) == found


def test_a_list_is_narrowed_to_a_unit(database: Database, house: House) -> None:
    put(database, house, "Ours")
    put(database, house, "Theirs", unit_id=house.trade)

    assert titles(database, ActivityFilter(unit_id=house.trade)) == ["Theirs"]


def test_a_list_is_sorted_either_way(database: Database, house: House) -> None:
    put(database, house, "B", starts_on=date(2026, 1, 1))
    put(database, house, "C", starts_on=date(2026, 2, 1))
    put(database, house, "A", starts_on=date(2026, 2, 1), unit_id=house.trade)

    assert titles(database) == ["A", "B", "C"]
    assert titles(database, order=ActivityOrder.STARTS) == ["B", "A", "C"]
    assert titles(database, order=ActivityOrder.STARTS, is_descending=True) == ["C", "A", "B"]
    assert titles(database, order=ActivityOrder.UNIT) == ["B", "C", "A"]


def test_a_line_says_how_much_and_how_many(database: Database, house: House) -> None:
    [activity_id] = put(database, house, "Course")
    measure(database, activity_id, 2026, 5, 4)
    measure(database, activity_id, 2027, 3, 0)
    for mandate_id in house.mandates:
        tie(database, house, activity_id, mandate_id)

    with database.reading() as session:
        [line] = activities_page(session, EVERYTHING).rows

    assert (line.planned, line.actual, line.mandate_count) == (Decimal(8), Decimal(4), 3)
    assert line.unit == "Statistics Division"


@pytest.mark.parametrize("order", list(ActivityOrder))
@pytest.mark.parametrize("is_descending", [False, True], ids=["up", "down"])
def test_turning_the_pages_shows_each_row_once_there_and_back(
    database: Database, house: House, order: ActivityOrder, is_descending: bool
) -> None:
    count = 2 * PAGE_SIZE + 7
    put(database, house, *(f"Course {number % 9}" for number in range(count)))

    def turn(place: Place) -> tuple[list[int], str | None, str | None]:
        with database.reading() as session:
            page = activities_page(
                session, EVERYTHING, order=order, is_descending=is_descending, place=place
            )
        assert page.total == count
        return [row.id for row in page.rows], page.previous_key, page.next_key

    first, before_first, key = turn(Place())
    second, _, next_key = turn(Place(after=key))
    third, key_before_third, after_third = turn(Place(after=next_key))

    assert before_first is None
    assert after_third is None
    assert (len(first), len(second), len(third)) == (PAGE_SIZE, PAGE_SIZE, 7)
    assert len({*first, *second, *third}) == count
    again, key_before_second, _ = turn(Place(before=key_before_third))
    assert again == second
    back, nothing_before, _ = turn(Place(before=key_before_second))
    assert (back, nothing_before) == (first, None)


@pytest.mark.parametrize("key", ["", "nonsense", "{}", "[1]", '["date", "soon", 1]', "[[],{},1]"])
def test_a_key_that_nobody_gave_out_leads_to_the_beginning(
    database: Database, house: House, key: str
) -> None:
    put(database, house, "A", "B")

    with database.reading() as session:
        for place in (Place(after=key), Place(before=key)):
            page = activities_page(session, EVERYTHING, place=place)
            assert [row.title for row in page.rows] == ["A", "B"]


def test_a_page_takes_three_statements_however_many_rows(database: Database, house: House) -> None:
    put(database, house, *(f"Course {number}" for number in range(30)))

    with database.reading() as session, counted_statements(database) as statements:
        activities_page(session, EVERYTHING)

    assert len(statements) == 3


def test_a_sheet_takes_as_many_statements_with_one_mandate_as_with_three(
    database: Database, house: House
) -> None:
    [activity_id] = put(database, house, "Course")
    with arranging(), database.transaction() as session:
        session.add(ActivityCountry(activity_id=activity_id, country="CHL"))
    counts = []
    for mandate_id in house.mandates:
        tie(database, house, activity_id, mandate_id)
        with database.reading() as session, counted_statements(database) as statements:
            find_activity_sheet(session, activity_id)
        counts.append(len(statements))

    assert len(set(counts)) == 1


def test_there_is_no_sheet_of_nothing(database: Database) -> None:
    with database.reading() as session:
        assert find_activity_sheet(session, 1) is None


def test_activities_of_a_mandate_are_summed_over_a_span(database: Database, house: House) -> None:
    course, atlas = (
        put(database, house, "Course", ends_on=date(2028, 3, 1)),
        put(database, house, "Atlas", starts_on=date(2024, 1, 1)),
    )
    for year in (2026, 2027, 2028):
        measure(database, course[0], year, 10, 1)
    for activity_id in (*course, *atlas):
        tie(database, house, activity_id, house.mandates[0])

    with database.reading() as session:
        ever = activities_of_mandate(session, house.mandates[0])
        [within] = activities_of_mandate(session, house.mandates[0], within=biennium(2026))
        late = Span(date(2028, 3, 2), date(2028, 12, 31))
        assert activities_of_mandate(session, house.mandates[0], within=late) == ()
        assert activities_of_mandate(session, house.mandates[1]) == ()

    assert [activity.title for activity in ever] == ["Atlas", "Course"]
    assert (ever[1].planned, ever[1].actual) == (Decimal(30), Decimal(3))
    assert (within.planned, within.actual) == (Decimal(20), Decimal(2))
    assert within.contribution == "By counting."


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        ("12(IV)", ["5.a", "5.b", "5.c"]),
        ("12 (iv)", ["5.a", "5.b", "5.c"]),
        ("resolution 12", ["5.a", "5.b", "5.c"]),
        ("12(IV), para. 5(b)", ["5.b"]),
        ("12(IV) 5", ["5.a", "5.b", "5.c"]),
        ("12(iv) 5c", ["5.c"]),
        ("islands, PART 5.a", ["5.a"]),
        ("13(V)", []),
        ("100%", []),
        ("...", []),
    ],
)
def test_a_mandate_is_found_by_what_people_write(
    database: Database, house: House, words: str, paths: list[str]
) -> None:
    [activity_id] = put(database, house, "Course")

    with database.reading() as session:
        found = mandates_to_link(session, words, activity_id=activity_id)

    assert [mandate.path for mandate in found] == paths


def test_what_is_linked_already_is_not_offered_again(database: Database, house: House) -> None:
    course, atlas = put(database, house, "Course", "Atlas")
    tie(database, house, course, house.mandates[0])

    with database.reading() as session:
        mandates = mandates_to_link(session, "12(IV)", activity_id=course)
        activities = activities_to_link(session, "", mandate_id=house.mandates[0])

    assert [mandate.path for mandate in mandates] == ["5.b", "5.c"]
    assert [activity.id for activity in activities] == [atlas]


def test_activities_are_found_by_their_title_latest_first(database: Database, house: House) -> None:
    put(database, house, "Course of 2025", starts_on=date(2025, 1, 1))
    put(database, house, "Course of 2026", "Atlas")

    with database.reading() as session:
        found = activities_to_link(session, "course", mandate_id=house.mandates[0])

    assert [activity.title for activity in found] == ["Course of 2026", "Course of 2025"]


def test_one_more_than_are_shown_says_that_there_are_more(database: Database, house: House) -> None:
    put(database, house, *(f"Course {number}" for number in range(MOST + 5)))

    with database.reading() as session:
        found = activities_to_link(session, "", mandate_id=house.mandates[0])

    assert len(found) == MOST + 1


def test_a_mandate_to_link_is_found_by_its_id(database: Database, house: House) -> None:
    with database.reading() as session:
        mandate = find_linkable_mandate(session, house.mandates[2])
        assert find_linkable_mandate(session, 999) is None

    assert mandate is not None
    assert (mandate.symbol, mandate.path) == ("12(IV)", "5.c")
    assert mandate.lead_unit_id == house.trade
