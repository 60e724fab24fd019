"""What a brief can be about: the subject that somebody means, and those that are nearly so."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from tracker.domain.briefs import BriefKind, BriefSubject
from tracker.domain.countries import country_name, find_country, nearly_named
from tracker.domain.errors import UnknownSymbol
from tracker.domain.goals import GOALS, find_goal, goal_name
from tracker.domain.names import Named
from tracker.domain.symbols import parse_symbol
from tracker.models.activity_parts import ActivityPartner
from tracker.models.instruments import Instrument, InstrumentText
from tracker.models.people import OrganizationalUnit
from tracker.queries.names import names_in
from tracker.queries.subject_words import words_in_use

MOST_SUGGESTED = 5
NEARLY = 0.6  # of difflib's 1.0
SHORTEST_PART = 4  # letters by which a name is found that holds them


def find_subject(
    session: Session, text: str, language: str, kind: BriefKind | None = None
) -> BriefSubject:
    """Return what ``text`` means, named in ``language``; as the kind asked for, if one is.

    Without a kind the first of country, resolution, unit, partner, goal and subject word that is
    called so; else its words are what is looked for. A single word of everyday use, as "transport",
    means a unit only where a unit is asked for: ``namesakes`` tells of it.
    """
    written = " ".join(text.split())
    for found in _readings(session, written, language):
        if kind == found.kind or (kind is None and not _is_ordinary(found, written)):
            return found
    if kind not in (None, BriefKind.WORDS):
        # A partner, unit or the like that is none of ours: nothing will be found under it.
        return BriefSubject(kind, "" if kind is BriefKind.COUNTRY else "0", written, written)
    return BriefSubject(BriefKind.WORDS, written, written, written)


def namesakes(
    session: Session, text: str, language: str, subject: BriefSubject
) -> Sequence[BriefSubject]:
    """Return what else is called as ``text`` was written, beside the subject it was taken for."""
    written = " ".join(text.split())
    found = _readings(session, written, language)
    return [each for each in found if (each.kind, each.key) != (subject.kind, subject.key)]


def _is_ordinary(subject: BriefSubject, written: str) -> bool:
    """Tell whether a word that is a unit's, too, is one that every sentence may hold.

    Short names in capitals or of several parts, "DSD" or "ocean-economy", are in no such use.
    """
    return subject.kind is BriefKind.UNIT and written.isalpha() and not written.isupper()


def near_subjects(session: Session, text: str, language: str) -> Sequence[BriefSubject]:
    """Return subjects that are spelled nearly so, or whose name holds what was written."""
    written = " ".join(text.split())
    suggested: list[BriefSubject] = []
    country = nearly_named(written)
    wanted = [country] if country else []
    names = [*_partner_names(session), *_unit_names(session, language)]
    names += [word.name(language) for word in words_in_use(session)]
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(written.casefold(), folded, n=MOST_SUGGESTED, cutoff=NEARLY)
    holding = [name for name in folded if _holds(name, written.casefold())]
    wanted += [folded[name] for name in dict.fromkeys([*near, *sorted(holding)])]
    for name in wanted:
        subject = next(_readings(session, name, language), None)
        if subject is not None and subject not in suggested:
            suggested.append(subject)
    return [each for each in suggested if each.written != written][:MOST_SUGGESTED]


def _holds(name: str, written: str) -> bool:
    return len(written) >= SHORTEST_PART and written in name


def _readings(session: Session, written: str, language: str) -> Iterator[BriefSubject]:
    code = find_country(written)
    if code is not None:
        name = country_name(code, language)
        yield BriefSubject(BriefKind.COUNTRY, code, name, name)
    yield from _resolution(session, written)
    yield from _unit(session, written, language)
    yield from _partner(session, written)
    goal = find_goal(written)
    if goal is not None:
        name = f"{goal}. {goal_name(goal, language)}" if goal in GOALS else goal
        yield BriefSubject(BriefKind.GOAL, goal, name, goal)
    yield from _word(session, written, language)


def _word(session: Session, written: str, language: str) -> Iterator[BriefSubject]:
    low = written.casefold()
    for word in words_in_use(session):
        if low in {said.name.casefold() for said in word.wordings.values()}:
            name = word.name(language)
            yield BriefSubject(BriefKind.WORD, str(word.id), name, name)
            return


def _resolution(session: Session, written: str) -> Iterator[BriefSubject]:
    try:
        symbol = parse_symbol(written)
    except UnknownSymbol:
        return
    row = session.execute(
        select(Instrument.id, Instrument.symbol, InstrumentText.title)
        .join(InstrumentText, InstrumentText.instrument_id == Instrument.id)
        .where(Instrument.slug == symbol.slug, InstrumentText.is_original)
        .order_by(Instrument.id)
        .limit(1)
    ).first()
    if row is not None:
        name = f"{row.symbol}, {row.title}" if row.title else row.symbol
        yield BriefSubject(BriefKind.RESOLUTION, str(row.id), name, row.symbol)


def _unit(session: Session, written: str, language: str) -> Iterator[BriefSubject]:
    names = names_in(session, language)
    low = written.casefold()
    for unit_id, key, name in session.execute(
        select(OrganizationalUnit.id, OrganizationalUnit.key, OrganizationalUnit.name)
    ):
        shown = names.of(Named.UNIT, name)
        if low in {key.casefold(), name.casefold(), shown.casefold()}:
            yield BriefSubject(BriefKind.UNIT, str(unit_id), shown, key)
            return


def _partner(session: Session, written: str) -> Iterator[BriefSubject]:
    low = func.lower(written)
    name = session.scalar(
        select(ActivityPartner.name)
        .where(
            or_(
                func.lower(ActivityPartner.name) == low,
                ActivityPartner.name.icontains(f"({written})", autoescape=True),
            )
        )
        .order_by(ActivityPartner.name)
        .limit(1)
    )
    if name is not None:
        yield BriefSubject(BriefKind.PARTNER, name, name, name)


def _partner_names(session: Session) -> Sequence[str]:
    return session.scalars(select(ActivityPartner.name).distinct()).all()


def _unit_names(session: Session, language: str) -> Iterator[str]:
    names = names_in(session, language)
    for name in session.scalars(select(OrganizationalUnit.name)):
        yield names.of(Named.UNIT, name)
