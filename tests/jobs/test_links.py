"""The job looks at as many links as the settings allow, and at none unless they do."""

from dataclasses import replace

import pytest

from tests.audit import arranging
from tests.reporting import make_house, open_biennium, report_on
from tracker import clock
from tracker.domain.links import LinkProblem
from tracker.installation import Installation
from tracker.jobs import links
from tracker.jobs.links import check_links
from tracker.services.evidence import add_link

PROBLEMS = {"https://example.org/0": None, "https://example.org/1": LinkProblem.GONE}


@pytest.fixture
def asked(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep two links; return the list of the addresses that are asked meanwhile."""
    with arranging(), installation.database.transaction() as session:
        house = make_house(session)
    with installation.database.transaction() as session:
        open_biennium(session, house)
        report_id = report_on(session, house.mandates[0]).id
        for address in PROBLEMS:
            add_link(
                session,
                report_id=report_id,
                address=address,
                title="",
                actor=house.focal_point,
                at=clock.now(),
            )
    asked: list[str] = []

    def ask(address: str, *, seconds: float) -> LinkProblem | None:
        asked.append(address)
        return PROBLEMS[address]

    # The network is the seam; asking it is tried in tests/reading/test_linked_pages.py.
    monkeypatch.setattr(links, "page_problem", ask)
    return asked


def allowing(installation: Installation, most: int) -> Installation:
    return replace(installation, settings=replace(installation.settings, link_checks=most))


def test_no_link_is_looked_at_unless_the_settings_say_so(
    installation: Installation, asked: list[str]
) -> None:
    assert check_links(allowing(installation, 0), clock.now()) == ""
    assert asked == []


def test_links_are_looked_at_as_many_as_the_settings_allow_and_once(
    installation: Installation, asked: list[str]
) -> None:
    told = [check_links(allowing(installation, 1), clock.now()) for _time in range(3)]

    assert told == ["1 links looked at, 0 of them dead", "1 links looked at, 1 of them dead", ""]
    assert asked == list(PROBLEMS)
