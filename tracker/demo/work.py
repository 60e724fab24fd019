"""What the demo body does about its mandates: who answers, what is done, what is reported."""

from dataclasses import dataclass
from decimal import Decimal

from tracker.domain.activities import Deliverable, PartnerKind
from tracker.domain.mandates import Implementation


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a focal point reports on a mandate for the biennium."""

    status: Implementation
    done: str
    results: str = ""
    next_steps: str = ""
    difficulties: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoMandate:
    """A mandate that the demo assigns, by resolution and path, with its report."""

    symbol: str
    path: str
    unit: str
    focal_point: str
    report: DemoReport


@dataclass(frozen=True, slots=True)
class DemoActivity:
    """An activity of the demo; years count from the first of the biennium (0 or 1)."""

    title: str
    deliverable: Deliverable
    unit: str
    description: str
    first_year: int
    last_year: int
    quantities: tuple[tuple[int, Decimal, Decimal | None], ...]
    mandates: tuple[tuple[str, str, str], ...]  # symbol, path, how it contributes
    countries: tuple[str, ...] = ()
    partners: tuple[tuple[str, PartnerKind], ...] = ()
    donors: tuple[tuple[str, PartnerKind], ...] = ()


MANDATES = (
    DemoMandate(
        "41(IX)",
        "4.a",
        "ocean",
        "ana.tavares@ecaic.example",
        DemoReport(
            Implementation.ONGOING,
            "Three Governments asked for support in preparing plans for the ocean economy. The "
            "secretariat took part in drafting two of them and commented on the third.",
            "The plans of Cabo Verde and of Sao Tome and Principe were adopted by their "
            "Governments.",
            "A third plan is expected to be completed in the coming biennium.",
        ),
    ),
    DemoMandate(
        "41(IX)",
        "4.b",
        "ocean",
        "ana.tavares@ecaic.example",
        DemoReport(
            Implementation.COMPLETED,
            "The study of the costs of landing, cold storage and transport of fish was carried "
            "out in six ports and issued in English, French and Portuguese.",
            "The study shows that cold storage accounts for about one third of the cost of a "
            "kilogram of fish sold outside the island on which it was landed.",
        ),
    ),
    DemoMandate(
        "41(IX)",
        "4.c",
        "mindelo",
        "beatriz.lima@ecaic.example",
        DemoReport(
            Implementation.ONGOING,
            "Two workshops were held, in Mindelo and in Banjul, each of five days. Forty-one "
            "managers of small ports took part, eighteen of them women.",
            "Participants agreed on a common form for reporting the movements of ships.",
            "The next workshop will deal with the handling of dangerous goods.",
        ),
    ),
    DemoMandate(
        "41(IX)",
        "4.d",
        "mindelo",
        "beatriz.lima@ecaic.example",
        DemoReport(
            Implementation.IN_PROGRESS,
            "A bulletin on weather and sea conditions has been sent to nine port authorities "
            "twice a day since March of the second year.",
            "Port authorities report fewer days lost to late warnings.",
            "Two further authorities have asked to receive the bulletin.",
            "One of the two receiving stations was out of service for four months.",
        ),
    ),
    DemoMandate(
        "41(IX)",
        "4.e",
        "ocean",
        "ana.tavares@ecaic.example",
        DemoReport(
            Implementation.IN_PROGRESS,
            "Together with the International Maritime Organization, the secretariat reviewed the "
            "rules for inter-island ferries in four countries.",
            next_steps="The review will be discussed by a meeting of experts.",
        ),
    ),
    DemoMandate(
        "41(IX)",
        "6",
        "planning",
        "helena.brito@ecaic.example",
        DemoReport(
            Implementation.COMPLETED,
            "The present report was prepared for the tenth session of the Commission.",
        ),
    ),
    DemoMandate(
        "42(IX)",
        "3",
        "statistics",
        "rosa.almeida@ecaic.example",
        DemoReport(
            Implementation.IN_PROGRESS,
            "The data bank was opened with 118 indicators for eleven economies.",
            "Statistical offices now answer two international questionnaires directly from the "
            "data bank.",
            "Indicators of the environment will be added.",
        ),
    ),
    DemoMandate(
        "42(IX)",
        "4",
        "statistics",
        "rosa.almeida@ecaic.example",
        DemoReport(
            Implementation.POSTPONED,
            "Assistance was prepared with the United Nations Population Fund for three offices.",
            difficulties="Census dates were moved by the three Governments concerned.",
            reason="The censuses that the assistance was meant for were moved by one year.",
        ),
    ),
    DemoMandate(
        "42(IX)",
        "6",
        "statistics",
        "rosa.almeida@ecaic.example",
        DemoReport(
            Implementation.COMPLETED,
            "The review of progress in the statistics of the region was prepared and sent to "
            "members six weeks before the Conference of Statisticians.",
        ),
    ),
)

ACTIVITIES = (
    DemoActivity(
        "Plans for the ocean economy: technical cooperation with Governments",
        Deliverable.PROJECT,
        "ocean",
        "Advice and joint drafting of national plans for the ocean economy, at the request of "
        "Governments.",
        0,
        1,
        ((0, Decimal(1), Decimal(1)), (1, Decimal(1), Decimal(1))),
        (("41(IX)", "4.a", "Carries the assistance that the paragraph asks for."),),
        ("Cabo Verde", "Guinea-Bissau", "Sao Tome and Principe"),
        donors=(("Government of Portugal", PartnerKind.GOVERNMENT),),
    ),
    DemoActivity(
        "The cost of fish: landing, cold storage and transport",
        Deliverable.PUBLICATION,
        "ocean",
        "Study of costs in six ports, issued in three languages.",
        0,
        1,
        ((0, Decimal(0), Decimal(0)), (1, Decimal(1), Decimal(1))),
        (("41(IX)", "4.b", "Is the study that the paragraph asks for."),),
        ("Cabo Verde", "Gambia", "Senegal"),
    ),
    DemoActivity(
        "Training workshops for managers of small ports",
        Deliverable.SEMINAR,
        "mindelo",
        "One workshop of five days a year, held with the network of small ports.",
        0,
        1,
        ((0, Decimal(5), Decimal(5)), (1, Decimal(5), Decimal(5))),
        (
            ("41(IX)", "4.c", "Holds the yearly workshop."),
            ("41(IX)", "4.e", "One day of each workshop is about the safety of ferries."),
        ),
        ("Cabo Verde", "Gambia"),
        partners=(("Network of Small Ports", PartnerKind.NETWORK),),
    ),
    DemoActivity(
        "Advisory missions on the rules for inter-island ferries",
        Deliverable.ADVISORY_MISSION,
        "ocean",
        "Missions to four countries together with the International Maritime Organization.",
        0,
        1,
        ((0, Decimal(2), Decimal(1)), (1, Decimal(2), Decimal(3))),
        (("41(IX)", "4.e", "Reviews the rules country by country."),),
        ("Cabo Verde", "Gambia", "Guinea-Bissau", "Sao Tome and Principe"),
        partners=(("International Maritime Organization", PartnerKind.UNITED_NATIONS),),
    ),
    DemoActivity(
        "Data bank of indicators of small economies",
        Deliverable.DATABASE,
        "statistics",
        "118 indicators for eleven economies, open to all members.",
        0,
        1,
        ((0, Decimal(1), Decimal(1)), (1, Decimal(1), Decimal(1))),
        (("42(IX)", "3", "Is the data bank that the paragraph asks for."),),
    ),
    DemoActivity(
        "Review of progress in the statistics of the region",
        Deliverable.PARLIAMENTARY_DOCUMENTATION,
        "statistics",
        "Document for the Conference of Statisticians.",
        1,
        1,
        ((1, Decimal(1), Decimal(1)),),
        (("42(IX)", "6", "Is the review that the paragraph asks for."),),
    ),
    DemoActivity(
        "Leaflet on safety in small ports",
        Deliverable.OUTREACH,
        "mindelo",
        "Printed in three languages and displayed in ports.",
        1,
        1,
        ((1, Decimal(1), None),),
        (("41(IX)", "4.d", "Tells port workers where warnings are posted."),),
        ("Cabo Verde",),
    ),
)
