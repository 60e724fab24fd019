"""Activities of a reporting period, as the biennial report lists them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session, selectinload

from tracker.domain.activities import CATEGORY_OF, MEASURE_OF, CountryPart, FundSource
from tracker.domain.biennial_report import ReportActivity
from tracker.domain.biennial_report.content import ReportFund, ReportPaper
from tracker.domain.countries import country_names
from tracker.domain.mandates import Sensitivity
from tracker.domain.names import Named, Names
from tracker.domain.periods import Span
from tracker.i18n import translate_into
from tracker.labels import label_of
from tracker.models.activities import Activity, ActivityLink
from tracker.models.instruments import Clause, Instrument
from tracker.models.mandates import Mandate
from tracker.models.people import Subprogramme
from tracker.models.progress import ReportingPeriod
from tracker.queries.many_keys import is_among
from tracker.queries.names import titles_in
from tracker.queries.references import cited_in_print


def report_activities(
    session: Session,
    period: ReportingPeriod,
    language: str,
    names: Names,
    *,
    is_within: ColumnElement[bool] | None = None,
) -> tuple[ReportActivity, ...]:
    """Return the activities that touch the period, quantities summed over its calendar years.

    They come in the order of the deliverables tables, then by start and title; those that are not
    unclassified are left out. ``is_within`` holds of those that the report is about.
    """
    years = Span(period.starts_on, period.ends_on).calendar_years()
    activities = session.scalars(
        select(Activity)
        .where(
            Activity.sensitivity == Sensitivity.UNCLASSIFIED,
            Activity.starts_on <= period.ends_on,
            func.coalesce(Activity.ends_on, Activity.starts_on) >= period.starts_on,
            true() if is_within is None else is_within,
        )
        .options(
            selectinload(Activity.unit),
            selectinload(Activity.quantities),
            selectinload(Activity.countries),
            selectinload(Activity.partners),
            selectinload(Activity.funds),
            selectinload(Activity.documents),
            selectinload(Activity.modules),
            selectinload(Activity.adopters),
        )
        .order_by(Activity.deliverable, Activity.starts_on, Activity.title)
    ).all()
    subprogrammes = dict(session.execute(select(Subprogramme.id, Subprogramme.name)).all())
    activity_ids = [activity.id for activity in activities]
    linked = mandates_carried_out(session, activity_ids, language)
    titles = titles_in(session, activity_ids, language)
    return tuple(
        _activity(
            activity,
            title=titles.get(activity.id),
            names=names,
            years=years,
            subprogramme=subprogrammes.get(activity.subprogramme_id or 0, ""),
            references=tuple(reference for _, reference in linked.get(activity.id, ())),
            language=language,
        )
        for activity in activities
    )


def _activity(
    activity: Activity,
    *,
    title: str | None,
    names: Names,
    years: range,
    subprogramme: str,
    references: tuple[str, ...],
    language: str,
) -> ReportActivity:
    translate = translate_into(language)
    quantities = [quantity for quantity in activity.quantities if quantity.year in years]
    planned = [quantity.planned for quantity in quantities if quantity.planned is not None]
    actual = [quantity.actual for quantity in quantities if quantity.actual is not None]
    return ReportActivity(
        title=title or activity.title,
        category=CATEGORY_OF[activity.deliverable],
        subcategory=translate(label_of(activity.deliverable)),
        unit=names.of(Named.UNIT, activity.unit.name),
        subprogramme=names.of(Named.SUBPROGRAMME, subprogramme),
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
        countries=tuple(country_names(_codes(activity), language)),
        partners=_names(activity, "partner"),
        donors=_names(activity, "donor"),
        description=activity.description or None,
        measure=translate(label_of(MEASURE_OF[activity.deliverable])),
        planned=sum(planned, Decimal()) if planned else None,
        actual=sum(actual, Decimal()) if actual else None,
        mandate_references=references,
        language=activity.language,
        activity_id=activity.id,
        title_language=language if title else "",
        deliverable=activity.deliverable,
        funds=tuple(
            ReportFund(
                fund.source is FundSource.REGULAR_BUDGET,
                fund.donor,
                fund.budget,
                fund.expenditure,
                fund.id,
            )
            for fund in activity.funds
        ),
        is_good_practice=activity.is_good_practice,
        adopters=tuple(adopter.name for adopter in activity.adopters),
        results=tuple(module.results for module in activity.modules if module.results.strip()),
        papers=tuple(ReportPaper(paper.title, paper.symbol) for paper in activity.documents),
    )


def _codes(activity: Activity) -> set[str]:
    """Return the countries that have to do with it; to be invited alone is not enough."""
    return {row.country for row in activity.countries if row.part is not CountryPart.INVITED}


def _names(activity: Activity, part: str) -> tuple[str, ...]:
    return tuple(partner.name for partner in activity.partners if partner.part == part)


def mandates_carried_out(
    session: Session, activity_ids: Sequence[int], language: str
) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Return the unclassified mandates of each activity, by id and as they are cited."""
    rows = session.execute(
        select(ActivityLink.activity_id, Mandate.id, Instrument.symbol, Clause.path)
        .join(Mandate, Mandate.id == ActivityLink.mandate_id)
        .join(Clause, Clause.id == Mandate.clause_id)
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .where(
            is_among(session, ActivityLink.activity_id, activity_ids),
            Mandate.sensitivity == Sensitivity.UNCLASSIFIED,
        )
        .order_by(Instrument.sort_key, Clause.position)
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for activity_id, mandate_id, symbol, path in rows:
        found[activity_id].append((mandate_id, cited_in_print(symbol, path, language)))
    return found
