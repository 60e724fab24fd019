"""Every page in English and in the longest language: no barrier, nothing wider than its window."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import update

from tests.application import app, settings
from tests.audit import arranging
from tests.barriers import STATES
from tests.journeys.colours import KnownColours
from tests.journeys.conftest import Site, barriers, new_window, signed_in
from tests.journeys.every_page import NO_PAGES, PAGES, STRANGER, PageSeen, words_of_addresses
from tests.journeys.page_states import FORMS, WHAT_IS_WRONG, FormSent, send_with_errors
from tracker.demo.people import MAIL_DOMAIN
from tracker.models.people import Person

__all__ = ["app", "settings"]

# French takes the most room: its catalogue is a fifth longer than the English (Spanish 15 percent,
# Portuguese 9), and so are its longest words.
LANGUAGES = ("en", "fr")
WIDTHS = (1280, 768, 360)
# Each language and each layout is looked at; all pairs of them take a third of the whole run.
WIDTH_FOR_AXE = {"en": 1280, "fr": 360}
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]


def test_no_page_is_forgotten(app: Flask) -> None:
    routes = app.url_map.bind("localhost")
    sample = dict.fromkeys(("upload", "link"), "x") | {
        "reported_mandate": "/body/symbol/1",
        "unconfirmed_mandate": "/body/symbol/2",
        "ownerless_mandate": "/body/symbol/3",
    }
    looked_at = {
        routes.match(urlsplit(_filled(page.address, sample)).path)[0]
        for page in PAGES
        if page.status != 404
    }
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}

    assert looked_at == pages - set(NO_PAGES)


@pytest.mark.browser
@pytest.mark.parametrize("seen", PAGES, ids=str)
def test_a_page_has_no_barrier_and_fits_its_window(
    seen: PageSeen,
    words: dict[str, str],
    window_of: Callable[[str, str], Page],
    colours: KnownColours,
    record_property: Callable[[str, object], None],
) -> None:
    found, states = [], 0
    for language in LANGUAGES:
        page = window_of(seen.person, language)
        answer = page.goto(seen.address.format_map(words))
        assert answer is not None
        assert answer.status == seen.status
        assert page.locator("html").get_attribute("lang") == language
        page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
        if page.locator("h1").count() != 1:
            found.append(f"{language}: {page.locator('h1').count()} headings of the first level")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{language}, {width} px: {wide}" for wide in too_wide(page)]
            found += [f"{language}, {width} px: {torn}" for torn in torn_periods(page)]
            if width == WIDTH_FOR_AXE[language]:
                seen_again = RULES_OF_COLOUR if language != "en" and colours.are_known(page) else []
                met = colours.looked_at(page, barriers(page, without=seen_again))
                found += [f"{language}, {width} px: {barrier}" for barrier in met]
                states += 1
        if language == "en":
            page.emulate_media(color_scheme="dark")
            if not colours.are_known(page):
                met = colours.looked_at(page, barriers(page, RULES_OF_COLOUR))
                found += [f"dark: {barrier}" for barrier in met]
                states += 1
            page.emulate_media(color_scheme="light")
    record_property(STATES, states)

    assert found == []


@pytest.mark.browser
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_form_with_errors_has_no_barrier_and_fits_its_window(
    form: FormSent,
    words: dict[str, str],
    window_of: Callable[[str, str], Page],
    record_property: Callable[[str, object], None],
) -> None:
    found = []
    for language, width in (("en", 1280), ("fr", 360)):
        page = window_of(form.person, language)
        page.goto(form.address.format_map(words))
        send_with_errors(page, form)
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(WHAT_IS_WRONG).count() == 1
        seen = (*too_wide(page), *barriers(page))
        found += [f"{language}, {width} px: {barrier}" for barrier in seen]
        if language == "en":
            page.emulate_media(color_scheme="dark")
            found += [f"dark: {barrier}" for barrier in barriers(page, RULES_OF_COLOUR)]
            page.emulate_media(color_scheme="light")
    record_property(STATES, 3)

    assert found == []


def too_wide(page: Page) -> list[str]:
    """Return the elements that make the page wider than its window."""
    found: list[str] = page.evaluate(
        """() => {
          const room = document.documentElement.clientWidth
          if (document.documentElement.scrollWidth <= room) return []
          return [...document.querySelectorAll('body *')]
            .filter(part => part.getBoundingClientRect().right > room + 1 && !part.children.length)
            .slice(0, 3)
            .map(part => 'too wide: ' + part.outerHTML.slice(0, 160))
            .concat(`the page takes ${document.documentElement.scrollWidth} px`)
        }"""
    )
    return found


def torn_periods(page: Page) -> list[str]:
    """Return the heads and cells in which a span of years, as in 2024-2025, takes two lines."""
    found: list[str] = page.evaluate(
        """() => {
          const torn = []
          const spans = /\\d{4}[-–]\\d{2,4}/g
          const narrow = 'h1, h2, h3, th, td, .govuk-caption-l, .govuk-hint, .govuk-breadcrumbs'
          for (const part of document.querySelectorAll(narrow)) {
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
            for (let words = walker.nextNode(); words; words = walker.nextNode())
              for (const span of words.data.matchAll(spans)) {
                const range = document.createRange()
                range.setStart(words, span.index)
                range.setEnd(words, span.index + span[0].length)
                const lines = new Set([...range.getClientRects()].map(line => Math.round(line.top)))
                if (lines.size > 1) torn.push('torn: ' + words.data.trim().slice(0, 80))
              }
          }
          return torn
        }"""
    )
    return found


@pytest.fixture(scope="module")
def colours() -> KnownColours:
    """Return the ways in which text stands on its ground, of the pages looked at before."""
    return KnownColours()


@pytest.fixture(scope="module")
def words(demo: Site) -> dict[str, str]:
    """Return what the addresses of the pages are filled with."""
    return words_of_addresses(demo)


@pytest.fixture(scope="module")
def window_of(browser: Browser, demo: Site) -> Iterator[Callable[[str, str], Page]]:
    """Return a function that returns the window of a person, who reads in a language."""
    windows: dict[str, Page] = {}
    languages: dict[str, str] = {}

    def find(person: str, language: str) -> Page:
        if person not in windows:
            context = new_window(browser, demo)
            link = demo.link_for(f"{person}@{MAIL_DOMAIN}") if person else "/sign-in"
            windows[person] = signed_in(context, link) if person else context.new_page()
        if languages.get(person) != language:
            _let_read(demo, windows[person], person, language)
            languages[person] = language
        windows[person].set_viewport_size({"width": WIDTHS[0], "height": 900})
        return windows[person]

    yield find
    for window in windows.values():
        window.context.close()


def _let_read(demo: Site, window: Page, person: str, language: str) -> None:
    if person == STRANGER:
        window.goto(f"/language/{language}")
        return
    with (
        arranging(),
        demo.installation() as parts,
        parts.database.transaction() as session,
    ):
        session.execute(
            update(Person)
            .where(Person.email == f"{person}@{MAIL_DOMAIN}")
            .values(language=language)
        )


def _filled(address: str, sample: dict[str, str]) -> str:
    return address.format_map(_Ones(sample))


class _Ones(dict[str, str]):
    """Words of addresses, the number 1 for those not named."""

    def __missing__(self, name: str) -> str:
        return "1"
