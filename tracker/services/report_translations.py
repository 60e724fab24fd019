"""The translation of a report: what is still to be done, the file that goes out, and its return."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report import FIXED_TEXTS
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.content import ReportContent
from tracker.domain.biennial_report.editing import LONGEST_WORDING
from tracker.domain.biennial_report.printed_names import name_digest, name_key
from tracker.domain.biennial_report.translations import (
    ReturnedFile,
    TakenTranslation,
    Translation,
    TranslationFile,
    TranslationMark,
    TranslationRehearsal,
    TranslationState,
    TranslationUnit,
    file_of,
    rehearse,
    title_key,
    translation_units,
    unready,
)
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.names import Named
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.models.activities import Activity
from tracker.models.instruments import TextVersion
from tracker.queries.biennial_report import EditionRequest
from tracker.queries.editions import period_with_editions
from tracker.queries.printed_names import names_from
from tracker.queries.report_wordings import newest_wordings
from tracker.services.biennial_reports import compose_edition, content_with_original
from tracker.services.names import LONGEST_NAME, write_translated_title
from tracker.services.printed_names import write_printed_name
from tracker.services.report_wordings import NewWording, keep_wordings


@dataclass(frozen=True, slots=True)
class TranslationWork:
    """How the report on a period stands in a language that is not its original's.

    ``unready`` are passages that the original prints in another language than its own;
    ``without_texts`` the resolutions that are not there in the language, by symbol;
    ``other_titles`` how many activities have their titles in a third language alone.
    """

    mark: TranslationMark
    title: str
    units: tuple[TranslationUnit, ...]
    unready: tuple[Passage, ...]
    without_texts: tuple[str, ...]
    other_titles: int
    is_translated: bool

    def count(self, state: TranslationState) -> int:
        """Return how many texts are in that state."""
        return sum(unit.state is state for unit in self.units)

    @property
    def open_units(self) -> tuple[TranslationUnit, ...]:
        """Return the texts that lack a current translation."""
        return tuple(unit for unit in self.units if unit.state is not TranslationState.CURRENT)


def translation_work(session: Session, request: EditionRequest) -> TranslationWork:
    """Return what of a report is translated into the language of the request.

    Raise Invalid for the language that it is written in.
    """
    content, original = content_with_original(session, request)
    source = content.original_language
    if original is None:
        raise Invalid("The report is written in this language. Choose another one to translate it.")
    titles = _titles(session, content, source)
    names = content.original_names
    say = translate_into(source)
    translations = {
        **_translations(session, request),
        **_title_translations(session, request.language, titles),
        **_name_translations(session, source, request.language, names),
    }
    return TranslationWork(
        mark=TranslationMark(request.period_id, source, request.language),
        title=original.title,
        units=translation_units(
            original,
            tuple(titles.items()),
            translations,
            titles_heading=say(FIXED_TEXTS["annex.activities.title"]),
            names=names,
            names_heading=say(FIXED_TEXTS["annex.names.title"]),
        ),
        unready=tuple(
            passage for passage in unready(original) if passage.language != request.language
        ),
        without_texts=tuple(
            resolution.symbol
            for resolution in content.resolutions
            if any(each.language_of_text != request.language for each in resolution.mandates)
        ),
        other_titles=sum(
            request.language not in (activity.language, activity.title_language)
            and activity.language != source
            for activity in content.activities
        ),
        is_translated=content.is_translated,
    )


def translation_file(work: TranslationWork, *, only_open: bool) -> TranslationFile:
    """Return the file that goes out: everything, or what lacks a current translation.

    Raise WrongState while the original is not complete in its language, or nothing is to be done.
    """
    if work.unready:
        raise WrongState(
            "The original is not complete in its language yet: it has passages in another one "
            "(%(count)s). Word them in the original language first.",
            count=len(work.unready),
        )
    units = work.open_units if only_open else work.units
    if not units:
        raise WrongState("Nothing of this report is to be translated. Choose another language.")
    return file_of(work.mark, work.title, units)


def rehearse_return(work: TranslationWork, returned: ReturnedFile) -> TranslationRehearsal:
    """Return what a file that came back would do; refuse one of another report or language."""
    if returned.mark.period_id != work.mark.period_id:
        raise Invalid(
            "The file translates the report on another period. Open that report and choose the "
            "file there."
        )
    if returned.mark != work.mark:
        raise Invalid(
            "The file is a translation between other languages than this page is about. Choose "
            "its language above, then the file."
        )
    rehearsal = rehearse(returned, work.units)
    for each in rehearsal.to_keep:
        limit = LONGEST_WORDING if each.unit.activity_id is None else LONGEST_NAME
        if len(each.text) > limit:
            raise Invalid(
                "The translation of “%(text)s” has %(length)s characters; at most %(limit)s are "
                "kept. Shorten it and choose the file again.",
                text=each.unit.source[:60],
                length=len(each.text),
                limit=limit,
            )
    return rehearsal


def seal_of(rehearsal: TranslationRehearsal) -> str:
    """Return a mark by which it is seen that a file would still do the same."""
    return hashlib.sha256(repr(rehearsal.to_keep).encode()).hexdigest()[:16]


def take_return(
    session: Session,
    *,
    request: EditionRequest,
    returned: ReturnedFile,
    seal: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Keep what a file translates, all or nothing; return how many texts that are.

    Raise Stale where it would do something else than was shown, WrongState where the final edition
    in the language is made.
    """
    require(actor, Action.GENERATE_REPORT)
    if period_with_editions(session, request.period_id).is_final_in(request.language):
        raise WrongState(
            "The final edition in this language is made, so its words stay as they are. If they "
            "must change, ask the coordinator to open the period again."
        )
    rehearsal = rehearse_return(translation_work(session, request), returned)
    if seal_of(rehearsal) != seal:
        raise Stale(
            "The report has changed since you looked at the file. Nothing was taken: look at what "
            "it would do once more, then take it."
        )
    passages = [
        each
        for each in rehearsal.to_keep
        if each.unit.activity_id is None and not each.unit.is_name
    ]
    kept = keep_wordings(
        session,
        period_id=request.period_id,
        language=request.language,
        wordings=_wordings(session, request, passages),
        is_from_copy=True,
        actor=actor,
        at=at,
    )
    for each in rehearsal.taken:
        if each.unit.activity_id is not None:
            write_translated_title(
                session,
                activity_id=each.unit.activity_id,
                language=request.language,
                text=each.text,
                actor=actor,
                at=at,
            )
            kept += 1
        elif each.unit.is_name:
            write_printed_name(
                session,
                source=each.unit.source,
                source_language=returned.mark.source_language,
                language=request.language,
                text=each.text,
                actor=actor,
                at=at,
            )
            kept += 1
    return kept


def _wordings(
    session: Session, request: EditionRequest, passages: list[TakenTranslation]
) -> list[NewWording]:
    document = compose_edition(session, request).document
    composed = {passage.key: passage.composed for passage in document.passages}
    seen = newest_wordings(session, request.period_id, request.language)
    return [
        NewWording(
            passage=each.unit.key,
            composed=composed.get(each.unit.key, ""),
            text=each.text,
            seen_id=seen[each.unit.key].id if each.unit.key in seen else 0,
            source=each.source,
        )
        for each in passages
    ]


def _translations(session: Session, request: EditionRequest) -> dict[str, Translation]:
    """Return the wordings in the language; one that says not what it translates is of nothing."""
    wordings = newest_wordings(session, request.period_id, request.language)
    return {
        key: Translation(wording.source or "", wording.text)
        for key, wording in wordings.items()
        if wording.text
    }


def _titles(session: Session, content: ReportContent, source: str) -> dict[int, str]:
    """Return the titles of the activities that are written in the original language, in order."""
    ids = [activity.activity_id for activity in content.activities if activity.language == source]
    titles = dict(
        session.execute(select(Activity.id, Activity.title).where(Activity.id.in_(ids))).all()
    )
    return {activity_id: titles[activity_id] for activity_id in ids if activity_id in titles}


def _title_translations(
    session: Session, language: str, titles: Mapping[int, str]
) -> dict[str, Translation]:
    rows = session.scalars(
        select(TextVersion).where(
            TextVersion.subject_kind == Named.ACTIVITY.value,
            TextVersion.field == "title",
            TextVersion.language == language,
            TextVersion.subject_id.in_(titles),
        )
    )
    return {
        title_key(row.subject_id): Translation(
            "" if row.is_out_of_date else titles[row.subject_id], row.text
        )
        for row in rows
    }


def _name_translations(
    session: Session, source: str, language: str, names: tuple[str, ...]
) -> dict[str, Translation]:
    known = names_from(session, source, language)
    return {
        name_key(name): Translation(name, known[name_digest(name)])
        for name in names
        if name_digest(name) in known
    }
