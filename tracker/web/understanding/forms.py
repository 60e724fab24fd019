"""The form in which a person says what a clause asks."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField

from tracker.domain.findings import FindingField
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.queries.understood_clauses import UnderstoodClause
from tracker.web.choices import label_choices
from tracker.web.forms import VersionedForm

_ONE_A_LINE = lazy_gettext("One on each line, in the words of the clause.")


class UnderstandForm(VersionedForm):
    """Each field as it is understood; its names are those of ``FindingField``."""

    action_verb = StringField(lazy_gettext("Action verb"))
    addressee = TextAreaField(lazy_gettext("Whom it asks"), description=_ONE_A_LINE)
    partner = TextAreaField(lazy_gettext("With whom it shall be done"), description=_ONE_A_LINE)
    nature = SelectField(lazy_gettext("What the clause is"))
    concerns_us = SelectField(lazy_gettext("Whether it concerns us"))
    periodicity = SelectField(lazy_gettext("How often"))
    occasion = StringField(
        lazy_gettext("When"),
        description=lazy_gettext("For example “at its next session” or “by 31 March 2030”."),
    )
    condition = StringField(
        lazy_gettext("On what it depends"),
        description=lazy_gettext("For example “when Governments request such support”."),
    )
    action_point = TextAreaField(
        lazy_gettext("Single asks"),
        description=lazy_gettext(
            "Where the clause asks several things: one on each line. Each becomes an action point "
            "that somebody answers for, with a status of its own."
        ),
    )
    subject = TextAreaField(
        lazy_gettext("Subject words"), description=lazy_gettext("One on each line.")
    )

    def __init__(self, clause: UnderstoodClause) -> None:
        """Begin with what is understood now; what was sent wins."""
        held = {
            field.value: "\n".join(one.value for one in found)
            for field, found in clause.by_field.items()
        }
        super().__init__(data={**held, "version": str(clause.version)})
        self.nature.choices = label_choices(Nature)
        if FindingField.NATURE not in clause.by_field:
            self.nature.choices = [("", gettext("Choose what the clause is")), *self.nature.choices]
        self.concerns_us.choices = [("", gettext("Not said")), *label_choices(ConcernsUs)]
        self.periodicity.choices = [("", gettext("Not said")), *label_choices(Periodicity)]

    @property
    def values(self) -> Mapping[FindingField, Sequence[str]]:
        """Return what was said for each field, one value for each line."""
        return {field: (self[field.value].data or "").splitlines() for field in FindingField}
