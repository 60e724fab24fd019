"""The report of the demo body in Spanish: its texts go out to translators and come back."""

from datetime import timedelta

from tracker.demo.people import EDITOR
from tracker.demo.translators import translated, translations
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import period_with_editions
from tracker.reading.translation_files import read_translation_file
from tracker.services.demo_biennium import DOCUMENT_SYMBOL, make_edition
from tracker.services.demo_body import ENTITY, DemoBody, newest_period
from tracker.services.report_translations import (
    rehearse_return,
    seal_of,
    take_return,
    translation_file,
    translation_work,
)
from tracker.writing.translation_xliff import write_xliff

_LANGUAGE = "es"


def translate_report(body: DemoBody) -> str:
    """Hand out the translation file, take it back, and make the final edition in the language."""
    issued_on = body.calendar.moment(years=2, month=2, day=5).date()
    at = body.calendar.moment(years=2, month=2, day=11)
    with body.database.reading() as session:
        period_id = newest_period(session).id
        original_id = period_with_editions(session, period_id).finals[0].id
        request = EditionRequest(
            period_id=period_id,
            language=_LANGUAGE,
            entity_name=ENTITY.name_in(_LANGUAGE),
            issued_on=issued_on,
            document_symbol=DOCUMENT_SYMBOL,
            is_draft=False,
            original_id=original_id,
        )
        work = translation_work(session, request)
        file = write_xliff(translation_file(work, only_open=True))
        known = translations(_LANGUAGE, body.calendar.words())
        returned = read_translation_file(translated(file, known))
        seal = seal_of(rehearse_return(work, returned))
    with body.database.transaction() as session:
        count = take_return(
            session,
            request=request,
            returned=returned,
            seal=seal,
            actor=body.people[EDITOR],
            at=at - timedelta(hours=1),
        )
    make_edition(body, _LANGUAGE, issued_on=issued_on, at=at, original_id=original_id)
    return f"{count} texts came back and stand in the final edition in {_LANGUAGE}"
