"""The sheet that a mail carries, among whatever else is attached to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tracker.domain.errors import Invalid
from tracker.domain.unit_sheets import FilledSheet
from tracker.reading.unit_sheets import read_sheet
from tracker.reading.word_tables import is_word
from tracker.reading.workbooks import is_workbook


class AttachedFile(Protocol):
    """A file that came with a mail."""

    @property
    def content(self) -> bytes:
        """The file itself."""


@dataclass(frozen=True, slots=True)
class MailedSheet:
    """A sheet as its file and as what it says."""

    content: bytes
    filled: FilledSheet


def sheet_among(attached: Iterable[AttachedFile]) -> MailedSheet | None:
    """Return the first file that is a sheet, None where none is; other files are left alone."""
    for file in attached:
        if is_word(file.content) or is_workbook(file.content):
            try:
                return MailedSheet(file.content, read_sheet(file.content))
            except Invalid:
                continue
    return None
