"""What reports hold for counts is what a slow recount finds, whatever was done with them."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import TEXT, House, make_instrument, make_mandate, open_biennium
from tracker.database import Database
from tracker.domain.compliance import LATE, Compliance, Standing, compliance_of
from tracker.domain.errors import Refused
from tracker.domain.mandates import Lifecycle, Sensitivity
from tracker.domain.pauses import PauseScope, PauseTarget
from tracker.domain.permissions import Actor
from tracker.domain.workflow import ANSWERED, Move, Review
from tracker.models.instruments import Instrument
from tracker.models.kept_counts import KeptCount
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import (
    ProgressEntry,
    ProgressReport,
    ProgressRevision,
    ReportingPeriod,
)
from tracker.queries.answer_pace import find_answer_days
from tracker.queries.compliance import ReportFilter, compliance_overview
from tracker.queries.compliance_map import compliance_map
from tracker.queries.standing_counts import (
    NEARING,
    kept_nearing_by_unit,
    nearing_by_unit,
    values_for,
)
from tracker.services.attestations import take_back_report
from tracker.services.due_dates import extend_due_date, waive_report
from tracker.services.kept_counts import add_up_counts
from tracker.services.pauses import pause_reminders
from tracker.services.progress import clear_report, return_report, submit_report

AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 6, 16, tzinfo=UTC)
# Before and after days turn, and at the moment at which reports become due soon or overdue.
MOMENTS = (
    AT - timedelta(days=40),
    AT,
    MIDNIGHT - timedelta(microseconds=1),
    MIDNIGHT,
    AT + timedelta(days=1),
    AT + timedelta(days=5),
    AT + timedelta(days=800),
)
LAST_YEAR, THIS_YEAR = date(2025, 5, 5), date(2026, 5, 5)  # the first is not of the period
Cells = dict[tuple[int, int], Counter[Compliance]]


class Acts:
    """What people and imports do with reports, each time with one that chance chooses."""

    def __init__(self, session: Session, house: House, chance: Random) -> None:
        self.session, self.house, self.chance = session, house, chance
        reports = session.scalars(select(ProgressReport).order_by(ProgressReport.id)).all()
        self.report = chance.choice(reports)
        self.at = AT - timedelta(days=chance.randrange(60), hours=chance.randrange(24))
        is_first = self.report.unit_id == house.statistics
        self.writer = house.focal_point if is_first else house.other_focal_point
        self.manager = house.manager if is_first else house.other_manager

    def asked(self, actor: Actor) -> dict[str, Any]:
        return {
            "report_id": self.report.id,
            "version": self.report.version,
            "actor": actor,
            "at": self.at,
        }

    def submit(self) -> None:
        submit_report(self.session, text=TEXT, **self.asked(self.writer))

    def take_back(self) -> None:
        take_back_report(self.session, **self.asked(self.writer))

    def give_back(self) -> None:
        return_report(self.session, remark="Which?", **self.asked(self.manager))

    def clear(self) -> None:
        clear_report(self.session, **self.asked(self.manager))

    def waive(self) -> None:
        waive_report(self.session, reason="Not now.", **self.asked(self.house.coordinator))

    def enter_an_earlier_text(self) -> None:
        numbers = select(ProgressRevision.number).where(
            ProgressRevision.report_id == self.report.id
        )
        self.session.add(
            ProgressRevision(
                report_id=self.report.id,
                number=max([0, *self.session.scalars(numbers)]) + 1,
                move=self.chance.choice([Move.SUBMIT, Move.CLEAR]),
                language="en",
                written_at=self.at,
                written_by_id=self.writer.person_id,
            )
        )

    def note(self) -> None:
        self.session.add(
            ProgressEntry(
                mandate_id=self.report.mandate_id,
                noted_on=self.chance.choice([LAST_YEAR, THIS_YEAR]),
                text="A mission was sent.",
                language="en",
                written_at=self.at,
                written_by_id=self.writer.person_id,
            )
        )

    def move_to_another_resolution(self) -> None:
        chosen = self.chance.choice(self.session.scalars(select(Instrument.id)).all())
        self.session.execute(
            update(Mandate).where(Mandate.id == self.report.mandate_id).values(instrument_id=chosen)
        )

    def move_to_another_unit(self) -> None:
        self.report.unit_id = self.chance.choice([self.house.statistics, self.house.trade])

    def end_or_take_up_again(self) -> None:
        lifecycle = self.chance.choice([*[Lifecycle.ACTIVE] * 4, Lifecycle.TERMINATED])
        self.session.execute(
            update(Mandate)
            .where(Mandate.id == self.report.mandate_id)
            .values(lifecycle=lifecycle, lifecycle_source="12(IV)")
        )

    def add_up(self) -> None:
        add_up_counts(self.session, self.report.period_id)

    def move_the_due_day(self) -> None:
        ends = [AT + timedelta(days=days) for days in (-3, 0, 5, 14, 50)]
        self.report.overdue_at = self.chance.choice([*ends, MIDNIGHT])

    def extend(self) -> None:
        extend_due_date(
            self.session,
            report_id=self.report.id,
            due_on=self.report.due_on + timedelta(days=self.chance.randrange(1, 30)),
            reason="More time was asked for.",
            actor=self.manager,
            at=self.at,
        )

    def pause(self) -> None:
        pause_reminders(
            self.session,
            target=PauseTarget(PauseScope.MANDATE, self.report.mandate_id),
            starts_on=AT.date(),
            ends_on=AT.date() + timedelta(days=30),
            reason="The office is closed.",
            actor=self.house.coordinator,
            at=AT,
        )

    def make_sensitive(self) -> None:
        self.session.execute(
            update(Mandate)
            .where(Mandate.id == self.report.mandate_id)
            .values(sensitivity=self.chance.choice(list(Sensitivity)))
        )

    def freeze(self) -> None:
        self.report.review = Review.FROZEN

    def ask_anew(self) -> None:
        """Make a report for a mandate on which notes were written before."""
        unit = self.session.get_one(OrganizationalUnit, self.report.unit_id)
        instrument = self.session.get_one(Instrument, self.chance.choice([2, 3, 4]))
        path = f"9.{self.session.scalars(select(func.count()).select_from(Mandate)).one()}"
        mandate = make_mandate(self.session, instrument, path, unit)
        for noted_on in self.chance.choice([(), (LAST_YEAR,), (LAST_YEAR, THIS_YEAR)]):
            self.session.add(
                ProgressEntry(
                    mandate_id=mandate.id,
                    noted_on=noted_on,
                    text="A mission was sent.",
                    language="en",
                    written_at=self.at,
                    written_by_id=self.writer.person_id,
                )
            )
        self.session.flush()
        self.session.add(
            ProgressReport(
                mandate_id=mandate.id,
                period_id=self.report.period_id,
                unit_id=unit.id,
                due_on=AT.date(),
                overdue_at=self.chance.choice([MIDNIGHT, AT + timedelta(days=3)]),
                opened_at=self.at,
            )
        )


SELDOM = [
    Acts.waive,
    Acts.end_or_take_up_again,
    Acts.freeze,
    Acts.pause,
    Acts.make_sensitive,
    Acts.ask_anew,
]
OFTEN = [
    Acts.submit,
    Acts.take_back,
    Acts.give_back,
    Acts.clear,
    Acts.enter_an_earlier_text,
    Acts.note,
    Acts.move_to_another_resolution,
    Acts.move_to_another_unit,
    Acts.move_the_due_day,
    Acts.extend,
    Acts.add_up,
]


@pytest.fixture
def period_id(database: Database, house: House) -> int:
    """Open the biennium for twelve more mandates on three resolutions."""
    with arranging(), database.transaction() as session:
        units = session.scalars(select(OrganizationalUnit)).all()
        for number in range(3):
            instrument = make_instrument(session, f"{70 + number}(V)", f"{70 + number}-v")
            for path in range(1, 5):
                make_mandate(session, instrument, str(path), units[path % 2])
    with database.transaction() as session:
        return open_biennium(session, house).id


def act_at_random(database: Database, house: House, chance: Random) -> None:
    for _ in range(200):
        with arranging(), suppress(Refused), database.transaction() as session:
            chance.choice(SELDOM + OFTEN * 3)(Acts(session, house, chance))


def recounted(session: Session, at: datetime = AT) -> tuple[Cells, Counter[date]]:
    """Count all reports by resolution, unit and standing, and first texts by day, one by one."""
    cells: Cells = {}
    days: Counter[date] = Counter()
    period = session.scalars(select(ReportingPeriod)).one()
    for report in session.scalars(select(ProgressReport)):
        mandate = session.get_one(Mandate, report.mandate_id)
        is_asked_for = mandate.requires_action and mandate.lifecycle is Lifecycle.ACTIVE
        if not is_asked_for and report.review not in ANSWERED:
            continue
        notes = session.scalars(
            select(ProgressEntry.noted_on).where(ProgressEntry.mandate_id == mandate.id)
        )
        has_note = any(period.starts_on <= day <= period.ends_on for day in notes)
        stands = Standing(
            review=report.review,
            is_waived=report.is_waived,
            due_on=report.due_on,
            overdue_at=report.overdue_at,
            has_answer=has_note or report.submitted_at is not None,
        )
        cell = cells.setdefault((mandate.instrument_id, report.unit_id), Counter())
        cell[compliance_of(stands, at)] += 1
        texts = session.scalars(
            select(ProgressRevision.written_at).where(
                ProgressRevision.report_id == report.id, ProgressRevision.move == Move.SUBMIT
            )
        ).all()
        if texts and not report.is_waived:
            days[min(texts).date()] += 1
    return cells, days


@pytest.mark.parametrize("seed", range(3))
def test_every_count_is_that_of_a_slow_recount_after_acts_at_random(
    database: Database, house: House, period_id: int, seed: int
) -> None:
    act_at_random(database, house, Random(seed))  # noqa: S311 - no secret

    with database.reading() as session:
        cells, days = recounted(session)
        told = compliance_map(session, period_id, at=AT)
        pace = find_answer_days(session, period_id)
        by_unit = compliance_overview(session, period_id, at=AT).units
        overviews = {
            key: compliance_overview(
                session, ReportFilter(period_id, unit_id=key[1], instrument_id=key[0]), at=AT
            ).by_standing
            for key in cells
        }

    units = {unit for _instrument, unit in cells}
    assert overviews == cells
    assert {each.unit_id: each.by_standing for each in by_unit} == {
        unit: sum((counts for (_, of), counts in cells.items() if of == unit), Counter())
        for unit in units
    }
    assert {
        (row.instrument_id, unit): counts.by_standing
        for row in told.rows
        for unit, counts in row.by_unit.items()
    } == cells
    assert told.by_standing == sum(cells.values(), Counter())
    assert pace is not None
    assert (pace.first_texts, pace.asked) == (days, told.asked)
    assert len(days) > 3
    assert len(told.by_standing) > 4


@pytest.mark.parametrize("seed", range(3))
def test_kept_counts_tell_what_is_late_at_any_moment(
    database: Database, house: House, period_id: int, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    act_at_random(database, house, chance)
    for _ in range(12):  # of which some become overdue as the day turns
        with arranging(), database.transaction() as session:
            Acts(session, house, chance).ask_anew()

    told: list[Mapping[int, Mapping[Compliance, int]]] = []
    found: list[Mapping[int, Mapping[Compliance, int]]] = []
    for is_added_up in (False, True):
        if is_added_up:
            with database.transaction() as session:
                add_up_counts(session, period_id)
        with database.reading() as session:
            for at in MOMENTS:
                overview = compliance_overview(session, period_id, at=at)
                told.append({unit.unit_id: unit.by_standing for unit in overview.units})
                units: dict[int, Counter[Compliance]] = {}
                for (_, unit_id), counts in recounted(session, at)[0].items():
                    units.setdefault(unit_id, Counter()).update(counts)
                found.append(units)
            kept = list(session.scalars(select(KeptCount)))

    assert told == found
    late = [sum(c.get(s, 0) for c in units.values() for s in LATE) for units in found]
    assert late[0] == 0 < late[2] < late[3] < late[6]  # nothing yet, then more as a day turns
    assert {standing for units in found for counts in units.values() for standing in counts} > {
        *NEARING,
        Compliance.ON_TRACK,
    }
    assert {row.waiting_unit_id is None or row.unit_id is None for row in kept} == {True}
    assert (
        0
        < sum(row.count for row in kept if row.waiting_unit_id)
        == sum(counts.get(standing, 0) for counts in found[-1].values() for standing in LATE)
    )


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_late_is_read_unit_by_unit_and_not_sorted(
    database: Database, period_id: int
) -> None:
    with database.reading() as session:
        plan = explained(session, nearing_by_unit(), values_for(period_id, AT))

    read = "ix_progress_reports_nearing (period_id=? AND unit_id=? AND overdue_at<?)"
    assert [read in line for line in plan].count(True) == 1
    assert not any("TEMP B-TREE" in line for line in plan)


def explained(session: Session, statement: Any, values: Mapping[str, object]) -> list[str]:
    literal = {"literal_binds": True}
    asked = statement.params(**values).compile(session.get_bind(), compile_kwargs=literal)
    return [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_counts_of_a_start_page_read_no_report(database: Database, period_id: int) -> None:
    with database.reading() as session:
        plan = explained(session, kept_nearing_by_unit(), values_for(period_id, AT))

    read = "COVERING INDEX ix_kept_counts_waiting (period_id=? AND waiting_unit_id>?)"
    assert plan == [f"SEARCH kept_counts USING {read}"]
