"""The main pages with a keyboard alone: to whatever a mouse reaches, as read, seen, and out."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.every_page import (
    ADMINISTRATOR,
    COORDINATOR,
    EDITOR,
    FOCAL_POINT,
    MANAGER,
    STRANGER,
    PageSeen,
)
from tests.journeys.test_every_page import window_of, words

__all__ = ["window_of", "words"]

pytestmark = pytest.mark.browser
MAIN_PAGES = [
    PageSeen("/", FOCAL_POINT),
    PageSeen("/", MANAGER),
    PageSeen("/compliance", COORDINATOR),
    PageSeen("/ecaic/46-x", COORDINATOR),
    PageSeen("{reported_mandate}", COORDINATOR),
    PageSeen("/mandates?owner=none&nature=informational", COORDINATOR),
    PageSeen("/mandates/{one}/assign", COORDINATOR),
    PageSeen("/mandates/{another}/decline", MANAGER),
    PageSeen("/resolutions/import/{review}", COORDINATOR),
    PageSeen("/resolutions", COORDINATOR),
    PageSeen("/activities/{activity}", COORDINATOR),
    PageSeen("/activities/{activity}/edit", COORDINATOR),
    PageSeen("/progress/{open}", FOCAL_POINT),
    PageSeen("/progress/{submitted}", MANAGER),
    PageSeen("/reports/{open_period}", EDITOR),
    PageSeen("/search?q=port+training", COORDINATOR),
    PageSeen("/admin/people", ADMINISTRATOR),
    PageSeen("/setup", ADMINISTRATOR),
    PageSeen("/sign-in", STRANGER),
]
LISTS = [
    PageSeen("/mandates", COORDINATOR),
    PageSeen("/activities", COORDINATOR),
    PageSeen("/resolutions", COORDINATOR),
    PageSeen("/search?q=port+training", COORDINATOR),
    PageSeen("/admin/people", ADMINISTRATOR),
]
ENOUGH = 700  # steps, more than any of these pages takes

# What a mouse can use: shown, not disabled; of the buttons of one question a keyboard stops at one.
_USABLE = """
  const shown = part => part.checkVisibility({visibilityProperty: true, opacityProperty: false})
  const usable = [...document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, [tabindex="0"], audio[controls]')]
    .filter(part => shown(part) && !part.disabled && part.type !== 'hidden' && part.tabIndex >= 0)
    .filter((part, place, all) => part.type !== 'radio' || place === all.findIndex(
      other => other.type === 'radio' && other.name === part.name && other.form === part.form))
"""
# Which of those found it is, counted from the first; a question counts as one.
_PLACE = """
  const group = part => part.type === 'radio'
    ? usable.find(other => other.type === 'radio' && other.name === part.name
        && other.form === part.form) : part
  const place = part => usable.indexOf(group(part))
"""
# How a part looks, with the mark that its label draws for it.
_LOOK = """
  const look = part => [[part], [part.labels?.[0], '::before'], [part.closest('label, tr, li')]]
    .filter(([seen]) => seen)
    .map(([seen, pseudo]) => {
      const style = getComputedStyle(seen, pseudo)
      return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor].join()
    }).join(';')
"""
# How each part looks while none has the focus, kept on the page for comparison.
BEGIN = f"""() => {{ {_USABLE} {_LOOK}
  document.activeElement.blur()
  scrollTo(0, 0)
  window.usable = usable  // to look for them at each step takes a seventh of a walk
  window.unfocused = new Map(usable.map(part => [part, look(part)]))
  for (const part of document.querySelectorAll('[type=radio]')) unfocused.set(part, look(part))
  return usable.length
}}"""
WHERE = f"""() => {{ const usable = window.usable
  {_PLACE} {_LOOK}
  const part = document.activeElement
  if (!part || part === document.body || part === document.documentElement) return null
  const box = part.getBoundingClientRect()
  let region = part  // what scrolls within the page stands where its region does
  for (let around = part.parentElement; around !== document.body; around = around.parentElement)
    if (around.scrollHeight > around.clientHeight + 1
        && /auto|scroll/.test(getComputedStyle(around).overflowY)) region = around
  const stands = region.getBoundingClientRect()
  return {{
    place: place(part), changes: look(part) !== unfocused.get(part),
    top: stands.top + scrollY, bottom: stands.bottom + scrollY,
    isThere: box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth,
    html: part.outerHTML.slice(0, 160),
  }}
}}"""


@dataclass
class Walk:
    """The stops of one walk through a page with the tabulator."""

    stops: list[dict[str, Any]]
    count: int  # of what a mouse can use


def walked(page: Page) -> Walk:
    """Press the tabulator from the top of the page until it is left."""
    count = page.evaluate(BEGIN)
    stops: list[dict[str, Any]] = []
    for _ in range(ENOUGH):
        page.keyboard.press("Tab")
        stop = page.evaluate(WHERE)
        if stop is None or (len(stops) > 1 and stop["place"] == 0):
            return Walk(stops, count)
        if not stops or stop["place"] != stops[-1]["place"]:  # a date is stepped through by parts
            stops.append(stop)
    raise AssertionError(f"{page.url} is not left after {ENOUGH} steps.")


def opened(seen: PageSeen, words: dict[str, str], find: Callable[[str, str], Page]) -> Page:
    """Open a page in the window of its reader, everything unfolded and what comes late there."""
    page = find(seen.person, "en")
    page.goto(seen.address.format_map(words))
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    for late in page.locator("[data-part-from]").all():
        late.scroll_into_view_if_needed()
    expect(page.locator("[data-part-from]")).to_have_count(0)
    return page


@pytest.mark.parametrize("seen", MAIN_PAGES, ids=str)
def test_the_tabulator_reaches_whatever_a_mouse_does_and_shows_where_it_is(
    seen: PageSeen, words: dict[str, str], window_of: Callable[[str, str], Page]
) -> None:
    page = opened(seen, words, window_of)

    walk = walked(page)

    assert [stop["place"] for stop in walk.stops] == list(range(walk.count))
    assert [stop["html"] for stop in walk.stops if not stop["isThere"]] == []
    assert [stop["html"] for stop in walk.stops if not stop["changes"]] == []


@pytest.mark.parametrize("seen", MAIN_PAGES, ids=str)
def test_on_a_phone_the_tabulator_goes_down_the_page_and_never_up(
    seen: PageSeen, words: dict[str, str], window_of: Callable[[str, str], Page]
) -> None:
    page = opened(seen, words, window_of)
    page.set_viewport_size({"width": 360, "height": 800})

    stops = walked(page).stops[1:]  # the first, which skips, stands above all

    upwards = [
        (before["html"], after["html"])
        for before, after in pairwise(stops)
        if after["bottom"] <= before["top"]
    ]
    assert upwards == []
    assert [stop["html"] for stop in stops if not stop["isThere"]] == []


@pytest.mark.parametrize("seen", MAIN_PAGES, ids=str)
def test_the_first_stop_skips_to_what_the_page_is_about(
    seen: PageSeen, words: dict[str, str], window_of: Callable[[str, str], Page]
) -> None:
    page = opened(seen, words, window_of)

    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


@pytest.mark.parametrize("seen", LISTS, ids=str)
def test_keys_lead_to_the_search_through_the_list_and_into_a_row(
    seen: PageSeen, words: dict[str, str], window_of: Callable[[str, str], Page]
) -> None:
    page = opened(seen, words, window_of)
    rows = page.locator("[data-list] [data-item]")
    second = rows.nth(1).locator("[data-open]").first.get_attribute("href")

    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{second}")


@pytest.mark.parametrize("seen", LISTS, ids=str)
def test_a_question_mark_shows_the_keys_and_escape_leads_back(
    seen: PageSeen, words: dict[str, str], window_of: Callable[[str, str], Page]
) -> None:
    page = opened(seen, words, window_of)
    page.keyboard.press("j")

    page.keyboard.press("?")
    expect(page.locator("[data-keys-dialog]")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")

    expect(page.locator("[data-keys-dialog]")).to_be_hidden()
    expect(page.locator("[data-list] [data-item]").first).to_be_focused()
