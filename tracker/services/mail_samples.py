"""The items of a digest that is made up, so that every text of mails is seen where it stands."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tracker.domain import vacancies
from tracker.domain.attestation import Offer
from tracker.domain.edition_matters import CAME_BACK, WAITS_BEFORE_SLOT
from tracker.domain.errors import N_
from tracker.domain.escalation import AHEAD, READY
from tracker.domain.left_accounts import LEFT
from tracker.domain.lying import DECLINED, NO_UNIT, SUBMITTED
from tracker.domain.reminders import ANSWERED_BY_LINK, REQUESTED_BY, SLOT_IS, ReminderKind
from tracker.i18n import date_in_words, translate_into
from tracker.mail.digests import DigestItem, edition_title

_SYMBOL = "12(IV)"
_UNIT = N_("Statistics Division")
_GIST = N_("Requests the secretariat to report on the ports of the islands")
_POST = N_("Chief of Division")
_SOMEBODY = N_("Otto Sample")
_REMARKS: Mapping[ReminderKind, str] = {
    ReminderKind.RETURNED: N_("Please say how many ports took part."),
    ReminderKind.DECLINED: N_("The ports are with the Trade Division since March."),
    ReminderKind.EDITION_RETURNED: N_("Please say how many ports took part."),
}
_NOTES: Mapping[ReminderKind, str] = {
    ReminderKind.ESCALATION_AHEAD: AHEAD,
    ReminderKind.REQUESTED: REQUESTED_BY,
    ReminderKind.SLOT: SLOT_IS,
    ReminderKind.ESCALATION_READY: READY,
    ReminderKind.DECLINED: DECLINED,
    ReminderKind.OWNERLESS: NO_UNIT,
    ReminderKind.LYING: SUBMITTED,
    ReminderKind.SIGN_OFF: WAITS_BEFORE_SLOT,
    ReminderKind.EDITION_RETURNED: CAME_BACK,
    ReminderKind.POST_UNFILLED: vacancies.LEFT,
    ReminderKind.ACCOUNT_LEFT: LEFT,
}
_NOWHERE = "sample"  # where a link that answers would have its secret
_DECLINABLE = frozenset({ReminderKind.DUE, ReminderKind.ASSIGNED})
_EDITION_KINDS = (ReminderKind.SIGN_OFF, ReminderKind.EDITION_RETURNED)
_PERSON_KINDS = (ReminderKind.POST_UNFILLED, ReminderKind.ACCOUNT_LEFT)
_HOUSE_KINDS = (
    ReminderKind.ESCALATION_READY,
    ReminderKind.DECLINED,
    ReminderKind.OWNERLESS,
    ReminderKind.LYING,
    *_PERSON_KINDS,
)
_PAGES = {
    **dict.fromkeys(_EDITION_KINDS, "/reports"),
    ReminderKind.ESCALATION_READY: "/compliance/roll-ups",
    ReminderKind.DECLINED: "/mandates",
    ReminderKind.OWNERLESS: "/mandates",
    **dict.fromkeys(_PERSON_KINDS, "/admin/people"),
}
_Sample = tuple[ReminderKind, int | None]
# Days from today on which it is due; what has no report yet has none.
_SAMPLES: Sequence[_Sample] = (
    (ReminderKind.OVERDUE, -3),
    (ReminderKind.RETURNED, 9),
    (ReminderKind.DUE, 3),
    (ReminderKind.DUE, 14),
    (ReminderKind.SLOT, 30),
    (ReminderKind.CLEARANCE, 12),
    (ReminderKind.ASSIGNED, 60),
)
_OTHER_SAMPLES: Sequence[_Sample] = (
    (ReminderKind.ESCALATION_AHEAD, -20),
    (ReminderKind.REQUESTED, 5),
    *((kind, None) for kind in (*_EDITION_KINDS, *_HOUSE_KINDS)),
)


_KINDS_WITH: Mapping[str, Sequence[ReminderKind]] = {
    "opening_clearance": (ReminderKind.CLEARANCE,),
    "why_editions": _EDITION_KINDS,
    "why_house": _HOUSE_KINDS,
    "first_undated": _HOUSE_KINDS,
    "button.accept": (ReminderKind.ASSIGNED,),
    "button.not_mine": (ReminderKind.ASSIGNED,),
    "button.update": (ReminderKind.DUE,),
    "button.nothing_new": (ReminderKind.DUE,),
    "button.last_text": (ReminderKind.DUE,),
}


def sample_items(today: date, language: str, *, key: str) -> list[DigestItem]:
    """Return items among which the sentence ``key`` is seen; most are in the sample of any."""
    return [
        _item(kind, number, days, today, language, key)
        for number, (kind, days) in enumerate(_samples_with(key), 1)
    ]


def _item(
    kind: ReminderKind, number: int, days: int | None, today: date, language: str, key: str
) -> DigestItem:
    translate = translate_into(language)
    title = _title(kind, today, language)
    return DigestItem(
        kind=kind,
        report_id=0 if title else number,
        symbol=_SYMBOL,
        paragraph=f"{number}",
        text="" if title else translate(_GIST),
        unit="" if title or kind is ReminderKind.OWNERLESS else translate(_UNIT),
        due_on=None if days is None else today + timedelta(days=days),
        remark=translate(_REMARKS[kind]) if kind in _REMARKS else "",
        note=_note(kind, today, language),
        path=_PAGES.get(kind, ""),
        token=_NOWHERE if kind in ANSWERED_BY_LINK else "",
        offer=_offer(kind, key),
        may_accept=kind is ReminderKind.ASSIGNED,
        may_decline=kind in _DECLINABLE,
        edition_id=number if kind in _EDITION_KINDS else 0,
        about_id=number if kind in _PERSON_KINDS else 0,
        title=title,
    )


def _title(kind: ReminderKind, today: date, language: str) -> str:
    if kind in _EDITION_KINDS:
        return edition_title(f"{today.year}", 2, language, reader=language)
    return translate_into(language)(_SOMEBODY) if kind in _PERSON_KINDS else ""


def _note(kind: ReminderKind, today: date, language: str) -> str:
    if kind not in _NOTES:
        return ""
    translate = translate_into(language)
    ahead = 7 if kind in {ReminderKind.ESCALATION_AHEAD, ReminderKind.SLOT} else -7
    return translate(_NOTES[kind]) % {
        "day": date_in_words(today + timedelta(days=ahead), language),
        "slot": date_in_words(today + timedelta(days=30), language),
        "num": 3,
        "person": translate(_SOMEBODY),
        "post": translate(_POST),
        "posts": translate(_POST),
    }


def _offer(kind: ReminderKind, key: str) -> Offer | None:
    if kind is not ReminderKind.DUE:
        return None
    return Offer.LAST_TEXT if key == "button.last_text" else Offer.NOTHING_NEW


def _samples_with(key: str) -> Sequence[_Sample]:
    """Return those samples whose mail shows the sentence ``key``, and where one sees it at once."""
    kinds = _kinds_with(key)
    if kinds:
        return [sample for sample in (*_SAMPLES, *_OTHER_SAMPLES) if sample[0] in kinds]
    return (*_SAMPLES, *_OTHER_SAMPLES) if key == "opening_items" else _SAMPLES


def _kinds_with(key: str) -> frozenset[ReminderKind]:
    part, _, name = key.partition(".")
    if key in _KINDS_WITH:
        return frozenset(_KINDS_WITH[key])
    is_of_kind = part in {"heading", "button"} and name in set(ReminderKind)
    return frozenset({ReminderKind(name)}) if is_of_kind else frozenset()
