"""The understanding of one clause: who is asked to do what, when, and whether it is us."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from tracker.domain.clauses import Block, Entity, Proposal
from tracker.domain.mandates import ConcernsUs, Nature
from tracker.reading.addressees import (
    addressees_of,
    names_actor,
    serves_secretariat,
    subject_before_modal,
)
from tracker.reading.frames import Frame, FrameKind, frames_of
from tracker.reading.occasions import asks_for_report, find_occasion, find_periodicity
from tracker.reading.verbs import opens_clause, opens_in_english

# Words that mean many entities of the system, of which a secretariat is one.
_CLASSES = re.compile(
    r"regional commissions|United Nations (?:development )?system|entities of the United Nations"
    r"|United Nations entities"
    r"|organs, organizations and bodies|(?:funds|agencies|organizations|bodies|offices"
    r"|departments)[\w\s,]* of the United Nations"
    r"|United Nations (?:bodies|agencies|organizations|offices)",
    re.IGNORECASE,
)
_SMALL_FIRST_WORDS = frozenset({"Should", "Shall", "Will", "May", "Must", "To", "That"})
# What only a secretariat can do, though nobody is named.
_ONLY_SECRETARIAT = re.compile(
    r"\b(?:shall|should|be) (?:be )?(?:reported|submitted|included in the (?:report|budget)"
    r"|reflected in the (?:report|budget))"
    r"|\b(?:resources|support|assistance)\b.*\bbe (?:provided|made available|allocated)\b"
)


def propose(clause: Block, ancestors: Sequence[Block], entity: Entity) -> Proposal:
    """Return what a clause is understood to ask, read together with the clauses above it.

    ``ancestors`` are the chapeaux above the clause, the numbered paragraph first. What is not
    sure is left None: a wrong guess costs more than none.
    """
    frames = _governing_frames(clause, ancestors)
    asking = [frame for frame in frames if _asks(frame)]
    arranging = [f for f in frames if f.kind in {FrameKind.DECIDE, FrameKind.ARRANGE}]
    addressees = _addressees(asking)
    nature = _nature(asking, arranging, addressees, entity)
    if not asking and not arranging and not opens_in_english([*ancestors, clause][0].text):
        return Proposal(action_verb=clause.verb)  # another language, or a verb not known
    concerned, shown = _concern(addressees, entity)
    asked = " ".join(frame.rest for frame in asking)
    dated = asking or ([f for f in frames if f in arranging])
    occasion = find_occasion([frame.rest for frame in dated])
    report = bool(asking) and asks_for_report(asked)
    words = {
        "nature": (asking or arranging or frames)[-1].verb,
        "addressees": "; ".join(addressees),
    }
    periodicity = None
    if asking:
        periodicity, words["periodicity"] = find_periodicity(asked, occasion)
    if occasion:
        words["occasion"] = occasion
    if shown:
        words["concerns_us"] = shown
    ours = concerned in {ConcernsUs.BY_NAME, ConcernsUs.AS_ONE_OF_A_CLASS}
    return Proposal(
        action_verb=_capitalised((asking or arranging or frames)[0].verb),
        addressees=addressees,
        nature=nature,
        periodicity=periodicity,
        concerns_us=concerned if asking else ConcernsUs.NO,
        requires_action=bool(asking) and ours,
        occasion=occasion,
        report_requested=report,
        words=MappingProxyType({field: text for field, text in words.items() if text}),
    )


def _capitalised(verb: str) -> str:
    return verb[:1].upper() + verb[1:]


def _governing_frames(clause: Block, ancestors: Sequence[Block]) -> Sequence[Frame]:
    """Return the frames of a clause; a sub-clause without a verb of its own has its chapeau's."""
    own = frames_of(clause.text)
    if not ancestors or _speaks_itself(clause, own[0], ancestors[0]):
        return own
    lead, *between = [*(ancestor.text for ancestor in ancestors), clause.text]
    last = frames_of(lead)[-1]
    rest = " ".join([last.rest, *(_continued(text) for text in between)])
    return [Frame(last.kind, last.verb, rest), *own[1:]]


def _speaks_itself(clause: Block, first: Frame, chapeau: Block) -> bool:
    """Tell whether a sub-clause has its own governing verb.

    "To request ..." asks under "Decides:", but is what others are asked under "Encourages ...:".
    """
    if clause.text.startswith("To "):
        under_decision = frames_of(chapeau.text)[-1].kind is FrameKind.DECIDE
        return first.kind is FrameKind.ASK and under_decision
    return first.kind is not FrameKind.STATE or opens_clause(clause.text)


def _continued(text: str) -> str:
    """Return a sub-clause as its sentence goes on: "Should perform" as "should perform"."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _SMALL_FIRST_WORDS else text


def _asks(frame: Frame) -> bool:
    """Tell whether a frame asks somebody: an asking verb, or a decision that X shall do it."""
    if frame.kind is FrameKind.ASK:
        return True
    if frame.kind is not FrameKind.DECIDE or not re.match(
        r"^(?:also |further )?that\b", frame.rest
    ):
        return False
    subject = subject_before_modal(re.sub(r"^(?:also |further )", "", frame.rest))
    if subject is not None and re.match(
        r"^.{0,300}?\bshall be (?:reported|submitted)\b", frame.rest
    ):
        return True
    if subject is None or not names_actor(subject):
        return False
    return _can_act(subject)


def _is_to_be_reported(frame: Frame) -> bool:
    """Tell whether something is decided to be reported, which only a secretariat does."""
    is_decision = frame.kind is FrameKind.DECIDE
    return is_decision and bool(
        re.match(r"^.{0,300}?\bshall be (?:reported|submitted)\b", frame.rest)
    )


def _can_act(subject: str) -> bool:
    """Tell whether the subject itself is the actor, not something of his ("the mandate of ...")."""
    bare = re.sub(r"^(?:the|all|its|each|any)\s", "", subject)
    first = re.split(r"\s(?:of|for|in|on|to)\s", bare)[0]
    return names_actor(first) or bool(re.match(r"^[A-Z]{3,}", first))


def _addressees(asking: Sequence[Frame]) -> tuple[str, ...]:
    found: list[str] = []
    for frame in asking:
        rest = re.sub(r"^(?:also|further|again)\s", "", frame.rest)
        if frame.verb.lower().endswith(" for") or _is_to_be_reported(frame):
            continue
        actors = addressees_of(rest, after_that=frame.kind is FrameKind.DECIDE)
        found += [actor for actor in actors if actor not in found]
    return tuple(found)


def _nature(
    asking: Sequence[Frame],
    arranging: Sequence[Frame],
    addressees: Sequence[str],
    entity: Entity,
) -> Nature:
    if asking:
        if not addressees:
            unnamed = any(_ONLY_SECRETARIAT.search(frame.rest) for frame in asking)
            return Nature.ACTION_BY_SECRETARIAT if unnamed else Nature.ACTION_BY_OTHERS
        ours = any(serves_secretariat(actor) or _is_entity(actor, entity) for actor in addressees)
        return Nature.ACTION_BY_SECRETARIAT if ours else Nature.ACTION_BY_OTHERS
    return Nature.PROCEDURAL if arranging else Nature.INFORMATIONAL


def _concern(addressees: Sequence[str], entity: Entity) -> tuple[ConcernsUs, str]:
    """Return whether the entity is among the addressees, and the words that show it."""
    for actor in addressees:
        if _is_entity(actor, entity):
            return ConcernsUs.BY_NAME, actor
    for actor in addressees:
        if _CLASSES.search(actor):
            return ConcernsUs.AS_ONE_OF_A_CLASS, actor
    return ConcernsUs.NO, ""


def _is_entity(actor: str, entity: Entity) -> bool:
    """Tell whether an addressee is the entity; "Executive Secretary of X" only for its own X."""
    bare = _folded(actor)
    own = {_folded(name) for name in (entity.name, *entity.body_names)}
    for alias in (_folded(alias) for alias in (entity.name, *entity.aliases)):
        if bare == alias:
            return True
        if bare.startswith(f"{alias} of "):
            return bare.removeprefix(f"{alias} of ").removeprefix("the ") in own | {"commission"}
    return False


def _folded(name: str) -> str:
    return re.sub(r"^(?:the|its|our)\s", "", name.strip().lower())
