"""Names in other languages: those to show, and those that are still missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.errors import NotFound
from tracker.domain.names import FEW, Named, Names
from tracker.domain.session_names import session_names
from tracker.models.activities import Activity
from tracker.models.instruments import Body, BodySession, TextVersion
from tracker.models.people import OrganizationalUnit, Subprogramme
from tracker.models.sign_offs import SigningPost
from tracker.queries.many_keys import is_among
from tracker.queries.plain_rows import KeptStatement

Thing = Body | BodySession | OrganizationalUnit | Subprogramme | SigningPost | Activity
MODELS: Mapping[Named, type[Thing]] = {
    Named.BODY: Body,
    Named.SESSION: BodySession,
    Named.UNIT: OrganizationalUnit,
    Named.SUBPROGRAMME: Subprogramme,
    Named.POST: SigningPost,
    Named.ACTIVITY: Activity,
}

_OF_BODIES = (BodySession, SigningPost)


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name in a further language; out of date when the original changed after it was written."""

    text: str
    is_out_of_date: bool


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A thing with its name in the original language and in others."""

    kind: Named
    id: int
    name: str
    language: str
    unit_id: int | None
    others: Mapping[str, WrittenName]
    body_name: str | None = None  # of a session or a post


def field_of(kind: Named) -> str:
    """Return the column that holds the name."""
    return {Named.ACTIVITY: "title", Named.POST: "post"}.get(kind, "name")


def _names() -> Select[str, str, str]:
    originals: dict[Named, Any] = {kind: aliased(MODELS[kind]) for kind in FEW}
    name = func.coalesce(*(getattr(of, field_of(kind)) for kind, of in originals.items()))
    query = select(TextVersion.subject_kind, name.label("name"), TextVersion.text).where(
        TextVersion.subject_kind.in_([kind.value for kind in FEW]),
        TextVersion.language == bindparam("language"),
        ~TextVersion.is_out_of_date,
        name.is_not(None),
    )
    for kind, original in originals.items():
        query = query.outerjoin(
            original,
            (TextVersion.subject_kind == kind.value)
            & (TextVersion.field == field_of(kind))
            & (TextVersion.subject_id == original.id),
        )
    return query.order_by(TextVersion.subject_id)


_NAMES = KeptStatement(_names())  # made once, since nearly every page asks for it


def names_in(session: Session, language: str) -> Names:
    """Return the names of what a house has few of in a language; one statement.

    A name whose original changed since is left out: the original stands in for it. Of posts that
    are called the same the newest one's name holds.
    """
    rows = _NAMES.rows(session, {"language": language})
    return Names({(Named(kind), name): text for kind, name, text in rows})


def titles_in(
    session: Session, activity_ids: Collection[int] | None, language: str
) -> Mapping[int, str]:
    """Return the titles of these activities in a language, as far as written; one statement.

    Without ids those of all activities.
    """
    query = select(TextVersion.subject_id, TextVersion.text).where(
        TextVersion.subject_kind == Named.ACTIVITY.value,
        TextVersion.field == field_of(Named.ACTIVITY),
        TextVersion.language == language,
        ~TextVersion.is_out_of_date,
    )
    if activity_ids is not None:
        query = query.where(is_among(session, TextVersion.subject_id, activity_ids))
    return dict(session.execute(query).all())


def named_rows(session: Session) -> list[NamedRow]:
    """Return what a house has few of, kind by kind in the order of the house; six statements."""
    others = _others(session)
    found: list[NamedRow] = []
    for kind in FEW:
        bodies = {row.id: row.name for row in found if row.kind is Named.BODY}
        found += [
            _row(kind, held, others.get((kind, held.id), {}), bodies)
            for held in session.scalars(_all(kind))
        ]
    return found


def sessions_without_names(
    session: Session,
) -> Sequence[tuple[BodySession, Collection[str]]]:
    """Return the sessions that lack names, with the languages in which; two statements."""
    others = _others(session, Named.SESSION)
    found = []
    for held in session.scalars(select(BodySession).order_by(BodySession.id)):
        written = others.get((Named.SESSION, held.id), {})
        missing = set(session_names(held.number)) - set(written) - {held.language}
        if missing:
            found.append((held, missing))
    return found


def find_named(session: Session, kind: Named, subject_id: int) -> NamedRow:
    """Return one thing with its names; NotFound when there is none; three statements."""
    held = find_thing(session, kind, subject_id)
    if held is None:
        raise NotFound("There is no such name. Choose one from the list of names.")
    others = _others(session, kind, subject_id).get((kind, subject_id), {})
    body = session.get(Body, held.body_id) if isinstance(held, _OF_BODIES) else None
    return _row(kind, held, others, {body.id: body.name} if body else {})


def find_thing(session: Session, kind: Named, subject_id: int) -> Thing | None:
    """Return the row that has the name, or None."""
    # mypy joins the classes of MODELS to Base.
    return cast("Thing | None", session.get(MODELS[kind], subject_id))


def _all(kind: Named) -> Select[Any]:
    orders = {
        Named.BODY: (Body.name,),
        Named.SESSION: (BodySession.body_id, BodySession.number.desc()),
        Named.UNIT: (OrganizationalUnit.position, OrganizationalUnit.name),
        Named.SUBPROGRAMME: (Subprogramme.number,),
        Named.POST: (SigningPost.body_id, SigningPost.position),
    }
    query = select(MODELS[kind]).order_by(*orders[kind])
    return query.where(SigningPost.retired_at.is_(None)) if kind is Named.POST else query


def _others(
    session: Session, kind: Named | None = None, subject_id: int | None = None
) -> Mapping[tuple[Named, int], dict[str, WrittenName]]:
    kinds = FEW if kind is None else (kind,)
    query = select(TextVersion).where(TextVersion.subject_kind.in_([one.value for one in kinds]))
    if subject_id is not None:
        query = query.where(TextVersion.subject_id == subject_id)
    found: dict[tuple[Named, int], dict[str, WrittenName]] = {}
    for version in session.scalars(query):
        of = Named(version.subject_kind)
        if version.field == field_of(of):
            found.setdefault((of, version.subject_id), {})[version.language] = WrittenName(
                version.text, version.is_out_of_date
            )
    return found


def _row(
    kind: Named,
    held: Thing,
    others: Mapping[str, WrittenName],
    bodies: Mapping[int, str],
) -> NamedRow:
    return NamedRow(
        kind=kind,
        id=held.id,
        name=getattr(held, field_of(kind)),
        language=held.language,
        unit_id=held.unit_id if isinstance(held, Activity) else None,
        others=others,
        body_name=bodies.get(held.body_id) if isinstance(held, _OF_BODIES) else None,
    )
