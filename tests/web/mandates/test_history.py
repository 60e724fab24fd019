"""The history of a mandate in words: what each kind of act is called."""

import pytest
from flask import Flask

from tracker import clock
from tracker.queries.mandate_pages import HistoryEntry
from tracker.web.mandates.history import describe


@pytest.mark.parametrize(
    ("action", "after", "words"),
    [
        ("mandate.activity_linked", {"contribution": "Holds the workshop."}, "Holds the workshop"),
        ("mandate.activity_unlinked", {}, "The link to an activity was removed"),
        ("note_progress", {"text": "The form was agreed."}, "Noted: The form was agreed."),
        ("add_language_version", {"file_name": "7_ii.es.txt"}, "from the file 7_ii.es.txt"),
        ("confirm_mandate", {}, "Confirmed as requiring our action"),
        ("something_new", {}, "Something new"),
    ],
)
def test_an_act_is_told_in_a_sentence(
    app: Flask, action: str, after: dict[str, str], words: str
) -> None:
    entry = HistoryEntry(
        action=action, happened_at=clock.now(), actor="Ana", before={}, after=dict(after)
    )

    with app.test_request_context():
        assert words in describe(entry)
