"""Views of the division's sheet."""

from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as Download
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.domain.errors import (
    Duplicate,
    Invalid,
    NotAllowed,
    NotFound,
    Refused,
    Stale,
    WrongState,
)
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Role
from tracker.domain.rehearsal import Effect, counts_of, seal_of
from tracker.domain.unit_sheets import FilledSheet, UnitSheet
from tracker.queries.report_texts import FieldText, field_texts
from tracker.queries.unit_sheets import offered_sheets, waiting_sheets
from tracker.reading.unit_sheets import read_sheet
from tracker.services.sheet_plans import PlannedItem, SheetPlan, plan_sheet
from tracker.services.unit_sheets import TakenSheet, hand_out_sheet, take_sheet
from tracker.storage import is_digest
from tracker.web import filters
from tracker.web.errors import status_of
from tracker.web.security import actor, requires
from tracker.web.sheets.forms import SheetForm, TakeSheetForm, WantedSheetForm
from tracker.web.shown_names import named
from tracker.web.transactions import installation, reading, transaction
from tracker.writing.unit_sheet_word import write_word_sheet
from tracker.writing.unit_sheet_workbook import write_workbook_sheet

blueprint = Blueprint("sheets", __name__, url_prefix="/sheets")

Page = str | tuple[str, int] | Response
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as its rehearsal shows it: the texts that change, and those that contradict."""

    item: PlannedItem
    fields: tuple[FieldText, ...]
    conflicts: tuple[FieldText, ...]
    sentences: tuple[str, ...]
    missing: str


@blueprint.get("")
@requires(Action.WRITE_PROGRESS)
def index() -> Page:
    return _index_page(SheetForm())


@blueprint.post("/make")
@requires(Action.WRITE_PROGRESS)
def make() -> Download:
    form = WantedSheetForm()
    unit_id, period_id = form.wanted
    with transaction() as session:
        sheet = hand_out_sheet(
            session,
            unit_id=unit_id,
            period_id=period_id,
            language=filters.language(),
            actor=actor(),
            at=clock.now(),
        )
    sheet = _addressed(sheet)
    if form.kind.data == "xlsx":
        return _download(write_workbook_sheet(sheet), sheet, "xlsx", WORKBOOK)
    return _download(write_word_sheet(sheet), sheet, "docx", WORD)


@blueprint.post("")
@requires(Action.WRITE_PROGRESS)
def rehearse() -> Page:
    form = SheetForm()
    if not form.validate():
        return _index_page(form), 400
    content = form.sheet.data.read()
    try:
        installation().uploads.look_at(content)
        filled = read_sheet(content)
        return _rehearsal_page(filled, _form_of(installation().uploads.keep(content)))
    except (Invalid, NotAllowed, WrongState) as refusal:
        form.refuse(refusal, at="sheet")
        return _index_page(form), status_of(refusal)


@blueprint.post("/look")
@requires(Action.WRITE_PROGRESS)
def look() -> Page:
    kept = request.form.get("kept", "")
    return _rehearsal_page(_read_kept(kept), _form_of(kept))


@blueprint.post("/take")
@requires(Action.WRITE_PROGRESS)
def take() -> Page:
    form = TakeSheetForm()
    filled = _read_kept(form.kept.data or "")
    if not form.validate():
        return _rehearsal_page(filled, form), 400
    try:
        with transaction() as session:
            taken = take_sheet(
                session,
                filled,
                submits=form.submits.data == "yes",
                given_by=form.given_by.data or "",
                leave=form.left_alone,
                actor=actor(),
                at=clock.now(),
                seal=form.seal.data or "",
            )
    except (Invalid, Stale, WrongState, Duplicate) as refusal:
        form.refuse(refusal)
        return _rehearsal_page(filled, form), status_of(refusal)
    flash(_told(taken), "success")
    return redirect(url_for("dashboard.index"), 303)


def _told(taken: TakenSheet) -> str:
    parts = []
    if taken.submitted:
        parts.append(
            ngettext("%(num)s report submitted.", "%(num)s reports submitted.", taken.submitted)
        )
    if taken.drafts:
        parts.append(
            ngettext(
                "%(num)s draft saved; nobody else sees it until you submit it.",
                "%(num)s drafts saved; nobody else sees them until you submit them.",
                taken.drafts,
            )
        )
    if taken.points:
        parts.append(
            ngettext(
                "The status of %(num)s action point is kept.",
                "The status of %(num)s action points is kept.",
                taken.points,
            )
        )
    return " ".join(parts) or gettext("Nothing was changed.")


def _index_page(form: SheetForm) -> str:
    with reading() as session:
        return render_template(
            "sheets/index.html",
            form=form,
            offered=offered_sheets(session, actor()),
            waiting=waiting_sheets(session, actor().person_id),
            send_to=_mail_address(),
        )


def _rehearsal_page(filled: FilledSheet, form: TakeSheetForm) -> str:
    with reading() as session:
        plan = plan_sheet(session, filled, actor=actor(), at=clock.now())
    form.seal.data = seal_of(plan.rows)
    counts = counts_of(plan.rows)
    return render_template(
        "sheets/rehearsal.html",
        form=form,
        plan=plan,
        items=[_shown(row) for row in plan.rows],
        counts={effect.value: counts.get(effect, 0) for effect in Effect},
        complete_count=sum(row.can_be_submitted for row in plan.rows),
        names_giver=_names_giver(plan),
        left_alone=form.left_alone,
    )


def _shown(row: PlannedItem) -> ShownItem:
    compared = None if row.effect is Effect.MADE else row.before
    fields = field_texts(row.text, compared)
    return ShownItem(
        item=row,
        fields=tuple(field for field in fields if not field.is_unchanged),
        conflicts=tuple(
            field for field in field_texts(row.filled, row.before) if field.field in row.conflicts
        ),
        sentences=tuple(_said(refusal) for refusal in row.refusals),
        missing=filters.said(row.missing) if row.missing else "",
    )


def _said(refusal: Refused) -> str:
    return filters.said(refusal)


def _names_giver(plan: SheetPlan) -> bool:
    return actor().is_mailbox or plan.unit_id not in actor().units_acting_as(Role.FOCAL_POINT)


def _form_of(kept: str) -> TakeSheetForm:
    form = TakeSheetForm(formdata=None)
    form.kept.data = kept
    return form


def _read_kept(digest: str) -> FilledSheet:
    """Read a sheet that was uploaded before, or that came by mail and waits for the reader."""
    if not is_digest(digest):
        raise Invalid("The sheet is not named. Choose the file once more.")
    try:
        return read_sheet(installation().uploads.content_of(digest))
    except NotFound:
        with reading() as session:
            waiting = {sheet.digest for sheet in waiting_sheets(session, actor().person_id)}
        if digest not in waiting:
            raise
    return read_sheet(installation().files.content_of(digest))


def _addressed(sheet: UnitSheet) -> UnitSheet:
    """Return the sheet with names in the reader's language, and where it is to go."""
    return replace(
        sheet,
        unit=named(Named.UNIT, sheet.unit),
        send_to=_mail_address(),
        page=f"{installation().settings.base_url}{url_for('sheets.index')}",
    )


def _mail_address() -> str:
    """Return where sheets can be sent, "" where this site sends no mail."""
    settings = installation().settings
    return settings.mail_from if settings.smtp_url else ""


def _download(content: bytes, sheet: UnitSheet, ending: str, media_type: str) -> Download:
    name = f"{sheet.code}.{ending}"
    return Download(
        content,
        mimetype=media_type,
        headers={
            "Content-Disposition": f"attachment; filename={name}",
            "Cache-Control": "no-store",
        },
    )
