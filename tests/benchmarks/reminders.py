"""How long it takes to plan and collect reminders for very many mandates at once.

Run ``.venv/bin/python -m tests.benchmarks.reminders [MANDATES] [PEOPLE] [URL]``; ``URL`` names an
empty database (default: an SQLite file that goes away). All reports are due in a fortnight. Prints
seconds, statements and memory of one pass, of trying another rule, and of a second pass on the same
day, which must find nothing new; ends with 1 where it does.
"""

import resource
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time

import click
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.reporting import counted_statements, make_instrument, make_person, make_unit
from tracker import clock, schema
from tracker.database import Database
from tracker.domain.clauses import BlockKind
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.domain.periods import PeriodKind
from tracker.domain.permissions import Role
from tracker.domain.reminder_rules import HOUSE, ReminderRule
from tracker.models.instruments import Clause, ClauseText
from tracker.models.mandates import Mandate
from tracker.models.people import Person, RoleAssignment
from tracker.models.progress import ProgressReport, ReportingPeriod
from tracker.models.reminders import MailMessage, Notification
from tracker.queries.reminder_outlook import compare_books
from tracker.queries.reminder_rules import rule_book
from tracker.services.digests import collect_digests
from tracker.services.reminders import plan_reminders

UNITS = 40
AT = datetime(2026, 6, 16, 9, tzinfo=UTC)
DUE_ON = date(2026, 6, 30)
OPENED_AT = datetime(2026, 2, 1, tzinfo=UTC)


def main(mandates: int = 20_000, people: int = 2_000, url: str | None = None) -> int:
    """Measure on the database; return how the program ends."""
    clock.set_source(lambda: AT)
    with tempfile.TemporaryDirectory() as folder:
        address = url or f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        schema.upgrade(address)
        with closing(Database(address)) as database:
            with arranging(), database.transaction() as session:
                _fill(session, mandates, people)
            click.echo(f"{mandates:,} mandates due, {people:,} people, {address.split(':')[0]}")
            first = [_measure(database, name, step) for name, step in _STEPS.items()]
            _measure(database, "try another rule", _try_rule)
            second = [_measure(database, f"{name} again", step) for name, step in _STEPS.items()]
            with database.reading() as session:
                rows = session.scalar(select(func.count(Notification.id)))
                mails = session.scalar(select(func.count(MailMessage.id)))
            click.echo(f"{rows:,} reminders in {mails:,} digests")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"memory at most {peak:.0f} MiB")
    return 0 if first == [mandates, people] and second == [0, 0] else 1


def _plan(session: Session) -> int:
    return plan_reminders(session, at=AT).planned


def _collect(session: Session) -> int:
    return collect_digests(session, at=AT)


def _try_rule(session: Session) -> int:
    """See what another rule of the house would change; return how many mails differ."""
    book = rule_book(session).with_rule(HOUSE, ReminderRule(due_days=(30, 7, 1)))
    return len(compare_books(session, after=AT, days=14, book=book).changed)


_STEPS: dict[str, Callable[[Session], int]] = {"plan": _plan, "collect": _collect}


def _measure(database: Database, name: str, step: Callable[[Session], int]) -> int:
    began, used = perf_counter(), process_time()
    with counted_statements(database) as statements, database.transaction() as session:
        made = step(session)
    click.echo(
        f"  {name}: {made:,} made, {perf_counter() - began:.2f} s "
        f"({process_time() - used:.2f} s of a processor), {len(statements)} statements"
    )
    return made


def _fill(session: Session, mandates: int, people: int) -> None:
    """Put the body there in few statements: each person answers for as many mandates."""
    coordinator = make_person(session, "Carla Coordinator", (Role.COORDINATOR, None))
    instrument = make_instrument(session)
    units = [
        make_unit(session, f"unit{number}", f"Unit {number}", "UTC") for number in range(UNITS)
    ]
    first_person, unit_ids = coordinator.id + 1, [unit.id for unit in units]
    persons = range(first_person, first_person + people)
    session.execute(insert(Person), [_person(person_id) for person_id in persons])
    session.execute(
        insert(RoleAssignment),
        [
            {"person_id": each, "role": Role.FOCAL_POINT, "unit_id": unit_ids[each % UNITS],
             "given_at": OPENED_AT}
            for each in persons
        ],
    )  # fmt: skip
    numbers = range(1, mandates + 1)
    session.execute(insert(Clause), [_clause(instrument.id, number) for number in numbers])
    session.execute(
        insert(ClauseText),
        [
            {"clause_id": number, "language": "en", "text": f"To count island {number};",
             "is_original": True}
            for number in numbers
        ],
    )  # fmt: skip
    period = ReportingPeriod(
        name="2026-2027",
        kind=PeriodKind.BIENNIUM,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        due_on=DUE_ON,
        opened_at=OPENED_AT,
        opened_by_id=coordinator.id,
    )
    session.add(period)
    session.flush()
    owners = {number: persons[number % people] for number in numbers}
    session.execute(
        insert(Mandate),
        [
            {"id": number, "clause_id": number, "instrument_id": instrument.id,
             "action_verb": "To count", "nature": Nature.ACTION_BY_SECRETARIAT,
             "periodicity": Periodicity.CONTINUING, "concerns_us": ConcernsUs.BY_NAME,
             "is_proposed_for_action": True, "requires_action": True, "confirmed_at": OPENED_AT,
             "lead_unit_id": unit_ids[owners[number] % UNITS], "focal_point_id": owners[number]}
            for number in numbers
        ],
    )  # fmt: skip
    session.execute(
        insert(ProgressReport),
        [
            {"mandate_id": number, "period_id": period.id,
             "unit_id": unit_ids[owners[number] % UNITS], "focal_point_id": owners[number],
             "due_on": DUE_ON, "opened_at": OPENED_AT,
             "overdue_at": datetime(2026, 7, 1, tzinfo=UTC)}
            for number in numbers
        ],
    )  # fmt: skip


def _person(person_id: int) -> dict[str, object]:
    return {
        "id": person_id,
        "name": f"Person {person_id}",
        "email": f"person.{person_id}@example.org",
        "language": "en",
        "time_zone": "UTC",
        "invited_at": OPENED_AT,
        "is_active": True,
    }


def _clause(instrument_id: int, number: int) -> dict[str, object]:
    return {
        "id": number,
        "instrument_id": instrument_id,
        "position": number,
        "kind": BlockKind.OPERATIVE,
        "number": str(number),
        "path": str(number),
        "level": 1,
    }


if __name__ == "__main__":
    asked = [*sys.argv[1:], *("20000", "2000")[len(sys.argv) - 1 :]]
    sys.exit(main(int(asked[0]), int(asked[1]), asked[2] if len(asked) > 2 else None))
