"""Views of action points: the single asks of a mandate, who answers for each, how far each is."""

from collections.abc import Iterator

from flask import flash, render_template
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response
from wtforms import FieldList, Form, FormField, SelectField, TextAreaField

from tracker import clock
from tracker.domain.action_points import SaidPoint
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Action, is_allowed
from tracker.queries.action_points import PointsOfMandate, points_of_mandate
from tracker.queries.mandate_pages import MandatePage
from tracker.queries.mandates import possible_focal_points
from tracker.queries.people import units
from tracker.services.kept_points import keep_action_points
from tracker.web.addresses import whole_number
from tracker.web.choices import label_choices, unit_choices
from tracker.web.forms import VersionedForm
from tracker.web.mandates.views import blueprint, mandate_of, to_mandate
from tracker.web.security import actor, requires
from tracker.web.transactions import reading, transaction

Page = str | tuple[str, int]


class PointForm(Form):
    """One action point."""

    text = TextAreaField(lazy_gettext("What is asked"))
    unit_id = SelectField(lazy_gettext("Unit that answers"), validate_choice=False)
    person_id = SelectField(lazy_gettext("Person who answers"), validate_choice=False)
    status = SelectField(lazy_gettext("How far it is"), validate_choice=False)

    @property
    def said(self) -> SaidPoint:
        """Return what the row says."""
        status = self.status.data
        return SaidPoint(
            text=self.text.data or "",
            unit_id=whole_number(self.unit_id.data or ""),
            person_id=whole_number(self.person_id.data or ""),
            status=Implementation(status) if status in set(Implementation) else None,
        )


class PointsForm(VersionedForm):
    """The action points of a mandate: those kept, those proposed, and an empty one."""

    points = FieldList(FormField(PointForm))

    def __init__(self, found: PointsOfMandate, *, version: int, may_shape: bool) -> None:
        """Begin with what is kept and proposed; what was sent wins."""
        rows = [
            _row(point.text, point.unit_id, point.person_id, point.status) for point in found.points
        ]
        if may_shape:
            rows += [_row(text) for text in (*found.proposed, "")]
        super().__init__(data={"points": rows, "version": str(version)})
        with reading() as session:
            of_house, people = units(session), possible_focal_points(session)
        for row in self.rows:
            row.unit_id.choices = [("", gettext("As the mandate")), *unit_choices(of_house)]
            row.person_id.choices = [
                ("", gettext("Nobody yet")),
                *((str(each.id), each.name) for each in people),
            ]
            row.status.choices = [("", gettext("Not said")), *label_choices(Implementation)]

    @property
    def rows(self) -> tuple[PointForm, ...]:
        """Return the rows in their order."""
        return tuple(entry.form for entry in self.points.entries)

    def numbered(self) -> Iterator[tuple[int, PointForm]]:
        """Yield each row with its number, from 1."""
        return enumerate(self.rows, start=1)


@blueprint.get("/mandates/<int:mandate_id>/points")
@requires(Action.WRITE_PROGRESS)
def points(mandate_id: int) -> str:
    mandate = mandate_of(mandate_id)
    return _page(mandate, _form(mandate))


@blueprint.post("/mandates/<int:mandate_id>/points")
@requires(Action.WRITE_PROGRESS)
def keep_points(mandate_id: int) -> Response | Page:
    mandate = mandate_of(mandate_id)
    form = _form(mandate)
    try:
        with transaction() as session:
            keep_action_points(
                session,
                mandate_id=mandate_id,
                version=form.seen_version,
                points=[row.said for row in form.rows],
                actor=actor(),
                at=clock.now(),
            )
    except Invalid as refusal:
        form.refuse(refusal, at="")
        return _page(mandate, form), 400
    except (Stale, WrongState) as refusal:
        form.refuse(refusal, at="")
        return _page(mandate, form), 409
    flash(gettext("The action points are kept."), "success")
    return to_mandate(mandate_id)


def may_shape(mandate: MandatePage) -> bool:
    """Tell whether the reader says what the points are, and who answers for them."""
    return is_allowed(actor(), Action.ASSIGN_MANDATE, unit_id=mandate.unit_id)


def _row(
    text: str,
    unit_id: int | None = None,
    person_id: int | None = None,
    status: Implementation | None = None,
) -> dict[str, str]:
    return {
        "text": text,
        "unit_id": str(unit_id or ""),
        "person_id": str(person_id or ""),
        "status": status.value if status else "",
    }


def _form(mandate: MandatePage) -> PointsForm:
    with reading() as session:
        found = points_of_mandate(session, mandate.id)
    return PointsForm(found, version=mandate.version, may_shape=may_shape(mandate))


def _page(mandate: MandatePage, form: PointsForm) -> str:
    with reading() as session:
        found = points_of_mandate(session, mandate.id)
    return render_template(
        "mandates/points.html",
        mandate=mandate,
        form=form,
        proposed=found.proposed,
        may_shape=may_shape(mandate),
    )
