"""``tracker backup`` and ``tracker restore``: the whole state in one file, and back from it."""

from pathlib import Path

import click

from tracker import clock, schema
from tracker.cli.context import CommandContext
from tracker.i18n import moment_in_words
from tracker.installation import make_installation
from tracker.services.backups import make_backup, restore_backup

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("backup")
@click.argument("file", type=FILE)
@click.pass_obj
def backup(context: CommandContext, file: Path) -> None:
    """Write database and stored files to FILE while the site runs.

    FILE must not be there yet, and holds secrets: keep it where nobody else can read it.
    """
    parts = context.installation
    manifest = make_backup(
        parts.database, file, files=parts.files, uploads=parts.uploads, at=clock.now()
    )
    click.echo(
        f"{file}: the database (migration {manifest.revision}) and {manifest.file_count} files."
    )


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Overwrite the tracker that is in use here.")
@click.pass_obj
def restore(context: CommandContext, file: Path, replace: bool) -> None:
    """Put database and stored files back from FILE, which ``tracker backup`` made.

    Stop the site first. Everything in FILE is checked before anything is changed.
    """
    parts = make_installation(context.settings)  # its tables may be missing or of another version
    try:
        manifest = restore_backup(
            parts.database,
            file,
            files=parts.files,
            uploads=parts.uploads,
            replaces=replace,
            at=clock.now(),
        )
    finally:
        parts.database.close()
    made = moment_in_words(manifest.made_at, "en", context.settings.time_zone)
    click.echo(f"Restored as of {made}: the database and {manifest.file_count} files.")
    if manifest.revision != schema.newest_revision():
        click.echo("Its tables are those of an earlier version. Run: tracker database upgrade")
