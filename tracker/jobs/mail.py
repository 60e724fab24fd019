"""The jobs that send mail: reminders planned, collected and delivered, and delivery alone."""

from collections.abc import Sequence
from datetime import datetime

from tracker.domain.errors import N_, Phrase, Unavailable
from tracker.domain.phrases import counts
from tracker.installation import Installation
from tracker.mail.transport import make_transport
from tracker.services.delivery import DeliveryCount, deliver_pending
from tracker.services.digests import collect_digests
from tracker.services.reminders import plan_reminders
from tracker.services.roll_ups import send_by_rule

COUNTED = N_("%(sent)s mails sent, %(postponed)s postponed, %(failed)s failed")
COUNTED_WITH_UNKNOWN = N_(
    "%(sent)s mails sent, %(postponed)s postponed, %(failed)s failed, %(unknown)s with unknown "
    "outcome"
)


def remind(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Plan, collect and deliver; each step stands by itself, so that a crash loses none."""
    with installation.database.transaction() as session:
        planning = plan_reminders(session, at=at)
    with installation.database.transaction() as session:
        digests = collect_digests(session, at=at)
    with installation.database.transaction() as session:
        rolled_up = send_by_rule(session, at=at)
    return (
        *counts(
            (N_("Reminders planned: %(num)s"), planning.planned),
            (N_("Reminders planned again: %(num)s"), planning.reopened),
            (N_("Reminders cancelled: %(num)s"), planning.cancelled),
            (N_("Digests collected: %(num)s"), digests),
            (N_("Reports in roll-ups to chiefs, by rule: %(num)s"), rolled_up),
        ),
        *_counted(_deliver(installation, at)),
    )


def deliver_mail(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Deliver what waits."""
    return _counted(_deliver(installation, at))


def _deliver(installation: Installation, at: datetime) -> DeliveryCount:
    settings = installation.settings
    transport = make_transport(settings.smtp_url, settings.mail_dir)
    count = deliver_pending(
        installation.database,
        transport,
        site=installation.site(),
        tokens=installation.tokens,
        at=at,
    )
    if count.stopped_by:
        raise Unavailable(
            "The mail server takes no mail now (%(reason)s); %(words)s. What waits is tried "
            "again: check TRACKER_SMTP_URL if this goes on.",
            reason=count.stopped_by,
            words=_told(count),
        )
    return count


def _counted(count: DeliveryCount) -> Sequence[Phrase]:
    return counts(
        (N_("Mails sent: %(num)s"), count.sent),
        (N_("Mails postponed: %(num)s"), count.postponed),
        (N_("Mails failed: %(num)s"), count.failed),
        (N_("Mails with unknown outcome: %(num)s"), count.unknown),
    )


def _told(count: DeliveryCount) -> Phrase:
    values = {"sent": count.sent, "postponed": count.postponed, "failed": count.failed}
    if not count.unknown:
        return Phrase(COUNTED, values)
    return Phrase(COUNTED_WITH_UNKNOWN, values | {"unknown": count.unknown})
