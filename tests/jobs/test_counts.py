"""The job that adds up counts: only where much has changed."""

import pytest
from sqlalchemy import select, update

from tests.audit import arranging
from tests.reporting import make_house, open_biennium, report_on
from tracker import clock
from tracker.installation import Installation
from tracker.jobs.counts import add_up
from tracker.models.progress import ProgressReport
from tracker.services import kept_counts
from tracker.services.progress_entries import add_progress_entry


def test_counts_are_added_up_once_much_has_changed(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with arranging(), installation.database.transaction() as session:
        open_biennium(session, make_house(session))
    seldom = add_up(installation, clock.now())
    # Three reports were asked for; what is many of them is decided when the job asks.
    monkeypatch.setattr(kept_counts.periods_to_add_up, "__kwdefaults__", {"least": 3})

    often = [str(phrase) for phrase in add_up(installation, clock.now())]

    assert not seldom
    assert len(often) == 1
    assert not add_up(installation, clock.now())


def test_a_report_learns_of_a_note_that_it_missed(installation: Installation) -> None:
    database, at = installation.database, clock.now()
    with arranging(), database.transaction() as session:
        house = make_house(session)
        open_biennium(session, house)
        add_progress_entry(
            session,
            mandate_id=house.mandates[0],
            noted_on=at.date(),
            text="A mission was sent.",
            language="en",
            actor=house.focal_point,
            at=at,
        )
        noted = report_on(session, house.mandates[0]).id
    has_note = select(ProgressReport.id).where(ProgressReport.has_note)
    with arranging(), database.transaction() as session:
        before = session.scalars(has_note).all()
        session.execute(update(ProgressReport).values(has_note=False))

    add_up(installation, at)

    with database.reading() as session:
        assert session.scalars(has_note).all() == before == [noted]
