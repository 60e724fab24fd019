"""A resolution's page in each language that the text stands in."""

import pytest
from flask.testing import FlaskClient

from tests.importing import import_text
from tracker import clock
from tracker.installation import Installation
from tracker.services.language_versions import add_language_version

SPANISH = """21(V) REGISTROS DE LAS ISLAS

La Comisión para las Islas Ostrales,

Recordando su resolución 20(V) sobre el censo de las islas,

1. Toma nota del informe de la Secretaría sobre los registros de las islas;

2. Solicita a la Secretaría Ejecutiva que:

a) Preste asistencia a los Estados miembros en el mantenimiento de sus registros;

b) Informe a la Comisión en su sexto período de sesiones sobre los registros de las islas;

3. Invita a los Estados miembros a que compartan sus registros.
"""


@pytest.fixture
def in_two_languages(installation: Installation) -> None:
    """Import 21(V) and its Spanish version."""
    (outcome,) = import_text(installation.database, installation.files)
    with installation.database.transaction() as session:
        add_language_version(
            session,
            instrument_id=outcome.instrument_id,
            content=SPANISH.encode(),
            file_name="21_v.es.txt",
            language="es",
            actor=None,
            at=clock.now(),
            files=installation.files,
        )


@pytest.mark.usefixtures("in_two_languages")
def test_the_original_is_shown_and_leads_to_the_other_language(coordinator: FlaskClient) -> None:
    page = coordinator.get("/coi/21-v").text

    assert "REGISTERS OF THE ISLANDS" in page
    assert '<strong lang="en">English</strong> · <a class="govuk-link" lang="es"' in page
    assert 'href="/coi/21-v?text=es">Español</a>' in page


@pytest.mark.usefixtures("in_two_languages")
def test_the_text_is_shown_in_the_language_asked_for_with_the_same_mandates(
    coordinator: FlaskClient,
) -> None:
    page = coordinator.get("/coi/21-v?text=es").text

    assert '<span lang="es">REGISTROS DE LAS ISLAS</span>' in page
    assert "Preste asistencia" in page
    assert "To assist member States" not in page
    assert page.count('name="mandate"') == 4


@pytest.mark.usefixtures("in_two_languages")
def test_a_language_that_is_not_there_shows_the_original(coordinator: FlaskClient) -> None:
    page = coordinator.get("/coi/21-v?text=fr").text

    assert "REGISTERS OF THE ISLANDS" in page


def test_a_text_in_one_language_offers_no_other(
    coordinator: FlaskClient, installation: Installation
) -> None:
    import_text(installation.database, installation.files)

    page = coordinator.get("/coi/21-v").text

    assert "Text in" not in page
