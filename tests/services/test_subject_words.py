"""Subject words are kept by whoever may, propose themselves in texts, and are merged and listed."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House, counted_statements
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Duplicate, Invalid, NotAllowed, Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.domain.rehearsal import Effect, seal_of
from tracker.domain.subject_words import WordDetails, Wording, check_wordings
from tracker.domain.subjects import AboutKind, Choice, Subject, SubjectKind, Verdict
from tracker.models.audit import AuditEntry
from tracker.models.instruments import Body, ClauseText
from tracker.models.mandates import Mandate
from tracker.models.subjects import SubjectMark, SubjectWord
from tracker.queries.paging import Place
from tracker.queries.subject_words import find_word, words_in_use
from tracker.queries.subjects import (
    Counts,
    counts_of_subject,
    described,
    mandates_about,
    subject_counts,
    subjects_of,
)
from tracker.reading.subject_word_list import read_subject_word_list
from tracker.services.subject_word_list import plan_words, take_words
from tracker.services.subject_words import (
    add_word,
    bring_back_word,
    change_word,
    merge_words,
    retire_word,
)
from tracker.services.subjects import decide_subjects

PORTS = WordDetails(None, {"en": Wording("Ports", ("harbours",)), "es": Wording("Puertos")})


def word_of(word_id: int) -> Subject:
    return Subject(SubjectKind.WORD, str(word_id))


def add(session: Session, actor: Actor, details: WordDetails = PORTS) -> int:
    added = add_word(session, details=details, actor=actor, at=clock.now())
    session.flush()
    return added.id


def say(
    session: Session,
    house: House,
    place: int,
    word_id: int,
    verdict: Verdict = Verdict.ADDED,
) -> None:
    decide_subjects(
        session,
        choices=[Choice(AboutKind.MANDATE, house.mandates[place], word_of(word_id))],
        verdict=verdict,
        words={},
        actor=house.coordinator,
        at=clock.now(),
    )


def rewrite(session: Session, mandate_id: int, text: str) -> None:
    clause_id = session.get_one(Mandate, mandate_id).clause_id
    session.scalars(select(ClauseText).filter_by(clause_id=clause_id)).one().text = text
    session.flush()


def proposed(session: Session, house: House, place: int = 0) -> Mapping[Subject, str]:
    row = described(session, AboutKind.MANDATE, house.mandates[place], house.viewer)
    assert row is not None
    return {each.subject: each.words for each in row.proposals}


@pytest.mark.parametrize(
    ("text", "words"),
    [("To dredge a port;", "port"), ("To count the harbours;", "harbours"), ("To count;", None)],
    ids=["its name in the singular", "another word for it", "neither"],
)
def test_a_word_is_proposed_where_a_text_holds_it(
    database: Database, house: House, text: str, words: str | None
) -> None:
    with arranging(), database.transaction() as session:
        rewrite(session, house.mandates[0], text)
        word_id = add(session, house.coordinator)

        assert proposed(session, house).get(word_of(word_id)) == words


def test_a_word_of_another_body_is_neither_proposed_nor_taken(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        rewrite(session, house.mandates[0], "To dredge the ports;")
        session.add(Body(key="other", name="Other", language="en"))
        session.flush()
        other = session.scalars(select(Body.id).filter_by(key="other")).one()
        word_id = add(session, house.coordinator, WordDetails(other, PORTS.wordings))

        assert word_of(word_id) not in proposed(session, house)
        with pytest.raises(Invalid, match="another body"):
            say(session, house, 0, word_id)


def test_only_who_keeps_the_list_changes_it(database: Database, house: House) -> None:
    with database.transaction() as session:
        for actor in (house.viewer, house.manager, house.focal_point):
            with pytest.raises(NotAllowed):
                add(session, actor)


def test_a_name_stands_once_for_the_texts_of_a_body(database: Database, house: House) -> None:
    with database.transaction() as session:
        body_id = session.scalars(select(Body.id)).first()
        first = add(session, house.coordinator)
        with pytest.raises(Duplicate, match="PUERTOS"):
            add(session, house.coordinator, WordDetails(body_id, {"es": Wording("PUERTOS")}))
        retire_word(session, word_id=first, version=1, actor=house.coordinator, at=clock.now())
        session.flush()
        add(session, house.coordinator, WordDetails(body_id, {"es": Wording("PUERTOS")}))
        session.flush()

        with pytest.raises(Duplicate):
            bring_back_word(
                session, word_id=first, version=2, actor=house.coordinator, at=clock.now()
            )


def test_a_retired_word_keeps_what_was_said_and_is_proposed_no_more(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        for place in (0, 1):
            rewrite(session, house.mandates[place], "To dredge the ports;")
        word_id = add(session, house.coordinator)
        say(session, house, 0, word_id)
        retire_word(session, word_id=word_id, version=1, actor=house.coordinator, at=clock.now())
        session.flush()

        assert subjects_of(session, AboutKind.MANDATE, house.mandates[0]) == (word_of(word_id),)
        assert word_of(word_id) not in proposed(session, house, 1)
        with pytest.raises(Invalid, match="not in use"):
            say(session, house, 1, word_id)
        with pytest.raises(WrongState):
            retire_word(
                session, word_id=word_id, version=2, actor=house.coordinator, at=clock.now()
            )

        bring_back_word(
            session, word_id=word_id, version=2, actor=house.coordinator, at=clock.now()
        )
        session.flush()
        assert word_of(word_id) in proposed(session, house, 1)


def test_a_changed_word_leaves_a_trace_and_a_stale_change_is_refused(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        word_id = add(session, house.coordinator)
    changed = WordDetails(None, {"en": Wording("Harbours"), "fr": Wording("Ports")})
    arguments: dict[str, Any] = {
        "word_id": word_id,
        "details": changed,
        "actor": house.coordinator,
        "at": clock.now(),
    }
    with database.transaction() as session:
        change_word(session, version=1, **arguments)
    with database.transaction() as session:
        with pytest.raises(Stale):
            change_word(session, version=1, **arguments)
        word = find_word(session, word_id)
        assert word is not None
        assert (word.version, dict(word.wordings)) == (2, changed.wordings)
        entry = session.scalars(select(AuditEntry).filter_by(action="subject_word.changed")).one()
        assert (entry.before or {})["name_es"] == "Puertos"
        assert "name_es" not in (entry.after or {})


def test_no_word_is_a_part_of_its_own_part(database: Database, house: House) -> None:
    with database.transaction() as session:
        whole = add(session, house.coordinator)
        part = WordDetails(None, {"en": Wording("Cranes")}, whole)
        part_id = add(session, house.coordinator, part)

        with pytest.raises(Invalid, match="own part"):
            change_word(
                session,
                word_id=whole,
                version=1,
                details=WordDetails(None, PORTS.wordings, part_id),
                actor=house.coordinator,
                at=clock.now(),
            )


def test_what_was_said_with_a_merged_word_is_said_with_the_other(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        into = add(session, house.coordinator)
        merged = add(
            session, house.coordinator, WordDetails(None, {"en": Wording("Piers", ("docks",))})
        )
        say(session, house, 0, merged)
        say(session, house, 1, merged)
        say(session, house, 1, into, Verdict.REFUSED)
        say(session, house, 2, merged, Verdict.REFUSED)
        say(session, house, 2, into)

        count = merge_words(
            session, word_id=merged, version=1, into_id=into, actor=house.coordinator,
            at=clock.now(),
        )  # fmt: skip
        session.flush()

        assert count == 2
        for place in range(3):
            assert subjects_of(session, AboutKind.MANDATE, house.mandates[place]) == (
                word_of(into),
            )
        assert not session.scalars(select(SubjectMark).filter_by(key=str(merged))).all()
        kept = find_word(session, into)
        assert kept is not None
        assert kept.wordings["en"] == Wording("Ports", ("harbours", "Piers", "docks"))
        gone = session.get_one(SubjectWord, merged)
        assert gone.merged_into_id == into
        with pytest.raises(WrongState):
            bring_back_word(
                session, word_id=merged, version=gone.version, actor=house.coordinator,
                at=clock.now(),
            )  # fmt: skip


def test_a_word_merged_into_a_part_of_its_part_leaves_no_ring(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        top = add(session, house.coordinator, WordDetails(None, {"en": Wording("Transport")}))
        whole = add(session, house.coordinator, WordDetails(None, PORTS.wordings, top))
        part = add(session, house.coordinator, WordDetails(None, {"en": Wording("Piers")}, whole))
        least = add(session, house.coordinator, WordDetails(None, {"en": Wording("Cranes")}, part))

        merge_words(
            session, word_id=whole, version=1, into_id=least, actor=house.coordinator,
            at=clock.now(),
        )  # fmt: skip
        session.flush()

        assert session.get_one(SubjectWord, least).broader_id == top
        assert session.get_one(SubjectWord, part).broader_id == least
        traces = select(AuditEntry).filter_by(action="subject_word.changed", subject_id=least)
        trace = session.scalars(traces).one()
        assert (trace.before or {})["broader_id"] == part
        assert (trace.after or {})["terms_en"] == "Ports, harbours"


def test_a_merged_word_takes_no_name_that_a_third_word_has(
    database: Database, house: House
) -> None:
    with database.transaction() as session:
        into = add(session, house.coordinator, WordDetails(None, {"en": Wording("Transport")}))
        merged = add(session, house.coordinator)
        retire_word(session, word_id=merged, version=1, actor=house.coordinator, at=clock.now())
        session.flush()
        add(session, house.coordinator, WordDetails(None, {"es": Wording("Puertos")}))

        with pytest.raises(Duplicate, match="Puertos"):
            merge_words(
                session, word_id=merged, version=2, into_id=into, actor=house.coordinator,
                at=clock.now(),
            )  # fmt: skip


def test_a_list_adds_and_changes_words_whatever_the_order_of_its_rows(
    database: Database, house: House
) -> None:
    text = (
        "body,name_en,terms_en,name_es,broader\n"
        "*,Cranes,,Grúas,Ports\n"
        "*,Ports,quays,,\n"
        "eco,Seeds,seed;plant,,\n"
    )
    rows = read_subject_word_list(text)
    with database.transaction() as session:
        add(session, house.coordinator)
    with database.transaction() as session:
        plan = plan_words(session, rows, actor=house.coordinator)
        assert [done.effect for done in plan] == [Effect.MADE, Effect.CHANGED, Effect.MADE]

        take_words(session, rows, seal=seal_of(plan), actor=house.coordinator, at=clock.now())

    with database.reading() as session:
        words = {word.name("en"): word for word in words_in_use(session)}
        assert words["Cranes"].broader_id == words["Ports"].id
        assert words["Ports"].wordings == {"en": Wording("Ports", ("quays",))}
        assert words["Seeds"].body_key == "eco"
        again = plan_words(session, rows, actor=house.coordinator)
        assert {done.effect for done in again} == {Effect.SAME}


def test_two_rows_that_change_one_word_are_refused(database: Database, house: House) -> None:
    with database.transaction() as session:
        word_id = add(session, house.coordinator)
        rows = read_subject_word_list(f"number,body,name_en\n,*,Ports\n{word_id},*,Quays\n")

        plan = plan_words(session, rows, actor=house.coordinator)

    assert [done.effect for done in plan] == [Effect.REFUSED, Effect.REFUSED]
    assert "stands in the list twice" in str(plan[0].refusals[0])


def test_a_name_that_a_word_of_all_bodies_has_is_refused_when_the_list_is_looked_at(
    database: Database, house: House
) -> None:
    rows = read_subject_word_list("body,name_en\neco,Ports\neco,Seeds\n")
    with database.transaction() as session:
        add(session, house.coordinator)

        taken, free = plan_words(session, rows, actor=house.coordinator)

    assert (taken.effect, free.effect) == (Effect.REFUSED, Effect.MADE)
    assert "There is a subject word “Ports” already" in str(taken.refusals[0])


def test_a_long_list_looks_the_words_up_no_more_often_than_a_short_one(
    database: Database, house: House
) -> None:
    looks = []
    for start, count in ((0, 3), (10, 9)):
        names = "".join(f"*,Word {start + number},Ports\n" for number in range(count))
        rows = read_subject_word_list(f"body,name_en,broader\n*,Ports,\n{names}")
        with counted_statements(database) as statements, database.transaction() as session:
            seal = seal_of(plan_words(session, rows, actor=house.coordinator))
            take_words(session, rows, seal=seal, actor=house.coordinator, at=clock.now())
        looks.append(sum("FROM subject_words" in each for each in statements))

    assert looks[0] == looks[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nobody,Ports,,", "key of no body"),
        ("*,,,", "at least one language"),
        ("*,,quays,", "the name in this language"),
        ("*,Cranes,,Nothing", "is no subject word"),
        ("*,Ports,,\n*,ports,,", "stands in the list twice"),
    ],
    ids=["body", "name", "terms alone", "broader", "twice"],
)
def test_a_wrong_row_is_refused_and_nothing_is_taken(
    database: Database, house: House, row: str, said: str
) -> None:
    rows = read_subject_word_list(f"body,name_en,terms_en,broader\n{row}\n")
    with database.transaction() as session:
        plan = plan_words(session, rows, actor=house.coordinator)
        assert plan[0].effect is Effect.REFUSED
        assert said in str(plan[0].refusals[0])

        with pytest.raises(Invalid, match="refused"):
            take_words(session, rows, seal=seal_of(plan), actor=house.coordinator, at=clock.now())


def test_a_row_with_a_number_renames_its_word(database: Database, house: House) -> None:
    with database.transaction() as session:
        word_id = add(session, house.coordinator)
    good = read_subject_word_list(f"number,body,name_en\n{word_id},*,Havens\n")
    bad = read_subject_word_list("number,body,name_en\n999,*,Havens\n")
    with database.transaction() as session:
        plan = plan_words(session, good, actor=house.coordinator)
        take_words(session, good, seal=seal_of(plan), actor=house.coordinator, at=clock.now())
        assert "no subject word 999" in str(
            plan_words(session, bad, actor=house.coordinator)[0].refusals[0]
        )
    with database.reading() as session:
        word = find_word(session, word_id)
        assert word is not None
        assert word.wordings["en"] == Wording("Havens", ("harbours",))


def test_wordings_are_tidied_and_too_long_ones_refused() -> None:
    kept = check_wordings({"en": (" Small  ports ", "Ports, ports; small ports\nquays")})

    assert kept == {"en": Wording("Small ports", ("ports", "quays"))}
    with pytest.raises(Invalid) as refused:
        check_wordings({"es": ("p" * 101, "")})
    assert refused.value.field == "name_es"


def test_a_word_takes_in_its_parts_and_theirs(database: Database, house: House) -> None:
    with arranging(), database.transaction() as session:
        transport = add(session, house.coordinator, named("Transport"))
        ports = add(session, house.coordinator, named("Ports", transport))
        pilots = add(session, house.coordinator, named("Pilots", ports))
        for place, word_id in ((0, transport), (1, pilots), (2, pilots), (1, ports)):
            say(session, house, place, word_id)

        counts = subject_counts(session, house.coordinator)

        assert counts == {
            word_of(transport): Counts(3),
            word_of(ports): Counts(2),
            word_of(pilots): Counts(2),
        }
        for subject, count in counts.items():
            assert counts_of_subject(session, subject, house.coordinator) == count
            listed = mandates_about(session, subject, house.coordinator, Place())
            assert listed.total == count.mandates


def named(name: str, broader_id: int | None = None) -> WordDetails:
    return WordDetails(None, {"en": Wording(name)}, broader_id)
