"""The sign-off of an edition: who signs in which order, who cannot, and what is kept of it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.furniture import put
from tests.reporting import TEXT, report_on
from tests.signing import FRONT_OFFICE, PLANNING, Chain, make_chain, make_draft
from tracker import clock
from tracker.database import Database
from tracker.domain.errors import Invalid, NotAllowed, Stale, WrongState
from tracker.domain.permissions import Actor
from tracker.domain.sign_offs import PostEntry, SigningStep, SignOffMove, SignOffStage
from tracker.models.biennial_reports import ReportEdition, ReportWording
from tracker.models.people import Person, PersonKind
from tracker.models.sign_offs import EditionSignOff
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.people import find_actor
from tracker.queries.sign_offs import SignOff, find_sign_off
from tracker.queries.waiting_editions import waiting_editions
from tracker.queries.work import waiting_counts
from tracker.services.absences import AbsenceDays, enter_absence
from tracker.services.biennial_reports import DraftedEdition, draft_edition, record_edition
from tracker.services.progress import clear_report, submit_report
from tracker.services.report_wordings import NewWording, keep_wordings
from tracker.services.sign_offs import hand_in, return_edition, sign_edition, take_back
from tracker.services.signing_posts import set_posts
from tracker.storage import FileStore
from tracker.writing.biennial_report import ReportForm


@pytest.fixture
def chain(database: Database) -> Chain:
    """Return a report whose drafts three posts sign."""
    return put(database, make_chain)


def give(database: Database, chain: Chain, edition_id: int | None = None) -> None:
    with database.transaction() as session:
        hand_in(
            session,
            edition_id=edition_id or chain.edition_id,
            actor=chain.house.editor,
            at=clock.now(),
        )


def sign(database: Database, chain: Chain, *actors: Actor, edition_id: int | None = None) -> None:
    for actor in actors:
        with database.transaction() as session:
            sign_edition(
                session,
                edition_id=edition_id or chain.edition_id,
                version=version_of(database, edition_id or chain.edition_id),
                actor=actor,
                at=clock.now(),
            )


def send_back(database: Database, chain: Chain, actor: Actor, remark: str) -> None:
    with database.transaction() as session:
        return_edition(
            session,
            edition_id=chain.edition_id,
            version=version_of(database, chain.edition_id),
            remark=remark,
            actor=actor,
            at=clock.now(),
        )


def version_of(database: Database, edition_id: int) -> int:
    with database.reading() as session:
        return session.get_one(EditionSignOff, edition_id).version


def state_of(database: Database, edition_id: int) -> SignOff:
    with database.reading() as session:
        found = find_sign_off(session, edition_id)
    assert found is not None
    return found


def test_an_edition_goes_from_post_to_post_until_all_have_signed(
    database: Database, chain: Chain
) -> None:
    give(database, chain)
    sign(database, chain, chain.house.manager)
    between = state_of(database, chain.edition_id)
    sign(database, chain, chain.house.coordinator, chain.director)

    after = state_of(database, chain.edition_id)

    assert between.waits_for is not None
    assert between.waits_for.post == PLANNING
    assert after.stage is SignOffStage.SIGNED
    assert [(each.move, each.done_by.name) for each in after.signings] == [
        (SignOffMove.HAND_IN, "Edgar Editor"),
        (SignOffMove.SIGN, "Mona Manager"),
        (SignOffMove.SIGN, "Carla Coordinator"),
        (SignOffMove.SIGN, "Dora Director"),
    ]


def test_an_edition_waits_on_the_start_page_of_whoever_signs_next_alone(
    database: Database, chain: Chain
) -> None:
    give(database, chain)

    with database.reading() as session:
        waiting = waiting_editions(session, chain.house.manager)
        count = waiting_counts(session, chain.house.manager).to_sign
        others = waiting_editions(session, chain.director)

    assert [(each.number, each.sent_by) for each in waiting] == [(1, "Edgar Editor")]
    assert count == 1
    assert others == ()


def test_nobody_signs_for_another_post(database: Database, chain: Chain) -> None:
    give(database, chain)

    with pytest.raises(NotAllowed, match="waits for somebody else's sign-off"):
        sign(database, chain, chain.director)


def test_nobody_signs_an_edition_that_they_made(database: Database, chain: Chain) -> None:
    with arranging(), database.transaction() as session:
        edition = session.get_one(ReportEdition, chain.edition_id)
        edition.created_by_id = chain.house.manager.person_id
    give(database, chain)

    with pytest.raises(WrongState, match="You made this edition"):
        sign(database, chain, chain.house.manager)


def test_nobody_signs_an_edition_that_they_worded(database: Database, chain: Chain) -> None:
    with arranging(), database.transaction() as session:
        session.add(
            ReportWording(
                period_id=chain.period_id,
                language="en",
                passage="introduction.purpose.1",
                composed="So it was.",
                text="So it is.",
                written_at=clock.now(),
                written_by_id=chain.house.manager.person_id,
            )
        )
    give(database, chain)

    with pytest.raises(WrongState, match="You worded passages"):
        sign(database, chain, chain.house.manager)


def test_who_handed_it_in_does_not_sign_it(database: Database, chain: Chain) -> None:
    with database.transaction() as session:
        hand_in(session, edition_id=chain.edition_id, actor=chain.house.coordinator, at=clock.now())
    sign(database, chain, chain.house.manager)

    with pytest.raises(WrongState, match="You passed this edition on"):
        sign(database, chain, chain.house.coordinator)


def test_an_officer_in_charge_signs_while_the_holder_is_away(
    database: Database, chain: Chain
) -> None:
    director, other = chain.director, chain.house.other_manager
    give(database, chain)
    sign(database, chain, chain.house.manager, chain.house.coordinator)
    with database.transaction() as session:
        today = clock.now().date()
        days = AbsenceDays(today, today + timedelta(days=3), None, other.person_id)
        enter_absence(
            session, person_id=director.person_id, days=days, actor=director, at=clock.now()
        )
    with database.reading() as session:
        in_charge = find_actor(session, other.person_id, at=clock.now())
        assert in_charge is not None
        waiting = waiting_editions(session, in_charge)
    sign(database, chain, in_charge)

    last = state_of(database, chain.edition_id).signings[-1]

    assert [each.in_place_of for each in waiting] == ["Dora Director"]
    assert (last.done_by.name, last.done_by.in_place_of) == ("Theo Manager", "Dora Director")


def test_an_officer_in_charge_who_signed_before_does_not_sign_again(
    database: Database, chain: Chain
) -> None:
    director, planner = chain.director, chain.house.coordinator
    give(database, chain)
    sign(database, chain, chain.house.manager, planner)
    with database.transaction() as session:
        today = clock.now().date()
        days = AbsenceDays(today, today + timedelta(days=3), None, planner.person_id)
        enter_absence(
            session, person_id=director.person_id, days=days, actor=director, at=clock.now()
        )
    with database.reading() as session:
        in_charge = find_actor(session, planner.person_id, at=clock.now())
    assert in_charge is not None

    with pytest.raises(WrongState, match="somebody else signs here"):
        sign(database, chain, in_charge)


def test_what_is_returned_tells_why_and_goes_on_where_it_was(
    database: Database, chain: Chain
) -> None:
    give(database, chain)
    sign(database, chain, chain.house.manager)
    send_back(database, chain, chain.house.coordinator, "Name the donors.")
    with database.reading() as session:
        returned = waiting_editions(session, chain.house.editor)
    give(database, chain)

    after = state_of(database, chain.edition_id)

    assert [(each.remark, each.is_returned) for each in returned] == [("Name the donors.", True)]
    assert after.waits_for is not None
    assert after.waits_for.post == PLANNING


def test_nothing_is_returned_without_a_remark(database: Database, chain: Chain) -> None:
    give(database, chain)

    with pytest.raises(Invalid, match="Say what is to be changed"):
        send_back(database, chain, chain.house.manager, "  ")


def test_a_signature_given_to_what_the_person_no_longer_sees_is_refused(
    database: Database, chain: Chain
) -> None:
    give(database, chain)

    with pytest.raises(Stale), database.transaction() as session:
        sign_edition(
            session,
            edition_id=chain.edition_id,
            version=7,
            actor=chain.house.manager,
            at=clock.now(),
        )


def test_two_editions_are_not_on_their_way_at_once(database: Database, chain: Chain) -> None:
    with arranging(), database.transaction() as session:
        second = make_draft(session, chain.period_id, chain.house.editor, number=2)
    give(database, chain)
    with pytest.raises(WrongState, match="Edition 1 is on its way already"):
        give(database, chain, second)

    with database.transaction() as session:
        take_back(
            session,
            edition_id=chain.edition_id,
            version=1,
            actor=chain.house.editor,
            at=clock.now(),
        )
    give(database, chain, second)

    assert state_of(database, second).stage is SignOffStage.SIGNING


def test_a_report_that_nobody_signs_is_not_handed_in(database: Database, chain: Chain) -> None:
    change_posts(database, chain, [])

    with pytest.raises(WrongState, match="Ask the administrator"):
        give(database, chain)


def test_a_draft_of_a_part_is_not_handed_in(database: Database, chain: Chain) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(ReportEdition, chain.edition_id).scope = "unit-1"

    with pytest.raises(WrongState, match="of a part of the report"):
        give(database, chain)


def test_a_new_holder_signs_what_is_on_its_way_already(database: Database, chain: Chain) -> None:
    give(database, chain)
    posts = chain.posts
    posts[0] = PostEntry(posts[0].step, posts[0].post, chain.house.other_manager.person_id)
    change_posts(database, chain, posts)

    sign(database, chain, chain.house.other_manager)

    assert state_of(database, chain.edition_id).signings[-1].done_by.name == "Theo Manager"


def test_an_edition_on_its_way_keeps_the_posts_that_it_was_handed_in_with(
    database: Database, chain: Chain
) -> None:
    give(database, chain)
    clock_was = clock.now()
    change_posts(database, chain, chain.posts[:1], at=clock_was + timedelta(hours=1))
    sign(database, chain, chain.house.manager, chain.house.coordinator)

    waits_for = state_of(database, chain.edition_id).waits_for

    assert waits_for is not None
    assert waits_for.post == FRONT_OFFICE


def test_a_shared_mailbox_holds_no_post(database: Database, chain: Chain) -> None:
    with arranging(), database.transaction() as session:
        session.get_one(Person, chain.director.person_id).kind = PersonKind.MAILBOX

    with pytest.raises(Invalid, match="A shared mailbox cannot sign") as refusal:
        change_posts(database, chain, chain.posts)

    assert refusal.value.field == "person_id_2"


def test_a_chain_that_somebody_else_changed_is_not_overwritten(
    database: Database, chain: Chain
) -> None:
    with pytest.raises(Stale), database.transaction() as session:
        set_posts(
            session,
            body_id=chain.body_id,
            posts=[PostEntry(SigningStep.OTHER, "Adviser", chain.director.person_id)],
            seen=(),
            actor=chain.administrator,
            at=clock.now(),
        )


def test_a_final_edition_waits_until_a_draft_is_signed_and_says_what_was_signed(
    database: Database, chain: Chain, tmp_path: Path
) -> None:
    files = FileStore(tmp_path / "files")
    clear_first(database, chain)
    signed_id = record(database, chain, files, is_draft=True)
    with pytest.raises(WrongState, match="No draft in this language is signed"):
        record(database, chain, files, is_draft=False)
    give(database, chain, signed_id)
    people = (chain.house.manager, chain.house.coordinator, chain.director)
    sign(database, chain, *people, edition_id=signed_id)
    word(database, chain, "The report was worded once more.")
    with pytest.raises(Stale, match="something else today than the draft that was signed"):
        record(database, chain, files, is_draft=False)
    word(database, chain, None)

    final_id = record(database, chain, files, is_draft=False)

    assert state_of(database, signed_id).final_id == final_id
    with pytest.raises(WrongState):
        give(database, chain, final_id)


def change_posts(
    database: Database, chain: Chain, posts: list[PostEntry], at: object = None
) -> None:
    with database.transaction() as session:
        set_posts(
            session,
            body_id=chain.body_id,
            posts=posts,
            seen=[(place, entry.person_id) for place, entry in enumerate(chain.posts, start=1)],
            actor=chain.administrator,
            at=at or clock.now(),  # type: ignore[arg-type]
        )


def clear_first(database: Database, chain: Chain) -> None:
    with database.transaction() as session:
        report, at = report_on(session, chain.house.mandates[0]), clock.now()
        submit_report(
            session, report_id=report.id, version=1, text=TEXT, actor=chain.house.focal_point, at=at
        )
        clear_report(session, report_id=report.id, version=2, actor=chain.house.manager, at=at)


def drafted(
    database: Database, chain: Chain, files: FileStore, *, is_draft: bool
) -> DraftedEdition:
    request = EditionRequest(
        chain.period_id, "en", "Secretariat", clock.now().date(), is_draft=is_draft
    )
    with database.reading() as session:
        return draft_edition(session, request, store=files, forms=[ReportForm.HTML])


def record(database: Database, chain: Chain, files: FileStore, *, is_draft: bool) -> int:
    made = drafted(database, chain, files, is_draft=is_draft)
    with database.transaction() as session:
        left_out = [report_on(session, each).id for each in chain.house.mandates[1:]]
        return record_edition(
            session,
            made,
            store=files,
            left_out=left_out,
            actor=chain.house.editor,
            at=clock.now(),
        ).id


def word(database: Database, chain: Chain, text: str | None) -> None:
    with database.transaction() as session:
        newest = session.scalar(select(ReportWording.id).order_by(ReportWording.id.desc())) or 0
        keep_wordings(
            session,
            period_id=chain.period_id,
            language="en",
            wordings=[NewWording("introduction.purpose.1", "It gives an account.", text, newest)],
            actor=chain.house.editor,
            at=clock.now(),
        )
