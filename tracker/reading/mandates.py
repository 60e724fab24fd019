"""The understanding of one clause: who is asked to do what, when, and whether it is us."""

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from tracker.domain.clauses import Block, Entity, Proposal
from tracker.domain.mandates import ConcernsUs, Nature
from tracker.reading.actor_lists import actors_in, names_actor, without_company
from tracker.reading.addressees import asked_phrase, serves_secretariat, subject_before_modal
from tracker.reading.concern import concern, is_entity
from tracker.reading.frames import Frame, FrameKind, frames_of, states_as_infinitive
from tracker.reading.occasions import asks_for_report, find_occasion
from tracker.reading.periodicities import find_periodicity
from tracker.reading.romance import language_of_clause
from tracker.reading.romance_mandates import propose_romance
from tracker.reading.verbs import opens_clause, opens_in_base_form, opens_in_english

_REPORTED = re.compile(r"^.{0,300}?\bshall be (?:reported|submitted)\b")
# "Calls for partnerships between X and Y" asks X and Y.
_BETWEEN = re.compile(
    r"\b(?:cooperation|collaboration|partnerships?|dialogue|coordination) (?:between|among)\s"
    r"([^,;]+)"
)
# "Calls for the authorities to publish a list"
_FOR_TO = re.compile(
    r"(?:^|,?\sand for\s)(?P<who>(?:the|all)\s(?:(?!\sto\s)[^,;]){3,120})\sto\s(?!be\b)(?=[a-z])"
)
# "Decides, in this connection, that X shall ... and that Y shall ..."
_BEFORE_THAT = re.compile(r"^(?:also|further)?,?\s?(?:[^;]{1,240}?,\s)?(?=that\b)")
_NEXT_THAT = re.compile(r",?\s(?:and|as well as)\s(?:also\s|further\s)?(?=that\s)")
_DECIDED_TO = re.compile(r"^(?:also |further )?(?:on|to)\b")
_ARTICLE = re.compile(r"^(?:the|all|its|each|any)\s")
_DEFINING = re.compile(r"\s(?:of|for|in|on|to)\s")
_ACRONYM = re.compile(r"^[A-Z]{3,}")
_ADVERB = re.compile(
    r"^(?:also|further|again)\s|^,\s(?:made|contained|set out|in paragraph)\b[^,]*,\s"
)
_PRONOUN = re.compile(r"^(?:them|it|him|her)$")
_WORK_OF = re.compile(
    r"^(?:(?:its )?(?:\w+ )?(?:appreciation|gratitude|thanks) to (?P<thanked>.+?) for\b"
    r"|(?P<doing>[A-Z].+?) (?:who|that|which|for) .*"
    r"|(?:that )?(?P<having>the .+?) (?:has|have|is|are|continues?) .*"
    r"|(?:with \w+ )?the (?:[\w-]+ ){0,4}?(?:work|efforts|role|contributions?|activities|commitment"
    r"|support|steps|measures) (?:(?:taken|made|undertaken|provided|played) )?(?:of|by) "
    r"(?P<who>.+?)(?= (?:to|in|for|on|aimed|with|towards)\b|,? and invites|$))"
)
_SMALL_FIRST_WORDS = frozenset(
    {"Should", "Shall", "Will", "May", "Must", "To", "That"}
    | {"Submit", "Report", "Present", "Prepare", "Provide", "Include", "Transmit"}
)
# What only a secretariat can do, though nobody is named.
_ONLY_SECRETARIAT = re.compile(
    r"\b(?:shall|should|be) (?:be )?(?:reported|submitted|included in the (?:report|budget)"
    r"|reflected in the (?:report|budget))"
    r"|\b(?:resources|support|assistance)\b.*\bbe (?:provided|made available|allocated)\b"
)


def propose(
    clause: Block, ancestors: Sequence[Block], entity: Entity, adopted_by: str | None = None
) -> Proposal:
    """Return what a clause is understood to ask, read together with the clauses above it.

    ``ancestors`` are the chapeaux above the clause, the numbered paragraph first; ``adopted_by`` is
    the organ whose text it is, where that is known. What is not sure is left None: a wrong guess
    costs more than none.
    """
    language = language_of_clause([*ancestors, clause][0].text, clause.text)
    if language != "en":
        return propose_romance(clause, ancestors, entity, adopted_by, language)
    frames = _governing_frames(clause, ancestors)
    asking = [frame for frame in frames if _asks(frame)]
    arranging = [f for f in frames if f.kind in {FrameKind.DECIDE, FrameKind.ARRANGE}]
    phrases = _asked_phrases(frames, asking)
    addressees = tuple(dict.fromkeys(actor for phrase in phrases for actor in actors_in(phrase)))
    nature = _nature(asking, arranging, addressees, entity, adopted_by, clause.text)
    if not asking and not arranging and not opens_in_english([*ancestors, clause][0].text):
        return Proposal(action_verb=clause.verb)  # another language, or a verb not known
    asked_themselves = [without_company(phrase) for phrase in phrases]
    concerned, shown = concern(addressees, asked_themselves, entity, adopted_by)
    asked = " ".join(frame.rest for frame in asking)
    occasion = find_occasion([frame.rest for frame in asking])
    occasion = occasion or find_occasion([frame.rest for frame in arranging])
    report = bool(asking) and asks_for_report(asked)
    words = {
        "nature": (asking or arranging or frames)[-1].verb,
        "addressees": "; ".join(addressees),
    }
    periodicity = None
    if asking:
        periodicity, words["periodicity"] = find_periodicity(
            [frame.rest for frame in asking], occasion
        )
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
    return [Frame(last.kind, last.verb, rest), *(f for f in own[1:] if not _is_base_form(f.verb))]


def _speaks_itself(clause: Block, first: Frame, chapeau: Block) -> bool:
    """Tell whether a sub-clause has its own governing verb.

    "To request ..." asks under "Decides:", but is what others are asked under "Encourages ...:".
    """
    if clause.text.startswith("To "):
        under_decision = frames_of(chapeau.text)[-1].kind is FrameKind.DECIDE
        speaks = first.kind is FrameKind.ASK or states_as_infinitive(clause.text)
        return speaks and under_decision
    if first.kind is FrameKind.STATE:
        return opens_clause(clause.text) and not opens_in_base_form(clause.text)
    return True


def _is_base_form(verb: str) -> bool:
    """Tell whether a verb inside a sub-clause is what is asked ("and encourage"), not who asks."""
    return verb == "encourage"


def _continued(text: str) -> str:
    """Return a sub-clause as its sentence goes on: "Should perform" as "should perform"."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _SMALL_FIRST_WORDS else text


def _asks(frame: Frame) -> bool:
    """Tell whether a frame asks somebody: an asking verb, or a decision that X shall do it."""
    if frame.kind is FrameKind.ASK:
        return True
    if frame.kind is not FrameKind.DECIDE:
        return False
    return any(_is_task(decided) for decided in _decided(frame.rest))


def _decided(rest: str) -> list[str]:
    """Return what is decided, each as "that X shall ..."; nothing where it is no such clause."""
    found = None if _DECIDED_TO.match(rest) else _BEFORE_THAT.match(rest)
    return _NEXT_THAT.split(rest[found.end() :]) if found else []


def _is_task(decided: str) -> bool:
    """Tell whether "that X shall ..." gives X something to do, or has something reported."""
    subject = subject_before_modal(decided)
    if subject is None:
        return False
    return _REPORTED.match(decided) is not None or (names_actor(subject) and _can_act(subject))


def _is_to_be_reported(frame: Frame) -> bool:
    """Tell whether something is decided to be reported, which only a secretariat does."""
    return frame.kind is FrameKind.DECIDE and _REPORTED.match(frame.rest) is not None


def _is_for_secretariat(frame: Frame) -> bool:
    """Tell whether an ask that names nobody can only mean the secretariat."""
    return frame.verb.lower() == "directs" or _ONLY_SECRETARIAT.search(frame.rest) is not None


def _can_act(subject: str) -> bool:
    """Tell whether the subject itself is the actor, not something of his ("the mandate of ...")."""
    first = _DEFINING.split(_ARTICLE.sub("", subject), maxsplit=1)[0]
    return names_actor(first) or _ACRONYM.match(first) is not None


def _asked_phrases(frames: Sequence[Frame], asking: Sequence[Frame]) -> list[str]:
    phrases = [
        asked_phrase(rest, after_that=is_decided) for rest, is_decided in _asked_parts(asking)
    ]
    return [_meant(frames) if _PRONOUN.match(phrase) else phrase for phrase in phrases]


def _meant(frames: Sequence[Frame]) -> str:
    """Return whom "invites them" means: those whose work the words before it commend."""
    found = _WORK_OF.match(frames[0].rest) if frames[0].kind is FrameKind.STATE else None
    return next((who for who in found.groups() if who), "") if found else ""


def _asked_parts(asking: Sequence[Frame]) -> Iterator[tuple[str, bool]]:
    """Return the words after each asking verb, and whether they are "that X shall ..."."""
    for frame in asking:
        if _is_to_be_reported(frame):
            continue
        if frame.kind is FrameKind.DECIDE:
            yield from ((decided, True) for decided in _decided(frame.rest) if _is_task(decided))
        elif not frame.verb.lower().endswith(" for"):
            yield _ADVERB.sub("", frame.rest), False
        elif between := _BETWEEN.search(frame.rest):
            yield f"cooperation between {between[1]}", False
        else:
            yield from ((f"{found['who']} to act", False) for found in _FOR_TO.finditer(frame.rest))


def _nature(
    asking: Sequence[Frame],
    arranging: Sequence[Frame],
    addressees: Sequence[str],
    entity: Entity,
    adopted_by: str | None,
    clause: str,
) -> Nature:
    if asking:
        if not addressees:
            unnamed = any(_is_for_secretariat(frame) for frame in asking)
            return Nature.ACTION_BY_SECRETARIAT if unnamed else Nature.ACTION_BY_OTHERS
        ours = any(
            serves_secretariat(_full_name(actor, clause)) or is_entity(actor, entity, adopted_by)
            for actor in addressees
        )
        return Nature.ACTION_BY_SECRETARIAT if ours else Nature.ACTION_BY_OTHERS
    return Nature.PROCEDURAL if arranging else Nature.INFORMATIONAL


def _full_name(actor: str, clause: str) -> str:
    """Return the name that a clause gives in full: "Commission" after "Commission of Inquiry"."""
    full = re.search(rf"\b{re.escape(actor)} (?:of|for|on) [A-Z][\w ]+", clause)
    return full[0] if full and " " not in actor else actor
