"""Views of the programme budget's deliverables."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker import clock
from tracker.database import Session
from tracker.domain.activities import MEASURE_OF, Category
from tracker.domain.deliverables import COLUMNS, DeliverableRow, LineKind, disagreements
from tracker.domain.errors import Invalid, NotFound
from tracker.domain.permissions import Action, may_ever, require
from tracker.domain.rehearsal import Effect
from tracker.queries.activity_sheets import ActivitySheet
from tracker.queries.deliverables import (
    deliverable_table,
    find_deliverable,
    lines_to_choose,
    table_choices,
)
from tracker.reading.deliverables import deliverables_text, read_deliverables
from tracker.services.deliverables import place_activity, plan_deliverables, take_deliverables
from tracker.web.activities.views import sheet_of
from tracker.web.deliverables.forms import DeliverablesForm, PlaceForm
from tracker.web.filters import gist
from tracker.web.house import house
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

blueprint = Blueprint("deliverables", __name__)


@blueprint.get("/deliverables")
@requires(Action.READ)
def index() -> str:
    with reading() as session:
        choices = table_choices(session)
        numbers = [choice.number for choice in choices]
        wanted = request.args.get("subprogramme", "")
        number = wanted if wanted in numbers else (numbers[0] if numbers else "")
        return render_template(
            "deliverables/index.html",
            choices=choices,
            table_of=deliverable_table(session, number),
            categories=list(Category),
            measure_of=MEASURE_OF,
            may_import=may_ever(actor(), Action.KEEP_DELIVERABLES),
        )


@blueprint.get("/deliverables/<int:line_id>")
@requires(Action.READ)
def show(line_id: int) -> str:
    with reading() as session:
        sheet = find_deliverable(session, line_id)
    if sheet is None or sheet.line.deliverable is None:
        raise NotFound("There is no such planned deliverable. Choose one from the list.")
    return render_template(
        "deliverables/show.html", sheet=sheet, measure=MEASURE_OF[sheet.line.deliverable]
    )


@blueprint.get("/deliverables/import")
@requires(Action.KEEP_DELIVERABLES)
def upload() -> Page:
    return _upload_page(DeliverablesForm())


@blueprint.post("/deliverables/import")
@requires(Action.KEEP_DELIVERABLES)
def rehearse() -> Page:
    return _PAGES.rehearse(DeliverablesForm(), at="deliverables")


@blueprint.post("/deliverables/take")
@requires(Action.KEEP_DELIVERABLES)
def take() -> Page:
    return _PAGES.take(RehearsedForm(), _take, lambda: redirect(url_for("deliverables.index"), 303))


@blueprint.route("/activities/<int:activity_id>/deliverable", methods=["GET", "POST"])
@requires(Action.EDIT_ACTIVITY)
def place(activity_id: int) -> Page:
    sheet = sheet_of(activity_id)
    require(actor(), Action.EDIT_ACTIVITY, unit_id=sheet.details.unit_id)
    form = PlaceForm(data={"line_id": sheet.line_id or 0, "version": sheet.version})
    _offer(form, sheet)
    if request.method == "GET":
        return render_template("activities/place.html", form=form, sheet=sheet)
    if not form.validate():
        return render_template("activities/place.html", form=form, sheet=sheet), 400
    try:
        with transaction() as session:
            place_activity(
                session,
                activity_id=activity_id,
                version=form.seen_version,
                line_id=form.line_id.data or None,
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal)
        return render_template("activities/place.html", form=form, sheet=sheet), 400
    flash(gettext("The activity is saved."), "success")
    return redirect(url_for("activities.show", activity_id=activity_id), 303)


def _offer(form: PlaceForm, sheet: ActivitySheet) -> None:
    with reading() as session:
        groups = lines_to_choose(
            session, sheet.details.deliverable, subprogramme_id=sheet.details.subprogramme_id
        )
    form.line_id.choices = {gettext("None"): [(0, gettext("None"))]} | {
        _group_name(number): [(line_id, gist(text, 100)) for line_id, text in lines]
        for number, lines in groups
    }


def _group_name(number: str) -> str:
    if not number:
        return gettext("Whole programme")
    return gettext("Subprogramme %(number)s", number=number)


def _take(session: Session, rows: Sequence[DeliverableRow], seal: str) -> Mapping[Effect, int]:
    return take_deliverables(
        session, rows, language=house().languages[0], actor=actor(), at=clock.now(), seal=seal
    )


def _upload_page(form: DeliverablesForm) -> str:
    return render_template("deliverables/upload.html", form=form, columns=COLUMNS)


def _rehearsal_page(rows: Sequence[DeliverableRow], form: RehearsedForm) -> str:
    with reading() as session:
        plan = plan_deliverables(session, rows, actor=actor())
    lines = [done.told for done in plan if done.told is not None]
    kinds = [line.kind for line in lines]
    return render_template(
        "deliverables/rehearsal.html",
        deliverable_count=kinds.count(LineKind.DELIVERABLE),
        total_count=kinds.count(LineKind.TOTAL),
        other_count=kinds.count(LineKind.HEADING) + kinds.count(LineKind.NARRATIVE),
        disagreements=disagreements(lines),
        **shown(plan, form),
    )


_PAGES = ListPages(deliverables_text, read_deliverables, _upload_page, _rehearsal_page)
