"""What of the report is translated by people, and what becomes of a file that comes back."""

from dataclasses import replace

import pytest

from tests.writing.biennial_report.example import make_content, make_mandate, make_resolution
from tracker.domain.biennial_report import ReportContent, ReportDocument, compose
from tracker.domain.biennial_report.blocks import Cover, Paragraph, Quote
from tracker.domain.biennial_report.translations import (
    FileLine,
    HeldWording,
    ReturnedFile,
    ReturnedLine,
    Translation,
    TranslationMark,
    TranslationRehearsal,
    TranslationState,
    TranslationUnit,
    different_numbers,
    file_of,
    find_key,
    find_translation_mark,
    in_language,
    rehearse,
    translation_units,
    unready,
)

MARK = TranslationMark(3, "en", "es")
DONE = "mandate0.done.1"
RESULTS = "mandate0.results.1"
UNIT = TranslationUnit(DONE, "Two meetings.\nA third in 2025.", "Paragraph 5")


def one_mandate(**changes: object) -> ReportContent:
    return make_content(
        resolutions=(make_resolution(make_mandate(**changes)),),  # type: ignore[arg-type]
        activities=(),
    )


def original_of(content: ReportContent, **editorial: str) -> ReportDocument:
    texts = {key.replace("__", "."): text for key, text in editorial.items()}
    return compose(replace(content, editorial=texts), {})


def in_spanish(
    content: ReportContent, original: ReportDocument, **wordings: HeldWording
) -> ReportDocument:
    held = {key.replace("__", "."): wording for key, wording in wordings.items()}
    return compose(in_language(replace(content, language="es"), original, held), {})


def printed(document: ReportDocument, key: str) -> Paragraph:
    return next(
        block for block in document.blocks if isinstance(block, Paragraph) and block.passage == key
    )


def lines_of(*units: TranslationUnit) -> tuple[FileLine, ...]:
    return file_of(MARK, "Report", units).lines


def came_back(lines: tuple[FileLine, ...], *targets: str, **changes: str) -> ReturnedFile:
    return ReturnedFile(
        MARK,
        tuple(
            ReturnedLine(line.key, changes.get("source", line.source), target)
            for line, target in zip(lines, targets, strict=True)
        ),
    )


def rehearsed(*targets: str, unit: TranslationUnit = UNIT) -> TranslationRehearsal:
    return rehearse(came_back(lines_of(UNIT), *targets), [unit])


def test_what_people_wrote_goes_out_and_fixed_sentences_do_not() -> None:
    original = original_of(one_mandate(status_reason="The donor withdrew."))

    keys = [unit.key for unit in translation_units(original, (), {})]

    assert keys == [DONE, RESULTS, "mandate0.status.1"]


def test_a_fixed_sentence_goes_out_once_the_editor_has_worded_it() -> None:
    original = original_of(one_mandate(), introduction__basis__1="These texts are ours.")

    units = {unit.key: unit.source for unit in translation_units(original, (), {})}

    assert units["introduction.basis.1"] == "These texts are ours."


def test_a_text_in_another_language_makes_the_original_unready() -> None:
    original = original_of(one_mandate(language="fr"))

    assert [passage.key for passage in unready(original)] == [DONE, RESULTS]
    assert translation_units(original, (), {}) == ()


def test_titles_of_activities_go_out_at_the_end() -> None:
    original = original_of(one_mandate())

    unit = translation_units(original, [(7, "Fourth meeting")], {})[-1]

    assert (unit.key, unit.source, unit.activity_id) == ("activity7.title", "Fourth meeting", 7)


def test_each_line_of_a_text_has_a_key_of_its_own() -> None:
    lines = lines_of(UNIT)

    assert [line.key.rpartition("/")[0] for line in lines] == [f"{DONE}/1.2", f"{DONE}/2.2"]
    assert all(find_key(f"[{line.key}] ") == line.key for line in lines)


def test_a_mark_is_found_wherever_a_tool_puts_it() -> None:
    assert find_translation_mark(f"C:\\jobs\\{MARK}.xlf") == MARK
    assert find_translation_mark("tracker-copy-3-1-es") is None


def test_a_translated_text_is_taken_with_its_lines() -> None:
    (taken,) = rehearsed("Dos reuniones.", "Una tercera en 2025.").taken

    assert (taken.source, taken.text) == (UNIT.source, "Dos reuniones.\nUna tercera en 2025.")
    assert taken.numbers == ()


def test_a_text_of_which_a_line_is_not_translated_stays_missing() -> None:
    result = rehearsed("Dos reuniones.", "")

    assert (result.taken, result.missing) == ((), (UNIT,))


def test_a_translation_that_is_there_already_is_not_taken_again() -> None:
    there = replace(UNIT, translation=Translation(UNIT.source, "Dos.\nTres en 2025."))

    result = rehearsed("Dos.", "Tres en 2025.", unit=there)

    assert (result.already, result.to_keep, result.missing) == (1, (), ())


def test_a_translation_of_an_earlier_original_is_kept_apart() -> None:
    today = replace(UNIT, source="Four meetings.")

    result = rehearsed("Dos.", "Tres en 2025.", unit=today)

    assert (result.taken, [each.source for each in result.outdated]) == ((), [UNIT.source])
    assert result.missing == (today,)


def test_a_translation_of_an_earlier_original_never_takes_the_place_of_a_current_one() -> None:
    today = replace(UNIT, source="Four.", translation=Translation("Four.", "Cuatro."))

    assert rehearsed("Dos.", "Tres en 2025.", unit=today).to_keep == ()


@pytest.mark.parametrize(("text", "taken"), [("Dos.\nTres.", 0), ("Dos.\nTercera.", 1)])
def test_an_old_translation_that_nobody_looked_over_stays_out_of_date(
    text: str, taken: int
) -> None:
    unit = replace(UNIT, translation=Translation("Earlier.", "Dos.\nTres."))
    targets = text.split("\n")
    lines = tuple(
        ReturnedLine(line.key, line.source, target, is_unreviewed=True)
        for line, target in zip(lines_of(unit), targets, strict=True)
    )

    rehearsal = rehearse(ReturnedFile(MARK, lines), [unit])

    assert len(rehearsal.taken) == taken
    assert len(rehearsal.missing) == 1 - taken


def test_an_original_that_was_changed_in_the_file_is_not_taken() -> None:
    lines = lines_of(UNIT)
    today = replace(UNIT, source="Four meetings.")

    result = rehearse(came_back(lines, "Dos.", "Tres.", source="Something else."), [today])

    assert (result.to_keep, len(result.altered)) == ((), 1)


def test_a_key_of_another_text_is_not_taken() -> None:
    (first, _) = lines_of(UNIT)
    forged = ReturnedLine(first.key.replace("1.2", "1.1"), first.source, "Dos reuniones.")

    result = rehearse(ReturnedFile(MARK, (forged,)), [UNIT])

    assert (result.to_keep, result.altered) == ((), (first.source,))


def test_a_text_that_the_report_no_longer_has_is_told() -> None:
    result = rehearse(came_back(lines_of(UNIT), "Dos.", "Tres."), [])

    assert result.unknown == (UNIT.source,)


@pytest.mark.parametrize(
    ("source", "target", "numbers"),
    [
        ("In 2025, 1,200 people", "En 2025, 1 200 personas", ()),
        ("1.5 per cent", "un 1,5 por ciento", ()),
        ("14 indicators", "41 indicadores", ("14", "41")),
        ("two of them", "2 de ellos", ("2",)),
    ],
)
def test_numbers_that_differ_are_told(source: str, target: str, numbers: tuple[str, ...]) -> None:
    assert different_numbers(source, target) == numbers


def test_a_translation_is_printed_in_the_language_of_the_document() -> None:
    content = one_mandate()
    original = original_of(content)
    source = printed(original, DONE).text

    document = in_spanish(content, original, mandate0__done__1=HeldWording("Hecho.", source))

    paragraph = printed(document, DONE)
    assert (paragraph.text, paragraph.language) == ("Hecho.", None)


def test_a_translation_of_another_original_is_not_printed() -> None:
    content = one_mandate()
    original = original_of(content, mandate0__done__1="Three meetings.")

    document = in_spanish(content, original, mandate0__done__1=HeldWording("Hecho.", "Two."))

    paragraph = printed(document, DONE)
    assert (paragraph.text, paragraph.language) == ("Three meetings.", "en")


def test_what_the_editor_left_out_of_the_original_is_left_out_of_the_translation() -> None:
    content = one_mandate()
    original = original_of(content, mandate0__done__1="")

    document = in_spanish(content, original)

    assert DONE not in {getattr(block, "passage", "") for block in document.blocks}


@pytest.mark.parametrize(("text_language", "is_marked"), [("es", False), ("en", True)])
def test_a_document_is_unofficial_until_all_of_it_is_in_its_language(
    text_language: str, is_marked: bool
) -> None:
    content = one_mandate(text_language=text_language, results=None)
    original = original_of(content)
    held = HeldWording("Hecho.", printed(original, DONE).text)

    document = in_spanish(content, original, mandate0__done__1=held)

    cover = next(block for block in document.blocks if isinstance(block, Cover))
    quote = next(block for block in document.blocks if isinstance(block, Quote))
    assert any("nofficial" in notice for notice in cover.notices) is is_marked
    assert quote.language == (None if text_language == "es" else "en")


@pytest.mark.parametrize("has_names", [True, False])
def test_a_document_is_unofficial_until_the_names_in_its_tables_are_translated(
    has_names: bool,
) -> None:
    content = one_mandate(text_language="es", results=None)
    original = original_of(content)
    held = {DONE: HeldWording("Hecho.", printed(original, DONE).text)}

    translated = in_language(replace(content, language="es"), original, held, has_names=has_names)

    assert translated.is_translated is has_names


def test_the_state_of_a_text_follows_its_original() -> None:
    translated = replace(UNIT, translation=Translation(UNIT.source, "Dos."))

    states = [each.state for each in (UNIT, translated, replace(translated, source="New."))]

    assert states == [
        TranslationState.MISSING,
        TranslationState.CURRENT,
        TranslationState.OUT_OF_DATE,
    ]
