"""Every page of the site: its address on the demo body, and whose eyes see most of it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text, update

from tests.conftest import ROOT
from tests.journeys.conftest import Site
from tracker import clock
from tracker.demo.people import MAIL_DOMAIN
from tracker.domain.mandates import Lifecycle
from tracker.domain.recommendations import Recommendation
from tracker.domain.reminder_rules import HOUSE, ReminderRule
from tracker.domain.workflow import Review
from tracker.models.imports import ImportReview
from tracker.models.instruments import Body, Clause, Instrument, SourceFile
from tracker.models.mandates import Mandate
from tracker.models.progress import ProgressReport
from tracker.models.reminders import Delivery, Notification
from tracker.queries.people import actor_of, find_person_by_email
from tracker.queries.reminder_requests import rehearse_request
from tracker.queries.roll_ups import proposals
from tracker.reading.readers import read_here
from tracker.services.drafts import check_drafts
from tracker.services.edition_reviews import SaidOfEdition, take_reviewed_edition
from tracker.services.import_reviews import receive_import
from tracker.services.mail_answers import mail_links
from tracker.services.outlooks import ask_for_trial
from tracker.services.recommendations import recommend, set_review
from tracker.services.reminder_requests import request_reports
from tracker.services.report_wordings import NewWording, keep_wordings
from tracker.services.roll_ups import set_roll_up_aside
from tracker.web.resolutions.uploads import Upload, sign_upload

DOUBTFUL_TEXT = ROOT / "tests/reading/samples/ferries_recognised.txt"
DRAFT_TEXT = ROOT / "tests/samples/resolution_41_ix.txt"
SEVERAL_TEXTS = ROOT / "tests/reading/samples/two_in_one.txt"

STRANGER = ""
ADMINISTRATOR = "miriam.faye"
COORDINATOR = "helena.brito"
EDITOR = "simon.ndiaye"
FOCAL_POINT = "ana.tavares"
MANAGER = "mamadou.sarr"
SIGNER = "teresa.monteiro"
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
    PageSeen("/account/digests", FOCAL_POINT),
    PageSeen("/admin/meetings", COORDINATOR),
    PageSeen("/admin/meetings/add", COORDINATOR),
    PageSeen("/admin/meetings/1", COORDINATOR),
    PageSeen("/admin/duty-stations", ADMINISTRATOR),
    PageSeen("/admin/duty-stations/1", ADMINISTRATOR),
    PageSeen("/admin/people/hand-overs", COORDINATOR),
    PageSeen("/admin/people/hand-overs?q=nobody+is+called+so", ADMINISTRATOR),
    PageSeen("/compliance", COORDINATOR),
    PageSeen("/compliance?standing=late", MANAGER),
    PageSeen("/compliance?resolution=1&adopted_by=1", COORDINATOR),
    PageSeen("/compliance?finding=lying", COORDINATOR),
    PageSeen("/compliance/detail", COORDINATOR),
    PageSeen("/compliance/detail?subprogramme=1", MANAGER),
    PageSeen("/compliance/detail?unit=2", COORDINATOR),
    PageSeen("/compliance/lateness", COORDINATOR),
    PageSeen("/compliance?standing=late&late_for=week&subprogramme=1", MANAGER),
    PageSeen("/compliance/1/all/1", COORDINATOR),
    PageSeen("/compliance/1/all/1/late", COORDINATOR),
    PageSeen("/compliance/remind?standing=open", COORDINATOR),
    PageSeen("/compliance/assign?standing=late", COORDINATOR),
    PageSeen("/compliance/requests", COORDINATOR),
    PageSeen("/compliance/duplicates", COORDINATOR),
    PageSeen("/admin/reviews", ADMINISTRATOR),
    PageSeen("/admin/reviews/{body_of_review}", ADMINISTRATOR),
    PageSeen("/admin/public-pages", ADMINISTRATOR),
    PageSeen("/admin/public-pages/{reporting_body}", ADMINISTRATOR),
    PageSeen("/resolutions/{instrument}/public", COORDINATOR),
    PageSeen("/public/ecaic", STRANGER),
    PageSeen("/public/ecaic/{public_text}", STRANGER),
    PageSeen("/public/ecaic/{public_text}/{public_clause}", STRANGER),
    PageSeen("/resolutions/{reviewed_resolution}/review", COORDINATOR),
    PageSeen("/mandates/{reviewed_mandate}/review", COORDINATOR),
    PageSeen("/compliance/sheet", MANAGER),
    PageSeen("/compliance/sheet?unit=1", COORDINATOR),
    PageSeen("/compliance/requests/{request}", COORDINATOR),
    PageSeen("/compliance/radar", COORDINATOR),
    PageSeen("/mandates?activities=none", COORDINATOR),
    PageSeen("/compliance?standing=waived&unit=1", COORDINATOR),
    PageSeen("/compliance/roll-ups", COORDINATOR),
    PageSeen("/compliance/roll-ups/units/{silent_unit}", COORDINATOR),
    PageSeen("/compliance/roll-ups/{roll_up}", COORDINATOR),
    PageSeen("/admin/escalation", ADMINISTRATOR),
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
    PageSeen("/cooperation", COORDINATOR),
    PageSeen("/cooperation?show=all", VIEWER),
    PageSeen("/cooperation?q=nothing+is+called+so", MANAGER),
    PageSeen("/cooperation/enter?kind=offer", COORDINATOR),
    PageSeen("/cooperation/{notice}", FOCAL_POINT),
    PageSeen("/cooperation/{notice}/change", COORDINATOR),
    PageSeen("/networks", VIEWER),
    PageSeen("/networks/{network}", COORDINATOR),
    PageSeen("/networks/{network}/change", COORDINATOR),
    PageSeen("/networks/add", COORDINATOR),
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
    PageSeen("/resolutions/drafts", COORDINATOR),
    PageSeen("/resolutions/drafts/{checked_draft}", EDITOR),
    PageSeen("/resolutions/{renewing}/renewal", COORDINATOR),
    PageSeen("/resolutions/{renewing}/renewal/{renewed}", COORDINATOR),
    PageSeen("/resolutions/{renewing}/lineage", VIEWER),
    PageSeen("/mandates/{one}/lineage", VIEWER),
    PageSeen("/mandates/{one}/alike", VIEWER),
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
    PageSeen("/progress/{draft}/submit", FOCAL_POINT),
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
    PageSeen("/reports/{frozen_period}/copy/{copy}", EDITOR, 409),  # its final edition is made
    PageSeen("/reports/{open_period}/translation?language=es", EDITOR),
    PageSeen("/reports/{open_period}/changes", EDITOR),
    PageSeen("/reports/brief", VIEWER),
    PageSeen("/reports/brief?about=CPV&since=2022", COORDINATOR),
    PageSeen("/reports/editions/1", VIEWER),
    PageSeen("/reports/editions/2", EDITOR),
    PageSeen("/reports/editions/{signed_edition}", SIGNER),
    PageSeen("/reports/compare", VIEWER),
    PageSeen("/reports/{open_period}/unplaced", EDITOR),
    PageSeen("/reports/{open_period}/unplaced/{unplaced}?language=en", EDITOR),
    PageSeen("/reports/compare?before=1&after=2&show=all", EDITOR),
    PageSeen("/reports/editions/1/sources/statuses.total", VIEWER),
    PageSeen("/reports/editions/2/sources/deliverables.total", EDITOR),
    PageSeen("/reports/{frozen_period}/sources/overview.resolutions", EDITOR),
    PageSeen("/reports/editions/2/submission", EDITOR),
    PageSeen("/reports/documents/{document}", VIEWER),
    PageSeen("/reports/documents/{document}", STRANGER),
    PageSeen("/reports/sign-off", ADMINISTRATOR),
    PageSeen("/reports/sign-off/{reporting_body}", ADMINISTRATOR),
    PageSeen("/reports/templates", ADMINISTRATOR),
    PageSeen("/reports/templates/{reporting_body}/session", ADMINISTRATOR),
    PageSeen("/reports/templates/{reporting_body}/session/logo", ADMINISTRATOR),
    PageSeen("/reports/templates/{reporting_body}/session/styles", ADMINISTRATOR),
    PageSeen("/reports/templates/{reporting_body}/session/texts", ADMINISTRATOR),
    PageSeen("/reports/templates/{reporting_body}/session/texts?q=the", ADMINISTRATOR),
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
    PageSeen("/subjects", COORDINATOR),
    PageSeen("/subjects", VIEWER),
    PageSeen("/subjects?kind=country", VIEWER),
    PageSeen("/subjects?kind=word", COORDINATOR),
    PageSeen("/subjects/goal/14", VIEWER),
    PageSeen("/subjects/goal/14?of=activity", COORDINATOR),
    PageSeen("/subjects/target/17.18", VIEWER),
    PageSeen("/subjects/proposals", COORDINATOR),
    PageSeen("/subjects/proposals?of=activity", FOCAL_POINT),
    PageSeen("/subjects/word/{word}", COORDINATOR),
    PageSeen("/subjects/goal/14/left", COORDINATOR),
    PageSeen("/subjects/goal/8/left?of=activity", FOCAL_POINT),
    PageSeen("/subjects/words", COORDINATOR),
    PageSeen("/subjects/words", VIEWER),
    PageSeen("/subjects/words/add", COORDINATOR),
    PageSeen("/subjects/words/{word}", COORDINATOR),
    PageSeen("/subjects/words/import", COORDINATOR),
    PageSeen("/subjects/of/mandate/{one}", COORDINATOR),
    PageSeen("/subjects/of/activity/{activity}", VIEWER),
    PageSeen("/views", COORDINATOR),
    PageSeen("/views", VIEWER),
    PageSeen("/views/new?list=mandates&query=owner%3Dnone", MANAGER),
    PageSeen("/views/{view}/edit?query=owner%3Dnone", COORDINATOR),
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
    PageSeen("/admin/deliveries/ahead?day=1999-01-01", COORDINATOR, status=400),
    PageSeen("/admin/jobs", ADMINISTRATOR),
    PageSeen("/admin/mail-texts", ADMINISTRATOR),
    PageSeen("/admin/mail-texts?language=fr", ADMINISTRATOR),
    PageSeen("/admin/mail-texts/text/opening?language=es", ADMINISTRATOR),
    PageSeen("/admin/pauses", COORDINATOR),
    PageSeen("/admin/pauses?target=mandate:{one}", COORDINATOR),
    PageSeen("/admin/reminder-rules", ADMINISTRATOR),
    PageSeen("/admin/reminder-rules/rule?target=house", ADMINISTRATOR),
    PageSeen("/admin/reminder-rules/rule?target=unit:2", ADMINISTRATOR),
    PageSeen("/admin/reminder-rules/trials/{trial}", ADMINISTRATOR),
    PageSeen("/welcome", STRANGER),
    PageSeen("/sign-in", STRANGER),
    PageSeen("/sign-in/link/{link}", STRANGER),
    PageSeen("/sign-in/link/an-old-link", STRANGER, status=403),
    PageSeen("/answer/{answer}/update", STRANGER),
    PageSeen("/answer/{answer}/accept", STRANGER),
    PageSeen("/answer/{answer}/last-text", STRANGER),
    PageSeen("/answer/{answer}/more-time", STRANGER),
    PageSeen("/answer/{answer}/not-mine", STRANGER),
    PageSeen("/answer/an-old-link/update", STRANGER, status=403),
    PageSeen("/there/is/no/such/page", COORDINATOR, status=404),
    PageSeen("/admin/people", VIEWER, status=403),
)

# What answers a GET and is no page to look at; whoever adds one here says why.
NO_PAGES = {
    "recommendations.export": "a file",
    "dashboard.sheet_as_pdf": "a file",
    "dashboard.export_lateness": "a file",
    "dashboard.export_sessions": "a file",
    "dashboard.export_pace": "a file",
    "activities.export": "a file",
    "activities.list_template": "a file",
    "activities.list_template_workbook": "a file",
    "briefs.download": "a file",
    "cooperation.export": "a file",
    "subjects.export_words": "a file",
    "public_pages.feed": "a feed, and nothing that a browser shows",
    "calendars.feed": "a calendar, and nothing that a browser shows",
    "account.change_language": "leads back to the page that one comes from",
    "biennial_reports.download": "a file",
    "biennial_reports.download_clean": "a file",
    "biennial_reports.source_list_of_edition": "a file",
    "biennial_reports.source_list_today": "a file",
    "biennial_reports.issued_file": "a file",
    "biennial_reports.sheet_file": "a file",
    "biennial_reports.translation_out": "a file",
    "jobs.health": "a line for whatever watches over the service",
    "progress.download_evidence": "a file",
    "dashboard.export_counts": "a file",
    "dashboard.export_map": "a file",
    "dashboard.export_reports": "a file",
    "mail_texts.framed": "a mail, shown in a frame of a page",
    "mandates.export": "a file",
    "people.export": "a file",
    "resolutions.export": "a file",
    "resolutions.print_draft": "a file",
    "handovers.pack": "a file",
    "health": "two words for whatever watches over the service",
    "resolutions.scanned_page": "a picture",
    "resolutions.source_file": "a file",
    "mandates.by_id": "leads to the mandate's own address",
    "biennial_reports.report_with_styles": "a file",
    "biennial_reports.styles_as_word": "a file",
    "saved_views.show": "leads to the list that it shows",
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
    "notice": "SELECT id FROM cooperation_notices ORDER BY id",
    "word": "SELECT id FROM subject_words ORDER BY id",
    "network": "SELECT id FROM networks ORDER BY id",
    "view": "SELECT id FROM saved_views ORDER BY id",
    "clause": "SELECT clause_id FROM mandates ORDER BY id",
    "instrument": "SELECT id FROM instruments WHERE slug = '41-ix'",
    "renewing": "SELECT id FROM instruments WHERE slug = '45-x'",
    "renewed": "SELECT id FROM instruments WHERE slug = '36-viii'",
    "activity": "SELECT activity_id FROM activity_links GROUP BY 1 ORDER BY count(*) DESC, 1",
    "line": "SELECT id FROM deliverable_lines WHERE kind = 'deliverable'",
    "document": "SELECT slug FROM edition_submissions",
    "reporting_body": "SELECT body_id FROM signing_posts",
    "signed_edition": "SELECT edition_id FROM edition_sign_offs ORDER BY stage DESC, 1",
    "frozen_period": "SELECT id FROM reporting_periods WHERE state = 'frozen'",
    "handed_out": (
        "SELECT file.digest FROM edition_files file"
        " JOIN report_editions edition ON edition.id = file.edition_id"
        " WHERE edition.state = 'draft' AND file.form = 'docx'"
    ),
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
        words["copy"] = parts.uploads.keep(parts.files.content_of(words["handed_out"]))
    words |= _reviews(demo, f"{COORDINATOR}@{MAIL_DOMAIN}")
    words |= _draft(demo, f"{EDITOR}@{MAIL_DOMAIN}")
    words |= _trial(demo, f"{ADMINISTRATOR}@{MAIL_DOMAIN}")
    words |= _unplaced(demo, f"{EDITOR}@{MAIL_DOMAIN}", int(words["open_period"]))
    words |= _editions(demo, f"{COORDINATOR}@{MAIL_DOMAIN}")
    words |= _roll_ups(demo, f"{COORDINATOR}@{MAIL_DOMAIN}")
    words |= _review(demo)
    words |= _public(demo)
    words |= _request(demo, f"{COORDINATOR}@{MAIL_DOMAIN}")
    words["link"] = demo.link_for(f"{NOT_SIGNED_IN}@{MAIL_DOMAIN}").rpartition("/")[2]
    words["answer"] = _answer_link(demo, int(words["open"]))
    return words


def _draft(demo: Site, editor: str) -> dict[str, str]:
    """Check a draft; return what it is called."""
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, editor)
        assert person is not None
        content = DRAFT_TEXT.read_bytes()
        [draft] = check_drafts(
            session,
            read_here(content, DRAFT_TEXT.name).resolutions,
            session_id=None,
            actor=actor_of(person),
            at=datetime.now(UTC),
        )
        return {"checked_draft": str(draft.id)}


def _trial(demo: Site, administrator: str) -> dict[str, str]:
    """Have a rule of reminders tried in the background; return the number of the trial."""
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, administrator)
        assert person is not None
        task_id = ask_for_trial(
            session,
            target=HOUSE,
            rule=ReminderRule(due_days=(30, 7)),
            times=None,
            actor=actor_of(person),
            at=datetime.now(UTC),
        )
    return {"trial": str(task_id)}


def _unplaced(demo: Site, editor: str, period_id: int) -> dict[str, str]:
    """Word a passage that the report does not have; return its key."""
    key = "mandate999999.done.1"
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, editor)
        assert person is not None
        keep_wordings(
            session,
            period_id=period_id,
            language="en",
            wordings=[NewWording(key, "Two courses were held.", "Two courses took place.", 0)],
            actor=actor_of(person),
            at=datetime.now(UTC),
        )
    return {"unplaced": key}


def _review(demo: Site) -> dict[str, str]:
    """Switch the review on for the body of a mandate, recommend something, and return all three."""
    at = datetime.now(UTC)
    with demo.installation() as parts, parts.database.transaction() as session:
        people = [
            find_person_by_email(session, f"{name}@{MAIL_DOMAIN}")
            for name in (ADMINISTRATOR, COORDINATOR)
        ]
        administrator, coordinator = (actor_of(person) for person in people if person)
        mandate = session.scalars(
            select(Mandate)
            .where(Mandate.requires_action.is_(True), Mandate.lifecycle == Lifecycle.ACTIVE)
            .order_by(Mandate.id)
            .limit(1)
        ).one()
        body_id = session.get_one(Instrument, mandate.instrument_id).body_id
        set_review(
            session,
            body_id=body_id,
            version=0,
            is_on=True,
            request="45(X), paragraph 9",
            requested_on=at.date(),
            actor=administrator,
            at=at,
        )
        recommend(
            session,
            mandate_id=mandate.id,
            recommendation=Recommendation.REVISE,
            reason="The directory is kept by another body now.",
            seen_id=0,
            actor=coordinator,
            at=at,
        )
        return {
            "body_of_review": str(body_id),
            "reviewed_resolution": str(mandate.instrument_id),
            "reviewed_mandate": str(mandate.id),
        }


def _public(demo: Site) -> dict[str, str]:
    """Return a text with public pages, and the path of a clause that a report tells of."""
    with demo.installation() as parts, parts.database.transaction() as session:
        slug, path = session.execute(
            select(Instrument.slug, Clause.path)
            .join(Clause, Clause.instrument_id == Instrument.id)
            .join(Mandate, Mandate.clause_id == Clause.id)
            .join(ProgressReport, ProgressReport.mandate_id == Mandate.id)
            .join(Body, Body.id == Instrument.body_id)
            .where(ProgressReport.review == Review.FROZEN, Body.key == "ecaic")
            .order_by(ProgressReport.id)
            .limit(1)
        ).one()
        assert path is not None
        return {"public_text": slug, "public_clause": path.replace(".", "/")}


def _request(demo: Site, coordinator: str) -> dict[str, str]:
    """Ask for one report, so that there is a request to look at, and return its id."""
    at = datetime.now(UTC)
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, coordinator)
        assert person is not None
        open_reports = select(ProgressReport.id).where(ProgressReport.review == Review.OPEN)
        # Whatever waits for the next mail of this day is no hindrance here.
        session.execute(
            update(Notification)
            .where(Notification.state == Delivery.PENDING)
            .values(state=Delivery.CANCELLED, settled_at=at)
        )
        rehearsal = rehearse_request(
            session, session.scalars(open_reports).all(), asked_by=person.id, at=at
        )
        made = request_reports(session, sorted(rehearsal.pairs)[:1], actor=actor_of(person), at=at)
        return {"request": str(made.id)}


def _roll_ups(demo: Site, coordinator: str) -> dict[str, str]:
    """Set one of two proposed roll-ups aside; return where the other and this one are."""
    at = datetime.now(UTC)
    with demo.installation() as parts, parts.database.transaction() as session:
        person = find_person_by_email(session, coordinator)
        assert person is not None
        left, proposal = proposals(session, at=at)[:2]
        aside = set_roll_up_aside(
            session,
            unit_id=proposal.unit_id,
            report_ids=[proposal.items[0].report_id],
            reason="Agreed by telephone: the text comes on Friday.",
            actor=actor_of(person),
            at=at,
        )
        return {"silent_unit": str(left.unit_id), "roll_up": str(aside.id)}


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
