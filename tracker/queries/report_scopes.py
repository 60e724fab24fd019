"""What a report on a period can be limited to: its units, subprogrammes and resolutions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker.domain.errors import UnknownSymbol
from tracker.domain.symbols import DocumentSymbol, parse_symbol
from tracker.models.instruments import Body, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.models.progress import ProgressReport

MOST_LISTED = 200  # resolutions in one list, which weighs 16 kB then


@dataclass(frozen=True, slots=True)
class ReportScopes:
    """The units, subprogrammes and resolutions of a period, each by id and name.

    ``has_more`` says that there are more resolutions than can be listed; one is then named by its
    symbol.
    """

    units: Sequence[tuple[int, str]]
    subprogrammes: Sequence[tuple[int, str]]
    resolutions: Sequence[tuple[int, str]]
    has_more: bool = False


def report_scopes(session: Session, period_id: int, *, kept: Collection[int] = ()) -> ReportScopes:
    """Return what the reports of a period are about, with the units above; four statements.

    Of more than MOST_LISTED resolutions it holds those in ``kept`` alone.
    """
    asked = ProgressReport.period_id == period_id, ~ProgressReport.is_waived
    # One after the other, until a report is found: to go through all reports takes longer.
    of_subprogramme = (
        exists()
        .where(Mandate.subprogramme_id == Subprogramme.id, Mandate.id == ProgressReport.mandate_id)
        .where(*asked)
        .correlate(Subprogramme)
    )
    of_resolution = (
        exists().where(ProgressReport.instrument_id == Instrument.id, *asked).correlate(Instrument)
    )
    units = session.execute(
        select(
            OrganizationalUnit.id, OrganizationalUnit.parent_id, OrganizationalUnit.name
        ).order_by(OrganizationalUnit.position, OrganizationalUnit.name)
    ).all()
    reporting = set(session.scalars(select(ProgressReport.unit_id).where(*asked).distinct()))
    shown = _with_those_above(reporting, {row.id: row.parent_id for row in units})
    subprogrammes = session.execute(
        select(Subprogramme.id, Subprogramme.name)
        .where(of_subprogramme)
        .order_by(Subprogramme.number)
    ).all()
    resolutions = session.execute(
        select(Instrument.id, Instrument.symbol).where(of_resolution).order_by(Instrument.sort_key)
    ).all()
    has_more = len(resolutions) > MOST_LISTED
    return ReportScopes(
        units=[(row.id, row.name) for row in units if row.id in shown],
        subprogrammes=[(key, name) for key, name in subprogrammes],
        resolutions=[(key, symbol) for key, symbol in resolutions if not has_more or key in kept],
        has_more=has_more,
    )


def resolutions_named(
    session: Session, period_id: int, words: str
) -> Sequence[tuple[int, str, str]]:
    """Return id, symbol and body of what a period asks about and these words name, by body.

    The words are a symbol in any spelling; texts of several bodies can have the same.
    """
    try:
        symbol = parse_symbol(words)
    except UnknownSymbol:
        symbol = DocumentSymbol(words)
    asked = (
        select(ProgressReport.id)
        .join(Mandate, Mandate.id == ProgressReport.mandate_id)
        .where(
            Mandate.instrument_id == Instrument.id,
            ProgressReport.period_id == period_id,
            ~ProgressReport.is_waived,
        )
    )
    rows = session.execute(
        select(Instrument.id, Instrument.symbol, Body.name)
        .join(Body, Body.id == Instrument.body_id)
        .where(Instrument.slug == symbol.slug, asked.exists())
        .order_by(Body.name, Instrument.id)
    )
    return [(key, printed, body) for key, printed, body in rows]


def _with_those_above(units: set[int], parents: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    for unit in units:
        above: int | None = unit
        while above is not None and above not in found:
            found.add(above)
            above = parents.get(above)
    return found
