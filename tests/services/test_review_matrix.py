"""Every stage of a report, every move and every role: done, or refused for the right reason."""

from collections.abc import Callable, Mapping
from itertools import product

import pytest
from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.matrices import MATRIX
from tests.reporting import TEXT, House, make_actor, make_unit, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import NotAllowed, WrongState
from tracker.domain.permissions import Action, Actor, Role, is_allowed
from tracker.domain.workflow import TRANSITIONS, Level, Move, Review, Stage, is_possible, next_stage
from tracker.models.people import OrganizationalUnit
from tracker.models.progress import ProgressReport
from tracker.services.attestations import take_back_report
from tracker.services.frozen_reports import freeze_reports
from tracker.services.progress import clear_report, return_report, save_draft, submit_report

# What a person does on one report; freezing is the work of a final edition alone.
ACTIONS = {
    Move.SAVE: Action.WRITE_PROGRESS,
    Move.SUBMIT: Action.SUBMIT_REPORT,
    Move.TAKE_BACK: Action.SUBMIT_REPORT,
    Move.RETURN: Action.RETURN_REPORT,
    Move.CLEAR: Action.CLEAR_REPORT,
}
# How a report comes to each stage; at the second level, where its unit asks for that.
WAYS: Mapping[Stage, tuple[Move, ...]] = {
    Stage(Review.OPEN): (),
    Stage(Review.DRAFT): (Move.SAVE,),
    Stage(Review.SUBMITTED): (Move.SUBMIT,),
    Stage(Review.RETURNED): (Move.SUBMIT, Move.RETURN),
    Stage(Review.CLEARED): (Move.SUBMIT, Move.CLEAR),
    Stage(Review.FROZEN): (Move.SUBMIT, Move.CLEAR, Move.FREEZE),
    Stage(Review.SUBMITTED, Level.SECOND): (Move.SUBMIT, Move.CLEAR),
    Stage(Review.CLEARED, Level.SECOND): (Move.SUBMIT, Move.CLEAR, Move.CLEAR),
    Stage(Review.FROZEN, Level.SECOND): (Move.SUBMIT, Move.CLEAR, Move.CLEAR, Move.FREEZE),
}


def test_every_stage_of_the_table_is_walked() -> None:
    assert set(WAYS) == {stage for stage, _move in TRANSITIONS} | set(TRANSITIONS.values())


@pytest.mark.slow
def test_a_move_is_made_where_both_tables_allow_it_and_refused_by_the_one_that_does_not(
    database: Database, house: House, record_property: Callable[[str, object], None]
) -> None:
    wrong, count = [], 0
    for stage in WAYS:
        with arranging(), database.transaction() as session:
            report, people = reach(session, house, stage)
            for move, actor in product(ACTIONS, people):
                told, expected = (
                    attempt(session, report, move, actor),
                    foretell(house, stage, move, actor),
                )
                count += 1
                if told != expected:
                    wrong.append(f"{stage}, {move} by {actor.name}: {told}, not {expected}")
            session.rollback()
    record_property(MATRIX, f"{len(WAYS)} stages x {len(ACTIONS)} moves x people = {count}")

    assert wrong == []


def reach(session: Session, house: House, stage: Stage) -> tuple[ProgressReport, list[Actor]]:
    """Bring the first report to a stage, and return it with people who have not touched it."""
    if stage.level is Level.SECOND:
        session.get_one(OrganizationalUnit, house.statistics).second_clearance_unit_id = house.trade
    period = open_biennium(session, house)
    report = report_on(session, house.mandates[0])
    others = make_unit(session, "others", "Others", "UTC").id
    units = {"Statistics": house.statistics, "Trade": house.trade, "Others": others, "all": None}
    people = [make_actor(session, "Nobody Yet")] + [
        make_actor(session, f"{role} of {name}", (role, unit_id))
        for role in Role
        for name, unit_id in units.items()
    ]
    clearers = iter((house.manager, house.other_manager))
    for move in WAYS[stage]:
        if move is Move.FREEZE:
            freeze_reports(session, period_id=period.id, actor=house.editor, at=clock.now())
        else:
            actor = {Move.CLEAR: clearers, Move.RETURN: clearers}.get(
                move, iter([house.focal_point])
            )
            make(session, report, move, next(actor))
    assert report.stage == stage
    return report, people


def attempt(session: Session, report: ProgressReport, move: Move, actor: Actor) -> object:
    """Return where a move leads, or why it is refused; leave the report as it was."""
    savepoint = session.begin_nested()
    try:
        make(session, report, move, actor)
        session.flush()
    except (NotAllowed, WrongState) as refusal:
        return type(refusal)
    else:
        return report.stage
    finally:
        savepoint.rollback()
        session.expire_all()


def foretell(house: House, stage: Stage, move: Move, actor: Actor) -> object:
    """Return what the two tables say of a move: where it leads, or which of them refuses it."""
    is_second = stage.level is Level.SECOND
    units = {house.statistics} | ({house.trade} if is_second and move is Move.RETURN else set())
    if is_second and move is Move.CLEAR:
        units = {house.trade}
    if not any(is_allowed(actor, ACTIONS[move], unit_id=unit_id) for unit_id in units):
        return NotAllowed
    return next_stage(stage, move) if is_possible(stage, move) else WrongState


def make(session: Session, report: ProgressReport, move: Move, actor: Actor) -> None:
    """Make a move as its service does."""
    report_id, version, at = report.id, report.version, clock.now()
    if move is Move.SAVE:
        save_draft(session, report_id=report_id, text=TEXT, actor=actor, at=at)
    elif move is Move.SUBMIT:
        submit_report(session, report_id=report_id, version=version, text=TEXT, actor=actor, at=at)
    elif move is Move.TAKE_BACK:
        take_back_report(session, report_id=report_id, version=version, actor=actor, at=at)
    elif move is Move.RETURN:
        return_report(
            session, report_id=report_id, version=version, remark="Which?", actor=actor, at=at
        )
    else:
        clear_report(session, report_id=report_id, version=version, actor=actor, at=at)
    session.flush()
    session.refresh(report)
