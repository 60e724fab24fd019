"""Fixed texts of the report as a body words them: checked with where, kept, put into the report."""

from dataclasses import replace

import pytest

from tests.furniture import put
from tests.signing import Chain, make_chain
from tests.writing.biennial_report.example import make_content
from tracker import clock
from tracker.database import Database
from tracker.domain.biennial_report import compose
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import LAYOUTS, DocumentType
from tracker.domain.errors import Invalid, NotAllowed, Stale
from tracker.domain.permissions import Actor
from tracker.models.report_templates import ReportTemplate
from tracker.queries.report_templates import versions_of
from tracker.services.own_wordings import (
    keep_fixed_texts,
    own_messages,
    refusals_of_wordings,
    standing_source,
)
from tracker.services.report_templates import keep_template

SESSION = DocumentType.SESSION
FULL = LAYOUTS[SESSION]
MANY = "overview.mandates.many"


@pytest.fixture
def chain(database: Database) -> Chain:
    """Return a body to whose session a report goes."""
    return put(database, make_chain)


def keep(
    database: Database,
    chain: Chain,
    sources: dict[str, str],
    *,
    seen: int = 0,
    language: str = "en",
    actor: Actor | None = None,
) -> ReportTemplate | None:
    with database.transaction() as session:
        return keep_fixed_texts(
            session,
            body_id=chain.body_id,
            document_type=SESSION,
            language=language,
            sources=sources,
            seen_number=seen,
            actor=actor or chain.administrator,
            at=clock.now(),
        )


def newest(database: Database, chain: Chain) -> HouseTemplate:
    with database.reading() as session:
        return versions_of(session, chain.body_id, SESSION)[0].template


def printed(language: str = "en", **texts: str) -> str:
    template = HouseTemplate(FULL, {language: {key.replace("_", "."): texts[key] for key in texts}})
    content = replace(make_content(language=language), template=template)
    document = compose(content, own_messages(template, language))
    return "\n".join(
        [*(heading.text for heading in document.headings), *(p.text for p in document.passages)]
    )


def test_the_report_says_what_the_body_words_with_its_own_numbers() -> None:
    said = printed(
        overview_title="Where we stand", overview_mandates_many="{{ number }} tasks, 100 % told."
    )

    assert "Where we stand" in said
    assert "Four tasks, 100 % told." in said


def test_a_text_that_can_no_longer_be_filled_gives_way_to_what_is_delivered() -> None:
    said = printed(overview_title="Ours", overview_mandates_many="{{ was_there_once }}")

    assert "Ours" in said
    assert "The report gives an account of four mandates." in said


@pytest.mark.parametrize(
    ("key", "source", "words"),
    [
        (MANY, "An account\nof {{ mandates }}", "Line 1: nothing here is called “mandates”"),
        (MANY, "The report gives an account.", "must hold {{ number }}"),
        (MANY, "{{ number", "Line 1 cannot be read"),
        (MANY, "{% if number %}{{ number }}{% endif %}", "only words and the listed names"),
        (MANY, "{{ number|upper }}", "only words and the listed names"),
        (MANY, "{{ number.__class__ }}", "Line 1: only words"),
        ("overview.title", " \n", "Enter a text"),
        ("overview.title", "x" * 1501, "has 1501 characters"),
        ("number.3", "drei", "There is no such text"),
    ],
)
def test_a_broken_text_is_refused_at_its_field(key: str, source: str, words: str) -> None:
    (refusal,) = refusals_of_wordings({key: source, "annex.sources.title": "Where from"})

    assert refusal.field == f"text_{key.replace('.', '-')}"
    with pytest.raises(Invalid, match=words):
        raise refusal


def test_a_kept_text_is_a_version_and_the_rest_stays(database: Database, chain: Chain) -> None:
    with database.transaction() as session:
        keep_template(
            session,
            body_id=chain.body_id,
            document_type=SESSION,
            language="en",
            sections=FULL,
            sources={"title": "Our report"},
            seen_number=0,
            actor=chain.administrator,
            at=clock.now(),
        )
    keep(database, chain, {"overview.title": "Where we stand"}, seen=1)
    keep(database, chain, {"overview.title": "Dónde estamos"}, language="es", seen=2)
    keep(database, chain, {"annex.activities.title": "What we did"}, seen=3)

    assert newest(database, chain).texts == {
        "en": {
            "title": "Our report",
            "overview.title": "Where we stand",
            "annex.activities.title": "What we did",
        },
        "es": {"overview.title": "Dónde estamos"},
    }


def test_the_words_as_delivered_are_not_kept(database: Database, chain: Chain) -> None:
    keep(database, chain, {MANY: "We tell of {{ number }} mandates."})
    keep(database, chain, {MANY: standing_source(MANY, "en")}, seen=1)

    assert newest(database, chain).texts == {}
    assert keep(database, chain, {MANY: f" {standing_source(MANY, 'en')}\r\n"}, seen=2) is None


def test_only_an_administrator_words_them_and_nobody_over_another(
    database: Database, chain: Chain
) -> None:
    with pytest.raises(NotAllowed):
        keep(database, chain, {"overview.title": "Ours"}, actor=chain.house.editor)
    keep(database, chain, {"overview.title": "Ours"})
    with pytest.raises(Stale):
        keep(database, chain, {"overview.title": "Theirs"})
