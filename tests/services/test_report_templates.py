"""Templates of bodies: filled in the sandbox, kept as versions, pinned in editions."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.audit import arranging
from tests.furniture import put
from tests.logos import SVG
from tests.reporting import TEXT, report_on
from tests.signing import Chain, make_chain
from tests.writing.biennial_report.example import make_content
from tracker import clock
from tracker.database import Database
from tracker.domain.biennial_report.house_templates import HouseTemplate
from tracker.domain.biennial_report.layouts import LAYOUTS, DocumentType, Section
from tracker.domain.errors import Invalid, NotAllowed, Stale
from tracker.domain.permissions import Actor
from tracker.models.biennial_reports import ReportEdition
from tracker.models.progress import ReportingPeriod
from tracker.models.report_templates import ReportTemplate
from tracker.queries.biennial_report import EditionRequest, report_content
from tracker.queries.report_templates import (
    UsedTemplate,
    newest_period_of,
    sections_left_out,
    template_used,
    versions_of,
)
from tracker.services.biennial_reports import draft_edition, record_edition
from tracker.services.house_logos import keep_logo, remove_logo
from tracker.services.progress import clear_report, submit_report
from tracker.services.report_templates import (
    filled_front,
    house_files,
    keep_template,
    refusals_of,
    restore_template,
)
from tracker.storage import FileStore
from tracker.writing.biennial_report import ReportForm

SESSION = DocumentType.SESSION
FULL = LAYOUTS[SESSION]


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
    sections: tuple[Section, ...] = FULL,
    language: str = "en",
    actor: Actor | None = None,
) -> ReportTemplate | None:
    with database.transaction() as session:
        return keep_template(
            session,
            body_id=chain.body_id,
            document_type=SESSION,
            language=language,
            sections=sections,
            sources=sources,
            seen_number=seen,
            actor=actor or chain.administrator,
            at=clock.now(),
        )


def held(database: Database, chain: Chain) -> HouseTemplate | None:
    request = EditionRequest(chain.period_id, "en", "Secretariat", clock.now().date())
    with database.reading() as session:
        return report_content(session, request).template


def filled(**sources: str) -> dict[str, str]:
    template = HouseTemplate(FULL, {"en": sources})
    return dict(filled_front(replace(make_content(), template=template), {}))


def test_names_are_filled_with_what_the_report_is_about() -> None:
    assert filled(title="{{ body }}, {{ session }}, {{ place }}: {{ period }}") == {
        "title": "Commission for the Inner Sea, Forty-first session, Lima: 2024–2025"
    }


def test_a_text_of_which_nothing_is_left_gives_way_to_what_is_delivered() -> None:
    assert filled(title="{% if symbol == 'x' %}y{% endif %}", subtitle="") == {"subtitle": ""}


def test_a_text_that_cannot_be_filled_gives_way_to_what_is_delivered() -> None:
    assert filled(title="{{ was_there_once }}", heading="Purpose") == {"heading": "Purpose"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Report\nof {{ comission }}", "Line 2: nothing here is called “comission”"),
        ("Report\n\n{% if symbol %}with", "Line 3 cannot be read"),
        ("{{ ''.__class__ }}", "Line 1: only words, the listed names"),
        ("{% for a in body %}x{% endfor %}", "Line 1: (nothing here|only words)"),
        ("  ", "Enter a text"),
        ("x" * 1501, "has 1501 characters"),
    ],
)
def test_a_broken_text_is_refused_with_its_field_and_line(source: str, words: str) -> None:
    (refusal,) = refusals_of(SESSION, {"title": source, "heading": "Purpose"})

    assert refusal.field == "text_title"
    with pytest.raises(Invalid, match=words):
        raise refusal


def test_a_kept_template_holds_and_other_languages_stay(database: Database, chain: Chain) -> None:
    keep(database, chain, {"title": "Our report"})
    keep(database, chain, {"title": "Nuestro informe"}, language="es", seen=1)

    template = held(database, chain)

    assert template is not None
    assert template.texts == {"en": {"title": "Our report"}, "es": {"title": "Nuestro informe"}}


def test_what_reads_as_delivered_is_not_kept(database: Database, chain: Chain) -> None:
    assert keep(database, chain, {"heading": " Introduction\r\n"}) is None


def test_only_an_administrator_changes_a_template(database: Database, chain: Chain) -> None:
    with pytest.raises(NotAllowed):
        keep(database, chain, {"title": "Ours"}, actor=chain.house.editor)


def test_who_saw_an_older_version_is_told(database: Database, chain: Chain) -> None:
    keep(database, chain, {"title": "Ours"})

    with pytest.raises(Stale):
        keep(database, chain, {"title": "Theirs"})


def test_an_earlier_version_and_what_is_delivered_hold_again(
    database: Database, chain: Chain
) -> None:
    keep(database, chain, {"title": "First"})
    keep(database, chain, {"title": "Second"}, seen=1)

    for number, title in ((1, {"title": "First"}), (0, {})):
        with database.reading() as session:
            seen = versions_of(session, chain.body_id, SESSION)[0].number
        restore(database, chain, number=number, seen=seen)
        template = held(database, chain)
        assert template is not None
        assert template.texts.get("en", {}) == title

    with database.reading() as session:
        versions = versions_of(session, chain.body_id, SESSION)
    assert [(each.number, each.restores) for each in versions] == [
        (4, 0), (3, 1), (2, None), (1, None),
    ]  # fmt: skip


def test_a_period_without_a_session_reports_to_the_usual_body(
    database: Database, chain: Chain
) -> None:
    keep(database, chain, {"title": "Ours"})
    with arranging(), database.transaction() as session:
        session.get_one(ReportingPeriod, chain.period_id).session_id = None

    assert held(database, chain) is not None
    with database.reading() as session:
        assert newest_period_of(session, chain.body_id) == chain.period_id


def test_what_is_left_out_is_told_of_the_period(database: Database, chain: Chain) -> None:
    kept = (Section.INTRODUCTION, Section.IMPLEMENTATION)
    keep(database, chain, {}, sections=kept)

    with database.reading() as session:
        assert sections_left_out(session, chain.period_id) == [
            (SESSION, tuple(each for each in FULL if each not in kept))
        ]


def test_an_edition_pins_the_template_that_it_was_made_with(
    database: Database, chain: Chain, tmp_path: Path
) -> None:
    with database.transaction() as session:
        report, at = report_on(session, chain.house.mandates[0]), clock.now()
        submit_report(
            session, report_id=report.id, version=1, text=TEXT, actor=chain.house.focal_point, at=at
        )
        clear_report(session, report_id=report.id, version=2, actor=chain.house.manager, at=at)
    keep(database, chain, {"title": "Our report on {{ period }}"})
    request = EditionRequest(chain.period_id, "en", "Secretariat", clock.now().date())
    with database.reading() as session:
        made = draft_edition(session, request, store=FileStore(tmp_path), forms=[ReportForm.HTML])
    with database.transaction() as session:
        edition_id = record_edition(
            session, made, store=FileStore(tmp_path), actor=chain.house.editor, at=clock.now()
        ).id
    keep(database, chain, {"title": "Another"}, seen=1)

    with database.reading() as session:
        used = template_used(session, edition_id)
    assert used == UsedTemplate(chain.body_id, "Commission of the Islands", SESSION, 1)
    assert "Our report on " in made.files[ReportForm.HTML].content.decode()
    with database.reading() as session:
        pinned = session.scalar(
            select(ReportTemplate.number)
            .join(ReportEdition, ReportEdition.template_id == ReportTemplate.id)
            .where(ReportEdition.id == edition_id)
        )
        later = versions_of(session, chain.body_id, SESSION)
    assert pinned == 1
    assert [version.edition_count for version in later] == [0, 1]


def give_logo(
    database: Database,
    chain: Chain,
    store: FileStore,
    content: bytes = SVG,
    *,
    seen: int = 0,
    said: dict[str, str] | None = None,
) -> ReportTemplate | None:
    with database.transaction() as session:
        return keep_logo(
            session,
            body_id=chain.body_id,
            document_type=SESSION,
            content=content,
            alternatives={"en": "A wave", "es": "Una ola"} | (said or {}),
            seen_number=seen,
            store=store,
            actor=chain.administrator,
            at=clock.now(),
        )


def test_a_logo_is_a_version_and_texts_stay(
    database: Database, chain: Chain, tmp_path: Path
) -> None:
    store = FileStore(tmp_path)
    keep(database, chain, {"title": "Ours"})
    give_logo(database, chain, store, seen=1)
    keep(database, chain, {"title": "Theirs"}, seen=2)

    template = held(database, chain)

    assert template is not None
    assert template.logo is not None
    assert template.logo.alternatives == {"en": "A wave", "es": "Una ola"}
    assert template.texts == {"en": {"title": "Theirs"}}
    assert list(house_files(template, store)) == [template.logo.digest]


def test_other_words_for_a_logo_keep_the_picture(
    database: Database, chain: Chain, tmp_path: Path
) -> None:
    store = FileStore(tmp_path)
    give_logo(database, chain, store)
    before = held(database, chain)
    give_logo(database, chain, store, b"", seen=1, said={"en": "A white wave"})
    after = held(database, chain)

    assert before is not None
    assert before.logo is not None
    assert after is not None
    assert after.logo is not None
    assert after.logo.digest == before.logo.digest
    assert after.logo.alternatives["en"] == "A white wave"
    assert give_logo(database, chain, store, b"", seen=2, said={"en": "A white wave"}) is None


def test_a_removed_logo_comes_back_with_its_version(
    database: Database, chain: Chain, tmp_path: Path
) -> None:
    give_logo(database, chain, FileStore(tmp_path))
    with database.transaction() as session:
        remove_logo(
            session,
            body_id=chain.body_id,
            document_type=SESSION,
            seen_number=1,
            actor=chain.administrator,
            at=clock.now(),
        )
    removed = held(database, chain)
    restore(database, chain, number=1, seen=2)
    again = held(database, chain)

    assert removed is not None
    assert removed.logo is None
    assert again is not None
    assert again.logo is not None


@pytest.mark.parametrize(
    ("content", "said", "field", "words"),
    [
        (b"", {}, "picture", "Choose the picture"),
        (b"nothing", {}, "picture", "no PNG, JPEG or SVG"),
        (SVG, {"es": " "}, "alternative_es", "Say what the logo shows"),
        (SVG, {"en": "x" * 251}, "alternative_en", "has 251 characters"),
    ],
)
def test_what_is_no_logo_is_refused_at_its_field_and_nothing_is_kept(
    database: Database,
    chain: Chain,
    tmp_path: Path,
    content: bytes,
    said: dict[str, str],
    field: str,
    words: str,
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        give_logo(database, chain, FileStore(tmp_path / "files"), content, said=said)

    assert refusal.value.field == field
    assert held(database, chain) is None
    assert not (tmp_path / "files").exists()


def test_a_logo_passes_the_virus_scanner(database: Database, chain: Chain, tmp_path: Path) -> None:
    def scan(content: bytes) -> None:
        raise Invalid("The virus scanner found %(name)s.", name="Eicar")

    with pytest.raises(Invalid, match="Eicar"):
        give_logo(database, chain, FileStore(tmp_path, scan))


def restore(database: Database, chain: Chain, *, number: int, seen: int) -> None:
    with database.transaction() as session:
        restore_template(
            session,
            body_id=chain.body_id,
            document_type=SESSION,
            number=number,
            seen_number=seen,
            actor=chain.administrator,
            at=clock.now(),
        )


def test_a_section_that_came_after_a_template_stands_in_it_until_somebody_leaves_it_out(
    database: Database, chain: Chain
) -> None:
    keep(database, chain, {"title": "Ours"}, sections=(Section.INTRODUCTION, Section.OVERVIEW))
    with arranging(), database.transaction() as session:
        older = ReportTemplate(
            body_id=chain.body_id,
            document_type=SESSION.value,
            number=2,
            sections="introduction overview",
            known_sections="introduction overview activities",
            texts={},
            written_at=clock.now(),
            written_by_id=chain.administrator.person_id,
        )
        session.add(older)

    told = held(database, chain)
    assert told is not None
    assert told.sections == tuple(each for each in FULL if each is not Section.ACTIVITIES)
    assert Section.COOPERATION in told.new
    assert keep(database, chain, {}, sections=told.sections, seen=2) is not None
    saved = held(database, chain)
    assert saved is not None
    assert (saved.sections, saved.new) == (told.sections, ())
