"""The Monday after the session: six files and the standing list become an assigned list."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.clicks import CLICKS, Hand
from tests.journeys.conftest import Site, check_page
from tests.journeys.monday_files import lay_out
from tracker import clock
from tracker.models.people import UnitKind
from tracker.services.subprogrammes import add_subprogramme
from tracker.services.units import add_unit

pytestmark = pytest.mark.browser

# As few as were found to be needed; one more is a step back.
MOST_CLICKS = 24
ASSIGNED = {
    "31(VII), para. 2": "Statistics Division",
    "31(VII), para. 3": "Statistics Division",
    "32(VII), para. 1": "Ports Division",
    "32(VII), para. 2": "Ports Division",
    "33(VII), para. 2": "Statistics Division",
    "34(VII), para. 1": "Ports Division",
    "35(VII), para. 2(a)": "Ports Division",
    "35(VII), para. 2(b)": "Ports Division",
}


def test_six_files_and_the_standing_list_become_an_assigned_list(
    site: Site,
    visit: Callable[[str], Page],
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    make_house(site)
    standing, files = lay_out(tmp_path)
    page = visit(site.invite("carla@example.org", "Carla Coordinator", "coordinator"))
    hand = Hand(page)

    load_the_standing_list(hand, standing)
    drop_the_files(hand, files)
    repair_the_noisy_one(hand)
    decide_and_assign(hand)

    page.goto("/mandates?asking=required")
    for reference, unit in ASSIGNED.items():
        row = page.get_by_role("row").filter(has_text=reference)
        expect(row).to_contain_text(unit)
    expect(page.get_by_role("row").filter(has_text="31(VII), para. 3")).to_contain_text("2099")
    expect(page.get_by_role("main")).to_contain_text(f"{len(ASSIGNED)} mandates")
    page.goto("/mandates?asking=unconfirmed")
    expect(page.get_by_role("main")).to_contain_text("No mandate is like this.")
    steps = ", ".join(f"{step} {count}" for step, count in hand.counts.items())
    record_property(CLICKS, f"{hand.total} clicks and keys ({steps})")
    assert hand.total <= MOST_CLICKS, steps


def make_house(site: Site) -> None:
    """Add two units and the subprogrammes that they carry out, as the set-up does."""
    with site.installation() as parts, parts.database.transaction() as session:
        for number, name, subject in (
            ("1", "Statistics Division", "Statistics"),
            ("2", "Ports Division", "Ports"),
        ):
            unit = add_unit(
                session,
                key="",
                name=name,
                kind=UnitKind.DIVISION,
                language="en",
                time_zone="UTC",
                actor=None,
                at=clock.now(),
            )
            add_subprogramme(
                session,
                number=number,
                name=subject,
                language="en",
                unit_id=unit.id,
                actor=None,
                at=clock.now(),
            )


def load_the_standing_list(hand: Hand, standing: Path) -> None:
    """Rehearse the list and take it."""
    page = hand.page
    hand.begins("standing list")
    hand.clicks(page.get_by_role("link", name="Resolutions", exact=True))
    hand.clicks(page.get_by_role("link", name="Standing mandates"))
    hand.clicks(page.get_by_role("link", name="Load the standing list"))
    hand.chooses_files(page.get_by_label("Standing list of mandates"), standing)
    hand.clicks(page.get_by_role("button", name="Show what the list would do"))
    check_page(page)
    hand.clicks(page.get_by_role("button", name=re.compile("Take")))
    expect(page.get_by_role("main")).to_contain_text("21(VI)")


def drop_the_files(hand: Hand, files: list[Path]) -> None:
    """Drop all files at once, and import those that were read without doubt."""
    page = hand.page
    hand.begins("files")
    hand.clicks(page.get_by_role("link", name="Resolutions", exact=True).first)
    hand.clicks(page.get_by_role("link", name="Import a resolution").first)
    hand.chooses_files(page.get_by_label("Files with the adopted texts"), *files)
    hand.clicks(page.get_by_role("button", name="Read the files"))
    check_page(page)
    expect(page.get_by_role("main")).to_contain_text("6 texts wait to be imported")
    hand.clicks(page.get_by_role("button", name="Import the selected texts"))
    main = page.get_by_role("main")
    expect(main).to_contain_text("33(VII): the text in Spanish is added.")
    expect(main).to_contain_text("1 text waits to be imported")


def repair_the_noisy_one(hand: Hand) -> None:
    """Open the one that is left, settle its doubtful place by key, and import it."""
    page = hand.page
    hand.begins("noisy file")
    hand.clicks(page.get_by_role("link", name="35(VII)"))
    check_page(page)
    hand.presses("n")
    hand.presses("r")
    expect(page.get_by_role("main")).to_contain_text("Every doubtful place is settled.")
    hand.clicks(page.get_by_role("button", name=re.compile("Import .* mandates")))


def decide_and_assign(hand: Hand) -> None:
    """Decide as proposed, take the suggestions, and give what is left to a unit."""
    page = hand.page
    hand.begins("decisions")
    expect(page).to_have_url(re.compile("asking=unconfirmed"))
    check_page(page)
    hand.clicks(page.get_by_role("button", name="as proposed"))
    hand.begins("assignment")
    check_page(page)
    expect(page.get_by_role("main")).to_contain_text("Proposed: 31 March 2099")
    hand.clicks(page.get_by_role("button", name="as suggested"))
    left = page.get_by_role("row").filter(has_text="33(VII), para. 2")
    hand.clicks(left.get_by_role("checkbox"))
    hand.clicks(page.get_by_role("button", name="Assign the selected mandates"))
    hand.chooses(page.get_by_label("Lead unit"), "Statistics Division")
    hand.clicks(page.get_by_role("button", name="Assign 1 mandate"))
    check_page(page)
