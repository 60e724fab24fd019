"""What clauses in Spanish, French and Portuguese are understood to ask."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz import fuzz

from tests.reading.editions import printed
from tests.reading.gold import gold_resolutions
from tracker.domain.clauses import (
    Block,
    BlockKind,
    Entity,
    Proposal,
    ReadResolution,
    ancestors_of,
    find_clause,
)
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.reading import read_bytes
from tracker.reading.mandates import propose

HERE = Path(__file__).parent
COMMISSION = Entity(
    "ECLAC",
    ("Comisión Económica para América Latina y el Caribe",),
    ("Secretaria Ejecutiva", "Secretaría", "CEPAL", "Secrétaire exécutif", "secrétariat"),
)
# The smallest share that must be right, in percent; the labels served to mend the rules. At first
# sight the second set had, in percent: nature 97 es, 97 fr, 88 pt; addressees 88, 85, 78;
# periodicity 75, 79, 86; of the occasions 47, 69, 79 and of the reports 50, 60, 67 were found.
# Single clauses written and labelled after that had, at first sight: nature 90, 100, 90; addressees
# 85, 85, 85; periodicity 80, 87, 67; occasions found 89, 100, 62; reports 75, 100, 50.
FLOORS = {"nature": 93, "addressees": 90, "occasion": 90, "periodicity": 85, "report_requested": 92}


@cache
def reading_of(language: str, name: str) -> ReadResolution:
    (gold,) = [gold for gold in gold_resolutions(language) if gold.name == name]
    (resolution,) = read_bytes(printed(gold, "clean").encode(), "printed.txt")
    return resolution


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def labelled() -> Iterator[tuple[dict[str, str], Proposal]]:
    for row in [*rows_of("labels_languages.csv"), *rows_of("labels_languages_second.csv")]:
        resolution = reading_of(row["language"], row["name"])
        clause = find_clause(resolution.blocks, row["path"])
        assert clause is not None
        above = ancestors_of(resolution.blocks, row["path"])
        yield row, propose(clause, above, COMMISSION, resolution.body)


def folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def agrees(row: dict[str, str], proposal: Proposal, field: str) -> bool:
    """Tell whether a field is as labelled, words compared as the corpus's scorer does."""
    said = getattr(proposal, field)
    wanted = row[field]
    if field == "report_requested":
        return bool(said) == (wanted == "yes")
    if field == "occasion":
        return (
            bool(said) == bool(wanted)
            and fuzz.partial_ratio(folded(said or ""), folded(wanted)) >= 85
        ) or not (said or wanted)
    if field == "addressees":
        names = [name for name in wanted.split(";") if name]
        return len(names) == len(said) and all(
            any(fuzz.token_set_ratio(folded(name), folded(actor)) >= 80 for actor in said)
            for name in names
        )
    return str(said or "") == wanted


@pytest.mark.parametrize("field", FLOORS)
def test_the_labelled_clauses_are_understood_above_the_floors(field: str) -> None:
    rows = list(labelled())

    right = [row for row, proposal in rows if agrees(row, proposal, field)]

    assert len(rows) >= 220
    assert 100 * len(right) / len(rows) >= FLOORS[field]


@pytest.mark.parametrize(
    "row", rows_of("clauses_languages.csv"), ids=lambda row: f"{row['language']}-{row['text'][:50]}"
)
def test_single_clauses_are_understood_as_they_were_labelled(row: dict[str, str]) -> None:
    proposal = understand(row["text"])

    wrong = {field for field in FLOORS if not agrees(row, proposal, field)}

    assert wrong == set()


def understand(text: str, *above: str) -> Proposal:
    clauses = [
        Block(BlockKind.OPERATIVE, words, path=".".join("1abc"[: level + 1]), level=level + 1)
        for level, words in enumerate((*above, text))
    ]
    return propose(clauses[-1], clauses[:-1], COMMISSION)


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Toma nota del informe sobre los faros;", Nature.INFORMATIONAL),
        ("Pone de relieve que los Gobiernos deberían encender los faros;", Nature.INFORMATIONAL),
        ("Solicita a la Secretaria Ejecutiva que los encienda;", Nature.ACTION_BY_SECRETARIAT),
        ("Observa la niebla, y pide a la Secretaría que actúe;", Nature.ACTION_BY_SECRETARIAT),
        ("Insta a los Estados a que enciendan los faros;", Nature.ACTION_BY_OTHERS),
        ("Decide que los Estados encenderán los faros;", Nature.ACTION_BY_OTHERS),
        ("Decide que el mandato del grupo terminará;", Nature.PROCEDURAL),
        ("Hace suyo el plan de trabajo;", Nature.PROCEDURAL),
        ("Prend note du rapport sur les phares ;", Nature.INFORMATIONAL),
        ("Prie le Secrétaire général d’allumer les phares ;", Nature.ACTION_BY_SECRETARIAT),
        ("Exhorte les États à allumer les phares ;", Nature.ACTION_BY_OTHERS),
        ("Fait sienne la décision du Comité ;", Nature.PROCEDURAL),
        ("Décide de rester saisie de la question.", Nature.PROCEDURAL),
        ("Solicita à Secretaria que acenda os faróis;", Nature.ACTION_BY_SECRETARIAT),
        ("Convida os Governos a acender os faróis;", Nature.ACTION_BY_OTHERS),
    ],
)
def test_the_nature_follows_the_verb_in_each_language(text: str, nature: Nature) -> None:
    assert understand(text).nature is nature


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        (
            "Pide a los Gobiernos, los organismos especializados y la sociedad civil que actúen;",
            ("Gobiernos", "organismos especializados", "sociedad civil"),
        ),
        (
            "Solicita al Secretario General que, en consulta con los Estados, actúe;",
            ("Secretario General",),
        ),
        ("Insta a los Estados que aún no lo hayan hecho a que actúen;", ("Estados",)),
        ("Recomienda que los Gobiernos actúen;", ("Gobiernos",)),
        (
            "Demande aux gouvernements, aux institutions spécialisées et au secteur privé d’agir ;",
            ("gouvernements", "institutions spécialisées", "secteur privé"),
        ),
        ("Prie le Secrétaire général, agissant avec les États, d’agir ;", ("Secrétaire général",)),
        ("Exorta os Estados membros e os bancos a agir;", ("Estados membros", "bancos")),
        (
            "Decide prorrogar el mandato del Experto independiente, y le pide que informe;",
            ("Experto independiente",),
        ),
    ],
)
def test_those_who_are_asked_are_named_in_each_language(
    text: str, addressees: tuple[str, ...]
) -> None:
    assert understand(text).addressees == addressees


def test_a_sub_clause_in_spanish_is_asked_of_whom_its_chapeau_asks() -> None:
    proposal = understand("Encienda los faros;", "Solicita a la Secretaria Ejecutiva que:")

    assert (proposal.action_verb, proposal.addressees) == ("Solicita", ("Secretaria Ejecutiva",))
    assert proposal.concerns_us is ConcernsUs.BY_NAME
    assert proposal.requires_action


def test_what_a_decision_asks_in_its_sub_clauses_is_asked() -> None:
    asked = understand("Pedir a la Secretaría que encienda los faros;", "Decide:")
    arranged = understand("Proclamar el decenio de los faros;", "Decide:")

    assert (asked.nature, asked.addressees) == (Nature.ACTION_BY_SECRETARIAT, ("Secretaría",))
    assert arranged.nature is Nature.PROCEDURAL


@pytest.mark.parametrize(
    ("text", "periodicity", "occasion"),
    [
        (
            "Pide a la Secretaría que informe cada dos años sobre los faros;",
            Periodicity.RECURRING,
            "cada dos años",
        ),
        (
            "Pide a la Secretaría que siga encendiendo los faros;",
            Periodicity.CONTINUING,
            None,
        ),
        (
            "Pide a los Estados que designen un faro antes del 31 de diciembre de 2036;",
            Periodicity.ONE_OFF,
            "antes del 31 de diciembre de 2036",
        ),
        (
            "Prie le secrétariat de lui faire rapport à sa quarantième session ;",
            Periodicity.ONE_OFF,
            "à sa quarantième session",
        ),
        (
            "Prie le secrétariat de publier chaque année la liste des phares ;",
            Periodicity.RECURRING,
            "chaque année",
        ),
        (
            "Pide a la Secretaría que aplique la resolución aprobada en 2034;",
            Periodicity.CONTINUING,
            None,
        ),
    ],
)
def test_periodicity_and_occasion_are_told_in_each_language(
    text: str, periodicity: Periodicity, occasion: str | None
) -> None:
    proposal = understand(text)

    assert (proposal.periodicity, proposal.occasion) == (periodicity, occasion)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Pide a la Secretaría que le presente un informe sobre los faros;", True),
        ("Prie le secrétariat de lui rendre compte de l’état des phares ;", True),
        ("Toma nota del informe sobre los faros;", False),
        ("Prie le secrétariat d’allumer les phares ;", False),
    ],
)
def test_a_report_is_requested_in_each_language(text: str, *, asks: bool) -> None:
    assert understand(text).report_requested is asks


@pytest.mark.parametrize("row", rows_of("times_languages.csv"), ids=lambda row: row["text"][:60])
def test_when_how_often_and_whether_a_report_are_told_in_each_language(row: dict[str, str]) -> None:
    said = understand(row["text"])

    assert (str(said.periodicity or ""), said.occasion or "") == (
        row["periodicity"],
        row["occasion"],
    )
    assert said.report_requested is (row["report_requested"] == "yes")
