"""What somebody did to a copy of a long report, as it is kept from one page to the next."""

import json

from tracker.domain.biennial_report.editing import CopyEdits, FixedKind


def written_edits(edits: CopyEdits) -> bytes:
    """Return edits as JSON in UTF-8."""
    told = {"passages": edits.passages, "untaken": edits.untaken}
    return json.dumps(told, ensure_ascii=False).encode()


def read_edits(written: bytes) -> CopyEdits:
    """Return the edits that were written."""
    told = json.loads(written)
    return CopyEdits(
        passages=tuple((key, before, after) for key, before, after in told["passages"]),
        untaken=tuple((FixedKind(kind), text) for kind, text in told["untaken"]),
    )
