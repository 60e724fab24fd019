"""Languages are offered when they are complete."""

import pytest

from tracker.web.setup.offered_languages import is_complete

DONE = b'msgid "Yes"\nmsgstr "Oui"\n\n'
PLURAL = b'msgid "%(num)s day"\nmsgid_plural "%(num)s days"\nmsgstr[0] "%(num)s jour"\n'


@pytest.mark.parametrize(
    ("catalogue", "expected"),
    [
        (DONE + PLURAL + b'msgstr[1] "%(num)s jours"\n', True),
        (DONE + b'msgid "No"\nmsgstr ""\n', False),
        (DONE + PLURAL + b'msgstr[1] ""\n', False),
        (DONE + b'#, fuzzy\nmsgid "No"\nmsgstr "Nom"\n', False),
    ],
    ids=["complete", "missing", "plural", "guessed"],
)
def test_a_catalogue_is_complete_when_nothing_is_missing_or_guessed(
    catalogue: bytes, expected: bool
) -> None:
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'

    assert is_complete(header + catalogue) is expected
