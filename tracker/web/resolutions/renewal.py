"""Views of a renewal: a new resolution lined up with an older one, and what carries over."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response
from wtforms import StringField

from tracker import clock
from tracker.database import Session
from tracker.domain.clauses import Relation, paragraph_label
from tracker.domain.differences import Part, word_difference
from tracker.domain.errors import Invalid, Stale
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Action
from tracker.queries.earlier_texts import earlier_texts, instrument_named
from tracker.queries.inheritance import Line, Lining, lining_of
from tracker.queries.lined_clauses import lined_instrument
from tracker.queries.renewals import earlier_of
from tracker.services.inheritance import Choices, Inherited, inherit
from tracker.web.addresses import whole_number
from tracker.web.forms import TrackerForm
from tracker.web.resolutions.blueprint import blueprint
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]
LINES_SHOWN = 50


class EarlierForm(TrackerForm):
    """Which older resolution the new one renews."""

    symbol = StringField(
        lazy_gettext("Symbol of the older resolution"),
        description=lazy_gettext("As printed, for example 530(XXIV) or 33/134."),
    )


class InheritanceForm(TrackerForm):
    """What is refused of the lines; their fields are named after mandates."""


@blueprint.get("/resolutions/<int:instrument_id>/renewal")
@requires(Action.CONFIRM_MANDATE)
def renewal(instrument_id: int) -> str:
    return _choice_page(instrument_id, EarlierForm(formdata=None))


@blueprint.post("/resolutions/<int:instrument_id>/renewal")
@requires(Action.CONFIRM_MANDATE)
def find_earlier(instrument_id: int) -> Response | Page:
    form = EarlierForm()
    try:
        with reading() as session:
            earlier_id = instrument_named(session, form.symbol.data or "", later_id=instrument_id)
            lining_of(session, later_id=instrument_id, earlier_id=earlier_id)
    except Invalid as refusal:
        form.refuse(refusal)
        return _choice_page(instrument_id, form), 400
    address = url_for("resolutions.inheritance", instrument_id=instrument_id, earlier_id=earlier_id)
    return redirect(address, 303)


@blueprint.get("/resolutions/<int:instrument_id>/renewal/<int:earlier_id>")
@requires(Action.CONFIRM_MANDATE)
def inheritance(instrument_id: int, earlier_id: int) -> str:
    with reading() as session:
        lining = lining_of(session, later_id=instrument_id, earlier_id=earlier_id)
        choices = Choices(ends_as=_ends_as(session, lining))
    return _lines_page(lining, InheritanceForm(formdata=None), choices)


@blueprint.post("/resolutions/<int:instrument_id>/renewal/<int:earlier_id>")
@requires(Action.CONFIRM_MANDATE)
def confirm_inheritance(instrument_id: int, earlier_id: int) -> Response | Page:
    form = InheritanceForm()
    choices = Choices()
    try:
        with reading() as session:
            choices = _choices(session, instrument_id, earlier_id)
        if request.form.get("do") == "compare":
            return _compared(instrument_id, earlier_id, form, choices)
        with transaction() as session:
            done = inherit(
                session,
                later_id=instrument_id,
                earlier_id=earlier_id,
                choices=choices,
                seal=request.form.get("seal", ""),
                actor=actor(),
                at=clock.now(),
            )
    except (Invalid, Stale) as refusal:
        form.refuse(refusal)
        status = 400 if isinstance(refusal, Invalid) else 409
        return _compared(instrument_id, earlier_id, form, choices), status
    flash(_told(done), "success")
    address = url_for("resolutions.inheritance", instrument_id=instrument_id, earlier_id=earlier_id)
    return redirect(address, 303)


def _compared(instrument_id: int, earlier_id: int, form: InheritanceForm, choices: Choices) -> str:
    with reading() as session:
        lining = lining_of(
            session, later_id=instrument_id, earlier_id=earlier_id, said=choices.said
        )
    return _lines_page(lining, form, choices)


def _told(done: Inherited) -> str:
    clauses = ngettext(
        "%(num)s clause is confirmed", "%(num)s clauses are confirmed", done.clause_count
    )
    owners = ngettext(
        "%(num)s mandate is given to who answered before",
        "%(num)s mandates are given to who answered before",
        done.owner_count,
    )
    links = ngettext(
        "%(num)s activity carries over", "%(num)s activities carry over", done.link_count
    )
    return f"{clauses}; {owners}; {links}."


def _choices(session: Session, later_id: int, earlier_id: int) -> Choices:
    """Return what the form says; raise Invalid for a paragraph that there is not."""
    lining = lining_of(session, later_id=later_id, earlier_id=earlier_id)
    is_same = request.form.get("do") == "same"
    said = _said(lining)
    ends_as = request.form.get("ends_as", "")
    return Choices(
        said=said,
        taken=None if is_same else frozenset(request.form.getlist("line")),
        ends_as=Lifecycle(ends_as) if ends_as in set(Lifecycle) else Lifecycle.ACTIVE,
        dropped=_dropped(),
    )


def _said(lining: Lining) -> Mapping[int, int | None]:
    """Return which old clause a person wrote beside each new one: "5(a)", or nothing."""
    known = {_plain(paragraph_label(each.path)): each for each in lining.earlier_clauses}
    said: dict[int, int | None] = {}
    for name, written in request.form.items():
        later_id = whole_number(name.removeprefix("pair-")) if name.startswith("pair-") else None
        if later_id is None:
            continue
        wanted = _plain(written)
        if wanted and wanted not in known:
            raise Invalid(
                "“%(words)s” is no paragraph of %(symbol)s that is a mandate. Enter one of its "
                "numbers, for example %(example)s, or leave the field empty for a new clause.",
                words=written.strip()[:40],
                symbol=lining.earlier.symbol,
                example=paragraph_label(lining.earlier_clauses[0].path),
            )
        said[later_id] = known[wanted].mandate_id if wanted else None
    return said


def _plain(number: str) -> str:
    return "".join(number.split()).rstrip(".").casefold()


def _dropped() -> Mapping[int, Lifecycle]:
    found: dict[int, Lifecycle] = {}
    for name, value in request.form.items():
        mandate_id = whole_number(name.removeprefix("ends-")) if name.startswith("ends-") else None
        if mandate_id is not None and value in set(Lifecycle):
            found[mandate_id] = Lifecycle(value)
    return found


def _choice_page(instrument_id: int, form: EarlierForm) -> str:
    with reading() as session:
        later = lined_instrument(session, instrument_id)
        texts = earlier_texts(session, instrument_id)
    return render_template("resolutions/renewal.html", later=later, texts=texts, form=form)


def _ends_as(session: Session, lining: Lining) -> Lifecycle:
    """Return what the old mandates are proposed to become, by what the new resolution says."""
    relation = earlier_of(session, lining.later.id).get(lining.earlier.id)
    return Lifecycle.SUPERSEDED if relation is Relation.SUPERSEDES else Lifecycle.RENEWED


def _lines_page(lining: Lining, form: InheritanceForm, choices: Choices) -> str:
    place = whole_number(request.args.get("from", "")) or 0
    waiting = lining.open_lines
    first = min(place, max(len(waiting) - 1, 0)) // LINES_SHOWN * LINES_SHOWN
    shown = waiting[first : first + LINES_SHOWN]
    return render_template(
        "resolutions/inherit.html",
        lining=lining,
        lines=[(line, _difference(line)) for line in shown],
        first=first,
        last=first + len(shown),
        step=LINES_SHOWN,
        total=len(waiting),
        form=form,
        choices=choices,
        ends=(Lifecycle.RENEWED, Lifecycle.SUPERSEDED),
        ends_without=(Lifecycle.ELAPSED, Lifecycle.ACTIVE),
    )


def _difference(line: Line) -> Sequence[Part]:
    return word_difference(
        line.earlier.text if line.earlier else "", line.later.text if line.later else ""
    )
