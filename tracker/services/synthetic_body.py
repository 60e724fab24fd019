"""A synthetic body in an empty database: as large as asked, the same for the same seed.

Rows are written past the services that people use, since these would take hours; what they hold is
what those services would have left, except that the audit trail is empty.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.synthetic.records import (
    SyntheticHouse,
    SyntheticMandate,
    SyntheticUnit,
    at_nine,
)
from tracker.demo.synthetic.texts import SyntheticBlock, SyntheticResolution, resolutions
from tracker.demo.synthetic.words import DIVISIONS, FIRST_NAMES, LAST_NAMES
from tracker.domain.assignments import Acceptance
from tracker.domain.errors import Duplicate, Invalid
from tracker.domain.mandates import ConcernsUs, Lifecycle, Nature, Periodicity, Sensitivity
from tracker.domain.permissions import Role
from tracker.domain.symbols import parse_symbol, roman_numeral
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    Instrument,
    InstrumentKind,
    InstrumentText,
)
from tracker.models.mandates import Assignment, AssignmentAnswer, Mandate
from tracker.models.people import (
    OrganizationalUnit,
    Person,
    PersonKind,
    RoleAssignment,
    Subprogramme,
    UnitKind,
)
from tracker.services.bulk_rows import BulkRows
from tracker.services.instrument_names import sort_text
from tracker.services.synthetic_activities import add_activities
from tracker.services.synthetic_reports import add_reports

SESSIONS = 6  # a commission meets every two years; what is older was renewed or has ended
LEAST_PEOPLE = 10
_DOMAIN = "synthetic.example"
_HOUSE_ROLES = (Role.ADMINISTRATOR, Role.COORDINATOR, Role.EDITOR, Role.VIEWER)
_LANGUAGES = ("en", "es", "fr", "pt")


def load_synthetic_body(
    session: Session, *, mandate_count: int, person_count: int, seed: int, today: date
) -> Mapping[str, int]:
    """Fill an empty database; return how many rows each table got.

    Raises Duplicate where anything is in it already, Invalid for a body without mandates or with
    fewer people than its roles need.
    """
    if session.scalar(select(Person.id).limit(1)) or session.scalar(select(Body.id).limit(1)):
        raise Duplicate("There is something in this database already. Take an empty one.")
    if mandate_count < 1 or person_count < LEAST_PEOPLE:
        raise Invalid(
            "A synthetic body needs at least 1 mandate and %(people)s people.", people=LEAST_PEOPLE
        )
    chance = Random(seed)  # noqa: S311 - no secret
    rows = BulkRows(session)
    house = _found_house(rows, chance, person_count, today)
    mandates = list(_adopt(rows, chance, house, mandate_count))
    add_reports(rows, chance, house, mandates)
    add_activities(rows, chance, house, mandates)
    rows.finish()
    return rows.counts


def _found_house(rows: BulkRows, chance: Random, person_count: int, today: date) -> SyntheticHouse:
    newest = today.year - today.year % 2
    years = tuple(newest - 2 * back for back in reversed(range(SESSIONS)))
    founded = at_nine(date(years[0] - 1, 1, 7))
    numbers = count(1)
    house_people = [
        _add_person(rows, next(numbers), f"{role}@{_DOMAIN}", role, None, founded)
        for role in _HOUSE_ROLES
    ]
    unit_ids = [
        rows.add(
            OrganizationalUnit,
            key=name.lower().replace(" ", "-"),
            name=f"{name} Division",
            language="en",
            kind=UnitKind.DIVISION,
            parent_id=None,
            time_zone=chance.choice(("UTC", "America/Santiago", "America/Mexico_City")),
            position=place,
            closed_at=None,
            second_clearance_unit_id=None,
        )
        for place, name in enumerate(DIVISIONS)
    ]
    people: dict[int, dict[Role, list[int]]] = {unit_id: {} for unit_id in unit_ids}
    for number in range(person_count - len(house_people)):
        unit_id = unit_ids[number % len(unit_ids)]
        held = people[unit_id]
        is_manager = number // len(unit_ids) % 10 == 1
        role = Role.MANAGER if is_manager else Role.FOCAL_POINT
        email = f"person{number:05}@{_DOMAIN}"
        held.setdefault(role, []).append(
            _add_person(rows, next(numbers), email, role, unit_id, founded)
        )
    units = tuple(
        SyntheticUnit(
            unit_id,
            rows.add(Subprogramme, number=str(place), name=name, language="en", unit_id=unit_id),
            tuple(people[unit_id].get(Role.FOCAL_POINT, house_people[1:2])),
            tuple(people[unit_id].get(Role.MANAGER, house_people[1:2])),
        )
        for place, (unit_id, name) in enumerate(zip(unit_ids, DIVISIONS, strict=True), 1)
    )
    return SyntheticHouse(house_people[1], units, years, today)


def _add_person(
    rows: BulkRows, number: int, email: str, role: Role, unit_id: int | None, since: datetime
) -> int:
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]
    person_id = rows.add(
        Person,
        kind=PersonKind.PERSON,
        name=f"{first} {last} {number}",
        email=email,
        language=_LANGUAGES[number % len(_LANGUAGES)] if unit_id else "en",
        time_zone="UTC",
        password_hash=None,
        sign_in_counter=0,
        is_active=True,
        invited_at=since,
        last_signed_in_at=None,
    )
    rows.add(RoleAssignment, person_id=person_id, role=role, unit_id=unit_id, given_at=since)
    return person_id


def _adopt(
    rows: BulkRows, chance: Random, house: SyntheticHouse, mandate_count: int
) -> Iterator[SyntheticMandate]:
    """Let the sessions adopt resolutions, as many mandates each; yield those that ask us."""
    body_id = rows.add(Body, key="synthetic", name="Synthetic Commission", language="en")
    per_session = -(-mandate_count // len(house.years))
    left = mandate_count
    numbers = count(1)
    for place, year in enumerate(house.years, 30):
        session_id = rows.add(
            BodySession,
            body_id=body_id,
            number=place,
            name=f"Session {place}",
            language="en",
            place=None,
            opens_on=date(year, 5, 12),
            closes_on=date(year, 5, 16),
            slot_on=date(year, 3, 3),
        )
        wanted = min(left, per_session)
        left -= wanted
        for resolution in resolutions(chance, wanted):
            symbol = f"{next(numbers)}({roman_numeral(place)})"
            yield from _add_resolution(
                rows, chance, house, resolution, _Adoption(body_id, session_id, symbol, year)
            )


@dataclass(frozen=True, slots=True)
class _Adoption:
    body_id: int
    session_id: int
    symbol: str
    year: int


def _add_resolution(
    rows: BulkRows,
    chance: Random,
    house: SyntheticHouse,
    resolution: SyntheticResolution,
    adoption: _Adoption,
) -> Iterator[SyntheticMandate]:
    symbol = parse_symbol(adoption.symbol)
    adopted_on = min(date(adoption.year, 5, 16), house.today)
    instrument_id = rows.add(
        Instrument,
        kind=InstrumentKind.RESOLUTION,
        body_id=adoption.body_id,
        session_id=adoption.session_id,
        series_id=None,
        annexed_to_id=None,
        symbol=symbol.printed,
        slug=symbol.slug,
        sort_key=sort_text(symbol),
        adopted_on=adopted_on,
        imported_at=at_nine(adopted_on),
        imported_by_id=house.coordinator_id,
    )
    rows.add(
        InstrumentText,
        instrument_id=instrument_id,
        language="en",
        is_original=True,
        title=resolution.title,
        is_official=True,
        is_out_of_date=False,
        source_file_id=None,
    )
    unit = chance.choice(house.units)
    clause_ids: list[int] = []
    for position, block in enumerate(resolution.blocks):
        clause_ids.append(_add_block(rows, instrument_id, position, block, clause_ids))
        if block.is_mandate:
            own = unit if chance.random() < 0.8 else chance.choice(house.units)
            made = _add_mandate(
                rows, chance, house, _Asked(instrument_id, clause_ids[-1], block, own, adopted_on)
            )
            if made is not None:
                yield made


def _add_block(
    rows: BulkRows,
    instrument_id: int,
    position: int,
    block: SyntheticBlock,
    clause_ids: Sequence[int],
) -> int:
    clause_id = rows.add(
        Clause,
        instrument_id=instrument_id,
        position=position,
        kind=block.kind,
        number=block.number,
        path=block.path,
        level=block.level,
        parent_id=None if block.parent is None else clause_ids[block.parent],
        is_dropped=False,
    )
    rows.add(
        ClauseText,
        clause_id=clause_id,
        language="en",
        is_original=True,
        verb=block.verb,
        text=block.text,
        is_out_of_date=False,
    )
    return clause_id


@dataclass(frozen=True, slots=True)
class _Asked:
    instrument_id: int
    clause_id: int
    block: SyntheticBlock
    unit: SyntheticUnit
    adopted_on: date


def _add_mandate(
    rows: BulkRows, chance: Random, house: SyntheticHouse, asked: _Asked
) -> SyntheticMandate | None:
    """Add a mandate; return it where it requires our action and somebody answers for it."""
    block, unit = asked.block, asked.unit
    is_new = asked.adopted_on.year == house.years[-1]
    confirmed = not is_new or chance.random() < 0.9
    is_owned = confirmed and block.is_ask and chance.random() < 0.98
    age = (house.years[-1] - asked.adopted_on.year) // 2
    has_ended = confirmed and chance.random() < age * 0.08
    focal_point_id = chance.choice(unit.focal_point_ids)
    at = at_nine(asked.adopted_on)
    is_accepted = not is_new or chance.random() < 0.8
    due_on = asked.adopted_on + timedelta(days=chance.randint(200, 1400))
    has_date = is_owned and chance.random() < 0.3
    mandate_id = rows.add(
        Mandate,
        clause_id=asked.clause_id,
        instrument_id=asked.instrument_id,
        action_verb=block.verb,
        addressee="the Executive Secretary" if block.is_ask else "members",
        occasion=None,
        nature=Nature.ACTION_BY_SECRETARIAT if block.is_ask else Nature.ACTION_BY_OTHERS,
        periodicity=chance.choice(list(Periodicity)) if block.is_ask else None,
        concerns_us=ConcernsUs.BY_NAME if block.is_ask else ConcernsUs.NO,
        is_proposed_for_action=block.is_ask,
        requires_action=block.is_ask if confirmed else None,
        confirmed_at=at if confirmed else None,
        confirmed_by_id=house.coordinator_id if confirmed else None,
        needs_look=False,
        lifecycle=Lifecycle.ELAPSED if has_ended else Lifecycle.ACTIVE,
        lifecycle_source="by its own terms" if has_ended else None,
        sensitivity=Sensitivity.UNCLASSIFIED,
        subprogramme_id=unit.subprogramme_id if is_owned else None,
        lead_unit_id=unit.id if is_owned else None,
        focal_point_id=focal_point_id if is_owned else None,
        deputy_id=None,
        acceptance=(Acceptance.ACCEPTED if is_accepted else Acceptance.WAITING)
        if is_owned
        else None,
        due_on=due_on if has_date else None,
    )
    if not is_owned:
        return None
    assignment_id = rows.add(
        Assignment,
        mandate_id=mandate_id,
        unit_id=unit.id,
        person_id=focal_point_id,
        deputy_id=None,
        due_on=due_on if has_date else None,
        assigned_at=at,
        assigned_by_id=house.coordinator_id,
    )
    if is_accepted:
        rows.add(
            AssignmentAnswer,
            assignment_id=assignment_id,
            is_accepted=True,
            reason="",
            answered_at=at + timedelta(days=1),
            answered_by_id=focal_point_id,
        )
    return SyntheticMandate(
        mandate_id, unit, focal_point_id, asked.adopted_on.year, is_active=not has_ended
    )
