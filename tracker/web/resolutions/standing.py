"""The standing list of mandates: by subprogramme, and its import with a rehearsal."""

from collections.abc import Mapping, Sequence

from flask import redirect, render_template, request, url_for

from tracker import clock
from tracker.database import Session
from tracker.domain.permissions import Action, may_ever
from tracker.domain.rehearsal import Effect
from tracker.domain.standing_list import COLUMNS, StandingRow
from tracker.queries.standing_list import standing_choices, standing_group
from tracker.reading.standing_list import read_standing_list, standing_list_text
from tracker.services.standing_list import plan_standing_list, take_standing_list
from tracker.web.house import house
from tracker.web.rehearsals import ListPages, Page, RehearsedForm, shown
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.resolutions.forms import StandingForm
from tracker.web.security import actor, requires
from tracker.web.transactions import reading


@blueprint.get("/resolutions/standing")
@requires(Action.READ)
def standing() -> str:
    with reading() as session:
        choices = standing_choices(session)
        numbers = [choice.number for choice in choices]
        wanted = request.args.get("subprogramme", "")
        number = wanted if wanted in numbers else (numbers[0] if numbers else "")
        return render_template(
            "resolutions/standing.html",
            choices=choices,
            group=standing_group(session, number),
            may_import=may_ever(actor(), Action.IMPORT_RESOLUTION),
        )


@blueprint.get("/resolutions/standing/import")
@requires(Action.IMPORT_RESOLUTION)
def standing_upload() -> Page:
    return _upload_page(StandingForm())


@blueprint.post("/resolutions/standing/import")
@requires(Action.IMPORT_RESOLUTION)
def rehearse_standing() -> Page:
    return _PAGES.rehearse(StandingForm(), at="standing_list")


@blueprint.post("/resolutions/standing/take")
@requires(Action.IMPORT_RESOLUTION)
def take_standing() -> Page:
    return _PAGES.take(
        RehearsedForm(), _take, lambda: redirect(url_for("resolutions.standing"), 303)
    )


def _take(session: Session, rows: Sequence[StandingRow], seal: str) -> Mapping[Effect, int]:
    return take_standing_list(
        session, rows, languages=house().languages, actor=actor(), at=clock.now(), seal=seal
    )


def _upload_page(form: StandingForm) -> str:
    return render_template("resolutions/standing_upload.html", form=form, columns=COLUMNS)


def _rehearsal_page(rows: Sequence[StandingRow], form: RehearsedForm) -> str:
    with reading() as session:
        plan = plan_standing_list(session, rows, languages=house().languages, actor=actor())
    return render_template(
        "resolutions/standing_rehearsal.html",
        symbol_count=sum(len(done.symbols) for done in plan),
        **shown(plan, form),
    )


_PAGES = ListPages(standing_list_text, read_standing_list, _upload_page, _rehearsal_page)
