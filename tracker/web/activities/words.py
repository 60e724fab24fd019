"""What is told about an activity in rows, in the reader's words: a line for each row."""

from flask_babel import gettext

from tracker.domain.activity_details import Participant, YearQuantity
from tracker.domain.activity_parts import (
    ActivityDocument,
    Attendance,
    Framework,
    Fund,
    GovernmentRequest,
    Module,
)
from tracker.domain.countries import country_name
from tracker.web import filters


def quantity_words(quantity: YearQuantity) -> str:
    """Return "2026: 5 planned, 4.5 actual"."""
    return gettext(
        "%(year)s: %(planned)s planned, %(actual)s actual",
        year=quantity.year,
        planned=filters.number(quantity.planned),
        actual=filters.number(quantity.actual),
    )


def participant_words(participant: Participant) -> str:
    """Return "University of the Sea (Academic institution)"."""
    return f"{participant.name} ({filters.label(participant.kind)})"


def attendance_words(row: Attendance) -> str:
    """Return "at least 8: Ministry of Ports, Senegal"."""
    count = filters.number(row.count)
    told = gettext("at least %(count)s", count=count) if row.is_at_least else count
    where = [row.institution, country_name(row.country, filters.language()) if row.country else ""]
    return _labelled(told, ", ".join(filter(None, where)))


def fund_words(fund: Fund) -> str:
    """Return "Extrabudgetary, Government of Portugal: budget 120,000, expenditure 95,000"."""
    source = ", ".join(filter(None, [filters.label(fund.source), fund.donor]))
    amounts = gettext(
        "budget %(budget)s, expenditure %(expenditure)s",
        budget=filters.number(fund.budget),
        expenditure=filters.number(fund.expenditure),
    )
    return _labelled(source, amounts)


def document_words(document: ActivityDocument) -> str:
    """Return "The title, LC/G.1711 (Plan of action)"."""
    named = ", ".join(filter(None, [document.title, document.symbol]))
    return f"{named} ({filters.label(document.kind)})" if document.is_instrument else named


def module_words(module: Module) -> str:
    """Return "Rules of competition: six countries were studied"."""
    return _labelled(module.title, module.results)


def request_words(request: GovernmentRequest) -> str:
    """Return "3 May 2026, Senegal: what it asked for"."""
    who = (
        f"{filters.day(request.requested_on)}, {country_name(request.country, filters.language())}"
    )
    return _labelled(who, "; ".join(filter(None, [request.request, request.response])))


def framework_words(framework: Framework) -> str:
    """Return "Network of Small Ports (Network)"."""
    return f"{framework.name} ({filters.label(framework.kind)})"


def _labelled(label: str, words: str) -> str:
    return f"{label}{gettext(':')} {words}" if words else label
