"""The words that both forms of a division's sheet share."""

from tracker.domain.errors import N_
from tracker.domain.mandates import Implementation
from tracker.domain.progress import TEXT_FIELDS, ReportText
from tracker.domain.unit_sheets import HEADINGS, SheetItem, UnitSheet, as_cell
from tracker.i18n import catalogue, date_in_words, translate_into
from tracker.labels import LABELS


def heading(sheet: UnitSheet) -> str:
    """Return what the sheet is."""
    words = translate_into(sheet.language)(N_("%(unit)s: progress in %(period)s"))
    return words % {"unit": sheet.unit, "period": sheet.period_name}


def code_line(sheet: UnitSheet) -> str:
    """Return the line by which a file that comes back is known."""
    return translate_into(sheet.language)(N_("Sheet code: %(code)s")) % {"code": sheet.code}


def guide(sheet: UnitSheet) -> tuple[str, ...]:
    """Return the sentences that say what to do with the sheet."""
    words = catalogue(sheet.language)
    count = len(sheet.items)
    asked = words.ngettext(
        "Made on %(day)s with %(num)s paragraph that your unit answers for.",
        "Made on %(day)s with the %(num)s paragraphs that your unit answers for.",
        count,
    ) % {"day": date_in_words(sheet.made_on, sheet.language), "num": count}
    return (
        f"{asked} "
        + words.gettext(
            "Write into the white fields, as it should stand in the report; leave as it is what "
            "you have nothing to say about. Whoever works on it with you may use tracked changes."
        ),
        f"{_way_back(sheet)} "
        + words.gettext(
            "There you see what it would change before anything is kept; what was changed on the "
            "page meanwhile is never overwritten, and you can bring the file as often as you like."
        ),
    )


def _way_back(sheet: UnitSheet) -> str:
    words = translate_into(sheet.language)
    if not sheet.send_to:
        return words(N_("Then choose the file at %(page)s.")) % {"page": sheet.page}
    return words(
        N_("Then choose the file at %(page)s, or send it as an attachment to %(address)s.")
    ) % {"page": sheet.page, "address": sheet.send_to}


def settled_words(item: SheetItem, language: str) -> str:
    """Return why the fields of an item cannot be written."""
    words = translate_into(language)
    if item.waits_at_second:
        return words(
            N_(
                "Cleared at the first level; it waits for the second. To change it, have it "
                "returned on its page."
            )
        )
    return words(
        N_("Submitted already. To change it, take it back or have it returned on its page.")
    )


def joint_lead_words(item: SheetItem, language: str) -> str:
    """Return who leads the mandate as well, outside the house; empty where nobody does."""
    if not item.joint_lead:
        return ""
    words = translate_into(language)(N_("Leads jointly with %(entity)s"))
    return words % {"entity": item.joint_lead}


def status_words(language: str) -> tuple[str, ...]:
    """Return the words for how far a mandate is carried out, in their order."""
    return tuple(label(status, language) for status in Implementation)


def label(status: Implementation, language: str) -> str:
    """Return the word for a status."""
    return translate_into(language)(LABELS[Implementation][status])


def shown_text(text: ReportText, field: str, language: str) -> str:
    """Return a field as the sheet shows it."""
    if field == "status":
        return label(text.status, language) if text.status else ""
    if field == "postponed_to":
        return text.postponed_to.isoformat() if text.postponed_to else ""
    return as_cell(getattr(text, field))


def last_said_words(text: ReportText, language: str) -> str:
    """Return what was said in the period before: its status, then its texts with their headings."""
    lines = [label(text.status, language)] if text.status else []
    for field in ("status_reason", *TEXT_FIELDS):
        if words := as_cell(getattr(text, field)):
            name = translate_into(language)(HEADINGS[field])
            lines.append(f"{name}{translate_into(language)(':')} {words}")
    return "\n".join(lines) or "–"
