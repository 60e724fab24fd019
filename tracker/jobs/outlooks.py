"""Working out which mails are to come, where there are too many reports for a page to do so."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from tracker import clock
from tracker.domain.errors import N_, Phrase
from tracker.domain.permissions import Action, Actor, require
from tracker.domain.phrases import counts
from tracker.i18n import translate_into
from tracker.installation import Installation
from tracker.queries.kept_outlooks import is_worked_out_apart
from tracker.queries.reminder_outlook import Ahead, compare_books, mails_ahead
from tracker.queries.reminder_rules import rule_book
from tracker.queries.rule_trials import MOST_SHOWN, TRIAL_DAYS, as_result, tried_rule
from tracker.services.outlooks import keep_outlook

# As far as a page lets one day be tried, and two nights more in which the job may not ring.
DAYS_KEPT = 95
WORKING_OUT = N_("Working out which mails are to come")
_STEP = 5  # percent


def foresee_mails(installation: Installation, at: datetime) -> Sequence[Phrase]:
    """Work out the mails to come and keep them, unless a page can do so itself."""
    with installation.database.reading() as session:
        if not is_worked_out_apart(session):
            return ()
    mails = _kept(installation, at, lambda _share: None)
    return counts((N_("Mails foreseen: %(num)s"), len(mails)))


def make_outlook(
    installation: Installation,
    actor: Actor,
    _arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Work out the mails to come and keep them, for somebody who asked for it."""
    require(actor, Action.SEE_DELIVERIES)
    return {"mails": len(_kept(installation, clock.now(), _told(actor, progress)))}


def try_rule(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Compare the mails of the next days with those that another rule would let go out."""
    require(actor, Action.SET_REMINDERS)
    target, rule, times = tried_rule(arguments)
    with installation.database.reading() as session:
        comparison = compare_books(
            session,
            after=clock.now(),
            days=TRIAL_DAYS,
            book=rule_book(session).with_rule(target, rule, times),
            most=MOST_SHOWN,
            tell=_told(actor, progress),
        )
    return as_result(comparison)


def _kept(
    installation: Installation, at: datetime, tell: Callable[[float], None]
) -> Sequence[Ahead]:
    with installation.database.reading() as session:
        mails = mails_ahead(session, after=at, days=DAYS_KEPT, tell=tell)
    with installation.database.transaction() as session:
        keep_outlook(session, mails, at=at, until=at + timedelta(days=DAYS_KEPT))
    return mails


def _told(actor: Actor, progress: Callable[[int, str], None]) -> Callable[[float], None]:
    """Return what tells how far the work is (0 to 1), in steps."""
    message = translate_into(actor.language)(WORKING_OUT)
    last = -_STEP

    def tell(share: float) -> None:
        nonlocal last
        percent = int(share * 100)
        if percent >= last + _STEP:
            last = percent
            progress(percent, message)

    return tell
