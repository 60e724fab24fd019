"""The table of faults that was measured on two peers, measured here: 200 people, one report each.

``.venv/bin/python -m tests.faults.table`` prints it as it stands in docs/faults.md.
"""

import logging
import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation
from sqlalchemy.orm import Session

from tests.application import settings_on
from tests.audit import arranging
from tests.reporting import (
    TEXT,
    actor_of,
    make_actor,
    make_instrument,
    make_mandate,
    make_person,
    make_unit,
)
from tracker import clock
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Role
from tracker.installation import Installation, make_installation
from tracker.jobs.scheduler import run_job
from tracker.models.people import Person
from tracker.models.progress import ProgressReport
from tracker.schema import upgrade
from tracker.services.periods import open_period
from tracker.services.progress import submit_report

PEOPLE = 200
AT = datetime(2026, 6, 16, 6, tzinfo=UTC)
LATER = timedelta(hours=1)


@dataclass
class _Server:
    """Takes mail; ``after`` messages it answers ``then``, once; ``refused`` never gets any."""

    taken: list[str] = field(default_factory=list)
    after: int | None = None
    then: str = "451 Try later"
    refused: str = ""

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self,
        _server: SMTP,
        _conversation: Conversation,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take the recipient or refuse it for good."""
        if address == self.refused:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name is aiosmtpd's
        self, _server: SMTP, _conversation: Conversation, envelope: Envelope
    ) -> str:
        """Take the message, or answer as told."""
        if self.after is not None and len(self.taken) >= self.after:
            return self.then
        self.taken += envelope.rcpt_tos
        return "250 Kept"


@dataclass(frozen=True, slots=True)
class _Scene:
    installation: Installation
    server: _Server

    def remind(self, at: datetime, *, is_down: bool = False) -> str:
        """Run the job; return how it ended and how many mails were taken by it."""
        before = len(self.server.taken)
        installation = self.installation
        if is_down:
            settings = replace(installation.settings, smtp_url="smtp://127.0.0.1:1")
            installation = replace(installation, settings=settings)
        outcome = run_job(installation, "reminders", at)
        how = "ends well" if outcome.is_success else "ends as failed and says why"
        return f"{how}, {len(self.server.taken) - before} mails"

    def per_person(self) -> str:
        """Return how many people have no, one and two mails."""
        counted = Counter(Counter(self.server.taken).values())
        return f"0 / 1 / 2 mails: {PEOPLE - sum(counted.values())} / {counted[1]} / {counted[2]}"


def main() -> None:
    """Measure each fault on a new installation and print the rows."""
    logging.disable(logging.CRITICAL)
    for fault, measure in _FAULTS.items():
        with _scene() as scene:
            click.echo(f"| {fault} | {measure(scene)} |")


def _run_twice(scene: _Scene) -> str:
    return f"{scene.remind(AT)}; then {scene.remind(AT)}; {scene.per_person()}"


def _down(scene: _Scene) -> str:
    first = scene.remind(AT, is_down=True)
    return f"{first}; an hour later {scene.remind(AT + LATER)}; {scene.per_person()}"


def _midway(scene: _Scene) -> str:
    scene.server.after = PEOPLE // 2
    first = scene.remind(AT)
    scene.server.after = None
    return f"{first}; an hour later {scene.remind(AT + LATER)}; {scene.per_person()}"


def _dropped(scene: _Scene) -> str:
    scene.server.then = "421 Closing"
    return _midway(scene)


def _refused(scene: _Scene) -> str:
    scene.server.refused = "person.66@example.org"
    return f"{scene.remind(AT)}; a day later {scene.remind(AT + timedelta(days=1))}"


def _answered(scene: _Scene) -> str:
    with scene.installation.database.transaction() as session:
        person = session.query(Person).filter_by(email="person.1@example.org").one()
        report = session.query(ProgressReport).filter_by(focal_point_id=person.id).one()
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=actor_of(person, (Role.FOCAL_POINT, report.unit_id)),
            at=AT,
        )
    first = scene.remind(AT, is_down=True)
    scene.remind(AT + LATER)
    told = scene.server.taken.count("mona.manager@example.org")
    author = scene.server.taken.count("person.1@example.org")
    return f"the answer is kept; {first}; an hour later the manager has {told}, the author {author}"


_FAULTS: dict[str, Callable[[_Scene], str]] = {
    "run twice": _run_twice,
    "SMTP down for the whole run, then back": _down,
    "451 after 100 mails, then well": _midway,
    "connection closed after 100 mails, then well": _dropped,
    "one address refused (550)": _refused,
    "an answer given while SMTP is down": _answered,
}


@contextmanager
def _scene() -> Iterator[_Scene]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'table.sqlite3'}"
        upgrade(url)
        server = _Server()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        controller = Controller(server, hostname="127.0.0.1", port=port)
        controller.start()
        settings = replace(settings_on(url, folder), smtp_url=f"smtp://127.0.0.1:{port}")
        installation = make_installation(settings)
        clock.set_source(lambda: AT)
        with arranging(), installation.database.transaction() as session:
            _fill(session)
        yield _Scene(installation, server)
        installation.database.close()
        controller.stop()


def _fill(session: Session) -> None:
    unit = make_unit(session, "statistics", "Statistics Division", "UTC")
    coordinator = make_actor(session, "Carla Coordinator", (Role.COORDINATOR, None))
    make_actor(session, "Mona Manager", (Role.MANAGER, unit.id))
    instrument = make_instrument(session)
    for number in range(PEOPLE):
        person = make_person(session, f"Person {number}", (Role.FOCAL_POINT, unit.id))
        make_mandate(session, instrument, str(number + 1), unit, person)
    open_period(
        session,
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
        plan=PeriodPlan(date(2026, 6, 30)),
        actor=coordinator,
        at=datetime(2026, 2, 1, tzinfo=UTC),
    )


if __name__ == "__main__":
    main()
