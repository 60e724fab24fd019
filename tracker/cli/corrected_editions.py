"""The command ``tracker resolutions correct``: a corrected edition of a text that is there."""

from collections.abc import Iterator
from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import CommandContext
from tracker.cli.files import content_of
from tracker.domain.clauses import paragraph_label
from tracker.domain.corrected_editions import Fate
from tracker.queries.corrected_editions import ComparedParagraph, EditionComparison
from tracker.services.edition_files import EditionFile, compare_file, take_file
from tracker.services.resolutions import Details


@click.command("correct")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--take-as", "label", help='Take it, called so: "E/2024/42/Corr.1", "signed text".')
@click.option("--symbol", help="Symbol of the resolution, where the file does not print it.")
@click.option("--title", help="Title, where the file does not print it.")
@click.option("--body", help="Body that adopted it, where the file does not name it.")
@click.pass_obj
def correct(
    context: CommandContext,
    file: Path,
    label: str | None,
    symbol: str | None,
    title: str | None,
    body: str | None,
) -> None:
    """Compare FILE, a corrected edition, with the text that is there.

    It says clause by clause what changes and what that means for each mandate. Nothing is kept
    until --take-as says what the edition is called.
    """
    installation = context.installation
    content = content_of(file, installation.settings.upload_limit_bytes)
    edition = EditionFile(
        content=content,
        name=file.name,
        reading=installation.read(content, file.name),
        details=Details(symbol=symbol, title=title, body=body),
    )
    entity = installation.house().entity
    with installation.database.transaction() as session:
        found = compare_file(session, edition, entity=entity)
        if label is not None:
            take_file(
                session,
                edition,
                label=label,
                entity=entity,
                at=clock.now(),
                files=installation.files,
            )
    for comparison in found:
        click.echo("\n".join(_told(file, comparison, label)))


def _told(file: Path, found: EditionComparison, label: str | None) -> Iterator[str]:
    if found.is_same:
        yield f"{file.name}: {found.symbol} is there word for word; there is nothing to take."
        return
    yield (
        f"{file.name}: {found.symbol}, clauses: {found.count(Fate.CHANGED)} reworded, "
        f"{found.count(Fate.ADDED)} added, {found.count(Fate.DROPPED)} dropped, "
        f"{found.renumbered_count} with another number, {found.count(Fate.SAME)} word for word"
    )
    yield from (f"  {_line(each)}" for each in found.touched_clauses)
    if found.look_count:
        yield f"{found.look_count} confirmations will be looked at again"
    if label is None:
        yield 'Nothing was kept. Take it with --take-as "what this edition is called".'
    else:
        yield f"Taken as {label} (/{found.body_key}/{found.slug})"


def _line(each: ComparedParagraph) -> str:
    before, after = (
        paragraph_label(path) if path else "" for path in (each.before_path, each.after_path)
    )
    fate = each.aligned.fate
    if fate is Fate.ADDED:
        return f"{after} is new" + ("" if each.proposal else ", without a mandate of its own")
    if fate is Fate.DROPPED:
        ends = "its mandate ends" if each.mandate else "it had no mandate"
        over = (
            f", taken over by {paragraph_label(each.taken_over_by)}" if each.taken_over_by else ""
        )
        return f"{before} is dropped{over}: {ends}"
    moved = f"{before} becomes {after}" if before != after else after
    words = ", reworded" if fate is Fate.CHANGED else ""
    look = ", to be looked at again" if each.needs_look else ""
    return f"{moved}{words}{look}"
