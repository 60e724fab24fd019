"""ZIP packages opened with care: size checked before unpacking, XML without entities or network."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree

from tracker.domain.errors import UnreadableDocument

_UNPACKED_LIMIT = 400 * 1024 * 1024  # bytes


def open_package(content: bytes) -> ZipFile:
    """Return the package; raises UnreadableDocument when it is broken or would unpack too large."""
    try:
        package = ZipFile(BytesIO(content))
    except (BadZipFile, NotImplementedError, ValueError, OSError) as problem:
        raise _damaged() from problem
    if sum(member.file_size for member in package.infolist()) > _UNPACKED_LIMIT:
        raise _too_large()
    return package


def parse_part(package: ZipFile, name: str) -> etree._Element:
    """Return the root of an XML part; raises UnreadableDocument when it is missing or broken."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with package.open(name) as part:
            # the size in the directory may lie, so the reading itself is bounded, too
            content = part.read(_UNPACKED_LIMIT + 1)
        if len(content) > _UNPACKED_LIMIT:
            raise _too_large()
        return etree.fromstring(content, parser)
    except (KeyError, BadZipFile, zlib.error, OSError, EOFError) as problem:
        raise _damaged() from problem
    except (NotImplementedError, RuntimeError) as problem:  # a way of packing that is unknown here
        raise _damaged() from problem
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise _damaged() from problem


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "The Word document is damaged or was cut off while being copied. "
        "Open it in Word, save it anew and upload it again."
    )


def _too_large() -> UnreadableDocument:
    return UnreadableDocument(
        "The Word document unpacks to more than %(limit)s MB, which no resolution needs. "
        "Check where the file comes from.",
        limit=_UNPACKED_LIMIT // 1024 // 1024,
    )
