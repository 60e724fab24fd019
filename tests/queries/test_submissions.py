"""Which official text a reader is offered first, and what is to be read with it."""

from datetime import date

import pytest

from tracker.domain.submissions import Distribution, IssuedKind, Sheet
from tracker.queries.submissions import Issued, Submission


def issued(number: int, kind: IssuedKind, language: str = "en", month: int = 3) -> Issued:
    name, day = f"{number}.pdf", date(2026, month, 30)
    return Issued(number, kind, language, "LC/1", day, name, "application/pdf", "", 1)


FIRST = issued(1, IssuedKind.ISSUED)
SPANISH = issued(2, IssuedKind.ISSUED, "es")
CORRIGENDUM = issued(3, IssuedKind.CORRIGENDUM, month=4)
REVISED = issued(4, IssuedKind.REVISION, month=5)


def document(*files: Issued) -> Submission:
    sheet = Sheet("Report", "12(IV)", "", Distribution.GENERAL, ("en",))
    return Submission(
        1, 1, "lc-1", sheet, "LC/1", "2026-2027", "en", 1, 0, None, None, None, files, None
    )


@pytest.mark.parametrize(
    ("files", "language", "offered"),
    [
        ((FIRST, SPANISH), "es", SPANISH),
        ((FIRST, SPANISH), "fr", FIRST),
        ((FIRST, CORRIGENDUM, REVISED), "en", REVISED),
        ((CORRIGENDUM,), "en", None),
    ],
)
def test_the_newest_whole_text_in_the_readers_language_comes_first(
    files: tuple[Issued, ...], language: str, offered: Issued | None
) -> None:
    assert document(*files).text_for(language) is offered


def test_a_corrigendum_is_read_with_the_text_that_it_corrects_and_not_with_a_later_one() -> None:
    found = document(FIRST, CORRIGENDUM, REVISED)

    assert found.read_with(FIRST) == (CORRIGENDUM,)
    assert found.read_with(REVISED) == ()
