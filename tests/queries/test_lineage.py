"""Lineages in the database: what hangs together, in a bounded number of statements."""

import pytest

from tests.furniture import put
from tests.renewing import Renewal, make_renewal
from tests.reporting import counted_statements
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import Relation
from tracker.domain.errors import Invalid
from tracker.queries.earlier_texts import earlier_texts, instrument_named
from tracker.queries.lineage import lineage_of
from tracker.queries.mandate_lineage import neighbours_of, steps_of
from tracker.queries.mandate_owners import owned_mandate
from tracker.services.inheritance import Choices, inherit


@pytest.fixture
def renewal(database: Database) -> Renewal:
    found = put(database, make_renewal)
    with database.transaction() as session:
        inherit(
            session,
            later_id=found.later,
            earlier_id=found.earlier,
            choices=Choices(),
            actor=found.house.coordinator,
            at=clock.now(),
        )
    return found


def test_instruments_and_clauses_are_found_from_either_end(
    database: Database, renewal: Renewal
) -> None:
    old, actor = renewal.house.mandates[0], renewal.house.viewer
    with counted_statements(database) as statements, database.reading() as session:
        lineage = lineage_of(session, renewal.earlier)
        [relation] = lineage.relations
        assert (relation.later_id, relation.relation) == (renewal.later, Relation.RENEWS)
        assert [each.instrument.symbol for each in lineage.instruments] == ["20(VI)", "12(IV)"]
        [heir] = neighbours_of(session, old)
        assert (heir.is_earlier, heir.mandate_id) == (False, renewal.same)
        steps = steps_of(session, owned_mandate(session, old), actor=actor)
        assert [each.mandate.mandate_id for each in steps] == [old, renewal.same]
        [text] = earlier_texts(session, renewal.later)
        assert (text.is_renewed, text.mandate_count, text.confirmed_count) == (True, 3, 1)

    assert len(statements) < 40


def test_an_older_resolution_is_found_by_any_spelling_of_its_symbol_or_refused(
    database: Database, renewal: Renewal
) -> None:
    with database.reading() as session:
        assert instrument_named(session, "12 (iv)", later_id=renewal.later) == renewal.earlier
        with pytest.raises(Invalid, match="not here"):
            instrument_named(session, "99(IV)", later_id=renewal.later)
        with pytest.raises(Invalid, match="not a document symbol"):
            instrument_named(session, "twelve", later_id=renewal.later)
