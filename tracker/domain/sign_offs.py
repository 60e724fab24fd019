"""The sign-off chain of an edition: its posts in their order, who signs, and who cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.errors import Invalid, NotAllowed, WrongState
from tracker.domain.permissions import Actor, Capacity, StandIn

MOST_POSTS = 6
LONGEST_POST = 200  # characters
LONGEST_REMARK = 2_000


class SigningStep(StrEnum):
    """Which part of the house a post of the chain speaks for."""

    DIVISION = "division"
    PLANNING = "planning"
    FRONT_OFFICE = "front_office"
    OTHER = "other"


class SignOffStage(StrEnum):
    """Where an edition stands that was handed in to be signed."""

    SIGNING = "signing"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"
    SIGNED = "signed"


class SignOffMove(StrEnum):
    """What somebody did with an edition on its way."""

    HAND_IN = "hand_in"
    SIGN = "sign"
    RETURN = "return"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post of a chain as an administrator enters it, and who holds it."""

    step: SigningStep
    post: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Hands:
    """Through whose hands an edition went: who made it, whose wordings it has, who passed it on."""

    composer_id: int
    editor_ids: frozenset[int] = frozenset()
    passed_on_by: frozenset[int] = frozenset()


def check_posts(posts: Sequence[PostEntry], mailboxes: frozenset[int]) -> tuple[PostEntry, ...]:
    """Return the posts with tidy names; refuse one without a holder, and what cannot sign.

    The field of a refusal is ``post_`` or ``person_id_`` and the place of the entry, from 0.
    """
    if len(posts) > MOST_POSTS:
        raise Invalid(
            "At most %(limit)s people can sign one after the other. Leave some out.",
            limit=MOST_POSTS,
        )
    tidy = []
    for place, entry in enumerate(posts):
        post = " ".join(entry.post.split())
        if not post or len(post) > LONGEST_POST:
            raise Invalid(
                "Enter the post, as it is printed, in at most %(limit)s characters.",
                field=f"post_{place}",
                limit=LONGEST_POST,
            )
        if not entry.person_id:
            raise Invalid("Choose who holds this post.", field=f"person_id_{place}")
        if entry.person_id in mailboxes:
            raise Invalid(
                "A shared mailbox cannot sign: a person must answer for it. Choose a person.",
                field=f"person_id_{place}",
            )
        tidy.append(PostEntry(entry.step, post, entry.person_id))
    return tuple(tidy)


def check_fills(actor: Actor, holder_id: int) -> StandIn | None:
    """Refuse whoever does not fill a post; return in whose place the actor does, if in one's.

    The holder fills it, or while they are away their officer-in-charge.
    """
    absent = in_charge_for(actor, holder_id)
    if actor.person_id != holder_id and absent is None:
        raise NotAllowed(
            "This edition waits for somebody else's sign-off. Its page says for whose; while they "
            "are away, their officer-in-charge signs."
        )
    return absent


def check_not_own(actor: Actor, hands: Hands) -> None:
    """Refuse whoever made, worded or passed on what they would sign."""
    if actor.person_id == hands.composer_id:
        raise WrongState(
            "You made this edition, and nobody signs their own. Let an officer-in-charge sign, or "
            "ask the administrator to name somebody else for the post."
        )
    if actor.person_id in hands.editor_ids:
        raise WrongState(
            "You worded passages of this edition, and nobody signs their own. Let an "
            "officer-in-charge sign, or ask the administrator to name somebody else for the post."
        )
    if actor.person_id in hands.passed_on_by:
        raise WrongState(
            "You passed this edition on yourself, so somebody else signs here. Let an "
            "officer-in-charge sign, or ask the administrator to name somebody else for the post."
        )


def in_charge_for(actor: Actor, holder_id: int) -> StandIn | None:
    """Return the holder as somebody who is away and for whom the actor is in charge, or None."""
    return next(
        (
            each
            for each in actor.stands_in_for
            if each.person_id == holder_id and each.capacity is Capacity.OFFICER_IN_CHARGE
        ),
        None,
    )


def signs_for(actor: Actor) -> frozenset[int]:
    """Return the ids of the people whose posts the actor fills: their own, and as in charge."""
    absent = {
        each.person_id
        for each in actor.stands_in_for
        if each.capacity is Capacity.OFFICER_IN_CHARGE
    }
    return frozenset({actor.person_id, *absent})


def check_remark(remark: str, *, is_needed: bool) -> str:
    """Return a remark without space around it; refuse one that is too long, or missing."""
    words = remark.replace("\r\n", "\n").strip()
    if is_needed and not words:
        raise Invalid("Say what is to be changed, so that the editor can do it.", field="remark")
    if len(words) > LONGEST_REMARK:
        raise Invalid(
            "The remark has more than %(limit)s characters. Shorten it, or put the changes into "
            "the Word file.",
            field="remark",
            limit=LONGEST_REMARK,
        )
    return words
