"""What commands tell of a list: each row that cannot be taken, then how many rows do what."""

from collections.abc import Sequence

import click

from tracker.domain.errors import Invalid, Refused
from tracker.domain.rehearsal import Effect, Planned, Row, counts_of
from tracker.sentences import sentence_of

rehearses = click.option(
    "--rehearse", "--dry-run", is_flag=True, help="Say what would be made, and change nothing."
)


def tell_plan(plan: Sequence[Planned[Row]], what: str, *, is_rehearsal: bool) -> None:
    """Print what taking the list does; ``what`` says in words how much there is in it.

    Raises Invalid when a row is refused.
    """
    for done in plan:
        for refusal in done.refusals:
            click.echo(f"Line {done.row.line}{_cell(refusal)}: {_said(refusal)}", err=True)
    counts = counts_of(plan)
    click.echo(
        f"{what}: {counts.get(Effect.MADE, 0)} made, {counts.get(Effect.CHANGED, 0)} changed, "
        f"{counts.get(Effect.SAME, 0)} unchanged, {counts.get(Effect.REFUSED, 0)} refused"
    )
    if counts.get(Effect.REFUSED):
        raise Invalid("Nothing was taken. Correct the rows named above, then try again.")
    if is_rehearsal:
        click.echo("Nothing was changed: this was a rehearsal.")


def _said(refusal: Refused) -> str:
    return sentence_of(refusal, "en")


def _cell(refusal: Refused) -> str:
    field = refusal.field if isinstance(refusal, Invalid) else None
    return f", {field}" if field else ""
