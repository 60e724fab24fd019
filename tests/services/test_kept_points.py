"""Action points are confirmed, changed, added and removed; a report's status follows from them."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import TEXT, House, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.action_points import SaidPoint
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.findings import Decision, FindingField
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.mandates import Mandate, MandateFinding
from tracker.queries.action_points import my_action_points, points_of_mandate
from tracker.services.kept_points import keep_action_points
from tracker.services.progress import submit_report

COUNT, REPORT = "Count the islands", "Report on their number"


@pytest.fixture(autouse=True)
def _proposed(database: Database, house: House) -> None:
    """Let the reader propose two asks of the first mandate."""
    with arranging(), database.transaction() as session:
        session.add_all(
            MandateFinding(
                mandate_id=house.mandates[0],
                field=FindingField.ACTION_POINT,
                position=position,
                value=value,
                words="",
                confidence=85,
            )
            for position, value in enumerate((COUNT, REPORT), start=1)
        )


def keep(
    database: Database,
    house: House,
    *points: SaidPoint,
    actor: Actor | None = None,
    version: int | None = None,
    place: int = 0,
) -> None:
    with database.transaction() as session:
        mandate_id = house.mandates[place]
        keep_action_points(
            session,
            mandate_id=mandate_id,
            version=version or session.get_one(Mandate, mandate_id).version,
            points=points,
            actor=actor or house.coordinator,
            at=clock.now(),
        )


def kept(database: Database, house: House) -> list[tuple[str, int | None, Implementation | None]]:
    with database.reading() as session:
        points = points_of_mandate(session, house.mandates[0]).points
        return [(point.text, point.unit_id, point.status) for point in points]


def decisions(database: Database) -> dict[str, Decision | None]:
    with database.reading() as session:
        return {one.value: one.decision for one in session.scalars(select(MandateFinding))}


def both(*statuses: Implementation | None) -> Sequence[SaidPoint]:
    return [
        SaidPoint(text, status=status)
        for text, status in zip((COUNT, REPORT), statuses, strict=True)
    ]


def test_proposed_asks_are_no_action_points_until_a_person_says_so(
    database: Database, house: House
) -> None:
    with database.reading() as session:
        found = points_of_mandate(session, house.mandates[0])

    assert found.points == ()
    assert found.proposed == (COUNT, REPORT)


def test_what_is_kept_is_accepted_what_is_left_out_refused_what_is_new_added(
    database: Database, house: House
) -> None:
    keep(database, house, SaidPoint(COUNT, house.trade), SaidPoint("Name the islands"))

    assert kept(database, house) == [(COUNT, house.trade, None), ("Name the islands", None, None)]
    assert decisions(database) == {
        COUNT: Decision.ACCEPTED,
        REPORT: Decision.REFUSED,
        "Name the islands": Decision.ADDED,
    }
    with database.reading() as session:
        assert points_of_mandate(session, house.mandates[0]).proposed == ()
        assert "keep_action_points" in session.scalars(select(AuditEntry.action)).all()


def test_points_are_changed_and_removed(database: Database, house: House) -> None:
    keep(database, house, *both(None, None))

    keep(database, house, SaidPoint(REPORT, status=Implementation.ONGOING))

    assert kept(database, house) == [(REPORT, None, Implementation.ONGOING)]


def test_a_form_that_was_opened_before_is_stale(database: Database, house: House) -> None:
    with database.reading() as session:
        version = session.get_one(Mandate, house.mandates[0]).version
    keep(database, house, *both(None, None))

    with pytest.raises(Stale):
        keep(database, house, version=version)


def test_who_writes_for_the_unit_says_how_far_and_nothing_else(
    database: Database, house: House
) -> None:
    keep(database, house, *both(None, None))

    keep(database, house, *both(Implementation.COMPLETED, None), actor=house.focal_point)
    with pytest.raises(NotAllowed):
        keep(database, house, SaidPoint(COUNT), actor=house.focal_point)

    assert kept(database, house)[0] == (COUNT, None, Implementation.COMPLETED)


def test_a_point_of_another_unit_is_that_units_to_say(database: Database, house: House) -> None:
    keep(database, house, SaidPoint(COUNT, house.trade))
    said = SaidPoint(COUNT, house.trade, status=Implementation.COMPLETED)

    with pytest.raises(NotAllowed):
        keep(database, house, said, actor=house.focal_point)
    keep(database, house, said, actor=house.other_focal_point)

    assert kept(database, house) == [(COUNT, house.trade, Implementation.COMPLETED)]


@pytest.mark.parametrize("has_unit", [True, False], ids=["of another unit", "without a unit"])
def test_somebody_who_cannot_answer_is_refused(
    database: Database, house: House, has_unit: bool
) -> None:
    unit_id = house.trade if has_unit else None

    with pytest.raises(Invalid):
        keep(database, house, SaidPoint(COUNT, unit_id, house.focal_point.person_id))


def test_a_mandate_that_is_set_aside_has_none(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[0]).requires_action = False

    with pytest.raises(WrongState):
        keep(database, house, *both(None, None))


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((None, None), TEXT.status),
        ((Implementation.COMPLETED, None), Implementation.IN_PROGRESS),
        ((Implementation.COMPLETED, Implementation.COMPLETED), Implementation.COMPLETED),
    ],
    ids=["nothing said", "one completed", "both completed"],
)
def test_a_report_has_the_status_that_its_points_give(
    database: Database,
    house: House,
    statuses: tuple[Implementation | None, Implementation | None],
    expected: Implementation,
) -> None:
    keep(database, house, *both(*statuses))
    with database.transaction() as session:
        open_biennium(session, house)
        report = report_on(session, house.mandates[0])

        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )

        assert report.status == expected


def test_mine_are_those_given_to_me_and_to_my_unit_until_they_are_over(
    database: Database, house: House
) -> None:
    keep(
        database,
        house,
        SaidPoint(COUNT, house.statistics, house.focal_point.person_id),
        SaidPoint(REPORT, house.statistics),
        SaidPoint("Name the islands", house.trade),
        SaidPoint("Draw the islands", house.statistics, status=Implementation.COMPLETED),
    )

    with database.reading() as session:
        mine = my_action_points(session, house.focal_point)

    assert [point.text for point in mine] == [COUNT, REPORT]
