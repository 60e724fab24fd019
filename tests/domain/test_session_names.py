"""Names of sessions in the languages of the site."""

import pytest

from tracker.domain.session_names import session_names


@pytest.mark.parametrize(
    ("number", "names"),
    [
        (1, ("First session", "Primer período de sesiones", "Première session", "Primeira sessão")),
        (
            13,
            (
                "Thirteenth session",
                "Decimotercer período de sesiones",
                "Treizième session",
                "Décima terceira sessão",
            ),
        ),
        (
            41,
            (
                "Forty-first session",
                "Cuadragésimo primer período de sesiones",
                "Quarante et unième session",
                "Quadragésima primeira sessão",
            ),
        ),
        (
            79,
            (
                "Seventy-ninth session",
                "Septuagésimo noveno período de sesiones",
                "Soixante-dix-neuvième session",
                "Septuagésima nona sessão",
            ),
        ),
        (
            80,
            (
                "Eightieth session",
                "Octogésimo período de sesiones",
                "Quatre-vingtième session",
                "Octogésima sessão",
            ),
        ),
        (
            107,
            ("107th session", "107º período de sesiones", "107e session", "107ª sessão"),
        ),
        (
            2012,
            (
                "2012 session",
                "Período de sesiones de 2012",
                "Session de 2012",
                "Sessão de 2012",
            ),
        ),
    ],
)
def test_a_session_is_called_by_its_number(number: int, names: tuple[str, ...]) -> None:
    assert tuple(session_names(number).values()) == names


@pytest.mark.parametrize(
    ("number", "french"),
    [
        (5, "Cinquième session"),
        (9, "Neuvième session"),
        (16, "Seizième session"),
        (21, "Vingt et unième session"),
        (71, "Soixante et onzième session"),
        (81, "Quatre-vingt-unième session"),
        (91, "Quatre-vingt-onzième session"),
    ],
)
def test_french_counts_in_its_own_way(number: int, french: str) -> None:
    assert session_names(number)["fr"] == french
