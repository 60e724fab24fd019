"""What can be linked: mandates found by symbol, paragraph or words, and activities by title."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.domain.activities import Deliverable
from tracker.domain.mandates import Sensitivity
from tracker.models.activities import Activity, ActivityLink
from tracker.models.instruments import Body, Clause, ClauseText, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit

MOST = 25
# "530(XXIV), para. 5(a)", "33/134 2", "530 5a": a symbol, then a paragraph
_SYMBOL_AND_PARAGRAPH = re.compile(
    r"(?P<symbol>.+?)[,\s]+(?:para(?:graph|s)?\.?\s*)?(?P<paragraph>\d+\s?(?:[a-z]|\([a-z]+\))*)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:resolution|decision)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinkableMandate:
    """A mandate as one sees it when choosing; body, slug and path make its address."""

    id: int
    body: str
    symbol: str
    slug: str
    path: str
    text: str
    language: str
    adopted_on: date | None
    lead_unit_id: int | None


@dataclass(frozen=True, slots=True)
class LinkableActivity:
    """An activity as one sees it when choosing."""

    id: int
    title: str
    language: str
    deliverable: Deliverable
    unit_id: int
    unit: str
    starts_on: date
    ends_on: date | None
    sensitivity: Sensitivity


def mandates_to_link(
    session: Session, words: str, *, activity_id: int
) -> tuple[LinkableMandate, ...]:
    """Return mandates not yet linked to the activity that ``words`` may mean, by symbol.

    Words are a symbol ("530(XXIV)"), a symbol and a paragraph ("530(XXIV), para. 5(a)") or words
    of the clause. At most ``MOST`` come back, and one more, which says that there are more.
    """
    linked = select(ActivityLink.mandate_id).where(ActivityLink.activity_id == activity_id)
    return _mandates(session, _meant(words), Mandate.id.not_in(linked))


def find_linkable_mandate(session: Session, mandate_id: int) -> LinkableMandate | None:
    """Return one mandate as one sees it when choosing, or None when there is no such one."""
    return next(iter(_mandates(session, Mandate.id == mandate_id)), None)


def activities_to_link(
    session: Session, words: str, *, mandate_id: int
) -> tuple[LinkableActivity, ...]:
    """Return activities not yet linked to the mandate whose title holds ``words``, latest first.

    At most ``MOST`` come back, and one more, which says that there are more.
    """
    linked = select(ActivityLink.activity_id).where(ActivityLink.mandate_id == mandate_id)
    rows = session.execute(
        select(Activity, OrganizationalUnit.name)
        .join(Activity.unit)
        .where(Activity.id.not_in(linked), Activity.title.icontains(words, autoescape=True))
        .order_by(Activity.starts_on.desc(), Activity.title, Activity.id)
        .limit(MOST + 1)
    )
    return tuple(
        LinkableActivity(
            id=activity.id,
            title=activity.title,
            language=activity.language,
            deliverable=activity.deliverable,
            unit_id=activity.unit_id,
            unit=unit,
            starts_on=activity.starts_on,
            ends_on=activity.ends_on,
            sensitivity=activity.sensitivity,
        )
        for activity, unit in rows
    )


def _mandates(session: Session, *conditions: ColumnElement[bool]) -> tuple[LinkableMandate, ...]:
    rows = session.execute(
        select(Mandate.id, Mandate.lead_unit_id, Body.key, Instrument, Clause.path, ClauseText)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(ClauseText, (ClauseText.clause_id == Clause.id) & ClauseText.is_original)
        .where(*conditions)
        .order_by(Instrument.sort_key, Clause.position)
        .limit(MOST + 1)
    )
    return tuple(
        LinkableMandate(
            id=mandate_id,
            body=body,
            symbol=instrument.symbol,
            slug=instrument.slug,
            path=path or "",
            text=text.text,
            language=text.language,
            adopted_on=instrument.adopted_on,
            lead_unit_id=lead_unit_id,
        )
        for mandate_id, lead_unit_id, body, instrument, path, text in rows
    )


def _meant(words: str) -> ColumnElement[bool]:
    """Return the condition for all that ``words`` may mean."""
    plain = _NAMED.sub("", words.strip(), count=1)
    meanings = [ClauseText.text.icontains(plain, autoescape=True)]
    if slug := _slug(plain):
        meanings.append(Instrument.slug.startswith(slug, autoescape=True))
    found = _SYMBOL_AND_PARAGRAPH.fullmatch(plain)
    if found and (symbol := _slug(found["symbol"])):
        path = ".".join(re.findall(r"\d+|[a-z]+", found["paragraph"].lower()))
        meanings.append(
            Instrument.slug.startswith(symbol, autoescape=True)
            & or_(Clause.path == path, Clause.path.startswith(f"{path}.", autoescape=True))
        )
    return or_(*meanings)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
