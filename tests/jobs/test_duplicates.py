"""At night mandates are compared, those whose turn it is, and each once."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.importing import import_text
from tests.resolution_texts import ADOPTED
from tracker import clock
from tracker.installation import Installation
from tracker.jobs import duplicates
from tracker.jobs.duplicates import find_duplicates
from tracker.models.alike_mandates import ComparedMandate
from tracker.models.mandates import Mandate
from tracker.services.alike_mandates import Pairs, alike_pairs


def test_each_mandate_is_compared_once_however_often_the_job_runs(
    installation: Installation,
) -> None:
    import_text(installation.database, installation.files, ADOPTED)
    with arranging(), installation.database.transaction() as session:
        session.execute(update(Mandate).values(requires_action=True, confirmed_at=clock.now()))
        ids = set(session.scalars(select(Mandate.id)))

    first = find_duplicates(installation, clock.now())
    second = find_duplicates(installation, clock.now())

    assert f"Mandates compared: {len(ids)}" in map(str, first)
    assert not second
    with installation.database.reading() as session:
        assert set(session.scalars(select(ComparedMandate.mandate_id))) == ids


def test_a_night_has_an_end_and_the_next_goes_on(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(installation.database, installation.files, ADOPTED)
    with arranging(), installation.database.transaction() as session:
        session.execute(update(Mandate).values(requires_action=True, confirmed_at=clock.now()))
    monkeypatch.setattr(duplicates, "MOST", 2)

    for _night in range(2):
        assert "Mandates compared: 2" in map(str, find_duplicates(installation, clock.now()))


def test_others_may_write_while_mandates_are_compared(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text(installation.database, installation.files, ADOPTED)
    with arranging(), installation.database.transaction() as session:
        session.execute(update(Mandate).values(requires_action=True, confirmed_at=clock.now()))
    later = clock.now() + timedelta(days=1)

    def written_meanwhile(session: Session, mandate_ids: Sequence[int]) -> Pairs:
        found = alike_pairs(session, mandate_ids)
        with arranging(), installation.database.transaction() as other:
            other.execute(update(Mandate).values(confirmed_at=later))
        return found

    # A person who writes while the job compares: SQLite lets one write at a time.
    monkeypatch.setattr(duplicates, "alike_pairs", written_meanwhile)

    find_duplicates(installation, clock.now())

    with installation.database.reading() as session:
        assert set(session.scalars(select(Mandate.confirmed_at))) == {later}
        assert session.scalars(select(ComparedMandate)).all()
