"""The passages of a report that can be edited, found by key, by place or by number."""

from collections.abc import Collection, Sequence
from typing import Protocol

from tracker.domain.biennial_report.blocks import Passage, ReportDocument
from tracker.domain.biennial_report.lengths import word_count


class Passages(Protocol):
    """What the pages of an editor ask of a report that was composed, in its order."""

    @property
    def original_language(self) -> str:
        """Return the language in which the report is complete."""

    @property
    def word_count(self) -> int:
        """Return how many words the document has."""

    @property
    def count(self) -> int:
        """Return how many passages there are."""

    def from_place(self, first: int, most: int) -> Sequence[Passage]:
        """Return the passages from a place on, counted from 0, so many at most."""

    def with_keys(self, keys: Collection[str]) -> Sequence[Passage]:
        """Return the passages with these keys; what the report has not is left out."""

    def of_scope(self, scope: str) -> Sequence[Passage]:
        """Return the numbered passages whose keys begin with that word."""

    def with_number(self, number: int) -> Passage | None:
        """Return the passage that is printed in the paragraph of that number, if there is one."""


class ComposedPassages:
    """The passages of a document that was composed just now."""

    def __init__(self, document: ReportDocument) -> None:
        self._document = document
        self._passages = [passage for passage in document.passages if passage.composed]

    @property
    def original_language(self) -> str:
        """Return the language in which the report is complete."""
        return self._document.original_language

    @property
    def word_count(self) -> int:
        """Return how many words the document has."""
        return word_count(self._document)

    @property
    def count(self) -> int:
        """Return how many passages there are."""
        return len(self._passages)

    def from_place(self, first: int, most: int) -> Sequence[Passage]:
        """Return the passages from a place on, counted from 0, so many at most."""
        return self._passages[first : first + most]

    def with_keys(self, keys: Collection[str]) -> Sequence[Passage]:
        """Return the passages with these keys; what the report has not is left out."""
        return [passage for passage in self._passages if passage.key in keys]

    def of_scope(self, scope: str) -> Sequence[Passage]:
        """Return the numbered passages whose keys begin with that word."""
        return [
            passage
            for passage in self._passages
            if passage.key.startswith(f"{scope}.") and passage.number is not None
        ]

    def with_number(self, number: int) -> Passage | None:
        """Return the passage that is printed in the paragraph of that number, if there is one."""
        return next((each for each in self._passages if number in paragraph_numbers(each)), None)


def paragraph_numbers(passage: Passage) -> range:
    """Return the numbers of the paragraphs in which a passage is printed."""
    if passage.number is None or not passage.text:
        return range(0)
    return range(passage.number, passage.number + len(passage.text.split("\n")))
