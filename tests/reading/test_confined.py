"""Reading in a process of its own: the same result, and limits that no file can pass."""

import os
import signal
from pathlib import Path

import pytest

from tests.reading.bad_files import TEXT
from tracker.domain.errors import UnreadableDocument
from tracker.reading.confined import ConfinedReader, Limits, read_confined
from tracker.reading.readers import read_here

pytestmark = pytest.mark.slow
# Fewer lines than are refused at once, and yet four times the work of the shortest limit.
LONG = (TEXT + "\n\n3. Requests it." * 49_000).encode()
LARGE = (TEXT + "a" * 49_000_000).encode()


def test_a_confined_reading_is_that_of_this_process() -> None:
    content = TEXT.encode()

    assert read_confined(content, "a.txt") == read_here(content, "a.txt")


def test_a_refusal_comes_back_with_its_words_to_translate() -> None:
    with pytest.raises(UnreadableDocument) as here:
        read_here(b"%PDF-1.4", "a.docx")

    with pytest.raises(UnreadableDocument) as confined:
        read_confined(b"%PDF-1.4", "a.docx")

    assert (confined.value.sentence, confined.value.values) == (
        here.value.sentence,
        here.value.values,
    )


def test_a_file_that_takes_too_long_is_stopped() -> None:
    with ConfinedReader(Limits(seconds=1)) as reader:
        with pytest.raises(UnreadableDocument, match="took longer than 1 seconds"):
            reader(LONG, "a.txt")

        assert reader.process_id is None


def test_a_file_that_needs_too_much_memory_is_stopped() -> None:
    limits = Limits(memory_bytes=256 * 1024**2)

    with pytest.raises(UnreadableDocument, match="more memory than one file may have"):
        read_confined(LARGE, "a.txt", limits=limits)


def test_a_file_larger_than_the_limit_is_not_even_sent() -> None:
    reader = ConfinedReader(Limits(size_bytes=10))

    with pytest.raises(UnreadableDocument, match="larger than 0 MB"):
        reader(TEXT.encode(), "a.txt")

    assert reader.process_id is None


def test_one_process_reads_file_after_file() -> None:
    with ConfinedReader() as reader:
        reader(TEXT.encode(), "a.txt")
        first = reader.process_id
        reader(TEXT.encode(), "b.txt")

        assert reader.process_id == first


def test_a_process_that_crashed_is_begun_anew_for_the_next_file() -> None:
    with ConfinedReader() as reader:
        reader(TEXT.encode(), "a.txt")
        assert reader.process_id is not None
        os.kill(reader.process_id, signal.SIGSEGV)

        with pytest.raises(UnreadableDocument, match="Reading the file broke off"):
            reader(TEXT.encode(), "b.txt")

        assert reader(TEXT.encode(), "c.txt").resolutions


def test_the_process_knows_no_secrets_and_can_write_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TRACKER_SECRET_KEY", "a secret of the house")

    with ConfinedReader() as reader:
        reader(TEXT.encode(), "a.txt")
        process = Path(f"/proc/{reader.process_id}")
        environment = (process / "environ").read_text(encoding="utf-8")
        limits = (process / "limits").read_text(encoding="utf-8")

    assert "SECRET" not in environment
    assert "Max file size             0                    0" in limits
    assert "Max core file size        0                    0" in limits


def test_no_process_is_left_behind() -> None:
    with ConfinedReader() as reader:
        reader(TEXT.encode(), "a.txt")
        process_id = reader.process_id

    assert not Path(f"/proc/{process_id}").exists()
