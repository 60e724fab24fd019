"""The words people read for every member of every closed set, as English messages."""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.activities import (
    Category,
    CountryPart,
    Deliverable,
    DocumentKind,
    FrameworkKind,
    FundSource,
    Measure,
    Modality,
    PartnerKind,
    PartnerPart,
)
from tracker.domain.asking import NotAsked
from tracker.domain.assignments import Acceptance
from tracker.domain.biennial_report.layouts import DocumentType, ScopeKind, Section
from tracker.domain.briefs import BriefKind
from tracker.domain.clauses import BlockKind, Relation
from tracker.domain.compliance import Compliance, Lateness
from tracker.domain.conversation import MessageKind
from tracker.domain.cooperation import NoticeKind
from tracker.domain.errors import N_
from tracker.domain.findings import Decision, FindingField
from tracker.domain.links import LinkProblem
from tracker.domain.mandates import (
    ConcernsUs,
    Implementation,
    Lifecycle,
    Nature,
    Periodicity,
    Sensitivity,
)
from tracker.domain.period_plan import PlanStep
from tracker.domain.periods import PeriodKind, PeriodState
from tracker.domain.permissions import Role
from tracker.domain.radar import RadarKind
from tracker.domain.recommendations import Recommendation
from tracker.domain.reminder_requests import Hindrance
from tracker.domain.reminder_rules import RuleScope
from tracker.domain.reminders import ReminderKind, Silence
from tracker.domain.review_warnings import WarningKind
from tracker.domain.saved_views import ListKey, Sharing
from tracker.domain.search import SearchKind
from tracker.domain.sign_offs import SigningStep, SignOffMove, SignOffStage
from tracker.domain.subjects import SubjectKind
from tracker.domain.submissions import Distribution, IssuedKind
from tracker.domain.workflow import Move, Review

# By class first: members of two sets with one value are equal, and a dictionary would merge them.
LABELS: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    BlockKind: {
        BlockKind.OPERATIVE: N_("Operative clause"),
        BlockKind.PREAMBULAR: N_("Preambular paragraph"),
        BlockKind.OPENER: N_("Opening words"),
        BlockKind.HEADING: N_("Heading"),
        BlockKind.TITLE: N_("Title"),
        BlockKind.FRONTMATTER: N_("Front matter"),
        BlockKind.ANNEX: N_("Annex"),
        BlockKind.FOOTNOTE: N_("Footnote"),
        BlockKind.CLOSING: N_("Closing words"),
    },
    BriefKind: {
        BriefKind.COUNTRY: N_("Country"),
        BriefKind.PARTNER: N_("Partner"),
        BriefKind.UNIT: N_("Unit"),
        BriefKind.RESOLUTION: N_("Resolution"),
        BriefKind.GOAL: N_("Goal or target"),
        BriefKind.WORD: N_("Subject word"),
        BriefKind.WORDS: N_("Topic"),
    },
    Nature: {
        Nature.INFORMATIONAL: N_("Informational"),
        Nature.ACTION_BY_SECRETARIAT: N_("Action by the secretariat"),
        Nature.ACTION_BY_OTHERS: N_("Action by others"),
        Nature.PROCEDURAL: N_("Procedural"),
    },
    Periodicity: {
        Periodicity.ONE_OFF: N_("Once"),
        Periodicity.RECURRING: N_("Recurring"),
        Periodicity.CONTINUING: N_("Continuing"),
    },
    ConcernsUs: {
        ConcernsUs.BY_NAME: N_("Names us"),
        ConcernsUs.AS_ONE_OF_A_CLASS: N_("Names us as one of a class"),
        ConcernsUs.NO: N_("Does not concern us"),
    },
    FindingField: {
        FindingField.ACTION_VERB: N_("Action verb"),
        FindingField.ADDRESSEE: N_("Whom it asks"),
        FindingField.PARTNER: N_("With whom it shall be done"),
        FindingField.NATURE: N_("What the clause is"),
        FindingField.CONCERNS_US: N_("Whether it concerns us"),
        FindingField.PERIODICITY: N_("How often"),
        FindingField.OCCASION: N_("When"),
        FindingField.CONDITION: N_("On what it depends"),
        FindingField.ACTION_POINT: N_("Single asks"),
        FindingField.SUBJECT: N_("Subject words"),
    },
    Decision: {
        Decision.ACCEPTED: N_("Accepted"),
        Decision.REFUSED: N_("Refused"),
        Decision.ADDED: N_("Entered by a person"),
    },
    Relation: {
        Relation.RECALLS: N_("Recalls"),
        Relation.TAKES_NOTE: N_("Takes note of"),
        Relation.IN_ACCORDANCE_WITH: N_("In accordance with"),
        Relation.PURSUANT_TO: N_("Pursuant to"),
        Relation.RENEWS: N_("Renews"),
        Relation.SUPERSEDES: N_("Supersedes"),
        Relation.AMENDS: N_("Amends"),
        Relation.CITES: N_("Cites"),
    },
    Implementation: {
        Implementation.NOT_STARTED: N_("Not started"),
        Implementation.IN_PROGRESS: N_("In progress"),
        Implementation.ONGOING: N_("Ongoing"),
        Implementation.COMPLETED: N_("Completed"),
        Implementation.POSTPONED: N_("Postponed"),
        Implementation.NOT_CALLED_UPON: N_("Not called upon"),
        Implementation.NOT_IMPLEMENTED: N_("Not implemented"),
        Implementation.NO_INFORMATION: N_("No information"),
    },
    Acceptance: {
        Acceptance.WAITING: N_("Not accepted yet"),
        Acceptance.ACCEPTED: N_("Accepted"),
        Acceptance.DECLINED: N_("Declined"),
    },
    Lifecycle: {
        Lifecycle.ACTIVE: N_("Active"),
        Lifecycle.RENEWED: N_("Renewed"),
        Lifecycle.SUPERSEDED: N_("Superseded"),
        Lifecycle.ELAPSED: N_("Elapsed"),
        Lifecycle.TERMINATED: N_("Terminated"),
    },
    ListKey: {
        ListKey.SEARCH: N_("Search"),
        ListKey.COMPLIANCE: N_("Compliance"),
        ListKey.RESOLUTIONS: N_("Resolutions"),
        ListKey.MANDATES: N_("Mandates"),
        ListKey.ACTIVITIES: N_("Activities"),
    },
    Sharing: {
        Sharing.NOBODY: N_("Only me"),
        Sharing.UNIT: N_("A unit"),
        Sharing.EVERYBODY: N_("Everybody"),
    },
    SubjectKind: {
        SubjectKind.GOAL: N_("Goal"),
        SubjectKind.TARGET: N_("Target"),
        SubjectKind.COUNTRY: N_("Country"),
        SubjectKind.WORD: N_("Subject word"),
    },
    SearchKind: {
        SearchKind.RESOLUTION: N_("Resolution"),
        SearchKind.MANDATE: N_("Mandate"),
        SearchKind.ACTIVITY: N_("Activity"),
        SearchKind.PROGRESS: N_("Progress"),
        SearchKind.NOTE: N_("Note"),
        SearchKind.DOCUMENT: N_("Document"),
        SearchKind.PERSON: N_("Person"),
    },
    Sensitivity: {
        Sensitivity.UNCLASSIFIED: N_("Unclassified"),
        Sensitivity.INTERNAL: N_("Internal"),
        Sensitivity.CONFIDENTIAL: N_("Confidential"),
    },
    NoticeKind: {
        NoticeKind.REQUEST: N_("Request"),
        NoticeKind.OFFER: N_("Offer"),
    },
    ReminderKind: {
        ReminderKind.ASSIGNED: N_("A report is asked for"),
        ReminderKind.REQUESTED: N_("The coordinator asks for a report"),
        ReminderKind.DUE: N_("A report will be due"),
        ReminderKind.SLOT: N_("The slot of the document comes near"),
        ReminderKind.SIGN_OFF: N_("An edition waits for a signature"),
        ReminderKind.EDITION_RETURNED: N_("An edition was returned"),
        ReminderKind.OVERDUE: N_("A report is overdue"),
        ReminderKind.RETURNED: N_("A report was returned"),
        ReminderKind.CLEARANCE: N_("A report waits for clearance"),
        ReminderKind.ESCALATION_AHEAD: N_("The chief may be told: announced in advance"),
        ReminderKind.ESCALATION_READY: N_("A report is unanswered after several reminders"),
        ReminderKind.ESCALATION: N_("Told to the chief of the unit"),
        ReminderKind.DECLINED: N_("A mandate was declined"),
        ReminderKind.OWNERLESS: N_("Nobody answers for a mandate"),
        ReminderKind.POST_UNFILLED: N_("Nobody fills a signing post"),
        ReminderKind.LYING: N_("A report waits for long"),
        ReminderKind.ACCOUNT_LEFT: N_("The account of somebody who leaves is open"),
    },
    Silence: {
        Silence.WAIVED: N_("The report was waived: nobody is asked for it in this period."),
        Silence.PERIOD_CLOSED: N_("The period takes no answers any more."),
        Silence.WITHDRAWN: N_("The mandate stands no more, or asks nothing of us."),
        Silence.DECLINED: N_("Whoever was given the mandate declined it; the coordinator decides."),
        Silence.CLEARED: N_("It is answered and cleared."),
        Silence.BEFORE_CALL: N_(
            "The period is opened ahead; reminders begin with its call for inputs."
        ),
    },
    Hindrance: {
        Hindrance.SUBMITTED: N_("It is submitted and waits for clearance."),
        Hindrance.NOBODY: N_("Nobody answers for it: assign it first."),
        Hindrance.PAUSED: N_("Reminders are paused."),
        Hindrance.WAITING: N_("A reminder of it waits for the next delivery already."),
        Hindrance.TODAY: N_("They were reminded of it today already."),
        Hindrance.YOURSELF: N_("You answer for it yourself."),
    },
    Recommendation: {
        Recommendation.RETAIN: N_("Retain"),
        Recommendation.REVISE: N_("Revise"),
        Recommendation.RETIRE: N_("Retire"),
    },
    RadarKind: {
        RadarKind.NOBODY: N_("Nobody answers for these mandates"),
        RadarKind.DECLINED: N_("Declined, and not given to anybody else"),
        RadarKind.UNFILLED_POST: N_("Posts that sign the report, and nobody fills"),
        RadarKind.LYING: N_("Reports that lie too long"),
        RadarKind.WITHOUT_ACTIVITY: N_("Mandates that no activity carries out"),
        RadarKind.ACTIVITY_WITHOUT_MANDATE: N_("Activities that carry out no mandate"),
        RadarKind.CONTRADICTION: N_("Said to be completed, though it goes on"),
        RadarKind.DEAD_LINK: N_("Reports whose evidence leads nowhere"),
        RadarKind.SAME_MANDATE: N_("Mandates in force that ask the same or much the same"),
        RadarKind.SAME_ACTIVITY: N_("Activities that may be there twice"),
    },
    RuleScope: {
        RuleScope.HOUSE: N_(
            "The rule of the house applies: the mandate, its unit and its body have none of their "
            "own."
        ),
        RuleScope.BODY: N_(
            "The rule of its body applies: the mandate and its unit have none of their own."
        ),
        RuleScope.UNIT: N_("The rule of its unit applies: the mandate has none of its own."),
        RuleScope.MANDATE: N_("The mandate has a rule of its own."),
    },
    Review: {
        Review.OPEN: N_("Open"),
        Review.DRAFT: N_("Draft"),
        Review.SUBMITTED: N_("Submitted"),
        Review.RETURNED: N_("Returned"),
        Review.CLEARED: N_("Cleared"),
        Review.FROZEN: N_("Frozen"),
    },
    MessageKind: {
        MessageKind.QUESTION: N_("Question"),
        MessageKind.ANSWER: N_("Answer"),
        MessageKind.MORE_TIME_ASKED: N_("Asks for more time"),
        MessageKind.MORE_TIME_GIVEN: N_("Gives more time"),
        MessageKind.MORE_TIME_REFUSED: N_("Refuses more time"),
    },
    WarningKind: {
        WarningKind.COMPLETED_BUT_GOES_ON: N_("Said to be completed, but more is to come"),
        WarningKind.RECURRING_CLOSED: N_(
            "Said to be completed, but the clause asks for it again and again or without an end"
        ),
        WarningKind.ACTIVITY_BEFORE_ADOPTION: N_(
            "The activity ended before the resolution was adopted"
        ),
        WarningKind.NO_ACTIVITY: N_("No activity of the period is linked to the mandate"),
        WarningKind.DEAD_LINK: N_("A link given as evidence leads nowhere any more"),
        WarningKind.NO_EVIDENCE: N_("Said to be completed, but no evidence is there"),
        WarningKind.SAME_TEXT: N_("Word for word what was said in the period before"),
        WarningKind.SAME_FIGURES: N_("The figures are those of the period before"),
    },
    Move: {
        Move.SAVE: N_("Saved"),
        Move.SUBMIT: N_("Submitted"),
        Move.TAKE_BACK: N_("Taken back"),
        Move.RETURN: N_("Returned"),
        Move.CLEAR_FIRST: N_("Cleared at the first level"),
        Move.CLEAR: N_("Cleared"),
        Move.FREEZE: N_("Frozen"),
    },
    Lateness: {
        Lateness.WEEK: N_("Up to 7 days"),
        Lateness.FORTNIGHT: N_("8 to 14 days"),
        Lateness.MONTH: N_("15 to 30 days"),
        Lateness.LONGER: N_("More than 30 days"),
    },
    Compliance: {
        Compliance.WAIVED: N_("Waived"),
        Compliance.CLEARED: N_("Cleared"),
        Compliance.SUBMITTED: N_("Submitted"),
        Compliance.UNANSWERED: N_("Unanswered"),
        Compliance.OVERDUE: N_("Overdue"),
        Compliance.DUE_SOON: N_("Due soon"),
        Compliance.ON_TRACK: N_("On track"),
    },
    Role: {
        Role.VIEWER: N_("Viewer"),
        Role.FOCAL_POINT: N_("Focal point"),
        Role.MANAGER: N_("Manager"),
        Role.COORDINATOR: N_("Coordinator"),
        Role.EDITOR: N_("Editor"),
        Role.ADMINISTRATOR: N_("Administrator"),
    },
    PeriodKind: {
        PeriodKind.BIENNIUM: N_("Biennium"),
        PeriodKind.YEAR: N_("Year"),
        PeriodKind.OTHER: N_("Other span"),
    },
    DocumentType: {
        DocumentType.SESSION: N_("Report of the secretariat to the session"),
        DocumentType.COUNCIL: N_("Report of the commission to its parent body"),
        DocumentType.INTERIM: N_("Interim report"),
        DocumentType.ANNUAL: N_("Annual report"),
    },
    Section: {
        Section.INTRODUCTION: N_("Introduction"),
        Section.OVERVIEW: N_("Overview"),
        Section.IMPLEMENTATION: N_("Implementation by resolution and paragraph"),
        Section.ACTIVITIES: N_("Activities by category"),
        Section.COOPERATION: N_("Technical cooperation and resources"),
        Section.DECISIONS: N_("Decisions and their implementation"),
        Section.LIST: N_("List of activities"),
    },
    ScopeKind: {
        ScopeKind.WHOLE: N_("The whole report"),
        ScopeKind.SUBPROGRAMME: N_("One subprogramme"),
        ScopeKind.UNIT: N_("One unit"),
        ScopeKind.RESOLUTION: N_("One resolution"),
    },
    PeriodState: {
        PeriodState.OPEN: N_("Open for answers"),
        PeriodState.LOCKED: N_("Locked"),
        PeriodState.FROZEN: N_("Final edition made"),
    },
    Category: {
        Category.INTERGOVERNMENTAL_PROCESS: N_(
            "A. Facilitation of the intergovernmental process and expert bodies"
        ),
        Category.KNOWLEDGE: N_("B. Generation and transfer of knowledge"),
        Category.SUBSTANTIVE: N_("C. Substantive deliverables"),
        Category.COMMUNICATION: N_("D. Communication deliverables"),
    },
    Deliverable: {
        Deliverable.PARLIAMENTARY_DOCUMENTATION: N_("Parliamentary documentation"),
        Deliverable.SUBSTANTIVE_SERVICES: N_("Substantive services for meetings"),
        Deliverable.PROJECT: N_("Field and technical cooperation project"),
        Deliverable.SEMINAR: N_("Seminar, workshop or training event"),
        Deliverable.PUBLICATION: N_("Publication"),
        Deliverable.TECHNICAL_MATERIAL: N_("Technical material"),
        Deliverable.ADVISORY_MISSION: N_("Consultation, advice or advocacy"),
        Deliverable.DATABASE: N_("Database or substantive digital material"),
        Deliverable.OUTREACH: N_("Outreach or information material"),
    },
    Measure: {
        Measure.DOCUMENTS: N_("documents"),
        Measure.THREE_HOUR_MEETINGS: N_("three-hour meetings"),
        Measure.PROJECTS: N_("projects"),
        Measure.DAYS: N_("days"),
        Measure.PUBLICATIONS: N_("publications"),
        Measure.MATERIALS: N_("materials"),
        Measure.MISSIONS: N_("missions"),
        Measure.DATABASES: N_("databases"),
        Measure.PRODUCTS: N_("products"),
    },
    PartnerKind: {
        PartnerKind.GOVERNMENT: N_("Government"),
        PartnerKind.UNITED_NATIONS: N_("United Nations entity"),
        PartnerKind.INTERGOVERNMENTAL: N_("Intergovernmental organization"),
        PartnerKind.NON_GOVERNMENTAL: N_("Non-governmental organization"),
        PartnerKind.PRIVATE: N_("Private sector"),
        PartnerKind.ACADEMIC: N_("Academic institution"),
        PartnerKind.NETWORK: N_("Network"),
    },
    PartnerPart: {
        PartnerPart.PARTNER: N_("Partner"),
        PartnerPart.DONOR: N_("Donor"),
    },
    CountryPart: {
        CountryPart.CONCERNED: N_("Countries"),
        CountryPart.STUDIED: N_("Countries studied"),
        CountryPart.HOSTING: N_("Host countries"),
        CountryPart.INVITED: N_("Countries invited"),
        CountryPart.TAKING_PART: N_("Countries taking part"),
    },
    Modality: {
        Modality.SOUTH_SOUTH: N_("South-South cooperation"),
        Modality.TRIANGULAR: N_("Triangular cooperation"),
        Modality.NORTH_SOUTH: N_("North-South cooperation"),
        Modality.REGIONAL: N_("Regional or subregional cooperation"),
        Modality.NATIONAL: N_("Assistance to one country"),
    },
    FundSource: {
        FundSource.REGULAR_BUDGET: N_("Regular budget"),
        FundSource.EXTRABUDGETARY: N_("Extrabudgetary"),
    },
    DocumentKind: {
        DocumentKind.DOCUMENT: N_("Document"),
        DocumentKind.COMMITMENT: N_("Commitment"),
        DocumentKind.PLAN_OF_ACTION: N_("Plan of action"),
        DocumentKind.AGREEMENT: N_("Agreement"),
        DocumentKind.RESOLUTION: N_("Resolution or decision"),
    },
    NotAsked: {
        NotAsked.SET_ASIDE: N_("set aside, since they ask nothing of us"),
        NotAsked.UNCONFIRMED: N_("nobody has confirmed yet that they require our action"),
        NotAsked.NOT_ACTIVE: N_("no longer active: renewed, superseded, elapsed or terminated"),
        NotAsked.NOBODY: N_("nobody answers for them"),
        NotAsked.COMPLETED: N_("cleared as completed"),
    },
    LinkProblem: {
        LinkProblem.GONE: N_("the page is no longer there"),
        LinkProblem.FAILED: N_("the site answers with an error"),
        LinkProblem.UNREACHABLE: N_("the site does not answer"),
        LinkProblem.NOT_PUBLIC: N_("not on the public internet, so it is not looked at"),
    },
    PlanStep: {
        PlanStep.CALL: N_("Call for inputs"),
        PlanStep.DRAFTS: N_("Reports due"),
        PlanStep.CLEARANCE: N_("Texts cleared"),
        PlanStep.FRONT_OFFICE: N_("Document with the front office"),
        PlanStep.SUBMISSION: N_("Slot"),
    },
    FrameworkKind: {
        FrameworkKind.AGREEMENT: N_("Agreement"),
        FrameworkKind.PROCESS: N_("Preparatory process"),
        FrameworkKind.NETWORK: N_("Network"),
    },
    Distribution: {
        Distribution.GENERAL: N_("General distribution"),
        Distribution.LIMITED: N_("Limited distribution"),
        Distribution.RESTRICTED: N_("Restricted distribution"),
    },
    IssuedKind: {
        IssuedKind.ISSUED: N_("Issued document"),
        IssuedKind.REVISION: N_("Revision (Rev.)"),
        IssuedKind.CORRIGENDUM: N_("Corrigendum (Corr.)"),
        IssuedKind.ADDENDUM: N_("Addendum (Add.)"),
    },
    SigningStep: {
        SigningStep.DIVISION: N_("Division"),
        SigningStep.PLANNING: N_("Programme planning"),
        SigningStep.FRONT_OFFICE: N_("Front office"),
        SigningStep.OTHER: N_("Another office"),
    },
    SignOffStage: {
        SignOffStage.SIGNING: N_("Waits for sign-off"),
        SignOffStage.RETURNED: N_("Returned to the editor"),
        SignOffStage.TAKEN_BACK: N_("Taken back by the editor"),
        SignOffStage.SIGNED: N_("Signed by everybody"),
    },
    SignOffMove: {
        SignOffMove.HAND_IN: N_("Handed in for sign-off"),
        SignOffMove.SIGN: N_("Signed"),
        SignOffMove.RETURN: N_("Returned"),
        SignOffMove.TAKE_BACK: N_("Taken back"),
    },
}


def label_of(member: StrEnum) -> str:
    """Return the English message for ``member``; KeyError is a label that somebody forgot."""
    return LABELS[type(member)][member]
