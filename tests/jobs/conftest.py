"""The installation that the jobs of a test work on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.application import settings_on
from tracker.installation import Installation, make_installation


@pytest.fixture
def installation(database_url: str, tmp_path: Path) -> Iterator[Installation]:
    """Return an installation on the test's own database, once on each engine."""
    parts = make_installation(settings_on(database_url, tmp_path))
    yield parts
    parts.database.close()
