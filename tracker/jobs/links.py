"""The job that looks whether the links of evidence still lead anywhere; off unless configured."""

from datetime import datetime

from tracker.installation import Installation
from tracker.reading.linked_pages import page_problem
from tracker.services.link_checks import links_to_check, record_check

_SECONDS = 10.0  # for one request


def check_links(installation: Installation, at: datetime) -> str:
    """Look at the links that are due, as many as the settings allow; each stands by itself."""
    most = installation.settings.link_checks
    if not most:
        return ""
    with installation.database.reading() as session:
        due = links_to_check(session, at=at, most=most)
    dead = 0
    for evidence_id, address in due:
        problem = page_problem(address, seconds=_SECONDS)
        with installation.database.transaction() as session:
            dead += record_check(session, evidence_id=evidence_id, problem=problem, at=at)
    return f"{len(due)} links looked at, {dead} of them dead" if due else ""
