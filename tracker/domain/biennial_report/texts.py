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
    "cover.title.council": N_("Report of the commission to its parent body, %(period)s"),
    "cover.title.interim": N_("Interim report on the implementation of mandates, %(period)s"),
    "cover.title.annual": N_(
        "Annual report on the implementation of mandates and on activities, %(period)s"
    ),
    "cover.title.scoped": N_("%(title)s: %(scope)s"),
    "cover.subtitle": N_("Note by the secretariat"),
    "cover.distribution": N_("GENERAL"),
    "cover.original": N_("ORIGINAL: %(language)s"),
    "cover.edition": N_("Edition %(number)s"),
    "cover.draft": N_("Draft: this text has not been issued."),
    "cover.unofficial": N_(
        "Unofficial version: the text is complete in the original language, %(language)s."
    ),
    "cover.sources": N_("With an annex on sources: for use within the secretariat only."),
    "cover.place_and_dates": N_("%(place)s, %(dates)s"),
    # words around the blocks
    "words.contents": N_("Contents"),
    "words.page": N_("Page"),
    "words.notes": N_("Notes"),
    "words.skip_link": N_("Skip to the report"),
    "words.back_to_text": N_("Back to the text"),
    "words.table": N_("Table %(number)s"),
    "words.figure": N_("Figure %(number)s"),
    "words.box": N_("Box %(number)s"),
    "words.annex": N_("Annex %(number)s"),
    "words.annex.only": N_("Annex"),
    "words.part": N_("Part %(number)s of %(total)s"),
    "words.draft": N_("Draft report"),
    "words.total": N_("Total"),
    "words.other": N_("Other"),
    "words.none": N_("–"),
    "words.jointly": N_("%(unit)s, jointly with %(entity)s"),
    # introduction
    "introduction.title": N_("Introduction"),
    "introduction.purpose": N_(
        "The present report describes how the secretariat carried out, from %(start)s to %(end)s, "
        "what resolutions asked of it, and what activities it carried out in that period."
    ),
    "introduction.purpose.council": N_(
        "The present report describes the work from %(start)s to %(end)s: what resolutions asked, "
        "what was done about it, and what activities were carried out."
    ),
    "introduction.purpose.interim": N_(
        "The present report describes how far the secretariat carried out, from %(start)s to "
        "%(end)s, what resolutions asked of it."
    ),
    "introduction.scope.unit": N_(
        "It is limited to the work of one organizational unit: %(name)s."
    ),
    "introduction.scope.subprogramme": N_("It is limited to one subprogramme: %(name)s."),
    "introduction.scope.resolution": N_("It is limited to one resolution: %(name)s."),
    "introduction.order.overview": N_("Chapter %(chapter)s gives an overview in figures."),
    "introduction.order.implementation": N_(
        "Chapter %(chapter)s shows, for each resolution and paragraph, what was asked, what was "
        "done, with what results, and the status of implementation."
    ),
    "introduction.order.activities": N_(
        "Chapter %(chapter)s presents the activities by category, with planned and actual "
        "quantities."
    ),
    "introduction.order.cooperation": N_(
        "Chapter %(chapter)s is about technical cooperation by country, activities by "
        "subprogramme, funds and good practices, as far as they are recorded."
    ),
    "introduction.order.decisions": N_(
        "Annex %(chapter)s lists each paragraph with its status of implementation and the "
        "paragraphs of this report that speak about it."
    ),
    "introduction.order.decisions.only": N_(
        "The annex lists each paragraph with its status of implementation and the paragraphs of "
        "this report that speak about it."
    ),
    "introduction.order.list": N_("Annex %(chapter)s lists the activities."),
    "introduction.order.list.only": N_("The annex lists the activities."),
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
    # technical cooperation
    "cooperation.title": N_("Technical cooperation and resources"),
    "cooperation.countries.title": N_("Technical cooperation by country"),
    "cooperation.countries.one": N_(
        "One project, course or mission was carried out with countries; see %(table)s."
    ),
    "cooperation.countries.many": N_(
        "With countries %(number)s projects, courses and missions were carried out; see %(table)s."
    ),
    "cooperation.countries.caption": N_("Projects, courses and missions by country"),
    "cooperation.countries.note": N_(
        "What is carried out with several countries is counted for each of them; hence there is "
        "no total of all."
    ),
    "cooperation.subprogrammes.title": N_("Activities by subprogramme"),
    "cooperation.subprogrammes.one": N_("By subprogramme, %(table)s shows one activity."),
    "cooperation.subprogrammes.many": N_("By subprogramme, %(table)s shows %(number)s activities."),
    "cooperation.subprogrammes.caption": N_(
        "Activities by subprogramme and deliverable, planned and actual quantities"
    ),
    "cooperation.funds.title": N_("Expenditure by source of funds"),
    "cooperation.funds.one": N_("For one activity funds are recorded; see %(table)s."),
    "cooperation.funds.many": N_("For %(number)s activities funds are recorded; see %(table)s."),
    "cooperation.funds.caption": N_(
        "Budget and expenditure by source of funds, in United States dollars"
    ),
    "cooperation.funds.note": N_(
        "The amounts are those of whole activities, also where these began before the period or "
        "go on after it. A dash (–) means that no amount is recorded."
    ),
    "cooperation.practices.title": N_("Good practices"),
    "cooperation.practices.one": N_("One activity is presented below as a good practice."),
    "cooperation.practices.many": N_(
        "Below %(number)s activities are presented as good practices."
    ),
    "funds.regular_budget": N_("Regular budget"),
    "funds.extrabudgetary": N_("Extrabudgetary"),
    "funds.of": N_("%(source)s: %(donor)s"),
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
    "annex.activities.projects": N_("Projects and other activities"),
    "annex.activities.meetings": N_("Meetings and courses"),
    "annex.activities.missions": N_("Missions"),
    "annex.activities.documents": N_("Documents and publications"),
    "annex.papers.title": N_("Documents of activities"),
    "annex.papers.caption": N_("Documents of activities, and instruments that they led to"),
    "annex.names.title": N_("Partners, sources of funds and documents"),
    "annex.activities.none": N_("There are no activities to list."),
    "annex.sources.title": N_("Sources"),
    "annex.sources.notice": N_(
        "This annex is for use within the secretariat only. It names the progress reports and "
        "activities on which the paragraphs and numbers of this draft stand."
    ),
    "annex.sources.reports": N_("Progress reports on which the paragraphs stand"),
    "annex.sources.numbers": N_("Numbers and what they count"),
    "annex.sources.all_reports": N_("All progress reports in %(table)s"),
    "annex.sources.all_activities": N_("All activities in %(table)s"),
    "annex.sources.more": N_("and %(number)s more"),
    "annex.sources.paragraph": N_("Paragraph %(number)s"),
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
    "column.period": N_("Period"),
    "column.report_text": N_("Text number"),
    "column.approved_by": N_("Approved by"),
    "column.approved_on": N_("Approved on"),
    "column.number": N_("Number"),
    "column.place": N_("Place"),
    "column.counts": N_("What it counts"),
    "column.donors": N_("Source of funds"),
    "column.country": N_("Country"),
    "column.project": N_("Projects"),
    "column.seminar": N_("Courses"),
    "column.advisory_mission": N_("Missions"),
    "column.source": N_("Source of funds"),
    "column.budget": N_("Budget"),
    "column.expenditure": N_("Expenditure"),
    "column.subject": N_("Subject"),
    "column.details": N_("Details"),
    "column.results": N_("Results"),
    "column.adopters": N_("Taken up by"),
    "column.symbol": N_("Symbol"),
    "column.title": N_("Title"),
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
    "date.two_days": N_("%(first)s and %(last)s %(month)s %(year)s"),
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
