"""A division's sheet: what a file that comes back does, in both forms, and what it never does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.reporting import TEXT, House, counted_statements, open_biennium, report_on
from tests.sheets import Texts, filled_word, filled_workbook
from tests.travel import Travel
from tracker import clock
from tracker.database import Database
from tracker.domain.action_points import SaidPoint
from tracker.domain.errors import (
    Duplicate,
    Invalid,
    NotAllowed,
    Refused,
    Stale,
    WrongState,
)
from tracker.domain.mandates import Implementation
from tracker.domain.permissions import Actor
from tracker.domain.progress import ReportText
from tracker.domain.rehearsal import Effect, seal_of
from tracker.domain.unit_sheets import FilledRow, FilledSheet, UnitSheet, as_cell
from tracker.domain.workflow import Review
from tracker.models.mandates import ActionPoint, Mandate
from tracker.models.progress import ProgressDraft, ProgressReport, ReportingPeriod
from tracker.queries.unit_sheets import offered_sheets, waiting_sheets
from tracker.reading.unit_sheets import read_sheet
from tracker.services.kept_points import keep_action_points
from tracker.services.periods import lock_period
from tracker.services.progress import return_report, save_draft, submit_report
from tracker.services.sheet_plans import SheetPlan, plan_sheet
from tracker.services.unit_sheets import TakenSheet, hand_out_sheet, keep_waiting, take_sheet

Fill = Callable[[UnitSheet, Texts], bytes]
BOTH = pytest.mark.parametrize("fill", [filled_word, filled_workbook], ids=["word", "workbook"])
WORDS = {"status": "In progress", "done": "Two missions were sent.\n\nA third follows."}


@pytest.fixture
def sheet(database: Database, house: House) -> UnitSheet:
    """Open the biennium and hand out the sheet of Statistics to Ana: two paragraphs."""
    with database.transaction() as session:
        open_biennium(session, house)
    return handed(database, house, house.focal_point)


def handed(database: Database, house: House, actor: Actor, language: str = "en") -> UnitSheet:
    with database.transaction() as session:
        period = report_on(session, house.mandates[0]).period_id
        return hand_out_sheet(
            session,
            unit_id=house.statistics,
            period_id=period,
            language=language,
            actor=actor,
            at=clock.now(),
        )


def plan(database: Database, filled: FilledSheet, actor: Actor) -> SheetPlan:
    with database.reading() as session:
        return plan_sheet(session, filled, actor=actor, at=clock.now())


def take(
    database: Database, filled: FilledSheet, actor: Actor, *, submits: bool = False, **more: object
) -> TakenSheet:
    with database.transaction() as session:
        return take_sheet(
            session,
            filled,
            submits=submits,
            actor=actor,
            at=clock.now(),
            **more,  # type: ignore[arg-type] # each test names what it needs
        )


def write(sheet: UnitSheet, number: int, **cells: str) -> FilledSheet:
    """Return the sheet as it comes back with some cells of one item written over."""
    read = read_sheet(filled_workbook(sheet, {}))
    rows = [
        FilledRow(row.line, row.citation, {**row.cells, **cells}) if row.line == number else row
        for row in read.rows
    ]
    return FilledSheet(read.code, tuple(rows))


def effects(found: SheetPlan) -> list[Effect]:
    return [row.effect for row in found.rows]


def refusals(found: SheetPlan) -> list[Refused]:
    return [refusal for row in found.rows for refusal in row.refusals]


def draft_of(session: Session, report_id: int) -> ProgressDraft:
    return session.scalars(select(ProgressDraft).where(ProgressDraft.report_id == report_id)).one()


def submit_first(database: Database, sheet: UnitSheet, actor: Actor) -> None:
    with database.transaction() as session:
        report = session.get_one(ProgressReport, sheet.items[0].report_id)
        submit_report(
            session,
            report_id=report.id,
            version=report.version,
            text=TEXT,
            actor=actor,
            at=clock.now(),
        )


@BOTH
def test_a_file_that_comes_back_becomes_drafts(
    database: Database, house: House, sheet: UnitSheet, fill: Fill
) -> None:
    filled = read_sheet(fill(sheet, {1: WORDS}))

    taken = take(database, filled, house.focal_point)

    assert taken == TakenSheet(drafts=1, submitted=0, unchanged=1)
    with database.reading() as session:
        draft = draft_of(session, sheet.items[0].report_id)
        assert (draft.status, draft.done) == (Implementation.IN_PROGRESS, WORDS["done"])
        assert draft.author_id == house.focal_point.person_id


@BOTH
def test_the_same_file_again_changes_nothing(
    database: Database, house: House, sheet: UnitSheet, fill: Fill
) -> None:
    filled = read_sheet(fill(sheet, {1: WORDS, 2: {"results": "- one\n- two"}}))
    take(database, filled, house.focal_point)

    assert effects(plan(database, filled, house.focal_point)) == [Effect.SAME, Effect.SAME]
    assert take(database, filled, house.focal_point) == TakenSheet(0, 0, 2)


@BOTH
def test_complete_texts_are_submitted_and_the_others_kept(
    database: Database, house: House, sheet: UnitSheet, fill: Fill
) -> None:
    filled = read_sheet(fill(sheet, {1: WORDS, 2: {"done": "A study was begun."}}))

    taken = take(database, filled, house.focal_point, submits=True)

    assert taken == TakenSheet(drafts=1, submitted=1, unchanged=0)
    with database.reading() as session:
        states = [session.get_one(ProgressReport, item.report_id).review for item in sheet.items]
    assert states == [Review.SUBMITTED, Review.DRAFT]
    assert take(database, filled, house.focal_point, submits=True) == TakenSheet(0, 0, 2)


@BOTH
def test_all_five_fields_come_back_in_another_language(
    database: Database, house: House, sheet: UnitSheet, fill: Fill
) -> None:
    spanish = handed(database, house, house.focal_point, "es")
    words = {
        "status": "Aplazado",
        "status_reason": "Elecciones.",
        "postponed_to": "2027-03-01",
        "done": "Dos misiones: «islas» & más.",
        "results": "=1+1",
        "next_steps": "@mañana",
        "difficulties": "- una\n- otra",
    }

    take(database, read_sheet(fill(spanish, {2: words})), house.focal_point)

    with database.reading() as session:
        draft = draft_of(session, sheet.items[1].report_id)
    assert (draft.status, draft.postponed_to) == (Implementation.POSTPONED, date(2027, 3, 1))
    assert [draft.done, draft.results, draft.next_steps, draft.difficulties] == [
        words[field] for field in ("done", "results", "next_steps", "difficulties")
    ]


@BOTH
def test_an_untouched_file_repeats_what_the_pages_say(
    database: Database, house: House, sheet: UnitSheet, fill: Fill
) -> None:
    text = replace(TEXT, done=" a\t<b> \r\n\r\n‘c’ \n", results="=SUM(A1)", difficulties="+1")
    with database.transaction() as session:
        first = sheet.items[0].report_id
        save_draft(session, report_id=first, text=text, actor=house.focal_point, at=clock.now())
    again = handed(database, house, house.focal_point)

    read = read_sheet(fill(again, {}))

    assert read.rows[0].cells["done"] == as_cell(text.done)
    assert effects(plan(database, read, house.focal_point)) == [Effect.SAME, Effect.SAME]


def test_what_changed_on_the_page_meanwhile_is_a_conflict(
    database: Database, house: House, sheet: UnitSheet, travel: Travel
) -> None:
    travel.by(timedelta(hours=1))
    with database.transaction() as session:
        first = sheet.items[0].report_id
        save_draft(session, report_id=first, text=TEXT, actor=house.focal_point, at=clock.now())
    filled = write(sheet, 1, done="Another text.")

    found = plan(database, filled, house.focal_point)

    assert (found.rows[0].conflicts, type(refusals(found)[0])) == (("done",), Stale)
    with pytest.raises(Invalid):
        take(database, filled, house.focal_point)
    with database.reading() as session:
        assert draft_of(session, first).done == TEXT.done


def test_fields_changed_here_and_there_are_joined(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    with database.transaction() as session:
        first = sheet.items[0].report_id
        save_draft(session, report_id=first, text=TEXT, actor=house.focal_point, at=clock.now())

    take(database, write(sheet, 1, results="Five islands are counted."), house.focal_point)

    with database.reading() as session:
        draft = draft_of(session, first)
    assert (draft.done, draft.results) == (TEXT.done, "Five islands are counted.")


def test_rows_that_are_left_alone_do_not_keep_the_others_back(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    filled = read_sheet(filled_word(sheet, {1: {"status": "Nearly"}, 2: WORDS}))

    with pytest.raises(Invalid, match="Some rows are refused"):
        take(database, filled, house.focal_point)
    taken = take(database, filled, house.focal_point, leave={1})

    assert taken == TakenSheet(drafts=1, submitted=0, unchanged=0)


def test_a_colleague_brings_the_sheet_with_the_texts_of_whoever_made_it(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    with database.transaction() as session:
        first = sheet.items[0].report_id
        save_draft(session, report_id=first, text=TEXT, actor=house.focal_point, at=clock.now())
    again = handed(database, house, house.focal_point)

    found = plan(database, read_sheet(filled_word(again, {})), house.manager)

    assert (effects(found)[0], found.rows[0].text) == (Effect.MADE, TEXT)


def test_nothing_is_taken_into_a_text_that_was_submitted(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    submit_first(database, sheet, house.focal_point)

    (refusal,) = refusals(plan(database, write(sheet, 1, results="More."), house.focal_point))

    assert isinstance(refusal, WrongState)


def test_a_returned_text_is_on_the_sheet_and_changed_by_it(
    database: Database, house: House, sheet: UnitSheet, travel: Travel
) -> None:
    submit_first(database, sheet, house.focal_point)
    travel.by(timedelta(hours=1))
    with database.transaction() as session:
        report = session.get_one(ProgressReport, sheet.items[0].report_id)
        return_report(
            session,
            report_id=report.id,
            version=report.version,
            remark="Which islands?",
            actor=house.manager,
            at=clock.now(),
        )
    again = handed(database, house, house.focal_point)

    taken = take(
        database, write(again, 1, done="Two missions to Sal."), house.focal_point, submits=True
    )

    assert (again.items[0].text, taken.submitted) == (TEXT, 1)


def test_who_submits_for_others_says_who_gave_the_answers(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    mailbox = replace(house.focal_point, is_mailbox=True)
    filled = read_sheet(filled_word(sheet, {1: WORDS}))

    with pytest.raises(Invalid, match="Enter your name"):
        take(database, filled, mailbox, submits=True)

    assert take(database, filled, mailbox, submits=True, given_by="Ana").submitted == 1


def test_a_rehearsal_that_no_longer_holds_takes_nothing(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    filled = read_sheet(filled_word(sheet, {1: WORDS}))
    seal = seal_of(plan(database, filled, house.focal_point).rows)
    submit_first(database, sheet, house.focal_point)

    with pytest.raises(Stale):
        take(database, filled, house.focal_point, seal=seal)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        pytest.param({"status": "Nearly done"}, "none of the words for how far", id="status"),
        pytest.param({"postponed_to": "5/6/2027"}, "can be read as two days", id="date"),
        pytest.param({"done": "x" * 20_001}, "at most 20000 are kept", id="length"),
    ],
)
def test_cells_that_cannot_be_taken_are_told(
    database: Database, house: House, sheet: UnitSheet, cells: dict[str, str], told: str
) -> None:
    (refusal,) = refusals(plan(database, write(sheet, 1, **cells), house.focal_point))

    assert told in str(refusal)


def test_texts_beside_another_paragraph_are_refused(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    first, second = read_sheet(filled_workbook(sheet, {})).rows
    swapped = FilledSheet(
        sheet.code,
        (replace(first, citation=second.citation), replace(second, citation=first.citation)),
    )

    told = [str(refusal) for refusal in refusals(plan(database, swapped, house.focal_point))]

    assert len(told) == 2
    assert all("texts may stand beside the wrong paragraph" in sentence for sentence in told)


def test_a_number_that_stands_twice_or_nowhere_is_refused(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    first, _ = read_sheet(filled_workbook(sheet, {})).rows
    filled = FilledSheet(sheet.code, (first, first, replace(first, line=9, citation="")))

    kinds = [type(refusal) for refusal in refusals(plan(database, filled, house.focal_point))]

    assert kinds == [Duplicate, Invalid]


def test_a_row_that_was_taken_out_stays_as_it_is(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    _, second = read_sheet(filled_workbook(sheet, {2: WORDS})).rows

    filled = FilledSheet(sheet.code, (second,))

    assert plan(database, filled, house.focal_point).left_out == (sheet.items[0].citation,)
    assert take(database, filled, house.focal_point).drafts == 1


@pytest.mark.parametrize("who", ["other_focal_point", "other_manager", "viewer", "editor"])
def test_the_sheet_of_another_unit_is_neither_handed_out_nor_taken(
    database: Database, house: House, sheet: UnitSheet, who: str
) -> None:
    stranger: Actor = getattr(house, who)

    with pytest.raises(NotAllowed):
        handed(database, house, stranger)
    with pytest.raises(NotAllowed, match="for which you do not write"):
        plan(database, read_sheet(filled_word(sheet, {1: WORDS})), stranger)


@pytest.mark.parametrize("who", ["focal_point", "manager", "coordinator"])
def test_whoever_writes_for_the_unit_can_have_its_sheet(
    database: Database, house: House, sheet: UnitSheet, who: str
) -> None:
    actor: Actor = getattr(house, who)

    with database.reading() as session:
        offered = offered_sheets(session, actor)

    assert (house.statistics, 2, 2) in [
        (each.unit_id, each.asked_count, each.open_count) for each in offered
    ]
    assert handed(database, house, actor).code != sheet.code


def test_a_sheet_of_a_locked_period_is_refused_as_a_whole(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    with database.transaction() as session:
        report = report_on(session, house.mandates[0])
        version = session.get_one(ReportingPeriod, report.period_id).version
        lock_period(
            session,
            period_id=report.period_id,
            version=version,
            actor=house.coordinator,
            at=clock.now(),
        )

    with pytest.raises(WrongState, match="takes no answers any more"):
        plan(database, read_sheet(filled_word(sheet, {1: WORDS})), house.focal_point)
    with pytest.raises(WrongState):
        handed(database, house, house.focal_point)


def test_a_code_that_was_never_handed_out_is_refused(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    filled = FilledSheet("AAAA-AAAA-AAAA-AAAA", ())

    with pytest.raises(Invalid, match="No sheet with the code"):
        plan(database, filled, house.focal_point)


def test_a_sheet_that_waits_is_forgotten_once_it_is_taken(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    filled = read_sheet(filled_word(sheet, {1: WORDS}))
    found = plan(database, filled, house.focal_point)
    with database.transaction() as session:
        keep_waiting(session, found, digest="d" * 64, actor=house.focal_point, at=clock.now())

    with database.reading() as session:
        (waiting,) = waiting_sheets(session, house.focal_point.person_id)
    take(database, filled, house.focal_point)

    assert waiting.digest == "d" * 64
    with database.reading() as session:
        assert waiting_sheets(session, house.focal_point.person_id) == []


def test_a_sheet_is_made_and_rehearsed_in_as_many_statements_whatever_its_length(
    database: Database, house: House, sheet: UnitSheet
) -> None:
    both = read_sheet(filled_word(sheet, {1: WORDS, 2: WORDS}))
    one = FilledSheet(both.code, both.rows[:1])

    with counted_statements(database) as for_both:
        plan(database, both, house.focal_point)
    with counted_statements(database) as for_one:
        plan(database, one, house.focal_point)

    assert len(for_both) == len(for_one) == 5
    assert sheet.items[0].text == ReportText()


@pytest.fixture
def with_points(database: Database, house: House) -> UnitSheet:
    """Hand out a sheet whose first paragraph has two action points, one of them of Trade."""
    with database.transaction() as session:
        open_biennium(session, house)
    keep_points(
        database,
        house,
        SaidPoint("To count the rocks", house.statistics, house.focal_point.person_id),
        SaidPoint("To sell the rocks", house.trade, status=Implementation.IN_PROGRESS),
    )
    return handed(database, house, house.focal_point)


def keep_points(database: Database, house: House, *points: SaidPoint) -> None:
    with database.transaction() as session:
        keep_action_points(
            session,
            mandate_id=house.mandates[0],
            version=session.get_one(Mandate, house.mandates[0]).version,
            points=points,
            actor=house.coordinator,
            at=clock.now(),
        )


def statuses(database: Database) -> list[Implementation | None]:
    with database.reading() as session:
        return list(session.scalars(select(ActionPoint.status).order_by(ActionPoint.position)))


@BOTH
def test_action_points_go_out_and_their_status_comes_back(
    database: Database, house: House, with_points: UnitSheet, fill: Fill
) -> None:
    shown = [(point.text, point.who, point.status) for point in with_points.items[0].points]
    assert shown == [
        ("To count the rocks", "Ana Focal", None),
        ("To sell the rocks", "Trade Division", Implementation.IN_PROGRESS),
    ]
    filled = read_sheet(fill(with_points, {1: {"point 1": "Completed"}}))

    assert effects(plan(database, filled, house.focal_point)) == [Effect.CHANGED, Effect.SAME]
    taken = take(database, filled, house.focal_point)

    assert (taken.points, taken.drafts) == (1, 0)
    assert statuses(database) == [Implementation.COMPLETED, Implementation.IN_PROGRESS]
    assert take(database, filled, house.focal_point) == TakenSheet(0, 0, 2)


@BOTH
def test_a_point_of_another_unit_or_of_no_such_status_is_refused(
    database: Database, house: House, with_points: UnitSheet, fill: Fill
) -> None:
    filled = read_sheet(fill(with_points, {1: {"point 1": "Almost", "point 2": "Completed"}}))

    kinds = [type(one) for one in refusals(plan(database, filled, house.focal_point))]

    assert kinds == [Invalid, NotAllowed]


def test_a_point_that_changed_on_the_page_meanwhile_is_not_overwritten(
    database: Database, house: House, with_points: UnitSheet
) -> None:
    filled = read_sheet(filled_word(with_points, {1: {"point 1": "Completed"}}))
    keep_points(
        database,
        house,
        SaidPoint("To count the rocks", house.statistics, house.focal_point.person_id,
                  Implementation.POSTPONED),
        SaidPoint("To sell the rocks", house.trade, status=Implementation.IN_PROGRESS),
    )  # fmt: skip

    (refusal,) = refusals(plan(database, filled, house.focal_point))

    assert isinstance(refusal, Stale)
    assert "Action point 1 was changed on the page" in str(refusal)
    assert take(database, filled, house.focal_point, leave=[1]).points == 0
