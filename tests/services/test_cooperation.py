"""Requests and offers are matched with the reason, followed, closed; networks say what was done."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable, FrameworkKind, PartnerKind, PartnerPart
from tracker.domain.cooperation import Member, NoticeDetails, NoticeKind
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, Stale, WrongState
from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.subject_words import WordDetails, Wording
from tracker.domain.subjects import SubjectKind, Verdict
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityFramework, ActivityPartner
from tracker.models.audit import AuditEntry
from tracker.models.cooperation import CooperationNotice, Network
from tracker.models.subjects import SubjectMark
from tracker.queries.cooperation import (
    NoticeFilter,
    activities_with,
    find_network,
    fitting_activities,
    fitting_notices,
    listed_notices,
    networks,
    notices_of_activity,
)
from tracker.services.cooperation import (
    change_notice,
    close_notice,
    enter_notice,
    follow_notice,
    keep_network,
    reopen_notice,
)
from tracker.services.subject_words import add_word

ON = date(2026, 6, 1)
REQUEST = NoticeDetails(
    NoticeKind.REQUEST,
    "Government of Cabo Verde",
    PartnerKind.GOVERNMENT,
    "CPV",
    "Advice on waste in small ports",
    "Ports",
    date(2026, 5, 4),
    words="waste",
)
OFFER = replace(
    REQUEST, kind=NoticeKind.OFFER, party="University", party_kind=PartnerKind.ACADEMIC,
    title="Two experts on port waste", words="",
)  # fmt: skip


def enter(database: Database, actor: Actor, details: NoticeDetails) -> int:
    with database.transaction() as session:
        made = enter_notice(session, details=details, actor=actor, at=clock.now())
        session.flush()
        return made.id


def make_activity(database: Database, house: House, title: str) -> int:
    with arranging(), database.transaction() as session:
        activity = Activity(
            title=title, description="", language="en", deliverable=Deliverable.SEMINAR,
            unit_id=house.statistics, starts_on=date(2026, 3, 1), created_at=clock.now(),
            created_by_id=house.coordinator.person_id,
        )  # fmt: skip
        session.add(activity)
        session.flush()
        return activity.id


def test_what_fits_is_found_with_the_reason_the_best_first(
    database: Database, house: House
) -> None:
    request = enter(database, house.coordinator, REQUEST)
    far = enter(database, house.manager, replace(OFFER, country="SEN", title="Port cranes"))
    best = enter(database, house.focal_point, OFFER)
    enter(database, house.coordinator, replace(OFFER, title="Seeds", sector="Agriculture"))
    enter(database, house.coordinator, replace(OFFER, valid_to=date(2026, 5, 31)))

    with database.reading() as session:
        found = fitting_notices(session, session.get_one(CooperationNotice, request), on=ON)

    assert [each.notice.id for each in found] == [best, far]
    assert found[0].fit.is_same_country
    assert {"waste", "ports"} <= set(found[0].fit.shared)
    assert not found[1].fit.is_same_country


def test_a_notice_is_followed_to_an_activity_and_opened_again(
    database: Database, house: House
) -> None:
    notice_id = enter(database, house.coordinator, REQUEST)
    activity_id = make_activity(database, house, "Seminar on ports")
    with database.reading() as session:
        notice = session.get_one(CooperationNotice, notice_id)
        offered = fitting_activities(session, notice, seen_by=house.coordinator)
    assert [(each.activity.id, each.words) for each in offered] == [(activity_id, ("ports",))]

    with database.transaction() as session:
        follow_notice(
            session, notice_id=notice_id, version=1, activity_id=activity_id,
            actor=house.coordinator, at=clock.now(),
        )  # fmt: skip
    with database.reading() as session:
        assert [each.id for each in notices_of_activity(session, activity_id)] == [notice_id]
        assert listed_notices(session, NoticeFilter(), on=ON) == []
        assert len(listed_notices(session, NoticeFilter(shows_closed=True), on=ON)) == 1
    with database.transaction() as session, pytest.raises(WrongState):
        close_notice(
            session, notice_id=notice_id, version=2, reason="No", actor=house.coordinator,
            at=clock.now(),
        )  # fmt: skip
    with database.transaction() as session:
        reopen_notice(
            session, notice_id=notice_id, version=2, actor=house.coordinator, at=clock.now()
        )
    with database.reading() as session:
        assert len(listed_notices(session, NoticeFilter(), on=ON)) == 1
        told = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [each.rpartition(".")[2] for each in told if each.startswith("cooperation")] == [
        "entered", "followed", "reopened",
    ]  # fmt: skip


def test_it_is_closed_for_a_reason_only(database: Database, house: House) -> None:
    notice_id = enter(database, house.coordinator, REQUEST)

    for reason, refusal in ((" ", Invalid), ("Withdrawn by the Government.", None)):
        with database.transaction() as session:
            if refusal:
                with pytest.raises(refusal):
                    close_notice(
                        session, notice_id=notice_id, version=1, reason=reason,
                        actor=house.coordinator, at=clock.now(),
                    )  # fmt: skip
            else:
                close_notice(
                    session, notice_id=notice_id, version=1, reason=reason,
                    actor=house.coordinator, at=clock.now(),
                )  # fmt: skip

    with database.reading() as session:
        assert session.get_one(CooperationNotice, notice_id).closed_because.startswith("Withdrawn")


def test_a_stale_change_and_a_viewer_are_refused(database: Database, house: House) -> None:
    notice_id = enter(database, house.coordinator, REQUEST)

    with pytest.raises(NotAllowed):
        enter(database, house.viewer, REQUEST)
    with database.transaction() as session, pytest.raises(Stale):
        change_notice(
            session, notice_id=notice_id, version=9, details=OFFER, actor=house.coordinator,
            at=clock.now(),
        )  # fmt: skip


def test_a_list_is_narrowed_by_kind_country_and_words(database: Database, house: House) -> None:
    request = enter(database, house.coordinator, REQUEST)
    offer = enter(database, house.coordinator, replace(OFFER, country="SEN"))

    def found(wanted: NoticeFilter) -> list[int]:
        with database.reading() as session:
            return [each.id for each in listed_notices(session, wanted, on=ON)]

    assert found(NoticeFilter()) == [offer, request]
    assert found(NoticeFilter(kind=NoticeKind.REQUEST)) == [request]
    assert found(NoticeFilter(country="SEN")) == [offer]
    assert found(NoticeFilter(words="verde small")) == [request]


def keep(database: Database, actor: Actor, network_id: int | None = None, **more: object) -> int:
    told = {"name": "Network of Small Ports", "purpose": "", "version": 1, "members": []} | more
    with database.transaction() as session:
        made = keep_network(
            session, network_id=network_id, actor=actor, at=clock.now(),
            **told,  # type: ignore[arg-type] # each test names what it needs
        )  # fmt: skip
        return made.id


def test_a_network_names_the_activities_that_were_done_with_it(
    database: Database, house: House
) -> None:
    network_id = keep(database, house.coordinator, members=[Member("Mindelo", "CPV")])
    first, second = (make_activity(database, house, title) for title in ("First", "Second"))
    make_activity(database, house, "Third")
    keep(database, house.coordinator, name="Network of coasts")
    with arranging(), database.transaction() as session:
        session.get_one(Activity, second).sensitivity = Sensitivity.CONFIDENTIAL
        session.add_all(
            [
                ActivityFramework(
                    activity_id=first, kind=FrameworkKind.NETWORK, name="network of small ports"
                ),
                ActivityPartner(
                    activity_id=second, name="Network of Small Ports", kind=PartnerKind.NETWORK,
                    part=next(iter(PartnerPart)),
                ),
            ]
        )  # fmt: skip

    with database.reading() as session:
        network = find_network(session, network_id)
        assert network is not None
        done, count = activities_with(session, network, seen_by=house.coordinator)
        listed = {each.name: each for each in networks(session, seen_by=house.coordinator)}
        seen = {each.name: each for each in networks(session, seen_by=house.viewer)}

    assert ([each.title for each in done], count) == (["First", "Second"], 2)
    ports = listed["Network of Small Ports"]
    assert (ports.members, ports.activities, listed["Network of coasts"].activities) == (1, 2, 0)
    assert seen["Network of Small Ports"].activities == 1


def test_members_change_and_a_name_is_taken_once(database: Database, house: House) -> None:
    network_id = keep(database, house.coordinator, members=[Member("Mindelo"), Member("Praia")])

    keep(database, house.coordinator, network_id, members=[Member("Praia", "CPV")])

    with database.reading() as session:
        network = find_network(session, network_id)
        assert network is not None
        assert [(each.name, each.country) for each in network.members] == [("Praia", "CPV")]
    with pytest.raises(Duplicate):
        keep(database, house.coordinator, name="network of small ports")
    with pytest.raises(NotAllowed):
        keep(database, house.viewer, name="Another")
    with database.reading() as session:
        assert len(session.scalars(select(Network)).all()) == 1


def test_an_activity_that_is_about_a_word_of_the_house_comes_first(
    database: Database, house: House
) -> None:
    notice_id = enter(database, house.coordinator, REQUEST)
    titled = make_activity(database, house, "Seminar on ports")
    about = make_activity(database, house, "Quay walls")
    with arranging(), database.transaction() as session:
        ports = WordDetails(None, {"en": Wording("Ports")})
        word = add_word(session, details=ports, actor=house.coordinator, at=clock.now())
        session.flush()
        session.add(
            SubjectMark(
                activity_id=about, kind=SubjectKind.WORD, key=str(word.id), words="",
                verdict=Verdict.ADDED, decided_at=clock.now(),
                decided_by_id=house.coordinator.person_id,
            )
        )  # fmt: skip

    with database.reading() as session:
        notice = session.get_one(CooperationNotice, notice_id)
        offered = fitting_activities(session, notice, seen_by=house.coordinator)

    assert [(each.activity.id, each.words) for each in offered] == [
        (about, ("ports",)),
        (titled, ("ports",)),
    ]
