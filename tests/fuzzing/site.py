"""A site of its own to which harmed files are uploaded, as a person would."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient

from config import read_settings
from tests.audit import arranging
from tests.reporting import make_house
from tests.uploads import upload
from tests.visitors import sign_in
from tracker.app import create_app
from tracker.installation import make_installation
from tracker.schema import upgrade

ANSWERS = {303, 400}  # to its review, or the page with the refusal


@contextmanager
def site() -> Iterator[FlaskClient]:
    """Yield a visitor who may import, on a site with a new database."""
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder)
        url = f"sqlite:///{data_dir / 'fuzz.sqlite3'}"
        settings = read_settings(
            {
                "TRACKER_ENVIRONMENT": "test",
                "TRACKER_DATABASE_URL": url,
                "TRACKER_DATA_DIR": folder,
            }
        )
        upgrade(url)
        parts = make_installation(settings)
        with arranging(), parts.database.transaction() as session:
            person_id = make_house(session).coordinator.person_id
        client = create_app(settings, installation=parts).test_client()
        sign_in(client, person_id)
        yield client
        parts.database.close()


def try_upload(client: FlaskClient, content: bytes, name: str) -> str | None:
    """Upload a file and open its review; return what is wrong with the answers, if anything."""
    answer = upload(client, content, name)
    if answer.status_code not in ANSWERS:
        return f"the upload answered {answer.status_code}"
    if answer.status_code == 303 and (page := client.get(answer.location)).status_code != 200:
        return f"the review answered {page.status_code}"
    return None
