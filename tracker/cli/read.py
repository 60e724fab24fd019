"""``tracker read``: read a document without a database and print what was understood."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from tracker.cli.context import CommandContext
from tracker.cli.counts import counted
from tracker.cli.recognition import shown_recognition
from tracker.domain.clauses import (
    Block,
    BlockKind,
    Entity,
    Proposal,
    ReadResolution,
    ancestors_of,
    paragraph_label,
)
from tracker.domain.errors import UnreadableDocument
from tracker.reading.confined import ConfinedReader, Limits
from tracker.reading.mandates import propose
from tracker.reading.scans import ForgottenPages, ScanLimits, read_recognising
from tracker.reading.score import ANY_SECRETARIAT, to_json


@click.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the tree as JSON.")
@click.pass_context
def read(context: click.Context, file: Path, *, as_json: bool) -> None:
    """Read FILE (Word, PDF, HTML, text or a scan) and print its clauses with what they ask."""
    entity = _entity(context)
    resolutions = _resolutions(file, _limits(context), _scan_limits(context))
    if as_json:
        trees = [to_json(resolution, entity) for resolution in resolutions]
        shown = trees[0] if len(trees) == 1 else {"resolutions": trees}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for resolution in resolutions:
        for line in tree_lines(resolution, entity):
            click.echo(line)


def tree_lines(resolution: ReadResolution, entity: Entity) -> Iterator[str]:
    """Return a resolution as readable lines: head, clauses with proposals, doubts, citations."""
    yield f"{resolution.number or '(no number)'}  {resolution.title or '(no title)'}"
    yield f"{resolution.body or '(no body)'}" + (
        f", {resolution.adopted_on.isoformat()}" if resolution.adopted_on else ""
    )
    yield ""
    for block in resolution.blocks:
        yield from _block_lines(resolution, block, entity)
    for annex in resolution.annexes:
        yield ""
        yield f"Annex: {annex.title or '(no title)'}"
        for block in annex.blocks:
            yield from _block_lines(annex, block, entity)
    asking = [clause for clause in resolution.leaf_clauses if _proposal(resolution, clause, entity)]
    ours = sum(_proposal(resolution, clause, entity).requires_action for clause in asking)
    yield ""
    proposed = counted(len(resolution.leaf_clauses), "mandate")
    yield f"{proposed} proposed, {ours} as requiring our action."
    if resolution.citations:
        cited = dict.fromkeys(citation.symbol for citation in resolution.citations)
        yield f"Cites {', '.join(cited)}."


def _block_lines(resolution: ReadResolution, block: Block, entity: Entity) -> Iterator[str]:
    text = block.text if len(block.text) <= 100 else f"{block.text[:97].rstrip()}..."
    if block.kind is BlockKind.OPERATIVE and block.path and block.level:
        margin = "  " * block.level
        yield f"{margin}{paragraph_label(block.path)}  {text}"
        yield f"{margin}    -> {_told(_proposal(resolution, block, entity))}"
        for doubt in block.doubts:
            yield f"{margin}    ?  {doubt.reason.replace('_', ' ')}: {doubt.words}"
    elif block.kind in {BlockKind.PREAMBULAR, BlockKind.HEADING, BlockKind.FOOTNOTE}:
        yield f"  [{block.kind}] {text}"


def _proposal(resolution: ReadResolution, clause: Block, entity: Entity) -> Proposal:
    return propose(
        clause, ancestors_of(resolution.blocks, clause.path or ""), entity, resolution.body
    )


def _told(proposal: Proposal) -> str:
    parts = [proposal.action_verb, str(proposal.nature).replace("_", " ")]
    parts += [", ".join(proposal.addressees), proposal.periodicity, proposal.occasion]
    if proposal.report_requested:
        parts.append("report requested")
    return "; ".join(str(part) for part in parts if part)


def _resolutions(file: Path, limits: Limits, scans: ScanLimits) -> Sequence[ReadResolution]:
    try:
        with file.open("rb") as opened:
            content = opened.read(limits.size_bytes + 1)
        with ConfinedReader(limits) as reader, shown_recognition(file.name) as progress:
            return read_recognising(
                content,
                file.name,
                reader=reader,
                limits=scans,
                kept=ForgottenPages(),
                progress=progress,
            ).resolutions
    except OSError as error:
        raise UnreadableDocument(
            "%(file)s cannot be opened (%(reason)s). Check the name and that you may read it.",
            file=file,
            reason=error.strerror,
        ) from error


def _limits(context: click.Context) -> Limits:
    found = context.find_object(CommandContext)
    return found.reading_limits if found is not None else Limits()


def _scan_limits(context: click.Context) -> ScanLimits:
    found = context.find_object(CommandContext)
    return found.scan_limits if found is not None else ScanLimits()


def _entity(context: click.Context) -> Entity:
    """Return whose mandates these are, any secretariat where no settings are at hand."""
    found = context.find_object(CommandContext)
    return found.entity if found is not None else ANY_SECRETARIAT
