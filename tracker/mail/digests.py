"""The digest: everything that waits for one person, the most urgent first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.attestation import Offer
from tracker.domain.reminders import ReminderKind
from tracker.i18n import due_in_words, paragraph_cited
from tracker.mail.message import Site
from tracker.mail.texts import MailText, write_text

DIGEST = "digest"
GIST_LENGTH = 160


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One report in a digest: why it is there, which clause it is about, and until when.

    With ``token`` it is answered without signing in; ``offer`` is how what was said last may be
    said again, ``may_decline`` whether the reader may say that it is not theirs; ``in_place_of``
    names who is away, where the reader stands in for them.
    """

    kind: ReminderKind
    report_id: int
    symbol: str
    paragraph: str
    text: str
    unit: str
    due_on: date
    in_place_of: str = ""
    remark: str = ""
    token: str = ""
    offer: Offer | None = None
    may_decline: bool = False


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the templates of the digest show it; addresses that it has not are empty."""

    mandate: str
    gist: str
    unit: str
    due: str
    in_place_of: str
    remark: str
    url: str
    offer: Offer | None = None
    last_text_url: str = ""
    not_mine_url: str = ""


def write_digest(
    items: Iterable[DigestItem], *, name: str, language: str, today: date, site: Site
) -> MailText:
    """Return the digest for the person called ``name``, each report once, for its first reason."""
    groups = _groups(items)
    shown = {
        kind.value: [_shown(item, today, language, site) for item in group]
        for kind, group in groups.items()
    }
    return write_text(
        DIGEST,
        language,
        {
            "name": name,
            "groups": shown,
            "count": sum(map(len, shown.values())),
            "site": site.read_in(language),
        },
    )


def _groups(items: Iterable[DigestItem]) -> Mapping[ReminderKind, Sequence[DigestItem]]:
    most_urgent: dict[int, DigestItem] = {}
    order = list(ReminderKind)
    for item in sorted(items, key=lambda item: (order.index(item.kind), item.due_on, item.symbol)):
        most_urgent.setdefault(item.report_id, item)
    return {
        kind: group
        for kind in ReminderKind
        if (group := [item for item in most_urgent.values() if item.kind is kind])
    }


def _shown(item: DigestItem, today: date, language: str, site: Site) -> ShownItem:
    answer = f"{site.base_url}/answer/{item.token}"
    return ShownItem(
        mandate=paragraph_cited(item.symbol, item.paragraph, language),
        gist=gist_of(item.text),
        unit=item.unit,
        due=due_in_words(item.due_on, today, language),
        in_place_of=item.in_place_of,
        remark=item.remark,
        url=f"{answer}/update" if item.token else f"{site.base_url}/progress/{item.report_id}",
        offer=item.offer,
        last_text_url=f"{answer}/last-text" if item.token and item.offer else "",
        not_mine_url=f"{answer}/not-mine" if item.token and item.may_decline else "",
    )


def gist_of(text: str) -> str:
    """Return the beginning of a clause, cut at a word, as it can stand alone."""
    # A sub-clause ends as part of a longer sentence; here it stands alone.
    words = " ".join(text.split()).rstrip(" ;,:")
    if len(words) <= GIST_LENGTH:
        return words
    return words[:GIST_LENGTH].rpartition(" ")[0].rstrip(" ;,:") + "…"
