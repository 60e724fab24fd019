"""What was done to a mandate, in the reader's words."""

from collections.abc import Callable, Mapping
from datetime import date

from flask_babel import gettext

from tracker.queries.mandate_pages import HistoryEntry
from tracker.web import filters
from tracker.web.shown_names import unit_name

ENDS = (".", "?", "!", "…")


def describe(entry: HistoryEntry) -> str:
    """Return one entry of the audit trail as a sentence without its author."""
    words = _WORDS.get(entry.action)
    told = words(entry) if words else entry.action.replace("_", " ").capitalize()
    return told if told.endswith(ENDS) else f"{told}."


def _assigned(entry: HistoryEntry) -> str:
    unit, person, due_on = (entry.after.get(name) for name in ("unit", "focal_point", "due_on"))
    unit = unit_name(unit)
    words = gettext("Assigned to %(unit)s", unit=unit)
    if person:
        words = gettext("Assigned to %(unit)s (%(person)s)", unit=unit, person=person)
    if entry.after.get("deputy"):
        words = gettext(
            "%(assigned)s, deputy %(person)s", assigned=words, person=entry.after["deputy"]
        )
    if entry.after.get("joint_lead"):
        words = gettext(
            "%(assigned)s, jointly with %(entity)s",
            assigned=words,
            entity=entry.after["joint_lead"],
        )
    others = "; ".join(
        unit_name(name) or "" for name in entry.after.get("contributing_units") or ()
    )
    if others:
        words = gettext("%(assigned)s, with %(units)s", assigned=words, units=others)
    if due_on:
        day = filters.day(date.fromisoformat(due_on))
        return gettext("%(assigned)s, due on %(day)s", assigned=words, day=day)
    return words


_WORDS: Mapping[str, Callable[[HistoryEntry], str]] = {
    "import_resolution": lambda entry: gettext(
        "Imported from the file %(name)s", name=entry.after.get("file_name", "")
    ),
    "add_language_version": lambda entry: gettext(
        "A version in another language was added from the file %(name)s",
        name=entry.after.get("file_name", ""),
    ),
    "take_edition": lambda entry: gettext(
        "%(label)s took the place of the text, from the file %(name)s",
        label=entry.after.get("label", ""),
        name=entry.after.get("file_name", ""),
    ),
    "end_mandate": lambda entry: gettext(
        "The mandate ended: %(source)s", source=entry.after.get("source") or ""
    ),
    "inherit_mandate": lambda entry: gettext(
        "Took the place of %(mandate)s", mandate=entry.after.get("from", "")
    ),
    "renew_mandate": lambda entry: gettext(
        "%(mandate)s took its place", mandate=entry.after.get("by", "")
    ),
    "drop_mandate": lambda entry: gettext(
        "%(symbol)s did not take it over", symbol=entry.after.get("by", "")
    ),
    "confirm_language_version": lambda _entry: gettext(
        "The text in another language was said to be current"
    ),
    "read_clauses_again": lambda _entry: gettext("The clauses were read again"),
    "confirm_mandate": lambda _entry: gettext("Confirmed as requiring our action"),
    "keep_action_points": lambda _entry: gettext("The action points were changed"),
    "take_back_decision": lambda _entry: gettext("The decision was taken back"),
    "set_mandate_aside": lambda _entry: gettext("Set aside as asking nothing of us"),
    "assign_mandate": _assigned,
    "accept_assignment": lambda _entry: gettext("Accepted"),
    "decline_assignment": lambda entry: gettext(
        "Declined: %(reason)s", reason=entry.after.get("reason", "")
    ),
    "understand_mandate": lambda _entry: gettext("What the clause asks was confirmed"),
    "mandate.activity_linked": lambda entry: gettext(
        "An activity was linked: %(how)s", how=entry.after.get("contribution", "")
    ),
    "mandate.activity_unlinked": lambda _entry: gettext("The link to an activity was removed"),
    "note_progress": lambda entry: gettext("Noted: %(text)s", text=entry.after.get("text", "")),
}
