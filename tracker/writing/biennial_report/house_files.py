"""The files of a body that writers put into its reports, by their digests."""

from base64 import b64encode
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tracker.domain.biennial_report.blocks import Cover, CoverLogo, ReportDocument

HouseFiles = Mapping[str, bytes]
NO_FILES: Final[HouseFiles] = MappingProxyType({})
_ENDINGS: Final = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}


def logo_of(document: ReportDocument) -> CoverLogo | None:
    """Return the logo on the cover of a document, None where it has none."""
    covers = (block.logo for block in document.blocks if isinstance(block, Cover))
    return next(covers, None)


def ending_of(media_type: str) -> str:
    """Return how the name of a picture ends, by which typesetters tell its kind."""
    return _ENDINGS[media_type]


def as_address(media_type: str, content: bytes) -> str:
    """Return a picture as an address that holds it whole, for pages that stand alone."""
    return f"data:{media_type};base64,{b64encode(content).decode()}"
