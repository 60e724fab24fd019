"""Search: the records that a person asks for in words, best first, with the words marked."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.permissions import Actor
from tracker.domain.search import Part, Place, Query, SearchKind, find_place, parse_query
from tracker.models.instruments import Body, Clause, Instrument
from tracker.models.people import OrganizationalUnit
from tracker.models.search import SearchWord
from tracker.queries.search_index import (
    MOST_RANKED,
    Candidate,
    Narrowing,
    Sequences,
    Wanted,
    candidates,
    entries_of,
)
from tracker.queries.search_results import Result, results
from tracker.stemming import LANGUAGES, all_stems, fold, is_empty_word, stem

PAGE_SIZE = 20
_KINDS = list(SearchKind)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the results, and how many would be left."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results; ``corrected`` is what was searched for in place of what was typed."""

    results: tuple[Result, ...]
    total: int
    has_more_than_ranked: bool
    page: int
    page_count: int
    kinds: tuple[Choice, ...]
    bodies: tuple[Choice, ...]
    units: tuple[Choice, ...]
    years: tuple[Choice, ...]
    corrected: str | None = None


def search(
    session: Session, text: str, *, actor: Actor, narrowing: Narrowing | None = None, page: int = 1
) -> SearchPage:
    """Return what matches ``text`` and ``actor`` may see, best first, 20 a page.

    All words must occur, whatever their endings and accents. A symbol, also with a paragraph,
    leads to its record first. Where nothing holds the words, the nearest ones are searched for.
    A fixed number of statements.
    """
    narrowed = narrowing or Narrowing()
    query, corrected = parse_query(text), None
    direct = _direct(session, find_place(text), narrowed, actor=actor)
    wanted = _wanted(session, query)
    found = candidates(session, wanted, narrowed, actor=actor)
    if not found and not direct:
        corrected, query = _corrected(session, query)
        wanted = _wanted(session, query)
        found = candidates(session, wanted, narrowed, actor=actor) if corrected else []
    ranked = _ranked(direct, found[:MOST_RANKED], language=actor.language)
    last = max(1, -(-len(ranked) // PAGE_SIZE))
    at = min(max(page, 1), last)
    shown = ranked[(at - 1) * PAGE_SIZE : at * PAGE_SIZE]
    marked = {ending for part in wanted.required for row in part for ending in row}
    return SearchPage(
        results=results(session, [each.id for each in shown], marked),
        total=len(ranked),
        has_more_than_ranked=len(found) > MOST_RANKED,
        page=at,
        page_count=last,
        kinds=_kinds(ranked),
        bodies=_named(session, Body, (each.body_id for each in ranked)),
        units=_named(session, OrganizationalUnit, (each.unit_id for each in ranked)),
        years=_years(ranked),
        corrected=corrected if found else None,
    )


def _wanted(session: Session, query: Query) -> Wanted:
    """Return the query in stems, without articles and the like unless they are all there is."""
    telling = tuple(part for part in query.required if len(part) > 1 or not is_empty_word(part[0]))
    required = telling or query.required
    words = {word for part in (*required, *query.excluded) for word in part}
    stems = _stems(session, words)
    return Wanted(
        required=tuple(_rows_of(part, stems) for part in required),
        excluded=tuple(_rows_of(part, stems) for part in query.excluded),
    )


def _stems(session: Session, words: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Return the stems of each word: by the rules, and those of texts that write its accents."""
    written: dict[str, set[str]] = {fold(word): set() for word in words}
    pairs = select(SearchWord.word, SearchWord.stem).where(SearchWord.word.in_(written))
    for folded, ending in session.execute(pairs):
        written[folded].add(ending)
    return {word: all_stems(word) | written[fold(word)] for word in words}


def _rows_of(part: Part, stems: Mapping[str, frozenset[str]]) -> Sequences:
    if len(part) == 1:
        return frozenset((ending,) for ending in stems[part[0]])
    # A phrase stands in one language; words typed without accents may have another stem there.
    in_one_language = {tuple(stem(word, language) for word in part) for language in LANGUAGES}
    if len(part) <= 4:
        in_one_language |= set(product(*(sorted(stems[word])[:4] for word in part)))
    return frozenset(in_one_language)


def _direct(
    session: Session, place: Place | None, narrowing: Narrowing, *, actor: Actor
) -> list[Candidate]:
    """Return the entries that a symbol names: of resolutions, or of the mandate at a paragraph."""
    if place is None:
        return []
    named = select(Instrument.id).where(Instrument.slug.in_(place.slugs))
    if place.path is None:
        return entries_of(session, SearchKind.RESOLUTION, named, narrowing, actor=actor)
    clauses = select(Clause.id).where(Clause.instrument_id.in_(named), Clause.path == place.path)
    return entries_of(session, SearchKind.MANDATE, clauses, narrowing, actor=actor)


def _corrected(session: Session, query: Query) -> tuple[str | None, Query]:
    """Return the query with each unknown word replaced by the nearest one that occurs."""
    words = {word for part in query.required for word in part}
    known = set(
        session.scalars(select(SearchWord.word).where(SearchWord.word.in_(map(fold, words))))
    )
    unknown = {word for word in words if fold(word) not in known}
    if not unknown:
        return None, query
    vocabulary = session.scalars(select(SearchWord.word).distinct()).all()
    nearest = {word: _nearest(fold(word), vocabulary) for word in unknown}
    if not any(nearest.values()):
        return None, query
    required = tuple(tuple(nearest.get(word) or word for word in part) for part in query.required)
    told = " ".join(f"“{' '.join(part)}”" if len(part) > 1 else part[0] for part in required)
    return told, Query(required, query.excluded)


def _nearest(word: str, vocabulary: Sequence[str]) -> str | None:
    """Return the word that a slip of the finger or two is away from ``word``, if there is one."""
    slips = 1 if len(word) < 6 else 2
    if len(word) < 4:
        return None
    found = process.extractOne(
        word, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=slips
    )
    return found[0] if found else None


def _ranked(
    direct: Sequence[Candidate], found: Sequence[Candidate], *, language: str
) -> list[Candidate]:
    """Return one entry for each record, what a symbol names first, then the best; ties by kind."""
    best: dict[tuple[SearchKind, int], tuple[tuple[float, ...], Candidate]] = {}
    named = {(each.kind, each.subject_id) for each in direct}
    for each in (*direct, *found):
        subject = (each.kind, each.subject_id)
        order = (
            subject not in named,
            each.score if subject not in named else 0.0,
            each.language != language,
            _KINDS.index(each.kind),
            -each.id,
        )
        if subject not in best or order < best[subject][0]:
            best[subject] = (order, each)
    return [each for _order, each in sorted(best.values(), key=lambda pair: pair[0])]


def _kinds(ranked: Iterable[Candidate]) -> tuple[Choice, ...]:
    counts = Counter(each.kind for each in ranked)
    return tuple(Choice(kind.value, "", counts[kind]) for kind in _KINDS if counts[kind])


def _named(
    session: Session, model: type[Body] | type[OrganizationalUnit], keys: Iterable[int | None]
) -> tuple[Choice, ...]:
    """Return the bodies or units that occur, most frequent first; one statement."""
    counts = Counter(key for key in keys if key is not None)
    names = dict(session.execute(select(model.id, model.name).where(model.id.in_(counts))).all())
    return tuple(Choice(str(key), names.get(key, ""), count) for key, count in counts.most_common())


def _years(ranked: Iterable[Candidate]) -> tuple[Choice, ...]:
    counts = Counter(each.year for each in ranked if each.year is not None)
    return tuple(
        Choice(str(year), str(year), counts[year]) for year in sorted(counts, reverse=True)
    )
