"""A contrast that axe reckoned once is known again; whatever could give another is not."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.colours import KnownColours

pytestmark = pytest.mark.browser
TEXT = "<body style='background: rgb(255, 255, 255)'><p>Some words, and <a href='#'>a link</a></p>"
SAME = "<body style='background: rgb(255, 255, 255)'><p>Others</p><p>and <a href='#'>again</a></p>"


@pytest.mark.parametrize(
    ("page", "is_known"),
    [
        pytest.param(SAME, True, id="other words"),
        pytest.param(f"{SAME}<p hidden style='color: red'>Not shown</p>", True, id="hidden"),
        pytest.param(f"{SAME}<p style='color: rgb(1, 1, 1)'>Words</p>", False, id="colour"),
        pytest.param(f"{SAME}<p style='font-size: 12px'>Words</p>", False, id="size"),
        pytest.param(f"{SAME}<p style='font-weight: bold'>Words</p>", False, id="weight"),
        pytest.param(f"{SAME}<p style='opacity: 0.9'>Words</p>", False, id="opacity"),
        pytest.param(f"{SAME}<p style='position: fixed'>Words</p>", False, id="above others"),
        pytest.param(f"{SAME}<div style='background: #eee'><p>Words</p></div>", False, id="ground"),
        pytest.param(f"{SAME}<label>Words <input disabled></label>", False, id="excused"),
        pytest.param(f"{SAME}<a href='#' style='all: inherit'>Words</a>", False, id="link"),
    ],
)
def test_only_text_that_stands_as_other_text_did_is_known(
    browser: Browser, page: str, is_known: bool
) -> None:
    colours = KnownColours()
    with browser.new_page() as window:
        window.set_content(TEXT)
        colours.looked_at(window, [])

        window.set_content(page)

        assert colours.are_known(window) is is_known


def test_where_axe_found_something_nothing_is_known(browser: Browser) -> None:
    colours = KnownColours()
    with browser.new_page() as window:
        window.set_content(TEXT)

        colours.looked_at(window, ["color-contrast: <p>"])

        assert not colours.are_known(window)
