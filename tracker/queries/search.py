"""Search: the records that a person asks for in words, best first, with the words marked."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from sqlalchemy import String, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.permissions import Actor
from tracker.domain.search import (
    Part,
    Place,
    Query,
    SearchKind,
    find_place,
    parse_query,
    spellings,
)
from tracker.models.instruments import Clause, Instrument
from tracker.models.search import SearchWord
from tracker.queries.near_words import near_words
from tracker.queries.plain_rows import KeptStatement
from tracker.queries.search_facets import Facet, facets
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
MOST_ATTEMPTS = 4  # of other words in place of mistyped ones
_KINDS = list(SearchKind)


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of results; ``corrected`` is what was searched for in place of what was typed.

    Where there are more than can be ranked, the counts of ``facets`` are the least there are.
    """

    results: tuple[Result, ...]
    total: int
    has_more_than_ranked: bool
    page: int
    page_count: int
    facets: tuple[Facet, ...]
    corrected: str | None = None
    is_unclosed: bool = False
    asks_for_nothing: bool = False


def search(
    session: Session, text: str, *, actor: Actor, narrowing: Narrowing | None = None, page: int = 1
) -> SearchPage:
    """Return what matches ``text`` and ``actor`` may see, best first, 20 a page.

    All words must occur, whatever their endings and accents. A symbol, also with a paragraph,
    leads to its record first. Where nothing holds the words, the nearest ones are searched for.
    A fixed number of statements.
    """
    narrowed = narrowing or Narrowing()
    query, place, corrected = parse_query(text), find_place(text), None
    direct = _direct(session, place, narrowed, actor=actor)
    wanted = _wanted(session, query)
    found = candidates(session, wanted, narrowed, actor=actor)
    if not found and not direct:
        for told, attempt in _corrections(session, query):
            wanted = _wanted(session, attempt)
            if found := candidates(session, wanted, narrowed, actor=actor):
                corrected = told
                break
    ranked = _ranked(direct, found[:MOST_RANKED], language=actor.language)
    last = max(1, -(-len(ranked) // PAGE_SIZE))
    at = min(max(page, 1), last)
    shown = ranked[(at - 1) * PAGE_SIZE : at * PAGE_SIZE]
    marked = frozenset(row for part in wanted.required for row in part)
    return SearchPage(
        results=results(session, [each.id for each in shown], marked),
        total=len(ranked),
        has_more_than_ranked=len(found) > MOST_RANKED,
        page=at,
        page_count=last,
        facets=facets(session, ranked),
        corrected=corrected,
        is_unclosed=query.is_unclosed,
        asks_for_nothing=not query.required,
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
    asked = {f"word_{number}": word for number, word in enumerate(written)}
    for folded, ending in _stems_of(len(asked)).rows(session, asked) if asked else ():
        written[folded].add(ending)
    return {word: all_stems(word) | written[fold(word)] for word in words}


@lru_cache(maxsize=64)
def _stems_of(count: int) -> KeptStatement[str, str]:
    words = [bindparam(f"word_{number}", type_=String) for number in range(count)]
    return KeptStatement(select(SearchWord.word, SearchWord.stem).where(SearchWord.word.in_(words)))


def _rows_of(part: Part, stems: Mapping[str, frozenset[str]]) -> Sequences:
    if len(part) == 1:
        apart = {way for way in spellings(part) if len(way) > 1}
        return frozenset({*((ending,) for ending in stems[part[0]]), *apart})
    # A phrase stands in one language; words typed without accents may have another stem there.
    in_one_language = {
        tuple(stem(word, language) for word in way)
        for way in spellings(part)
        for language in LANGUAGES
    }
    if len(part) <= 4:
        in_one_language |= set(product(*(sorted(stems[word])[:4] for word in part)))
    return frozenset(in_one_language)


def _direct(
    session: Session, place: Place | None, narrowing: Narrowing, *, actor: Actor
) -> list[Candidate]:
    """Return the entries that a symbol names: of resolutions, or of the mandate at a paragraph."""
    if place is None:
        return []
    slug = Instrument.slug
    named = select(Instrument.id).where(
        slug.startswith(f"{place.number}-") if place.number else slug.in_(place.slugs)
    )
    if place.path is None:
        return entries_of(session, SearchKind.RESOLUTION, named, narrowing, actor=actor)
    clauses = select(Clause.id).where(Clause.instrument_id.in_(named), Clause.path == place.path)
    return entries_of(session, SearchKind.MANDATE, clauses, narrowing, actor=actor)


def _corrections(session: Session, query: Query) -> Iterator[tuple[str, Query]]:
    """Yield the query with each unknown word replaced by a near one that occurs, nearest first.

    Each comes with the words that are then searched for. A word that occurs only where ``actor``
    may not look finds nothing, so that the next is tried; never more than MOST_ATTEMPTS.
    """
    words = sorted({word for part in query.required for word in part})
    known = set(
        session.scalars(select(SearchWord.word).where(SearchWord.word.in_(map(fold, words))))
    )
    unknown = [word for word in words if fold(word) not in known]
    nearest = near_words(session, unknown)
    replaced = [word for word in unknown if nearest.get(word)]
    if not replaced:
        return
    for taken in islice(product(*(nearest[word] for word in replaced)), MOST_ATTEMPTS):
        instead = dict(zip(replaced, taken, strict=True))
        required = tuple(tuple(instead.get(word, word) for word in part) for part in query.required)
        told = " ".join(f"“{' '.join(part)}”" if len(part) > 1 else part[0] for part in required)
        yield told, Query(required, query.excluded)


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
