"""A site as people meet it: real processes on a free port, and a browser to walk through it."""

import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import ROOT

PATIENCE = 90.0  # seconds: other processes of the machine make these tests slow
AXE = Path(__file__).with_name("axe.min.js")


class Site:
    """An installation of its own, served by real processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "TRACKER_DATA_DIR": str(folder),
            "TRACKER_ENVIRONMENT": "test",
            "TRACKER_ENTITY": "Secretariat; the Executive Secretary; the secretariat",
        }
        self.address = ""

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

    def invite(self, email: str, name: str, role: str, unit: str = "") -> str:
        """Add a person and return the path of their sign-in link."""
        words = ["people", "invite", email, "--name", name, "--role", role]
        said = self.run(*words, *(["--unit", unit] if unit else []))
        found = re.search(r"/sign-in/link/\S+", said)
        assert found is not None, said
        return found[0]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Return a site without anybody in it, which answers."""
    site = Site(tmp_path / "site")
    site.run("database", "upgrade")
    command = [sys.executable, "-u", "-m", "tracker", "serve", "--port", "0"]
    with subprocess.Popen(
        command,
        env=site.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        site.address = _address(process)
        yield site
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
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, base_url=site.address
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(link)
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def check_page(page: Page) -> None:
    """Refuse a page on which somebody meets a barrier or that is wider than its window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => v.id + ': ' + v.nodes[0].html)"
    )
    assert not found, f"{page.url}: {found}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def _address(process: subprocess.Popen[str]) -> str:
    ends_at = time.monotonic() + PATIENCE
    assert process.stdout is not None
    while time.monotonic() < ends_at:
        ready, _, _ = select.select([process.stdout], [], [], 1.0)
        found = re.search(r"http://\S+", process.stdout.readline()) if ready else None
        if found is not None:
            return found[0]
    raise AssertionError("The site did not say where it serves.")
