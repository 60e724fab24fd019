"""Units, the people in them, their roles, and the sign-ins that failed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.permissions import Role
from tracker.models.base import (
    Base,
    Key,
    Language,
    Moment,
    ShortText,
    UtcDateTime,
    Versioned,
    choice,
    reference,
)


class UnitKind(StrEnum):
    """What sort of organizational unit it is."""

    DIVISION = "division"
    SUBREGIONAL_HEADQUARTERS = "subregional_headquarters"
    OFFICE = "office"


class PersonKind(StrEnum):
    """A person, or a post's shared mailbox that holds a role like one."""

    PERSON = "person"
    MAILBOX = "mailbox"


class OrganizationalUnit(Versioned, Base):
    """A division, a subregional headquarters or an office; closed ones stay for the history.

    ``second_clearance_unit_id`` is the unit whose manager clears this unit's texts a second time,
    None where once is enough.
    """

    __tablename__ = "organizational_units"

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[ShortText]
    language: Mapped[Language]
    kind: Mapped[UnitKind] = mapped_column(choice(UnitKind, "kind"))
    parent_id: Mapped[int | None] = reference("organizational_units.id")
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    position: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    second_clearance_unit_id: Mapped[int | None] = reference("organizational_units.id")

    __table_args__ = (
        CheckConstraint("second_clearance_unit_id <> id", name="second_clearance_elsewhere"),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class Subprogramme(Base):
    """A subprogramme of the programme of work."""

    __tablename__ = "subprogrammes"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[ShortText]
    language: Mapped[Language]
    unit_id: Mapped[int | None] = reference("organizational_units.id")


class Person(Versioned, Base):
    """Somebody who can sign in, or a mailbox that holds a role."""

    __tablename__ = "people"

    id: Mapped[Key]
    kind: Mapped[PersonKind] = mapped_column(choice(PersonKind, "kind"), default=PersonKind.PERSON)
    name: Mapped[ShortText]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    language: Mapped[Language]
    time_zone: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(255))
    # Raised by every sign-in by link and every new password: older links and sessions end.
    sign_in_counter: Mapped[int] = mapped_column(default=0, server_default="0")
    is_active: Mapped[bool] = mapped_column(default=True)
    invited_at: Mapped[Moment]
    last_signed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    roles: Mapped[list["RoleAssignment"]] = relationship(
        back_populates="person", lazy="raise", order_by="RoleAssignment.id"
    )

    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012 - SQLAlchemy's own form


class RoleAssignment(Base):
    """A role that a person holds in one unit, or (no unit) in the whole house."""

    __tablename__ = "role_assignments"

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="RESTRICT"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role, "role"))
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    given_at: Mapped[Moment]
    person: Mapped[Person] = relationship(back_populates="roles", lazy="raise")

    __table_args__ = (
        UniqueConstraint("person_id", "role", "unit_id"),
        # SQL holds two NULLs for different, so a role in the whole house needs a key of its own.
        Index(
            "uq_role_assignments_whole_house",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
    )


class FailedSignIn(Base):
    """One failed attempt to sign in, kept to slow down guessing; holds no address in the clear."""

    __tablename__ = "failed_sign_ins"

    id: Mapped[Key]
    email_digest: Mapped[str] = mapped_column(String(64), index=True)
    failed_at: Mapped[Moment] = mapped_column(index=True)
