"""What may stand on a public page: the words a hold needs, and whether it holds on a day."""

from datetime import date

from tracker.domain.errors import Invalid

LONGEST_REASON = 1000  # characters


def check_hold(reason: str, *, is_held: bool, until: date | None, today: date) -> str:
    """Return the reason without blanks around it; refuse none, and a day that is not to come."""
    plain = reason.replace("\r\n", "\n").strip()
    if not plain or len(plain) > LONGEST_REASON:
        raise Invalid(
            "Say why, in at most %(most)s characters.", field="reason", most=LONGEST_REASON
        )
    if is_held and until is not None and until <= today:
        raise Invalid(
            "The embargo ends on a day to come. Enter a later day, or leave it empty to withhold "
            "the record until somebody shows it again.",
            field="until",
        )
    return plain


def is_kept_off(*, is_held: bool, until: date | None, today: date) -> bool:
    """Tell whether a hold is in force on a day: until the day before that of its end."""
    return is_held and (until is None or today < until)
