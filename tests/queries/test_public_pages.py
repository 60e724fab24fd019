"""Which texts are public, session by session, and when something of them changed last."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.reporting import House, counted_statements, make_instrument
from tracker import clock
from tracker.database import Database
from tracker.models.instruments import Body, Instrument
from tracker.models.public_pages import BodyPublication, PublicHold
from tracker.queries.paging import Place
from tracker.queries.public_pages import PublicSession, sessions_with_texts, texts_of_session
from tracker.queries.public_state import PublicPart, public_state
from tracker.services import audit

TODAY = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("decisions", "is_listed"),
    [
        ([], True),
        ([(True, None)], False),
        ([(True, TODAY)], True),
        ([(True, TODAY + timedelta(days=1))], False),
        ([(True, None), (False, None)], True),
    ],
    ids=["never held", "withheld", "embargo over", "under embargo", "shown again"],
)
def test_a_text_is_listed_unless_the_last_decision_keeps_it_off(
    database: Database,
    house: House,
    decisions: list[tuple[bool, date | None]],
    is_listed: bool,
) -> None:
    with arranging(), database.transaction() as session:
        session.add(BodyPublication(body_id=1, is_on=True, is_indexed=False))
        text = make_instrument(session, "13(IV)", "13-iv")
        for is_held, until in decisions:
            session.add(
                PublicHold(
                    instrument_id=text.id, clause_id=None, is_held=is_held, until=until,
                    reason="So.", set_at=clock.now(), set_by_id=house.coordinator.person_id,
                )
            )  # fmt: skip
            session.flush()

        sessions = sessions_with_texts(session, 1, today=TODAY)
        texts, *_keys = texts_of_session(
            session, 1, None, language="es", today=TODAY, place=Place()
        )

    assert sessions == (PublicSession(None, None, None, 1 + is_listed),)
    assert ("13-iv" in {text.slug for text in texts}) is is_listed


@pytest.mark.parametrize("part", list(PublicPart))
def test_the_state_of_a_page_is_told_by_two_statements(
    database: Database, house: House, part: PublicPart
) -> None:
    with arranging(), database.transaction() as session:
        slug = session.scalars(select(Instrument.slug)).first() or ""
        key = session.get_one(Body, 1).key
        body = session.get_one(Body, 1)
        audit.record(
            session, actor=house.coordinator, at=clock.now(), action="name.written", subject=body
        )
    with counted_statements(database) as statements, database.reading() as session:
        state = public_state(session, part, key, slug)

    assert (state.count, state.changed_at) == (1, clock.now())
    assert len(statements) == 2
    with database.reading() as session:
        assert public_state(session, part, "nobody").count == 0
