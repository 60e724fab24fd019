"""``tracker read``: the tree, the JSON form, refusals."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.reading.fake_tesseract import FakeTesseract, no_tesseract, picture_of_page, tesseract
from tracker.cli.context import RefusingGroup
from tracker.cli.read import read

__all__ = ["no_tesseract", "tesseract"]

TEXT = """12(III) LIGHTHOUSES

The Commission for the Ostral Islands,

Recalling its resolution 7(I),

1. Takes note of the lamps;

2. Requests the Executive Secretary to report on the lamps at its fifth session.
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    document = tmp_path / "lamps.txt"
    document.write_text(TEXT, encoding="utf-8")
    return document


@pytest.fixture
def scan(tmp_path: Path) -> str:
    scan = tmp_path / "lamps.png"
    scan.write_bytes(picture_of_page())
    return str(scan)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(read, arguments)


def test_the_tree_shows_numbers_verbs_and_proposals(document: Path) -> None:
    result = run(str(document))

    assert "12(III)  LIGHTHOUSES" in result.stdout
    assert "2  Requests the Executive Secretary to report" in result.stdout
    assert "Requests; action by secretariat; Executive Secretary" in result.stdout
    assert "2 mandates proposed, 1 as requiring our action." in result.stdout


def test_the_json_form_carries_blocks_and_proposals(document: Path) -> None:
    shown = json.loads(run(str(document), "--json").stdout)

    operative = [block for block in shown["blocks"] if block["kind"] == "operative"]
    assert (shown["number"], shown["flags"]) == ("12(III)", [])
    assert operative[1]["proposal"]["occasion"] == "at its fifth session"
    assert shown["citations"][0]["symbol"] == "7(I)"


def test_several_resolutions_are_a_list(document: Path) -> None:
    document.write_text(TEXT + "\n\n" + TEXT.replace("12(III)", "13(III)"), encoding="utf-8")

    shown = json.loads(run(str(document), "--json").stdout)

    assert [tree["number"] for tree in shown["resolutions"]] == ["12(III)", "13(III)"]


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt"])
def test_what_cannot_be_read_ends_with_a_sentence_and_exit_code_2(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty.txt").touch()
    tracker = RefusingGroup("tracker", commands=[read])

    result = CliRunner().invoke(tracker, ["read", str(tmp_path / name)])

    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")
    assert result.stdout == ""


def test_a_scan_is_recognised_and_read(scan: str, tesseract: FakeTesseract) -> None:
    tesseract.finds(TEXT, unsure={"lamps;": 20})

    result = run(scan)

    assert "2 mandates proposed, 1 as requiring our action." in result.stdout
    assert "12(III)  LIGHTHOUSES" in result.stdout


def test_a_scan_says_what_to_install_where_nothing_recognises_it(
    scan: str, no_tesseract: None
) -> None:
    group = RefusingGroup("tracker", commands={"read": read})

    result = CliRunner().invoke(group, ["read", scan])

    assert result.exit_code == 2
    assert "apt-get install tesseract-ocr" in result.stderr
