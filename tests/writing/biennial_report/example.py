"""An invented content of a biennial report, from which tests and benchmarks make documents."""

from datetime import date
from decimal import Decimal

from tracker.domain.activities import Category
from tracker.domain.biennial_report import (
    ReportActivity,
    ReportContent,
    ReportMandate,
    ReportResolution,
)
from tracker.domain.mandates import Implementation

CHAPEAU = (
    "Requests the Executive Secretary, within the resources available and in consultation with "
    "Governments:"
)


def make_mandate(paragraph: str = "5(a)", **changes: object) -> ReportMandate:
    """Return a mandate with a cleared text."""
    fields: dict[str, object] = {
        "reference": f"12(III), para. {paragraph}",
        "paragraph": paragraph,
        "chapeau": CHAPEAU,
        "text": "To convene an annual meeting of the directors of national water institutes;",
        "revision_id": 7,
        "status": Implementation.ONGOING,
        "done": "Two annual meetings of directors were convened, in Quito and in Bridgetown.",
        "results": "The directors agreed on a common set of 14 indicators.",
        "lead_unit": "Natural Resources Division",
        "activities": ("Fourth annual meeting of directors of water institutes",),
        "activity_ids": (1,),
    }
    fields["report_id"] = changes.get("revision_id", fields["revision_id"])
    return ReportMandate(**{**fields, **changes})  # type: ignore[arg-type] # fields by name


def make_activity(title: str = "Fourth annual meeting", **changes: object) -> ReportActivity:
    """Return an activity with quantities."""
    fields: dict[str, object] = {
        "title": title,
        "category": Category.KNOWLEDGE,
        "subcategory": "seminars, workshops and training events",
        "unit": "Natural Resources Division",
        "subprogramme": "Natural resources",
        "starts_on": date(2024, 5, 12),
        "ends_on": date(2024, 5, 14),
        "countries": ("Barbados", "Ecuador"),
        "partners": ("Caribbean Water Association",),
        "donors": ("regular budget",),
        "description": "Directors of 17 institutes compared how they measure losses in networks.",
        "measure": "days",
        "planned": Decimal(3),
        "actual": Decimal("2.5"),
        "mandate_references": ("12(III), para. 5(a)",),
    }
    return ReportActivity(**{**fields, **changes})  # type: ignore[arg-type] # fields by name


def make_resolution(*mandates: ReportMandate, **changes: object) -> ReportResolution:
    """Return a resolution with these mandates, or with one."""
    fields: dict[str, object] = {
        "symbol": "12 (III)",
        "title": "Water resources and sanitation",
        "body": "Commission for the Inner Sea",
        "adopted_on": date(1990, 5, 12),
        "mandates": mandates or (make_mandate(),),
        "set_aside": (31, 32, 33, 34),
    }
    return ReportResolution(**{**fields, **changes})  # type: ignore[arg-type] # fields by name


def make_content(**changes: object) -> ReportContent:
    """Return the content of an edition with two resolutions and three activities."""
    fields: dict[str, object] = {
        "entity_name": "Commission for the Inner Sea",
        "body_name": "Commission for the Inner Sea",
        "period_name": "2024-2025",
        "starts_on": date(2024, 1, 1),
        "ends_on": date(2025, 12, 31),
        "issued_on": date(2026, 3, 6),
        "session_name": "Forty-first session",
        "session_place": "Lima",
        "session_opens_on": date(2026, 5, 18),
        "session_closes_on": date(2026, 5, 20),
        "document_symbol": "CIS/G.2531 (SES.41/10)",
        "asked_report_ids": (7, 8, 9, 10, 11, 12, 13),
        "resolutions": (
            make_resolution(
                make_mandate(),
                make_mandate(
                    "5(b)",
                    revision_id=8,
                    status=Implementation.COMPLETED,
                    text="To prepare a study on charges for water;",
                    done=(
                        "The study was published in June 2025 after three steps:\n"
                        "- a survey of 21 utilities;\n- a peer review;\n"
                        "- a meeting of experts.\nIt was sent to all members."
                    ),
                    activities=(),
                ),
                make_mandate(
                    "6",
                    revision_id=9,
                    chapeau=None,
                    reference="12(III), para. 6",
                    status=Implementation.POSTPONED,
                    postponed_to=date(2026, 9, 1),
                    status_reason="The host country asked for a later date.",
                    text="Requests the secretariat to organize a conference on floods.",
                    results=None,
                    done="A host country agreement was drafted.",
                    activities=(),
                ),
            ),
            make_resolution(
                make_mandate(
                    "2",
                    reference="15(IV), para. 2",
                    chapeau=None,
                    revision_id=10,
                    status=Implementation.NOT_CALLED_UPON,
                    text="Invites the Executive Secretary to assist, on request, Governments.",
                    done="No Government asked for assistance in the period.",
                    results=None,
                    activities=(),
                ),
                symbol="15 (IV)",
                title="Transport across borders",
                adopted_on=date(1992, 4, 15),
                set_aside=(35,),
            ),
        ),
        "activities": (
            make_activity(),
            make_activity(
                "Study on charges for water",
                subcategory="publications",
                measure="publications",
                planned=Decimal(1),
                actual=Decimal(1),
                description=None,
                starts_on=None,
                ends_on=date(2025, 6, 30),
                mandate_references=("12(III), para. 5(b)",),
            ),
            make_activity(
                "Workshop on losses in networks",
                planned=None,
                actual=Decimal(4),
                description=None,
                countries=("Trinidad and Tobago",),
            ),
            make_activity(
                "Documents for the forty-first session",
                category=Category.INTERGOVERNMENTAL_PROCESS,
                subcategory="parliamentary documentation",
                measure="documents",
                planned=Decimal(12),
                actual=Decimal(1100),
                description=None,
                partners=(),
                countries=(),
                mandate_references=(),
            ),
        ),
    }
    return ReportContent(**{**fields, **changes})  # type: ignore[arg-type] # fields by name


# One line of what breaks markup, templates, typesetting and fonts.
NASTY = (
    'A & B <b>"c"</b> {{ x }} {% if %} #import $x$ *b* _i_ @ref [a] \\u{1} ]]> = naïve E=mc² '
    "∑ 😀 محمد שלום"
)


def nasty_content() -> ReportContent:
    """Return a content with special characters wherever a text can stand."""
    resolution = make_resolution(
        make_mandate(text=NASTY, chapeau=NASTY, done=NASTY, results=f"A list:\n- {NASTY}"),
        title=NASTY,
        body=NASTY,
    )
    return make_content(
        entity_name="Commission <for> the & Sea",
        document_symbol="A/B&C/1",
        session_place=NASTY,
        is_draft=True,
        resolutions=(resolution,),
        activities=(make_activity(NASTY, description=NASTY, countries=(NASTY,)),),
    )
