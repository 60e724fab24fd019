r"""Text layers of PDF pages that no person could read, so that their pictures must be recognised.

Fonts without a table of their letters give signs that stand for nothing ("7KH *HQHUDO $VVHPEO\").
"""

import re
import unicodedata
from collections.abc import Sequence

from tracker.reading.page_language import share_of_small_words

_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWELS = re.compile(r"[aeiouyáéíóúâêôãõàèùëïüœæ]", re.IGNORECASE)
_FEWEST_WORDS = 60  # that tell whether a text makes sense
_FEWEST_SIGNS = 100
_SENSELESS = frozenset({"Cc", "Co", "Cn"})  # control, private, not assigned
_MOST_SENSELESS = 0.15  # of a page's signs
_LEAST_SMALL = 0.02  # of the words of a page in a language of ours, where a third usually are
_LEAST_VOWELS = 0.25  # of the letters of any page, a list of names as well
_LAST_LATIN = "\u024f"


def senseless_pages(pages: Sequence[str]) -> list[int]:
    """Return the indexes of the pages, from 0, whose text is rubbish.

    Text in other scripts than ours makes sense to others.
    """
    return [index for index, text in enumerate(pages) if _is_senseless(text)]


def _is_senseless(text: str) -> bool:
    signs = [sign for sign in text if not sign.isspace()]
    if len(signs) < _FEWEST_SIGNS:
        return False
    strange = sum(sign == "\ufffd" or unicodedata.category(sign) in _SENSELESS for sign in signs)
    if strange > _MOST_SENSELESS * len(signs):
        return True
    words = _WORD.findall(text)
    if len(words) < _FEWEST_WORDS or share_of_small_words(words) >= _LEAST_SMALL:
        return False
    letters = "".join(words)
    is_latin = 2 * sum(sign <= _LAST_LATIN for sign in letters) > len(letters)
    return is_latin and len(_VOWELS.findall(letters)) < _LEAST_VOWELS * len(letters)
