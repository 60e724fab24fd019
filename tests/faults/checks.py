"""What must be true after a run, whatever happened in it; each violation is one sentence."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.faults.acts import OF_CHIEFS, Span
from tests.faults.world import World, paragraphs_in
from tracker.database import Database
from tracker.domain.escalation import goes_out_at
from tracker.mail.roll_ups import ROLL_UP
from tracker.models.jobs import JobRun
from tracker.models.people import Person
from tracker.models.reminders import Delivery, MailMessage, Notification
from tracker.queries.absences import absences_at
from tracker.queries.jobs import phrases_kept
from tracker.queries.reminder_limits import limits_in_force
from tracker.queries.roll_ups import silent_at
from tracker.services.reminders import occasions_at

Mail = tuple[str, str, str]  # Message-ID, recipient, plain text
_AT_REST = {Delivery.SENT, Delivery.FAILED, Delivery.SENDING}
_GONE = (
    "OperationalError",
    "AdminShutdown",
    "InterfaceError",
    "ConnectionTimeout",
    "PendingRollback",
)


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened in a run, as far as the checks must know it."""

    at: datetime
    taken: Sequence[Mail]
    journal: Sequence[Sequence[object]]
    silences: Mapping[tuple[str, str], Sequence[Span]]
    killed: frozenset[int]
    outages: int


def read_journal(path: Path) -> list[list[object]]:
    """Return what the processes wrote down, in its order."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def violations(database: Database, world: World, happened: Happened) -> list[str]:
    """Return everything that should not have happened."""
    with database.reading() as session:
        holding = occasions_at(session, happened.at)
        rows = session.scalars(select(Notification)).all()
        messages = {
            each.id: (each, email)
            for each, email in session.execute(
                select(MailMessage, Person.email).join(MailMessage.recipient)
            )
        }
        unsent = _unsent_by_rule(session, happened.at)
        runs = session.scalars(select(JobRun.summary).where(JobRun.is_success.is_(False))).all()
        session.expunge_all()
    ledger = _Ledger(world, happened, rows, messages)
    told = ["; ".join(map(str, phrases_kept(summary))) for summary in runs]
    found = [
        *_lost(list(holding), rows),
        *_left_waiting(rows, messages),
        *(f"lost: the rule did not tell the chief of report {report_id}" for report_id in unsent),
        *_sent_twice(happened),
        *ledger.untrue(),
        *ledger.unexplained(),
        *_told_too_late(happened),
        *(f"sent while a transaction was open: {line}" for line in happened.journal if _busy(line)),
        *_broken(happened, told),
    ]
    return sorted(set(found))


def _lost(holding: Sequence[tuple[str, int]], rows: Sequence[Notification]) -> Iterator[str]:
    known = {(row.occasion, row.recipient_id): row.state for row in rows}
    for key in holding:
        if known.get(key) not in _AT_REST:
            yield f"lost: {key} holds and is {known.get(key, 'not planned')}"


def _unsent_by_rule(session: Session, at: datetime) -> list[int]:
    """Return the reports of which the rule should have told a chief and did not."""
    limits, away = limits_in_force(session), absences_at(session, at)
    return [
        each.report.report_id
        for each in silent_at(session, at)
        # What was announced in the last run goes out in the next.
        if goes_out_at(each, limits, at, away) and each.announced_at and each.announced_at < at
    ]


def is_roll_up(name: str) -> bool:
    """Tell whether a mail with this Message-ID is a roll-up to a chief."""
    return _key(name).startswith(f"{ROLL_UP}.")


def _left_waiting(
    rows: Sequence[Notification], messages: Mapping[int, tuple[MailMessage, str]]
) -> Iterator[str]:
    for row in rows:
        if row.state is Delivery.PENDING:
            yield f"left waiting although all is well again: {row.occasion}"
    for message, email in messages.values():
        if message.state is Delivery.PENDING:
            yield f"a mail to {email} waits although all is well again: {message.error}"


def _sent_twice(happened: Happened) -> Iterator[str]:
    for name, count in Counter(name for name, _, _ in happened.taken).items():
        if count > 1:
            yield f"sent twice: the mail {name} was taken {count} times"


class _Ledger:
    """The ledger held against what the mail server has and what the processes did."""

    def __init__(
        self,
        world: World,
        happened: Happened,
        rows: Sequence[Notification],
        messages: Mapping[int, tuple[MailMessage, str]],
    ) -> None:
        self._happened, self._messages = happened, messages
        self._taken = {_key(name): text for name, _, text in happened.taken}
        paragraphs = {item.report_id: item.paragraph for item in world.items}
        self._told: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.message_id is not None and row.report_id in paragraphs:
                name = messages[row.message_id][0].message_id
                self._told[name].add(paragraphs[row.report_id])

    def untrue(self) -> Iterator[str]:
        """Tell where the ledger says what is not so."""
        for message, email in self._messages.values():
            is_taken = message.message_id in self._taken
            if message.state is Delivery.SENT and not is_taken:
                yield f"a mail to {email} counts as sent and was not taken"
            if is_taken and message.state not in {Delivery.SENT, Delivery.SENDING}:
                yield f"a mail to {email} was taken and counts as {message.state}"
        for name, text in self._taken.items():
            # An occasion told in two mails would belong to one of them only.
            if extra := paragraphs_in(text) - self._told[name]:
                yield f"sent twice: {sorted(extra)} told in {name} and not of it in the ledger"

    def unexplained(self) -> Iterator[str]:
        """Tell what is stuck in ``sending`` though nothing happened that explains it."""
        happened = self._happened
        if happened.outages:
            return
        senders = _at_it(happened)
        unknown = {_key(str(line[2])) for line in happened.journal if line[1] == "unknown"}
        for message, email in self._messages.values():
            if message.state is not Delivery.SENDING or message.message_id in unknown:
                continue
            sender = senders.get(message.message_id)
            if not happened.killed or (sender and sender not in happened.killed):
                yield f"a mail to {email} is stuck and nobody was killed at it"


def _at_it(happened: Happened) -> Mapping[str, object]:
    """Return who was the last to begin sending each mail, where no refusal ended that.

    Whoever claims it after a refusal may be killed before it tells that it begins.
    """
    senders: dict[str, object] = {}
    for line in happened.journal:
        if line[1] == "sending":
            senders[_key(str(line[2]))] = line[0]
        elif line[1] == "refused":
            senders.pop(_key(str(line[2])), None)
    return senders


def _told_too_late(happened: Happened) -> Iterator[str]:
    # The last claim of a mail is the one that wrote its text.
    began = {_key(str(line[2])): line[3] for line in happened.journal if line[1] == "sending"}
    for name, recipient, text in happened.taken:
        claimed = began.get(_key(name))
        if not isinstance(claimed, float):
            continue
        for paragraph in paragraphs_in(text):
            told = OF_CHIEFS if is_roll_up(name) else recipient
            spans = happened.silences.get((told, paragraph), ())
            if any(begin < claimed < end for begin, end in spans):
                yield f"told to {recipient} though it was answered or withdrawn: {paragraph}"


def _broken(happened: Happened, runs: Sequence[str]) -> Iterator[str]:
    """Tell of errors that no fault from outside explains."""
    errors = [str(line[2]) for line in happened.journal if line[1] == "error"]
    for words in [*errors, *runs]:
        if words.startswith(("The mail server takes no mail now", "The run was cut short.")):
            continue
        is_outage = happened.outages and words.startswith(_GONE) and "deadlock" not in words
        if not is_outage and words != "NoneType: None":
            yield f"a job broke: {words[:900]}"


def _busy(line: Sequence[object]) -> bool:
    return line[1] == "sending" and bool(line[4])


def _key(message_id: str) -> str:
    return message_id.strip("<>").rpartition("@")[0]
