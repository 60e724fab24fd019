"""Reading of adopted texts: a file in, the resolutions it holds out."""

from pathlib import Path

from tracker.domain.clauses import ReadResolution
from tracker.reading.plain_text import read_plain_text
from tracker.reading.resolutions import read_resolutions


def read_bytes(content: bytes, filename: str) -> list[ReadResolution]:
    return read_resolutions(read_plain_text(content))


def read(source: Path) -> list[ReadResolution]:
    return read_bytes(source.read_bytes(), source.name)
