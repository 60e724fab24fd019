"""Activities as the report lists them: those of the period, in the document's language."""

from collections.abc import Sequence
from datetime import date

import pytest

from tests.briefing import add_activity
from tests.reporting import House
from tracker.database import Database
from tracker.domain.biennial_report import ReportActivity
from tracker.domain.mandates import Sensitivity
from tracker.models.activity_parts import ActivityCountry
from tracker.models.progress import ReportingPeriod
from tracker.queries.names import names_in
from tracker.queries.report_activities import report_activities

BIENNIUM = ReportingPeriod(starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31))


def listed(database: Database, language: str) -> Sequence[ReportActivity]:
    with database.reading() as session:
        return report_activities(session, BIENNIUM, language, names_in(session, language))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ("Côte d’Ivoire", "Germany", "Switzerland")),
        ("es", ("Alemania", "Côte d’Ivoire", "Suiza")),
        ("fr", ("Allemagne", "Côte d’Ivoire", "Suisse")),
        ("pt", ("Alemanha", "Côte d’Ivoire", "Suíça")),
    ],
)
def test_countries_are_named_in_the_language_of_the_document(
    database: Database, house: House, language: str, names: tuple[str, ...]
) -> None:
    where = [ActivityCountry(country=code) for code in ("CHE", "CIV", "DEU")]
    add_activity(database, house, "Course", countries=where)

    [course] = listed(database, language)

    assert course.countries == names


def test_what_lies_outside_the_period_or_is_not_for_everybody_is_left_out(
    database: Database, house: House
) -> None:
    add_activity(database, house, "Before", starts_on=date(2025, 12, 31))
    add_activity(database, house, "Across", starts_on=date(2025, 12, 31), ends_on=date(2026, 1, 1))
    add_activity(database, house, "Internal", sensitivity=Sensitivity.INTERNAL)
    add_activity(database, house, "After", starts_on=date(2028, 1, 1))

    assert [activity.title for activity in listed(database, "en")] == ["Across"]
