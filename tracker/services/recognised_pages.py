"""What was recognised of a scanned file, kept beside it, so that each page is recognised once."""

import json
from dataclasses import dataclass

from tracker.reading.pictures import Picture
from tracker.reading.recognised import RecognisedPage, page_from_stored, page_to_stored
from tracker.storage import PageStore


@dataclass(frozen=True, slots=True)
class StoredPages:
    """The recognised pages of the file with this digest."""

    store: PageStore
    digest: str

    def page(self, index: int) -> RecognisedPage | None:
        """Return a page (from 0) that was recognised before, else None."""
        stored = self.store.text_of(self.digest, index + 1)
        return None if stored is None else page_from_stored(json.loads(stored))

    def keep(self, index: int, page: RecognisedPage, picture: Picture) -> None:
        """Keep a page and its upright picture."""
        text = json.dumps(page_to_stored(page), ensure_ascii=False)
        self.store.keep(self.digest, index + 1, text.encode(), picture.as_jpeg())
