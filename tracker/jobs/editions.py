"""Making an edition of the biennial report in the background."""

from collections.abc import Callable, Mapping

from tracker import clock
from tracker.domain.biennial_report.layouts import WHOLE, DocumentType, parse_scope
from tracker.domain.errors import N_
from tracker.domain.permissions import Actor
from tracker.i18n import translate_into
from tracker.installation import Installation
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import edition_with_period
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.writing.biennial_report import ReportForm


def make_edition(
    installation: Installation,
    actor: Actor,
    arguments: Mapping[str, object],
    progress: Callable[[int, str], None],
) -> Mapping[str, object]:
    """Write and record an edition; ``arguments`` are those of the page that asked for it."""
    settings = installation.settings
    translate = translate_into(actor.language)

    def show(percent: int, form: ReportForm) -> None:
        progress(
            percent, translate(N_("Writing the report as %(form)s")) % {"form": form.value.upper()}
        )

    original_id = _whole(arguments.get("original_id"))
    issued_on = clock.today(settings.time_zone)
    with installation.database.reading() as session:
        if original_id is not None:
            _, original = edition_with_period(session, original_id)
            issued_on = original.issued_on(settings.time_zone)
        drafted = draft_edition(
            session,
            EditionRequest(
                period_id=int(str(arguments["period_id"])),
                language=str(arguments["language"]),
                entity_name=installation.house().entity.name_in(str(arguments["language"])),
                issued_on=issued_on,
                document_symbol=str(arguments["document_symbol"]),
                is_draft=not arguments["is_final"],
                has_sources=bool(arguments.get("has_sources")),
                time_zone=settings.time_zone,
                original_id=original_id,
                document_type=DocumentType(str(arguments.get("document_type") or "session")),
                scope=parse_scope(str(arguments.get("scope") or "whole")) or WHOLE,
            ),
            store=installation.files,
            names_missing=bool(arguments["names_missing"]),
            show_progress=show,
        )
    with installation.database.transaction() as session:
        edition = record_edition(
            session,
            drafted,
            store=installation.files,
            left_out=_wholes(arguments.get("left_out")),
            actor=actor,
            at=clock.now(),
        )
        return {"edition_id": edition.id, "characters_not_shown": drafted.characters_not_shown}


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _wholes(values: object) -> frozenset[int]:
    if not isinstance(values, list):
        return frozenset()
    return frozenset(value for value in values if isinstance(value, int))
