"""What is asked of a name, an address and a time zone before they are kept."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from email_validator import EmailNotValidError, validate_email

from tracker.domain.errors import Invalid

NAME_LENGTH = 200


def check_email(email: str) -> str:
    """Return the address in lower case; refuse what is none. Asks no name server."""
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError as error:
        raise Invalid(
            "“%(email)s” is not an e-mail address. Enter one such as ana.perez@example.org.",
            field="email",
            email=email.strip()[:80],
        ) from error
    return found.normalized.lower()


def check_name(name: str) -> str:
    """Return the name with single spaces; refuse an empty or endless one."""
    plain = " ".join(name.split())
    if not plain:
        raise Invalid("Enter the name.", field="name")
    if len(plain) > NAME_LENGTH:
        raise Invalid(
            "The name has more than %(length)s characters. Enter a shorter one.",
            field="name",
            length=NAME_LENGTH,
        )
    return plain


def check_time_zone(time_zone: str) -> str:
    """Return the name of a time zone; refuse any other text."""
    try:
        return ZoneInfo(time_zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid(
            "“%(time_zone)s” is not a time zone. Choose one such as America/Santiago.",
            field="time_zone",
            time_zone=time_zone[:60],
        ) from error
