"""What every test gets: the parts that can run here, the guards, the clock, the databases."""

import gc
import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from tests import postgres
from tracker.reading.tesseract import PACKS, Tesseract

pytest_plugins = [
    "tests.audit",
    "tests.barriers",
    "tests.journeys.clicks",
    "tests.databases",
    "tests.guards",
    "tests.mailbox",
    "tests.matrices",
    "tests.reporting",
    "tests.travel",
]

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "tests" / "web"
SHARED = ROOT / os.environ.get("TRACKER_SHARED", "../shared")
KEPT_SETTINGS = {"TRACKER_TEST_POSTGRES", "TRACKER_SHARED"}

# What Python compiles is kept, whatever the environment says: else each worker, and each command
# that a test starts, compiles the tracker, the tests and all packages anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# While modules are loaded and tests are found, all that is made stays: nothing is to be collected.
gc.disable()
# New objects before the collector looks at them, and its looks before it goes to older ones. Of
# what a test made, most goes with its last name.
COLLECTED_AFTER = (50_000, 20, 20)

# Other processes of the machine make a test slow, never wrong.
hypothesis.settings.register_profile("house", deadline=None, database=None)
hypothesis.settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Forget the settings of the person who runs the tests and find the server for PostgreSQL."""
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        if name not in KEPT_SETTINGS:
            del os.environ[name]
    if not hasattr(config, "workerinput"):
        postgres.find_server()


def pytest_report_header() -> list[str]:
    """Say which parts cannot run here, and why."""
    missing = _missing_parts()
    return [
        f"PostgreSQL: {postgres.server() or 'skipped'}",
        *(f"skipped: tests marked {mark}, since {reason}" for mark, reason in missing.items()),
    ]


@pytest.hookimpl(tryfirst=True)  # before what was asked for is chosen by its marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for whole pages, and skip the tests of the parts that cannot run here."""
    missing = _missing_parts()
    for item in items:
        if item.path.is_relative_to(PAGES):
            item.add_marker("pages")
        for mark, reason in missing.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Let the collector of garbage pass over modules and tests, which stay until the end."""
    yield
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)
    gc.enable()


def _missing_parts() -> dict[str, str]:
    parts = {
        "postgres": (
            postgres.server() is not None,
            "no PostgreSQL answers at 127.0.0.1:5432; name one in TRACKER_TEST_POSTGRES",
        ),
        "browser": (
            shutil.which("chromium") is not None,
            "chromium is not installed (Debian: apt-get install chromium)",
        ),
        "recognition": (
            _recognises_our_languages(),
            "Tesseract with eng, spa, fra and por is not installed (Debian: see .ci/run)",
        ),
        "shared": (
            SHARED.is_dir(),
            "the folder of real documents is not there; TRACKER_SHARED names it",
        ),
    }
    return {mark: reason for mark, (is_there, reason) in parts.items() if not is_there}


@cache
def _recognises_our_languages() -> bool:
    tesseract = Tesseract.found()
    return tesseract is not None and len(tesseract.languages) == len(PACKS)


@pytest.fixture(autouse=True, scope="session")
def _own_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep whatever reads the settings from the environment away from instance/."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRACKER_DATA_DIR", str(tmp_path_factory.mktemp("instance")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real documents; a test that asks for it is marked ``shared``."""
    return SHARED
