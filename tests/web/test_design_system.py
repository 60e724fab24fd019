"""Tests of the design system on one page that holds every macro: sound, without barriers."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response, flash, render_template, request
from flask_babel import Babel
from flask_login import LoginManager
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader
from lxml import html
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its types
from wtforms.validators import InputRequired

from tests.pages import page_problems
from tests.travel import Travel
from tracker.domain.compliance import Compliance
from tracker.domain.mandates import Implementation, Lifecycle, Nature
from tracker.domain.workflow import Review
from tracker.web import asked_addresses, cells, filters, page_words, status_shapes
from tracker.web.static_files import register_static_files

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
HERE = Path(__file__).resolve().parent / "design_system"
AXE = ROOT / "tests" / "journeys" / "axe.min.js"
ERRORS = [400, 403, 404, 409, 413, 500, 503]
TODAY = date(2026, 11, 21)
KINDS = SimpleNamespace(
    nature=Nature,
    implementation=Implementation,
    lifecycle=Lifecycle,
    review=Review,
    compliance=Compliance,
)


class DayField(DateField):
    """A field of a form's own, which looks like what it stems from."""


class ReportForm(FlaskForm):  # type: ignore[misc] # Flask-WTF carries no types
    """A form with every kind of field."""

    title = StringField(
        "Title", description="As in the budget", validators=[InputRequired("Enter a title")]
    )
    text = TextAreaField("What was done", validators=[InputRequired("Write what was done")])
    due_on = DayField("Due date", validators=[InputRequired("Enter the date the report is due")])
    quantity = IntegerField("Planned quantity")
    unit = SelectField(
        "Unit", choices=[SelectChoice("s", "Statistics"), SelectChoice("h", "Harbours")]
    )
    sheet = FileField("Resolution file", description="Word, PDF, HTML or plain text")
    implementation = RadioField(
        "Status of implementation",
        choices=[SelectChoice(member.value) for member in Implementation],
        validators=[InputRequired("Choose the status of implementation")],
    )
    countries = SelectMultipleField("Countries", choices=[SelectChoice("o", "Ostral")])
    is_attested = BooleanField("I attest this text", description="Your name stands on the record")


@dataclass(frozen=True)
class Row:
    """A mandate as lists show it."""

    id: int
    reference: str
    gist: str
    due_on: date
    compliance: Compliance
    activity_count: int


ROWS = [
    Row(1, "12(IV), para. 2(a)", "Harbour statistics", date(2026, 11, 2), Compliance.OVERDUE, 12),
    Row(2, "12(IV), para. 2(b)", "Harbour <lights>", date(2026, 11, 26), Compliance.DUE_SOON, 1234),
    Row(
        3,
        "12(IV), para. 3",
        "Report to the fifth session",
        date(2027, 6, 1),
        Compliance.ON_TRACK,
        0,
    ),
]


@pytest.fixture(scope="module")
def site() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.secret_key = "of the design system"
    app.jinja_loader = ChoiceLoader([FileSystemLoader(HERE), FileSystemLoader(TEMPLATES)])
    Babel(app)
    CSRFProtect(app)
    LoginManager(app).user_loader(lambda _user_id: None)
    page_words.install(app)
    filters.install(app)
    cells.install(app)
    status_shapes.install(app)
    asked_addresses.install(app)
    register_static_files(app)

    @app.context_processor
    def header() -> dict[str, object]:
        return {
            "navigation": [("/", "My work", True, 3), ("/resolutions", "Resolutions", False, None)],
            "signed_in": "Ana Lagos",
            "waiting_for_me": ("/", 3),
            "languages": [
                ("en", "English", "?language=en", True),
                ("es", "Español", "?language=es", False),
            ],
            "search_url": "/search",
            "footer_links": [("/help", "Help")],
        }

    @app.get("/")
    def everything() -> str:
        form = ReportForm(meta={"csrf": False})
        form.validate()
        row_form = ReportForm(meta={"csrf": False}, prefix="row-1-")
        flash("The report was submitted.", "success")
        flash("The mail was not sent.", "error")
        return render_template(
            "everything.html",
            form=form,
            row_form=row_form,
            rows=ROWS,
            kinds=KINDS,
            today=TODAY,
            day_of=date,
        )

    @app.post("/draft")
    def draft() -> tuple[str, int]:
        is_kept = "X-Autosave" in request.headers and request.form["text"] == "Twelve were trained."
        return "", 204 if is_kept else 400

    @app.get("/error/<int:code>")
    def error(code: int) -> str:
        return render_template(f"errors/{code}.html", sentence="The form is older than the report.")

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'none'"
        return response

    return app


@pytest.fixture(autouse=True)
def _on_the_day(travel: Travel) -> None:
    travel.to(datetime(2026, 11, 21, 12, tzinfo=UTC))


def tree(site: Flask, address: str = "/") -> html.HtmlElement:
    return html.document_fromstring(site.test_client().get(address).text)


def test_the_page_with_every_macro_is_sound(site: Flask) -> None:
    assert list(page_problems(site.test_client().get("/").text)) == []


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_page_is_sound_and_says_what_the_refusal_says(site: Flask, code: int) -> None:
    page = site.test_client().get(f"/error/{code}").text

    assert list(page_problems(page)) == []
    assert "The form is older than the report." in page


def test_every_macro_stands_on_the_page() -> None:
    sources = [path.read_text("utf-8") for path in sorted(TEMPLATES.glob("macros/*.html"))]
    pages = [
        (HERE / "everything.html").read_text("utf-8"),
        (TEMPLATES / "base.html").read_text("utf-8"),
    ]
    macros = set(re.findall(r"{% macro (\w+)\(", "".join(sources)))
    called = set(re.findall(r"(?<!macro )\b(\w+)(?:\(| as )", "".join(sources + pages)))

    assert macros - called == set()


def test_what_people_wrote_is_text_and_never_markup(site: Flask) -> None:
    page = site.test_client().get("/").text

    assert "Harbour &lt;lights&gt;" in page
    assert "<lights>" not in page


def test_each_error_of_a_form_leads_to_its_field(site: Flask) -> None:
    root = tree(site)

    links = root.xpath("//div[contains(@class, 'govuk-error-summary')]//a/@href")

    assert links == ["#sheet", "#title", "#text", "#due_on", "#unit", "#implementation-0"]
    assert all(root.get_element_by_id(link[1:]) is not None for link in links)


def test_a_field_with_an_error_is_described_by_its_hint_and_its_error(site: Flask) -> None:
    field = tree(site).get_element_by_id("title")

    assert field.get("aria-describedby") == "title-hint title-error"
    assert field.get("aria-invalid") == "true"


def test_a_head_turns_the_order_round_and_keeps_the_rest_of_the_address(site: Flask) -> None:
    head = tree(site, "/?unit=s&sort=due&after=77").xpath("//th[@aria-sort]")[0]

    assert head.get("aria-sort") == "ascending"
    assert head.xpath(".//a/@href") == ["/?unit=s&sort=-due"]


def test_the_kinds_of_status_never_share_a_form(site: Flask) -> None:
    tags = tree(site).xpath("//*[@data-status]")

    forms = {(tag.get("data-status").split(":")[0], tag.get("class").split()[1]) for tag in tags}

    assert len(forms) == len({kind for kind, _form in forms}) == 5


def test_no_two_values_of_a_kind_look_alike(site: Flask) -> None:
    tags = tree(site).xpath("//*[@data-status]")
    drawings = {
        tag.get("data-status"): html.tostring(tag.find(".//svg"), with_tail=False) for tag in tags
    }

    assert len(drawings) == sum(len(kind) for kind in vars(KINDS).values())
    assert len(set(drawings.values())) == len(drawings)


# ---- in a browser


OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def address(site: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, site, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[OpenPage]:
    contexts = []

    def open_it(path: str = "/", width: int = 1280, **wishes: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **wishes)
        contexts.append(context)
        context.set_default_timeout(5_000)
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_it
    for context in contexts:
        context.close()


def focused(page: Page) -> str:
    """Return what stands in the item or element that has the focus."""
    return str(page.evaluate("document.activeElement.textContent"))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("path", ["/", "/error/404"])
def test_no_reader_meets_a_barrier(
    open_page: OpenPage, path: str, width: int, colours: str
) -> None:
    # axe cannot run under the page's own policy, so this one context sets it aside.
    page = open_page(path, width, color_scheme=colours, bypass_csp=True)
    page.evaluate(AXE.read_text(encoding="utf-8"))

    found = page.evaluate("axe.run()")

    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_stands_outside_the_window(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_no_page_asks_for_what_its_policy_forbids(open_page: OpenPage) -> None:
    page = open_page("/error/404")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(page.url.replace("/error/404", "/"))

    assert complaints == []


@pytest.mark.browser
def test_j_and_k_walk_through_the_lists_and_enter_opens(open_page: OpenPage) -> None:
    page = open_page()
    page.keyboard.press("Escape")
    for key in "jjk":
        page.keyboard.press(key)

    first = focused(page)
    page.keyboard.press("Enter")

    assert "Harbour statistics" in first
    page.wait_for_url("**/#1")


@pytest.mark.browser
def test_keys_are_letters_where_a_person_writes(open_page: OpenPage) -> None:
    page = open_page()

    page.keyboard.press("/")
    page.keyboard.type("j?/")

    assert page.locator("[data-search]").input_value() == "j?/"
    assert not page.locator("#keys").is_visible()


@pytest.mark.browser
def test_a_question_mark_shows_the_keys(open_page: OpenPage) -> None:
    page = open_page()

    page.keyboard.press("?")

    assert page.locator("#keys").is_visible()


@pytest.mark.browser
def test_the_box_in_the_head_selects_every_row_and_says_how_many(open_page: OpenPage) -> None:
    page = open_page()

    page.get_by_label("Select all rows").check()

    assert page.locator("[data-select]:checked").count() == len(ROWS)
    assert page.locator("[data-selection-count]").text_content() == "3 selected"


@pytest.mark.browser
def test_the_menu_of_a_phone_opens_with_one_button(open_page: OpenPage) -> None:
    page = open_page(width=360)
    menu = page.get_by_role("button", name="Menu")
    was_hidden = page.locator("#navigation").is_hidden()

    menu.click()

    assert was_hidden
    assert page.locator("#navigation").is_visible()
    assert menu.get_attribute("aria-expanded") == "true"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_without_script_everything_can_be_reached(open_page: OpenPage, width: int) -> None:
    page = open_page(width=width, java_script_enabled=False)

    assert page.locator("#navigation").is_visible()
    assert page.get_by_role("button", name="Sign out").is_visible()
    assert not page.locator("[data-menu-button]").is_visible()
    assert not page.get_by_label("Select all rows").is_visible()


@pytest.mark.browser
def test_a_page_with_errors_begins_at_their_summary(open_page: OpenPage) -> None:
    assert "There is a problem" in focused(open_page())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "told"),
    [("Twelve were trained.", "Your draft is saved."), ("Nobody", "not saved yet")],
    ids=["kept", "not kept"],
)
def test_a_draft_is_kept_while_a_person_writes(open_page: OpenPage, words: str, told: str) -> None:
    page = open_page()

    page.locator("#text").fill(words)

    expect(page.locator("[data-autosave-told]")).to_contain_text(told, timeout=15_000)
