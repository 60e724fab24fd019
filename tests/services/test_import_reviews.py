"""A review can be left and resumed, changed and undone; what it imports is what it shows."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.importing import import_text
from tests.reporting import House, counted_statements
from tests.resolution_texts import ADOPTED, EARLIER
from tests.services.reviewing import DAMAGED, Desk, desk
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import BlockKind
from tracker.domain.errors import (
    Duplicate,
    Invalid,
    NotAllowed,
    NotFound,
    Stale,
    UnreadableDocument,
    WrongState,
)
from tracker.domain.permissions import Role
from tracker.domain.review_edits import ChangeKind, ChangeText, LeaveOut, Settle, Split
from tracker.domain.review_history import Turn
from tracker.models.audit import AuditEntry
from tracker.models.imports import ImportFile, ImportReviewEdit, ReviewState
from tracker.models.instruments import Clause, ClauseCorrection, ClauseText, Instrument, SourceFile
from tracker.queries.import_files import file_under_way, half_done_files
from tracker.queries.import_reviews import review_under_way
from tracker.services.import_reviews import discard_reviews, save_details
from tracker.services.resolutions import Details

__all__ = ["desk"]

IMPORTED = (SourceFile, Clause, ClauseCorrection, AuditEntry)


def counted(database: Database, *models: type) -> int:
    with database.reading() as session:
        return sum(session.scalar(select(func.count()).select_from(each)) or 0 for each in models)


def texts_of(database: Database, slug: str) -> dict[str, str]:
    with database.reading() as session:
        rows = session.execute(
            select(Clause.path, ClauseText.text)
            .join(ClauseText, ClauseText.clause_id == Clause.id)
            .join(Instrument, Instrument.id == Clause.instrument_id)
            .where(Instrument.slug == slug, Clause.path.is_not(None))
        )
        return {row.path: row.text for row in rows}


def torn_at(desk_text: str) -> int:
    return desk_text.index("3. ")


def test_a_received_file_is_kept_and_reviewed_before_anything_is_imported(
    desk: Desk, database: Database
) -> None:
    before = counted(database, *IMPORTED, Instrument)

    review = desk.open()

    assert counted(database, *IMPORTED, Instrument) == before
    assert desk.uploads.content_of(desk.uploads.keep(DAMAGED.encode())) == DAMAGED.encode()
    assert (review.printed, review.details["title"]) == ("21(V)", "REGISTERS OF THE ISLANDS")
    assert [each.key for each in review.doubtful] == ["p5"]


def test_a_review_that_was_left_is_as_it_was_when_it_is_resumed(desk: Desk) -> None:
    review = desk.open()
    offset = torn_at(review.text[4].block.text)
    changed = desk.take(review, Split("p4", (offset,)), Settle("p5"))

    resumed = desk.look(review)

    assert resumed == changed
    assert [each.block.path for each in resumed.text if each.is_clause] == ["1", "2", "3", "5", "6"]
    assert resumed.doubtful == ()


def test_what_was_undone_can_be_redone_after_the_review_was_left(desk: Desk) -> None:
    review = desk.open()
    once = desk.take(review, ChangeText("p3", "Takes note of it;"))

    undone = desk.take(once, Turn.UNDO)
    again = desk.take(desk.look(undone), Turn.REDO)

    assert undone.text == review.text
    assert again.text == once.text


def test_a_changed_paragraph_opens_with_the_verb_of_its_new_words(desk: Desk) -> None:
    review = desk.take(desk.open(), ChangeText("p5", "Strongly urges them to meet again."))

    assert review.text[5].block.verb == "Strongly urges"


def test_a_review_imports_what_it_shows(desk: Desk, database: Database) -> None:
    review = desk.open()
    offset = torn_at(review.text[4].block.text)
    review = desk.take(
        review,
        Split("p4", (offset,)),
        ChangeText("p4", "Requests the Executive Secretary to help;"),
    )

    (outcome,) = desk.confirm(review)

    assert outcome.symbol == "21(V)"
    texts = texts_of(database, "21-v")
    assert texts["2"] == "Requests the Executive Secretary to help;"
    assert texts["3"].startswith("Invites member States to share")
    assert desk.files.content_of(desk.files.keep(DAMAGED.encode())) == DAMAGED.encode()


def test_corrections_are_kept_with_author_and_moment(
    desk: Desk, database: Database, house: House
) -> None:
    review = desk.take(desk.open(), ChangeText("p3", "Takes note of it;"), Settle("p5"))
    machine = review.machine.blocks[3].text

    desk.confirm(review)

    with database.reading() as session:
        (row,) = session.scalars(select(ClauseCorrection)).all()
    assert (row.before, row.after) == (machine, "Takes note of it;")
    assert (row.before_path, row.after_path) == ("1", "1")
    assert (row.corrected_by_id, row.corrected_at) == (house.coordinator.person_id, clock.now())


def test_what_was_left_out_is_in_the_audit_trail(desk: Desk, database: Database) -> None:
    review = desk.take(desk.open(), LeaveOut("p5"))

    desk.confirm(review)

    with database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.after or {})["left_out"] == ["Thanks the islands;"]
    assert "5" not in texts_of(database, "21-v")


def test_the_details_of_a_review_are_kept_until_the_import(
    desk: Desk, database: Database, house: House
) -> None:
    review = desk.open()
    with database.transaction() as session:
        save_details(
            session,
            review_id=review.id,
            version=review.version,
            details=Details(symbol="22(V)", title="Registers", body="Commission of the Islands"),
            actor=house.coordinator,
            at=clock.now(),
        )

    (outcome,) = desk.confirm(desk.look(review))

    assert (outcome.symbol, outcome.title, outcome.body_key) == ("22(V)", "Registers", "eco")


def test_a_step_on_what_somebody_else_changed_is_refused(desk: Desk) -> None:
    review = desk.open()
    theirs = desk.take(review, ChangeText("p3", "Theirs;"))

    with pytest.raises(Stale):
        desk.take(review, ChangeText("p3", "Mine;"))

    assert desk.look(review).text == theirs.text


def test_of_two_steps_at_the_same_moment_one_is_refused(desk: Desk) -> None:
    review = desk.open()

    def attempt(words: str) -> str:
        try:
            desk.take(review, ChangeText("p3", words))
        except Stale:
            return "refused"
        return words

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(attempt, ["One;", "Two;"]))

    assert sorted(said)[-1] == "refused"
    assert desk.look(review).text[3].block.text in said
    assert counted(desk.database, ImportReviewEdit) == 1


def test_a_step_that_makes_no_sense_leaves_no_row(desk: Desk, database: Database) -> None:
    review = desk.open()

    with pytest.raises(Invalid):
        desk.take(review, ChangeText("p3", " "))

    assert counted(database, ImportReviewEdit) == 0
    assert desk.look(review).version == review.version


def test_an_imported_review_is_closed(desk: Desk, database: Database) -> None:
    review = desk.open()
    desk.confirm(review)

    with pytest.raises(WrongState, match="was imported meanwhile"):
        desk.take(desk.look(review), ChangeText("p3", "Later;"))
    with pytest.raises(WrongState, match="was imported meanwhile"):
        desk.confirm(desk.look(review))


def test_a_discarded_review_is_closed_and_the_file_can_be_uploaded_anew(
    desk: Desk, database: Database, house: House
) -> None:
    review = desk.open()
    with database.transaction() as session:
        discard_reviews(session, file_id=review.file_id, actor=house.coordinator, at=clock.now())

    with pytest.raises(WrongState, match="was discarded"):
        desk.take(desk.look(review), Settle("p5"))
    assert desk.open().file_id != review.file_id


def test_a_file_that_waits_already_is_gone_on_with(desk: Desk) -> None:
    first = desk.receive()

    assert desk.receive() == first
    assert counted(desk.database, ImportFile) == 1


def test_a_file_that_was_imported_is_refused(desk: Desk) -> None:
    desk.confirm(desk.open())

    with pytest.raises(Duplicate, match="imported already"):
        desk.receive()


def test_an_unreadable_file_is_not_kept(desk: Desk) -> None:
    with pytest.raises(UnreadableDocument):
        desk.receive("A letter to the editor.")

    assert counted(desk.database, ImportFile) == 0
    assert not desk.uploads.folder.exists()


def test_each_text_of_a_file_is_a_review_of_its_own_and_some_can_be_imported(
    desk: Desk, database: Database, house: House
) -> None:
    file_id = desk.receive(EARLIER + "\n\n" + ADOPTED)
    with database.reading() as session:
        first, second = file_under_way(session, file_id, house.coordinator).reviews
        review = review_under_way(session, second.id, house.coordinator)

    desk.confirm(review)

    with database.reading() as session:
        found = file_under_way(session, file_id, house.coordinator)
    assert [each.state for each in found.reviews] == [ReviewState.OPEN, ReviewState.IMPORTED]
    assert found.reviews[1].address == ("coi", "21-v")
    assert desk.receive(EARLIER + "\n\n" + ADOPTED) == file_id
    assert (first.printed, second.printed) == ("20(V)", "21(V)")


def test_several_texts_are_imported_together_or_not_at_all(
    desk: Desk, database: Database, house: House
) -> None:
    file_id = desk.receive(EARLIER + "\n\n" + ADOPTED)
    import_text(database, desk.files, ADOPTED + "\n")
    before = counted(database, *IMPORTED, Instrument)
    with database.reading() as session:
        reviews = [
            review_under_way(session, each.id, house.coordinator)
            for each in file_under_way(session, file_id, house.coordinator).reviews
        ]

    with pytest.raises(Duplicate):
        desk.confirm(*reviews)

    assert counted(database, *IMPORTED, Instrument) == before
    assert {desk.look(each).state for each in reviews} == {ReviewState.OPEN}


def test_a_text_without_a_clause_left_is_not_imported(desk: Desk) -> None:
    review = desk.open()
    kinds = [ChangeKind(key, BlockKind.PREAMBULAR) for key in ("p3", "p4", "p5", "p6")]

    with pytest.raises(Invalid, match="No operative clause is left"):
        desk.confirm(desk.take(review, *kinds))


def test_a_review_is_seen_by_its_importer_and_by_coordinators_alone(
    desk: Desk, database: Database, house: House
) -> None:
    administrator = replace(house.viewer, roles=frozenset({(Role.ADMINISTRATOR, None)}))
    review = desk.open()
    theirs = desk.receive(ADOPTED, actor=administrator)

    with database.reading() as session:
        seen = {file.id for file in half_done_files(session, house.coordinator)}
        own = [file.id for file in half_done_files(session, administrator)]
    assert seen == {review.file_id, theirs}
    assert own == [theirs]
    with pytest.raises(NotFound):
        desk.look(review, actor=administrator)
    with pytest.raises(NotFound):
        desk.take(review, Settle("p5"), actor=administrator)
    with pytest.raises(NotAllowed):
        desk.take(review, Settle("p5"), actor=house.focal_point)


def test_half_done_reviews_are_listed_by_few_statements_however_many_there_are(
    desk: Desk, database: Database, house: House
) -> None:
    for number in range(5):
        desk.receive(ADOPTED.replace("21(V)", f"{30 + number}(V)"))

    with counted_statements(database) as statements, database.reading() as session:
        files = half_done_files(session, house.coordinator)

    assert len(files) == 5
    assert [file.reviews[0].clause_count for file in files] == [5] * 5
    assert len([each for each in statements if each.startswith("SELECT")]) <= 4
