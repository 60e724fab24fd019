"""Editions of the biennial report: drafted from cleared texts, written, kept, made final."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.biennial_report import FIXED_TEXTS, ReportContent, ReportDocument, compose
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.printed_names import are_known, with_names
from tracker.domain.biennial_report.records import EditionRecord, record_of, written_record
from tracker.domain.biennial_report.translations import HeldWording, in_language
from tracker.domain.errors import Invalid, Stale, WrongState
from tracker.domain.periods import PeriodState
from tracker.domain.permissions import Action, Actor, require
from tracker.i18n import translate_into
from tracker.models.biennial_reports import (
    EditionFile,
    EditionRevision,
    EditionState,
    ReportEdition,
)
from tracker.models.progress import ReportingPeriod
from tracker.queries.biennial_report import EditionRequest, report_content
from tracker.queries.completeness import missing_ids
from tracker.queries.printed_names import names_from
from tracker.queries.report_wordings import newest_wordings
from tracker.services import audit
from tracker.services.own_wordings import own_messages
from tracker.services.periods import freeze_period
from tracker.services.report_templates import filled_front, house_files
from tracker.services.sign_offs import take_signed
from tracker.storage import FileStore
from tracker.writing.biennial_report import ReportFile, ReportForm, write

# Told the per cent done and the form that is being written.
ShowProgress = Callable[[int, ReportForm], None]


@dataclass(frozen=True, slots=True)
class DraftedEdition:
    """An edition as written, before it is recorded: what it stands on and its files."""

    request: EditionRequest
    content: ReportContent
    record: EditionRecord
    files: Mapping[ReportForm, ReportFile]

    @property
    def revision_ids(self) -> tuple[int, ...]:
        """Return the progress revisions that the edition stands on, in its order."""
        return tuple(mandate.revision_id for mandate in self.content.mandates)

    @property
    def characters_not_shown(self) -> str:
        """Return the characters in whose place the PDF shows empty boxes, side by side."""
        return "".join(each for file in self.files.values() for each in file.characters_not_shown)


@dataclass(frozen=True, slots=True)
class ComposedEdition:
    """The report as it would be made now, the record that it would have, and its template."""

    document: ReportDocument
    record: EditionRecord
    template: HouseTemplate | None = None


def fixed_texts(language: str) -> dict[str, str]:
    """Return the fixed texts of the report as delivered, in ``language``."""
    translate = translate_into(language)
    return {section: translate(message) for section, message in FIXED_TEXTS.items()}


def draft_edition(
    session: Session,
    request: EditionRequest,
    *,
    store: FileStore,
    forms: Sequence[ReportForm] = tuple(ReportForm),
    names_missing: bool = False,
    show_progress: ShowProgress | None = None,
) -> DraftedEdition:
    """Write an edition of the report in the given forms; reads alone, records nothing.

    ``store`` holds what the template of the body puts into it, such as its logo.
    Raise Invalid when the period has no cleared text to report, and for a final edition with the
    annex of sources, which names people and is never handed over.
    """
    if request.has_sources and not request.is_draft:
        raise Invalid(
            "The annex of sources names people, so a final edition is made without it. Generate a "
            "draft with it."
        )
    content = edition_content(session, request)
    if not content.mandates:
        raise Invalid(
            "Nothing is cleared for %(period)s yet, so there is nothing to report. "
            "Clear at least one progress report first.",
            period=content.period_name,
        )
    texts = fixed_texts(request.language)
    house = house_files(content.template, store)
    session.rollback()  # writing takes long: no transaction stays open meanwhile
    document = _composed(content, texts, names_missing=names_missing)
    files = {}
    for number, form in enumerate(forms):
        if show_progress is not None:
            show_progress(100 * number // len(forms), form)
        files[form] = write(document, form, files=house)
    record = record_of(document, content)
    return DraftedEdition(request=request, content=content, record=record, files=files)


def compose_edition(session: Session, request: EditionRequest) -> ComposedEdition:
    """Return the document as it would be today, for a preview; reads alone."""
    content = edition_content(session, request)
    document = _composed(content, fixed_texts(request.language))
    return ComposedEdition(document, record_of(document, content), content.template)


def edition_content(session: Session, request: EditionRequest) -> ReportContent:
    """Return what an edition says: in another language than the original's with its translations.

    Where a text has no current translation, what the original prints stands in.
    """
    return content_with_original(session, request)[0]


def content_with_original(
    session: Session, request: EditionRequest
) -> tuple[ReportContent, ReportDocument | None]:
    """Return what an edition says, and the original that it translates, None where it is that."""
    content = report_content(session, request)
    if content.language == content.original_language:
        return content, None
    original = _original(session, request, content.original_language)
    wordings = newest_wordings(session, request.period_id, request.language)
    names = names_from(session, content.original_language, content.language)
    named = with_names(content, names)
    translated = in_language(
        named,
        original,
        {
            key: HeldWording(wording.text, wording.source)
            for key, wording in wordings.items()
            if wording.text is not None
        },
        has_names=are_known(named.original_names, names),
    )
    return translated, original


def _original(session: Session, request: EditionRequest, language: str) -> ReportDocument:
    """Return the document in the language that it is complete in, from the same texts."""
    content = report_content(session, replace(request, language=language))
    return _composed(content, fixed_texts(language))


def _composed(
    content: ReportContent, texts: Mapping[str, str], *, names_missing: bool = False
) -> ReportDocument:
    """Return the document with what the body words itself."""
    said = {**texts, **own_messages(content.template, content.language)}
    worded = replace(content, front=filled_front(content, said))
    return compose(worded, said, names_missing=names_missing)


def record_edition(
    session: Session,
    drafted: DraftedEdition,
    *,
    store: FileStore,
    left_out: Collection[int] = (),
    actor: Actor,
    at: datetime,
) -> ReportEdition:
    """Keep a drafted edition with its files and the revisions it stands on.

    Raise Stale when texts were cleared or returned since it was drafted. A final edition freezes
    the reports it is made from and closes the period; ``left_out`` are the reports without a
    cleared text that somebody has decided to leave out of it; where posts sign the report, it says
    what they have signed. After it there are only its other languages, from the same texts.
    """
    require(actor, Action.GENERATE_REPORT)
    request = drafted.request
    # Taken before anything else, so that two editions, or an edition and a step on one of its
    # reports, wait for each other.
    period = session.get_one(ReportingPeriod, request.period_id, with_for_update=True)
    if request.original_id is not None:
        _check_language_is_open(session, period, drafted)
    else:
        _check_unchanged(session, period, drafted)
        if not request.is_draft:
            _check_whole(request)
            _check_decided(session, period, left_out)
    signed = None
    if not request.is_draft and request.original_id is None:
        signed = take_signed(
            session,
            period_id=period.id,
            language=request.language,
            page=drafted.files[ReportForm.HTML].content,
            store=store,
        )
    edition = _keep(session, drafted, store=store, actor=actor, at=at)
    if signed is not None:
        signed.final_id = edition.id
    audit.record(
        session,
        actor=actor,
        at=at,
        action="generate_report",
        subject=edition,
        after={
            "period": period.name,
            "number": edition.number,
            "language": edition.language,
            "document_type": edition.document_type,
            "scope": edition.scope,
            "state": edition.state,
            "revisions": len(drafted.revision_ids),
            "left_out": len(left_out),
            "made_from": signed.edition_id if signed else None,
        },
    )
    if edition.state is EditionState.FINAL and request.original_id is None:
        freeze_period(session, period=period, edition_number=edition.number, actor=actor, at=at)
    return edition


def _keep(
    session: Session, drafted: DraftedEdition, *, store: FileStore, actor: Actor, at: datetime
) -> ReportEdition:
    """Add the rows of the edition: itself, the revisions it stands on, its files."""
    request = drafted.request
    edition = ReportEdition(
        period_id=request.period_id,
        number=drafted.content.edition_number,
        language=request.language,
        document_symbol=request.document_symbol,
        document_type=request.document_type.value,
        scope=str(request.scope),
        scope_name=drafted.content.scope_name[:400],
        state=EditionState.DRAFT if request.is_draft else EditionState.FINAL,
        created_at=at,
        created_by_id=actor.person_id,
        record_digest=store.keep(written_record(drafted.record)),
        has_sources=request.has_sources,
        template_id=drafted.content.template.id if drafted.content.template else None,
    )
    session.add(edition)
    session.flush()
    session.add_all(
        EditionRevision(edition_id=edition.id, revision_id=revision_id)
        for revision_id in drafted.revision_ids
    )
    session.add_all(
        EditionFile(
            edition_id=edition.id,
            form=form.value,
            file_name=written.name,
            digest=store.keep(written.content),
            size_bytes=len(written.content),
            written_at=at,
        )
        for form, written in drafted.files.items()
    )
    return edition


def _check_unchanged(session: Session, period: ReportingPeriod, drafted: DraftedEdition) -> None:
    if period.state is PeriodState.FROZEN:
        raise WrongState(
            "The final edition of the report on %(period)s is made, so there are no further ones "
            "but its other languages. Read or download it, or ask the coordinator to open the "
            "period again.",
            period=period.name,
        )
    now = edition_content(session, drafted.request)
    as_numbered = replace(
        drafted.content, edition_number=now.edition_number, finals_before=now.finals_before
    )
    if now != as_numbered:
        raise Stale(
            "Texts were cleared or changed while the report was being written. Nothing was kept: "
            "generate it again."
        )
    if now.edition_number != drafted.content.edition_number:
        raise Stale(
            "Somebody else made an edition at the same moment. Nothing was kept: look at theirs "
            "first, then generate again if one is still needed."
        )


def _check_whole(request: EditionRequest) -> None:
    if not request.scope.is_whole:
        raise Invalid(
            "A final edition is of the whole report, since it closes the period. Generate a draft "
            "for a unit, a subprogramme or a resolution."
        )


def _check_decided(session: Session, period: ReportingPeriod, left_out: Collection[int]) -> None:
    """Refuse a final edition that leaves out more than somebody has decided to leave out."""
    undecided = len(set(missing_ids(session, period.id)).difference(left_out))
    if undecided:
        raise Stale(
            "Mandates without a cleared text are missing that nobody has decided to leave out "
            "(%(count)s). Open the page of the final edition again and decide on them.",
            count=undecided,
        )


def _check_language_is_open(
    session: Session, period: ReportingPeriod, drafted: DraftedEdition
) -> None:
    """Refuse a further language of a final edition that is not the newest, or has it already."""
    editions = session.execute(
        select(ReportEdition.id, ReportEdition.language).where(
            ReportEdition.period_id == period.id,
            ReportEdition.number == drafted.content.edition_number,
            ReportEdition.state == EditionState.FINAL,
        )
    ).all()
    is_of_period = drafted.request.original_id in {edition_id for edition_id, _ in editions}
    if period.state is not PeriodState.FROZEN or not is_of_period:
        raise WrongState(
            "The period %(period)s was opened again, so its final edition gets no further "
            "languages. Make a new final edition first.",
            period=period.name,
        )
    if drafted.request.language in {language for _, language in editions}:
        raise WrongState(
            "The final edition is made in this language already. Read or download that one."
        )
