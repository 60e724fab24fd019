"""Files as attackers and accidents make them: refused with a sentence, or read without harm."""

import pytest

from tests.reading.bad_files import READ_FILES, REFUSED_FILES
from tracker.domain.errors import UnreadableDocument
from tracker.reading import read_bytes


@pytest.mark.parametrize(
    ("content", "file_name", "told"), REFUSED_FILES.values(), ids=REFUSED_FILES.keys()
)
def test_a_bad_file_is_refused_with_what_to_do(content: bytes, file_name: str, told: str) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_bytes(content, file_name)

    assert told in str(refusal.value)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("content", "file_name", "words"), READ_FILES.values(), ids=READ_FILES.keys()
)
def test_an_unusual_file_is_read_as_it_shows(content: bytes, file_name: str, words: str) -> None:
    (resolution,) = read_bytes(content, file_name)

    texts = [clause.text for clause in resolution.operative_clauses]
    assert any(words.removeprefix("1. ") in text for text in texts)
    assert len(texts) >= 2
