"""What is missing in a period: counted as one by one, and unit by unit in few enough lines."""

from collections.abc import Sequence
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import House, make_instrument, make_mandate, open_biennium
from tracker import clock
from tracker.database import Database
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.workflow import Move, Review
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport, ProgressRevision
from tracker.queries.biennial_report import published_count, published_texts
from tracker.queries.completeness import (
    PUBLISHED,
    completeness,
    missing_by_unit,
    missing_ids,
)
from tracker.queries.report_scopes import report_scopes

RESOLUTIONS, PARAGRAPHS = 6, 5


@pytest.fixture
def period_id(database: Database, house: House) -> int:
    """Open the biennium for thirty more mandates of two units on six resolutions."""
    with arranging(), database.transaction() as session:
        units = session.scalars(select(OrganizationalUnit).order_by(OrganizationalUnit.id)).all()
        for number in range(RESOLUTIONS):
            instrument = make_instrument(session, f"{70 + number}(V)", f"{70 + number}-v")
            for path in range(PARAGRAPHS):
                make_mandate(session, instrument, str(path), units[(number + path) % 2])
    with database.transaction() as session:
        return open_biennium(session, house).id


def shuffle(database: Database, house: House, chance: Random) -> None:
    """Let each report stand anyhow, with texts of any sensitivity, and end some mandates."""
    with arranging(), database.transaction() as session:
        units = session.scalars(select(OrganizationalUnit.id)).all()
        for report in session.scalars(select(ProgressReport)):
            report.review = chance.choice(list(Review))
            report.is_waived = chance.random() < 0.1
            report.second_unit_id = chance.choice([None, *units])
            mandate = session.get_one(Mandate, report.mandate_id)
            mandate.lifecycle = chance.choice([*[Lifecycle.ACTIVE] * 3, Lifecycle.TERMINATED])
            mandate.lifecycle_source = "12(IV)"
            mandate.sensitivity = anyhow(chance)
            for number in range(1, chance.randrange(1, 5)):
                session.add(
                    ProgressRevision(
                        report_id=report.id,
                        number=number,
                        move=chance.choice([Move.SUBMIT, Move.CLEAR, Move.CLEAR]),
                        sensitivity=anyhow(chance),
                        language="en",
                        written_at=clock.now(),
                        written_by_id=house.editor.person_id,
                    )
                )


def anyhow(chance: Random) -> Sensitivity:
    return chance.choice([*[Sensitivity.UNCLASSIFIED] * 4, Sensitivity.INTERNAL])


def asked_one_by_one(session: Session) -> list[tuple[ProgressReport, str]]:
    """Return the reports that are asked for with their resolution, by reference."""
    return [
        (report, symbol)
        for report, symbol in session.execute(
            select(ProgressReport, Instrument.symbol)
            .join(Mandate, Mandate.id == ProgressReport.mandate_id)
            .join(Instrument, Instrument.id == Mandate.instrument_id)
            .join(Clause, Clause.id == Mandate.clause_id)
            .order_by(Instrument.sort_key, Clause.position)
        )
        if not report.is_waived
    ]


def missing_one_by_one(session: Session) -> list[tuple[ProgressReport, str]]:
    asked = asked_one_by_one(session)
    return [(report, symbol) for report, symbol in asked if report.review not in PUBLISHED]


@pytest.mark.parametrize("most", [2, 7, 100])
def test_what_is_missing_is_counted_and_named_as_one_by_one(
    database: Database, house: House, period_id: int, most: int
) -> None:
    shuffle(database, house, Random(most))  # noqa: S311 - no secret

    with database.reading() as session:
        missing = missing_one_by_one(session)
        found = completeness(session, period_id, most=most)
        units = dict(session.execute(select(OrganizationalUnit.id, OrganizationalUnit.name)).all())
        ids = missing_ids(session, period_id)
        is_ended = [not report.is_asked_for for report, _symbol in missing]

    submitted = [report for report, _symbol in missing if report.review is Review.SUBMITTED]
    assert found.missing_count == len(missing) > 7
    assert found.submitted_count == len(submitted) > 0
    assert any(is_ended)  # of a mandate that nobody has to act on any more
    assert sorted(ids) == sorted(report.id for report, _symbol in missing)
    assert [
        (each.report_id, each.symbol, each.unit, each.review, each.waits_for)
        for each in found.named
    ] == [
        (
            report.id,
            symbol,
            units[report.unit_id],
            report.review,
            units[report.second_unit_id or report.unit_id]
            if report.review is Review.SUBMITTED
            else None,
        )
        for report, symbol in missing[:most]
    ]


@pytest.mark.parametrize("most", [1, 2, 7, 100])
def test_each_unit_names_its_first_and_none_hides_those_of_another(
    database: Database, house: House, period_id: int, most: int
) -> None:
    shuffle(database, house, Random(most))  # noqa: S311 - no secret

    with database.reading() as session:
        missing = [report for report, _symbol in missing_one_by_one(session)]
        units = session.execute(
            select(OrganizationalUnit.id, OrganizationalUnit.name).order_by(OrganizationalUnit.name)
        ).all()
        found = missing_by_unit(session, period_id, most=most)

    of_each = most if len(missing) <= most else most // len(units)
    assert [
        (unit.unit, unit.count, unit.submitted_count, [each.report_id for each in unit.named])
        for unit in found
    ] == [
        (name, len(reports), len(submitted), [report.id for report in reports[:of_each]])
        for name, reports, submitted in (
            (name, of_unit(missing, key), of_unit(missing, key, Review.SUBMITTED))
            for key, name in units
        )
    ]


def of_unit(
    reports: Sequence[ProgressReport], unit_id: int, review: Review | None = None
) -> list[ProgressReport]:
    return [
        report
        for report in reports
        if report.unit_id == unit_id and review in (None, report.review)
    ]


def test_where_everything_is_cleared_nothing_is_missing(database: Database, period_id: int) -> None:
    with arranging(), database.transaction() as session:
        for report in session.scalars(select(ProgressReport)):
            report.review = Review.CLEARED

    with database.reading() as session:
        found = completeness(session, period_id, most=5)
        assert (found.missing_count, found.submitted_count, found.named) == (0, 0, ())
        assert missing_by_unit(session, period_id, most=5) == ()
        assert missing_ids(session, period_id) == []


@pytest.mark.parametrize("seed", range(3))
def test_as_many_texts_are_published_as_the_report_would_print(
    database: Database, house: House, period_id: int, seed: int
) -> None:
    shuffle(database, house, Random(seed))  # noqa: S311 - no secret

    with database.reading() as session:
        printed = len(session.execute(published_texts("en")).all())
        cleared = session.scalars(
            select(func.count()).where(ProgressReport.review.in_(PUBLISHED))
        ).one()

        assert published_count(session, period_id) == printed
        assert 0 < printed < cleared


def test_a_report_can_be_limited_to_the_resolutions_that_are_asked_about(
    database: Database, house: House, period_id: int
) -> None:
    shuffle(database, house, Random(1))  # noqa: S311 - no secret
    with arranging(), database.transaction() as session:
        waived = session.scalars(select(Instrument).where(Instrument.symbol == "71(V)")).one()
        for report in session.scalars(
            select(ProgressReport).where(ProgressReport.instrument_id == waived.id)
        ):
            report.is_waived = True

    with database.reading() as session:
        symbols = list(dict.fromkeys(symbol for _report, symbol in asked_one_by_one(session)))
        scopes = report_scopes(session, period_id)

    assert [symbol for _key, symbol in scopes.resolutions] == symbols
    assert waived.symbol not in symbols
