"""What a biennial report is made from: cleared texts and activities of one reporting period.

Queries fill these records; composition turns them into a document. Only cleared material belongs
here: a mandate without a cleared text is named in ``asked_report_ids`` and nowhere else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tracker.domain.activities import COOPERATION, Category, Deliverable
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import LAYOUTS, DocumentType, ScopeKind, Section
from tracker.domain.mandates import Implementation


@dataclass(frozen=True, slots=True)
class Clearance:
    """Which text of a progress report was cleared: its number, by whom, on which day."""

    number: int
    cleared_by: str
    cleared_on: date


@dataclass(frozen=True, slots=True)
class ReportMandate:
    """One mandate with the cleared text of the period.

    ``paragraph`` is the clause's number as printed, "5(a)"; ``text`` is what the body adopted, in
    ``text_language`` (else ``language``), and ``chapeau`` the clause above it. ``done`` to
    ``difficulties`` are people's own cleared words, in ``language``; lines that begin with a dash
    or a bullet are a list. ``revision_id`` names the revision of the progress report that the texts
    are taken from, ``activity_ids`` the activities whose titles are ``activities``.
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
    joint_lead: str = ""
    activities: tuple[str, ...] = ()
    activity_ids: tuple[int, ...] = ()
    language: str = "en"
    mandate_id: int = 0
    report_id: int = 0
    text_language: str = ""

    @property
    def language_of_text(self) -> str:
        """Return the language of what the body adopted, as it is printed here."""
        return self.text_language or self.language


@dataclass(frozen=True, slots=True)
class ReportResolution:
    """One resolution with those of its mandates that have a cleared text, in the text's order.

    ``set_aside`` are its mandates that were set aside because they ask nothing of the secretariat.
    """

    symbol: str
    title: str
    body: str
    adopted_on: date | None = None
    mandates: tuple[ReportMandate, ...] = ()
    set_aside: tuple[int, ...] = ()
    instrument_id: int = 0


@dataclass(frozen=True, slots=True)
class ReportFund:
    """Money of an activity from the regular budget or of a donor, in United States dollars."""

    is_regular: bool
    donor: str = ""
    budget: Decimal | None = None
    expenditure: Decimal | None = None
    fund_id: int = 0


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """A document of an activity, or an instrument that it led to."""

    title: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class ReportActivity:
    """One activity of the period with its planned and actual quantities, summed over the period.

    ``measure`` is the unit of both quantities in the document's language ("documents", "days");
    ``subcategory`` is the deliverable's name in the document's language. ``title_language`` is that
    of a title which was written in another language than the activity's own. ``results`` are those
    of its modules, in ``language`` unless ``results_language`` says another; ``adopters`` those who
    adopted it as a good practice.
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
    title_language: str = ""
    deliverable: Deliverable | None = None
    funds: tuple[ReportFund, ...] = ()
    is_good_practice: bool = False
    adopters: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    papers: tuple[ReportPaper, ...] = ()
    results_language: str = ""

    @property
    def language_of_results(self) -> str:
        """Return the language that the results of its modules stand in here."""
        return self.results_language or self.language

    @property
    def is_of_cooperation(self) -> bool:
        """Tell whether it has a place in the chapter on technical cooperation."""
        return self.deliverable in COOPERATION or bool(self.funds) or self.is_good_practice


@dataclass(frozen=True, slots=True)
class ReportContent:
    """All that one edition of the report says, and what its cover needs.

    ``issued_on`` is the date printed on the cover; ``original_language`` is the language in which
    the document is complete: an edition in another one is marked as unofficial. ``editorial`` are
    the editor's wordings by the keys of the passages that they stand in the place of, and
    ``editorial_languages`` says which of them are not in the language of the record. ``originals``
    are the translatable passages as the original language prints them, ``original_names`` the names
    in its lists and tables, and ``is_translated`` tells that all of them are in this language; all
    three are of a document in another language.
    ``finals_before`` are the final editions of the period that came earlier; ``asked_report_ids``
    the progress reports that were asked for, cleared or not. ``clearances`` are those of the
    revisions where the annex of sources is wanted, else None. ``scope_name`` names what the
    document is limited to. ``editorial_over`` is what stood below the wordings when they were
    decided on: in a document of another type or scope one holds only where the same stands there.
    ``template`` is what the body words and orders itself, None where it has nothing of its own;
    ``front`` are its texts of the front matter, filled in, by their keys.
    """

    entity_name: str
    body_name: str
    period_name: str
    starts_on: date
    ends_on: date
    issued_on: date
    resolutions: tuple[ReportResolution, ...] = ()
    activities: tuple[ReportActivity, ...] = ()
    asked_report_ids: tuple[int, ...] = ()
    clearances: Mapping[int, Clearance] | None = None
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
    finals_before: int = 0
    editorial_languages: Mapping[str, str] = field(default_factory=dict)
    editorial_over: Mapping[str, str] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    original_names: tuple[str, ...] = ()
    is_translated: bool = False
    document_type: DocumentType = DocumentType.SESSION
    scope_kind: ScopeKind = ScopeKind.WHOLE
    scope_name: str = ""
    template: HouseTemplate | None = None
    front: Mapping[str, str] = field(default_factory=dict)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the chapters and annexes in the order of the document.

        The chapter on technical cooperation is left out where there is nothing to tell in it.
        """
        sections = self.template.sections if self.template else LAYOUTS[self.document_type]
        if any(activity.is_of_cooperation for activity in self.activities):
            return sections
        return tuple(each for each in sections if each is not Section.COOPERATION)

    @property
    def is_variant(self) -> bool:
        """Tell whether it is not the whole report to the session, which editors word."""
        return (
            self.document_type is not DocumentType.SESSION or self.scope_kind is not ScopeKind.WHOLE
        )

    @property
    def printed_number(self) -> int:
        """Return the number on the cover: of a final edition, drafts do not count."""
        return self.edition_number if self.is_draft else self.finals_before + 1

    @property
    def mandates(self) -> tuple[ReportMandate, ...]:
        """Return the mandates of all resolutions in the order of the document."""
        return tuple(mandate for resolution in self.resolutions for mandate in resolution.mandates)

    @property
    def has_titles(self) -> bool:
        """Tell whether all activities have their titles in the document's language."""
        return all(
            self.language in (activity.language, activity.title_language)
            for activity in self.activities
        )

    @property
    def cleared_count(self) -> int:
        """Return how many mandates have a cleared text."""
        return sum(len(resolution.mandates) for resolution in self.resolutions)

    @property
    def unreported_ids(self) -> tuple[int, ...]:
        """Return the progress reports that were asked for and are not in the document."""
        reported = {mandate.report_id for mandate in self.mandates}
        return tuple(each for each in self.asked_report_ids if each not in reported)
