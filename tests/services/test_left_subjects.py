"""All that is left of a subject is confirmed in one step, by whoever may, and taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.domain.search import SearchKind
from tracker.domain.subject_words import WordDetails, Wording
from tracker.domain.subjects import AboutKind, Choice, Subject, SubjectKind, Verdict
from tracker.models.audit import AuditEntry
from tracker.models.instruments import ClauseText
from tracker.models.mandates import Mandate
from tracker.models.subjects import SubjectMark
from tracker.queries import left_subjects
from tracker.queries.left_subjects import LeftOfSubject, last_step, left_of_subject
from tracker.services.search_entries import refresh
from tracker.services.subject_words import add_word
from tracker.services.subjects import (
    confirm_left,
    decide_subjects,
    seal_of_choices,
    take_back_step,
)

OCEANS = Subject(SubjectKind.GOAL, "14")
MANDATE = AboutKind.MANDATE


@pytest.fixture
def fisheries(database: Database, house: House) -> House:
    """Let three clauses speak of fisheries, in words of their own."""
    texts = ("To study the fisheries;", "On fishery of Chile, and SDG 14;", "For Goal 14 alone;")
    with arranging(), database.transaction() as session:
        for mandate_id, text in zip(house.mandates, texts, strict=True):
            clause_id = session.get_one(Mandate, mandate_id).clause_id
            session.scalars(select(ClauseText).filter_by(clause_id=clause_id)).one().text = text
            session.flush()
            refresh(session, [(SearchKind.MANDATE, clause_id)])
    return house


def left(session: Session, actor: Actor, subject: Subject = OCEANS) -> LeftOfSubject:
    return left_of_subject(session, subject, MANDATE, actor)


def ids(found: LeftOfSubject) -> set[int]:
    return {row.id for row in found.rows}


def confirm(session: Session, actor: Actor, found: LeftOfSubject) -> int:
    return confirm_left(
        session, left=found.words, seal=seal_of_choices(found.words), actor=actor, at=clock.now()
    )


def test_all_that_is_proposed_is_found_however_it_is_named(
    database: Database, fisheries: House
) -> None:
    with database.reading() as session:
        found = left(session, fisheries.coordinator)
        chile = left(session, fisheries.coordinator, Subject(SubjectKind.COUNTRY, "CHL"))
        target = left(session, fisheries.coordinator, Subject(SubjectKind.TARGET, "14.7"))

    assert ids(found) == set(fisheries.mandates)
    assert set(found.words.values()) == {"fisheries", "SDG 14", "Goal 14"}
    assert ids(chile) == {fisheries.mandates[1]}
    assert ids(target) == set()


def test_what_is_decided_set_aside_or_of_another_unit_is_left_out(
    database: Database, fisheries: House
) -> None:
    first, second, third = fisheries.mandates
    with arranging(), database.transaction() as session:
        decide_subjects(
            session, choices=[Choice(MANDATE, first, OCEANS)], verdict=Verdict.REFUSED, words={},
            actor=fisheries.coordinator, at=clock.now(),
        )  # fmt: skip
        session.get_one(Mandate, second).requires_action = False
        session.flush()

        assert ids(left(session, fisheries.coordinator)) == {third}
        assert ids(left(session, fisheries.manager)) == set()


def test_a_step_is_confirmed_and_taken_back_with_its_trace(
    database: Database, fisheries: House
) -> None:
    with database.transaction() as session:
        count = confirm(session, fisheries.coordinator, left(session, fisheries.coordinator))
        step = last_step(session, OCEANS, MANDATE, fisheries.coordinator)
        assert count == 3
        assert step is not None
        assert step.count == 3
        assert ids(left(session, fisheries.coordinator)) == set()
        decide_subjects(
            session, choices=[Choice(MANDATE, fisheries.mandates[0], OCEANS)],
            verdict=Verdict.REFUSED, words={}, actor=fisheries.manager,
            at=clock.now() + timedelta(minutes=1),
        )  # fmt: skip
        session.flush()

        taken = take_back_step(
            session, subject=OCEANS, about=MANDATE, decided_at=step.decided_at,
            actor=fisheries.coordinator, at=clock.now(),
        )  # fmt: skip
        session.flush()

        assert taken == 2
        assert ids(left(session, fisheries.coordinator)) == set(fisheries.mandates[1:])
        assert [mark.verdict for mark in session.scalars(select(SubjectMark))] == [Verdict.REFUSED]
        told = session.scalars(select(AuditEntry).filter_by(action="subject.taken_back")).all()
        assert {entry.subject_id for entry in told} == set(fisheries.mandates[1:])
        with pytest.raises(WrongState):
            take_back_step(
                session, subject=OCEANS, about=MANDATE, decided_at=step.decided_at,
                actor=fisheries.coordinator, at=clock.now(),
            )  # fmt: skip


def test_only_what_was_looked_at_is_confirmed(database: Database, fisheries: House) -> None:
    with database.transaction() as session:
        found = left(session, fisheries.coordinator)
        seal = seal_of_choices(list(found.words)[1:])

        with pytest.raises(Stale):
            confirm_left(
                session, left=found.words, seal=seal, actor=fisheries.coordinator, at=clock.now()
            )


def test_a_step_reads_so_many_texts_at_most_and_the_next_goes_on(
    database: Database, fisheries: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(left_subjects, "MOST_LEFT", 2)
    with database.reading() as session:
        newest = left(session, fisheries.coordinator)
        assert newest.older is not None
        older = left_of_subject(session, OCEANS, MANDATE, fisheries.coordinator, newest.older)

    assert len(newest.rows) == 2
    assert len(older.rows) == 1
    assert older.older is None
    assert ids(newest) | ids(older) == set(fisheries.mandates)


def test_a_subject_word_is_looked_for_by_all_its_terms(
    database: Database, fisheries: House
) -> None:
    with database.transaction() as session:
        word = add_word(
            session, details=WordDetails(1, {"en": Wording("Seafood", ("fishery", "study"))}),
            actor=fisheries.coordinator, at=clock.now(),
        )  # fmt: skip
        session.flush()
        subject = Subject(SubjectKind.WORD, str(word.id))

        assert ids(left(session, fisheries.coordinator, subject)) == set(fisheries.mandates[:2])
