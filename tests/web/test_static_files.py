"""Tests of the static files: what is served, how it is cached, and that what is kept is whole."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from tracker.web.static_files import CONTENT_TYPES, FOLDER, register_static_files

SERVED = sorted(path for path in FOLDER.iterdir() if path.suffix in CONTENT_TYPES)
PACKED = sorted(FOLDER.glob("*.gz"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.css").write_text("h1 { color: black }")
    (tmp_path / "page.css.gz").write_bytes(gzip.compress(b"h1 { color: black }"))
    (tmp_path / "build.sh").write_text("exit 0")
    return tmp_path


@pytest.fixture
def site(folder: Path) -> Flask:
    app = Flask(__name__, static_folder=None)
    register_static_files(app, folder)
    return app


@pytest.fixture
def reader(site: Flask) -> FlaskClient:
    return site.test_client()


def address_of_page_css(site: Flask) -> str:
    with site.test_request_context():
        return render_template_string("{{ static_url('page.css') }}")


def test_a_file_is_sent_packed_to_a_reader_that_takes_it_packed(reader: FlaskClient) -> None:
    response = reader.get("/static/page.css", headers={"Accept-Encoding": "gzip, br"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data) == b"h1 { color: black }"
    assert response.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0"])
def test_a_file_is_sent_plain_to_any_other_reader(reader: FlaskClient, accepted: str) -> None:
    response = reader.get("/static/page.css", headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert response.text == "h1 { color: black }"
    assert response.content_type == "text/css; charset=utf-8"


def test_the_address_in_a_template_may_be_kept_for_a_year(site: Flask, reader: FlaskClient) -> None:
    response = reader.get(address_of_page_css(site))

    assert response.cache_control.immutable
    assert response.cache_control.max_age == 31_536_000


@pytest.mark.parametrize("address", ["/static/page.css", "/static/page.css?v=0123"])
def test_an_address_of_another_version_is_asked_for_again(
    reader: FlaskClient, address: str
) -> None:
    response = reader.get(address)

    assert response.cache_control.no_cache
    assert response.cache_control.max_age is None


def test_a_file_the_reader_has_already_is_not_sent_again(reader: FlaskClient) -> None:
    tag = reader.get("/static/page.css").headers["ETag"]

    response = reader.get("/static/page.css", headers={"If-None-Match": tag})

    assert response.status_code == 304
    assert response.data == b""


def test_packed_and_plain_bytes_have_different_tags(reader: FlaskClient) -> None:
    plain = reader.get("/static/page.css").headers["ETag"]
    packed = reader.get("/static/page.css", headers={"Accept-Encoding": "gzip"}).headers["ETag"]

    assert plain != packed


def test_the_address_changes_with_the_file(site: Flask, folder: Path) -> None:
    before = address_of_page_css(site)

    (folder / "page.css").write_text("h1 { color: blue }")

    assert address_of_page_css(site) != before


@pytest.mark.parametrize("name", ["build.sh", "absent.css", "page.css.gz", "..%2Fpage.css"])
def test_nothing_else_is_served(reader: FlaskClient, name: str) -> None:
    assert reader.get(f"/static/{name}").status_code == 404


def test_a_template_that_names_an_absent_file_fails_at_once(site: Flask) -> None:
    with site.test_request_context(), pytest.raises(FileNotFoundError, match="make assets"):
        render_template_string("{{ static_url('absent.css') }}")


@pytest.mark.parametrize("path", PACKED, ids=lambda path: path.name)
def test_a_packed_file_holds_what_the_plain_one_holds(path: Path) -> None:
    assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.name)
def test_no_file_fetches_anything_from_elsewhere(path: Path) -> None:
    words = path.read_text(encoding="utf-8")

    assert not re.search(r"url\(|@import|@font-face|(src|href)=[\"']https?:", words)


def test_the_style_sheet_was_built_from_the_sources_beside_it() -> None:
    sources = sorted((FOLDER / "source").glob("*.scss"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()

    assert f"sources {digest[:16]}" in (FOLDER / "app.css").read_text(encoding="utf-8")[:400]


def test_the_style_sheet_is_small() -> None:
    # UX: 150 kB of script and style as transferred; most of it is left to what is still to come.
    assert (FOLDER / "app.css.gz").stat().st_size < 25_000


def test_script_and_style_of_all_pages_weigh_150_kb_at_most() -> None:
    site = Flask(__name__, static_folder=None)
    register_static_files(site)
    reader = site.test_client()
    names = [path.name for path in SERVED if path.suffix in {".css", ".js"}]

    sent = [reader.get(f"/static/{name}", headers={"Accept-Encoding": "gzip"}) for name in names]

    assert {"app.css", "app.js"} <= set(names)
    assert sum(len(response.data) for response in sent) <= 150_000
