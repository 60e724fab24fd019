"""Pages that were set, worn and scanned are recognised by the real program and read right."""

from collections.abc import Sequence

import pytest
from PIL import Image
from rapidfuzz import fuzz

from tests.reading.scanning import Paragraph, Wear, as_file, set_pages, worn
from tracker.domain.clauses import ReadResolution
from tracker.reading.confined import ConfinedReader
from tracker.reading.scans import ForgottenPages, ScanLimits, read_recognising

pytestmark = [pytest.mark.recognition, pytest.mark.slow]

ALIKE = 97.0  # of 100
ENGLISH = (
    Paragraph("24(VI) Harbour lights and ferries of the islands", kind="title"),
    Paragraph("The Commission for the Ostral Islands,"),
    Paragraph("Bearing in mind that many harbours of the islands have no light at all,"),
    Paragraph("Takes note of the report of the secretariat on the harbour lights;", "1."),
    Paragraph("Requests the Executive Secretary:", "2."),
    Paragraph("To assist member States in the repair of their harbour lights;", "(a)", 1),
    Paragraph("To report to the Commission at its seventh session on the lights;", "(b)", 1),
    Paragraph("Decides to review the matter at its eighth session.", "3."),
)
SPANISH = (
    Paragraph("24(VI) Luces de los puertos de las islas", kind="title"),
    Paragraph("La Comisión de las Islas Ostrales,"),
    Paragraph("Teniendo presente que muchos puertos de las islas no tienen ninguna luz,"),
    Paragraph("Toma nota del informe de la secretaría sobre las luces de los puertos;", "1."),
    Paragraph("Pide a la Secretaria Ejecutiva que presente un informe cada año;", "2."),
    Paragraph("Decide examinar la cuestión en su octavo período de sesiones.", "3."),
)


def scanned(paragraphs: Sequence[Paragraph], wear: Wear, *, language: str = "en") -> Image.Image:
    (page,) = set_pages(paragraphs, dots=150, language=language)
    upper_half = page.crop((0, 0, page.width, page.height // 2))
    return worn(upper_half, wear)


def read_scan(content: bytes, name: str) -> ReadResolution:
    with ConfinedReader() as reader:
        reading = read_recognising(
            content,
            name,
            reader=reader,
            limits=ScanLimits(),
            kept=ForgottenPages(),
            progress=lambda place, count: None,
        )
    (resolution,) = reading.resolutions
    return resolution


def misread(resolution: ReadResolution, paragraphs: Sequence[Paragraph], paths: str) -> list[str]:
    """Return the clauses that are not as they were set, a misread sign in each allowed."""
    texts = dict(zip(paths.split(), (each.text for each in paragraphs if each.number), strict=True))
    found = {clause.path: clause.text for clause in resolution.operative_clauses}
    return [path for path, text in texts.items() if fuzz.ratio(found.get(path, ""), text) < ALIKE]


@pytest.mark.parametrize(
    ("kind", "wear"),
    [
        ("PDF", Wear(skew=2.5)),
        ("TIFF", Wear(turned=90)),
        ("JPEG", Wear(turned=180, skew=-1.0)),
        ("PNG", Wear(noise=6, contrast=0.3)),
        ("PNG", Wear(noise=6, contrast=0.3, seed=10)),
        ("PNG", Wear(noise=6, contrast=0.3, seed=11)),
    ],
    ids=["askew", "on its side", "upside down", "pale", "number in pieces", "number not seen"],
)
def test_a_worn_page_is_read_as_it_was_set(kind: str, wear: Wear) -> None:
    content = as_file([scanned(ENGLISH, wear)], kind)

    resolution = read_scan(content, f"scan.{kind.lower()}")

    assert (resolution.number, resolution.body) == ("24(VI)", "Commission for the Ostral Islands")
    assert misread(resolution, ENGLISH, "1 2 2.a 2.b 3") == []


def test_a_page_in_spanish_keeps_its_accents() -> None:
    content = as_file([scanned(SPANISH, Wear(), language="es")], "PNG")

    resolution = read_scan(content, "scan.png")

    assert resolution.language == "es"
    assert misread(resolution, SPANISH, "1 2 3") == []
    assert "secretaría" in resolution.operative_clauses[0].text


def test_two_columns_are_read_one_after_the_other() -> None:
    (page,) = set_pages([*ENGLISH[:3], *ENGLISH[3:] * 4], dots=150, columns=2)
    content = as_file([worn(page)], "PNG")

    resolution = read_scan(content, "scan.png")

    assert misread(resolution, ENGLISH, "1 2 2.a 2.b 3") == []
