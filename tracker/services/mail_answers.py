"""Answers by the links of a mail, without signing in: each link is for one person and one report.

A link says how the report stood when the mail was written. Whatever is done on the report, by the
link or otherwise, makes it stand otherwise, so that a link works once and never too late.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from tracker.auth.tokens import Purpose, Tokens
from tracker.domain.assignments import Acceptance, may_answer
from tracker.domain.attestation import Offer
from tracker.domain.errors import LinkRefused
from tracker.domain.permissions import Actor
from tracker.domain.progress import ReportText
from tracker.domain.reminders import answerers_at
from tracker.domain.workflow import ANSWERABLE
from tracker.models.people import Person
from tracker.models.progress import ProgressReport
from tracker.queries.absences import absences_at
from tracker.queries.mail_answers import Answerable, answerable_reports
from tracker.queries.people import find_actor
from tracker.queries.reminders import reminder_facts
from tracker.services import audit
from tracker.services.assignment_answers import answer_assignments
from tracker.services.attestations import attest_last_text
from tracker.services.conversations import ask_for_more_time
from tracker.services.progress import submit_report

LINK_VALID_FOR = timedelta(days=30)
_LONG_AGO = datetime.fromtimestamp(0, UTC)  # when no link had expired
_NUMBERS = 5  # person, report and the three of its mark


@dataclass(frozen=True, slots=True)
class MailLink:
    """What a mail says of one report: the sealed part of its links, and what they offer."""

    token: str
    offer: Offer | None
    may_accept: bool
    may_decline: bool


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A link that holds: who acts by it, and on which report."""

    actor: Actor
    report: Answerable

    @property
    def may_decline(self) -> bool:
        """Tell whether the person may say that the mandate is not theirs."""
        return _may_decline(self.actor, self.report)

    @property
    def may_accept(self) -> bool:
        """Tell whether the person has still to say that they take the mandate on."""
        return _may_accept(self.actor, self.report)


def mail_links(
    session: Session, report_ids: Collection[int], *, person_id: int, tokens: Tokens, at: datetime
) -> Mapping[int, MailLink]:
    """Return the links by which the person answers these reports; what is sensitive has none."""
    actor = find_actor(session, person_id, at=at)
    return {
        report.report_id: MailLink(
            tokens.seal(
                Purpose.ANSWER,
                (person_id, report.report_id, *report.mark.numbers),
                expires_at=at + LINK_VALID_FOR,
            ),
            report.offer,
            may_accept=actor is not None and _may_accept(actor, report),
            may_decline=actor is not None and _may_decline(actor, report),
        )
        for report in answerable_reports(session, report_ids).values()
        if report.is_open_to_mail
    }


def open_link(session: Session, *, token: str, tokens: Tokens, at: datetime) -> OpenedLink:
    """Return who acts by a link and on what; changes nothing, so that mail scanners cannot.

    Raises LinkRefused, with the reason, when it is wrong, expired, used or no longer theirs.
    """
    person_id, report_id, *mark = tokens.unseal(Purpose.ANSWER, token, count=_NUMBERS, at=at)
    actor = find_actor(session, person_id, at=at)
    report = answerable_reports(session, [report_id]).get(report_id)
    facts = next(iter(reminder_facts(session, [report_id])), None)
    if actor is None or report is None or facts is None or facts.review not in ANSWERABLE:
        raise LinkRefused(
            "Nothing is asked here any more: it was answered or withdrawn, or the time for answers "
            "is over. Sign in to see how it stands."
        )
    asked = answerers_at(facts, at, absences_at(session, at))
    if person_id not in asked or mark[0] != report.mark.assignment_id:
        raise LinkRefused(
            "The mandate was assigned anew since this mail was written, so the link no longer "
            "holds. Sign in to see who answers for it now."
        )
    if tuple(mark) != report.mark.numbers:
        raise LinkRefused(
            "This link was used, or somebody has worked on the report since the mail was written. "
            "Sign in to see how it stands and to go on."
        )
    if not report.is_open_to_mail:
        raise LinkRefused(
            "The mandate is no longer open to everybody, so it is answered only by who has signed "
            "in."
        )
    return OpenedLink(actor, report)


def language_of_link(session: Session, *, token: str, tokens: Tokens) -> str | None:
    """Return the language of whoever got a link, also of one that no longer holds; else None."""
    try:
        person_id, *_ = tokens.unseal(Purpose.ANSWER, token, count=_NUMBERS, at=_LONG_AGO)
    except LinkRefused:
        return None
    person = session.get(Person, person_id)
    return None if person is None else person.language


def say_last_text_holds(
    session: Session, *, token: str, tokens: Tokens, given_by: str = "", at: datetime
) -> OpenedLink:
    """Submit once more what was said last; raises as ``open_link`` and ``attest_last_text`` do."""
    opened = open_link(session, token=token, tokens=tokens, at=at)
    attest_last_text(
        session,
        report_id=opened.report.report_id,
        version=opened.report.version,
        given_by=given_by,
        actor=opened.actor,
        at=at,
    )
    return _noted(session, opened, "attest", at)


def submit_text_by_link(
    session: Session,
    *,
    token: str,
    tokens: Tokens,
    text: ReportText,
    given_by: str = "",
    at: datetime,
) -> OpenedLink:
    """Submit a report; raises as ``open_link`` and ``submit_report`` do."""
    opened = open_link(session, token=token, tokens=tokens, at=at)
    submit_report(
        session,
        report_id=opened.report.report_id,
        version=opened.report.version,
        text=text,
        given_by=given_by,
        actor=opened.actor,
        at=at,
    )
    return _noted(session, opened, "submit", at)


def ask_for_time_by_link(
    session: Session, *, token: str, tokens: Tokens, wanted_on: date, reason: str, at: datetime
) -> OpenedLink:
    """Ask for more time; raises as ``open_link`` and ``ask_for_more_time`` do."""
    opened = open_link(session, token=token, tokens=tokens, at=at)
    ask_for_more_time(
        session,
        report_id=opened.report.report_id,
        wanted_on=wanted_on,
        reason=reason,
        actor=opened.actor,
        at=at,
    )
    return _noted(session, opened, "more_time", at)


def accept_by_link(session: Session, *, token: str, tokens: Tokens, at: datetime) -> OpenedLink:
    """Take the mandate on; raises as ``open_link`` and ``answer_assignments`` do.

    The report still waits, so the link holds on until that is answered.
    """
    opened = open_link(session, token=token, tokens=tokens, at=at)
    if not opened.may_accept:
        raise LinkRefused(
            "The mandate was accepted already, so there is nothing to accept. Its report can be "
            "written from the mail."
        )
    answer_assignments(
        session,
        versions={opened.report.mandate_id: opened.report.mandate_version},
        is_accepted=True,
        actor=opened.actor,
        at=at,
    )
    return _noted(session, opened, "accept", at)


def decline_by_link(
    session: Session, *, token: str, tokens: Tokens, reason: str, at: datetime
) -> OpenedLink:
    """Say that the mandate is not theirs; raises as ``open_link`` and ``answer_assignments`` do."""
    opened = open_link(session, token=token, tokens=tokens, at=at)
    answer_assignments(
        session,
        versions={opened.report.mandate_id: opened.report.mandate_version},
        is_accepted=False,
        reason=reason,
        actor=opened.actor,
        at=at,
    )
    return _noted(session, opened, "decline", at)


def _may_decline(actor: Actor, report: Answerable) -> bool:
    return report.mark.assignment_id > 0 and may_answer(actor, report.answerers)


def _may_accept(actor: Actor, report: Answerable) -> bool:
    return report.acceptance is Acceptance.WAITING and _may_decline(actor, report)


def _noted(session: Session, opened: OpenedLink, answer: str, at: datetime) -> OpenedLink:
    """Note in the audit trail that whoever acted held a mail and had not signed in."""
    audit.record(
        session,
        actor=opened.actor,
        at=at,
        action="answer_by_mail_link",
        subject=session.get_one(ProgressReport, opened.report.report_id),
        after={"answer": answer},
    )
    return opened
