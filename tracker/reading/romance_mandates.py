"""What a clause in Spanish, French or Portuguese is understood to ask."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from tracker.domain.clauses import Block, Entity, Proposal
from tracker.domain.mandates import ConcernsUs, Nature
from tracker.reading.concern import concern, is_entity
from tracker.reading.frames import Frame, FrameKind
from tracker.reading.romance import (
    actors_in,
    asked_and_task,
    is_task,
    romance_frames,
    serves_romance_secretariat,
    speaks_itself,
)
from tracker.reading.romance_occasions import asks_for_report_in, occasion_in, periodicity_in
from tracker.reading.verbs import opens_clause

# What a decision may ask: "Decide: a) Pedir al Secretario General que", "Décide de prier"
_TO_ASK = re.compile(
    r"^(?::\s)?(?:de\s|d’)?(?P<verb>solicitar|pedir|invitar|alentar|instar|exhortar|recomendar"
    r"|encargar|encomendar|prier|demander|inviter|encourager|engager|exhorter|recommander|charger"
    r"|convidar|encorajar|exortar|encarregar)\b"
)


def propose_romance(
    clause: Block,
    ancestors: Sequence[Block],
    entity: Entity,
    adopted_by: str | None,
    language: str,
) -> Proposal:
    """Return what a clause asks, in the words of its language; ``language`` is es, fr or pt."""
    frames = _governing_frames(clause, ancestors, language)
    if not frames:
        return _stated(clause, [*ancestors, clause][0], language)
    asking = [frame for frame in frames if _asks(frame, language)]
    arranging = [f for f in frames if f.kind in {FrameKind.DECIDE, FrameKind.ARRANGE}]
    parted = [asked_and_task(frame, language) for frame in asking]
    addressees = _unique([a for phrase, _ in parted for a in actors_in(phrase, language)])
    concerned, shown = concern(addressees, [phrase for phrase, _ in parted], entity, adopted_by)
    occasion = occasion_in([frame.rest for frame in asking], language)
    occasion = occasion or occasion_in([frame.rest for frame in arranging], language)
    asked = " ".join(frame.rest for frame in asking)
    governing = (asking or arranging or frames)[-1]
    words = {
        "nature": governing.verb,
        "addressees": "; ".join(addressees),
        "occasion": occasion or "",
        "concerns_us": shown,
    }
    periodicity = None
    if asking:
        tasks = [task for _, task in parted]
        periodicity, words["periodicity"] = periodicity_in(asked, tasks, occasion, language)
    ours = concerned in {ConcernsUs.BY_NAME, ConcernsUs.AS_ONE_OF_A_CLASS}
    verb = (asking or arranging or frames)[0].verb
    return Proposal(
        action_verb=verb[:1].upper() + verb[1:],
        addressees=addressees,
        nature=_nature(asking, arranging, addressees, entity, adopted_by, language),
        periodicity=periodicity,
        concerns_us=concerned if asking else ConcernsUs.NO,
        requires_action=bool(asking) and ours,
        occasion=occasion,
        report_requested=bool(asking) and asks_for_report_in(asked, language),
        words=MappingProxyType({field: text for field, text in words.items() if text}),
    )


def _stated(clause: Block, lead: Block, language: str) -> Proposal:
    """Return what is said of a clause whose verb neither asks nor decides; nothing if unknown."""
    if not opens_clause(lead.text, language):
        return Proposal(action_verb=clause.verb)
    return Proposal(action_verb=clause.verb, nature=Nature.INFORMATIONAL, concerns_us=ConcernsUs.NO)


def _governing_frames(clause: Block, ancestors: Sequence[Block], language: str) -> Sequence[Frame]:
    """Return the frames of a clause; a sub-clause without a verb of its own has its chapeau's."""
    own = [_asked_by_decision(frame) for frame in romance_frames(clause.text, language)]
    if not ancestors or speaks_itself(clause.text, language):
        return own
    lead, *between = [*(ancestor.text for ancestor in ancestors), clause.text]
    above = romance_frames(lead, language)
    if not above:
        return own
    last = above[-1]
    said = [] if last.rest == ":" else [last.rest]  # "Encourage :" and "Les États à associer ..."
    rest = " ".join([*said, *(text[:1].lower() + text[1:] for text in between)])
    return [_asked_by_decision(Frame(last.kind, last.verb, rest))]


def _asked_by_decision(frame: Frame) -> Frame:
    """Return "decide: pedir al Secretario General que" as the request that it is."""
    found = _TO_ASK.match(frame.rest) if frame.kind is FrameKind.DECIDE else None
    if found is None:
        return frame
    return Frame(FrameKind.ASK, found["verb"], frame.rest[found.end() :].strip())


def _asks(frame: Frame, language: str) -> bool:
    if frame.kind is FrameKind.DECIDE:
        return is_task(frame, language)
    return frame.kind is FrameKind.ASK


def _nature(
    asking: Sequence[Frame],
    arranging: Sequence[Frame],
    addressees: Sequence[str],
    entity: Entity,
    adopted_by: str | None,
    language: str,
) -> Nature:
    if not asking:
        return Nature.PROCEDURAL if arranging else Nature.INFORMATIONAL
    ours = any(
        serves_romance_secretariat(actor, language) or is_entity(actor, entity, adopted_by)
        for actor in addressees
    )
    return Nature.ACTION_BY_SECRETARIAT if ours else Nature.ACTION_BY_OTHERS


def _unique(actors: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actors))
