"""The directory of national focal points: kept, looked up, and never written to."""

from datetime import UTC, date, datetime

import pytest

from tests.post import SITE, TOKENS, Post
from tests.reporting import House, open_biennium
from tests.structure.source import imports_of, tracked
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import NotAllowed, Stale, WrongState
from tracker.domain.national_focal_points import (
    FocalPointDetails,
    FocalPointOrder,
    FocalPointRow,
)
from tracker.domain.permissions import Actor
from tracker.domain.rehearsal import Effect, seal_of
from tracker.models import Base
from tracker.models.national_focal_points import NationalFocalPoint
from tracker.queries.national_focal_points import listed_focal_points
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.national_focal_points import (
    add_focal_point,
    change_focal_point,
    end_focal_point,
    plan_focal_points,
    take_focal_points,
)
from tracker.services.reminders import plan_reminders

TODAY = date(2026, 6, 15)
SEA = FocalPointDetails("CPV", "Ministry of the Sea", "Nadia", "nadia@sea.example", TODAY)


def add(database: Database, actor: Actor, details: FocalPointDetails = SEA) -> NationalFocalPoint:
    with database.transaction() as session:
        return add_focal_point(session, details=details, actor=actor, at=clock.now())


def countries_listed(
    database: Database, *, words: str = "", country: str | None = None
) -> list[str]:
    with database.reading() as session:
        rows = listed_focal_points(session, language="es", on=TODAY, words=words, country=country)
        return [row.country for row in rows]


def test_the_directory_is_in_the_order_of_the_reader_and_looked_up_by_words(
    database: Database, house: House
) -> None:
    add(database, house.coordinator, FocalPointDetails("DEU", "Ministerium"))
    add(database, house.coordinator)

    assert countries_listed(database) == ["DEU", "CPV"]  # Alemania, Cabo Verde
    assert countries_listed(database, words="sea") == ["CPV"]
    assert countries_listed(database, country="DEU") == ["DEU"]


def test_who_has_ended_stands_among_the_former_ones(database: Database, house: House) -> None:
    added = add(database, house.coordinator)
    with database.transaction() as session:
        end_focal_point(
            session,
            focal_point_id=added.id,
            version=added.version,
            on=date(2026, 6, 15),
            actor=house.coordinator,
            at=clock.now(),
        )

    with database.reading() as session:
        tomorrow = listed_focal_points(session, language="en", on=date(2026, 6, 16))
        former = listed_focal_points(
            session,
            language="en",
            on=date(2026, 6, 16),
            shows_ended=True,
            order=FocalPointOrder.DESIGNATED,
        )
    assert (len(tomorrow), len(former)) == (0, 1)
    assert countries_listed(database) == ["CPV"]  # the last day is theirs


def test_one_that_has_not_begun_does_not_end(database: Database, house: House) -> None:
    added = add(database, house.coordinator)

    with pytest.raises(WrongState, match="begins only on"), database.transaction() as session:
        end_focal_point(
            session,
            focal_point_id=added.id,
            version=added.version,
            on=date(2026, 6, 14),
            actor=house.coordinator,
            at=clock.now(),
        )


def test_only_coordinators_keep_the_directory_and_nobody_overwrites_another(
    database: Database, house: House
) -> None:
    with pytest.raises(NotAllowed):
        add(database, house.manager)
    added = add(database, house.coordinator)

    def change(person: str) -> None:
        with database.transaction() as session:
            change_focal_point(
                session,
                focal_point_id=added.id,
                version=added.version,
                details=FocalPointDetails("CPV", "Ministry of the Sea", person),
                actor=house.coordinator,
                at=clock.now(),
            )

    change("Rosa")
    with pytest.raises(Stale):
        change("Nadia")


def test_a_list_is_rehearsed_taken_whole_and_taken_again_without_doubles(
    database: Database, house: House
) -> None:
    rows = [
        FocalPointRow(2, "Cabo Verde", "Ministry of the Sea", "Nadia", document="Note 4"),
        FocalPointRow(3, "Senegal", "Ports"),
    ]
    add(database, house.coordinator)

    def effects() -> list[Effect]:
        with database.reading() as session:
            plan = plan_focal_points(session, rows, actor=house.coordinator)
            return [done.effect for done in plan]

    assert effects() == [Effect.CHANGED, Effect.MADE]
    with database.transaction() as session:
        seal = seal_of(plan_focal_points(session, rows, actor=house.coordinator))
        take_focal_points(session, rows, seal=seal, actor=house.coordinator, at=clock.now())
    assert effects() == [Effect.SAME, Effect.SAME]


def test_a_row_that_stands_twice_or_names_no_country_is_refused(
    database: Database, house: House
) -> None:
    rows = [
        FocalPointRow(2, "Senegal", "Ports"),
        FocalPointRow(3, "SEN", "ports"),
        FocalPointRow(4, "Atlantis", "Ports"),
    ]

    with database.reading() as session:
        plan = plan_focal_points(session, rows, actor=house.coordinator)

    assert [done.effect for done in plan] == [Effect.MADE, Effect.REFUSED, Effect.REFUSED]


def test_no_mail_goes_to_a_national_focal_point(
    database: Database, house: House, travel: Travel
) -> None:
    travel.to(datetime(2026, 6, 16, 9, tzinfo=UTC))
    add(database, house.coordinator)
    post = Post()
    with database.transaction() as session:
        open_biennium(session, house, at=datetime(2026, 2, 1, tzinfo=UTC))
        plan_reminders(session, at=clock.now())
        collect_digests(session, at=clock.now())

    deliver_pending(database, post, site=SITE, tokens=TOKENS, at=clock.now())

    assert post.recipients
    assert "nadia@sea.example" not in post.recipients


def test_no_mail_can_have_a_national_focal_point_as_recipient() -> None:
    tables = Base.metadata.tables
    recipients = {
        key.column.table.name
        for name in ("mail_messages", "notifications")
        for key in tables[name].c.recipient_id.foreign_keys
    }
    pointing = {
        table.name
        for table in tables.values()
        for key in table.foreign_keys
        if key.column.table.name == "national_focal_points"
    }

    assert recipients == {"people"}
    assert pointing == set()


def test_only_their_own_pages_and_the_demo_know_the_directory() -> None:
    model = "tracker.models.national_focal_points"
    knowing = {
        path.name
        for path in tracked("tracker", ".py")
        if model in path.read_text(encoding="utf-8")  # to read the others as code takes seconds
        and any(name.startswith(model) for name in imports_of(path))
    }

    assert knowing == {"national_focal_points.py", "views.py"}
