"""Housekeeping completes what an upgrade left: clauses that nobody has understood yet."""

from sqlalchemy import delete, func, select

from tests.audit import arranging
from tests.importing import import_text
from tracker import clock
from tracker.installation import Installation
from tracker.jobs.housekeeping import keep_house
from tracker.models.mandates import Mandate, MandateFinding


def finding_count(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalar(select(func.count(MandateFinding.id))) or 0


def forget_findings(installation: Installation) -> None:
    """Leave the resolution as one that was imported before findings were kept."""
    with arranging(), installation.database.transaction() as session:
        session.execute(delete(MandateFinding))


def test_a_resolution_without_findings_gets_them_once(installation: Installation) -> None:
    import_text(installation.database, installation.files)
    before = finding_count(installation)
    forget_findings(installation)

    first = keep_house(installation, clock.now())
    forget_findings(installation)
    second = keep_house(installation, clock.now())

    assert before > 0
    assert "Resolutions read again: 1" in map(str, first)
    assert not any("Resolutions read again" in str(phrase) for phrase in second)


def test_what_an_import_understood_is_left_alone(installation: Installation) -> None:
    import_text(installation.database, installation.files)
    before = finding_count(installation)

    keep_house(installation, clock.now())

    assert finding_count(installation) == before
    with installation.database.reading() as session:
        assert set(session.scalars(select(Mandate.version))) == {1}
