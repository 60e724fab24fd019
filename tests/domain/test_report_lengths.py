"""The words of the report, as a conference service counts them."""

from dataclasses import replace

from tests.writing.biennial_report.example import make_content
from tracker.domain.biennial_report import compose
from tracker.domain.biennial_report.lengths import word_count


def test_a_longer_wording_makes_the_document_longer_by_its_words() -> None:
    content = make_content()
    key = "introduction.purpose.1"
    composed = next(each for each in compose(content, {}).passages if each.key == key).composed

    longer = replace(content, editorial={key: f"{composed} Four words are added."})

    assert word_count(compose(longer, {})) - word_count(compose(content, {})) == 4


def test_tables_and_quotations_count() -> None:
    empty = make_content(resolutions=(), activities=())

    assert word_count(compose(make_content(), {})) > word_count(compose(empty, {})) > 50
