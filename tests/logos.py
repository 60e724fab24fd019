"""Invented logos, as files that somebody chooses."""

from io import BytesIO

from PIL import Image, PngImagePlugin

from tracker.domain.biennial_report.logos import Logo
from tracker.reading.logo import read_logo
from tracker.storage import digest_of

SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
     viewBox="0 0 240 80" inkscape:export-filename="/srv/ana/logo.png">
  <!-- drawn by Ana -->
  <metadata>Ana</metadata><title>Secret draft</title>
  <defs><linearGradient id="sea"><stop offset="0" stop-color="#1f6699"/>
  <stop offset="1" stop-color="#7ab8de"/></linearGradient></defs>
  <style>.wave { fill: none; stroke: #ffffff; stroke-width: 6 }</style>
  <rect width="240" height="80" rx="8" fill="url(#sea)"/>
  <path class="wave" d="M10 50 q 30 -30 60 0 t 60 0 t 60 0 t 40 0"/>
</svg>"""


def picture(form: str = "PNG", size: tuple[int, int] = (240, 80), **more: object) -> bytes:
    """Return a blue picture in that form."""
    file = BytesIO()
    Image.new("RGB", size, "#1f6699").save(file, form, **more)
    return file.getvalue()


def signed_picture(name: str) -> bytes:
    """Return a picture that names who made it."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", name)
    return picture(pnginfo=told)


def kept_logo(content: bytes = SVG, **said: str) -> tuple[Logo, dict[str, bytes]]:
    """Return a logo as a template holds it, and its file under its digest."""
    read = read_logo(content)
    digest = digest_of(read.content)
    alternatives = said or {"en": "A wave", "es": "Una ola"}
    logo = Logo(digest, read.media_type, read.width, read.height, alternatives)
    return logo, {digest: read.content}
