"""What a brief is made from: activities and approved reports that have to do with its subject."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.domain.activities import Category
from tracker.domain.briefs.subjects import BriefSubject
from tracker.domain.mandates import Implementation


@dataclass(frozen=True, slots=True)
class BriefActivity:
    """One activity, its quantities summed over the years that the brief covers.

    ``subcategory`` and ``measure`` are in the language of the brief; ``references`` name the
    mandates that it carries out.
    """

    activity_id: int
    title: str
    category: Category
    starts_on: date
    ends_on: date | None = None
    subcategory: str = ""
    measure: str = ""
    planned: Decimal | None = None
    actual: Decimal | None = None
    partners: tuple[str, ...] = ()
    description: str = ""
    language: str = "en"
    is_good_practice: bool = False
    references: tuple[str, ...] = ()

    @property
    def last_day(self) -> date:
        """Return the day on which it ends, as far as one is known."""
        return self.ends_on or self.starts_on


@dataclass(frozen=True, slots=True)
class BriefReport:
    """What was last reported on a mandate and approved.

    ``is_named`` tells that the text or the clause speaks of the brief's subject, or that people
    said so; ``documents`` are the symbols of the final reports that hold the text; ``body_key``,
    ``slug`` and ``path`` are the parts of the mandate's address.
    """

    mandate_id: int
    revision_id: int
    reference: str
    asked: str
    period_name: str
    cleared_on: date
    status: Implementation | None = None
    done: str = ""
    results: str = ""
    language: str = "en"
    is_named: bool = False
    activity_count: int = 0
    documents: tuple[str, ...] = ()
    clause_language: str = "en"
    body_key: str = ""
    slug: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class BriefContent:
    """Everything that may stand in a brief, the most telling first.

    ``list_address`` is where all of it is listed. ``withheld_count`` is how many activities of
    the subject are internal or confidential, as far as the reader may know of them.
    """

    entity_name: str
    subject: BriefSubject
    since: date
    written_on: date
    language: str
    list_address: str
    activities: tuple[BriefActivity, ...] = ()
    reports: tuple[BriefReport, ...] = ()
    withheld_count: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is known of the subject."""
        return not self.activities and not self.reports


def by_weight(activities: list[BriefActivity], today: date) -> tuple[BriefActivity, ...]:
    """Return activities, the most telling first.

    Good practices, then those that have begun, have results to show, are described and carry
    mandates out; among equals the latest.
    """

    def weight(activity: BriefActivity) -> tuple[object, ...]:
        return (
            not activity.is_good_practice,
            activity.starts_on > today,
            not activity.actual,
            not activity.description,
            not activity.references,
            -activity.last_day.toordinal(),
            activity.title,
            activity.activity_id,
        )

    return tuple(sorted(activities, key=weight))
