"""The README tells what is so: every setting, every command, every target."""

import inspect
import re
from typing import Any

import click
import pytest

from tests.structure.source import ROOT
from tracker.cli import command_line

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(TRACKER_\w+)`( \*)? \|", re.MULTILINE)
READ = re.compile(r'value\(\s*"([A-Z_]+)"')
REQUIRED = re.compile(r'\("([A-Z_]+)", "the address')


def test_every_setting_stands_in_the_readme() -> None:
    read = set(READ.findall((ROOT / "config.py").read_text(encoding="utf-8")))

    assert {f"TRACKER_{name}" for name in read} == {name for name, _star in ROW.findall(README)}


def test_the_settings_that_production_needs_are_marked() -> None:
    required = set(REQUIRED.findall((ROOT / "config.py").read_text(encoding="utf-8")))

    starred = {name for name, star in ROW.findall(README) if star}
    assert starred == {"TRACKER_SECRET_KEY"} | {f"TRACKER_{name}" for name in required}


@pytest.mark.parametrize("line", sorted(set(re.findall(r"^\| `tracker ([a-z ]+)", README, re.M))))
def test_every_command_of_the_readme_is_there(line: str) -> None:
    # What the commands start does not matter here, only that they are there.
    parts: dict[str, Any] = dict.fromkeys(inspect.signature(command_line).parameters, print)
    command: click.Command = command_line(**parts)

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
