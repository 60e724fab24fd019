"""Mails as they would be written now: a sample, or what waits for a person, without their links."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import N_
from tracker.domain.names import Named
from tracker.domain.reminders import ReminderKind
from tracker.i18n import translate_into
from tracker.mail.digests import DigestItem, write_digest
from tracker.mail.message import Site
from tracker.mail.sayings import Sayings
from tracker.mail.texts import MailText
from tracker.mail.wordings import Occasion
from tracker.models.people import Person
from tracker.models.reminders import Delivery, Notification
from tracker.queries.names import names_in
from tracker.queries.reminders import report_gists
from tracker.services.mail_samples import sample_items
from tracker.services.reminders import occasions_at

MOST_PEOPLE = 100
_MOST_REPORTS = 20
_NOBODY = N_("Ana Sample")


def preview_link_mail(
    occasion: Occasion, *, language: str, own: Mapping[str, str], name: str, site: Site
) -> MailText:
    """Return an invitation, or a mail with a sign-in link, as it would be written.

    Its link leads nowhere.
    """
    sayings = Sayings(language, own)
    url = f"{site.base_url}/sign-in/link/…"
    text = sayings.say(f"{occasion}.text", name=name, url=url)
    return MailText(sayings.say(f"{occasion}.subject", name=name), f"{text}\n", None)


def preview_digest(
    session: Session,
    *,
    person_id: int | None,
    key: str = "",
    language: str,
    own: Mapping[str, str],
    site: Site,
    at: datetime,
) -> MailText:
    """Return a digest as it would be written in a language, of a person or, with none, a sample.

    ``key`` names the sentence that is to stand in the sample. Its buttons lead where one has to
    sign in; whose answer a link would be is nobody's to see.
    """
    person = session.get(Person, person_id) if person_id else None
    zone = ZoneInfo(person.time_zone if person else "UTC")
    today = at.astimezone(zone).date()
    items = _items_of(session, person.id, language, at) if person else []
    name = person.name if person else translate_into(language)(_NOBODY)
    return write_digest(
        items or sample_items(today, language, key=key),
        name=name,
        language=language,
        today=today,
        site=site,
        own_texts=own,
    )


def reminded_people(session: Session) -> Sequence[tuple[int, str]]:
    """Return id and name of people for whom something waits, by name. One statement."""
    query = (
        select(Person.id, Person.name)
        .where(
            Person.id.in_(
                select(Notification.recipient_id).where(
                    Notification.state.in_((Delivery.PENDING, Delivery.SENT))
                )
            ),
            Person.is_active,
        )
        .order_by(Person.name)
        .limit(MOST_PEOPLE)
    )
    return [(key, name) for key, name in session.execute(query)]


def _items_of(session: Session, person_id: int, language: str, at: datetime) -> list[DigestItem]:
    newest = (
        select(Notification.report_id)
        .where(Notification.recipient_id == person_id, Notification.report_id.is_not(None))
        .order_by(Notification.id.desc())
        .limit(_MOST_REPORTS)
    )
    report_ids = {key for key in session.scalars(newest) if key is not None}
    holding = [
        (each, each.report_id)
        for each in occasions_at(session, at, report_ids).values()
        if each.recipient_id == person_id and each.report_id is not None
    ]
    gists = report_gists(session, {report_id for _each, report_id in holding})
    names = names_in(session, language)
    return [
        DigestItem(
            kind=each.kind,
            report_id=report_id,
            symbol=gist.symbol,
            paragraph=gist.paragraph,
            text=gist.text,
            unit=names.of(Named.UNIT, gist.unit),
            due_on=gist.due_on,
            remark=gist.remark if each.kind is ReminderKind.RETURNED else "",
        )
        for each, report_id in holding
        if (gist := gists.get(report_id)) is not None
    ]
