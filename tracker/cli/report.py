"""``tracker report``: write the biennial report on a period into a folder."""

from collections.abc import Mapping
from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.domain.biennial_report.layouts import DocumentType
from tracker.domain.errors import Invalid
from tracker.queries.biennial_report import EditionRequest, find_period
from tracker.queries.editions import edition_file, period_with_editions
from tracker.services.biennial_reports import draft_edition
from tracker.writing.biennial_report import CHARACTERS_NOT_SHOWN, ReportForm


@click.command("report")
@click.option("--period", "period_name", required=True, help='Name of the period, "2024-2025".')
@click.option("--language", help="Language of the report; the house's first one by default.")
@click.option(
    "--format",
    "forms",
    default="docx,pdf,html",
    show_default=True,
    help="Forms to write, separated by commas.",
)
@click.option(
    "--out",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write into; made when missing.",
)
@click.option(
    "--type",
    "document_type",
    type=click.Choice([each.value for each in DocumentType]),
    default=DocumentType.SESSION.value,
    show_default=True,
    help="What document it is: to the session, to the parent body, interim or annual.",
)
@click.option("--symbol", "document_symbol", default="", help="Document symbol for the cover.")
@click.option(
    "--sources",
    "has_sources",
    is_flag=True,
    help="Add the annex that names who approved what; for use within the secretariat.",
)
@click.pass_obj
def report(
    context: CommandContext,
    period_name: str,
    language: str | None,
    forms: str,
    folder: Path,
    document_symbol: str,
    has_sources: bool,
    document_type: str,
) -> None:
    """Write the biennial report from what is cleared; records no edition.

    Where the final edition of the period is made in that language, its files are handed out as they
    were kept; in another language, or with the annex on sources, a draft is written from the texts
    that it stands on.
    """
    installation = context.installation
    settings, house = installation.settings, installation.house()
    chosen = [_form(name) for name in forms.split(",") if name.strip()]
    language = chosen_language(language, house.languages)
    with installation.database.reading() as session:
        period = period_with_editions(session, find_period(session, period_name).id)
        final = period.shown_in(language) if period.is_frozen else None
        if final is not None and final.language == language and not has_sources:
            kept = [edition_file(session, final.id, form) for form in chosen]
            files = {file.file_name: installation.files.content_of(file.digest) for file in kept}
            for path in write_files(files, folder):
                click.echo(path)
            return
    if final is not None and final.language != language:
        click.echo(
            f"The final edition is not made in {language} yet: this is a draft of it.", err=True
        )
    with (
        installation.database.reading() as session,
        click.progressbar(length=100, label="Writing the report") as bar,
    ):
        request = EditionRequest(
            period_id=period.id,
            language=language,
            entity_name=house.entity.name_in(language),
            issued_on=final.issued_on(settings.time_zone)
            if final
            else clock.today(settings.time_zone),
            document_symbol=document_symbol,
            has_sources=has_sources,
            time_zone=settings.time_zone,
            original_id=final.id if final else None,
            document_type=final.document_type if final else DocumentType(document_type),
        )
        drafted = draft_edition(
            session,
            request,
            store=installation.files,
            forms=chosen,
            show_progress=lambda percent, _form: bar.update(percent - bar.pos),
        )
        bar.update(100 - bar.pos)
    if drafted.characters_not_shown:
        shown = {"characters": drafted.characters_not_shown}
        click.echo(CHARACTERS_NOT_SHOWN % shown, err=True)
    written = {file.name: file.content for file in drafted.files.values()}
    for path in write_files(written, folder):
        click.echo(path)


def write_files(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write files, by name, into ``folder`` and return their paths."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for name, content in files.items():
            path = folder / name
            path.write_bytes(content)
            paths.append(path)
    except OSError as error:
        raise Invalid(
            "The folder %(folder)s cannot be written (%(reason)s). Choose another one with --out.",
            folder=folder,
            reason=error.strerror,
        ) from error
    return paths


def _form(name: str) -> ReportForm:
    try:
        return ReportForm(name.strip().lower())
    except ValueError as error:
        raise Invalid(
            "%(name)s is no form of the report. Choose among docx, pdf and html.",
            name=name.strip(),
        ) from error


def chosen_language(language: str | None, languages: tuple[str, ...]) -> str:
    """Return the language asked for, else the first one of the house; raise Invalid for others."""
    if language is None:
        return languages[0]
    if language not in languages:
        raise Invalid(
            "The report is not available in %(language)s. Choose among %(languages)s, or add it "
            "to TRACKER_LANGUAGES.",
            language=language,
            languages=", ".join(languages),
        )
    return language
