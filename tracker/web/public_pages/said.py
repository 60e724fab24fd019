"""What an issued report says on each mandate, as it is printed there."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.biennial_report.records import read_record
from tracker.domain.errors import NotFound
from tracker.storage import FileStore

logger = logging.getLogger(__name__)

_FIELDS = frozenset({"done", "results", "difficulties", "next_steps", "status"})
_MANDATE = "mandate"


@dataclass(frozen=True, slots=True)
class SaidPassage:
    """A passage of a report: its run-in heading, its lines, and whether they are a list."""

    lead: str
    lines: tuple[str, ...]
    language: str
    is_list: bool


def said_on(files: FileStore, digest: str, mandate_id: int) -> tuple[SaidPassage, ...]:
    """Return the passages on a mandate in the record under ``digest``, in their order.

    None are told while the record's file is gone: strangers cannot restore it.
    """
    try:
        return _said(files, digest).get(mandate_id, ())
    except NotFound:
        logger.warning("the record %s of an edition is missing", digest)
        return ()


@lru_cache(maxsize=8)  # a record never changes, and a crowd asks for those of the newest reports
def _said(files: FileStore, digest: str) -> Mapping[int, tuple[SaidPassage, ...]]:
    record = read_record(files.content_of(digest))
    found: dict[int, tuple[SaidPassage, ...]] = defaultdict(tuple)
    for passage in record.passages:
        scope, _, rest = passage.key.partition(".")
        number = scope.removeprefix(_MANDATE)
        is_told = rest.partition(".")[0] in _FIELDS
        if scope.startswith(_MANDATE) and number.isdecimal() and is_told:
            found[int(number)] += (
                SaidPassage(
                    passage.lead or "",
                    tuple(passage.text.split("\n")),
                    passage.language or record.language,
                    passage.is_list,
                ),
            )
    return dict(found)
