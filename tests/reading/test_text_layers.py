"""Text of PDF pages that makes no sense is not believed: the pages are recognised instead."""

import pytest

from tests.reading.documents import OPENING, make_pdf
from tracker.domain.errors import ScannedDocument
from tracker.reading import read_bytes
from tracker.reading.text_layers import senseless_pages

CLAUSE = "Requests the Executive Secretary to assist the islands in the repair of their lights"
PROSE = ". ".join([CLAUSE] * 8)
SHIFTED = "".join(chr(ord(sign) - 29) if sign > "@" else sign for sign in PROSE)
PAGE = "\n\n".join([*OPENING, *(f"{number}. {CLAUSE};" for number in range(1, 9))])


@pytest.mark.parametrize(
    "text",
    [SHIFTED, "\ue001\ue002\ue003 " * 60, "\x01\x02\x03\x04\x05\x06 " * 40],
    ids=["letters moved in their order", "private signs", "control signs"],
)
def test_signs_that_stand_for_nothing_are_known(text: str) -> None:
    assert senseless_pages([PROSE, text, PROSE]) == [1]


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "Antigua Barbados Chile Cuba Dominica Ecuador Grenada Haití Jamaica México Perú " * 8,
        "A/RES/60/1 A/RES/61/2 E/2012/25 LC/G.1711 LC/L.3400 XXIV XXVII XXXVIII " * 20,
        "Комиссия просит Исполнительного секретаря представить доклад о маяках " * 10,
        "§ 1 ¶ 2",
    ],
    ids=["prose", "names", "symbols of documents", "another script", "few signs"],
)
def test_what_makes_sense_to_somebody_is_believed(text: str) -> None:
    assert senseless_pages([text]) == []


def test_a_page_without_sense_must_be_recognised() -> None:
    raw = SHIFTED.replace("\\", "/")
    content = make_pdf(f'#raw({PAGE!r})\n#pagebreak()\n#raw("{raw}")'.replace("'", '"'))

    with pytest.raises(ScannedDocument) as scan:
        read_bytes(content, "a.pdf")

    assert (scan.value.pages, scan.value.page_count) == ((2,), 2)
