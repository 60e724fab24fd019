"""What taking one row of a list of activities would do, cell by cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.domain.activities import Deliverable, PartnerKind, PartnerPart
from tracker.domain.activity_details import (
    ActivityDetails,
    Participant,
    YearQuantity,
    check_details,
    country_codes,
)
from tracker.domain.activity_list import (
    QUANTITIES,
    ActivityRow,
    amount_of_cell,
    day_of_cell,
    listed_in_cell,
    named_with_kind,
)
from tracker.domain.errors import Duplicate, Invalid, Refused
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.records import may_see
from tracker.domain.rehearsal import Effect, Planned
from tracker.models.activities import Activity
from tracker.queries.activity_details import details_of
from tracker.reading.labelled import member_of
from tracker.services.activity_details import tidied
from tracker.stemming import fold


@dataclass(frozen=True, slots=True)
class PlannedActivity(Planned[ActivityRow]):
    """A row and the activity that taking it would add or change."""

    details: ActivityDetails | None = None
    activity_id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ActivityPlanning:
    """What the rows are held against."""

    units: Mapping[str, int]
    unit_keys: str
    subprogrammes: Mapping[str, int]
    languages: tuple[str, ...]
    held: Sequence[Activity]
    actor: Actor
    taken: dict[object, int]

    def planned(self, row: ActivityRow) -> PlannedActivity:
        """Return what taking ``row`` would do; every cell that is wrong is named."""
        told, refusals = self._told(row)
        if refusals:
            return PlannedActivity(row, Effect.REFUSED, tuple(refusals))
        try:
            return self._effect(row, told)
        except Refused as refusal:
            return PlannedActivity(row, Effect.REFUSED, (refusal,))

    def _effect(self, row: ActivityRow, told: dict[str, Any]) -> PlannedActivity:
        activity = self._activity(row, told)
        quantities = told.pop("quantities")
        if activity is None:
            details = ActivityDetails(
                **({"language": self.languages[0]} | told), quantities=_merged((), quantities)
            )
        else:
            before = details_of(activity)
            require(self.actor, Action.EDIT_ACTIVITY, unit_id=before.unit_id)
            if "participants" in told:
                parts = {each.part for each in told["participants"]}
                kept = (each for each in before.participants if each.part not in parts)
                told["participants"] = (*told["participants"], *kept)
            details = replace(before, **told, quantities=_merged(before.quantities, quantities))
        require(self.actor, Action.EDIT_ACTIVITY, unit_id=details.unit_id)
        check_details(details)
        details = tidied(details)
        self._refuse_repeated(row, activity, details)
        if activity is None:
            return PlannedActivity(row, Effect.MADE, (), details)
        effect = Effect.SAME if details == details_of(activity) else Effect.CHANGED
        return PlannedActivity(row, effect, (), details, activity.id, activity.version)

    def _activity(self, row: ActivityRow, told: Mapping[str, Any]) -> Activity | None:
        number = row.cell("number")
        if number:
            found = next((each for each in self.held if str(each.id) == number), None)
            if found is None or not may_see(self.actor, found.sensitivity, found.unit_id):
                raise Invalid(
                    "There is no activity with the number %(number)s. Leave the cell empty for a "
                    "new one.",
                    field="number",
                    number=number[:20],
                )
            return found
        same = (told["title"], told["unit_id"], told["starts_on"])
        return next(
            (each for each in self.held if (each.title, each.unit_id, each.starts_on) == same),
            None,
        )

    def _refuse_repeated(
        self, row: ActivityRow, activity: Activity | None, details: ActivityDetails
    ) -> None:
        key: object = activity.id if activity else (
            details.title.casefold(), details.unit_id, details.starts_on
        )  # fmt: skip
        if key in self.taken:
            raise Duplicate(
                "The same activity stands in row %(line)s. Leave one of the two out.",
                line=self.taken[key],
            )
        self.taken[key] = row.line

    def _told(self, row: ActivityRow) -> tuple[dict[str, Any], list[Refused]]:
        """Return what the cells say, and what is wrong with those that cannot be read."""
        told: dict[str, Any] = {"quantities": {}}
        refusals: list[Refused] = []
        for column, (name, read) in self._readers().items():
            words = row.cell(column)
            if not words and column not in {"title", "deliverable", "unit", "starts_on"}:
                continue
            try:
                told[name] = read(words, column)
            except Invalid as refusal:
                refusals.append(Invalid(refusal.sentence, field=column, **refusal.values))
        try:
            self._read_participants(row, told)
        except Invalid as refusal:
            refusals.append(refusal)
        for column, words in row.cells.items():
            quantity = QUANTITIES.fullmatch(column)
            if quantity is None or not words.strip():
                continue
            try:
                amount = amount_of_cell(words.strip(), column)
            except Invalid as refusal:
                refusals.append(refusal)
                continue
            told["quantities"].setdefault(int(quantity[2]), {})[quantity[1]] = amount
        return told, refusals

    def _readers(self) -> Mapping[str, tuple[str, Callable[[str, str], Any]]]:
        return {
            "title": ("title", _title),
            "deliverable": ("deliverable", lambda words, _: member_of(Deliverable, words)),
            "unit": ("unit_id", lambda words, _: self._unit(words)),
            "subprogramme": ("subprogramme_id", lambda words, _: self._subprogramme(words)),
            "starts_on": ("starts_on", day_of_cell),
            "ends_on": ("ends_on", day_of_cell),
            "description": ("description", lambda words, _: words),
            "language": ("language", lambda words, _: self._language(words)),
            "countries": ("countries", lambda words, _: country_codes(listed_in_cell(words))),
            "sector": ("sector", lambda words, _: words),
        }

    def _read_participants(self, row: ActivityRow, told: dict[str, Any]) -> None:
        named = [
            _participant(words, part, column)
            for column, part in (("partners", PartnerPart.PARTNER), ("donors", PartnerPart.DONOR))
            for words in listed_in_cell(row.cell(column))
        ]
        if named:
            told["participants"] = tuple(named)

    def _unit(self, words: str) -> int:
        found = self.units.get(fold(words))
        if found is None:
            raise Invalid(
                "There is no unit “%(unit)s”. Write one of these short names: %(known)s.",
                unit=words[:60],
                known=self.unit_keys,
            )
        return found

    def _subprogramme(self, words: str) -> int:
        number = "".join(letter for letter in words.partition(".")[0] if letter.isdecimal())
        found = self.subprogrammes.get(number)
        if found is None:
            raise Invalid(
                "There is no subprogramme “%(words)s”. Write its number: one of %(known)s.",
                words=words[:60],
                known=", ".join(sorted(self.subprogrammes, key=lambda each: (len(each), each)))
                or "–",
            )
        return found

    def _language(self, words: str) -> str:
        if words.lower() not in self.languages:
            raise Invalid(
                "The language “%(language)s” is none of this site. Enter one of %(languages)s.",
                language=words[:20],
                languages=", ".join(self.languages),
            )
        return words.lower()


def _title(words: str, column: str) -> str:
    if not words:
        raise Invalid("Enter the title of the activity.", field=column)
    if len(words) > 400:
        raise Invalid("The title has more than 400 characters. Shorten it.", field=column)
    return " ".join(words.split())


def _participant(words: str, part: PartnerPart, column: str) -> Participant:
    name, kind = named_with_kind(words)
    if len(name) > 200:
        raise Invalid("A name has more than 200 characters. Shorten it.", field=column)
    if not kind:
        raise Invalid(
            "“%(name)s” has no kind. Write its kind in brackets after the name.",
            field=column,
            name=name[:60],
        )
    try:
        return Participant(name, member_of(PartnerKind, kind), part)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, field=column, **refusal.values) from refusal


def _merged(
    held: Sequence[YearQuantity], told: Mapping[int, Mapping[str, Any]]
) -> tuple[YearQuantity, ...]:
    """Return the quantities that are held with those that are told written over them."""
    merged = {quantity.year: quantity for quantity in held}
    for year, amounts in told.items():
        merged[year] = replace(merged.get(year, YearQuantity(year)), **amounts)
    return tuple(merged[year] for year in sorted(merged))


def is_number(words: str) -> bool:
    """Tell whether a cell holds the number of an activity."""
    return words.isascii() and words.isdecimal() and len(words) <= 9
