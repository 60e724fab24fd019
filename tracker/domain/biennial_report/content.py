"""What a biennial report is made from: cleared texts and activities of one reporting period.

Queries fill these records; composition turns them into a document. Only cleared material belongs
here: a mandate without a cleared text is counted in ``requiring_action_count`` and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.domain.activities import Category
from tracker.domain.mandates import Implementation


@dataclass(frozen=True, slots=True)
class ReportMandate:
    """One mandate with the cleared text of the period.

    ``paragraph`` is the clause's number as printed, "5(a)"; ``text`` is what the body adopted, in
    ``language``, and ``chapeau`` the clause above it. ``done`` to ``difficulties`` are people's
    own cleared words; lines that begin with a dash or a bullet are a list. ``revision_id`` names
    the revision of the progress report that the texts are taken from.
    """

    reference: str
    paragraph: str
    text: str
    revision_id: int
    chapeau: str | None = None
    status: Implementation | None = None
    status_reason: str | None = None
    postponed_to: date | None = None
    done: str | None = None
    results: str | None = None
    next_steps: str | None = None
    difficulties: str | None = None
    lead_unit: str | None = None
    activities: tuple[str, ...] = ()
    language: str = "en"
    mandate_id: int = 0


@dataclass(frozen=True, slots=True)
class ReportResolution:
    """One resolution with those of its mandates that have a cleared text, in the text's order.

    ``informational_count`` is the number of its clauses that were set aside because they ask
    nothing of the secretariat.
    """

    symbol: str
    title: str
    body: str
    adopted_on: date | None = None
    mandates: tuple[ReportMandate, ...] = ()
    informational_count: int = 0
    instrument_id: int = 0


@dataclass(frozen=True, slots=True)
class ReportActivity:
    """One activity of the period with its planned and actual quantities, summed over the period.

    ``measure`` is the unit of both quantities in the document's language ("documents", "days");
    ``subcategory`` is the deliverable's name in the document's language.
    """

    title: str
    category: Category
    subcategory: str = ""
    unit: str = ""
    subprogramme: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    donors: tuple[str, ...] = ()
    description: str | None = None
    measure: str = ""
    planned: Decimal | None = None
    actual: Decimal | None = None
    mandate_references: tuple[str, ...] = ()
    language: str = "en"
    activity_id: int = 0


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that one edition of the report says, and what its cover needs.

    ``issued_on`` is the date printed on the cover; ``original_language`` is the language in which
    the document is complete: an edition in another one is marked as unofficial. ``editorial`` are
    the editor's wordings by the keys of the passages that they stand in the place of.
    """

    entity_name: str
    body_name: str
    period_name: str
    starts_on: date
    ends_on: date
    issued_on: date
    resolutions: tuple[ReportResolution, ...] = ()
    activities: tuple[ReportActivity, ...] = ()
    requiring_action_count: int = 0
    session_name: str | None = None
    session_place: str | None = None
    session_opens_on: date | None = None
    session_closes_on: date | None = None
    document_symbol: str | None = None
    language: str = "en"
    original_language: str = "en"
    edition_number: int = 1
    is_draft: bool = False
    editorial: Mapping[str, str] = field(default_factory=dict)
    period_id: int = 0

    @property
    def mandates(self) -> tuple[ReportMandate, ...]:
        """Return the mandates of all resolutions in the order of the document."""
        return tuple(mandate for resolution in self.resolutions for mandate in resolution.mandates)

    @property
    def cleared_count(self) -> int:
        """Return how many mandates have a cleared text."""
        return sum(len(resolution.mandates) for resolution in self.resolutions)
