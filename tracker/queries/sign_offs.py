"""How far editions of the report are on their way: whom they wait for, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.absences import Doer
from tracker.domain.sign_offs import Hands, SignOffMove, SignOffStage
from tracker.models.biennial_reports import EditionState, ReportEdition, ReportWording
from tracker.models.instruments import BodySession
from tracker.models.people import Person
from tracker.models.progress import ReportingPeriod
from tracker.models.sign_offs import EditionSigning, EditionSignOff
from tracker.queries.signing_posts import Post, chain_at

_Absent = aliased(Person)


@dataclass(frozen=True, slots=True)
class Signing:
    """One step of an edition on its way, as it is told."""

    move: SignOffMove
    post_id: int | None
    post: str
    remark: str
    done_at: datetime
    done_by_id: int
    done_by: Doer


@dataclass(frozen=True, slots=True)
class SignOff:
    """Where an edition is on its way: its chain, whom it waits for, and what was done, in order."""

    edition_id: int
    version: int
    stage: SignOffStage
    posts: tuple[Post, ...]
    waits_for: Post | None
    signings: tuple[Signing, ...]
    final_id: int | None

    @property
    def signed(self) -> dict[int, Signing]:
        """Return the signatures that hold, by post: those since the text was handed in first."""
        return {
            signing.post_id: signing
            for signing in self.signings
            if signing.move is SignOffMove.SIGN and signing.post_id is not None
        }

    @property
    def passed_on_by(self) -> frozenset[int]:
        """Return who handed the edition in or signed it already: they do not sign it (again)."""
        passing = (SignOffMove.HAND_IN, SignOffMove.SIGN)
        return frozenset(each.done_by_id for each in self.signings if each.move in passing)

    @property
    def last_return(self) -> Signing | None:
        """Return the newest return, where nothing was done since."""
        last = self.signings[-1] if self.signings else None
        return last if last is not None and last.move is SignOffMove.RETURN else None


def sign_offs_of_period(session: Session, period_id: int) -> dict[int, SignOff]:
    """Return how far each edition on a period is that was handed in, by edition."""
    return _sign_offs(session, ReportEdition.period_id == period_id)


def find_sign_off(session: Session, edition_id: int) -> SignOff | None:
    """Return how far an edition is, or the draft that a final edition was made from."""
    found = _sign_offs(
        session,
        or_(EditionSignOff.edition_id == edition_id, EditionSignOff.final_id == edition_id),
    )
    return next(iter(found.values()), None)


def hands_of(session: Session, edition: ReportEdition, passed_on_by: frozenset[int]) -> Hands:
    """Return through whose hands an edition went: with the authors of the wordings it prints."""
    newest = (
        select(func.max(ReportWording.id))
        .where(
            ReportWording.period_id == edition.period_id,
            ReportWording.language == edition.language,
            ReportWording.written_at <= edition.created_at,
        )
        .group_by(ReportWording.passage)
    )
    editors = session.scalars(
        select(ReportWording.written_by_id)
        .where(ReportWording.id.in_(newest), ReportWording.text.is_not(None))
        .distinct()
    )
    return Hands(edition.created_by_id, frozenset(editors), passed_on_by)


def hands_with(session: Session, edition_id: int, sign_off: SignOff | None) -> Hands:
    """Return through whose hands an edition went, as ``hands_of`` does, by its id."""
    passed_on_by = sign_off.passed_on_by if sign_off else frozenset()
    return hands_of(session, session.get_one(ReportEdition, edition_id), passed_on_by)


def find_signed(session: Session, period_id: int, language: str) -> EditionSignOff | None:
    """Return the newest draft of a report in a language that everybody has signed, if any."""
    return session.scalar(
        select(EditionSignOff)
        .join(ReportEdition, ReportEdition.id == EditionSignOff.edition_id)
        .where(*_is_signed(period_id), ReportEdition.language == language)
        .order_by(ReportEdition.number.desc())
        .limit(1)
    )


def signed_languages(session: Session, period_id: int) -> frozenset[str]:
    """Return the languages in which a draft is signed, and no final edition is made from it."""
    return frozenset(
        session.scalars(
            select(ReportEdition.language)
            .join(EditionSignOff, EditionSignOff.edition_id == ReportEdition.id)
            .where(*_is_signed(period_id))
        )
    )


def _is_signed(period_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        ReportEdition.period_id == period_id,
        ReportEdition.state == EditionState.DRAFT,
        EditionSignOff.stage == SignOffStage.SIGNED,
        EditionSignOff.final_id.is_(None),
    )


def _sign_offs(session: Session, *conditions: ColumnElement[bool]) -> dict[int, SignOff]:
    rows = session.execute(
        select(EditionSignOff, BodySession.body_id)
        .join(ReportEdition, ReportEdition.id == EditionSignOff.edition_id)
        .join(ReportingPeriod, ReportingPeriod.id == ReportEdition.period_id)
        .outerjoin(BodySession, BodySession.id == ReportingPeriod.session_id)
        .where(*conditions)
    ).all()
    signings = _signings(session, [row.edition_id for row, _body_id in rows])
    return {
        row.edition_id: _sign_off(session, row, body_id, signings[row.edition_id])
        for row, body_id in rows
    }


def _sign_off(
    session: Session, row: EditionSignOff, body_id: int | None, signings: Sequence[Signing]
) -> SignOff:
    posts = chain_at(session, body_id, row.chain_at)
    return SignOff(
        edition_id=row.edition_id,
        version=row.version,
        stage=row.stage,
        posts=posts,
        waits_for=next((post for post in posts if post.id == row.post_id), None),
        signings=tuple(signings),
        final_id=row.final_id,
    )


def _signings(session: Session, edition_ids: Sequence[int]) -> dict[int, list[Signing]]:
    found: dict[int, list[Signing]] = {edition_id: [] for edition_id in edition_ids}
    if not found:
        return found
    rows = session.execute(
        select(EditionSigning, Person.name, _Absent.name)
        .join(Person, Person.id == EditionSigning.done_by_id)
        .outerjoin(_Absent, _Absent.id == EditionSigning.in_place_of_id)
        .where(EditionSigning.edition_id.in_(edition_ids))
        .order_by(EditionSigning.id)
    )
    for row, name, absentee in rows:
        found[row.edition_id].append(
            Signing(
                move=row.move,
                post_id=row.post_id,
                post=row.post,
                remark=row.remark,
                done_at=row.done_at,
                done_by_id=row.done_by_id,
                done_by=Doer(name, absentee, is_officer=absentee is not None),
            )
        )
    return found
