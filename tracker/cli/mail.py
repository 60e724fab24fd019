"""The command ``tracker mail``: what came in."""

from pathlib import Path

import click

from tracker import clock
from tracker.cli.context import REFUSED, CommandContext
from tracker.cli.files import content_of
from tracker.domain.errors import Refused
from tracker.domain.received_mail import Outcome
from tracker.mail.incoming import MOST_BYTES, mails_in
from tracker.sentences import sentence_of
from tracker.services.received_mail import Received, receive_mail


@click.group()
def mail() -> None:
    """Take in the mail that people and servers send back."""


@mail.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.pass_obj
def receive(context: CommandContext, files: tuple[Path, ...]) -> None:
    """Take the mails in FILES (.eml or mbox): replies and sheets become drafts, bounces are noted.

    Each mail is taken by itself and once; exit code 2 tells that some were refused, or that words
    could not be told to an item.
    """
    refused = 0
    for file in files:
        try:
            for content in mails_in(content_of(file, MOST_BYTES)):
                refused += not _take(context, file, content)
        except Refused as refusal:
            refused += 1
            click.echo(f"Error: {file.name}: {sentence_of(refusal, 'en')}", err=True)
    if refused:
        raise SystemExit(REFUSED)


def _take(context: CommandContext, file: Path, content: bytes) -> bool:
    """Take one mail, say what became of it, and tell whether all of it found its place."""
    installation = context.installation
    try:
        with installation.database.transaction() as session:
            received = receive_mail(session, content, files=installation.files, at=clock.now())
    except Refused as refusal:
        click.echo(f"Error: {file.name}: {sentence_of(refusal, 'en')}", err=True)
        return False
    click.echo(f"{file.name}: {_told(received)}")
    for paragraph, reason in received.refused:
        click.echo(f"Error: {file.name}: {paragraph}: {sentence_of(reason, 'en')}", err=True)
    if received.unplaced:
        click.echo(
            f"Error: {file.name}: these words name no paragraph, so they stand in no draft; the "
            f"mail is kept: {received.unplaced}",
            err=True,
        )
    return not received.refused and not received.unplaced


def _told(received: Received) -> str:
    if received.outcome is Outcome.DRAFT:
        drafts = ", ".join(received.paragraphs) or "none"
        left = ", ".join(received.attachments)
        files = f"; with it: {', '.join(received.kept)}" if received.kept else ""
        files += f"; kept with the mail alone: {left}" if left else ""
        return f"reply of {received.sender}; drafts on: {drafts}{files}"
    if received.outcome is Outcome.SHEET and received.refused:
        return f"sheet of {received.sender}; nothing was taken, and it waits on their page"
    if received.outcome is Outcome.SHEET:
        drafts = ", ".join(received.paragraphs) or "none, it says what stands there"
        return f"sheet of {received.sender}; drafts on: {drafts}"
    return {
        Outcome.BOUNCE: f"the mail to {received.sender} came back; it counts as failed",
        Outcome.LATE: "the mail is late; nothing was changed",
        Outcome.AUTOMATIC: f"automatic answer of {received.sender}; nothing was changed",
    }[received.outcome]
