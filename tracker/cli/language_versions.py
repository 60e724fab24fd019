"""The command ``tracker resolutions add-language``: an adopted text in a further language."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.cli.files import content_of
from tracker.cli.recognition import shown_recognition
from tracker.queries.resolution_pages import resolution_at
from tracker.services.language_versions import add_language_version


@click.command("add-language")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "address", required=True, help="Address of its page: eclac/530-xxiv.")
@click.option("--language", required=True, help="Language of the file: its code, such as es.")
@click.option("--unofficial", is_flag=True, help="A translation of our own, not an issued text.")
@click.pass_obj
def add_language(
    context: CommandContext, file: Path, address: str, language: str, *, unofficial: bool
) -> None:
    """Add FILE to a resolution as its text in another language.

    It is refused where its clauses are not those of the original, and then leaves nothing.
    """
    installation = context.installation
    body, _slash, slug = address.strip("/").partition("/")
    content = content_of(file, installation.settings.upload_limit_bytes)
    with shown_recognition(file.name) as progress:
        reading = installation.recognise(content, file.name, progress=progress)
    with installation.database.transaction() as session:
        found = resolution_at(session, body, slug)
        add_language_version(
            session,
            instrument_id=found.instrument_id,
            content=content,
            file_name=file.name,
            language=language,
            is_official=not unofficial,
            actor=None,
            at=clock.now(),
            files=installation.files,
            reading=reading,
        )
    click.echo(f"{file.name}: {found.symbol} in {language} (/{found.body_key}/{found.slug})")
