"""The command ``tracker resolutions``: import adopted texts from files."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import REFUSED, CommandContext
from tracker.cli.corrected_editions import correct
from tracker.cli.counts import counted
from tracker.cli.files import content_of, files_within
from tracker.cli.language_versions import add_language
from tracker.cli.recognition import shown_recognition
from tracker.domain.errors import Invalid, Refused
from tracker.reading.confined import ConfinedReader
from tracker.sentences import sentence_of
from tracker.services.resolutions import Details, ImportOutcome, import_resolutions

# What a form has a field for, the command has an option for.
_OPTIONS = {
    "symbol": "--symbol, as printed: --symbol '530(XXIV)'",
    "title": "--title",
    "body": "--body, as the resolution prints it: --body 'General Assembly'",
    "session": "--session",
    "adopted_on": "--adopted, as in --adopted 2024-05-10",
}
_FIRST_SENTENCE = re.compile(r"(?<=\.) (?:Enter|Leave|Choose) .*", re.DOTALL)
_MANY = 4  # files from which on a bar shows how far the import is


@click.group()
def resolutions() -> None:
    """Import resolutions and make mandates of their clauses."""


resolutions.add_command(add_language)
resolutions.add_command(correct)


@resolutions.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--session", help="Session that adopted it: its number, such as 24 or XXIV.")
@click.option("--symbol", help="Symbol, where the file does not print it (for one file).")
@click.option("--title", help="Title, where the file does not print it (for one file).")
@click.option("--body", help="Body that adopted it, where the file does not name it.")
@click.option("--adopted", type=click.DateTime(["%Y-%m-%d"]), help="Day of adoption.")
@click.pass_obj
def import_files(
    context: CommandContext,
    paths: Sequence[Path],
    session: str | None,
    symbol: str | None,
    title: str | None,
    body: str | None,
    adopted: datetime | None,
) -> None:
    """Read files and make their clauses, citations and proposed mandates.

    PATHS are files, or folders whose files are all read. Each file is one transaction: a refused
    one leaves nothing and is named at the end with its reason, the others are kept.
    """
    files = files_within(paths)
    if len(files) > 1 and (symbol or title):
        raise click.UsageError("--symbol and --title name one resolution: give one file with them.")
    details = Details(
        symbol=symbol,
        title=title,
        body=body,
        session=session,
        adopted_on=adopted.date() if adopted else None,
    )
    made: list[tuple[Path, ImportOutcome]] = []
    refused: list[tuple[Path, str]] = []
    try:
        with (
            _shown(files) as shown,
            ConfinedReader(context.installation.reading_limits) as reader,
        ):
            for path in shown:
                try:
                    made += [(path, outcome) for outcome in _import(context, path, details, reader)]
                except Refused as refusal:
                    refused.append((path, _refusal(refusal, path)))
    finally:  # also when the database goes away midway: what was made is kept and must be told
        _tell_made(made, context.installation.settings.base_url)
        if len(files) > 1:
            _tell_sum([outcome for _, outcome in made])
    if refused:
        _tell_refused(refused, len(files))
        raise SystemExit(REFUSED)


def _refusal(refusal: Refused, path: Path) -> str:
    """Return what a person reads; of another text of a resolution, also how to compare the two."""
    sentence = sentence_of(refusal, "en")
    option = _OPTIONS.get(refusal.field or "") if isinstance(refusal, Invalid) else None
    if option is not None:
        return f"{_FIRST_SENTENCE.sub('', sentence)} Give it with {option}."
    if "is_other_text" not in refusal.values:
        return sentence
    return f"{sentence} To see what this file changes: tracker resolutions correct {path}"


def _import(
    context: CommandContext, path: Path, details: Details, reader: ConfinedReader
) -> tuple[ImportOutcome, ...]:
    installation = context.installation
    content = content_of(path, installation.settings.upload_limit_bytes)
    with shown_recognition(path.name) as progress:
        reading = installation.recognise(content, path.name, progress=progress, reader=reader)
    with installation.database.transaction() as session:
        return import_resolutions(
            session,
            content=content,
            file_name=path.name,
            details=details,
            actor=None,
            at=clock.now(),
            files=installation.files,
            entity=installation.house().entity,
            reading=reading,
        )


@contextmanager
def _shown(files: Sequence[Path]) -> Iterator[Iterator[Path]]:
    """Yield the files, with a bar when there are many and somebody looks."""
    if len(files) < _MANY or not sys.stderr.isatty():
        yield iter(files)
        return
    with click.progressbar(files, label="Importing", file=sys.stderr) as shown:
        yield iter(shown)


def _tell_made(made: Sequence[tuple[Path, ImportOutcome]], site: str) -> None:
    for path, outcome in made:
        click.echo(
            f"{path.name}: {outcome.symbol} {outcome.title}: "
            f"{counted(outcome.clause_count, 'operative clause')}, "
            f"{counted(outcome.mandate_count, 'mandate')}, {outcome.proposed_for_action_count} "
            f"proposed as requiring our action ({site}/{outcome.body_key}/{outcome.slug})"
        )
        if outcome.new_body:
            click.echo(f"  The body “{outcome.new_body}” was not there and is made.")


def _tell_sum(made: Sequence[ImportOutcome]) -> None:
    mandates = sum(outcome.mandate_count for outcome in made)
    asking = sum(outcome.proposed_for_action_count for outcome in made)
    click.echo(
        f"Imported: {counted(len(made), 'resolution')} with {counted(mandates, 'mandate')}, "
        f"{asking} proposed as "
        "requiring our action"
    )


def _tell_refused(refused: Sequence[tuple[Path, str]], count: int) -> None:
    if count == 1:
        click.echo(f"Error: {refused[0][1]}", err=True)
        return
    click.echo(f"Not imported: {len(refused)} of {count} files; the others are kept.", err=True)
    for path, sentence in refused:
        click.echo(f"  {path}: {sentence}", err=True)
