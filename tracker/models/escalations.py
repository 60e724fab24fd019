"""Roll-ups to chiefs of units, where they go out by themselves, and how long things may wait."""

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.escalation import Decision
from tracker.domain.reminder_limits import Limit
from tracker.models.base import Base, Day, Key, LongText, Moment, Versioned, choice, reference


class RollUp(Base):
    """What was decided about reports of a unit without an answer. Append-only.

    One that was sent has its recipient, its words in their language and its mail; without
    ``decided_by_id`` the rule sent it. The mail lists what still holds when it is claimed.
    """

    __tablename__ = "roll_ups"

    id: Mapped[Key]
    unit_id: Mapped[int] = reference("organizational_units.id")
    decision: Mapped[Decision] = mapped_column(choice(Decision, "decision"))
    recipient_id: Mapped[int | None] = reference("people.id")
    subject: Mapped[str] = mapped_column(String(200), default="")
    text: Mapped[LongText] = mapped_column(default="")
    reason: Mapped[LongText] = mapped_column(default="")
    decided_at: Mapped[Moment]
    decided_by_id: Mapped[int | None] = reference("people.id")
    message_id: Mapped[int | None] = reference("mail_messages.id")

    __table_args__ = (
        CheckConstraint(
            "(decision = 'send') = (recipient_id IS NOT NULL) AND (decision = 'send') = "
            "(message_id IS NOT NULL)",
            name="sent_to_somebody",
        ),
        CheckConstraint("decision <> 'set_aside' OR reason <> ''", name="set_aside_has_reason"),
        CheckConstraint("decision = 'send' OR decided_by_id IS NOT NULL", name="rule_only_sends"),
    )


class RollUpItem(Base):
    """A report of a roll-up, with the due date that had passed. Append-only."""

    __tablename__ = "roll_up_items"

    id: Mapped[Key]
    roll_up_id: Mapped[int] = reference("roll_ups.id", index=False)
    report_id: Mapped[int] = reference("progress_reports.id")
    due_on: Mapped[Day]

    __table_args__ = (UniqueConstraint("roll_up_id", "report_id"),)


class EscalationSwitch(Versioned, Base):
    """Whether roll-ups go out by themselves: for all units, or (with a unit) for one.

    ``subject`` is "all" or "unit:3"; ``is_on`` is unknown (None) for a unit that follows all.
    """

    __tablename__ = "escalation_switches"

    id: Mapped[Key]
    subject: Mapped[str] = mapped_column(String(40), unique=True)
    unit_id: Mapped[int | None] = reference("organizational_units.id")
    is_on: Mapped[bool | None]


class ReminderLimit(Base):
    """A number that an administrator chose; what nobody chose is as usual."""

    __tablename__ = "reminder_limits"

    id: Mapped[Key]
    name: Mapped[Limit] = mapped_column(choice(Limit, "name"), unique=True)
    number: Mapped[int]

    __table_args__ = (CheckConstraint("number BETWEEN 0 AND 365", name="number_of_days"),)
