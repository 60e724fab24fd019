"""The private room of drafts: checked, printed, purged, and nowhere else to be seen."""

from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from tests.audit import arranging
from tests.furniture import put
from tests.reading.fake_tesseract import FakeTesseract, picture_of_page, tesseract
from tests.renewing import Renewal, make_renewal
from tests.travel import Travel
from tests.visitors import filled_in, form_of, sign_in, submit, text_of
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid
from tracker.installation import Installation
from tracker.jobs.housekeeping import keep_house
from tracker.models.audit import AuditEntry
from tracker.models.instruments import BodySession
from tracker.services.drafts import purge_draft
from tracker.web.resolutions.drafts import MOST_SCANNED_PAGES

__all__ = ["tesseract"]

DRAFT = b"""DRAFT ON THE XYLOPHONES OF THE ISLANDS

The Commission of the Islands,

1. Decides that the present resolution supersedes resolution 12(IV);

2. Requests the Executive Secretary to assist member States in keeping their registers of births \
and deaths;

3. Requests the Executive Secretary, within existing resources, to tune every xylophone of the \
islands before 31 December 2027.
"""


@pytest.fixture
def renewal(database: Database) -> Renewal:
    return put(database, make_renewal)


@pytest.fixture
def client(client: FlaskClient, renewal: Renewal) -> FlaskClient:
    sign_in(client, renewal.house.editor.person_id)
    return client


def send(
    client: FlaskClient, content: bytes, session_id: str = "", *, name: str = "draft.txt"
) -> TestResponse:
    """Send a file to be checked."""
    fields: dict[str, object] = dict(filled_in(form_of(client.get("/resolutions/drafts"))))
    fields |= {"document": (BytesIO(content), name), "session_id": session_id}
    return client.post("/resolutions/drafts", data=fields, content_type="multipart/form-data")


def uploaded(client: FlaskClient, session_id: str = "") -> str:
    """Upload the draft and return the address of its check."""
    return send(client, DRAFT, session_id).location


def test_a_draft_is_held_against_the_mandates_clause_by_clause(
    client: FlaskClient, renewal: Renewal
) -> None:
    page = client.get(uploaded(client))

    words = text_of(page)
    assert "Would take the place of 12(IV), para. 5(a)" in words
    assert "Statistics Division · Ana Focal" in words
    assert "It says that it renews, amends or takes the place of 12(IV)" in words
    assert "programme budget implications" in words
    assert "The first report falls due on 31" in words
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"


def test_the_check_is_printed_as_word(client: FlaskClient) -> None:
    file = client.get(f"{uploaded(client)}/check.docx")

    document = ZipFile(BytesIO(file.data)).read("word/document.xml").decode()
    assert "xylophone" in document
    assert "It would take the place of 12(IV), para. 5(a)" in document


def test_nothing_of_a_draft_is_anywhere_but_in_its_room(
    client: FlaskClient, installation: Installation, renewal: Renewal
) -> None:
    uploaded(client)
    installation.complete_search()

    for page in ("/resolutions", "/mandates", "/resolutions/export.csv"):
        assert "xylophone" not in client.get(page).text.lower()
    with installation.database.reading() as session:
        trail = session.scalars(select(AuditEntry.after)).all()
        assert "xylophone" not in str(trail).lower()
        assert "xylophon" not in str(session.execute(text("SELECT * FROM search_entries")).all())
    assert installation.files.digests() == installation.uploads.digests() == []


def test_only_coordinators_and_editors_come_in_and_only_its_owner_purges_a_draft(
    client: FlaskClient, installation: Installation, renewal: Renewal
) -> None:
    address = uploaded(client)
    with (
        installation.database.transaction() as session,
        pytest.raises(Invalid, match="Only who uploaded"),
    ):
        purge_draft(session, draft_id=1, actor=renewal.house.coordinator, at=clock.now())

    purged = submit(client, client.get(address), to="/purge")

    assert purged.location == "/resolutions/drafts"
    assert client.get(address).status_code == 404
    sign_in(client, renewal.house.manager.person_id)
    assert client.get("/resolutions/drafts").status_code == 403


def test_a_draft_goes_a_week_after_its_session_by_itself(
    client: FlaskClient, installation: Installation, travel: Travel
) -> None:
    with arranging(), installation.database.transaction() as session:
        held = BodySession(
            body_id=1, number=7, name="Seventh session", language="en", closes_on=date(2026, 10, 2)
        )
        session.add(held)
        session.flush()
        key = held.id
    address = uploaded(client, session_id=str(key))

    assert "Private: purged on 9 October 2026" in text_of(client.get(address))
    travel.by(timedelta(days=115))
    keep_house(installation, clock.now())
    assert client.get(address).status_code == 200
    travel.by(timedelta(days=1))
    told = [str(each) for each in keep_house(installation, clock.now())]
    assert "Drafts purged after their session: 1" in told
    assert client.get(address).status_code == 404


def test_what_is_no_draft_is_refused_with_a_sentence(client: FlaskClient) -> None:
    answer = send(client, b"Dear all, lunch is at one.")

    assert answer.status_code == 400


def test_a_scanned_draft_is_recognised_and_nothing_of_it_is_kept(
    client: FlaskClient, installation: Installation, tesseract: FakeTesseract
) -> None:
    tesseract.finds(DRAFT.decode())

    answer = send(client, picture_of_page("TIFF", pages=1), name="draft.tiff")

    assert answer.status_code == 303, text_of(answer)
    assert "tune every xylophone" in text_of(client.get(answer.location))
    assert [path for path in installation.pages.folder.rglob("*") if path.is_file()] == []


@pytest.mark.usefixtures("tesseract")
def test_a_scan_of_too_many_pages_is_refused(client: FlaskClient) -> None:
    many = picture_of_page("TIFF", pages=MOST_SCANNED_PAGES + 1)

    answer = send(client, many, name="draft.tiff")

    assert answer.status_code == 400
    assert f"at most {MOST_SCANNED_PAGES} are recognised" in text_of(answer)
