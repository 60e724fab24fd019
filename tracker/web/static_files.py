"""Style sheet, script and mark: digest in the address, packed for readers that take them packed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, request, url_for

from tracker.web.security import public

FOLDER = Path(__file__).resolve().parent.parent / "static"
# What is served is listed by kind: sources and build scripts beside the files stay where they are.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".txt": "text/plain; charset=utf-8",
}
A_YEAR = 31_536_000  # seconds


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it is served: plain bytes, packed bytes where they are kept, and its version."""

    content_type: str
    plain: bytes
    packed: bytes | None
    version: str


class StaticFiles:
    """The files of one folder, read once and again only when one of them changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[Path, int | None, StaticFile]] = {}

    def find(self, name: str) -> StaticFile | None:
        """Return the file called ``name``, or None when there is none that may be served."""
        known = self._read.get(name)
        if known is not None and _changed_at(known[0]) == known[1]:
            return known[2]
        content_type = CONTENT_TYPES.get(Path(name).suffix)
        path = self._folder / name
        if content_type is None or path.parent != self._folder or not path.is_file():
            return None
        self._read[name] = known = (path, _changed_at(path), _read(path, content_type))
        return known[2]


def register_static_files(app: Flask, folder: Path = FOLDER) -> None:
    """Serve ``folder`` under /static and give templates ``static_url('app.css')``."""
    files = StaticFiles(folder)
    blueprint = Blueprint("static_files", __name__)

    @blueprint.get("/static/<name>")
    @public
    def serve(name: str) -> Response:
        found = files.find(name)
        if found is None:
            abort(404)
        return _answer(found)

    def static_url(name: str) -> str:
        """Return the address of a static file; it changes whenever the file does."""
        found = files.find(name)
        if found is None:
            raise FileNotFoundError(f"There is no static file {name!r}; run make assets.")
        return url_for("static_files.serve", name=name, v=found.version)

    app.register_blueprint(blueprint)
    app.add_template_global(static_url)


def _changed_at(path: Path) -> int | None:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _read(path: Path, content_type: str) -> StaticFile:
    plain = path.read_bytes()
    beside = path.with_name(path.name + ".gz")
    return StaticFile(
        content_type=content_type,
        plain=plain,
        packed=beside.read_bytes() if beside.is_file() else None,
        version=hashlib.sha256(plain).hexdigest()[:16],
    )


def _answer(found: StaticFile) -> Response:
    takes_packed = request.accept_encodings.quality("gzip") > 0
    packed = found.packed if takes_packed else None
    response = Response(found.plain if packed is None else packed, content_type=found.content_type)
    response.vary.add("Accept-Encoding")
    # A strong ETag names the bytes that are sent, and packed bytes are others.
    response.set_etag(found.version if packed is None else f"{found.version}-gzip")
    if packed is not None:
        response.content_encoding = "gzip"
    if request.args.get("v") == found.version:
        response.cache_control.public = True
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
