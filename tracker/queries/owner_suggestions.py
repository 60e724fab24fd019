"""Who may answer for a mandate: whoever answers for its like, or as the standing list says."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.permissions import Action, Actor, is_allowed
from tracker.domain.search import SearchKind
from tracker.domain.similarity import Weights, telling_rows
from tracker.domain.standing_list import age_key
from tracker.models.instruments import Body, Instrument, InstrumentSeries, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.queries.mandates import possible_focal_points
from tracker.queries.references import Reference
from tracker.queries.renewals import RENEWING, kin_of
from tracker.queries.search_index import Probe, finds
from tracker.queries.similar_mandates import SimilarMandate, similar_mandates
from tracker.stemming import formula_stems, stems_of_text, telling_stems

# Of a hundred owners that are proposed so, 98 are those of a clause that says the same.
SIMILAR_FROM = 60
_CLOSE = 2  # points between mandates that are about as like
_SAME_TITLE = 0.75  # likeness from which two titles name one standing mandate
_TITLES_FOUND = 50
# Mandates of a body, up to which hints for a page of a list take well under a second.
MOST_HINTED_AMONG = 20_000


class SuggestionSource(StrEnum):
    """What a suggestion rests on."""

    SIMILAR_MANDATE = "similar_mandate"
    STANDING_LIST = "standing_list"


@dataclass(frozen=True, slots=True)
class SuggestedOwner:
    """Who may answer, and why: a mandate that is like this one, or an instrument that is listed.

    ``reference`` names that mandate or, without a path, that instrument.
    """

    unit_id: int
    unit_name: str
    focal_point_id: int | None
    focal_point_name: str | None
    source: SuggestionSource
    reference: Reference
    score: int | None = None
    subprogramme: str | None = None


@dataclass(frozen=True, slots=True)
class _Listed:
    """An instrument of the standing list, and the unit of its subprogramme."""

    reference: Reference
    sort_key: str
    subprogramme: str
    unit_id: int
    unit_name: str


def are_hints_slow(session: Session) -> bool:
    """Tell whether there are so many mandates that the hints for a page of a list take seconds."""
    further = select(Mandate.id).order_by(Mandate.id).offset(MOST_HINTED_AMONG).limit(1)
    return session.scalar(further) is not None


def owner_suggestions(
    session: Session, mandate_ids: Collection[int], *, actor: Actor
) -> Mapping[int, SuggestedOwner]:
    """Return who may answer for these mandates, where there is reason to say so.

    Only units that ``actor`` may give mandates to. A number of statements that does not grow with
    the mandates, up to a hundred of them; on SQLite up to four more.
    """
    if not mandate_ids:
        return {}
    alike = similar_mandates(session, mandate_ids, actor=actor, is_owned=True)
    people = {
        (person.id, unit_id)
        for person in possible_focal_points(session)
        for unit_id in person.unit_ids
    }
    found = {}
    for mandate_id, similar in alike.items():
        best = _agreed(similar)
        if best is not None:
            found[mandate_id] = _as_in(best, people)
    rest = set(mandate_ids) - set(found)
    found |= _by_standing_list(session, rest, actor=actor)
    return {
        mandate_id: suggested
        for mandate_id, suggested in found.items()
        if is_allowed(actor, Action.ASSIGN_MANDATE, unit_id=suggested.unit_id)
    }


def _agreed(similar: Sequence[SimilarMandate]) -> SimilarMandate | None:
    """Return the likest mandate of the unit on which most of those that are about as like agree."""
    close = [each for each in similar if each.score >= max(SIMILAR_FROM, similar[0].score - _CLOSE)]
    for unit_id, count in Counter(each.mandate.unit_id for each in close).most_common(1):
        if 2 * count > len(close):
            return next(each for each in close if each.mandate.unit_id == unit_id)
    return None


def _as_in(alike: SimilarMandate, people: Collection[tuple[int, int]]) -> SuggestedOwner:
    """Return the owner of a mandate that is like another; a focal point who left is not named."""
    owned = alike.mandate
    is_there = (owned.focal_point_id, owned.unit_id) in people
    return SuggestedOwner(
        unit_id=owned.unit_id or 0,
        unit_name=owned.unit_name or "",
        focal_point_id=owned.focal_point_id if is_there else None,
        focal_point_name=owned.focal_point_name if is_there else None,
        source=SuggestionSource.SIMILAR_MANDATE,
        reference=owned.reference,
        score=alike.score,
    )


def _by_standing_list(
    session: Session, mandate_ids: Collection[int], *, actor: Actor
) -> dict[int, SuggestedOwner]:
    """Return the units of the subprogrammes under which the mandates' instruments are listed.

    An instrument is listed itself, or renews one that is, or all that it cites of the list are of
    one unit, or it bears the title of a listed one.
    """
    instruments = dict(
        session.execute(
            select(Mandate.id, Mandate.instrument_id).where(Mandate.id.in_(mandate_ids))
        ).all()
    )
    if not instruments:
        return {}
    kin = kin_of(session, set(instruments.values()))
    titled = _same_titles(session, set(instruments.values()), actor=actor)
    wanted = {*instruments.values(), *(key for related in kin.values() for key in related)}
    listed = _listed(session, wanted | {key for keys in titled.values() for key in keys})
    chosen = {
        instrument_id: _chosen(instrument_id, kin.get(instrument_id, {}), titled, listed)
        for instrument_id in set(instruments.values())
    }
    return {
        mandate_id: _as_listed(found)
        for mandate_id, instrument_id in instruments.items()
        if (found := chosen[instrument_id]) is not None
    }


def _chosen(
    instrument_id: int,
    related: Mapping[int, Relation],
    titled: Mapping[int, Sequence[int]],
    listed: Mapping[int, _Listed],
) -> _Listed | None:
    if instrument_id in listed:
        return listed[instrument_id]
    renewed = [key for key, relation in related.items() if relation in RENEWING]
    for keys in (renewed, related, titled.get(instrument_id, ())):
        known = [listed[key] for key in keys if key in listed]
        if len({each.unit_id for each in known}) == 1:
            return max(known, key=lambda each: age_key(each.sort_key))
    return None


def _as_listed(listed: _Listed) -> SuggestedOwner:
    return SuggestedOwner(
        unit_id=listed.unit_id,
        unit_name=listed.unit_name,
        focal_point_id=None,
        focal_point_name=None,
        source=SuggestionSource.STANDING_LIST,
        reference=listed.reference,
        subprogramme=listed.subprogramme,
    )


def _listed(session: Session, instrument_ids: Collection[int]) -> Mapping[int, _Listed]:
    rows = session.execute(
        select(Instrument, Body.key, Subprogramme.number, OrganizationalUnit)
        .join(Body, Body.id == Instrument.body_id)
        .join(InstrumentSeries, InstrumentSeries.id == Instrument.series_id)
        .join(Subprogramme, Subprogramme.id == InstrumentSeries.subprogramme_id)
        .join(OrganizationalUnit, OrganizationalUnit.id == Subprogramme.unit_id)
        .where(Instrument.id.in_(instrument_ids))
    )
    return {
        instrument.id: _Listed(
            reference=Reference(instrument.symbol, body_key, instrument.slug, ""),
            sort_key=instrument.sort_key,
            subprogramme=number,
            unit_id=unit.id,
            unit_name=unit.name,
        )
        for instrument, body_key, number, unit in rows
    }


def _same_titles(
    session: Session, instrument_ids: Collection[int], *, actor: Actor
) -> Mapping[int, Sequence[int]]:
    """Return the other instruments that bear much the same title in the same language."""
    rows = session.execute(
        select(InstrumentText.instrument_id, InstrumentText.language, InstrumentText.title)
        .where(InstrumentText.instrument_id.in_(instrument_ids))
        .order_by(InstrumentText.id)
    ).all()
    weights = Weights((), formula_stems())
    titles = [telling_stems(stems_of_text(row.title, row.language)) for row in rows]
    probes = [
        Probe(key, row.language, telling_rows(title, weights, total=_TITLES_FOUND * 1000))
        for key, (row, title) in enumerate(zip(rows, titles, strict=True))
    ]
    found: defaultdict[int, list[int]] = defaultdict(list)
    for find in finds(session, SearchKind.RESOLUTION, probes, actor=actor, most=_TITLES_FOUND):
        mine, theirs = weights.profile(titles[find.key]), telling_stems(find.title_stems)
        alike = weights.likeness(mine, weights.profile(theirs))
        if alike >= _SAME_TITLE and find.subject_id != rows[find.key].instrument_id:
            found[rows[find.key].instrument_id].append(find.subject_id)
    return found
