"""Views of lists are kept, shared and handed over, and each reader sees those meant for them."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, NotAllowed, NotFound, Refused, Stale, WrongState
from tracker.domain.handovers import OpenKind
from tracker.domain.permissions import Actor, Role
from tracker.domain.saved_views import ListKey, SharedWith, Sharing
from tracker.models.audit import AuditEntry
from tracker.models.people import OrganizationalUnit
from tracker.models.saved_views import SavedView
from tracker.queries.handovers import open_rows
from tracker.queries.saved_views import gone_from, kept_view, kept_views
from tracker.services import saved_views
from tracker.services.saved_views import change_view, give_views, keep_view, remove_view

ALONE, ALL = SharedWith(Sharing.NOBODY), SharedWith(Sharing.EVERYBODY)


def kept(session: Session, actor: Actor, name: str = "Late", **values: Any) -> SavedView:
    """Keep a view of mandates."""
    given: dict[str, Any] = {"list_key": ListKey.MANDATES, "query": "unit=1", "shared_with": ALONE}
    return keep_view(session, name=name, actor=actor, at=clock.now(), **(given | values))


def names(session: Session, actor: Actor) -> list[str]:
    return [view.name for view in kept_views(session, actor)]


def test_a_view_of_ones_own_is_seen_by_nobody_else(database: Database, house: House) -> None:
    with database.transaction() as session:
        kept(session, house.focal_point)

        assert names(session, house.focal_point) == ["Late"]
        assert names(session, house.manager) == names(session, house.coordinator) == []


def test_a_view_of_a_unit_is_seen_in_the_unit(database: Database, house: House) -> None:
    with database.transaction() as session:
        kept(session, house.manager, shared_with=SharedWith(Sharing.UNIT, house.statistics))

        assert names(session, house.focal_point) == ["Late"]
        assert names(session, house.other_focal_point) == []


def test_a_view_of_everybody_is_seen_by_all_with_whose_it_is(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        kept(session, house.coordinator, shared_with=ALL)
        kept(session, house.viewer, "An own one")

        first, second = kept_views(session, house.viewer)

    assert (first.name, first.is_own, first.may_change) == ("An own one", True, True)
    assert (second.owner, second.is_own, second.may_change) == ("Carla Coordinator", False, False)


@pytest.mark.parametrize(
    ("who", "shared_with", "may"),
    [
        ("focal_point", "unit", True),
        ("other_focal_point", "unit", False),
        ("focal_point", "everybody", False),
        ("manager", "everybody", False),
        ("editor", "everybody", True),
        ("viewer", "everybody", False),
        ("viewer", "unit", False),
    ],
)
def test_who_may_share_with_whom(
    database: Database, house: House, who: str, shared_with: str, may: bool
) -> None:
    wanted = SharedWith(Sharing.UNIT, house.statistics) if shared_with == "unit" else ALL
    with database.transaction() as session:
        if may:
            assert kept(session, getattr(house, who), shared_with=wanted).id
        else:
            with pytest.raises(NotAllowed):
                kept(session, getattr(house, who), shared_with=wanted)


def test_a_name_is_taken_once_in_a_list(database: Database, house: House) -> None:
    with database.transaction() as session:
        kept(session, house.viewer)
        kept(session, house.viewer, list_key=ListKey.SEARCH)

        with pytest.raises(Duplicate, match="called Late already"):
            kept(session, house.viewer)


def test_there_is_an_end_to_the_views_of_a_person(
    database: Database, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 1)
    with database.transaction() as session:
        kept(session, house.viewer)

        with pytest.raises(WrongState, match="Remove one"):
            kept(session, house.viewer, "Another")


def test_a_view_is_renamed_shared_and_shows_something_else(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        view = kept(session, house.coordinator)
        change_view(
            session,
            view_id=view.id,
            version=view.version,
            name="Late in Trade",
            shared_with=ALL,
            query="unit=2&after=x",
            actor=house.coordinator,
            at=clock.now(),
        )

        assert names(session, house.viewer) == ["Late in Trade"]
        assert view.filter == "unit=2"
        entry = session.scalars(select(AuditEntry).filter_by(action="view.changed")).one()
        assert (entry.before or {})["name"] == "Late"
        assert (entry.after or {})["shared_with"] == "everybody"


def test_a_stale_change_and_a_strangers_change_are_refused(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        view = kept(session, house.coordinator, shared_with=ALL)
        given: dict[str, Any] = {
            "view_id": view.id,
            "name": "Mine",
            "shared_with": ALL,
            "at": clock.now(),
        }

        with pytest.raises(Stale):
            change_view(session, version=7, actor=house.coordinator, **given)
        with pytest.raises(NotAllowed):
            change_view(session, version=1, actor=house.manager, **given)


def test_who_looks_after_the_house_removes_what_is_shared_and_nothing_private(
    database: Database, house: House
) -> None:
    unit = SharedWith(Sharing.UNIT, house.statistics)
    with database.transaction() as session:
        private, shared = kept(session, house.manager), kept(session, house.manager, "S")
        shared.sharing, shared.unit_id = unit.sharing, unit.unit_id
        session.flush()
        act: dict[str, Any] = {"actor": house.coordinator, "at": clock.now()}

        remove_view(session, view_id=shared.id, version=shared.version, **act)

        with pytest.raises(NotAllowed):
            remove_view(session, view_id=private.id, version=private.version, **act)
        assert session.scalars(select(AuditEntry.action)).all()[-1] == "view.removed"


def test_a_view_that_is_not_for_the_reader_is_not_there(database: Database, house: House) -> None:
    with database.transaction() as session:
        view = kept(session, house.manager)

        with pytest.raises(NotFound, match="not shared with you"):
            kept_view(session, view.id, house.coordinator)


def test_what_a_filter_names_and_is_gone_is_told(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        assert gone_from(session, f"unit={house.trade}&resolution=1&nature=x") == ()
        session.get_one(OrganizationalUnit, house.trade).closed_at = clock.now()
        session.flush()

        gone = gone_from(session, f"unit={house.trade}&resolution=77&session=5&adopted_by=6")

    assert gone == ("unit", "resolution", "session", "adopted_by")


def test_shared_views_of_who_leaves_go_to_a_successor_and_private_ones_stay(
    database: Database, house: House
) -> None:
    unit = SharedWith(Sharing.UNIT, house.statistics)
    with database.transaction() as session:
        kept(session, house.manager, "Private")
        shared = kept(session, house.manager, shared_with=unit)
        kept(session, house.focal_point, shared_with=unit)
        rows = open_rows(session, house.manager.person_id, today=clock.today("UTC"))

        give_views(
            session,
            [(shared.id, house.focal_point.person_id)],
            actor=house.coordinator,
            at=clock.now(),
        )

        left = [(row.item.id, row.text) for row in rows if row.item.kind is OpenKind.VIEW]
        assert left == [(shared.id, "Late")]
        assert names(session, house.focal_point) == ["Late", "Late (2)"]
        assert names(session, house.manager) == ["Private", "Late", "Late (2)"]


def test_nobody_without_a_role_keeps_a_view(database: Database, house: House) -> None:
    stranger = replace(house.viewer, roles=frozenset[tuple[Role, int | None]]())
    with database.transaction() as session, pytest.raises(Refused):
        kept(session, stranger)
