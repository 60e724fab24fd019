"""A reply is told apart from what it quotes, and its words from one item to the next."""

import pytest

from tracker.domain.mail_replies import words_by_item

ITEMS = {
    7: ["43(IX), para. 9", "43(IX), párr. 9"],
    8: ["41(IX), para. 4(e)"],
    9: ["41(IX), para. 4"],
}
ONE = {7: ITEMS[7]}
WORDS = "The survey was held in May.\nTwelve countries took part."

QUOTATIONS = {
    "gmail-en": "On Sun, 29 Nov 2026 at 12:58, The Secretariat <m@example.org> wrote:\n> Ana, 3",
    "gmail-two-lines": "On Sun, 29 Nov 2026 at 12:58, The Secretariat of the Commission\n"
    "<m@example.org> wrote:\n> Ana, 3 reports",
    "gmail-es": "El dom, 29 nov 2026 a las 12:58, Secretaría (<m@example.org>) escribió:\n\n> Ana",
    "gmail-fr": "Le dim. 29 nov. 2026 à 12:58, Secrétariat <m@example.org> a écrit :\n> Ana",
    "gmail-pt": "Em dom., 29 de nov. de 2026 às 12:58, Secretariado <m@example.org> escreveu:\n> A",
    "outlook-en": "____________________\nFrom: S <m@example.org>\nSent: Sunday\n\nAna, 3",
    "outlook-old": "-----Original Message-----\nFrom: S\nSent: Sunday\n\nAna, 3 reports",
    "outlook-es": "De: S <m@example.org>\nEnviado: domingo, 29 de noviembre\nPara: Ana\n\nAna, 3",
    "outlook-fr": "De : S <m@example.org>\nEnvoyé : dimanche 29 novembre\nÀ : Ana\n\nAna, 3",
    "outlook-pt": "De: S <m@example.org>\nEnviada em: domingo\nPara: Ana\n\nAna, 3",
    "signature": "-- \nAna Tavares\nOcean Economy Division",
    "phone": "Enviado desde mi iPhone",
    "nothing": "",
}


@pytest.mark.parametrize("quotation", QUOTATIONS.values(), ids=QUOTATIONS.keys())
def test_what_a_program_adds_is_left_out(quotation: str) -> None:
    assert words_by_item(f"{WORDS}\n\n{quotation}\n", ONE) == {7: WORDS}


def test_a_sentence_that_begins_like_an_announcement_stays() -> None:
    words = "On Sunday a mission left for the islands.\nIt returned on Friday and wrote a report."

    assert words_by_item(words, ONE) == {7: words}


def test_words_below_a_quoted_clause_are_for_it() -> None:
    reply = (
        "> OVERDUE\n> * 43(IX), para. 9 (Ocean Economy Division)\nThe survey was held.\n\n"
        "> * 41(IX), para. 4(e) (Ocean)\nFour countries: A, B, C and D.\n> Update: http://x\n"
    )

    assert words_by_item(reply, ITEMS) == {
        7: "The survey was held.",
        8: "Four countries: A, B, C and D.",
    }


def test_words_behind_a_citation_that_the_person_wrote_are_for_it() -> None:
    reply = "43 (IX), para. 9: nothing new.\n41(IX), para. 4(e) - see below\nFour countries.\n"

    assert words_by_item(reply, ITEMS) == {
        7: "nothing new.",
        8: "see below\nFour countries.",
    }


def test_a_citation_is_not_taken_for_a_shorter_one() -> None:
    assert words_by_item("41(IX), para. 4(e): four.\n41(IX), para. 4: all.", ITEMS) == {
        8: "four.",
        9: "all.",
    }


def test_words_for_no_item_are_told_apart() -> None:
    assert words_by_item("All of this is done.", ITEMS) == {0: "All of this is done."}


def test_a_reply_without_words_says_nothing() -> None:
    assert words_by_item("\n> Ana, 3 reports\n\n-- \nAna", ONE) == {}
