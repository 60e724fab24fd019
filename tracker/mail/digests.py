"""The digest: everything that waits for one person, the most urgent first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.attestation import Offer
from tracker.domain.errors import N_
from tracker.domain.mandates import Implementation
from tracker.domain.reminders import ANSWERED_BY_LINK, ReminderKind
from tracker.i18n import due_in_words, language_name, paragraph_cited, translate_into
from tracker.labels import LABELS
from tracker.mail.message import Site
from tracker.mail.texts import MailText, write_text

DIGEST = "digest"
EDITION_TITLE = N_("Biennial report %(period)s: edition %(number)s in %(language)s")
GIST_LENGTH = 160
NAMED_KINDS = 3
"""How many kinds of what waits a subject names; it has room for no more."""
REMARK_LENGTH = 600
POINTS_NAMED = 5
# What a coordinator oversees can be very much: the mail names the first, and says how many more.
_MOST = dict.fromkeys(
    (
        ReminderKind.ESCALATION_READY,
        ReminderKind.DECLINED,
        ReminderKind.OWNERLESS,
        ReminderKind.POST_UNFILLED,
        ReminderKind.LYING,
        ReminderKind.ACCOUNT_LEFT,
    ),
    12,
)


@dataclass(frozen=True, slots=True)
class DigestPoint:
    """An action point that is not over: its words, who answers for it, how far it is."""

    text: str
    who: str = ""
    status: Implementation | None = None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One report in a digest: why it is there, which clause it is about, and until when.

    With ``token`` it is answered without signing in; ``offer`` is how what was said last may be
    said again, ``may_accept`` and ``may_decline`` whether the reader may say that it is theirs or
    not; ``in_place_of`` names who is away, where the reader stands in for them;
    ``cleared_first_by`` who cleared what waits at the second level; ``note`` says why it is there,
    and ``path`` leads on where that is not the report. What is about an edition of the biennial
    report, or about a person, has its ``title`` in place of a clause.
    """

    kind: ReminderKind
    report_id: int
    symbol: str
    paragraph: str
    text: str
    unit: str
    due_on: date | None
    in_place_of: str = ""
    remark: str = ""
    note: str = ""
    mandate_id: int = 0
    path: str = ""
    token: str = ""
    offer: Offer | None = None
    may_accept: bool = False
    may_decline: bool = False
    cleared_first_by: str = ""
    edition_id: int = 0
    about_id: int = 0
    title: str = ""
    points: tuple[DigestPoint, ...] = ()

    @property
    def about(self) -> tuple[int, int, int, int]:
        """Return what it is about: the report, else the mandate, the edition or the person."""
        mandate_id = 0 if self.report_id else self.mandate_id
        return self.report_id, mandate_id, self.edition_id, self.about_id


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The items of one kind that a digest names, and how many more there are beyond them."""

    items: Sequence["ShownItem"]
    count: int

    @property
    def more(self) -> int:
        """Return how many are not named."""
        return self.count - len(self.items)


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the templates of the digest show it; addresses that it has not are empty."""

    mandate: str
    gist: str
    unit: str
    due: str
    in_place_of: str
    remark: str
    cleared_first_by: str
    note: str
    url: str
    offer: Offer | None = None
    points: Sequence[str] = ()
    more_points: int = 0
    last_text_url: str = ""
    accept_url: str = ""
    not_mine_url: str = ""


def write_digest(
    items: Iterable[DigestItem],
    *,
    name: str,
    language: str,
    today: date,
    site: Site,
    own_texts: Mapping[str, str] | None = None,
) -> MailText:
    """Return the digest for the person called ``name``, each report once, for its first reason.

    ``own_texts`` are the sentences that the house words itself.
    """
    groups = _groups(items)
    shown = {
        kind.value: ShownGroup(
            [_shown(item, today, language, site) for item in group[: _MOST.get(kind)]], len(group)
        )
        for kind, group in groups.items()
    }
    return write_text(
        DIGEST,
        language,
        {
            "name": name,
            "groups": shown,
            "named_kinds": NAMED_KINDS,
            "count": sum(group.count for group in shown.values()),
            "told_of": {kind.value for kind in groups},
            "answers_by_mail": not ANSWERED_BY_LINK.isdisjoint(groups),
            "site": site.read_in(language),
        },
        own_texts=own_texts,
    )


def _groups(items: Iterable[DigestItem]) -> Mapping[ReminderKind, Sequence[DigestItem]]:
    most_urgent: dict[tuple[int, int, int, int], DigestItem] = {}
    order = list(ReminderKind)
    for item in sorted(items, key=lambda item: (order.index(item.kind), _due(item), item.symbol)):
        most_urgent.setdefault(item.about, item)
    return {
        kind: group
        for kind in ReminderKind
        if (group := [item for item in most_urgent.values() if item.kind is kind])
    }


def _due(item: DigestItem) -> date:
    return item.due_on or date.max


def _shown(item: DigestItem, today: date, language: str, site: Site) -> ShownItem:
    answer = f"{site.base_url}/answer/{item.token}"
    return ShownItem(
        mandate=item.title or paragraph_cited(item.symbol, item.paragraph, language),
        gist=gist_of(item.text),
        unit=item.unit,
        due=due_in_words(item.due_on, today, language) if item.due_on else "",
        in_place_of=item.in_place_of,
        remark=_cut(item.remark.strip(), REMARK_LENGTH),
        cleared_first_by=item.cleared_first_by,
        note=item.note,
        url=f"{answer}/update" if item.token else f"{site.base_url}{_path(item)}",
        offer=item.offer,
        points=[_point_words(point, language) for point in item.points[:POINTS_NAMED]],
        more_points=max(len(item.points) - POINTS_NAMED, 0),
        last_text_url=f"{answer}/last-text" if item.token and item.offer else "",
        accept_url=f"{answer}/accept" if item.token and item.may_accept else "",
        not_mine_url=f"{answer}/not-mine" if item.token and item.may_decline else "",
    )


def _point_words(point: DigestPoint, language: str) -> str:
    """Return an action point in a line: its gist, who answers for it, how far it is."""
    translate = translate_into(language)
    status = point.status or Implementation.NO_INFORMATION
    facts = [point.who, translate(LABELS[Implementation][status])]
    return f"{gist_of(point.text)} ({', '.join(fact for fact in facts if fact)})"


def _path(item: DigestItem) -> str:
    return item.path or f"/progress/{item.report_id}"


def edition_title(period: str, number: int, language: str, *, reader: str) -> str:
    """Return how an edition of the biennial report is named to who reads in a language."""
    return translate_into(reader)(EDITION_TITLE) % {
        "period": period,
        "number": number,
        "language": language_name(language, reader),
    }


def gist_of(text: str) -> str:
    """Return the beginning of a clause, cut at a word, as it can stand alone."""
    # A sub-clause ends as part of a longer sentence; here it stands alone.
    words = " ".join(text.split()).rstrip(" ;,:")
    return _cut(words, GIST_LENGTH)


def _cut(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    return (words[:length].rpartition(" ")[0] or words[:length]).rstrip(" ;,:") + "…"
