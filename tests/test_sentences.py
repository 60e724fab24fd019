"""What refusals say in each language, and how the values in them are written."""

import ast
from datetime import UTC, date, datetime

import pytest

from tests.structure.source import name_of, tracked, tree_of
from tracker.domain import errors
from tracker.domain.clauses import CitedParagraph
from tracker.domain.deadlines import check_due_date
from tracker.domain.errors import Invalid, Phrase, Refused, Unavailable, WrongState
from tracker.domain.permissions import Role
from tracker.jobs.mail import COUNTED
from tracker.reading.formats import Format, format_of
from tracker.sentences import sentence_of

KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
ASKED = WrongState(
    "%(mandate)s is asked about in the period %(period)s. Waive its report for that "
    "period first, then set the mandate aside.",
    mandate=CitedParagraph("530(XXIV)", "5.a"),
    period="2026-2027",
)


@pytest.mark.parametrize(
    ("language", "beginning"),
    [
        ("en", "The due date 1 May 2026 lies before the adoption on 30 June 2026."),
        ("es", "El plazo 1 de mayo de 2026 es anterior a la aprobación, del 30 de junio de 2026."),
        ("fr", "L’échéance du 1er mai 2026 est antérieure à l’adoption, le 30 juin 2026."),
        ("pt", "O prazo 1º de maio de 2026 é anterior à adoção, em 30 de junho de 2026."),
    ],
)
def test_a_refusal_writes_its_dates_as_the_reader_does(language: str, beginning: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_due_date(date(2026, 5, 1), adopted_on=date(2026, 6, 30))

    assert plain(sentence_of(refused.value, language)).startswith(beginning)


@pytest.mark.parametrize(
    ("language", "cited"),
    [
        ("en", "530(XXIV), para. 5(a)"),
        ("es", "530(XXIV), párr. 5(a)"),
        ("fr", "530(XXIV), par. 5(a)"),
        ("pt", "530(XXIV), par. 5(a)"),
    ],
)
def test_a_refusal_cites_a_paragraph_as_the_reader_does(language: str, cited: str) -> None:
    assert cited in plain(sentence_of(ASKED, language))


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", "2 mails sent, 1 postponed, 0 failed"),
        ("es", "2 correos enviados, 1 aplazados, 0 fallidos"),
        ("fr", "2 messages envoyés, 1 reportés, 0 en échec"),
        ("pt", "2 mensagens enviadas, 1 adiadas, 0 com falha"),
    ],
)
def test_words_of_ours_in_a_refusal_are_translated_with_it(language: str, counted: str) -> None:
    words = Phrase(COUNTED, {"sent": 2, "postponed": 1, "failed": 0})
    stopped = Unavailable(
        "The mail server takes no mail now (%(reason)s); %(words)s. What waits is tried "
        "again: check TRACKER_SMTP_URL if this goes on.",
        reason="421 busy",
        words=words,
    )

    said = sentence_of(stopped, language)

    assert f"(421 busy); {counted}." in plain(said).replace(" ;", ";")


@pytest.mark.parametrize(
    ("language", "found"),
    [("en", "plain text"), ("es", "texto sin formato"), ("fr", "texte brut"), ("pt", "texto puro")],
)
def test_the_kind_of_a_file_is_named_in_the_language_of_the_reader(
    language: str, found: str
) -> None:
    with pytest.raises(Refused) as refused:
        format_of(b"No Word document.", "resolution.docx", limit=1000)

    assert found in sentence_of(refused.value, language)


def test_a_member_of_a_closed_set_is_written_with_its_label() -> None:
    refusal = Refused("%(role)s", role=Role.FOCAL_POINT)

    assert sentence_of(refusal, "fr") != str(Role.FOCAL_POINT)
    assert sentence_of(refusal, "en") == "Focal point"


def test_a_member_without_a_label_stays_as_it_is() -> None:
    assert sentence_of(Refused("%(kind)s", kind=Format.PDF), "fr") == "PDF"


def test_a_moment_stands_in_the_time_zone_of_the_reader() -> None:
    refusal = Refused("%(at)s", at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))

    assert plain(sentence_of(refusal, "en", "Asia/Tokyo")) == "1 July 2026, 08:30"


def test_what_a_refusal_says_in_the_log_is_english() -> None:
    assert str(ASKED).startswith("530(XXIV), para. 5(a) is asked about in the period 2026-2027.")


@pytest.mark.slow
def test_no_refusal_is_given_a_date_that_is_written_already() -> None:
    written = [
        f"{name_of(path)}:{call.lineno}"
        for path in tracked("tracker", ".py")
        for call in ast.walk(tree_of(path))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in KINDS
        for value in call.keywords
        if ".isoformat(" in ast.unparse(value.value) or "strftime" in ast.unparse(value.value)
    ]

    assert written == []


def plain(sentence: str) -> str:
    """Return a sentence with ordinary spaces."""
    return sentence.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
