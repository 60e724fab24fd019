"""What each role may do, in words, out of the one table of permissions."""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.errors import N_
from tracker.domain.permissions import ALLOWED, Action, Role, Scope

ACTIONS: Mapping[Action, str] = {
    Action.READ: N_("Read resolutions, mandates, activities, reports and their history"),
    Action.IMPORT_RESOLUTION: N_("Import resolutions"),
    Action.REVIEW_ANY_IMPORT: N_("Go on with the review of an import that somebody else began"),
    Action.CHECK_DRAFT: N_("Check drafts of resolutions before a session, in private"),
    Action.CORRECT_CLAUSE: N_("Correct the text or the number of an imported clause"),
    Action.CONFIRM_MANDATE: N_("Confirm which clauses require our action, or set them aside"),
    Action.ASSIGN_MANDATE: N_("Assign mandates to a unit and a focal point"),
    Action.ANSWER_ASSIGNMENT: N_("Accept or decline a mandate that was assigned"),
    Action.EDIT_ACTIVITY: N_("Add and change activities"),
    Action.LINK_ACTIVITY: N_("Link activities to mandates"),
    Action.KEEP_DELIVERABLES: N_("Load the deliverables table of the programme budget"),
    Action.WRITE_PROGRESS: N_("Write progress reports"),
    Action.SUBMIT_REPORT: N_("Submit progress reports"),
    Action.CLEAR_REPORT: N_("Clear progress reports"),
    Action.RETURN_REPORT: N_("Return progress reports with a remark"),
    Action.EXTEND_DUE_DATE: N_("Give more time"),
    Action.OPEN_PERIOD: N_("Open and lock reporting periods, and waive reports"),
    Action.WRITE_NAME: N_("Write names of bodies, sessions and units in other languages"),
    Action.SCHEDULE_SESSION: N_(
        "Set place and dates of the sessions of a body, and follow meetings of others"
    ),
    Action.SEE_COMPLIANCE: N_("See who has answered, and what is due or overdue"),
    Action.GENERATE_REPORT: N_("Generate the biennial report"),
    Action.SIGN_EDITION: N_(
        "Sign an edition of the report, or return it, where they hold a post of its chain"
    ),
    Action.SET_SIGN_OFF: N_("Set who signs the biennial report, one after the other"),
    Action.SET_TEMPLATES: N_("Word and order the biennial report of a body"),
    Action.SUBMIT_EDITION: N_(
        "Submit the biennial report to the conference service, and keep what is issued"
    ),
    Action.INVITE_PERSON: N_("Invite people, give them roles, and look after units"),
    Action.HAND_OVER: N_("Hand the open work of who leaves over to others"),
    Action.SET_CLEARANCE: N_("See units, and say whose texts are cleared at a second level"),
    Action.KEEP_ABSENCES: N_("Enter absences of other people, and who stands in for them"),
    Action.KEEP_FOCAL_POINTS: N_("Keep the directory of national focal points"),
    Action.KEEP_COOPERATION: N_("Keep requests and offers of cooperation, and networks"),
    Action.SET_UP_HOUSE: N_("Set up the house: its name, languages, first session and units"),
    Action.REQUEST_REPORTS: N_("Ask those who answer for some reports, besides the reminders"),
    Action.REVIEW_MANDATE: N_("Recommend what becomes of mandates at their renewal"),
    Action.KEEP_PUBLIC_PAGES: N_("Keep a resolution or a paragraph off the public pages"),
    Action.ESCALATE: N_("Tell the chief of a unit what is unanswered there, or set it aside"),
    Action.SEE_DELIVERIES: N_("See which mails went out"),
    Action.SETTLE_DELIVERY: N_("Send mails that are stuck again, or settle them"),
    Action.SET_REMINDERS: N_("Set when reminders go out, and word the mails"),
    Action.PAUSE_REMINDERS: N_("Pause reminders: all, or those of a unit, a mandate or a person"),
    Action.CONFIRM_SUBJECT: N_("Say what mandates and activities are about"),
    Action.KEEP_SUBJECT_WORDS: N_("Keep the list of subject words"),
    Action.SHARE_VIEW: N_("Share views of lists that they keep"),
}


@dataclass(frozen=True, slots=True)
class Permitted:
    """One thing that a role includes, and whether only for the person's own unit."""

    words: str
    is_own_unit_only: bool


def permitted_to(role: Role) -> tuple[Permitted, ...]:
    """Return what ``role`` includes, in the order of a cycle."""
    return tuple(
        Permitted(words, ALLOWED[action][role] is Scope.OWN_UNIT)
        for action, words in ACTIONS.items()
        if role in ALLOWED[action]
    )
