"""Composing the texts of a report that is too long for a page to do so."""

from collections.abc import Callable, Mapping

from tracker import clock
from tracker.domain.biennial_report.passages import ComposedPassages
from tracker.domain.errors import N_
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.installation import Installation
from tracker.queries.editions import period_with_editions
from tracker.queries.kept_compositions import find_composition
from tracker.services.biennial_reports import compose_edition
from tracker.services.kept_compositions import keep_passages, request_of_today
from tracker.storage import FileStore


def compose_texts(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Compose the report of today and keep its texts; what was kept before gives way."""
    require(actor, Action.GENERATE_REPORT)
    progress(0, translate_into(actor.language)(N_("Composing the texts of the report")))
    period_id, language = int(str(arguments["period_id"])), str(arguments["language"])
    time_zone = installation.settings.time_zone
    # What we wrote ourselves is not looked at by the scanner of uploads.
    store, composed_at = FileStore(installation.uploads.folder), clock.now()
    with installation.database.reading() as session:
        former, _task = find_composition(session, period_id, language)
        request = request_of_today(
            period_with_editions(session, period_id),
            language,
            entity_name=installation.house().entity.name_in(language),
            time_zone=time_zone,
            today=clock.today(time_zone),
        )
        passages = ComposedPassages(compose_edition(session, request).document)
    digest = keep_passages(passages, store=store)
    if former is not None and former.digest != digest:
        store.drop(former.digest)
    return {"digest": digest, "composed_at": composed_at.isoformat()}
