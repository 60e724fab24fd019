"""The fixed texts of the report: keys and English sentences, which are the keys of translation.

A caller hands ``compose`` the same keys with translated sentences. Keys that end in ``.one`` and
``.many`` are the two forms of one sentence; a third one ends in ``.two`` where languages count the
noun by its gender ("duas atividades"). None begins with a number, which the Editorial Manual would
have in words. No sentence here judges a State or a unit, and none
puts an article before a name, since names come in any language.
"""

from collections.abc import Mapping
from typing import Final

from tracker.domain.errors import N_
from tracker.domain.mandates import Implementation

FIXED_TEXTS: Final[Mapping[str, str]] = {
    # cover
    "cover.title": N_("Report on the implementation of mandates and on activities, %(period)s"),
    "cover.subtitle": N_("Note by the secretariat"),
    "cover.distribution": N_("GENERAL"),
    "cover.original": N_("ORIGINAL: %(language)s"),
    "cover.edition": N_("Edition %(number)s"),
    "cover.draft": N_("Draft: this text has not been issued."),
    "cover.unofficial": N_(
        "Unofficial version: the text is complete in the original language, %(language)s."
    ),
    "cover.place_and_dates": N_("%(place)s, %(dates)s"),
    # words around the blocks
    "words.contents": N_("Contents"),
    "words.page": N_("Page"),
    "words.notes": N_("Notes"),
    "words.skip_link": N_("Skip to the report"),
    "words.back_to_text": N_("Back to the text"),
    "words.table": N_("Table %(number)s"),
    "words.figure": N_("Figure %(number)s"),
    "words.annex": N_("Annex %(number)s"),
    "words.draft": N_("Draft report"),
    "words.total": N_("Total"),
    "words.other": N_("Other"),
    "words.none": N_("–"),
    # introduction
    "introduction.title": N_("Introduction"),
    "introduction.purpose": N_(
        "The present report describes how the secretariat carried out, from %(start)s to %(end)s, "
        "what resolutions asked of it, and what activities it carried out in that period."
    ),
    "introduction.order": N_(
        "Chapter II gives an overview in figures. Chapter III shows, for each resolution and "
        "paragraph, what was asked, what was done, with what results, and the status of "
        "implementation. Chapter IV presents the activities by category, with planned and actual "
        "quantities. Annex I lists each paragraph with its status of implementation and the "
        "paragraphs of this report that speak about it; annex II lists the activities."
    ),
    "introduction.basis": N_(
        "The texts on each paragraph are those of the organizational units that carried out the "
        "work, as approved for the period."
    ),
    # overview
    "overview.title": N_("Overview"),
    "overview.none": N_("The report holds no information on mandates for the period."),
    "overview.mandates.one": N_("The report gives an account of one mandate."),
    "overview.mandates.many": N_("The report gives an account of %(number)s mandates."),
    "overview.resolutions.one": N_("One resolution is concerned."),
    "overview.resolutions.two": N_("They stem from two resolutions."),
    "overview.resolutions.many": N_("They stem from %(number)s resolutions."),
    "overview.missing.only": N_(
        "One mandate required action by the secretariat in the period; information on it was not "
        "available when the report was prepared."
    ),
    "overview.missing.one": N_(
        "In all, %(total)s mandates required action by the secretariat in the period; information "
        "on one of them was not available when the report was prepared."
    ),
    "overview.missing.many": N_(
        "In all, %(total)s mandates required action by the secretariat in the period; information "
        "on %(number)s of them was not available when the report was prepared."
    ),
    "overview.completed.one": N_(
        "One mandate was completed in the period, %(percentage)s of those reported on; "
        "%(figure)s and %(table)s show the status of implementation of all."
    ),
    "overview.completed.many": N_(
        "In the period %(number)s mandates were completed, %(percentage)s of those reported on; "
        "%(figure)s and %(table)s show the status of implementation of all."
    ),
    "overview.status": N_(
        "%(figure)s and %(table)s show the status of implementation of the mandates."
    ),
    "overview.figure.caption": N_("Mandates by status of implementation, %(period)s"),
    "overview.figure.alternative": N_("Bar chart of the number of mandates: %(values)s."),
    "overview.figure.value": N_("%(label)s, %(number)s"),
    "overview.statuses.caption": N_("Mandates by status of implementation, number and share"),
    "overview.rounding": N_("Shares do not add up to 100 because they are rounded."),
    "overview.resolutions.caption": N_("Mandates by resolution and status of implementation"),
    "overview.by_resolution": N_("%(table)s shows them by resolution."),
    "overview.activities.none": N_("No activities are recorded for the period."),
    "overview.activities.one": N_("One activity was recorded for the period."),
    "overview.activities.two": N_("Two activities were recorded for the period."),
    "overview.activities.many": N_("For the period %(number)s activities were recorded."),
    "overview.activities.reference": N_("%(table)s shows planned and actual quantities."),
    "overview.activities.caption": N_("Activities by category, planned and actual quantities"),
    # implementation
    "implementation.title": N_("Implementation by resolution and paragraph"),
    "implementation.none": N_("The report holds no information on any resolution."),
    "implementation.resolution": N_("Resolution %(symbol)s: %(title)s"),
    "implementation.resolution.untitled": N_("Resolution %(symbol)s"),
    "implementation.adopted": N_("Resolution %(symbol)s was adopted on %(date)s."),
    "implementation.undated": N_("This section is about resolution %(symbol)s."),
    "implementation.count.one": N_("One of its paragraphs is reported on below."),
    "implementation.count.many": N_("Of its paragraphs, %(number)s are reported on below."),
    "implementation.count.none": N_("None of its paragraphs is reported on in this edition."),
    "implementation.informational.one": N_(
        "One further paragraph asks no action of the secretariat."
    ),
    "implementation.informational.many": N_(
        "A further %(number)s paragraphs ask no action of the secretariat."
    ),
    "implementation.source": N_("%(body)s, resolution %(symbol)s."),
    "implementation.paragraph": N_("Paragraph %(paragraph)s"),
    "implementation.done": N_("What was done"),
    "implementation.results": N_("Results"),
    "implementation.next_steps": N_("Next steps"),
    "implementation.difficulties": N_("Difficulties"),
    "implementation.activities": N_("Activities"),
    "implementation.activities.one": N_("One activity is linked to this mandate:"),
    "implementation.activities.two": N_("Two activities are linked to this mandate:"),
    "implementation.activities.many": N_("Linked to this mandate are %(number)s activities:"),
    "implementation.status": N_("Status of implementation"),
    "implementation.sentence": N_("%(status)s."),
    "implementation.postponed_to": N_("Postponed to %(date)s."),
    "implementation.reason": N_("Reason given: %(reason)s"),
    "implementation.nothing": N_("No information was given for the period."),
    # activities
    "activities.title": N_("Activities by category"),
    "activities.none.one": N_(
        "In one category no activities are recorded for the period: %(categories)s."
    ),
    "activities.none.two": N_(
        "In two categories no activities are recorded for the period: %(categories)s."
    ),
    "activities.none.many": N_(
        "In %(number)s categories no activities are recorded for the period: %(categories)s."
    ),
    "activities.count.one": N_("One activity in this category was recorded; see %(table)s."),
    "activities.count.two": N_("Two activities in this category were recorded; see %(table)s."),
    "activities.count.many": N_(
        "In this category %(number)s activities were recorded; see %(table)s."
    ),
    "activities.caption": N_("%(category)s: planned and actual quantities"),
    "activities.fact": N_("%(label)s: %(values)s."),
    "activities.dash": N_("A dash (–) means that no quantity was set or counted."),
    "category.A": N_("Facilitation of the intergovernmental process and expert bodies"),
    "category.B": N_("Generation and transfer of knowledge"),
    "category.C": N_("Substantive deliverables"),
    "category.D": N_("Communication deliverables"),
    # annexes
    "annex.decisions.title": N_("Decisions and their implementation"),
    "annex.decisions.caption": N_("What was asked, status of implementation and where to read on"),
    "annex.decisions.none": N_("There are no mandates to list."),
    "annex.activities.title": N_("List of activities"),
    "annex.activities.caption": N_("Activities of the period"),
    "annex.activities.none": N_("There are no activities to list."),
    # heads of columns
    "column.status": N_("Status of implementation"),
    "column.mandates": N_("Mandates"),
    "column.share": N_("Per cent"),
    "column.resolution": N_("Resolution"),
    "column.category": N_("Category"),
    "column.subcategory": N_("Deliverable"),
    "column.measure": N_("Measure"),
    "column.activities": N_("Activities"),
    "column.activity": N_("Activity"),
    "column.planned": N_("Planned"),
    "column.actual": N_("Actual"),
    "column.reference": N_("Resolution and paragraph"),
    "column.asked": N_("What was asked"),
    "column.unit": N_("Unit"),
    "column.subprogramme": N_("Subprogramme"),
    "column.paragraphs": N_("Paragraphs of this report"),
    "column.dates": N_("Dates"),
    "column.countries": N_("Countries"),
    "column.partners": N_("Partners"),
    "column.donors": N_("Source of funds"),
    # statuses in words
    "status.not_started": N_("Not started"),
    "status.in_progress": N_("In progress"),
    "status.ongoing": N_("Ongoing"),
    "status.completed": N_("Completed"),
    "status.postponed": N_("Postponed"),
    "status.not_called_upon": N_("Not called upon"),
    "status.not_implemented": N_("Not implemented"),
    "status.no_information": N_("No information received"),
    "status.none": N_("Not stated"),
    # numbers and dates
    "number.0": N_("zero"),
    "number.1": N_("one"),
    "number.2": N_("two"),
    "number.3": N_("three"),
    "number.4": N_("four"),
    "number.5": N_("five"),
    "number.6": N_("six"),
    "number.7": N_("seven"),
    "number.8": N_("eight"),
    "number.9": N_("nine"),
    "percentage": N_("%(number)s per cent"),
    "date": N_("%(day)s %(month)s %(year)s"),
    "date.range": N_("%(start)s – %(end)s"),
    "date.days_of_month": N_("%(first)s–%(last)s %(month)s %(year)s"),
    "date.days_of_year": N_("%(start)s %(start_month)s – %(end)s %(end_month)s %(year)s"),
    "date.first_day": N_("1"),
    "month.1": N_("January"),
    "month.2": N_("February"),
    "month.3": N_("March"),
    "month.4": N_("April"),
    "month.5": N_("May"),
    "month.6": N_("June"),
    "month.7": N_("July"),
    "month.8": N_("August"),
    "month.9": N_("September"),
    "month.10": N_("October"),
    "month.11": N_("November"),
    "month.12": N_("December"),
    "language.en": N_("English"),
    "language.es": N_("Spanish"),
    "language.fr": N_("French"),
    "language.pt": N_("Portuguese"),
}


def status_key(status: Implementation | None) -> str:
    """Return the key of the words for a status of implementation."""
    return "status.none" if status is None else f"status.{status.value}"
