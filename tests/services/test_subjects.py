"""People confirm and refuse what records are about; counts open exactly what they count."""

from collections.abc import Iterable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import Deliverable
from tracker.domain.errors import Invalid, NotAllowed, NotFound
from tracker.domain.mandates import Sensitivity
from tracker.domain.permissions import Actor
from tracker.domain.subjects import AboutKind, Choice, Subject, SubjectKind, Verdict
from tracker.models.activities import Activity
from tracker.models.activity_parts import ActivityCountry
from tracker.models.audit import AuditEntry
from tracker.models.instruments import ClauseText
from tracker.models.mandates import Mandate
from tracker.queries.paging import Place
from tracker.queries.subjects import (
    Counts,
    activities_about,
    counts_of_subject,
    described,
    described_page,
    mandates_about,
    subject_counts,
    subjects_of,
)
from tracker.services.subjects import decide_subjects

SMALL_ISLANDS = Subject(SubjectKind.TARGET, "14.7")
OCEANS = Subject(SubjectKind.GOAL, "14")
CHILE = Subject(SubjectKind.COUNTRY, "CHL")


@pytest.fixture
def activity_id(database: Database, house: House) -> int:
    """Put an activity in Chile there, and a clause on fisheries."""
    with arranging(), database.transaction() as session:
        first = session.get_one(Mandate, house.mandates[0])
        said = session.scalars(select(ClauseText).filter_by(clause_id=first.clause_id)).one()
        said.text = "To study the fisheries of Chile;"
        activity = Activity(
            deliverable=Deliverable.PUBLICATION,
            title="Study of marine energy",
            description="",
            language="en",
            unit_id=house.statistics,
            starts_on=date(2025, 3, 1),
            created_at=clock.now(),
            created_by_id=house.coordinator.person_id,
            countries=[ActivityCountry(country="CHL")],
        )
        session.add(activity)
        session.flush()
        return activity.id


def of_mandate(house: House, place: int, subject: Subject = OCEANS) -> Choice:
    return Choice(AboutKind.MANDATE, house.mandates[place], subject)


def decide(
    session: Session,
    actor: Actor,
    choices: Iterable[Choice],
    verdict: Verdict = Verdict.CONFIRMED,
) -> int:
    chosen = list(choices)
    return decide_subjects(
        session,
        choices=chosen,
        verdict=verdict,
        words=dict.fromkeys(chosen, "fisheries"),
        actor=actor,
        at=clock.now(),
    )


def test_a_proposal_stands_on_words_until_it_is_decided(
    database: Database, house: House, activity_id: int
) -> None:
    with database.transaction() as session:
        row = described(session, AboutKind.MANDATE, house.mandates[0], house.viewer)
        assert row is not None
        told = {each.subject: each.words for each in row.proposals}
        assert told == {OCEANS: "fisheries", CHILE: "Chile"}

        decide(session, house.coordinator, [of_mandate(house, 0)])
        decide(session, house.coordinator, [of_mandate(house, 0, CHILE)], Verdict.REFUSED)

        row = described(session, AboutKind.MANDATE, house.mandates[0], house.viewer)
        assert row is not None
        assert (row.subjects, row.proposals) == ((OCEANS,), ())


def test_many_are_decided_in_one_step_each_with_its_trace(
    database: Database, house: House, activity_id: int
) -> None:
    activity = Choice(AboutKind.ACTIVITY, activity_id, OCEANS)
    with database.transaction() as session:
        count = decide(
            session, house.coordinator, [*(of_mandate(house, n) for n in range(3)), activity]
        )

        assert count == 4
        entries = session.scalars(select(AuditEntry).filter_by(action="subject.confirmed")).all()
        assert [entry.subject_kind for entry in entries] == ["mandates"] * 3 + ["activities"]
        assert (entries[0].after or {})["words"] == "fisheries"


def test_deciding_the_same_again_changes_nothing(
    database: Database, house: House, activity_id: int
) -> None:
    with database.transaction() as session:
        decide(session, house.coordinator, [of_mandate(house, 0)])

        assert decide(session, house.manager, [of_mandate(house, 0)]) == 0
        assert decide(session, house.manager, [of_mandate(house, 0)], Verdict.REFUSED) == 1
        assert subjects_of(session, AboutKind.MANDATE, house.mandates[0]) == ()


def test_each_decides_in_their_unit(database: Database, house: House, activity_id: int) -> None:
    with database.transaction() as session:
        decide(session, house.focal_point, [of_mandate(house, 0)])

        with pytest.raises(NotAllowed):
            decide(session, house.focal_point, [of_mandate(house, 2)])
        with pytest.raises(NotAllowed):
            decide(session, house.viewer, [of_mandate(house, 0)], Verdict.REFUSED)


def test_what_cannot_be_decided_is_refused(
    database: Database, house: House, activity_id: int
) -> None:
    with database.transaction() as session:
        with pytest.raises(Invalid, match="at least one"):
            decide(session, house.coordinator, [])
        with pytest.raises(Invalid, match="at most"):
            decide(session, house.coordinator, [of_mandate(house, 0)] * 501)
        with pytest.raises(NotFound):
            decide(session, house.coordinator, [Choice(AboutKind.MANDATE, 999, OCEANS)])
        with pytest.raises(Invalid, match="own page"):
            decide(session, house.coordinator, [Choice(AboutKind.ACTIVITY, activity_id, CHILE)])


def test_counts_open_exactly_what_they_count_for_each_reader(
    database: Database, house: House, activity_id: int
) -> None:
    with arranging(), database.transaction() as session:
        decide(
            session,
            house.coordinator,
            [
                of_mandate(house, 0), of_mandate(house, 2), of_mandate(house, 0, CHILE),
                of_mandate(house, 0, SMALL_ISLANDS), of_mandate(house, 1, SMALL_ISLANDS),
                Choice(AboutKind.ACTIVITY, activity_id, OCEANS),
            ],
        )  # fmt: skip
        session.get_one(Mandate, house.mandates[2]).sensitivity = Sensitivity.CONFIDENTIAL
        session.flush()

        for actor, mandates in (
            (house.viewer, 2),
            (house.coordinator, 3),
            (house.other_manager, 3),
        ):
            counts = subject_counts(session, actor)
            assert counts == {
                OCEANS: Counts(mandates, 1),  # with those of its target, each once
                SMALL_ISLANDS: Counts(2, 0),
                CHILE: Counts(1, 1),
            }
            for subject, count in counts.items():
                assert counts_of_subject(session, subject, actor) == count
                listed = mandates_about(session, subject, actor, Place())
                done = activities_about(session, subject, actor, Place())
                assert (len(listed.rows), listed.total) == (count.mandates, count.mandates)
                assert (len(done.rows), done.total) == (count.activities, count.activities)


def test_proposals_are_listed_for_what_is_asked_of_us(
    database: Database, house: House, activity_id: int
) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Mandate, house.mandates[1]).requires_action = False

        page = described_page(session, AboutKind.MANDATE, house.coordinator, Place())
        done = described_page(session, AboutKind.ACTIVITY, house.coordinator, Place())

    assert [row.id for row in page.rows] == [house.mandates[2], house.mandates[0]]
    assert {each.subject.key for each in done.rows[0].proposals} == {"14", "7"}
