"""The way of an edition as the rows of a table: each step, who takes it, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from tracker.domain.sign_offs import SignOffStage
from tracker.domain.vacancies import Vacancy
from tracker.models.biennial_reports import EditionState
from tracker.queries.editions import Edition
from tracker.queries.sign_offs import SignOff
from tracker.queries.signing_posts import Post
from tracker.queries.submissions import Submission
from tracker.web import filters
from tracker.web.shown_names import post_name


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One step of the way; ``is_current`` where the edition lies."""

    step: str
    who: str
    stands: str
    is_current: bool = False


def chain_rows(
    edition: Edition,
    posts: tuple[Post, ...],
    sign_off: SignOff | None,
    submission: Submission | None,
    unfilled: Mapping[int, Vacancy],
) -> list[ChainRow]:
    """Return the way of an edition: drafted, signed post by post, submitted, issued.

    ``unfilled`` are the posts of which it is told that nobody fills them.
    """
    is_with_editor = sign_off is None or sign_off.stage in (
        SignOffStage.RETURNED,
        SignOffStage.TAKEN_BACK,
    )
    made = edition.created_by, filters.moment(edition.created_at)
    handed_in = sign_off.signings[0] if sign_off else None
    rows = [
        ChainRow(
            gettext("Draft"),
            *((handed_in.done_by.name, filters.moment(handed_in.done_at)) if handed_in else made),
            is_current=is_with_editor,
        )
    ]
    rows += (
        _row(post, sign_off, unfilled.get(post.id))
        for post in (sign_off.posts if sign_off else ()) or posts
    )
    if edition.state is EditionState.FINAL:
        rows.append(ChainRow(gettext("Final edition"), *made))
    return rows + _afterwards(submission)


def _afterwards(submission: Submission | None) -> list[ChainRow]:
    """Return what follows when all have signed."""
    submitted = issued = ""
    if submission is not None and submission.submitted_at is not None:
        submitted = gettext(
            "%(person)s, %(moment)s",
            person=submission.submitted_by,
            moment=filters.moment(submission.submitted_at),
        )
        issued = ", ".join(dict.fromkeys(each.symbol for each in submission.issued))
    return [
        ChainRow(gettext("Sent to the conference service"), "–", submitted),
        ChainRow(gettext("Issued"), "–", issued),
    ]


def _row(post: Post, sign_off: SignOff | None, vacancy: Vacancy | None) -> ChainRow:
    waits = sign_off is not None and sign_off.waits_for == post
    signing = sign_off.signed.get(post.id) if sign_off else None
    stands = ""
    if signing is not None:
        stands = gettext(
            "Signed by %(person)s, %(moment)s",
            person=filters.doer(signing.done_by),
            moment=filters.moment(signing.done_at),
        )
    elif waits:
        stands = gettext("Waits for sign-off")
    if vacancy is not None and signing is None:
        gap = gettext("Nobody fills this post: %(why)s", why=filters.phrased(vacancy.why))
        stands = f"{stands}. {gap}" if stands else gap
    return ChainRow(
        filters.label(post.step), f"{post_name(post.post)}: {post.person}", stands, waits
    )
