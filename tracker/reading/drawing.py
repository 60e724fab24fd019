"""Drawings in SVG from outside: shapes and colours alone, nothing that acts or leads elsewhere."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from tracker.domain.errors import Invalid

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_MOST_ELEMENTS: Final = 3000
_MOST_USES: Final = 100
# Taken as they are, everything else either left behind or refused.
_SHAPES: Final = frozenset({
    "svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use",
    "clipPath", "linearGradient", "radialGradient", "stop", "style",
})  # fmt: skip
# What programs write beside the drawing.
_LEFT_BEHIND: Final = frozenset({"title", "desc", "metadata"})
_REFERENCE: Final = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)
_CHARSET: Final = re.compile(r"@charset[^;]*;", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*([0-9.]+(?:e[+-]?\d+)?)\s*([a-z%]*)\s*", re.IGNORECASE)
_UNITS: Final = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "mm": 3.78, "cm": 37.8}
_LONGEST_SIDE: Final = 1000
_FLATTEST: Final = 50  # times as wide as high, or as high as wide


def clean_drawing(content: bytes) -> tuple[bytes, int, int]:
    """Return a drawing without anything beside its shapes, its width and its height.

    Raise Invalid, with the line, where it holds what a logo must not: scripts, references to other
    files, text that needs a font, pictures. The same drawing gives the same bytes.
    """
    root = _parsed(content)
    _check_uses(root)
    cleaned = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG, "xlink": _XLINK[1:-5]})
    left, top, width, height = _view_box(root)
    cleaned.set("viewBox", " ".join(f"{number:g}" for number in (left, top, width, height)))
    scale = _LONGEST_SIDE / max(width, height)
    shown = round(width * scale), round(height * scale)
    cleaned.set("width", str(shown[0]))
    cleaned.set("height", str(shown[1]))
    _take_attributes(root, cleaned, but=("viewBox", "width", "height", "x", "y"))
    _take_children(root, cleaned)
    return etree.tostring(cleaned), *shown


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise Invalid(
            "The drawing cannot be read. Save it anew as SVG in the program that drew it."
        ) from problem
    if root.tag != f"{{{_SVG}}}svg":
        raise Invalid("This is no SVG drawing. Save the logo as SVG, PNG or JPEG and choose it.")
    # Entities of a drawing program only name its own vocabulary; any other could hide something.
    if any(isinstance(node, etree._Entity) for node in root.iter()):
        raise Invalid(
            "The drawing has entities that stand for something else. Save it as plain SVG."
        )
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS:
        raise Invalid(
            "The drawing has more than %(limit)s shapes. Save it as PNG and choose that.",
            limit=_MOST_ELEMENTS,
        )
    return root


def _take_children(source: etree._Element, target: etree._Element) -> None:
    for child in source:
        space, name = _name_of(child)
        if space != _SVG or name in _LEFT_BEHIND:
            continue
        if name not in _SHAPES:
            raise _refused(child, f"<{name}>")
        taken = etree.SubElement(target, child.tag)
        _take_attributes(child, taken)
        if name == "style":
            taken.text = _style(child)
        _take_children(child, taken)


def _take_attributes(
    source: etree._Element, target: etree._Element, *, but: tuple[str, ...] = ()
) -> None:
    for name, value in source.items():
        if name.lower().startswith("on"):
            raise _refused(source, name)
        if name in {"href", _XLINK}:
            if not value.startswith("#"):
                raise _refused(source, f"href={value[:40]}")
        elif name.startswith(("{", "data-")) or name in but:
            continue
        elif _leads_elsewhere(value):
            raise _refused(source, f"{name}={value[:40]}")
        target.set(name, value)


def _style(element: etree._Element) -> str:
    text = _CHARSET.sub("", element.text or "")
    if "@" in text or _leads_elsewhere(text):
        raise _refused(element, "<style>")
    return text


def _leads_elsewhere(text: str) -> bool:
    # With a backslash a style sheet can write any word in other letters.
    return "\\" in text or _REFERENCE.search(text) is not None


def _check_uses(root: etree._Element) -> None:
    """Refuse shapes that repeat shapes that repeat: few lines would draw for hours."""
    uses = list(root.iter(f"{{{_SVG}}}use"))
    held = {element.get("id"): element for element in root.iter() if element.get("id")}
    clips = root.iter(f"{{{_SVG}}}clipPath")
    nested = [each for clip in clips for each in _below(clip) if each.get("clip-path")]
    for use in uses:
        target = held.get((use.get(_XLINK) or use.get("href") or "")[1:])
        if target is not None and next(target.iter(f"{{{_SVG}}}use"), None) is not None:
            nested.append(use)
    if nested or len(uses) > _MOST_USES:
        raise _refused((nested or uses)[0], f"<{_name_of((nested or uses)[0])[1]}>")


def _below(element: etree._Element) -> Iterator[etree._Element]:
    return element.iterdescendants()


def _view_box(root: etree._Element) -> tuple[float, float, float, float]:
    """Return where the drawing begins, and its width and height, in its own units."""
    box = [_number(part) for part in re.split(r"[\s,]+", (root.get("viewBox") or "").strip())]
    if len(box) != 4 or None in box:
        box = [0.0, 0.0, _number(root.get("width")), _number(root.get("height"))]
    left, top, width, height = (0.0 if each is None else each for each in box)
    if min(width, height) <= 0 or max(width, height) > _FLATTEST * min(width, height):
        raise Invalid(
            "The drawing does not say how wide and how high it is, or is a mere line. Save it with "
            "its size (viewBox)."
        )
    return left, top, width, height


def _number(text: str | None) -> float | None:
    if text and text.startswith("-"):
        number = _number(text[1:])
        return None if number is None else -number
    found = _NUMBER.fullmatch(text or "")
    if found is None or found[2].lower() not in _UNITS:
        return None
    try:
        return float(found[1]) * _UNITS[found[2].lower()]
    except ValueError:
        return None


def _name_of(element: etree._Element) -> tuple[str | None, str]:
    name = etree.QName(element)
    return name.namespace, name.localname


def _refused(element: etree._Element, what: str) -> Invalid:
    return Invalid(
        "Line %(line)s of the drawing has %(what)s. Only plain shapes and colours can stand in a "
        "logo: no scripts, no text (turn it into paths), no pictures and nothing from elsewhere. "
        "Save it as plain SVG, or as PNG.",
        line=element.sourceline or 1,
        what=what,
    )
