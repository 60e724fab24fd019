"""The job that adds up counts: only where much has changed."""

import pytest

from tests.audit import arranging
from tests.reporting import make_house, open_biennium
from tracker import clock
from tracker.installation import Installation
from tracker.jobs.counts import add_up
from tracker.services import kept_counts


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
