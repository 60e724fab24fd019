"""What the demo body's sessions adopt: imported, confirmed, assigned, and in other languages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.demo.adopted_texts import LATE, RESOLUTIONS, DemoResolution, adopted_at
from tracker.demo.work import DemoWork, work_on
from tracker.domain.period_plan import slot_before
from tracker.domain.sessions import session_name
from tracker.models.instruments import Instrument
from tracker.services.assignments import assign_mandate
from tracker.services.bodies import find_body
from tracker.services.demo_body import BODY, ENTITY, DemoBody, mandates_by_place
from tracker.services.demo_names import name_bodies
from tracker.services.language_versions import add_language_version
from tracker.services.mandates import confirm_mandates, set_aside_rest
from tracker.services.resolutions import Details, ImportOutcome, import_resolutions
from tracker.services.sessions import schedule_session

PLACES = {8: "Dakar", 9: "Praia", 10: "Banjul", 11: "Mindelo"}


def adopt(body: DemoBody, number: int | None) -> str:
    """Import what a session of the Commission (None: the General Assembly) adopted; assign it."""
    calendar = body.calendar
    if number is None:
        at = calendar.moment(years=0, month=1, day=8)
    else:
        at = calendar.after_session(number, days=4)
    with body.database.transaction() as session:
        made = [_import(session, body, resolution, at=at) for resolution in adopted_at(number)]
        if number is not None:
            _schedule(session, body, number, at)
        name_bodies(session, at)
    works = [work_on(resolution, body.calendar) for resolution in adopted_at(number)]
    ours, set_aside = _confirm(body, works, made, at + timedelta(days=1))
    assigned = _assign(body, works, at + timedelta(days=2))
    symbols = ", ".join(outcome.symbol for outcome in made)
    return (
        f"{symbols}: {ours} mandates require our action, {set_aside} set aside, {assigned} assigned"
    )


def add_other_languages(body: DemoBody) -> str:
    """Add the language versions of what was adopted so far, after the ninth session."""
    at = body.calendar.after_session(9, days=33)
    added: defaultdict[str, list[str]] = defaultdict(list)
    with body.database.transaction() as session:
        for resolution in RESOLUTIONS:
            for language in resolution.languages:
                symbol = work_on(resolution, body.calendar).symbol
                add_language_version(
                    session,
                    instrument_id=session.scalars(
                        select(Instrument.id).where(Instrument.symbol == symbol)
                    ).one(),
                    content=resolution.content(
                        body.calendar.words(resolution.session, language), language
                    ),
                    file_name=resolution.file_name(language),
                    language=language,
                    actor=body.coordinator,
                    at=at,
                    files=body.files,
                )
                added[language].append(symbol)
    return "; ".join(f"{language}: {', '.join(symbols)}" for language, symbols in added.items())


def receive_late_text(body: DemoBody) -> str:
    """Import the resolution whose official text came a few days ago; nothing is confirmed yet."""
    with body.database.transaction() as session:
        made = _import(session, body, LATE, at=body.calendar.days_ago(4))
    return (
        f"{made.symbol}: {made.mandate_count} mandates, {made.proposed_for_action_count} proposed "
        "as requiring our action, to be confirmed"
    )


def _import(
    session: Session, body: DemoBody, resolution: DemoResolution, *, at: datetime
) -> ImportOutcome:
    number = resolution.session
    details = Details()
    if number is not None:
        details = Details(session=session_name(number), adopted_on=body.calendar.session(number)[1])
    (outcome,) = import_resolutions(
        session,
        content=resolution.content(body.calendar.words(number)),
        file_name=resolution.file_name(),
        actor=body.coordinator,
        at=at,
        files=body.files,
        entity=ENTITY,
        details=details,
    )
    return outcome


def _schedule(session: Session, body: DemoBody, number: int, at: datetime) -> None:
    """Set the days of this session, and of the next where they are known."""
    commission = find_body(session, BODY)
    if commission is None:
        raise LookupError(f"The demo's resolutions do not name the body {BODY}.")
    for known in (number, number + 1):
        if known in PLACES:
            opens_on, closes_on = body.calendar.session(known)
            schedule_session(
                session,
                body=commission,
                number=known,
                place=PLACES[known],
                opens_on=opens_on,
                closes_on=closes_on,
                slot_on=slot_before(opens_on),
                actor=body.coordinator,
                at=at,
            )


def _confirm(
    body: DemoBody, works: Sequence[DemoWork], made: Sequence[ImportOutcome], at: datetime
) -> tuple[int, int]:
    """Confirm what is worked on, set the rest aside; return how many of each."""
    with body.database.transaction() as session:
        mandates = mandates_by_place(session, [outcome.symbol for outcome in made])
        ours = {
            mandates[work.symbol, item.path].id: True for work in works for item in work.mandates
        }
        confirm_mandates(session, decisions=ours, actor=body.coordinator, at=at)
        set_aside = sum(
            set_aside_rest(
                session, instrument_id=outcome.instrument_id, actor=body.coordinator, at=at
            )
            for outcome in made
        )
    return len(ours), set_aside


def _assign(body: DemoBody, works: Sequence[DemoWork], at: datetime) -> int:
    count = 0
    with body.database.transaction() as session:
        for work in works:
            mandates = mandates_by_place(session, [work.symbol])
            for item in work.mandates:
                if item.unit is None:
                    continue
                mandate = mandates[work.symbol, item.path]
                assign_mandate(
                    session,
                    mandate_id=mandate.id,
                    version=mandate.version,
                    unit_id=body.units[item.unit],
                    focal_point_id=body.people[item.focal_point].person_id,
                    joint_lead=item.joint_lead,
                    actor=body.coordinator,
                    at=at,
                )
                count += 1
    return count
