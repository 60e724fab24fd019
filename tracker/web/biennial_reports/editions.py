"""Views of editions that were made: read in the browser as they were made, and downloaded."""

from collections.abc import Mapping
from io import BytesIO

from flask import render_template, send_file, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from tracker import clock
from tracker.database import Session
from tracker.domain.errors import WrongState
from tracker.domain.permissions import Action, may_ever
from tracker.domain.sign_offs import check_not_own, signs_for
from tracker.domain.vacancies import Vacancy
from tracker.queries.editions import (
    Edition,
    PeriodWithEditions,
    edition_file,
    edition_with_period,
)
from tracker.queries.report_templates import template_used
from tracker.queries.sign_offs import SignOff, find_sign_off, hands_with
from tracker.queries.signing_posts import posts_of_period
from tracker.queries.submissions import find_submission
from tracker.queries.vacancies import unfilled_posts
from tracker.web.biennial_reports.chain_rows import chain_rows
from tracker.web.biennial_reports.forms import SignOffForm
from tracker.web.biennial_reports.source_hints import source_hints
from tracker.web.biennial_reports.sources import record_of_edition
from tracker.web.biennial_reports.views import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import installation, reading
from tracker.writing.biennial_report import ReportForm, media_type_of
from tracker.writing.biennial_report.clean_copy import without_marks
from tracker.writing.biennial_report.traced_page import with_ways_to_sources
from tracker.writing.biennial_report.web_page import fragment_of


@blueprint.get("/editions/<int:edition_id>")
@requires(Action.READ)
def read(edition_id: int) -> str:
    return edition_page(edition_id, SignOffForm(formdata=None))


def edition_page(edition_id: int, form: SignOffForm) -> str:
    """Return the page of an edition: how far it is on its way, and what it says."""
    with reading() as session:
        period, edition = edition_with_period(session, edition_id)
        kept = edition_file(session, edition_id, ReportForm.HTML)
        page = installation().files.content_of(kept.digest)
        sign_off = find_sign_off(session, edition_id)
        posts = posts_of_period(session, period.id)
        submission = find_submission(session, final_of(edition, sign_off, period))
        waits_for_me = (
            sign_off is not None
            and sign_off.waits_for is not None
            and sign_off.waits_for.person_id in signs_for(actor())
        )
        form.version.data = str(sign_off.version if sign_off else 0)
        return render_template(
            "biennial_reports/edition.html",
            period=period,
            edition=edition,
            form=form,
            sign_off=sign_off,
            rows=chain_rows(edition, posts, sign_off, submission, _unfilled(session))
            if sign_off or posts
            else [],
            has_posts=bool(posts),
            submission=submission,
            original=next(iter(period.finals), None),
            waits_for_me=waits_for_me,
            refusal=_own_refusal(session, edition_id, sign_off) if waits_for_me else None,
            may_generate=may_ever(actor(), Action.GENERATE_REPORT),
            template=template_used(session, edition_id),
            may_set_templates=may_ever(actor(), Action.SET_TEMPLATES),
            # The kept page was made by the writer's own template, which escapes every text.
            fragment=Markup(_with_ways(session, edition, fragment_of(page))),  # noqa: S704
        )


def _unfilled(session: Session) -> Mapping[int, Vacancy]:
    """Return the posts that nobody fills, for those who can do something about it."""
    is_told = may_ever(actor(), Action.KEEP_ABSENCES) or may_ever(actor(), Action.GENERATE_REPORT)
    return unfilled_posts(session, clock.now()) if is_told else {}


def _with_ways(session: Session, edition: Edition, fragment: str) -> str:
    """Return what an edition says, its numbers leading to their rows where these were recorded."""
    record = record_of_edition(edition)
    if record is None:
        return fragment
    return with_ways_to_sources(
        fragment,
        record,
        lambda key: url_for("biennial_reports.sources_of_edition", edition_id=edition.id, key=key),
        source_hints(session, record),
    )


def final_of(edition: Edition, sign_off: SignOff | None, period: PeriodWithEditions) -> int:
    """Return the final edition that is submitted for this one: itself, or what is made from it."""
    if sign_off is not None and sign_off.final_id is not None:
        return sign_off.final_id
    same = (each.id for each in period.finals if each.number == edition.number)
    return next(same, edition.id)


def _own_refusal(session: Session, edition_id: int, sign_off: SignOff | None) -> WrongState | None:
    """Return why the reader cannot sign what waits for them; None where they can."""
    hands = hands_with(session, edition_id, sign_off)
    try:
        check_not_own(actor(), hands)
    except WrongState as refusal:
        return refusal
    return None


@blueprint.get("/editions/<int:edition_id>/clean")
@requires(Action.READ)
def download_clean(edition_id: int) -> Response:
    with reading() as session:
        _, edition = edition_with_period(session, edition_id)
        if edition.has_sources:
            raise WrongState(
                "This draft has the annex of sources, which names people, so it has no hand-over "
                "copy. Generate a draft without the annex and download that one."
            )
        file = edition_file(session, edition_id, ReportForm.DOCX)
        content = without_marks(installation().files.content_of(file.digest))
        return send_file(
            BytesIO(content),
            mimetype=ReportForm.DOCX.media_type,
            as_attachment=True,
            download_name=file.file_name.replace(".docx", "_clean.docx"),
        )


@blueprint.get("/editions/<int:edition_id>/<form>")
@requires(Action.READ)
def download(edition_id: int, form: str) -> Response:
    with reading() as session:
        file = edition_file(session, edition_id, form)
        content = installation().files.content_of(file.digest)
        return send_file(
            BytesIO(content),
            mimetype=media_type_of(file.file_name, ReportForm(file.form)),
            as_attachment=True,
            download_name=file.file_name,
        )
