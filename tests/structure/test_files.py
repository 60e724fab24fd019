"""What tracked files may hold: no paths of one machine, no addresses in locks."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.structure.source import ROOT, name_of, tracked_files

LOCKS = sorted(ROOT.glob("requirements*.lock"))
# /usr/bin and /dev are where every machine has them; these are where one machine has its own.
MACHINE_PATHS = re.compile(r"(?<![\w.}/])/(work|root|home|Users|tmp)/[\w.]")
BINARY = {".docx", ".gz", ".jpg", ".mo", ".pdf", ".png", ".ttf", ".woff2", ".ico"}
LARGEST_BYTES = 2_000_000


def text_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix not in BINARY]


def test_no_file_names_a_place_on_one_machine() -> None:
    found = {
        f"{name_of(path)}, line {number}: {line.strip()[:80]}"
        for path in text_files()
        if path.parent != ROOT / "tests" / "structure"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line)
    }

    assert found == set()


@pytest.mark.parametrize("line", ["see /home/anna/x", 'open("/tmp/x")', "cd /work/main"])
def test_a_place_on_one_machine_would_be_noticed(line: str) -> None:
    assert MACHINE_PATHS.search(line)
    assert not MACHINE_PATHS.search("templates/work/x.html and /people/work/1")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_hashes_and_no_addresses(lock: Path) -> None:
    text = lock.read_text()

    assert "://" not in text
    assert text.count("==") > 0
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement.splitlines()[0]


def test_both_locks_hold_the_same_versions() -> None:
    core, development = (
        dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )

    assert core.items() <= development.items()


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = (ROOT / "requirements.lock").read_text()
    names = [re.match(r"[\w.-]+", line).group() for line in project["dependencies"]]  # type: ignore[union-attr]

    assert [name for name in names if not re.search(rf"^{name}==", lock, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "path", [".venv/x", "instance/tracker.sqlite3", "tracker/__pycache__/x.pyc"]
)
def test_what_is_made_here_is_not_tracked(path: str) -> None:
    ignored = subprocess.run(["git", "-C", str(ROOT), "check-ignore", "-q", path], check=False)

    if ignored.returncode == 128:
        pytest.skip("this is no git checkout")
    assert ignored.returncode == 0


def test_no_file_is_unreasonably_large() -> None:
    assert {
        name_of(path) for path in tracked_files() if path.stat().st_size > LARGEST_BYTES
    } == set()
