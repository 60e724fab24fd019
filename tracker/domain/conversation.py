"""What people ask each other about a report: questions, and more time."""

from enum import StrEnum

from tracker.domain.errors import Invalid, WrongState

LONGEST_MESSAGE = 2_000
"""Characters: what is longer belongs into the report."""


class MessageKind(StrEnum):
    """What a message about a report is."""

    QUESTION = "question"
    ANSWER = "answer"
    MORE_TIME_ASKED = "more_time_asked"
    MORE_TIME_GIVEN = "more_time_given"
    MORE_TIME_REFUSED = "more_time_refused"


ASKS = frozenset({MessageKind.QUESTION, MessageKind.MORE_TIME_ASKED})
"""The kinds that wait for somebody."""


def check_message(text: str) -> str:
    """Return the words without space around them; refuse none, or too many."""
    words = text.replace("\r\n", "\n").strip()
    if not words:
        raise Invalid("Write what you want to say; one sentence is enough.", field="text")
    if len(words) > LONGEST_MESSAGE:
        raise Invalid(
            "This message has %(length)s characters; at most %(limit)s are kept. Shorten it, or "
            "put the details into the report.",
            field="text",
            length=len(words),
            limit=LONGEST_MESSAGE,
        )
    return words


def check_settles(asked: MessageKind, settled_by: MessageKind, *, is_settled: bool) -> None:
    """Refuse an answer to what is settled already, or of another kind than what was asked."""
    if is_settled:
        raise WrongState(
            "Somebody has answered this already. Open the report to see what they said."
        )
    is_about_time = asked is MessageKind.MORE_TIME_ASKED
    if asked not in ASKS or is_about_time is (settled_by is MessageKind.ANSWER):
        raise WrongState(
            "This cannot be answered so: a question takes an answer, a request for more time a "
            "date or a refusal. Open the report and choose there."
        )
