"""Bad files uploaded: each is refused on the page with a sentence, and nothing is kept."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from config import Settings
from tests.reading.bad_files import REFUSED_FILES
from tests.uploads import upload
from tests.visitors import text_of
from tracker.database import Database
from tracker.models.imports import ImportFile, ImportReview
from tracker.models.instruments import Instrument, SourceFile

pytestmark = pytest.mark.slow
UPLOADED = {
    name: file
    for name, file in REFUSED_FILES.items()
    if name.startswith(("billion", "pages", "a password", "a ZIP", "a picture"))
}


def row_counts(database: Database) -> list[int]:
    with database.reading() as session:
        tables = (ImportFile, ImportReview, SourceFile, Instrument)
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def kept_files(settings: Settings) -> list[Path]:
    return [path for path in settings.uploads_dir.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("content", "file_name", "told"), UPLOADED.values(), ids=UPLOADED.keys())
def test_a_bad_upload_is_refused_and_leaves_nothing(
    coordinator: FlaskClient,
    database: Database,
    app: Flask,
    settings: Settings,
    content: bytes,
    file_name: str,
    told: str,
) -> None:
    before = row_counts(database)

    answer = upload(coordinator, content, file_name)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert row_counts(database) == before
    assert kept_files(settings) == []
