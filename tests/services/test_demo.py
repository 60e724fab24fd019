"""The demo body: what it holds once loaded, and that it tells the truth on any day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from tracker.database import Database
from tracker.demo.calendar import calendar_of
from tracker.demo.people import COORDINATOR, MAIL_DOMAIN, SUBPROGRAMMES, UNITS
from tracker.demo.translators import translations
from tracker.domain.activities import CATEGORY_OF, Category, PartnerPart
from tracker.domain.assignments import Acceptance
from tracker.domain.clauses import BlockKind, Relation
from tracker.domain.compliance import Compliance
from tracker.domain.conversation import MessageKind
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Role
from tracker.domain.radar import RadarKind
from tracker.domain.workflow import Review
from tracker.models import Base
from tracker.models.activities import Activity, ActivityLink, ActivityQuantity
from tracker.models.activity_parts import ActivityPartner
from tracker.models.audit import AuditEntry
from tracker.models.conversations import ReportMessage
from tracker.models.imports import ImportFile, ImportReview, ReviewState
from tracker.models.instruments import Body, BodySession, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Person, RoleAssignment, UnitKind
from tracker.models.progress import (
    Contribution,
    DueDate,
    ProgressEntry,
    ProgressReport,
    ReportingPeriod,
)
from tracker.models.text_editions import TextEdition
from tracker.queries.biennial_report import EditionRequest, report_content
from tracker.queries.compliance import compliance_overview
from tracker.queries.names import named_rows
from tracker.queries.people import actor_of, find_person_by_email
from tracker.queries.radar import radar
from tracker.queries.renewals import renewals
from tracker.schema import upgrade
from tracker.services.demo import DemoBody, Loaded, final_files, how_far_loaded, steps_of
from tracker.services.report_translations import TranslationWork, translation_work
from tracker.storage import FileStore, PageStore

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
FILES = [
    f"biennial_report_2024-2025_{language}.{form}"
    for language in ("en", "es")
    for form in ("docx", "html", "pdf")
]
# A day on which the session has just met, and one right after the turn of the year.
OTHER_DAYS = [date(2026, 6, 1), date(2027, 1, 2)]


def load(database: Database, folder: Path, today: date = TODAY) -> list[str]:
    """Load the demo as on a day, with no mail, and return what each act said."""
    body = DemoBody(
        database=database,
        files=FileStore(folder),
        uploads=FileStore(folder / "uploads"),
        pages=PageStore(folder / "recognised"),
        calendar=calendar_of(today),
        now=datetime.combine(today, NOW.time(), UTC),
        time_zone="UTC",
        ring=lambda at: f"rang at {at.isoformat()}",
    )
    return [step.act() for step in steps_of(body)]


def new_database(folder: Path) -> Database:
    """Return a migrated, empty SQLite database."""
    url = f"sqlite:///{folder / 'demo.sqlite3'}"
    upgrade(url)
    return Database(url)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Return a database with the demo in it, which all tests of this file read."""
    folder = tmp_path_factory.mktemp("demo")
    database = new_database(folder)
    load(database, folder)
    yield database
    database.close()


@pytest.fixture
def session(demo: Database) -> Iterator[Session]:
    """Return a session that reads the demo."""
    with demo.reading() as reading:
        yield reading


def test_the_demo_is_loaded_on_either_engine(database: Database, tmp_path: Path) -> None:
    said = load(database, tmp_path)

    assert all(said)
    with database.reading() as session:
        assert how_far_loaded(session) is Loaded.WHOLLY
        assert [file.file_name for file in final_files(session)] == FILES


def test_the_demo_of_one_day_is_always_the_same(demo: Database, tmp_path: Path) -> None:
    again = new_database(tmp_path)

    load(again, tmp_path)

    assert all_rows(again) == all_rows(demo)
    again.close()


@pytest.mark.parametrize("today", OTHER_DAYS, ids=str)
def test_the_demo_keeps_its_biennium_while_days_pass(tmp_path: Path, today: date) -> None:
    database = new_database(tmp_path)

    load(database, tmp_path, today)

    with database.reading() as session:
        assert [file.file_name for file in final_files(session)] == FILES
        assert standings(session, datetime.combine(today, NOW.time(), UTC)) == set(Compliance)
    database.close()


def test_a_demo_that_stopped_midway_is_told_from_a_whole_one(tmp_path: Path) -> None:
    database = new_database(tmp_path)
    uploads, pages = FileStore(tmp_path / "uploads"), PageStore(tmp_path / "recognised")
    files = FileStore(tmp_path)
    body = DemoBody(database, files, uploads, pages, calendar_of(TODAY), NOW, "UTC", str)

    with database.reading() as session:
        before = how_far_loaded(session)
    steps_of(body)[0].act()

    with database.reading() as session:
        assert (before, how_far_loaded(session)) == (Loaded.NOT_AT_ALL, Loaded.IN_PART)
    database.close()


def test_three_sessions_adopt_seven_of_eight_resolutions_of_three_to_25_clauses(
    session: Session,
) -> None:
    commission = select(Body.id).where(Body.key == "ecaic").scalar_subquery()
    numbers = session.scalars(
        select(BodySession.number)
        .where(BodySession.body_id == commission, BodySession.opens_on.is_not(None))
        .order_by(BodySession.number)
    ).all()
    clauses = session.execute(
        select(Instrument.symbol, func.count())
        .join(Clause)
        .where(Clause.kind == BlockKind.OPERATIVE, Instrument.annexed_to_id.is_(None))
        .group_by(Instrument.symbol)
    )

    counts = {row[0]: row[1] for row in clauses}
    assert list(numbers) == [8, 9, 10, 11]  # the last is scheduled, and has adopted nothing yet
    assert len(counts) == 8
    assert (min(counts.values()), max(counts.values())) == (3, 25)


def test_two_resolutions_stand_in_three_languages_clause_by_clause(session: Session) -> None:
    counted = session.execute(
        select(Instrument.symbol, ClauseText.language, func.count())
        .join(Clause, Clause.instrument_id == Instrument.id)
        .join(ClauseText)
        .where(Clause.path.is_not(None), Instrument.symbol.in_(["41(IX)", "42(IX)"]))
        .group_by(Instrument.symbol, ClauseText.language)
    )

    assert {(row[0], row[1]): row[2] for row in counted} == {
        ("41(IX)", "en"): 11, ("41(IX)", "es"): 11, ("41(IX)", "fr"): 11,
        ("42(IX)", "en"): 6, ("42(IX)", "es"): 6, ("42(IX)", "fr"): 6,
    }  # fmt: skip


def test_two_clauses_of_the_general_assembly_concern_us(session: Session) -> None:
    paths = session.scalars(
        select(Clause.path)
        .join(Mandate, Mandate.clause_id == Clause.id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(Instrument.symbol == "78/901", Mandate.requires_action.is_(True))
        .order_by(Clause.position)
    ).all()

    assert paths == ["5", "7"]


def test_only_the_text_that_came_late_waits_to_be_confirmed(session: Session) -> None:
    symbols = session.scalars(
        select(Instrument.symbol)
        .join(Mandate, Mandate.instrument_id == Instrument.id)
        .where(Mandate.requires_action.is_(None))
    ).all()

    assert Counter(symbols) == {"46(X)": 4}


def test_six_units_and_seventeen_people_in_six_roles_and_four_languages(session: Session) -> None:
    kinds = session.scalars(select(OrganizationalUnit.kind)).all()
    people = session.execute(select(Person.language, RoleAssignment.role).join(RoleAssignment))

    languages, roles = zip(*people, strict=True)
    assert len(kinds) == 6
    assert UnitKind.SUBREGIONAL_HEADQUARTERS in kinds
    assert len(roles) == 17
    assert set(roles) == set(Role)
    assert set(languages) == {"en", "es", "fr", "pt"}


def test_forty_activities_of_every_category_all_linked_and_measured_and_one_of_them_twice(
    session: Session,
) -> None:
    deliverables = session.scalars(select(Activity.deliverable)).all()
    linked = session.scalars(select(ActivityLink.activity_id).distinct()).all()
    measured = session.scalars(select(ActivityQuantity.activity_id).distinct()).all()
    parts = session.scalars(select(ActivityPartner.part).distinct()).all()

    assert (len(linked), len(deliverables), len(measured)) == (40, 41, 41)
    assert {CATEGORY_OF[deliverable] for deliverable in deliverables} == set(Category)
    assert set(parts) == set(PartnerPart)


def test_the_biennium_is_frozen_with_every_status_of_implementation(session: Session) -> None:
    reports = session.execute(
        select(ProgressReport.review, ProgressReport.status).where(of_period("2024-2025"))
    ).all()

    assert len(reports) == 29
    assert {report.review for report in reports} == {Review.FROZEN}
    assert {report.status for report in reports} == set(Implementation)


def test_the_round_has_every_state_of_review_status_and_standing(session: Session) -> None:
    reports = session.execute(
        select(ProgressReport.review, ProgressReport.status).where(of_period("2026"))
    ).all()

    assert {report.review for report in reports} == set(Review) - {Review.FROZEN}
    assert {report.status for report in reports} == {*Implementation, None}
    assert standings(session, NOW) == set(Compliance)


def test_the_round_has_an_extension_contributions_and_notes(session: Session) -> None:
    reasons = session.scalars(select(DueDate.reason).where(DueDate.reason != "")).all()
    written = session.scalars(select(Contribution.written_at)).all()
    notes = session.scalars(select(ProgressEntry.text)).all()

    assert any("The mission returns next week" in reason for reason in reasons)
    assert Counter(moment is None for moment in written) == {False: 2, True: 1}
    assert len(notes) == 3


def test_somebody_declines_asks_the_manager_and_asks_for_more_time(session: Session) -> None:
    declined = session.scalars(
        select(Instrument.symbol).join(Mandate).where(Mandate.acceptance == Acceptance.DECLINED)
    ).all()
    asked = session.scalars(select(ReportMessage.kind).order_by(ReportMessage.kind)).all()

    assert declined == ["45(X)"]
    assert asked == [MessageKind.MORE_TIME_ASKED, MessageKind.QUESTION]


def test_a_scan_waits_for_its_review_with_nothing_left_to_be_recognised(
    session: Session,
) -> None:
    file = session.scalars(select(ImportFile).where(ImportFile.file_name == "47_x.jpg")).one()
    [review] = session.scalars(select(ImportReview).where(ImportReview.file_id == file.id)).all()

    assert (review.state, file.task_id) == (ReviewState.OPEN, None)
    assert file.places is not None


def test_a_corrigendum_an_annex_and_a_renewal_stand_beside_the_adopted_texts(
    session: Session,
) -> None:
    edition = session.scalars(select(TextEdition.label)).one()
    annex = session.scalars(select(Instrument).where(Instrument.annexed_to_id.is_not(None))).one()
    later = session.scalars(select(Instrument.id).where(Instrument.symbol == "45(X)")).one()
    [renewal] = renewals(session, [later])

    assert (edition, annex.symbol) == ("Corr.1", "43(IX), annex")
    assert (renewal.relation, renewal.path) == (Relation.RENEWS, "6")


def test_each_part_of_the_radar_has_something_to_show(session: Session) -> None:
    coordinator = find_person_by_email(session, f"{COORDINATOR}@{MAIL_DOMAIN}")
    assert coordinator is not None

    found = radar(session, seen_by=actor_of(coordinator), at=NOW)

    assert [finding.kind for finding in found if not finding.count] == []
    assert {finding.kind for finding in found} == set(RadarKind)


def test_nothing_in_the_demo_lacks_a_name_in_the_other_languages(session: Session) -> None:
    missing = [row.name for row in named_rows(session) if set(row.others) != {"es", "fr", "pt"}]

    assert missing == []


def test_the_report_in_spanish_names_body_session_and_units_in_spanish(session: Session) -> None:
    period_id = session.scalars(
        select(ReportingPeriod.id).where(ReportingPeriod.name == "2024-2025")
    ).one()

    content = report_content(session, EditionRequest(period_id, "es", "ECAIC", TODAY))

    assert content.body_name == "Comisión Económica para las Islas y Costas del Atlántico"
    assert content.session_name == "Décimo período de sesiones"
    english = {unit.name for unit in UNITS} | {subprogramme.name for subprogramme in SUBPROGRAMMES}
    shown = {mandate.lead_unit for text in content.resolutions for mandate in text.mandates}
    shown |= {activity.unit for activity in content.activities}
    shown |= {activity.subprogramme for activity in content.activities}
    assert shown & english == set()


def test_nothing_in_the_demo_happened_after_today(session: Session) -> None:
    moments = session.scalars(select(AuditEntry.happened_at)).all()

    assert max(moments) <= NOW


def test_the_acts_of_the_biennium_follow_one_another(session: Session) -> None:
    first = [
        session.scalars(select(func.min(AuditEntry.happened_at)).where(AuditEntry.action == act))
        for act in ("import_resolution", "confirm_mandate", "assign_mandate", "open_period")
    ]
    later = [
        session.scalars(select(func.min(AuditEntry.happened_at)).where(AuditEntry.action == act))
        for act in ("submit_report", "return_report", "clear_report", "generate_report")
    ]

    moments = [found.one() for found in (*first, *later)]
    assert all(earlier < after for earlier, after in pairwise(moments))


def of_period(name: str) -> ColumnElement[bool]:
    """Return the condition that a report is of the period with this name."""
    wanted = select(ReportingPeriod.id).where(ReportingPeriod.name == name).scalar_subquery()
    return ProgressReport.period_id == wanted


def standings(session: Session, at: datetime) -> set[Compliance]:
    """Return how the reports of the round stand at a moment."""
    period_id = session.scalars(
        select(ReportingPeriod.id).order_by(ReportingPeriod.starts_on.desc()).limit(1)
    ).one()
    return set(compliance_overview(session, period_id, at=at).by_standing)


def all_rows(database: Database) -> dict[str, Sequence[tuple[object, ...]]]:
    """Return every row of every table."""
    with database.reading() as session:
        return {
            name: [tuple(row) for row in session.execute(select(table)).all()]
            for name, table in Base.metadata.tables.items()
        }


def test_the_report_comes_back_wholly_translated_into_spanish_alone(session: Session) -> None:
    spanish, french = (work_in(session, language) for language in ("es", "fr"))
    known = translations("es", calendar_of(TODAY).words())

    sources = {" ".join(line.split()) for unit in spanish.units for line in unit.source.split("\n")}

    assert sources == set(known)
    assert not spanish.open_units
    assert (spanish.is_translated, french.is_translated) == (True, False)


def work_in(session: Session, language: str) -> TranslationWork:
    """Return how the report on the biennium stands in a language."""
    period = session.scalars(select(ReportingPeriod).order_by(ReportingPeriod.starts_on)).first()
    assert period is not None
    return translation_work(session, EditionRequest(period.id, language, "", TODAY))
