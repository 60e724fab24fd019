"""The report of the demo body: what its editions print, counted again in the database."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.journeys.conftest import _demo_in
from tracker.domain.biennial_report.records import EditionRecord, read_record
from tracker.domain.biennial_report.tallies import Counted, Reckoning, Tally
from tracker.domain.biennial_report.wording import Wording
from tracker.domain.mandates import Implementation
from tracker.installation import Installation
from tracker.models.activities import ActivityQuantity
from tracker.models.activity_parts import ActivityFund
from tracker.models.biennial_reports import EditionRevision, ReportEdition
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport, ProgressRevision

ENGLISH = Wording({}, "en")
YEARS = (2024, 2025)
# What is counted elsewhere, or is the row that it stands in.
_NOT_BY_STATUS = ("overview.completed", "annex.")


@pytest.fixture
def parts(_loaded_demo: Path) -> Iterator[Installation]:
    """Return the demo's database and files."""
    with _demo_in(_loaded_demo).installation() as parts:
        yield parts


@pytest.mark.slow
def test_every_number_of_an_edition_equals_a_fresh_count_in_the_database(
    parts: Installation,
) -> None:
    with parts.database.reading() as session:
        edition = session.scalars(
            select(ReportEdition).where(ReportEdition.language == "en")
        ).first()
        assert edition is not None
        assert edition.record_digest is not None
        record = read_record(parts.files.content_of(edition.record_digest))

        wrong = [
            placed.tally.key
            for placed in record.tallies
            if not _is_right(session, edition.id, record, placed.tally)
        ]

    assert len(record.tallies) > 100
    assert wrong == []


def _is_right(session: Session, edition_id: int, record: EditionRecord, tally: Tally) -> bool:
    if tally.reckoning in (Reckoning.PLANNED, Reckoning.ACTUAL):
        column = getattr(ActivityQuantity, tally.reckoning.value)
        summed = session.scalar(
            select(func.sum(column)).where(
                ActivityQuantity.activity_id.in_(tally.rows),
                ActivityQuantity.year.in_(YEARS),
            )
        )
        known = None if summed is None else Decimal(str(summed)).normalize()
        return bool(ENGLISH.number(known) == tally.printed)
    if tally.counted is Counted.FUNDS:
        column = getattr(ActivityFund, tally.reckoning.value)
        summed = session.scalar(select(func.sum(column)).where(ActivityFund.id.in_(tally.rows)))
        return bool(ENGLISH.money(summed, with_cents=False) == tally.printed)
    if tally.counted is not Counted.REPORTS or tally.key.startswith(
        ("overview.completed", "annex.")
    ):
        return record.value_of(tally) is not None
    counted = _recounted(session, edition_id, tally.key.removesuffix(".share"))
    return counted is None or counted == set(tally.rows)


def _recounted(session: Session, edition_id: int, key: str) -> set[int] | None:
    """Return the revisions of the edition that a number by that key should count."""
    query = (
        select(ProgressRevision.id)
        .join(EditionRevision, EditionRevision.revision_id == ProgressRevision.id)
        .join(ProgressReport, ProgressReport.id == ProgressRevision.report_id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(EditionRevision.edition_id == edition_id)
    )
    scope, *parts, name = key.split(".")
    own = [Implementation.COMPLETED, Implementation.ONGOING, Implementation.IN_PROGRESS]
    if parts and parts[0].startswith("resolution"):
        query = query.where(Mandate.instrument_id == int(parts[0].removeprefix("resolution")))
    elif scope.startswith("resolution") and scope != "resolutions":
        query = query.where(Mandate.instrument_id == int(scope.removeprefix("resolution")))
    if name == "other":
        query = query.where(ProgressRevision.status.not_in(own))
    elif name not in {"total", "mandates"}:
        query = query.where(ProgressRevision.status == Implementation(name))
    return set(session.scalars(query))
