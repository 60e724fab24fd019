"""Who of the demo body is away, and who stands in."""

from datetime import timedelta

from tracker.services.absences import AbsenceDays, enter_absence
from tracker.services.demo_body import DemoBody

_AWAY = ("samuel.jarju", "beatriz.lima")  # now, and the deputy
_AWAY_LATER = ("teresa.monteiro", "mamadou.sarr")  # a manager, and the officer-in-charge
_AWAY_SOON = ("djenaba.keita", "joana.pires")  # who signs the report, and a deputy, who may not


def go_on_leave(body: DemoBody) -> str:
    """Let a focal point be away now, and a manager next month; of one nobody is in charge yet."""
    today = body.now.date()
    away, deputy = (body.people[key] for key in _AWAY)
    manager, officer = (body.people[key] for key in _AWAY_LATER)
    signer, assistant = (body.people[key] for key in _AWAY_SOON)
    with body.database.transaction() as session:
        enter_absence(
            session,
            person_id=away.person_id,
            days=AbsenceDays(
                today - timedelta(days=2), today + timedelta(days=12), deputy.person_id
            ),
            actor=away,
            at=body.now,
        )
        enter_absence(
            session,
            person_id=manager.person_id,
            days=AbsenceDays(
                today + timedelta(days=30),
                today + timedelta(days=44),
                deputy_id=away.person_id,
                officer_id=officer.person_id,
            ),
            actor=manager,
            at=body.now,
        )
        enter_absence(
            session,
            person_id=signer.person_id,
            days=AbsenceDays(
                today + timedelta(days=9), today + timedelta(days=15), assistant.person_id
            ),
            actor=signer,
            at=body.now,
        )
    return f"{deputy.name} stands in for {away.name}"
