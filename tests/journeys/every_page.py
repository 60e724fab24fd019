"""Every page of the site: its address on the demo body, and whose eyes see most of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text

from tests.conftest import ROOT
from tests.journeys.conftest import Site
from tracker import clock
from tracker.demo.people import MAIL_DOMAIN
from tracker.models.imports import ImportReview
from tracker.models.instruments import Instrument, SourceFile
from tracker.queries.people import actor_of, find_person_by_email
from tracker.services.edition_reviews import SaidOfEdition, take_reviewed_edition
from tracker.services.import_reviews import receive_import
from tracker.services.mail_answers import mail_links
from tracker.web.resolutions.uploads import Upload, sign_upload

DOUBTFUL_TEXT = ROOT / "tests/reading/samples/ferries_recognised.txt"
SEVERAL_TEXTS = ROOT / "tests/reading/samples/two_in_one.txt"

STRANGER = ""
ADMINISTRATOR = "miriam.faye"
COORDINATOR = "helena.brito"
EDITOR = "simon.ndiaye"
FOCAL_POINT = "ana.tavares"
MANAGER = "mamadou.sarr"
VIEWER = "joana.pires"
NOT_SIGNED_IN = "rosa.almeida"  # a link ends when the person signs in by another


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page as one person sees it; ``{words}`` of the address are filled from the demo."""

    address: str
    person: str
    status: int = 200

    def __str__(self) -> str:
        """Return what a test of the page is called."""
        return f"{self.address} of {self.person or 'a stranger'}"


PAGES = (
    PageSeen("/", FOCAL_POINT),
    PageSeen("/", MANAGER),
    PageSeen("/", COORDINATOR),
    PageSeen("/", ADMINISTRATOR),
    PageSeen("/", VIEWER),
    PageSeen("/account/calendars", FOCAL_POINT),
    PageSeen("/compliance", COORDINATOR),
    PageSeen("/compliance?standing=late", MANAGER),
    PageSeen("/compliance?standing=waived&unit=1", COORDINATOR),
    PageSeen("/absences", COORDINATOR),
    PageSeen("/absences", FOCAL_POINT),
    PageSeen("/absences?person=2", ADMINISTRATOR),
    PageSeen("/absences/enter", MANAGER),
    PageSeen("/absences/{absence}", COORDINATOR),
    PageSeen("/focal-points", COORDINATOR),
    PageSeen("/focal-points", VIEWER),
    PageSeen("/focal-points/add", COORDINATOR),
    PageSeen("/focal-points/{focal_point}", COORDINATOR),
    PageSeen("/focal-points/import", COORDINATOR),
    PageSeen("/resolutions", COORDINATOR),
    PageSeen("/resolutions/import", COORDINATOR),
    PageSeen("/resolutions/{instrument}/languages", COORDINATOR),
    PageSeen("/resolutions/{instrument}/languages/{upload}", COORDINATOR),
    PageSeen("/resolutions/import/{review}", COORDINATOR),
    PageSeen("/resolutions/import/{review}?change=number:p3", COORDINATOR),
    PageSeen("/resolutions/import/files/{file}", COORDINATOR),
    PageSeen("/resolutions/import/{corrected_review}/edition", COORDINATOR),
    PageSeen("/resolutions/import/{language_review}/language", COORDINATOR),
    PageSeen("/resolutions/editions/{edition}", VIEWER),
    PageSeen("/ecaic/41-ix", COORDINATOR),
    PageSeen("/ecaic/41-ix?text=fr", COORDINATOR),
    PageSeen("/ecaic/46-x", COORDINATOR),
    PageSeen("/ecaic/46-x?correct=1", COORDINATOR),
    PageSeen("/clauses/{clause}/correct", COORDINATOR),
    PageSeen("/ga/78-901", COORDINATOR),
    PageSeen("{reported_mandate}", COORDINATOR),
    PageSeen("{unconfirmed_mandate}", COORDINATOR),
    PageSeen("{ownerless_mandate}", COORDINATOR),
    PageSeen("/resolutions/{instrument}/understood", COORDINATOR),
    PageSeen("/resolutions/{instrument}/understood?show=waiting", VIEWER),
    PageSeen("/mandates/{one}/understood", COORDINATOR),
    PageSeen("/mandates", COORDINATOR),
    PageSeen("/mandates?owner=none&nature=informational", COORDINATOR),
    PageSeen("/mandates/assign?mandate={one}&mandate={another}", COORDINATOR),
    PageSeen("/mandates/assign", COORDINATOR),
    PageSeen("/mandates/{one}/assign", COORDINATOR),
    PageSeen("/mandates/{another}/decline", MANAGER),
    PageSeen("/mandates/{one}/note", COORDINATOR),
    PageSeen("/mandates/{one}/points", COORDINATOR),
    PageSeen("/mandates/{one}/activities/link?q=a", COORDINATOR),
    PageSeen("/activities", COORDINATOR),
    PageSeen("/activities?q=nothing+is+called+so", FOCAL_POINT),
    PageSeen("/activities/new", COORDINATOR),
    PageSeen("/activities/{activity}", COORDINATOR),
    PageSeen("/activities/{activity}/edit", COORDINATOR),
    PageSeen("/activities/{activity}/link?q=a", COORDINATOR),
    PageSeen("/activities/{activity}/names", COORDINATOR),
    PageSeen("/activities/{activity}/deliverable", COORDINATOR),
    PageSeen("/activities/import", COORDINATOR),
    PageSeen("/deliverables", COORDINATOR),
    PageSeen("/deliverables/{line}", COORDINATOR),
    PageSeen("/deliverables/import", COORDINATOR),
    PageSeen("/names", EDITOR),
    PageSeen("/names/unit/1", ADMINISTRATOR),
    PageSeen("/periods", COORDINATOR),
    PageSeen("/periods/open", COORDINATOR),
    PageSeen("/periods/open?plan=1", COORDINATOR, status=400),
    PageSeen(
        "/periods/open/preview?starts_on=2040-01-01&ends_on=2041-12-31&due_on=2042-01-30",
        COORDINATOR,
    ),
    PageSeen("/periods/open/preview", COORDINATOR, status=400),
    PageSeen("/periods/{open_period}/dates", COORDINATOR),
    PageSeen("/periods/{frozen_period}", COORDINATOR),
    PageSeen("/periods/{frozen_period}/reopen", COORDINATOR),
    PageSeen("/periods/{open_period}", COORDINATOR),
    PageSeen("/progress/{open}", FOCAL_POINT),
    PageSeen("/progress/{draft}", FOCAL_POINT),
    PageSeen("/progress/{returned}", FOCAL_POINT),
    PageSeen("/progress/{submitted}", MANAGER),
    PageSeen("/progress/{cleared}", COORDINATOR),
    PageSeen("/progress/{frozen}", COORDINATOR),
    PageSeen("/progress/{waived}", COORDINATOR),
    PageSeen("/progress/{extended}", COORDINATOR),
    PageSeen("/progress/{with_parts}", COORDINATOR),
    PageSeen("/progress/parts/{part}", COORDINATOR),
    PageSeen("/sheets", FOCAL_POINT),
    PageSeen("/sheets", COORDINATOR),
    PageSeen("/reports", EDITOR),
    PageSeen("/reports/{frozen_period}", EDITOR),
    PageSeen("/reports/{open_period}", EDITOR),
    PageSeen("/reports/{open_period}/preview", EDITOR),
    PageSeen("/reports/{frozen_period}/preview?language=fr", EDITOR),
    PageSeen("/reports/{open_period}/final", EDITOR),
    PageSeen("/reports/{frozen_period}/final", EDITOR),
    PageSeen("/reports/{open_period}/texts", EDITOR),
    PageSeen("/reports/{open_period}/texts?show=edited", EDITOR),
    PageSeen("/reports/{open_period}/texts/introduction.purpose.1", EDITOR),
    PageSeen("/reports/{open_period}/copy", EDITOR),
    PageSeen("/reports/editions/1", VIEWER),
    PageSeen("/reports/editions/2", EDITOR),
    PageSeen("/admin/people", ADMINISTRATOR),
    PageSeen("/admin/people/1", ADMINISTRATOR),
    PageSeen("/admin/people/invite", ADMINISTRATOR),
    PageSeen("/admin/people/7/hand-over", ADMINISTRATOR),
    PageSeen("/admin/units", ADMINISTRATOR),
    PageSeen("/admin/units/2", ADMINISTRATOR),
    PageSeen("/admin/deliveries", ADMINISTRATOR),
    PageSeen("/setup", ADMINISTRATOR),
    PageSeen("/setup/entity", ADMINISTRATOR),
    PageSeen("/setup/languages", ADMINISTRATOR),
    PageSeen("/setup/session", ADMINISTRATOR),
    PageSeen("/setup/units", ADMINISTRATOR),
    PageSeen("/setup/people", ADMINISTRATOR),
    PageSeen("/setup/import", ADMINISTRATOR),
    PageSeen("/setup/backup", ADMINISTRATOR),
    PageSeen("/setup/an-old-link", STRANGER, status=403),
    PageSeen("/resolutions/standing", COORDINATOR),
    PageSeen("/resolutions/standing/import", COORDINATOR),
    PageSeen("/search", VIEWER),
    PageSeen("/search?q=port+training", COORDINATOR),
    PageSeen("/search?q=members&kind=mandate&year=2026", ADMINISTRATOR),
    PageSeen("/search?q=nothing+is+called+so", FOCAL_POINT),
    PageSeen("/help", VIEWER),
    PageSeen("/help/words", VIEWER),
    PageSeen("/help/reminders", VIEWER),
    PageSeen("/help/viewer", VIEWER),
    PageSeen("/help/focal-point", FOCAL_POINT),
    PageSeen("/help/manager", MANAGER),
    PageSeen("/help/coordinator", COORDINATOR),
    PageSeen("/help/editor", EDITOR),
    PageSeen("/help/administrator", ADMINISTRATOR),
    PageSeen("/account", FOCAL_POINT),
    PageSeen("/account/reminders", FOCAL_POINT),
    PageSeen("/progress/{open}/reminders", FOCAL_POINT),
    PageSeen("/progress/{waived}/reminders", VIEWER),
    PageSeen("/admin/people/{reminded}/reminders", COORDINATOR),
    PageSeen("/admin/deliveries/ahead", COORDINATOR),
    PageSeen("/admin/jobs", ADMINISTRATOR),
    PageSeen("/welcome", STRANGER),
    PageSeen("/sign-in", STRANGER),
    PageSeen("/sign-in/link/{link}", STRANGER),
    PageSeen("/sign-in/link/an-old-link", STRANGER, status=403),
    PageSeen("/answer/{answer}/update", STRANGER),
    PageSeen("/answer/{answer}/last-text", STRANGER),
    PageSeen("/answer/{answer}/more-time", STRANGER),
    PageSeen("/answer/{answer}/not-mine", STRANGER),
    PageSeen("/answer/an-old-link/update", STRANGER, status=403),
    PageSeen("/there/is/no/such/page", COORDINATOR, status=404),
    PageSeen("/admin/people", VIEWER, status=403),
)

# What answers a GET and is no page to look at; whoever adds one here says why.
NO_PAGES = {
    "activities.export": "a file",
    "activities.list_template": "a file",
    "activities.list_template_workbook": "a file",
    "calendars.feed": "a calendar, and nothing that a browser shows",
    "account.change_language": "leads back to the page that one comes from",
    "biennial_reports.download": "a file",
    "jobs.health": "a line for whatever watches over the service",
    "progress.download_evidence": "a file",
    "dashboard.export_counts": "a file",
    "dashboard.export_reports": "a file",
    "mandates.export": "a file",
    "people.export": "a file",
    "resolutions.export": "a file",
    "handovers.pack": "a file",
    "health": "two words for whatever watches over the service",
    "resolutions.scanned_page": "a picture",
    "resolutions.source_file": "a file",
    "mandates.by_id": "leads to the mandate's own address",
    "setup.template": "a file",
    "static_files.serve": "files",
}

_REPORT_IN_STATE = (
    "SELECT report.id FROM progress_reports AS report"
    " JOIN organizational_units AS unit ON unit.id = report.unit_id"
    " WHERE unit.key = 'ocean' AND review = 'STATE' AND NOT is_waived"
    " ORDER BY period_id DESC, report.id"
)
_IDS = {
    "focal_point": "SELECT id FROM national_focal_points ORDER BY id",
    "absence": "SELECT id FROM absences ORDER BY id",
    "clause": "SELECT clause_id FROM mandates ORDER BY id",
    "instrument": "SELECT id FROM instruments WHERE slug = '41-ix'",
    "activity": "SELECT activity_id FROM activity_links GROUP BY 1 ORDER BY count(*) DESC, 1",
    "line": "SELECT id FROM deliverable_lines WHERE kind = 'deliverable'",
    "frozen_period": "SELECT id FROM reporting_periods WHERE state = 'frozen'",
    "open_period": "SELECT id FROM reporting_periods WHERE state = 'open'",
    "one": "SELECT id FROM mandates WHERE requires_action AND lead_unit_id IS NULL",
    "another": "SELECT mandate.id FROM mandates AS mandate"
    " JOIN organizational_units AS unit ON unit.id = mandate.lead_unit_id"
    " WHERE unit.key = 'ocean' ORDER BY mandate.id",
    **{
        state: _REPORT_IN_STATE.replace("STATE", state)
        for state in ("open", "draft", "returned", "submitted", "cleared", "frozen")
    },
    "reminded": "SELECT recipient_id FROM notifications",
    "waived": "SELECT report_id FROM waivers",
    "part": "SELECT id FROM contributions ORDER BY id DESC",
    "with_parts": "SELECT report_id FROM contributions ORDER BY id DESC",
    "extended": "SELECT report_id FROM due_dates GROUP BY 1 HAVING count(*) > 1",
}
_ADDRESS_OF_MANDATE = (
    "SELECT body.key, instrument.slug, clause.path FROM mandates AS mandate"
    " JOIN clauses AS clause ON clause.id = mandate.clause_id"
    " JOIN instruments AS instrument ON instrument.id = mandate.instrument_id"
    " JOIN bodies AS body ON body.id = instrument.body_id WHERE"
)
_MANDATES = {
    "reported_mandate": "mandate.id IN (SELECT mandate_id FROM progress_reports"
    " WHERE review = 'cleared')",
    "unconfirmed_mandate": "mandate.requires_action IS NULL",
    "ownerless_mandate": "mandate.requires_action AND mandate.lead_unit_id IS NULL",
}


def words_of_addresses(demo: Site) -> dict[str, str]:
    """Return what the addresses of the pages are filled with on this demo."""
    with demo.installation() as parts, parts.database.reading() as session:
        words = {name: str(session.scalar(text(asked))) for name, asked in _IDS.items()}
        for name, condition in _MANDATES.items():
            found = session.execute(text(f"{_ADDRESS_OF_MANDATE} {condition} ORDER BY 1, 2, 3"))
            words[name] = "/".join(("", *found.all()[0]))
        reviewer = find_person_by_email(session, f"{COORDINATOR}@{MAIL_DOMAIN}")
        assert reviewer is not None
        digest = parts.uploads.keep(DOUBTFUL_TEXT.read_bytes())
        upload = Upload(digest, DOUBTFUL_TEXT.name, reviewer.id)
        words["upload"] = sign_upload(upload, parts.settings.secret_key)
    words |= _reviews(demo, f"{COORDINATOR}@{MAIL_DOMAIN}")
    words |= _editions(demo, f"{COORDINATOR}@{MAIL_DOMAIN}")
    words["link"] = demo.link_for(f"{NOT_SIGNED_IN}@{MAIL_DOMAIN}").rpartition("/")[2]
    words["answer"] = _answer_link(demo, int(words["open"]))
    return words


def _answer_link(demo: Site, report_id: int) -> str:
    """Return the sealed part of a link by which the focal point answers a report from a mail."""
    with demo.installation() as parts, parts.database.reading() as session:
        person = find_person_by_email(session, f"{FOCAL_POINT}@{MAIL_DOMAIN}")
        assert person is not None
        links = mail_links(
            session,
            [report_id],
            person_id=person.id,
            tokens=parts.tokens,
            at=datetime.now(UTC),  # the site's processes live by the machine's clock
        )
        return links[report_id].token


def _reviews(demo: Site, reviewer: str) -> dict[str, str]:
    """Upload a text with doubtful places and a file with two texts; return what they are called."""
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, reviewer)
        assert person is not None
        alone, together = (
            receive_import(
                session,
                content=path.read_bytes(),
                file_name=path.name,
                actor=actor_of(person),
                at=clock.now(),
                uploads=parts.uploads,
            )
            for path in (DOUBTFUL_TEXT, SEVERAL_TEXTS)
        )
        review = session.scalar(select(ImportReview.id).where(ImportReview.file_id == alone.id))
        return {"review": str(review), "file": str(together.id)}


def _editions(demo: Site, reviewer: str) -> dict[str, str]:
    """Upload corrected texts that are there, take one of them; return what they are called."""
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, reviewer)
        assert person is not None

        def received(name: str, before: str, after: str) -> ImportReview:
            digest = session.scalars(
                select(SourceFile.digest).where(SourceFile.file_name == name)
            ).one()
            file = receive_import(
                session,
                content=parts.files.content_of(digest).replace(before.encode(), after.encode()),
                file_name=name,
                actor=actor_of(person),
                at=clock.now(),
                uploads=parts.uploads,
            )
            return session.scalars(
                select(ImportReview).where(ImportReview.file_id == file.id)
            ).one()

        corrected = received("41_ix.txt", "shipping routes", "routes of shipping")
        version = received("42_ix.es.txt", "cada dos años", "cada tres años")
        taken = received("36_viii.txt", "once a year", "twice a year")
        take_reviewed_edition(
            session,
            review_id=taken.id,
            said=SaidOfEdition(
                label="Corr.1",
                review_version=taken.version,
                instrument_version=session.scalars(
                    select(Instrument.version).where(Instrument.slug == "36-viii")
                ).one(),
            ),
            entity=parts.entity,
            actor=actor_of(person),
            at=clock.now(),
            files=parts.files,
            uploads=parts.uploads,
        )
        edition = session.scalar(text("SELECT id FROM text_editions ORDER BY id DESC"))
        return {
            "corrected_review": str(corrected.id),
            "language_review": str(version.id),
            "edition": str(edition),
        }
