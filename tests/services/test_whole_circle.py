"""The whole circle at the level of services: from an adopted text to the biennial report."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import func, select

from tests.audit import arranging
from tests.post import TOKENS
from tests.reporting import make_actor, make_unit
from tracker.database import Database
from tracker.domain.assignments import Answerers, AssignmentOrder
from tracker.domain.clauses import Entity
from tracker.domain.mandates import Implementation
from tracker.domain.period_plan import PeriodPlan
from tracker.domain.permissions import Role
from tracker.domain.progress import ReportText
from tracker.domain.workflow import Review
from tracker.mail.message import Site
from tracker.mail.transport import FileTransport
from tracker.models.base import Base
from tracker.models.biennial_reports import EditionFile, EditionRevision
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.models.reminders import Delivery, MailMessage
from tracker.queries.biennial_report import EditionRequest
from tracker.services.assignments import assign_each
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.services.delivery import deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.mandates import confirm_mandates, set_aside_rest
from tracker.services.periods import open_period
from tracker.services.progress import clear_several, submit_report
from tracker.services.reminders import plan_reminders
from tracker.services.resolutions import Details, ImportOutcome, import_resolutions
from tracker.storage import FileStore
from tracker.writing.biennial_report import ReportForm

ENTITY = Entity(name="The secretariat", aliases=("the Executive Secretary", "the secretariat"))
IMPORTED_AT = datetime(2024, 5, 20, 9, tzinfo=UTC)
OPENED_AT = datetime(2025, 11, 3, 9, tzinfo=UTC)
REMINDED_AT = datetime(2026, 1, 19, 9, tzinfo=UTC)
SUBMITTED_AT = datetime(2026, 1, 22, 9, tzinfo=UTC)
CLEARED_AT = datetime(2026, 2, 3, 9, tzinfo=UTC)
REPORTED_AT = datetime(2026, 3, 6, 9, tzinfo=UTC)
DONE = "Seven missions were carried out at the request of Governments."
OWN_TEXT = Path(__file__).resolve().parents[1] / "samples/resolution_41_ix.txt"

DOCUMENTS = [
    pytest.param("", 6, 4, id="of our own writing"),
    pytest.param("seeds/resolution_530_xxiv.txt", 13, 4, id="530(XXIV)", marks=pytest.mark.shared),
]


class Circle:
    """One commission, one resolution, one biennium."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.files = FileStore(folder / "files")
        self.mail_dir = folder / "mail"
        with arranging(), database.transaction() as session:
            unit = make_unit(session, "cooperation", "Cooperation Unit", "UTC")
            self.unit_id = unit.id
            self.coordinator = make_actor(session, "Carla", (Role.COORDINATOR, None))
            self.focal_point = make_actor(session, "Ana", (Role.FOCAL_POINT, unit.id))
            self.manager = make_actor(session, "Mona", (Role.MANAGER, unit.id))
            self.editor = make_actor(session, "Edgar", (Role.EDITOR, None))

    def take_in(self, content: bytes) -> ImportOutcome:
        """Import the text, confirm what is proposed, set the rest aside, assign it."""
        with self.database.transaction() as session:
            (outcome,) = import_resolutions(
                session,
                content=content,
                file_name="resolution.txt",
                actor=self.coordinator,
                at=IMPORTED_AT,
                files=self.files,
                entity=ENTITY,
                details=Details(adopted_on=date(2024, 5, 16)),
            )
            ours = session.scalars(select(Mandate).where(Mandate.is_proposed_for_action)).all()
            actor = self.coordinator
            decisions = {mandate.id: True for mandate in ours}
            confirm_mandates(session, decisions=decisions, actor=actor, at=IMPORTED_AT)
            set_aside_rest(
                session, instrument_id=outcome.instrument_id, actor=actor, at=IMPORTED_AT
            )
            answerers = Answerers(self.unit_id, self.focal_point.person_id)
            orders = [AssignmentOrder(each.id, each.version, answerers) for each in ours]
            assign_each(session, orders, actor=actor, at=IMPORTED_AT)
        return outcome

    def ask(self) -> int:
        """Open the biennium and return its period."""
        with self.database.transaction() as session:
            return open_period(
                session,
                starts_on=date(2024, 1, 1),
                ends_on=date(2025, 12, 31),
                plan=PeriodPlan(date(2026, 1, 30)),
                actor=self.coordinator,
                at=OPENED_AT,
            ).id

    def remind(self) -> int:
        """Plan, collect and deliver, and return how many mails are on their way for good."""
        with self.database.transaction() as session:
            plan_reminders(session, at=REMINDED_AT)
        with self.database.transaction() as session:
            collect_digests(session, at=REMINDED_AT)
        site = Site(
            base_url="http://localhost", entity_name=ENTITY.name, mail_from="tracker@example.org"
        )
        deliver_pending(
            self.database,
            FileTransport(self.mail_dir),
            site=site,
            tokens=TOKENS,
            at=REMINDED_AT,
        )
        with self.database.reading() as session:
            return len(
                session.scalars(
                    select(MailMessage.id).where(MailMessage.state == Delivery.SENT)
                ).all()
            )

    def answer(self) -> None:
        """Submit a text on each mandate and clear them all."""
        with self.database.transaction() as session:
            reports = session.scalars(select(ProgressReport)).all()
            for report in reports:
                submit_report(
                    session,
                    report_id=report.id,
                    version=report.version,
                    text=ReportText(status=Implementation.ONGOING, done=DONE),
                    actor=self.focal_point,
                    at=SUBMITTED_AT,
                )
            clear_several(
                session,
                versions={report.id: report.version for report in reports},
                actor=self.manager,
                at=CLEARED_AT,
            )

    def report(self, period_id: int) -> bytes:
        """Make the final edition and return its Word file."""
        with self.database.reading() as session:
            drafted = draft_edition(
                session,
                EditionRequest(
                    period_id=period_id,
                    language="en",
                    entity_name=ENTITY.name,
                    issued_on=REPORTED_AT.date(),
                    is_draft=False,
                ),
                store=self.files,
            )
        with self.database.transaction() as session:
            record_edition(session, drafted, store=self.files, actor=self.editor, at=REPORTED_AT)
        return drafted.files[ReportForm.DOCX].content


@pytest.mark.parametrize(("document", "asked", "set_aside"), DOCUMENTS)
def test_a_resolution_goes_the_whole_way_to_the_biennial_report(
    database: Database, tmp_path: Path, shared: Path, document: str, asked: int, set_aside: int
) -> None:
    circle = Circle(database, tmp_path)
    content = (shared / document if document else OWN_TEXT).read_bytes()

    outcome = circle.take_in(content)
    period_id = circle.ask()
    mail_count = circle.remind()
    circle.answer()
    word = circle.report(period_id)

    assert outcome.mandate_count == asked + set_aside
    assert mail_count == 1
    assert _frozen_count(database) == asked
    assert _rows(database, EditionRevision) == asked
    assert _rows(database, EditionFile) == len(ReportForm)
    said = [paragraph.text for paragraph in Document(BytesIO(word)).paragraphs]
    assert sum(DONE in text for text in said) == asked


def _frozen_count(database: Database) -> int:
    with database.reading() as session:
        frozen = select(func.count()).where(ProgressReport.review == Review.FROZEN)
        return session.scalar(frozen) or 0


def _rows(database: Database, table: type[Base]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
