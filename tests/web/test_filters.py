"""How templates shorten what they name in a list."""

import pytest
from markupsafe import Markup

from tracker.web.filters import gist, unbroken


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Prepare a handbook;", "Prepare a handbook"),
        ("Prepare a handbook.", "Prepare a handbook."),
        ("Prepare, each year, a handbook", "Prepare, each year…"),
    ],
)
def test_a_gist_ends_with_a_word_or_a_full_stop(words: str, shown: str) -> None:
    assert gist(words, 19) == shown


def test_spans_of_years_stay_on_one_line_and_attributes_as_they_are() -> None:
    words = Markup('<a href="/period/2024-2025">{}</a>').format("2024-2025 & 2026–27")

    assert unbroken(words) == (
        '<a href="/period/2024-2025"><span class="tracker-unbroken">2024-2025</span>'
        ' &amp; <span class="tracker-unbroken">2026–27</span></a>'
    )


def test_what_people_wrote_is_no_markup_for_standing_on_one_line() -> None:
    assert unbroken("<b>12024-2025</b> ECAIC/2024-2025/1") == (
        '&lt;b&gt;12024-2025&lt;/b&gt; ECAIC/<span class="tracker-unbroken">2024-2025</span>/1'
    )
