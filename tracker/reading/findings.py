"""All that is understood of a clause as single findings, each with the words that show it."""

from collections.abc import Iterator

from tracker.domain.clauses import Block, Proposal
from tracker.domain.findings import LEAST_CONFIDENCE, Finding, FindingField
from tracker.domain.mandates import ASKING
from tracker.reading.actor_lists import names_actor
from tracker.reading.asks import Span, find_asks, find_condition, find_partners
from tracker.reading.subjects import find_subjects

# How many of a hundred were right among 440 labelled clauses (tests/reading/labels_*.csv); those of
# partners, conditions, action points and subjects are estimates, from reading a hundred of them.
_SURE = {
    FindingField.ACTION_VERB: 99,
    FindingField.ADDRESSEE: 98,
    FindingField.NATURE: 98,
    FindingField.CONCERNS_US: 95,
    FindingField.PERIODICITY: 95,
    FindingField.OCCASION: 96,
    FindingField.PARTNER: 90,
    FindingField.CONDITION: 90,
    FindingField.ACTION_POINT: 85,
    FindingField.SUBJECT: 80,
}
# What these say is who and when, not what about.
_NOT_SUBJECTS = frozenset(FindingField) - {FindingField.ACTION_POINT, FindingField.SUBJECT}
_NAME_WITHOUT_HEAD = 70  # percent: an addressee told by its capitals alone


def findings_of(clause: Block, proposal: Proposal, title: str = "") -> tuple[Finding, ...]:
    """Return what is understood of a clause, in the order of the fields.

    What is less sure than ``LEAST_CONFIDENCE`` is left out, so that a person is asked.
    """
    found = [*_of_proposal(clause.text, proposal)]
    if proposal.nature in ASKING:
        found += _of_ask(clause.text)
    taken = [one for one in found if one.field in _NOT_SUBJECTS]
    for words, span in find_subjects(clause.text, title):
        if not any(_overlaps(one, span) for one in taken):
            found.append(_at(FindingField.SUBJECT, words.casefold(), clause.text, span))
    order = list(FindingField)
    sure = [finding for finding in found if finding.confidence >= LEAST_CONFIDENCE]
    return tuple(sorted(sure, key=lambda finding: order.index(finding.field)))


def _of_proposal(text: str, proposal: Proposal) -> Iterator[Finding]:
    words = proposal.words
    if proposal.action_verb:
        yield _shown(FindingField.ACTION_VERB, proposal.action_verb, text, proposal.action_verb)
    for actor in proposal.addressees:
        sure = _SURE[FindingField.ADDRESSEE] if names_actor(actor) else _NAME_WITHOUT_HEAD
        yield _shown(FindingField.ADDRESSEE, actor, text, actor, sure)
    if proposal.nature:
        yield _shown(FindingField.NATURE, proposal.nature, text, words.get("nature", ""))
    if proposal.concerns_us:
        shown = words.get("concerns_us", "")
        yield _shown(FindingField.CONCERNS_US, proposal.concerns_us, text, shown)
    if proposal.periodicity:
        shown = words.get("periodicity", "")
        yield _shown(FindingField.PERIODICITY, proposal.periodicity, text, shown)
    if proposal.occasion:
        yield _shown(FindingField.OCCASION, proposal.occasion, text, proposal.occasion)


def _of_ask(text: str) -> Iterator[Finding]:
    for partner, span in find_partners(text):
        yield _at(FindingField.PARTNER, partner, text, span)
    condition = find_condition(text)
    if condition:
        yield _at(FindingField.CONDITION, text[slice(*condition)], text, condition)
    for span in find_asks(text):
        asked = text[slice(*span)].removeprefix("to ")
        yield _at(FindingField.ACTION_POINT, asked[:1].upper() + asked[1:], text, span)


def _shown(
    field: FindingField, value: str, text: str, words: str, confidence: int | None = None
) -> Finding:
    """Return a finding with the place of its words, which may stand in the paragraph above."""
    place = text.casefold().find(words.casefold()) if words else -1
    sure = _SURE[field] if confidence is None else confidence
    if place < 0:
        return Finding(field, value, words, confidence=sure)
    end = place + len(words)
    return Finding(field, value, text[place:end], place, end, sure)


def _overlaps(finding: Finding, span: Span) -> bool:
    if finding.start is None or finding.end is None:
        return False
    return finding.start < span[1] and span[0] < finding.end


def _at(field: FindingField, value: str, text: str, span: Span) -> Finding:
    return Finding(field, value, text[slice(*span)], *span, _SURE[field])
