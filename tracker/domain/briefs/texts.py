"""The fixed texts of a brief; names follow a colon, since they come in any language."""

from collections.abc import Mapping
from typing import Final

from tracker.domain.errors import N_

BRIEF_TEXTS: Final[Mapping[str, str]] = {
    "brief.title": N_("Brief: %(subject)s"),
    "brief.about.country": N_(
        "This brief says what the secretariat did from %(start)s to %(end)s with the following "
        "country: %(subject)s."
    ),
    "brief.about.partner": N_(
        "This brief says what the secretariat did from %(start)s to %(end)s with the following "
        "partner: %(subject)s."
    ),
    "brief.about.unit": N_(
        "This brief says what was done from %(start)s to %(end)s by the following unit of the "
        "secretariat: %(subject)s."
    ),
    "brief.about.resolution": N_(
        "This brief says what the secretariat did from %(start)s to %(end)s on the following "
        "resolution: %(subject)s."
    ),
    "brief.about.goal": N_(
        "This brief says what the secretariat did from %(start)s to %(end)s for the following "
        "Sustainable Development Goal: %(subject)s."
    ),
    "brief.about.word": N_(
        "This brief says what the secretariat did from %(start)s to %(end)s on the following "
        "subject: %(subject)s."
    ),
    "brief.about.words": N_(
        "This brief says what the secretariat did from %(start)s to %(end)s on the following "
        "subject: %(subject)s."
    ),
    "brief.basis": N_(
        "It draws on the list of activities and on reports that were approved; texts stand in the "
        "language in which they were approved."
    ),
    "brief.activities.one": N_("One activity is on record."),
    "brief.activities.two": N_("Two activities are on record."),
    "brief.activities.many": N_("On record are %(number)s activities."),
    "brief.activities.none": N_("No activity is on record."),
    "brief.reports.one": N_("One mandate was reported on."),
    "brief.reports.many": N_("Reported on were %(number)s mandates."),
    "brief.reports.none": N_("No approved report speaks of it."),
    "brief.empty": N_("Nothing is on record."),
    "brief.figures.title": N_("Key figures"),
    "brief.figures.caption": N_("Activities by deliverable, planned and actual quantities"),
    "brief.figures.ended": N_("Activities that have ended: %(number)s."),
    "brief.figures.running": N_("Activities under way: %(number)s."),
    "brief.figures.later": N_("Activities that begin later: %(number)s."),
    "brief.figures.practices": N_("Good practices among them: %(number)s."),
    "brief.figures.statuses": N_("Status of implementation of the mandates: %(values)s."),
    "brief.list.title": N_("Activities"),
    "brief.list.caption": N_("Activities, the most telling first"),
    "brief.list.more.one": N_("One more activity is listed at %(address)s"),
    "brief.list.more.two": N_("Two more activities are listed at %(address)s"),
    "brief.list.more.many": N_("A further %(number)s activities are listed at %(address)s"),
    "brief.mandates.title": N_("Mandates and what was reported"),
    "brief.mandates.asked": N_("Asked was: %(text)s"),
    "brief.mandates.lead": N_("%(reference)s (%(status)s, report on %(period)s)"),
    "brief.mandates.more.one": N_("One more mandate is listed at %(address)s"),
    "brief.mandates.more.many": N_("A further %(number)s mandates are listed at %(address)s"),
    "brief.sources.title": N_("Sources"),
    "brief.sources.activities": N_("Activities: list of activities of the secretariat, %(date)s."),
    "brief.sources.reports": N_("Reports, by paragraph of this brief: %(reports)s."),
    "brief.sources.report": N_(
        "(%(number)s) %(reference)s, report on %(period)s, approved on %(date)s"
    ),
    "brief.sources.document": N_("%(source)s, published in %(documents)s"),
    "column.amounts": N_("Planned / actual"),
    "column.deliverable": N_("Deliverable"),
}
