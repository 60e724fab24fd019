"""Short names made of full ones."""

import pytest

from tracker.domain.short_names import first_free, initials_of, subject_of


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Statistics Division", "statistics"),
        ("Division of Statistics and Demography", "statistics-demography"),
        ("Subregional headquarters in Mexico", "mexico"),
        ("Sede Subregional para el Caribe", "caribe"),
        ("Oficina de la Secretaria de la Comisión", "secretaria-comision"),
        ("Division du développement économique", "developpement-economique"),
        ("Office", "office"),
        ("Sustainable Development and Human Settlements Division", "sustainable-development-human"),
        ("統計部", "unit"),
    ],
)
def test_a_unit_is_called_by_what_it_is_about(name: str, short: str) -> None:
    assert subject_of(name) == short


def test_a_body_is_called_by_its_initials_or_its_one_word() -> None:
    assert initials_of("Economic and Social Council") == "esc"
    assert initials_of("The Commission") == "commission"


def test_a_taken_short_name_gets_the_next_number() -> None:
    assert first_free("energy", {"energy", "energy-2"}) == "energy-3"
    assert first_free("energy", set()) == "energy"
