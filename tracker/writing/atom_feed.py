"""A feed of what was issued, as feed readers take it (Atom, RFC 4287)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)  # of a feed without entries: it must name a moment


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing issued: ``address`` is its own and names it, ``page`` tells about it."""

    title: str
    address: str
    page: str
    updated_at: datetime
    summary: str


def atom_feed(
    entries: Sequence[Entry], *, address: str, title: str, author: str, language: str
) -> bytes:
    """Return the feed in UTF-8, its entries in the order given; the same give the same bytes."""
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": language})
    _add(root, "id", address)
    _add(root, "title", title)
    _add(root, "updated", _moment(max((each.updated_at for each in entries), default=_NEVER)))
    _add(SubElement(root, "author"), "name", author)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": address})
    for each in entries:
        entry = SubElement(root, "entry")
        _add(entry, "id", each.address)
        _add(entry, "title", each.title)
        _add(entry, "updated", _moment(each.updated_at))
        SubElement(entry, "link", {"rel": "alternate", "href": each.page})
        SubElement(entry, "link", {"rel": "related", "href": each.address})
        _add(entry, "summary", each.summary)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
