"""Forms of a roll-up, and of the rule by which roll-ups go out."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from tracker.domain.reminder_limits import Limit, Limits
from tracker.queries.reminder_limits import Switches
from tracker.queries.roll_ups import ProposedItem
from tracker.web import filters
from tracker.web.forms import TrackerForm, VersionedForm

ON, OFF, AS_ALL = "on", "off", ""
_STATES = {True: ON, False: OFF, None: AS_ALL}
_LIMITS = {
    Limit.REMINDERS: (
        lazy_gettext("Reminders delivered before a roll-up is proposed"),
        lazy_gettext("One of them after the due day."),
    ),
    Limit.SILENCE: (
        lazy_gettext("Days without an answer after the last of them"),
        "",
    ),
    Limit.NOTICE: (
        lazy_gettext("Days between the announcement and a roll-up by rule"),
        lazy_gettext("So long those who are asked have to answer before their chief is told."),
    ),
    Limit.DRAFT: (lazy_gettext("Days that a draft may lie untouched"), ""),
    Limit.RETURNED: (lazy_gettext("Days that a returned report may lie"), ""),
    Limit.SUBMITTED: (
        lazy_gettext("Days that a submitted report may wait for clearance"),
        lazy_gettext("Then the coordinators are told; the managers are reminded each week."),
    ),
    Limit.DECLINED: (lazy_gettext("Days until coordinators are told of a declined mandate"), ""),
    Limit.OWNERLESS: (
        lazy_gettext("Days until coordinators are told of a mandate that nobody answers for"),
        "",
    ),
}


class RollUpForm(TrackerForm):
    recipient_id = HiddenField()
    report_ids = SelectMultipleField(lazy_gettext("Reports in it"), coerce=int)
    subject = StringField(lazy_gettext("Subject"))
    text = TextAreaField(
        lazy_gettext("Text above the list"),
        description=lazy_gettext(
            "The list of reports follows it by itself; what is answered before the mail goes out "
            "is left out."
        ),
    )
    reason = TextAreaField(
        lazy_gettext("Reason for setting it aside"),
        description=lazy_gettext("For example: agreed by telephone, the text comes on Friday."),
    )

    def offer(self, items: Sequence[ProposedItem]) -> "RollUpForm":
        """Offer these reports."""
        self.report_ids.choices = [
            (item.report_id, f"{filters.cited(item.reference)}: {filters.gist(item.text, 120)}")
            for item in items
        ]
        return self


class RulesForm(VersionedForm):
    is_on = RadioField(
        lazy_gettext("Roll-ups by themselves"),
    )

    def offer_states(self) -> "RulesForm":
        """Offer on and off, for units also that they follow all."""
        self.is_on.choices = [
            (OFF, lazy_gettext("Off: a coordinator sends each roll-up, or does not")),
            (ON, lazy_gettext("On: announced in advance, then sent to the chief of the unit")),
        ]
        for field in self.unit_fields.values():
            field.choices = [
                (AS_ALL, lazy_gettext("As for all units")),
                (ON, lazy_gettext("On")),
                (OFF, lazy_gettext("Off")),
            ]
        return self

    @property
    def unit_fields(self) -> Mapping[int, SelectField]:
        """Return the field of each unit, by its id."""
        found = {}
        for field in self:
            prefix, _, key = field.name.partition("_")
            if prefix == "unit" and key.isdecimal():
                found[int(key)] = field
        return found

    @property
    def limit_fields(self) -> Mapping[Limit, IntegerField]:
        """Return the field of each number."""
        return {limit: self[limit.value] for limit in _LIMITS}

    @property
    def units(self) -> Mapping[int, bool | None]:
        """Return what was chosen for each unit: on, off, or as for all."""
        known = {word: state for state, word in _STATES.items()}
        return {unit_id: known.get(field.data) for unit_id, field in self.unit_fields.items()}

    @property
    def limits(self) -> Limits:
        """Return the numbers that were entered; one that is none is out of every range."""
        return {
            limit: -1 if field.data is None else field.data
            for limit, field in self.limit_fields.items()
        }


def rules_form(
    units: Sequence[tuple[int, str]],
    seen: Switches | None = None,
    limits: Limits | None = None,
    version: int = 0,
) -> RulesForm:
    """Return the form with a field for each unit and number, filled in with what holds."""

    class Form(RulesForm):
        pass

    for unit_id, name in units:
        setattr(Form, f"unit_{unit_id}", SelectField(name))
    for limit, (label, hint) in _LIMITS.items():
        setattr(Form, limit.value, IntegerField(label, description=hint))
    if seen is None or limits is None:
        return Form().offer_states()
    values: dict[str, object] = {"is_on": _STATES[seen.is_on], "version": version}
    values |= {f"unit_{unit_id}": _STATES[seen.units.get(unit_id)] for unit_id, _name in units}
    values |= {limit.value: number for limit, number in limits.items()}
    return Form(formdata=None, data=values).offer_states()
