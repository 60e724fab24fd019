"""Invented resolutions in Spanish, French and Portuguese, read from every form they come in."""

from collections.abc import Sequence
from functools import cache

import pytest

from tests.reading.editions import VARIANTS, printed
from tests.reading.gold import GoldResolution, gold_resolutions
from tests.reading.scoring import Score, f1, perfect_share, score
from tracker.domain.clauses import BlockKind, ReadResolution
from tracker.reading import read_bytes
from tracker.reading.openers import is_annex_heading, is_closing, language_of
from tracker.reading.verbs import verb_phrase

FEWEST = {"es": 12, "fr": 12, "pt": 3}
# The smallest share of operative clauses found, and of documents without any error, in percent.
FLOORS = {"clean": (99.5, 95), "wrapped": (99.5, 95), "ocr": (99, 90)}
EVERY = [(language, variant) for language in FEWEST for variant in VARIANTS]


@cache
def scores_of(language: str, variant: str) -> Sequence[Score]:
    return [score(gold, reading_of(gold, variant)) for gold in gold_resolutions(language)]


def reading_of(gold: GoldResolution, variant: str) -> ReadResolution:
    (resolution,) = read_bytes(printed(gold, variant).encode(), "printed.txt")
    return resolution


@pytest.mark.parametrize(("language", "variant"), EVERY)
def test_the_clauses_of_each_language_are_found_above_the_floor(
    language: str, variant: str
) -> None:
    scores = scores_of(language, variant)

    assert f1(scores) >= FLOORS[variant][0]


@pytest.mark.parametrize(("language", "variant"), EVERY)
def test_nearly_all_documents_of_each_language_are_read_without_an_error(
    language: str, variant: str
) -> None:
    scores = scores_of(language, variant)

    assert perfect_share(scores) >= FLOORS[variant][1]


@pytest.mark.parametrize(("language", "fewest"), FEWEST.items())
def test_each_language_has_its_documents(language: str, fewest: int) -> None:
    golds = gold_resolutions(language)

    assert len(golds) >= fewest
    assert min(len(gold.of_kind("operative")) for gold in golds) >= 5


@pytest.mark.parametrize("language", FEWEST)
def test_the_verb_of_each_paragraph_is_told(language: str) -> None:
    golds = gold_resolutions(language)

    verbs = [(block.verb, block.text, block.kind) for gold in golds for block in gold.blocks]
    wrong = {
        text[:50]
        for verb, text, kind in verbs
        if verb and verb not in (verb_phrase(text, is_preamble=kind == "preambular") or "")
    }
    assert wrong == set()


@pytest.mark.parametrize("language", FEWEST)
def test_the_head_of_a_document_is_told_in_each_language(language: str) -> None:
    golds = gold_resolutions(language)

    for gold in golds:
        resolution = reading_of(gold, "clean")
        assert (resolution.language, resolution.body) == (language, gold.body)
        assert resolution.title is not None
        assert gold.title.replace("\xa0", " ").endswith(resolution.title)


def test_session_and_date_of_adoption_are_read_from_the_masthead() -> None:
    golds = {gold.name: gold for language in FEWEST for gold in gold_resolutions(language)}

    heads = {
        name: (resolution.symbol, resolution.session, str(resolution.adopted_on))
        for name in ("faros_costeros", "phares_cotiers", "arquivos_das_mares")
        for resolution in [reading_of(golds[name], "wrapped")]
    }
    assert heads == {
        "faros_costeros": ("A/RES/91/14", "Nonagésimo primer período de sesiones", "2036-12-19"),
        "phares_cotiers": ("A/RES/91/15", "Quatre-vingt-onzième session", "2036-12-19"),
        "arquivos_das_mares": ("A/RES/96/21", "Nonagésima sexta sessão", "2041-12-18"),
    }


def test_items_counted_by_ordinals_are_sub_clauses() -> None:
    (gold,) = [gold for gold in gold_resolutions("fr") if gold.name == "puits_communaux"]

    resolution = reading_of(gold, "clean")

    paths = [clause.path for clause in resolution.operative_clauses]
    assert paths[4:11] == ["2", "3", "3.1", "3.2", "3.3", "3.3.a", "3.3.b"]


def test_a_spanish_list_may_count_with_an_enye() -> None:
    letters = "abcdefghijklmnño"
    items = "".join(f"{letter}) Faro número {at};\n\n" for at, letter in enumerate(letters))
    text = f"La Asamblea General,\n\n1. Pide que se reparen:\n\n{items}2. Decide concluir.\n"

    (resolution,) = read_bytes(text.encode(), "lista.txt")

    labels = [clause.number for clause in resolution.operative_clauses]
    assert labels == ["1", *letters, "2"]
    assert not any(clause.doubts for clause in resolution.operative_clauses)


@pytest.mark.parametrize(
    ("opener", "language"),
    [
        ("El Consejo de Seguridad,", "es"),
        ("E1 Comite Plenario,", "es"),
        ("Le Comité plénier,", "fr"),
        ("L'Assemblée générale,", "fr"),
        ("O Conselho Econômico e Social,", "pt"),
        ("The Committee of the Whole,", "en"),
    ],
)
def test_the_opener_tells_the_language(opener: str, language: str) -> None:
    assert language_of(opener) == language


@pytest.mark.parametrize(
    "line",
    [
        "87ª sesión plenaria",
        "87a. sesión plenaria",
        "33” sesión plenaria",
        "6l* sesión plenaria",
        "61 sesión plenaria",
        "19 de diciembre de 2036",
        "1º de julio de 2036",
        "[Aprobada sin votación.]",
        "54e séance plénière",
        "1er juillet 2036",
        "[Adoptée sans vote.]",
        "[Adoptée par 29 voix contre 4, avec 14 abstentions.",
        "59ª sessão plenária",
    ],
)
def test_closings_are_known_in_each_language(line: str) -> None:
    assert is_closing(line)


@pytest.mark.parametrize("line", ["Aprobada la agenda,", "12 de los faros", "2 séances par an"])
def test_what_only_looks_like_a_closing_is_none(line: str) -> None:
    assert not is_closing(line)


@pytest.mark.parametrize("line", ["Anexo II", "ANNEXE", "Apéndice", "Appendice I"])
def test_annexes_are_known_in_each_language(line: str) -> None:
    assert is_annex_heading(line)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Expresa su profunda preocupación por la niebla;", "Expresa su profunda preocupación"),
        ("Toma nota también con aprecio del informe;", "Toma nota también con aprecio"),
        ("Pide a la Secretaría que actúe;", "Pide"),
        ("Fait siennes les conclusions du Comité ;", "Fait siennes"),
        ("Reaffirme sa résolution ;", "Réaffirme"),
        ("So1icita al Secretario General que actúe;", "Solicita"),
        ("Congratula-se com o relatório;", "Congratula-se"),
    ],
)
def test_a_verb_keeps_what_belongs_to_it(text: str, verb: str) -> None:
    assert verb_phrase(text, is_preamble=False) == verb


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Basándose en la Carta,", "Basándose"),
        ("Con miras a facilitar la cooperación,", "Con miras a"),
        ("N’ignorant pas les difficultés,", "N’ignorant"),
        ("Se déclarant gravement préoccupée par la brume,", "Se déclarant gravement préoccupée"),
    ],
)
def test_a_preamble_opens_in_many_ways(text: str, verb: str) -> None:
    assert verb_phrase(text, is_preamble=True) == verb


def test_the_annex_of_a_spanish_document_is_no_clause() -> None:
    (gold,) = [gold for gold in gold_resolutions("es") if gold.name == "archivos_de_mareas"]

    resolution = reading_of(gold, "ocr")

    assert sum(block.kind is BlockKind.ANNEX for block in resolution.blocks) == 5
    assert [clause.path for clause in resolution.operative_clauses][-1] == "6"
