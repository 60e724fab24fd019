"""What renews what: told by clauses that say so, and by the series of the standing list."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.importing import import_text
from tests.reporting import counted_statements
from tracker.database import Database
from tracker.domain.clauses import Relation
from tracker.domain.standing_list import StandingRow
from tracker.models.instruments import Instrument
from tracker.queries.renewals import Renewal, RenewalSource, kin_of, renewals
from tracker.services.standing_list import take_standing_list
from tracker.storage import FileStore

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
BODY = "Commission for the Ostral Islands"
ROW = StandingRow(2, f"{BODY} resolutions", "8(II); 14(III); 20(V)", "Registers of the islands")
RENEWING = f"""21(VI) REGISTERS OF THE ISLANDS

The {BODY},

Recalling its resolution 17(IV) on the census of the islands,

1. Decides to renew the mandate set out in its resolution 20(V);

2. Requests the Executive Secretary to keep the registers of the islands.
"""


@pytest.fixture
def instruments(database: Database, files: FileStore) -> dict[str, int]:
    """Import a resolution that renews another, then load the list in which that one stands."""
    import_text(database, files, RENEWING)
    with database.transaction() as session:
        take_standing_list(session, [ROW], languages=("en",), actor=None, at=AT)
    with database.reading() as session:
        return ids_by_symbol(session)


@pytest.fixture
def files(tmp_path: object) -> FileStore:
    return FileStore(tmp_path)  # type: ignore[arg-type]


def ids_by_symbol(session: Session) -> dict[str, int]:
    return dict(session.execute(select(Instrument.symbol, Instrument.id)).all())


def test_a_clause_tells_what_it_renews_also_when_that_is_listed_later(
    database: Database, instruments: dict[str, int]
) -> None:
    with database.reading() as session:
        [told] = renewals(session, [instruments["21(VI)"]])

    assert told == Renewal(
        later_id=instruments["21(VI)"],
        earlier_id=instruments["20(V)"],
        relation=Relation.RENEWS,
        source=RenewalSource.CITATION,
        path="1",
        words=told.words,
    )
    assert "20(V)" in told.words


def test_neighbours_in_a_series_renew_one_another(
    database: Database, instruments: dict[str, int]
) -> None:
    with database.reading() as session:
        told = renewals(session, [instruments["14(III)"]])

    assert [(each.earlier_id, each.later_id, each.source) for each in told] == [
        (instruments["8(II)"], instruments["14(III)"], RenewalSource.SERIES),
        (instruments["14(III)"], instruments["20(V)"], RenewalSource.SERIES),
    ]


def test_an_instrument_is_kin_to_what_it_cites_and_to_its_series(
    database: Database, instruments: dict[str, int]
) -> None:
    with counted_statements(database) as statements, database.reading() as session:
        kin = kin_of(session, list(instruments.values()))

    assert kin[instruments["20(V)"]] == {
        instruments["21(VI)"]: Relation.RENEWS,
        instruments["8(II)"]: Relation.RENEWS,
        instruments["14(III)"]: Relation.RENEWS,
    }
    assert len(statements) == 2
