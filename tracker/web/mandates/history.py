"""What was done to a mandate, in the reader's words."""

from datetime import date

from flask_babel import gettext

from tracker.queries.mandate_pages import HistoryEntry
from tracker.web import filters


def describe(entry: HistoryEntry) -> str:
    """Return one entry of the audit trail as a sentence without its author."""
    if entry.action == "import_resolution":
        return gettext("Imported from the file %(name)s", name=entry.after.get("file_name", ""))
    if entry.action == "confirm_mandate":
        return gettext("Confirmed as requiring our action")
    if entry.action == "set_mandate_aside":
        return gettext("Set aside as asking nothing of us")
    if entry.action == "assign_mandate":
        return _assigned(entry)
    return entry.action.replace("_", " ").capitalize()


def _assigned(entry: HistoryEntry) -> str:
    unit, person, due_on = (entry.after.get(name) for name in ("unit", "focal_point", "due_on"))
    words = gettext("Assigned to %(unit)s", unit=unit)
    if person:
        words = gettext("Assigned to %(unit)s (%(person)s)", unit=unit, person=person)
    if due_on:
        day = filters.day(date.fromisoformat(due_on))
        return gettext("%(assigned)s, due on %(day)s", assigned=words, day=day)
    return words
