"""The deliverables table is taken whole; activities under a line make up its actual figure."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.reporting import House
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.activity_details import ActivityDetails, YearQuantity
from tracker.domain.deliverables import LineKind, disagreements
from tracker.domain.errors import Invalid, NotAllowed, Stale
from tracker.domain.permissions import Actor
from tracker.domain.rehearsal import Effect, seal_of
from tracker.models.activities import Activity
from tracker.models.deliverables import DeliverableLine
from tracker.queries.deliverables import deliverable_table, find_deliverable, table_choices
from tracker.reading.deliverables import read_deliverables
from tracker.services.activities import add_activity
from tracker.services.deliverables import place_activity, plan_deliverables, take_deliverables

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
TABLE = """subprogramme,category,item,planned_2025,actual_2025,planned_2026
Subprogramme 3,B. Generation,B. Generation,,,
Subprogramme 3,B. Generation,Publications (number of publications),3,2,2
Subprogramme 3,B. Generation,1. Yearbook,1,1,1
Subprogramme 3,B. Generation,2. Studies,2,1,1
Subprogramme 3,C. Substantive,Databases: the survey database.,,,
"""


def take(database: Database, text: str = TABLE, seal: str | None = None) -> dict[Effect, int]:
    rows = read_deliverables(text)
    with database.transaction() as session:
        return dict(take_deliverables(session, rows, language="en", actor=None, at=AT, seal=seal))


def rehearse(database: Database, text: str):  # type: ignore[no-untyped-def]
    with database.reading() as session:
        return plan_deliverables(session, read_deliverables(text), actor=None)


def test_the_same_table_again_changes_nothing(database: Database) -> None:
    assert take(database) == {Effect.MADE: 5}

    assert take(database) == {Effect.SAME: 5}
    with database.reading() as session:
        assert session.scalar(select(func.count(DeliverableLine.id))) == 5


def test_the_next_budget_adds_its_year_and_keeps_the_others(database: Database) -> None:
    take(database)
    later = TABLE.replace("planned_2025,actual_2025", "planned_2027,actual_2026")

    counts = take(database, later)

    assert counts == {Effect.CHANGED: 3, Effect.SAME: 2}
    with database.reading() as session:
        table = deliverable_table(session, "3")
    assert table.years == (2025, 2026, 2027)
    yearbook = next(line for line in table.lines if line.text == "Yearbook")
    assert [yearbook.figures[year].planned for year in table.years] == [1, 1, 1]


def test_a_row_that_cannot_be_taken_holds_all_back(database: Database) -> None:
    with pytest.raises(Invalid, match="Some rows are refused"):
        take(database, TABLE.replace("2. Studies,2", "2. Studies,two"))

    with database.reading() as session:
        assert table_choices(session) == ()


def test_a_line_that_stands_twice_is_refused(database: Database) -> None:
    plan = rehearse(database, TABLE.replace("2. Studies", "9. Yearbook"))

    assert [done.effect for done in plan].count(Effect.REFUSED) == 1
    assert "row 4" in str(plan[3].refusals[0])


def test_a_subheading_counts_nothing_in_another_subprogramme(database: Database) -> None:
    plan = rehearse(database, TABLE + "Subprogramme 4,B. Generation,1. Yearbook,1,1,1\n")

    assert "No subheading above" in str(plan[-1].refusals[0])


def test_a_table_that_would_do_something_else_by_now_is_stale(database: Database) -> None:
    seal = seal_of(rehearse(database, TABLE))
    take(database)

    with pytest.raises(Stale):
        take(database, seal=seal)


def test_a_total_that_does_not_agree_is_taken_and_stays_in_view(database: Database) -> None:
    take(database, TABLE.replace("publications),3", "publications),4"))

    with database.reading() as session:
        (wrong,) = deliverable_table(session, "3").disagreements
    assert (wrong.printed, wrong.summed) == (Decimal(4), Decimal(3))


def test_only_coordinators_take_a_table(database: Database, house: House) -> None:
    with database.reading() as session, pytest.raises(NotAllowed):
        plan_deliverables(session, [], actor=house.manager)


def add(database: Database, house: House, actual: int, sort: Deliverable) -> int:
    details = ActivityDetails(
        deliverable=sort,
        title=f"Study {actual}",
        language="en",
        unit_id=house.statistics,
        starts_on=date(2025, 3, 1),
        quantities=(YearQuantity(2025, Decimal(1), Decimal(actual)),),
    )
    with database.transaction() as session:
        return add_activity(session, details=details, actor=house.focal_point, at=AT).id


def place(database: Database, activity_id: int, line_id: int | None, actor: Actor) -> None:
    with database.transaction() as session:
        place_activity(
            session,
            activity_id=activity_id,
            version=session.get_one(Activity, activity_id).version,
            line_id=line_id,
            actor=actor,
            at=AT,
        )


def line_named(database: Database, text: str) -> int:
    with database.reading() as session:
        return session.scalars(select(DeliverableLine.id).where(DeliverableLine.text == text)).one()


def test_outputs_make_up_the_actual_figure_of_their_line(database: Database, house: House) -> None:
    take(database)
    studies = line_named(database, "Studies")
    for actual in (1, 2):
        activity_id = add(database, house, actual, Deliverable.PUBLICATION)
        place(database, activity_id, studies, house.focal_point)

    with database.reading() as session:
        sheet = find_deliverable(session, studies)

    assert sheet is not None
    figures = sheet.line.figures[2025]
    assert [figures.planned, figures.printed, figures.actual] == [2, 1, 3]
    assert figures.differs
    assert len(sheet.outputs) == 2


@pytest.mark.parametrize("wrong", ["sort", "total", "nothing"])
def test_an_activity_stands_only_under_a_line_that_counts_the_same(
    database: Database, house: House, wrong: str
) -> None:
    take(database)
    lines = {
        "sort": line_named(database, "Studies"),
        "total": line_named(database, "Publications (number of publications)"),
        "nothing": 999,
    }
    sort = Deliverable.SEMINAR if wrong == "sort" else Deliverable.PUBLICATION
    activity_id = add(database, house, 1, sort)

    with pytest.raises(Invalid) as refusal:
        place(database, activity_id, lines[wrong], house.focal_point)
    assert refusal.value.field == "line_id"


def test_people_of_another_unit_do_not_place_an_activity(database: Database, house: House) -> None:
    take(database)
    activity_id = add(database, house, 1, Deliverable.PUBLICATION)

    with pytest.raises(NotAllowed):
        place(database, activity_id, None, house.other_focal_point)


@pytest.mark.shared
def test_the_table_of_a_real_budget_is_taken_whole(database: Database, shared: Path) -> None:
    text = (shared / "eclac" / "deliverables.csv").read_text("utf-8-sig")

    plan = rehearse(database, text)

    lines = [done.told for done in plan if done.told]
    kinds = [line.kind for line in lines]
    assert (kinds.count(LineKind.DELIVERABLE), kinds.count(LineKind.TOTAL)) == (130, 58)
    assert kinds.count(LineKind.HEADING) + kinds.count(LineKind.NARRATIVE) == 77
    assert disagreements(lines) == []
    assert take(database, text) == {Effect.MADE: 265}
    assert take(database, text) == {Effect.SAME: 265}
