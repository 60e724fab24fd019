"""Roll-ups to chiefs, reports dropped from them or still told, written when they are claimed."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import N_
from tracker.domain.escalation import SilentReport, is_unanswered
from tracker.mail.message import Site
from tracker.mail.roll_ups import RollUpItem, write_roll_up
from tracker.mail.texts import MailText
from tracker.models.escalations import RollUp
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.absences import absences_at
from tracker.queries.reminder_limits import switches
from tracker.queries.reminders import report_gists
from tracker.queries.roll_ups import silent_at
from tracker.services.digests import NOTHING_LEFT
from tracker.services.reminders import NO_LONGER_HOLDS

NO_LONGER_CHIEF = N_("The person no longer manages the unit, or answers for it themselves now.")
RULE_IS_OFF = N_("Roll-ups no longer go out by themselves in this unit.")


def write_claimed_roll_up(
    session: Session, message: MailMessage, *, at: datetime, site: Site
) -> MailText | str:
    """Return the text of a roll-up from what still holds at ``at``, or why there is none.

    What was answered, moved or withdrawn since it was made is dropped from it with the reason, and
    all of it where the recipient is no chief of the unit any more, or the rule was switched off.
    """
    roll_up = session.scalars(select(RollUp).where(RollUp.message_id == message.id)).one()
    rows = session.scalars(
        select(Notification)
        .where(Notification.message_id == message.id, Notification.state == Delivery.PENDING)
        .order_by(Notification.id)
        .with_for_update()
    ).all()
    report_ids = [row.report_id for row in rows if row.report_id is not None]
    holding = {each.report.report_id: each for each in silent_at(session, at, report_ids)}
    is_off = roll_up.decided_by_id is None and not switches(session).holds_in(roll_up.unit_id)
    sent: list[SilentReport] = []
    for row in rows:
        silent = holding.get(row.report_id or 0)
        reason = RULE_IS_OFF if is_off else _why_dropped(silent, row, roll_up, at)
        if reason or silent is None:
            row.state, row.settled_at, row.reason = Delivery.CANCELLED, at, reason
        else:
            row.state = Delivery.SENDING
            sent.append(silent)
    return _written(session, message, roll_up, sent, at=at, site=site) if sent else NOTHING_LEFT


def _why_dropped(
    silent: SilentReport | None, row: Notification, roll_up: RollUp, at: datetime
) -> str:
    """Return why a report is not told any more; an empty text where it is."""
    if silent is None or not is_unanswered(silent, at):
        return NO_LONGER_HOLDS
    if silent.report.due_on != row.due_on or silent.unit_id != roll_up.unit_id:
        return NO_LONGER_HOLDS
    return "" if silent.may_tell(row.recipient_id) else NO_LONGER_CHIEF


def _written(
    session: Session,
    message: MailMessage,
    roll_up: RollUp,
    sent: Sequence[SilentReport],
    *,
    at: datetime,
    site: Site,
) -> MailText:
    person, away = message.recipient, absences_at(session, at)
    zone = ZoneInfo(person.time_zone)
    gists = report_gists(session, [each.report.report_id for each in sent])
    return write_roll_up(
        [
            RollUpItem(
                report_id=gist.report_id,
                symbol=gist.symbol,
                paragraph=gist.paragraph,
                text=gist.text,
                due_on=gist.due_on,
                reminded_on=sorted(
                    {moment.astimezone(zone).date() for moment in each.reminders(at, away)}
                ),
            )
            for each in sent
            for gist in [gists[each.report.report_id]]
        ],
        subject=roll_up.subject,
        text=roll_up.text,
        language=person.language,
        is_by_rule=roll_up.decided_by_id is None,
        today=at.astimezone(zone).date(),
        site=site,
    )
