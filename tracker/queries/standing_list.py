"""The standing list of mandates: series of instruments that renew one another, by subprogramme."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.standing_list import age_key
from tracker.models.instruments import Body, Clause, Instrument, InstrumentSeries
from tracker.models.people import OrganizationalUnit, Subprogramme


@dataclass(frozen=True, slots=True)
class ListedInstrument:
    """One instrument of a series; without a text it has no clauses and no mandates yet."""

    symbol: str
    slug: str
    has_text: bool


@dataclass(frozen=True, slots=True)
class StandingMandate:
    """A series: its instruments, the newest first, which alone is in force."""

    series_id: int
    title: str
    language: str
    body_key: str
    body_name: str
    instruments: tuple[ListedInstrument, ...]

    @property
    def newest(self) -> ListedInstrument:
        """Return the instrument in force."""
        return self.instruments[0]

    @property
    def renewed(self) -> tuple[ListedInstrument, ...]:
        """Return those that the newest renewed, newest first."""
        return self.instruments[1:]


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """The standing mandates of a subprogramme; without a number, of the whole programme."""

    number: str | None
    name: str | None
    language: str | None
    unit_name: str | None
    mandates: tuple[StandingMandate, ...]


@dataclass(frozen=True, slots=True)
class StandingChoice:
    """A subprogramme that has standing mandates; its number is empty for the whole programme."""

    number: str
    name: str
    count: int


def standing_choices(session: Session) -> tuple[StandingChoice, ...]:
    """Return the subprogrammes with standing mandates, the whole programme first."""
    rows = session.execute(
        select(Subprogramme.number, Subprogramme.name, func.count(InstrumentSeries.id))
        .select_from(InstrumentSeries)
        .outerjoin(Subprogramme, Subprogramme.id == InstrumentSeries.subprogramme_id)
        .group_by(Subprogramme.id)
    )
    found = (StandingChoice(number or "", name or "", count) for number, name, count in rows)
    return tuple(sorted(found, key=lambda choice: _number_order(choice.number)))


def standing_group(session: Session, number: str) -> StandingGroup:
    """Return the standing mandates of one subprogramme ("" is the whole programme), by title.

    Four statements, however many.
    """
    subprogramme = session.execute(
        select(Subprogramme, OrganizationalUnit.name)
        .outerjoin(OrganizationalUnit, OrganizationalUnit.id == Subprogramme.unit_id)
        .where(Subprogramme.number == number)
    ).first()
    of_group = (
        InstrumentSeries.subprogramme_id == subprogramme[0].id
        if subprogramme
        else InstrumentSeries.subprogramme_id.is_(None)
    )
    series = session.execute(
        select(InstrumentSeries, Body.key, Body.name)
        .join(Body, Body.id == InstrumentSeries.body_id)
        .where(of_group)
        .order_by(Body.name, InstrumentSeries.title)
    ).all()
    instruments = _instruments(session, [row[0].id for row in series])
    return StandingGroup(
        number=subprogramme[0].number if subprogramme else None,
        name=subprogramme[0].name if subprogramme else None,
        language=subprogramme[0].language if subprogramme else None,
        unit_name=subprogramme[1] if subprogramme else None,
        mandates=tuple(
            StandingMandate(
                each.id, each.title, each.language, body_key, body_name, instruments[each.id]
            )
            for each, body_key, body_name in series
            if each.id in instruments
        ),
    )


def find_series(session: Session, instrument_id: int) -> StandingMandate | None:
    """Return the series of an instrument, if it is one of several; two statements."""
    row = session.execute(
        select(InstrumentSeries, Body.key, Body.name)
        .join(Instrument, Instrument.series_id == InstrumentSeries.id)
        .join(Body, Body.id == InstrumentSeries.body_id)
        .where(Instrument.id == instrument_id)
    ).first()
    if row is None:
        return None
    series, body_key, body_name = row
    instruments = _instruments(session, [series.id])[series.id]
    return StandingMandate(
        series.id, series.title, series.language, body_key, body_name, instruments
    )


def _instruments(
    session: Session, series_ids: list[int]
) -> Mapping[int, tuple[ListedInstrument, ...]]:
    has_text = select(Clause.id).where(Clause.instrument_id == Instrument.id).exists()
    rows = session.execute(
        select(
            Instrument.series_id, Instrument.symbol, Instrument.slug, has_text, Instrument.sort_key
        ).where(Instrument.series_id.in_(series_ids))
    )
    newest_first = sorted(rows, key=lambda row: age_key(row[4]), reverse=True)
    found: dict[int, tuple[ListedInstrument, ...]] = {}
    for series_id, symbol, slug, is_read, _sort_key in newest_first:
        instrument = ListedInstrument(symbol, slug, bool(is_read))
        found[series_id or 0] = (*found.get(series_id or 0, ()), instrument)
    return found


def _number_order(number: str) -> tuple[int, str]:
    return (int(number) if number.isdecimal() else 0, number)
