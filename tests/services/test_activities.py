"""Activities: added, changed, linked and unlinked; by whom, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import ADOPTED_ON, House
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import (
    Deliverable,
    DocumentKind,
    FrameworkKind,
    FundSource,
    Modality,
    PartnerKind,
    PartnerPart,
)
from tracker.domain.activity_details import ActivityDetails, Participant, YearQuantity
from tracker.domain.activity_parts import (
    ActivityDocument,
    Attendance,
    Framework,
    Fund,
    GovernmentRequest,
    Module,
)
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, NotFound, Stale
from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor
from tracker.models.activities import Activity
from tracker.models.audit import AuditEntry
from tracker.models.people import Subprogramme
from tracker.queries.activity_sheets import ActivitySheet, find_activity_sheet
from tracker.services.activities import (
    add_activity,
    change_activity,
    link_activity,
    unlink_activity,
)

IN_FULL: dict[str, object] = {
    "studied": ("Costa Rica", "Colombia"),
    "invited": ("HND",),
    "attendance": (
        Attendance(8, "Competition authorities", is_at_least=True),
        Attendance(3, country="CRI"),
    ),
    "funds": (
        Fund(FundSource.REGULAR_BUDGET, budget=Decimal(1000), expenditure=Decimal("99.50")),
        Fund(FundSource.EXTRABUDGETARY, "Research Centre", budget=Decimal(500)),
    ),
    "documents": (ActivityDocument("Commitment", DocumentKind.COMMITMENT, "LC/1", "https://x.y"),),
    "modules": (Module("Rules", "Six countries studied."), Module("Banks")),
    "requests": (GovernmentRequest(date(2026, 1, 9), "CRI", "Advice", "A mission"),),
    "frameworks": (Framework(FrameworkKind.NETWORK, "Network of Small Ports"),),
    "modality": Modality.SOUTH_SOUTH,
    "sector": "Competition",
    "priority_of": "The countries of the isthmus",
    "is_good_practice": True,
    "adopters": ("Honduras",),
    "sensitivity": Sensitivity.INTERNAL,
}


@pytest.fixture
def details(house: House) -> ActivityDetails:
    """Return a seminar of Statistics with everything told about it."""
    return ActivityDetails(
        deliverable=Deliverable.SEMINAR,
        title="Seminar on  counting islands",
        language="en",
        unit_id=house.statistics,
        starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31),
        description="Statisticians of twelve countries.\n",
        quantities=(
            YearQuantity(2026, Decimal(5), Decimal("4.5")),
            YearQuantity(2027, Decimal(3)),
        ),
        countries=("Pérou", "Chile", "peru"),
        participants=(
            Participant("University of the Sea", PartnerKind.ACADEMIC),
            Participant("Government of Chile", PartnerKind.GOVERNMENT, PartnerPart.DONOR),
        ),
    )


def add(database: Database, details: ActivityDetails, actor: Actor) -> int:
    with database.transaction() as session:
        return add_activity(session, details=details, actor=actor, at=clock.now()).id


def change(
    database: Database, activity_id: int, version: int, details: ActivityDetails, actor: Actor
) -> None:
    with database.transaction() as session:
        change_activity(
            session,
            activity_id=activity_id,
            version=version,
            details=details,
            actor=actor,
            at=clock.now(),
        )


def sheet_of(database: Database, activity_id: int) -> ActivitySheet:
    with database.reading() as session:
        sheet = find_activity_sheet(session, activity_id)
    assert sheet is not None
    return sheet


def entries(database: Database) -> list[AuditEntry]:
    with database.transaction() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


def link(
    database: Database, activity_id: int, mandate_id: int, actor: Actor, words: str = "By counting."
) -> bool:
    with database.transaction() as session:
        return link_activity(
            session,
            activity_id=activity_id,
            mandate_id=mandate_id,
            contribution=words,
            actor=actor,
            at=clock.now(),
        )


def test_what_was_told_about_an_activity_is_kept(
    database: Database, house: House, details: ActivityDetails
) -> None:
    sheet = sheet_of(database, add(database, details, house.focal_point))

    assert sheet.details == replace(
        details,
        title="Seminar on counting islands",
        description="Statisticians of twelve countries.",
        countries=("CHL", "PER"),
    )
    assert (sheet.planned, sheet.actual) == (Decimal(8), Decimal("4.5"))
    assert sheet.created_by == "Ana Focal"
    assert [entry.action for entry in entries(database)] == ["activity.added"]


@pytest.mark.parametrize("role", ["viewer", "other_focal_point", "editor"])
def test_activities_are_added_by_the_people_of_the_unit(
    database: Database, house: House, details: ActivityDetails, role: str
) -> None:
    with pytest.raises(NotAllowed):
        add(database, details, getattr(house, role))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": date(2026, 3, 31)}, "ends_on"),
        ({"unit_id": 99}, "unit_id"),
        ({"subprogramme_id": 99}, "subprogramme_id"),
        ({"quantities": (YearQuantity(2026, Decimal(-1)),)}, "quantities"),
        ({"countries": ("Ruritania",)}, "countries"),
    ],
    ids=["ends-before-it-starts", "no-unit", "no-subprogramme", "negative", "no-country"],
)
def test_an_activity_that_breaks_a_rule_leaves_nothing_behind(
    database: Database, house: House, details: ActivityDetails, wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add(database, replace(details, **wrong), house.coordinator)  # type: ignore[arg-type]

    assert refusal.value.field == field
    with database.reading() as session:
        assert session.scalars(select(Activity)).all() == []


def test_a_change_replaces_rows_and_the_audit_trail_keeps_both(
    database: Database, house: House, details: ActivityDetails
) -> None:
    with arranging(), database.transaction() as session:
        subprogramme = Subprogramme(number="3", name="Statistics", language="en")
        session.add(subprogramme)
    activity_id = add(database, details, house.focal_point)
    new = replace(
        details,
        title="Workshop",
        subprogramme_id=subprogramme.id,
        quantities=(YearQuantity(2027, Decimal(3), Decimal(2)),),
        countries=("CHL",),
        participants=(Participant("Government of Chile", PartnerKind.GOVERNMENT),),
    )

    change(database, activity_id, 1, new, house.manager)

    sheet = sheet_of(database, activity_id)
    assert sheet.details == replace(new, description="Statisticians of twelve countries.")
    assert (sheet.version, sheet.subprogramme) == (2, "Statistics")
    entry = entries(database)[-1]
    assert entry.action == "activity.changed"
    assert entry.before is not None
    assert entry.before["quantities"] == [[2026, "5.00", "4.50"], [2027, "3.00", None]]
    assert "starts_on" not in entry.before


def test_a_change_of_rows_alone_makes_other_forms_stale(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)
    change(database, activity_id, 1, replace(details, countries=("Chile",)), house.focal_point)

    with pytest.raises(Stale):
        change(database, activity_id, 1, replace(details, title="Other"), house.manager)
    assert sheet_of(database, activity_id).details.title == "Seminar on counting islands"


def test_everything_told_in_rows_is_kept_in_its_order(
    database: Database, house: House, details: ActivityDetails
) -> None:
    told = replace(details, **IN_FULL)  # type: ignore[arg-type]
    activity_id = add(database, told, house.focal_point)
    kept = sheet_of(database, activity_id)

    changed = replace(kept.details, modules=told.modules[::-1], funds=told.funds[1:])
    change(database, activity_id, 1, changed, house.focal_point)

    assert kept.details == replace(
        told,
        title="Seminar on counting islands",
        description="Statisticians of twelve countries.",
        countries=("CHL", "PER"),
        studied=("COL", "CRI"),
    )
    assert kept.attendance == Attendance(11, is_at_least=True)
    assert (kept.budget, kept.expenditure) == (Decimal(1500), Decimal("99.50"))
    sheet = sheet_of(database, activity_id)
    assert [module.title for module in sheet.details.modules] == ["Banks", "Rules"]
    assert sheet.budget == Decimal(500)
    entry = entries(database)[-1]
    assert set(entry.before or ()) == {"funds", "modules"}


def test_saving_without_a_change_leaves_no_trace(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)

    change(database, activity_id, 1, details, house.focal_point)

    assert sheet_of(database, activity_id).version == 1
    assert len(entries(database)) == 1


def test_an_activity_moves_only_between_units_one_may_write_for(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)
    moved = replace(details, unit_id=house.trade)

    for actor in (house.focal_point, house.other_focal_point):
        with pytest.raises(NotAllowed):
            change(database, activity_id, 1, moved, actor)
    change(database, activity_id, 1, moved, house.coordinator)

    assert sheet_of(database, activity_id).unit == "Trade Division"


def test_a_link_says_how_and_stands_in_the_history_of_both(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)

    assert link(database, activity_id, house.mandates[0], house.focal_point, " By counting. ")

    [mandate] = sheet_of(database, activity_id).mandates
    assert (mandate.mandate_id, mandate.path) == (house.mandates[0], "5.a")
    assert (mandate.contribution, mandate.linked_by) == ("By counting.", "Ana Focal")
    assert not mandate.is_after_activity
    assert [(entry.action, entry.subject_id) for entry in entries(database)[1:]] == [
        ("activity.linked", activity_id),
        ("mandate.activity_linked", house.mandates[0]),
    ]


def test_an_activity_that_ended_before_the_adoption_is_linked_with_a_doubt(
    database: Database, house: House, details: ActivityDetails
) -> None:
    early = replace(details, starts_on=date(2025, 1, 1), ends_on=date(2025, 5, 15), quantities=())
    assert early.ends_on is not None
    assert early.ends_on < ADOPTED_ON
    activity_id = add(database, early, house.focal_point)

    assert not link(database, activity_id, house.mandates[0], house.focal_point)
    assert sheet_of(database, activity_id).mandates[0].is_after_activity


def test_two_things_are_linked_once(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)
    link(database, activity_id, house.mandates[0], house.focal_point)

    with pytest.raises(Duplicate, match="linked to this mandate already"):
        link(database, activity_id, house.mandates[0], house.focal_point, "Again.")


def test_only_what_is_there_can_be_linked(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)

    with pytest.raises(Invalid, match="no such mandate") as refusal:
        link(database, activity_id, 999, house.focal_point)
    assert refusal.value.field == "mandate_id"
    with pytest.raises(NotFound, match="no such activity"):
        link(database, 999, house.mandates[0], house.focal_point)


@pytest.mark.parametrize(
    ("role", "mandate", "is_possible"),
    [
        ("focal_point", 2, True),  # own activity, a mandate led by Trade
        ("other_focal_point", 2, True),  # own mandate, an activity of Statistics
        ("other_focal_point", 0, False),
        ("viewer", 0, False),
        ("coordinator", 0, True),
    ],
    ids=["own-activity", "own-mandate", "neither", "viewer", "coordinator"],
)
def test_who_answers_for_either_side_may_link_and_unlink(
    database: Database,
    house: House,
    details: ActivityDetails,
    role: str,
    mandate: int,
    is_possible: bool,
) -> None:
    activity_id = add(database, details, house.focal_point)
    actor, mandate_id = getattr(house, role), house.mandates[mandate]

    if is_possible:
        link(database, activity_id, mandate_id, actor)
        unlink(database, activity_id, mandate_id, actor)
    else:
        with pytest.raises(NotAllowed):
            link(database, activity_id, mandate_id, actor)
    assert sheet_of(database, activity_id).mandates == ()


def unlink(database: Database, activity_id: int, mandate_id: int, actor: Actor) -> None:
    with database.transaction() as session:
        unlink_activity(
            session,
            activity_id=activity_id,
            mandate_id=mandate_id,
            actor=actor,
            at=clock.now(),
        )


def test_a_removed_link_stays_in_the_audit_trail_and_can_be_made_anew(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)
    link(database, activity_id, house.mandates[0], house.focal_point)

    unlink(database, activity_id, house.mandates[0], house.focal_point)

    entry = entries(database)[-1]
    assert entry.action == "mandate.activity_unlinked"
    assert entry.before == {"activity_id": activity_id, "contribution": "By counting."}
    assert link(database, activity_id, house.mandates[0], house.focal_point)


def test_what_is_not_linked_cannot_be_unlinked(
    database: Database, house: House, details: ActivityDetails
) -> None:
    activity_id = add(database, details, house.focal_point)

    with pytest.raises(NotFound, match="not linked"):
        unlink(database, activity_id, house.mandates[0], house.focal_point)
