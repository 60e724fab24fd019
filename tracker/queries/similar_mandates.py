"""Mandates of other instruments that ask much the same: how alike, in which words, who answers."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import groupby, islice
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Pool, func, select
from sqlalchemy.orm import Session

from tracker.domain.clauses import Relation
from tracker.domain.permissions import Actor
from tracker.domain.search import SearchKind
from tracker.domain.similarity import Profile, Weights, telling_rows
from tracker.models.instruments import Body, Clause, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.search import SearchEntry
from tracker.queries.mandate_owners import OwnedMandate, mandate_owners
from tracker.queries.renewals import kin_of
from tracker.queries.search_index import Find, Probe, finds
from tracker.stemming import formula_stems, stem, stems_of_text, telling_stems, words_of

# Below this two clauses share words, not what they ask: tests/queries/same_clauses.csv.
LEAST_SCORE = 45  # of 100
_SAMPLE = 2000  # texts from which it is told how rare a stem is
_FOUND = 300  # texts that one clause is compared with
_SHORT_LIST = 20  # of the likest, whose titles are compared, too
_TITLE = 0.2  # how much titles count beside the clauses
_RELATED = frozenset({Relation.RENEWS, Relation.SUPERSEDES, Relation.AMENDS})
_RELATED_ADDS = 0.05
_SHARED_WORDS = 5
# From so many texts on, what stems tell is kept until a twentieth as many entries have come.
_MANY = 1000

Kin = Mapping[int, Mapping[int, Relation]]


@dataclass(frozen=True, slots=True)
class SimilarMandate:
    """A mandate that is like another: how much, from 0 to 100, and in which of its words.

    ``relation`` is how the two instruments stand to one another, where a text or the standing
    list tells it. ``words_alike`` is how much the clauses alone are alike, from 0 to 100: two
    bodies (``is_of_two_bodies``) call the same matter by titles of their own.
    """

    mandate: OwnedMandate
    score: int
    shared_words: tuple[str, ...]
    relation: Relation | None
    words_alike: int
    is_of_two_bodies: bool


@dataclass(frozen=True, slots=True)
class _Source:
    """A clause in one language that others are compared with.

    ``title`` is its instrument's, ``body_key`` that of the body that adopted it.
    """

    mandate_id: int
    instrument_id: int
    language: str
    stems: frozenset[str]
    title: frozenset[str] = frozenset()
    body_key: str = ""


@dataclass(frozen=True, slots=True)
class _Near:
    """A clause near to a source: how alike their texts are, and the stems they share."""

    clause_id: int
    likeness: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A mandate near to a source, with titles and relations reckoned in."""

    mandate: OwnedMandate
    score: int
    shared: tuple[str, ...]
    relation: Relation | None
    words_alike: int
    is_of_two_bodies: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What was told when ``newest`` was the id of the newest entry: how many texts, what stems."""

    newest: int
    total: int
    weights: Weights


_known_weights: WeakKeyDictionary[Pool, dict[frozenset[str], _Known]] = WeakKeyDictionary()


def similar_mandates(
    session: Session,
    mandate_ids: Collection[int],
    *,
    actor: Actor,
    most: int = 5,
    is_owned: bool = False,
) -> Mapping[int, tuple[SimilarMandate, ...]]:
    """Return for each mandate those of other instruments that are most like it, best first.

    Texts are compared within a language, so across languages where versions exist. ``is_owned``
    leaves out what nobody answers for; ``actor`` is told of nothing that they may not see. Nine
    statements, and one more for each further hundred texts; on SQLite four more for over ten.
    """
    sources = _sources(session, mandate_ids)
    found: defaultdict[int, list[_Scored]] = defaultdict(list)
    for source, alike in _compared(session, sources, actor=actor, is_owned=is_owned):
        found[source.mandate_id] += alike
    return {mandate_id: _ranked(alike, most) for mandate_id, alike in found.items()}


def mandates_like_texts(
    session: Session, texts: Sequence[str], language: str, *, actor: Actor, most: int = 5
) -> tuple[tuple[SimilarMandate, ...], ...]:
    """Return the mandates that are most like each of these texts, in their order, best first.

    As many statements as ``similar_mandates`` takes.
    """
    sources = [
        _Source(
            mandate_id=place,
            instrument_id=0,
            language=language,
            stems=telling_stems(stems_of_text(text, language)),
        )
        for place, text in enumerate(texts)
    ]
    found: defaultdict[int, list[_Scored]] = defaultdict(list)
    for source, alike in _compared(session, sources, actor=actor, is_owned=False):
        found[source.mandate_id] += alike
    return tuple(_ranked(found[place], most) for place in range(len(texts)))


def _sources(session: Session, mandate_ids: Collection[int]) -> list[_Source]:
    rows = session.execute(
        select(
            Mandate.id,
            Mandate.instrument_id,
            SearchEntry.language,
            SearchEntry.text_stems,
            InstrumentText.title,
            Body.key,
        )
        .join(SearchEntry, SearchEntry.subject_id == Mandate.clause_id)
        .outerjoin(
            InstrumentText,
            (InstrumentText.instrument_id == Mandate.instrument_id)
            & (InstrumentText.language == SearchEntry.language),
        )
        .join(Instrument, Instrument.id == Mandate.instrument_id)
        .join(Body, Body.id == Instrument.body_id)
        .where(SearchEntry.kind == SearchKind.MANDATE, Mandate.id.in_(mandate_ids))
        .order_by(Mandate.id, SearchEntry.language)
    )
    return [
        _Source(
            mandate_id, instrument_id, language, telling_stems(stems), _title(title, language), body
        )
        for mandate_id, instrument_id, language, stems, title, body in rows
    ]


def _title(title: str | None, language: str) -> frozenset[str]:
    return telling_stems(stems_of_text(title or "", language))


def _compared(
    session: Session, sources: Sequence[_Source], *, actor: Actor, is_owned: bool
) -> Iterator[tuple[_Source, list[_Scored]]]:
    """Yield for each source the mandates that are most like it, in no order."""
    if not sources:
        return
    total, weights = _weights(session, {source.language for source in sources})
    kin = kin_of(session, {source.instrument_id for source in sources})
    near = _near(session, sources, kin, weights, total, actor=actor, is_owned=is_owned)
    owners = mandate_owners(session, {each.clause_id for alike in near for each in alike})
    for source, alike in zip(sources, near, strict=True):
        related = kin.get(source.instrument_id, {})
        known = ((each, owners[each.clause_id]) for each in alike if each.clause_id in owners)
        yield source, [_scored(source, each, mandate, related, weights) for each, mandate in known]


def _weights(session: Session, languages: Collection[str]) -> tuple[int, Weights]:
    """Return how many mandates there are in these languages, and how much each stem tells.

    Out of every so-manyth clause, the same ones on each engine. Of many texts, a sample of a little
    earlier does.
    """
    # By the pool, which a process has one of: engines with options are made for each view.
    known = _known_weights.setdefault(session.get_bind().engine.pool, {})
    earlier = known.get(frozenset(languages))
    if earlier is not None and abs(_newest(session) - earlier.newest) * 20 <= earlier.newest:
        return earlier.total, earlier.weights
    of_languages = (SearchEntry.kind == SearchKind.MANDATE, SearchEntry.language.in_(languages))
    total = session.scalar(select(func.count()).select_from(SearchEntry).where(*of_languages)) or 0
    weights = _sampled_weights(session, total, of_languages)
    if total >= _MANY:
        known[frozenset(languages)] = _Known(_newest(session), total, weights)
    return total, weights


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(SearchEntry.id))) or 0


def _sampled_weights(
    session: Session, total: int, of_languages: Sequence[ColumnElement[bool]]
) -> Weights:
    step = max(1, total // _SAMPLE)
    sample = session.scalars(
        select(SearchEntry.text_stems).where(*of_languages, SearchEntry.subject_id % step == 0)
    )
    return Weights(map(telling_stems, sample), formula_stems())


def _near(
    session: Session,
    sources: Sequence[_Source],
    kin: Kin,
    weights: Weights,
    total: int,
    *,
    actor: Actor,
    is_owned: bool,
) -> list[list[_Near]]:
    """Return for each source the clauses of other instruments that are nearest to it."""
    probes = [
        Probe(
            key=key,
            language=source.language,
            rows=telling_rows(source.stems, weights, total=total),
            condition=_is_of(source.instrument_id, is_not=True),
        )
        for key, source in enumerate(sources)
    ]
    found = finds(session, SearchKind.MANDATE, probes, actor=actor, is_owned=is_owned, most=_FOUND)
    # Words that very many clauses have lead to the newest of these: related texts come besides.
    counts = Counter(find.key for find in found)
    related = [
        replace(probe, condition=_is_of(*kin[sources[probe.key].instrument_id]))
        for probe in probes
        if counts[probe.key] >= _FOUND and sources[probe.key].instrument_id in kin
    ]
    found += finds(
        session, SearchKind.MANDATE, related, actor=actor, is_owned=is_owned, most=_FOUND
    )
    return _nearest(sources, kin, found, weights)


def _is_of(*instrument_ids: int, is_not: bool = False) -> ColumnElement[bool]:
    """Say, of an entry of a mandate, that its clause is of one of these instruments, or of none."""
    clauses = select(Clause.id).where(Clause.instrument_id.in_(instrument_ids))
    is_of = SearchEntry.subject_id.in_(clauses)
    return ~is_of if is_not else is_of


def _nearest(
    sources: Sequence[_Source], kin: Kin, found: Iterable[Find], weights: Weights
) -> list[list[_Near]]:
    texts = [weights.profile(source.stems) for source in sources]
    alike: list[dict[int, tuple[float, int, str]]] = [{} for _ in sources]
    # One text after the other: thousands of them as sets at once take hundreds of megabytes.
    for _subject, same in groupby(sorted(found, key=_subject_of), key=_subject_of):
        other: Profile | None = None
        for find in same:
            other = other or _profile(find.text_stems, weights)
            score = weights.likeness(texts[find.key], other)
            alike[find.key][find.subject_id] = (score, find.subject_id, find.text_stems)
    return [
        [
            _Near(
                clause_id,
                score,
                weights.shared(text, _profile(stems, weights), most=_SHARED_WORDS),
            )
            for score, clause_id, stems in nlargest(
                _SHORT_LIST, near.values(), key=lambda each: each[:2]
            )
        ]
        for text, near in zip(texts, alike, strict=True)
    ]


def _subject_of(find: Find) -> tuple[int, str]:
    return find.subject


def _profile(stems: str, weights: Weights) -> Profile:
    return weights.profile(telling_stems(stems))


def _scored(
    source: _Source,
    near: _Near,
    mandate: OwnedMandate,
    related: Mapping[int, Relation],
    weights: Weights,
) -> _Scored:
    score = near.likeness
    is_of_two = mandate.reference.body_key != source.body_key
    if source.title and mandate.title_language == source.language:
        theirs = weights.profile(_title(mandate.title, mandate.title_language))
        alike = weights.likeness(weights.profile(source.title), theirs)
        score = (1 - _TITLE) * score + _TITLE * alike
    relation = related.get(mandate.instrument_id)
    if relation in _RELATED:
        score += _RELATED_ADDS
    return _Scored(
        mandate,
        min(round(100 * score), 100),
        near.shared,
        relation,
        words_alike=round(100 * near.likeness),
        is_of_two_bodies=is_of_two,
    )


def _ranked(scored: Sequence[_Scored], most: int) -> tuple[SimilarMandate, ...]:
    """Return each mandate once, in the language in which it is likest; of equals the newest."""
    in_order = sorted(
        (each for each in scored if each.score >= LEAST_SCORE),
        key=lambda each: (-each.score, -_day(each.mandate), -each.mandate.mandate_id),
    )
    best: dict[int, _Scored] = {}
    for each in in_order:
        best.setdefault(each.mandate.mandate_id, each)
    return tuple(
        SimilarMandate(
            one.mandate,
            one.score,
            _words(one.mandate, one.shared),
            one.relation,
            one.words_alike,
            one.is_of_two_bodies,
        )
        for one in islice(best.values(), most)
    )


def _day(mandate: OwnedMandate) -> int:
    return mandate.adopted_on.toordinal() if mandate.adopted_on else 0


def _words(mandate: OwnedMandate, stems: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a mandate's text that have these stems, in the order of the stems."""
    words: dict[str, str] = {}
    for word in words_of(mandate.text):
        words.setdefault(stem(word.text, mandate.language), word.text)
    return tuple(words[each] for each in stems if each in words)
