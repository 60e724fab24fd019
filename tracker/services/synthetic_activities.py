"""The activities of a synthetic body, their quantities by year, and what they carry out."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tracker.demo.synthetic.records import SyntheticHouse, SyntheticMandate, at_nine
from tracker.demo.synthetic.texts import title_of_work
from tracker.domain.activities import Deliverable
from tracker.domain.mandates import Sensitivity
from tracker.models.activities import Activity, ActivityLink, ActivityQuantity
from tracker.services.bulk_rows import BulkRows

_MANDATES_AN_ACTIVITY = 2  # one activity for so many mandates that require action
_LINKS = (1, 19)  # of an activity, fewest and most: ten on the average


def add_activities(
    rows: BulkRows, chance: Random, house: SyntheticHouse, mandates: Sequence[SyntheticMandate]
) -> None:
    """Add activities, each linked to mandates of a unit, its own most often."""
    by_unit: dict[int, list[SyntheticMandate]] = {unit.id: [] for unit in house.units}
    for mandate in mandates:
        by_unit[mandate.unit.id].append(mandate)
    for _number in range(len(mandates) // _MANDATES_AN_ACTIVITY):
        unit = chance.choice(house.units)
        theirs = by_unit[unit.id]
        starts_on = date(chance.choice(house.years), chance.randint(1, 12), chance.randint(1, 28))
        ends_on = starts_on + timedelta(days=chance.randint(2, 700))
        activity_id = rows.add(
            Activity,
            deliverable=chance.choice(list(Deliverable)),
            title=title_of_work(chance),
            description="",
            language="en",
            unit_id=unit.id,
            subprogramme_id=unit.subprogramme_id,
            line_id=None,
            starts_on=starts_on,
            ends_on=ends_on,
            sensitivity=Sensitivity.UNCLASSIFIED,
            modality=None,
            sector="",
            priority_of="",
            is_good_practice=chance.random() < 0.02,
            created_at=at_nine(starts_on),
            created_by_id=house.coordinator_id,
        )
        for year in range(starts_on.year, ends_on.year + 1):
            planned = Decimal(chance.randint(1, 20))
            rows.link(
                ActivityQuantity,
                activity_id=activity_id,
                year=year,
                planned=planned,
                actual=planned - chance.randint(0, 1) if year <= house.today.year else None,
            )
        count = min(len(theirs), chance.randint(*_LINKS))
        for mandate in chance.sample(theirs, count):
            rows.link(
                ActivityLink,
                activity_id=activity_id,
                mandate_id=mandate.id,
                contribution="It carries out a part of what is asked.",
                linked_at=at_nine(starts_on),
                linked_by_id=house.coordinator_id,
            )
