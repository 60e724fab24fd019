"""Takes the pictures of the README on a walk through the demo body (``make pictures``)."""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "docs" / "pictures"
LARGEST_BYTES = 200_000
PATIENCE = 60_000.0  # milliseconds: other processes of the machine make the site slow


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: whose page it shows, where the walk leads, and in how large a window.

    ``steps`` are the accessible names of the links that are followed from the start page;
    ``from_mark`` begins the picture shortly above the page's first mark that a selector finds.
    """

    name: str
    role: str
    steps: tuple[str | re.Pattern[str], ...]
    width: int
    height: int
    scale: float = 1.0
    from_mark: str = ""


PICTURES = (
    Picture(
        "resolution",
        "coordinator",
        ("Resolutions", re.compile(r"^41\(IX\)")),
        1040,
        760,
        from_mark="main [data-status]",
    ),
    Picture("my_work", "focal point", (), 390, 780, scale=1.5),
)


def main() -> int:
    """Take every picture; return 1 where one is too large for a README."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served_demo(Path(folder)) as links,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking"],
        )
        sizes = {picture.name: take(chromium, picture, links) for picture in PICTURES}
        chromium.close()
    for name, size in sizes.items():
        sys.stdout.write(f"docs/pictures/{name}.png: {size // 1000} kB\n")
    return int(max(sizes.values()) > LARGEST_BYTES)


def take(browser: Browser, picture: Picture, links: dict[str, str]) -> int:
    """Sign the person in, walk, write the picture and return its size in bytes."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        reduced_motion="reduce",
        locale="en",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(links[picture.role])
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
    for step in picture.steps:
        page.get_by_role("link", name=step).first.click()
        page.wait_for_load_state()
    if picture.from_mark:
        mark = page.locator(picture.from_mark).first
        mark.evaluate("mark => scrollTo(0, scrollY + mark.getBoundingClientRect().top - 120)")
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path)
    context.close()
    return path.stat().st_size


@contextmanager
def served_demo(folder: Path) -> Iterator[dict[str, str]]:
    """Serve a demo body of its own; give the sign-in links by role, the first of each."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "tracker", "demo", "run", "--port", str(port)],
        env=os.environ | {"TRACKER_DATA_DIR": str(folder)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            yield _links(process)
        finally:
            process.terminate()
            process.communicate()


def _links(process: subprocess.Popen[str]) -> dict[str, str]:
    assert process.stdout is not None
    links: dict[str, str] = {}
    role = ""
    for line in process.stdout:
        if line.startswith("Serving"):
            return links
        told = re.match(r"  [^:]+, ([a-z ]+):$", line.rstrip())
        role = told[1] if told else role
        found = re.search(r"http://\S+/sign-in/link/\S+", line)
        if found:
            links.setdefault(role, found[0])
    raise RuntimeError("The demo could not be served; run it with make demo to see why.")


if __name__ == "__main__":
    raise SystemExit(main())
