"""The list of mandates as a file."""

from collections.abc import Mapping, Sequence

from flask import Response
from flask_babel import gettext

from tracker.domain.clauses import paragraph_label
from tracker.domain.permissions import Action
from tracker.domain.subjects import AboutKind, Subject
from tracker.queries.mandates import ListedMandate, MandateOrder, all_mandates
from tracker.queries.subjects import all_subjects
from tracker.web import filters
from tracker.web.exports import FORMS, Exported, identifiers, list_file, named, page_address
from tracker.web.lists import asked_order
from tracker.web.mandates.views import blueprint
from tracker.web.mandates.wanted import wanted_mandates
from tracker.web.security import requires
from tracker.web.shown_names import unit_name
from tracker.web.subjects.shown import subject_names
from tracker.web.transactions import reading


@blueprint.get(f"/mandates/list.{FORMS}")
@requires(Action.READ)
def export(form: str) -> Response:
    order, is_descending = asked_order(MandateOrder.MANDATE)
    with reading() as session:
        return list_file(
            form,
            name="mandates",
            title=gettext("Mandates"),
            columns=_columns(all_subjects(session, AboutKind.MANDATE)),
            rows=all_mandates(session, wanted_mandates(), order=order, is_descending=is_descending),
        )


def _columns(about: Mapping[int, Sequence[Subject]]) -> list[Exported[ListedMandate]]:
    language = filters.language()
    return [
        Exported(gettext("Mandate"), lambda row: filters.cited_in(row.reference, language), 24),
        Exported(gettext("Resolution"), lambda row: row.reference.symbol),
        Exported(gettext("Paragraph"), lambda row: paragraph_label(row.reference.path), 10),
        Exported(gettext("Text"), lambda row: row.text, 80),
        Exported(gettext("What it is"), named(lambda row: row.nature, filters.label), 26),
        Exported(gettext("Decision"), _decision, 22),
        Exported(gettext("Unit"), named(lambda row: row.unit_name, unit_name), 30),
        Exported(gettext("Leads jointly with"), lambda row: row.joint_lead or None, 24),
        Exported(gettext("Focal point"), lambda row: row.focal_point_name, 24),
        Exported(gettext("Answer"), named(lambda row: row.acceptance, filters.label)),
        Exported(gettext("Due"), lambda row: row.due_on, 12),
        Exported(gettext("Adopted"), lambda row: row.adopted_on, 12),
        Exported(gettext("Subjects"), lambda row: subject_names(about.get(row.id, ())), 40),
        *identifiers(
            lambda row: row.id, lambda row: page_address("mandates.show", **row.reference.address)
        ),
    ]


def _decision(row: ListedMandate) -> str:
    if row.requires_action is None:
        return gettext("To be confirmed")
    return gettext("Requires our action") if row.requires_action else gettext("Set aside")
