"""The texts of received files in one list: which are ready, and which belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.models.imports import ReviewState
from tracker.queries.import_files import FileUnderWay, ListedReview
from tracker.queries.known_texts import KnownText, known_reviews, slug_of


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """One text of a received file.

    ``same_in`` names the file that holds the same text in the same language, with no more doubtful
    places; ``joins`` is the language of the text with which this one becomes one resolution.
    """

    file: FileUnderWay
    review: ListedReview
    known: KnownText | None
    same_in: str | None
    joins: str | None
    is_ready: bool

    @property
    def is_open(self) -> bool:
        """Tell whether the text waits for a person."""
        return self.review.state is ReviewState.OPEN


def received_texts(
    session: Session, files: Sequence[FileUnderWay], *, first_language: str
) -> tuple[ReceivedText, ...]:
    """Return the texts of these files as they came, those that wait first; one statement.

    A text is ready to be imported when no place is doubtful, it has a symbol, is not there already,
    and is not a translation of one among them that is not ready.
    """
    every = [(file, review) for file in files for review in file.reviews]
    every.sort(key=lambda each: each[1].state is not ReviewState.OPEN)
    waiting = [review for _, review in every if review.state is ReviewState.OPEN]
    known = known_reviews(session, waiting)
    together = _Together(waiting, known, first_language)
    names = {review.id: file.file_name for file, review in every}
    return tuple(
        ReceivedText(
            file=file,
            review=review,
            known=known.get(review.id),
            same_in=None if (best := together.best(review)) is review else names[best.id],
            joins=original.language if (original := together.original(review)) else None,
            is_ready=together.is_ready(review),
        )
        for file, review in every
    )


class _Together:
    """The texts that wait, by what they are texts of."""

    def __init__(
        self,
        waiting: Sequence[ListedReview],
        known: Mapping[int, KnownText],
        first_language: str,
    ) -> None:
        self._waiting, self._known, self._first = waiting, known, first_language
        self._best: dict[tuple[str, str], ListedReview] = {}
        for review in sorted(waiting, key=lambda each: each.doubt_count):
            slug = slug_of(review.printed)
            if slug is not None:
                self._best.setdefault((slug, review.language), review)

    def best(self, review: ListedReview) -> ListedReview:
        """Return the best of the texts that are the same in the same language."""
        if review not in self._waiting:
            return review
        return self._best.get((slug_of(review.printed) or "", review.language), review)

    def original(self, review: ListedReview) -> ListedReview | None:
        """Return the text of which this one is a translation, where it is among them."""
        if review not in self._waiting or review.language == self._first:
            return None
        return self._best.get((slug_of(review.printed) or "", self._first))

    def is_ready(self, review: ListedReview) -> bool:
        if review not in self._waiting or review.printed is None or review.doubt_count:
            return False
        known, original = self._known.get(review.id), self.original(review)
        return (
            self.best(review) is review
            and not (known is not None and known.is_same_language)
            and (original is None or self.is_ready(original))
        )
