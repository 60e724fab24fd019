"""A few hundred harmed files at each run of the tests; ``make fuzz`` tries many more."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.fuzzing.site import site, try_upload
from tests.fuzzing.trials import Source, harmed_file, sources, try_reading

pytestmark = pytest.mark.slow
SEED = 20


@pytest.fixture(scope="module")
def files() -> list[Source]:
    return sources(None)


@pytest.mark.parametrize("first", range(0, 300, 50))
def test_a_harmed_file_is_understood_or_refused_with_a_sentence(
    files: list[Source], first: int
) -> None:
    trials = [try_reading(files, number, SEED) for number in range(first, first + 50)]

    assert [(trial.number, trial.violation) for trial in trials if trial.violation] == []
    assert any(trial.is_refused for trial in trials)
    assert not all(trial.is_refused for trial in trials)


def test_a_harmed_file_leaves_the_site_standing(files: list[Source]) -> None:
    with site() as client:
        wrong = [
            (number, answer)
            for number in range(12)
            if (answer := _upload(client, files, number)) is not None
        ]

    assert wrong == []


def test_every_kind_of_file_that_can_be_read_is_harmed(files: list[Source]) -> None:
    kinds = {Path(file.name).suffix for file in files}

    assert kinds == {".txt", ".html", ".docx", ".pdf", ".tiff", ".png", ".jpeg"}


def test_a_crash_of_the_reading_is_a_violation(files: list[Source]) -> None:
    def crash(content: bytes, file_name: str) -> None:
        raise IndexError(file_name)

    trial = try_reading(files, 1, SEED, crash)  # type: ignore[arg-type]  # it returns nothing

    assert trial.violation is not None
    assert trial.violation.startswith("IndexError")


def test_the_same_seed_harms_the_same_file_in_the_same_way(files: list[Source]) -> None:
    assert harmed_file(files, 7, SEED) == harmed_file(files, 7, SEED)
    assert harmed_file(files, 7, SEED) != harmed_file(files, 7, SEED + 1)


def _upload(client: FlaskClient, files: list[Source], number: int) -> str | None:
    name, _, content = harmed_file(files, number, SEED)
    return try_upload(client, content, Path(name).name)
