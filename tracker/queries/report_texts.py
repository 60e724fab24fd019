"""The text that a revision or a draft holds, as a value, and how it differs from another."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from tracker.domain.differences import Part, is_changed, word_difference
from tracker.domain.progress import TEXT_FIELDS, ReportText
from tracker.models.progress import ProgressDraft, ProgressRevision


@dataclass(frozen=True, slots=True)
class FieldText:
    """One field of a submitted text; ``difference`` compares with last period, if there was one."""

    field: str
    words: str
    difference: tuple[Part, ...] | None

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the field says exactly what it said last period."""
        return self.difference is not None and not is_changed(self.difference)


def text_of(row: ProgressRevision | ProgressDraft | Row[*tuple[Any, ...]]) -> ReportText:
    """Return what the row says."""
    return ReportText(**{name: getattr(row, name) for name in ReportText.__slots__})


@lru_cache(maxsize=1024)  # the page of a report compares each of its texts with the one before
def _difference(before: str, after: str) -> tuple[Part, ...]:
    return tuple(word_difference(before, after))


def field_texts(text: ReportText, last: ReportText | None) -> tuple[FieldText, ...]:
    """Return the texts that are not empty, each with its difference from ``last``, if given."""
    return tuple(
        FieldText(
            field=name,
            words=words,
            difference=None if last is None else _difference(getattr(last, name), words),
        )
        for name in ("status_reason", *TEXT_FIELDS)
        if (words := getattr(text, name)) or (last is not None and getattr(last, name))
    )
