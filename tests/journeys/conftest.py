"""A site as people meet it: real processes on a free port, and a browser to walk through it."""

import fcntl
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from gettext import translation
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config import read_settings
from tests.conftest import ROOT
from tracker.cli.demo import TIME_ZONE
from tracker.installation import Installation, make_installation
from tracker.queries.people import find_person_by_email
from tracker.services.demo import ENTITY
from tracker.services.sign_in import make_link

PATIENCE = 90.0  # seconds: other processes of the machine make these tests slow
AXE = Path(__file__).with_name("axe.min.js")
# Says while a page is about to be left: a click may return before its navigation has begun.
LEAVING = """
  const mark = isLeft => document.documentElement.toggleAttribute('data-left', isLeft)
  addEventListener('submit', event => { if (!event.defaultPrevented) mark(true) })
  navigation.addEventListener('navigate', event => { if (!event.hashChange) mark(true) })
  navigation.addEventListener('navigateerror', () => mark(false))
"""


class Site:
    """An installation of its own, served by real processes."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "TRACKER_DATA_DIR": str(folder),
            "TRACKER_ENVIRONMENT": "test",
            "TRACKER_ENTITY": "Secretariat; the Executive Secretary; the secretariat",
            **settings,
        }
        self.address = ""

    @contextmanager
    def installation(self) -> Iterator[Installation]:
        """Give the site's parts, to look into its database."""
        parts = make_installation(read_settings(self.environment))
        with closing(parts.database):
            yield parts

    def begin(self, template: Path) -> None:
        """Take a migrated, empty database: to make one takes a process seconds."""
        self.folder.mkdir(parents=True)
        shutil.copyfile(template, self.folder / "tracker.sqlite3")

    def run(self, *words: str) -> str:
        """Run a command of the command line and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def invite(self, email: str, name: str, role: str, unit: str = "", language: str = "") -> str:
        """Add a person and return the path of their sign-in link."""
        words = ["people", "invite", email, "--name", name, "--role", role]
        words += ["--language", language] if language else []
        said = self.run(*words, *(["--unit", unit] if unit else []))
        found = re.search(r"/sign-in/link/\S+", said)
        assert found is not None, said
        return found[0]

    def link_for(self, email: str) -> str:
        """Return the path of a link that signs in somebody who is known here."""
        with self.installation() as parts, parts.database.transaction() as session:
            person = find_person_by_email(session, email)
            assert person is not None, email
            # The site's processes live by the machine's clock; the tests' own stands still.
            at = datetime.now(UTC)
            return make_link(session, person_id=person.id, tokens=parts.tokens, at=at)


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path) -> Iterator[Site]:
    """Return a site without anybody in it, which answers."""
    site = Site(tmp_path / "site")
    site.begin(sqlite_template)
    with served(site):
        yield site


@pytest.fixture(scope="module")
def demo(_loaded_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a site with the demo body, which answers."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(_loaded_demo, folder, dirs_exist_ok=True)
    site = _demo_in(folder)
    with served(site):
        yield site


@pytest.fixture(scope="session")
def _loaded_demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a demo that one worker loads and all copy."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if hasattr(request.config, "workerinput") else own) / "loaded-demo"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unready = folder.with_suffix(".unready")
            _demo_in(unready).run("demo", "run", "--no-serve")
            unready.rename(folder)
    return folder


def _demo_in(folder: Path) -> Site:
    entity = "; ".join((ENTITY.name, *ENTITY.aliases))
    return Site(folder, TRACKER_ENTITY=entity, TRACKER_TIME_ZONE=TIME_ZONE)


@contextmanager
def served(site: Site) -> Iterator[None]:
    command = [sys.executable, "-u", "-m", "tracker", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        env=site.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            site.address = _address(process)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser that asks for nothing but what it is told to open."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[[str], Page]]:
    """Return a function that signs somebody in by link and returns the page they see."""
    contexts = []

    def sign_in(link: str) -> Page:
        context = new_window(browser, site)
        contexts.append(context)
        return signed_in(context, link)

    yield sign_in
    for context in contexts:
        context.close()


def new_window(browser: Browser, site: Site) -> BrowserContext:
    """Return a window of nobody yet, in which nothing moves."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        base_url=site.address,
        reduced_motion="reduce",
        locale="en",
    )
    context.set_default_timeout(20_000)
    context.add_init_script(LEAVING)
    return context


def signed_in(context: BrowserContext, link: str) -> Page:
    """Follow a sign-in link and return the page that comes then."""
    page = context.new_page()
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


class Words:
    """What the pages say in a language, looked up by the English they are written in."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._catalogue = translation(
            "messages",
            ROOT / "tracker/translations",
            [language],
            fallback=language == "en",
        )

    def __call__(self, english: str, **values: object) -> str:
        """Return the text in the language, with its values."""
        said = self._catalogue.gettext(english)
        assert self.language == "en" or said != english, f"{english!r} is not translated."
        return said % values if values else said

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the text for a number, with its values."""
        return self._catalogue.ngettext(one, many, number) % {"num": number, **values}


def arrive(page: Page) -> None:
    """Wait until the page that a click or a key leads to stands there as a whole.

    An element is waited for: the pages' policy refuses an expression that is tried again.
    """
    page.wait_for_selector("html:not([data-left])", state="attached")
    page.wait_for_load_state()


def check_page(page: Page) -> None:
    """Refuse a page on which somebody meets a barrier or that is wider than its window."""
    found = barriers(page)
    assert not found, f"{page.url}: {found}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def barriers(
    page: Page, rules: list[str] | None = None, without: Collection[str] = ()
) -> list[str]:
    """Return what axe finds on the page as it stands, by all rules or by those named."""
    arrive(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        """async ([rules, without]) => {
          const options = {resultTypes: ['violations'], rules: {}}
          for (const rule of without) options.rules[rule] = {enabled: false}
          if (rules) options.runOnly = {type: 'rule', values: rules}
          const {violations} = await axe.run(document, options)
          return violations.flatMap(found => found.nodes.slice(0, 3).map(
            node => found.id + ': ' + node.html.slice(0, 300) + ' ' + node.failureSummary))
        }""",
        [rules, [*without]],
    )
    return found


def _address(process: subprocess.Popen[str]) -> str:
    ends_at = time.monotonic() + PATIENCE
    assert process.stdout is not None
    while time.monotonic() < ends_at:
        ready, _, _ = select.select([process.stdout], [], [], 1.0)
        found = re.search(r"http://\S+", process.stdout.readline()) if ready else None
        if found is not None:
            return found[0]
    raise AssertionError("The site did not say where it serves.")
