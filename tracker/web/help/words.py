"""The words of the trade as the help explains them, and what each status means."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.compliance import Compliance
from tracker.domain.errors import N_
from tracker.domain.mandates import Implementation, Lifecycle, Nature
from tracker.domain.workflow import Review

WORDS: tuple[tuple[str, str], ...] = (
    (
        N_("Body"),
        N_(
            "An organ that adopts resolutions: the commission, one of its committees, the General "
            "Assembly, the Economic and Social Council."
        ),
    ),
    (N_("Session"), N_("One meeting of a body, with its number, place and dates.")),
    (N_("Resolution"), N_("A text that a body adopted, with its symbol, title and date.")),
    (
        N_("Document symbol"),
        N_("The number under which a document is filed, as the documents unit gives it."),
    ),
    (
        N_("Preambular paragraph"),
        N_("A paragraph before the clauses, which says why: Recalling, Taking into account."),
    ),
    (
        N_("Operative clause"),
        N_("A numbered paragraph that says what is decided or asked: Requests, Takes note."),
    ),
    (
        N_("Chapeau"),
        N_("The opening words of a clause that has sub-clauses; they hold for each of them."),
    ),
    (
        N_("Addressee"),
        N_("Who is asked: the secretariat, member States, another body or organization."),
    ),
    (
        N_("Mandate"),
        N_(
            "What one operative clause asks. Every clause becomes a mandate with a page and an "
            "address of its own."
        ),
    ),
    (
        N_("Requires our action"),
        N_(
            "A person has confirmed that the clause asks something of this secretariat. Only such "
            "mandates are asked about and counted."
        ),
    ),
    (
        N_("Set aside"),
        N_("A person has confirmed that the clause asks nothing of us. It stays in view."),
    ),
    (N_("Lead unit"), N_("The organizational unit that answers for a mandate.")),
    (
        N_("Focal point"),
        N_("The person who writes about a mandate for the lead unit."),
    ),
    (
        N_("Deputy"),
        N_("Who stands in for the focal point of a mandate and finds its reports in My work."),
    ),
    (
        N_("Action point"),
        N_(
            "One of several things that a clause asks, with a unit or person and a status of its "
            "own. The status of the mandate follows from them."
        ),
    ),
    (
        N_("Standing mandate"),
        N_("A mandate that one resolution after another renews; together they form a series."),
    ),
    (
        N_("Corrected edition"),
        N_(
            "A corrected text of a resolution that is here already. Its clauses keep their "
            "mandates, and the earlier text stays to be read."
        ),
    ),
    (
        N_("Subprogramme"),
        N_("A part of the programme of work, under which activities are planned."),
    ),
    (
        N_("Activity"),
        N_(
            "What the house does: a project, meeting, publication, mission or database, in the "
            "categories of the programme budget."
        ),
    ),
    (
        N_("Reporting period"),
        N_("The span of time that is reported on, mostly a biennium."),
    ),
    (
        N_("Progress report"),
        N_("The text of the lead unit on one mandate for one reporting period."),
    ),
    (
        N_("Part"),
        N_("What another unit contributes to the text of the lead unit."),
    ),
    (
        N_("Evidence"),
        N_("A file or a link that shows what was done, kept beside the progress report."),
    ),
    (
        N_("Nothing new"),
        N_("The last text and its status, submitted again by a person who says that they hold."),
    ),
    (
        N_("Sheet"),
        N_("All that a unit is asked as one Word file or workbook, to answer away from the page."),
    ),
    (
        N_("Clearance"),
        N_("Approval of a text by a manager. What is not cleared is not in the document."),
    ),
    (
        N_("Second level"),
        N_(
            "A further clearance by the manager of another unit, where a unit asks for it. Only "
            "then is the text cleared."
        ),
    ),
    (
        N_("Waiver"),
        N_("Nobody is asked for a report in this period, for a reason that is kept."),
    ),
    (
        N_("Extension"),
        N_("A later due date, with its reason and author; the first date stays in view."),
    ),
    (
        N_("Slot"),
        N_("The date by which the document must reach the conference service."),
    ),
    (
        N_("Biennial report"),
        N_("The secretariat's document to the session, made of the cleared texts."),
    ),
    (
        N_("Edition"),
        N_("One making of the biennial report. The final one freezes the texts it stands on."),
    ),
)

# Each fills in %(days)s where it names the days in which something is due soon.
MEANINGS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Nature: {
        Nature.INFORMATIONAL: N_("It states or notes something and asks nothing."),
        Nature.ACTION_BY_SECRETARIAT: N_("It asks something of the secretariat."),
        Nature.ACTION_BY_OTHERS: N_("It asks something of States or of other organizations."),
        Nature.PROCEDURAL: N_("It arranges the body's own business."),
    },
    Implementation: {
        Implementation.NOT_STARTED: N_("Nothing has been done yet."),
        Implementation.IN_PROGRESS: N_("Work is under way."),
        Implementation.ONGOING: N_("A continuing task in good health."),
        Implementation.COMPLETED: N_("What was asked is done."),
        Implementation.POSTPONED: N_("It is done later; a reason and a new date are given."),
        Implementation.NOT_CALLED_UPON: N_("It depends on a request, and none came."),
        Implementation.NOT_IMPLEMENTED: N_("It is not done, for a reason that is given."),
        Implementation.NO_INFORMATION: N_("You have asked and got no answer."),
    },
    Lifecycle: {
        Lifecycle.ACTIVE: N_("It stands."),
        Lifecycle.RENEWED: N_("A later resolution asks the same again."),
        Lifecycle.SUPERSEDED: N_("A later resolution takes its place."),
        Lifecycle.ELAPSED: N_("Its time is over."),
        Lifecycle.TERMINATED: N_("The body ended it."),
    },
    Review: {
        Review.OPEN: N_("Nothing has been written yet."),
        Review.DRAFT: N_("Somebody is writing."),
        Review.SUBMITTED: N_(
            "The text waits for a manager, at the first level of clearance or the second."
        ),
        Review.RETURNED: N_("A manager or the coordinator asks for a change and says which."),
        Review.CLEARED: N_(
            "A manager has approved the text, at the second level where there are two."
        ),
        Review.FROZEN: N_("The final edition stands on the text; it changes no more."),
    },
    Compliance: {
        Compliance.WAIVED: N_("Nobody is asked for this report."),
        Compliance.CLEARED: N_("Answered, and the text is approved."),
        Compliance.SUBMITTED: N_("Answered, and the text waits for a manager."),
        Compliance.UNANSWERED: N_("The due day has passed without an answer of any kind."),
        Compliance.OVERDUE: N_("The due day has passed; something was written, not submitted."),
        Compliance.DUE_SOON: N_("Due within %(days)s days."),
        Compliance.ON_TRACK: N_("Due later."),
    },
}
