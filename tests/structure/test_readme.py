"""The papers tell what is so: every setting, command, target, path and picture they name."""

import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tests.journeys.pictures import FOLDER, LARGEST_BYTES, PICTURES
from tests.structure.source import ROOT, name_of
from tracker.cli import command_line

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(TRACKER_\w+)`( \*)? \|", re.MULTILINE)
READ = re.compile(r'value\(\s*"([A-Z_]+)"')
REQUIRED = re.compile(r'\("([A-Z_]+)", "the address')
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PAPERS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("**/*.md")),
]
# What is a path of the project in a paper: inside backticks, from a folder or a file of its root.
PATH = re.compile(
    r"`((?:tracker|tests|templates|migrations|docs)/[\w./]+|(?:config\.py|pyproject\.toml|Makefile"
    r"|LICENSE|[A-Z]+\.md|\.ci/run))`"
)


def test_every_setting_stands_in_the_readme() -> None:
    read = set(READ.findall((ROOT / "config.py").read_text(encoding="utf-8")))

    assert {f"TRACKER_{name}" for name in read} == {name for name, _star in ROW.findall(README)}


def test_the_settings_that_production_needs_are_marked() -> None:
    required = set(REQUIRED.findall((ROOT / "config.py").read_text(encoding="utf-8")))

    starred = {name for name, star in ROW.findall(README) if star}
    assert starred == {"TRACKER_SECRET_KEY"} | {f"TRACKER_{name}" for name in required}


def command_of_the_tracker() -> click.Group:
    # What the commands start does not matter here, only that they are there.
    parts: dict[str, Any] = dict.fromkeys(inspect.signature(command_line).parameters, print)
    return command_line(**parts)


def lines_of(command: click.Command, before: str = "tracker") -> Iterator[str]:
    """Yield each command that people type, without those that only programs call."""
    if not isinstance(command, click.Group):
        yield before
        return
    for name, part in command.commands.items():
        if not part.hidden:
            yield from lines_of(part, f"{before} {name}")


def test_every_command_stands_in_the_readme() -> None:
    told = set(re.findall(r"^\| `(tracker [a-z -]+?)(?: [A-Z.]+)?`", README, re.MULTILINE))

    assert set(lines_of(command_of_the_tracker())) == told


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^\| `tracker ([a-z -]+)", README, re.M))))
def test_every_command_of_the_readme_is_there(line: str) -> None:
    command: click.Command = command_of_the_tracker()

    for word in line.split():
        assert isinstance(command, click.Group)
        assert word in command.commands
        command = command.commands[word]


def test_every_target_of_the_readme_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"(?:`|^    )make ([a-z-]+)", README, re.M)) <= targets


def test_each_target_of_the_makefile_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()

    silent = [target for target in phony if not re.search(rf"^{target}:.* ## \S", makefile, re.M)]
    assert silent == []


def test_every_folder_of_the_readme_is_there() -> None:
    table = README.split("## Where things live")[1].split("## ")[0]
    folders = re.findall(r"`((?:tracker|templates|migrations|tests|docs)[\w./]*)`", table)

    assert [folder for folder in folders if not (ROOT / folder).exists()] == []


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_path_that_a_paper_names_is_there(paper: Path) -> None:
    named = PATH.findall(paper.read_text(encoding="utf-8"))

    assert [path for path in named if not (ROOT / path).exists()] == []


def test_a_walk_through_the_code_names_its_places() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    walks = {walk.split("\n")[0]: PATH.findall(walk) for walk in guide.split("\n## ")[1:]}

    for walk in ("a clause verb", "a section to the biennial report", "a language", "a job"):
        assert len(walks[f"Add {walk}"]) >= 4


@pytest.mark.parametrize("paper", PAPERS, ids=name_of)
def test_every_link_of_a_paper_leads_somewhere(paper: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", paper.read_text(encoding="utf-8"))

    assert [target for target in targets if not (paper.parent / target).exists()] == []


def test_the_readme_shows_the_pictures_that_the_walk_takes() -> None:
    shown = re.findall(r"!\[[^\]]{20,}\]\((docs/pictures/\w+\.png)\)", README)

    assert shown == [name_of(FOLDER / f"{picture.name}.png") for picture in PICTURES]


def test_pictures_are_small_enough_for_a_readme() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.stat().st_size > LARGEST_BYTES} == set()


def test_decisions_are_numbered_without_a_gap_and_told_in_their_title() -> None:
    numbers = [int(path.name[:4]) for path in DECISIONS]
    titles = [path.read_text(encoding="utf-8").split("\n", 1)[0] for path in DECISIONS]

    assert numbers == list(range(1, len(DECISIONS) + 1))
    assert [re.match(r"# (\d+)\. \S", title) is not None for title in titles] == [True] * len(
        titles
    )
    assert [int(title.split(".")[0].removeprefix("# ")) for title in titles] == numbers


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_says_what_it_costs(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Decision", "Price"]
    assert len(text.split("## Price")[1].split()) > 15


def test_the_changes_tell_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert re.search(rf"^## \[{re.escape(project['version'])}\]", changes, re.MULTILINE)
