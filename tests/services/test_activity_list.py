"""A list of activities is taken whole or not at all, as often as one likes, in four languages."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.reporting import House
from tracker.database import Database
from tracker.domain.activities import Deliverable, PartnerKind
from tracker.domain.activity_details import ActivityDetails
from tracker.domain.activity_list import day_of_cell
from tracker.domain.errors import Invalid, Stale
from tracker.domain.permissions import Actor
from tracker.domain.rehearsal import Effect, seal_of
from tracker.models.activities import Activity
from tracker.queries.activity_sheets import find_activity_sheet
from tracker.reading.activity_list import heading_of, read_activity_list
from tracker.services.activity_list import plan_activities, take_activities
from tracker.services.activity_rows import PlannedActivity

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
LIST = """Title,What sort of deliverable it is,Unit,Starts on,Countries,Partners,Planned 2026
Course on islands,"Seminar, workshop or training event",Statistics Division,2026-04-01,Chile; Peru,University (Academic institution),5
Atlas,publication,Statistics Division,13/5/2026,,,1
"""  # noqa: E501 - one row a line


def plan(database: Database, text: str, actor: Actor) -> Sequence[PlannedActivity]:
    with database.reading() as session:
        return plan_activities(session, read_activity_list(text), languages=("en",), actor=actor)


def take(database: Database, text: str, actor: Actor, seal: str | None = None) -> dict[Effect, int]:
    with database.transaction() as session:
        return dict(
            take_activities(
                session,
                read_activity_list(text),
                languages=("en", "es"),
                actor=actor,
                at=AT,
                seal=seal,
            )
        )


def details(database: Database, title: str) -> ActivityDetails:
    with database.reading() as session:
        found = session.scalars(select(Activity.id).where(Activity.title == title)).one()
        sheet = find_activity_sheet(session, found)
    assert sheet is not None
    return sheet.details


def test_rows_become_activities_and_the_same_file_changes_nothing(
    database: Database, house: House
) -> None:
    assert take(database, LIST, house.focal_point) == {Effect.MADE: 2}

    course = details(database, "Course on islands")
    assert (course.deliverable, course.countries) == (Deliverable.SEMINAR, ("CHL", "PER"))
    assert course.participants[0].kind is PartnerKind.ACADEMIC
    assert course.quantities[0].planned == Decimal(5)
    assert details(database, "Atlas").starts_on == date(2026, 5, 13)
    assert take(database, LIST, house.focal_point) == {Effect.SAME: 2}


def test_a_changed_cell_changes_and_an_empty_one_leaves_what_is_there(
    database: Database, house: House
) -> None:
    take(database, LIST, house.focal_point)

    changed = LIST.replace(",5\n", ",7\n").replace("Chile; Peru", "")
    assert take(database, changed, house.focal_point) == {Effect.CHANGED: 1, Effect.SAME: 1}

    course = details(database, "Course on islands")
    assert (course.countries, course.quantities[0].planned) == (("CHL", "PER"), Decimal(7))


def test_the_number_finds_an_activity_whose_title_changed(database: Database, house: House) -> None:
    take(database, LIST, house.focal_point)
    with database.reading() as session:
        number = session.scalars(select(Activity.id).where(Activity.title == "Atlas")).one()
    renamed = (
        "number,title,deliverable,unit,starts_on\n"
        f"{number},Atlas of the islands,publication,Statistics Division,2026-05-13\n"
    )

    assert take(database, renamed, house.focal_point) == {Effect.CHANGED: 1}
    with database.reading() as session:
        assert session.scalar(select(func.count(Activity.id))) == 2


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_columns_are_known_in_every_language_and_order(language: str) -> None:
    columns = ["actual_2026", "unit", "starts_on", "title", "deliverable", "countries"]
    header = ",".join(f'"{heading_of(column, language)}"' for column in columns)

    (row,) = read_activity_list(f"{header}\n1,2,3,4,5,6\n")

    assert list(row.cells) == columns


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(Invalid, match="not known here") as refusal:
        read_activity_list(LIST.replace("Countries", "Weather"))

    assert refusal.value.values["unknown"] == "weather"


def test_every_wrong_cell_of_a_row_is_named_with_its_column(
    database: Database, house: House
) -> None:
    wrong = (
        LIST.replace("2026-04-01", "5/6/2026").replace("Chile", "Ruritania").replace(",5\n", ",x\n")
    )

    done = plan(database, wrong, house.focal_point)[0]

    assert done.effect is Effect.REFUSED
    fields = [getattr(refusal, "field", None) for refusal in done.refusals]
    assert fields == ["starts_on", "countries", "planned_2026"]


@pytest.mark.parametrize(
    ("given", "instead", "words"),
    [
        ("Atlas,publication", "Atlas,cake", "is none of the words"),
        ("Atlas,publication,Statistics Division", "Atlas,publication,Cooks", "There is no unit"),
        ("Atlas,publication,Statistics Division", "Atlas,publication,Trade Division", "roles"),
        ("Atlas,", ",", "Enter the title"),
        ("13/5/2026", "", "is not a date"),
        ("13/5/2026", "46203", "is not a date"),
        (",1\n", ",-1\n", "negative"),
    ],
)
def test_a_row_that_cannot_be_taken_says_why_and_holds_all_back(
    database: Database, house: House, given: str, instead: str, words: str
) -> None:
    wrong = LIST.replace(given, instead)

    done = plan(database, wrong, house.focal_point)[1]

    assert words in str(done.refusals[0])
    with pytest.raises(Invalid, match="Some rows are refused"):
        take(database, wrong, house.focal_point)
    with database.reading() as session:
        assert session.scalar(select(func.count(Activity.id))) == 0


def test_a_row_that_stands_twice_is_refused(database: Database, house: House) -> None:
    done = plan(database, LIST + LIST.splitlines()[2] + "\n", house.focal_point)[2]

    assert "row 3" in str(done.refusals[0])


def test_a_list_that_would_do_something_else_by_now_is_stale(
    database: Database, house: House
) -> None:
    seal = seal_of(plan(database, LIST, house.focal_point))
    take(database, LIST, house.focal_point)

    with pytest.raises(Stale):
        take(database, LIST, house.focal_point, seal)


def test_a_day_is_read_where_it_can_be_only_one() -> None:
    assert day_of_cell("30/6/2026", "starts_on") == date(2026, 6, 30)
    assert day_of_cell("2026-06-30 00:00:00", "starts_on") == date(2026, 6, 30)
    with pytest.raises(Invalid, match="two days"):
        day_of_cell("5/6/2026", "starts_on")
