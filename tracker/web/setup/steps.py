"""The steps of the set-up in order, and the words for what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from config import EntitySettings
from tracker import clock
from tracker.domain.errors import N_
from tracker.domain.permissions import Action, may_ever
from tracker.queries.setup import ESSENTIAL, Need, missing_needs
from tracker.reading.tesseract import Tesseract
from tracker.web.security import actor
from tracker.web.transactions import installation, reading


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the walk: where it is and what it is about."""

    endpoint: str
    title: str


@dataclass(frozen=True, slots=True)
class NeedWords:
    """What people read about a need, and the page (if any) on which they meet it."""

    title: str
    why: str
    endpoint: str | None = None
    act: str = ""


STEPS = (
    Step("setup.entity", N_("The entity")),
    Step("setup.languages", N_("Languages")),
    Step("setup.session", N_("Body and session")),
    Step("setup.units", N_("Units")),
    Step("setup.people", N_("People")),
    Step("setup.first_import", N_("First import")),
)
NEEDS: Mapping[Need, NeedWords] = {
    Need.ENTITY: NeedWords(
        N_("The name of the entity"),
        N_("Clauses are recognized as ours by the names under which texts ask for the entity."),
        "setup.entity",
        N_("Name the entity"),
    ),
    Need.SESSION: NeedWords(
        N_("A body with its session"),
        N_("Resolutions, and the report to the next session, belong to one."),
        "setup.session",
        N_("Add a body and a session"),
    ),
    Need.UNITS: NeedWords(
        N_("Organizational units"),
        N_("Mandates are assigned to units."),
        "setup.units",
        N_("Add units"),
    ),
    Need.COORDINATOR: NeedWords(
        N_("A coordinator"),
        N_("The coordinator confirms mandates, assigns them and opens the reporting period."),
        "setup.people",
        N_("Add people"),
    ),
    Need.RESOLUTION: NeedWords(
        N_("A resolution"),
        N_("Mandates come out of the resolutions that are imported."),
        "setup.first_import",
        N_("Import the first resolution"),
    ),
    Need.PERIOD: NeedWords(
        N_("An open reporting period"),
        N_(
            "Nobody is asked about a mandate before the coordinator opens a period. That is best "
            "done once mandates are confirmed and assigned."
        ),
        "periods.index",
        N_("Reporting periods"),
    ),
    Need.SECOND_ADMINISTRATOR: NeedWords(
        N_("An administrator beside you"),
        N_("While there is one only, nobody can help when that person is away."),
        "people.invite",
        N_("Invite a person"),
    ),
    Need.MAIL: NeedWords(
        N_("Mail"),
        N_(
            "Invitations and reminders are written as files in the data folder and reach nobody. "
            "Whoever runs the site names a mail server in TRACKER_SMTP_URL and a sender in "
            "TRACKER_MAIL_FROM, then starts it again."
        ),
    ),
    Need.BACKUP: NeedWords(
        N_("A backup"),
        N_(
            "No backup yet. Whoever runs the site saves the database and the stored files with "
            "tracker backup FILE, best every night. Where others back them up, say how."
        ),
        "setup.backup",
        N_("Say how backups are made"),
    ),
    Need.NEWER_BACKUP: NeedWords(
        N_("A newer backup"),
        N_(
            "The last one is more than a week old. Whoever runs the site makes another with "
            "tracker backup FILE."
        ),
        "setup.backup",
        N_("Say how backups are made"),
    ),
    Need.RECOGNITION: NeedWords(
        N_("A program that recognises scans"),
        N_(
            "Scanned documents are refused. Whoever runs the server can install Tesseract with its "
            "language packs eng, spa, fra and por."
        ),
    ),
    Need.PRODUCTION: NeedWords(
        N_("The settings of a site that people depend on"),
        N_(
            "The site runs with settings for trying out. Whoever runs it sets TRACKER_ENVIRONMENT "
            "to production, with a secret key, the address of the site and a sender of mails."
        ),
    ),
}


def missing() -> tuple[Need, ...]:
    """Return what is still missing, in the order in which it is best done."""
    settings = installation().settings
    with reading() as session:
        return missing_needs(
            session,
            is_entity_set=settings.entity != EntitySettings(),
            is_mail_set=settings.smtp_url is not None,
            is_production=settings.is_production,
            at=clock.now(),
            recognises=Tesseract.found() is not None,
        )


def missing_essentials() -> tuple[Need, ...]:
    """Return what a cycle cannot do without, to those who can see to it; to others nothing."""
    if not may_ever(actor(), Action.SET_UP_HOUSE):
        return ()
    return tuple(need for need in missing() if need in ESSENTIAL)


def walk() -> dict[str, object]:
    """Return what the head of each step shows: where it stands, and what is missing."""
    number = _step_number()
    following = STEPS[number].endpoint if number < len(STEPS) else "setup.index"
    return {
        "number": number,
        "steps": STEPS,
        "following": url_for(following),
        "missing": [NEEDS[need] for need in missing() if need in ESSENTIAL],
    }


def next_step() -> Response:
    """Go on to the step after that of this request, to the list after the last."""
    return redirect(str(walk()["following"]), 303)


def _step_number() -> int:
    """Return which step this request is about, counted from 1; pages about people are one."""
    endpoints = [step.endpoint for step in STEPS]
    endpoint = request.endpoint if request.endpoint in endpoints else "setup.people"
    return endpoints.index(endpoint) + 1
