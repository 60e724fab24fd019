"""The sign-off of editions: handed in, signed post by post, returned with a remark, taken back."""

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report.layouts import WHOLE
from tracker.domain.errors import NotFound, Stale, WrongState
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.sign_offs import (
    SignOffMove,
    SignOffStage,
    check_fills,
    check_not_own,
    check_remark,
)
from tracker.models.biennial_reports import EditionState, ReportEdition
from tracker.models.progress import ReportingPeriod
from tracker.models.sign_offs import EditionSigning, EditionSignOff
from tracker.queries.editions import edition_file
from tracker.queries.sign_offs import find_sign_off, find_signed, hands_of
from tracker.queries.signing_posts import Post, chain_at, find_body_of_period, posts_of_period
from tracker.reading.edition_pages import lines_of_page
from tracker.services import audit
from tracker.services.versions import check_version
from tracker.storage import FileStore
from tracker.writing.biennial_report import ReportForm

logger = logging.getLogger(__name__)


def hand_in(
    session: Session, *, edition_id: int, remark: str = "", actor: Actor, at: datetime
) -> EditionSignOff:
    """Give a draft to the first post of the chain that has not signed it.

    An edition that came back and is handed in again unchanged goes on where it was: what was
    signed stays signed. Raises WrongState where no chain is set, or another edition is on its way.
    """
    require(actor, Action.GENERATE_REPORT)
    edition = _take_edition(session, edition_id)
    words = check_remark(remark, is_needed=False)
    posts = posts_of_period(session, edition.period_id)
    _check_can_be_handed_in(session, edition, posts)
    known = find_sign_off(session, edition.id)
    signed = known.signed if known else {}
    waits_for = next((post for post in posts if post.id not in signed), None)
    row = session.get(EditionSignOff, edition.id)
    if row is None:
        row = EditionSignOff(edition_id=edition.id, stage=SignOffStage.SIGNING, chain_at=at)
        session.add(row)
    row.stage = SignOffStage.SIGNING if waits_for else SignOffStage.SIGNED
    row.post_id = waits_for.id if waits_for else None
    row.chain_at = at
    return _note(session, row, SignOffMove.HAND_IN, remark=words, actor=actor, at=at)


def sign_edition(
    session: Session,
    *,
    edition_id: int,
    version: int,
    remark: str = "",
    actor: Actor,
    at: datetime,
) -> EditionSignOff:
    """Sign an edition at the post that it waits for, and pass it on to the next one.

    Raises NotAllowed where the post is somebody else's, WrongState for one's own edition.
    """
    row, post = _take_waiting(session, edition_id, version, actor)
    words = check_remark(remark, is_needed=False)
    edition = session.get_one(ReportEdition, edition_id)
    known = find_sign_off(session, edition_id)
    passed_on_by = known.passed_on_by if known else frozenset()
    absent = check_fills(actor, post.person_id)
    check_not_own(actor, hands_of(session, edition, passed_on_by))
    posts = _chain_of(session, edition, row)
    signed = {*(known.signed if known else ()), post.id}
    waits_for = next((each for each in posts if each.id not in signed), None)
    row.stage = SignOffStage.SIGNING if waits_for else SignOffStage.SIGNED
    row.post_id = waits_for.id if waits_for else None
    return _note(
        session,
        row,
        SignOffMove.SIGN,
        post=post,
        remark=words,
        in_place_of_id=absent.person_id if absent else None,
        actor=actor,
        at=at,
    )


def return_edition(
    session: Session, *, edition_id: int, version: int, remark: str, actor: Actor, at: datetime
) -> EditionSignOff:
    """Give an edition back to the editor, saying what is to be changed."""
    row, post = _take_waiting(session, edition_id, version, actor)
    words = check_remark(remark, is_needed=True)
    # Who returns what they made themselves only takes work upon themselves.
    absent = check_fills(actor, post.person_id)
    row.stage, row.post_id = SignOffStage.RETURNED, None
    return _note(
        session,
        row,
        SignOffMove.RETURN,
        post=post,
        remark=words,
        in_place_of_id=absent.person_id if absent else None,
        actor=actor,
        at=at,
    )


def take_back(
    session: Session, *, edition_id: int, version: int, actor: Actor, at: datetime
) -> EditionSignOff:
    """Let the editor have an edition back that waits for a post or was signed by all."""
    require(actor, Action.GENERATE_REPORT)
    row = _take(session, edition_id, version)
    if row.stage not in (SignOffStage.SIGNING, SignOffStage.SIGNED) or row.final_id is not None:
        raise WrongState("This edition is with the editor already, or its final one is made.")
    row.stage, row.post_id = SignOffStage.TAKEN_BACK, None
    return _note(session, row, SignOffMove.TAKE_BACK, actor=actor, at=at)


def take_signed(
    session: Session, *, period_id: int, language: str, page: bytes, store: FileStore
) -> EditionSignOff | None:
    """Return the signed draft that a final edition is made from; None where nobody has to sign.

    ``page`` is the final edition as web page. Raises WrongState where no draft in the language is
    signed, and Stale where the final edition would say something else than what was signed.
    """
    if not posts_of_period(session, period_id):
        return None
    signed = find_signed(session, period_id, language)
    if signed is None:
        raise WrongState(
            "No draft in this language is signed by everybody who has to sign. Hand a draft in for "
            "sign-off first; the final edition is made from it."
        )
    kept = edition_file(session, signed.edition_id, ReportForm.HTML)
    if lines_of_page(store.content_of(kept.digest)) != lines_of_page(page):
        raise Stale(
            "The report says something else today than the draft that was signed: a text was "
            "cleared or worded since. Generate a draft and hand it in for sign-off."
        )
    return signed


def _check_can_be_handed_in(
    session: Session, edition: ReportEdition, posts: tuple[Post, ...]
) -> None:
    if edition.state is EditionState.FINAL:
        raise WrongState("This edition is final: what had to be signed is signed.")
    if edition.scope != str(WHOLE):
        raise WrongState(
            "This draft is of a part of the report, and the final edition is made of the whole. "
            "Generate a draft of the whole report and hand that in."
        )
    if edition.has_sources:
        raise WrongState(
            "This draft has the annex of sources, which is for the secretariat alone. Generate one "
            "without it and hand that in."
        )
    if not posts:
        raise WrongState(
            "Nobody is named who signs this report. Ask the administrator to set the chain of the "
            "body, under Reports."
        )
    others = session.execute(
        select(ReportEdition.id, ReportEdition.number, EditionSignOff.stage)
        .join(EditionSignOff, EditionSignOff.edition_id == ReportEdition.id)
        .where(
            ReportEdition.period_id == edition.period_id,
            ReportEdition.language == edition.language,
            EditionSignOff.stage.in_((SignOffStage.SIGNING, SignOffStage.SIGNED)),
            EditionSignOff.final_id.is_(None),
        )
    ).all()
    for other_id, number, _stage in others:
        if other_id == edition.id:
            raise WrongState("This edition is handed in already.")
        raise WrongState(
            "Edition %(number)s is on its way already. Take it back first, then hand this one in.",
            number=number,
        )


def _chain_of(session: Session, edition: ReportEdition, row: EditionSignOff) -> tuple[Post, ...]:
    return chain_at(session, find_body_of_period(session, edition.period_id), row.chain_at)


def _edition(session: Session, row: EditionSignOff) -> ReportEdition:
    return session.get_one(ReportEdition, row.edition_id)


def _take_edition(session: Session, edition_id: int) -> ReportEdition:
    """Return an edition; its period is locked, so that two cannot be handed in at once."""
    edition = session.get(ReportEdition, edition_id)
    if edition is None:
        raise NotFound("There is no such edition of a report. Choose one on the page Reports.")
    session.get_one(ReportingPeriod, edition.period_id, with_for_update=True)
    return edition


def _take(session: Session, edition_id: int, version: int) -> EditionSignOff:
    row = session.get(EditionSignOff, edition_id, with_for_update=True)
    if row is None:
        raise NotFound("This edition was not handed in for sign-off. Open it to see what it needs.")
    check_version(row, version)
    return row


def _take_waiting(
    session: Session, edition_id: int, version: int, actor: Actor
) -> tuple[EditionSignOff, Post]:
    """Return where an edition stands and the post that it waits for; refuse one that waits not."""
    require(actor, Action.SIGN_EDITION)
    row = _take(session, edition_id, version)
    posts = _chain_of(session, _edition(session, row), row)
    post = next((each for each in posts if each.id == row.post_id), None)
    if row.stage is not SignOffStage.SIGNING or post is None:
        raise WrongState("This edition waits for nobody's sign-off. Its page says where it stands.")
    return row, post


def _note(
    session: Session,
    row: EditionSignOff,
    move: SignOffMove,
    *,
    post: Post | None = None,
    remark: str = "",
    in_place_of_id: int | None = None,
    actor: Actor,
    at: datetime,
) -> EditionSignOff:
    """Append what was done to the history of the edition and to the trail."""
    session.flush()
    session.add(
        EditionSigning(
            edition_id=row.edition_id,
            move=move,
            post_id=post.id if post else None,
            post=post.post if post else "",
            remark=remark,
            done_at=at,
            done_by_id=actor.person_id,
            in_place_of_id=in_place_of_id,
        )
    )
    audit.record(
        session,
        actor=actor,
        at=at,
        action=f"edition.{move}",
        subject=row,
        after={"stage": row.stage, "post": post.post if post else None, "remark": remark},
    )
    logger.info("edition %s: %s by person %s", row.edition_id, move, actor.person_id)
    return row
