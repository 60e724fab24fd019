"""Mandates that ask much the same are found at night, some at a time, and kept."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House, make_house, make_instrument, make_mandate
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import Relation
from tracker.domain.mandates import Lifecycle
from tracker.domain.radar import Alike
from tracker.models.alike_mandates import AlikeMandate
from tracker.models.instruments import Body, Citation, ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.queries.duplicates import alike_mandates
from tracker.services import alike_mandates as service
from tracker.services.alike_mandates import alike_pairs, keep_pairs, mandates_to_compare
from tracker.services.kept_apart import keep_apart
from tracker.services.search_entries import keep_current

TRAIN = "Requests the Executive Secretary to train the managers and pilots of small fishing ports"
PARAPHRASE = "Requests the secretariat to organize training for managers of small fishing ports"
OTHER = "Invites Governments to communicate their statistics of forests and of timber trade"
FORMULA = "Requests the Executive Secretary to report on the implementation of this resolution"


@pytest.fixture
def searched(database_url: str) -> Iterator[Database]:
    """Return a database whose transactions keep search current, as the installation's do."""
    opened = Database(database_url, prepare=keep_current)
    yield opened
    opened.close()


@pytest.fixture
def house(searched: Database) -> House:
    """Return the commission."""
    with arranging(), searched.transaction() as session:
        return make_house(session)


def ask(database: Database, number: int, text: str) -> int:
    """Let a text of its own ask something of us; return the mandate."""
    with arranging(), database.transaction() as session:
        instrument = make_instrument(session, f"{number}(V)", f"{number}-v")
        made = make_mandate(session, instrument, "1", None)
        made.requires_action = True
        said = session.scalars(select(ClauseText).filter_by(clause_id=made.clause_id)).one()
        said.text = f"{text};"
        session.flush()
        return made.id


def compare(database: Database, *mandate_ids: int) -> list[tuple[int, int]]:
    with database.reading() as session:
        found = alike_pairs(session, mandate_ids)
    with database.transaction() as session:
        keep_pairs(session, mandate_ids, found, at=clock.now())
        return pairs(session)


def pairs(session: Session) -> list[tuple[int, int]]:
    rows: Sequence[AlikeMandate] = session.scalars(
        select(AlikeMandate).order_by(AlikeMandate.id)
    ).all()
    return [(row.first_id, row.second_id) for row in rows]


def test_a_paraphrase_is_kept_with_the_words_in_common_and_nothing_else(
    searched: Database, house: House
) -> None:
    first, second = ask(searched, 20, TRAIN), ask(searched, 21, PARAPHRASE)
    other = ask(searched, 22, OTHER)

    assert compare(searched, first, second, other) == [(first, second)]
    with searched.reading() as session:
        found, count = alike_mandates(session, most=10)
        assert count == 1
        assert service.LEAST_ALIKE <= found[0].score < 100
        assert "ports" in found[0].words


def test_formulas_and_what_is_renewed_by_design_are_no_duplicates(
    searched: Database, house: House
) -> None:
    formulas = [ask(searched, number, FORMULA) for number in (20, 21)]
    old, new = ask(searched, 22, TRAIN), ask(searched, 23, PARAPHRASE)
    with arranging(), searched.transaction() as session:
        later, earlier = (
            session.get_one(Instrument, session.get_one(Mandate, each).instrument_id)
            for each in (new, old)
        )
        session.add(
            Citation(
                instrument_id=later.id,
                cited_instrument_id=earlier.id,
                kind="resolution",
                relation=Relation.RENEWS,
                symbol=earlier.symbol,
                words="",
            )
        )

    assert compare(searched, *formulas, old, new) == []


def test_what_ended_or_is_kept_apart_is_not_shown(searched: Database, house: House) -> None:
    first, second, third = (ask(searched, 20 + each, TRAIN[: 88 - each * 5]) for each in range(3))
    assert len(compare(searched, first, second, third)) == 3
    with searched.transaction() as session:
        keep_apart(session, Alike.MANDATE, (first, second), actor=house.coordinator, at=clock.now())
        session.flush()
        assert alike_mandates(session, most=10)[1] == 2
    with arranging(), searched.transaction() as session:
        ended = session.get_one(Mandate, third)
        ended.lifecycle, ended.lifecycle_source = Lifecycle.TERMINATED, "30(VI)"
        session.flush()
        assert alike_mandates(session, most=10)[1] == 0


def test_each_is_compared_once_a_season_the_newest_first(searched: Database, house: House) -> None:
    first, second = ask(searched, 20, TRAIN), ask(searched, 21, PARAPHRASE)
    now = clock.now()
    with searched.reading() as session:
        assert list(mandates_to_compare(session, at=now, most=2)) == [second, first]
    compare(searched, second)
    with searched.reading() as session:
        assert second not in mandates_to_compare(session, at=now, most=9)
        later = mandates_to_compare(session, at=now + timedelta(days=91), most=9)
    assert later[-1] == second


def test_comparing_again_replaces_what_was_found(searched: Database, house: House) -> None:
    first, second = ask(searched, 20, TRAIN), ask(searched, 21, PARAPHRASE)
    assert compare(searched, first) == compare(searched, second) == [(first, second)]
    with arranging(), searched.transaction() as session:
        clause_id = session.get_one(Mandate, second).clause_id
        session.scalars(select(ClauseText).filter_by(clause_id=clause_id)).one().text = f"{OTHER};"

    assert compare(searched, second) == []


def test_titles_tell_two_texts_of_one_body_apart_and_not_those_of_two(
    searched: Database, house: House
) -> None:
    first, second = ask(searched, 20, TRAIN), ask(searched, 21, PARAPHRASE)
    with arranging(), searched.transaction() as session:
        instrument = session.get_one(Instrument, session.get_one(Mandate, second).instrument_id)
        title = select(InstrumentText).filter_by(instrument_id=instrument.id)
        session.scalars(title).one().title = "Safety of harbours"
        session.add(Body(id=9, key="sea", name="Council of the Seas", language="en"))

    assert compare(searched, first, second) == []

    with arranging(), searched.transaction() as session:
        session.get_one(Instrument, session.get_one(Mandate, second).instrument_id).body_id = 9

    assert compare(searched, first, second) == [(first, second)]
