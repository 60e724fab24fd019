"""Settings: every ``TRACKER_`` variable, read once at start and checked before anything else."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "development-only-secret"  # noqa: S105 - refused in production
KNOWN_LANGUAGES = ("en", "es", "fr", "pt")


class ConfigurationError(Exception):
    """A setting that is missing or cannot be used; the sentence says which and what to do."""


@dataclass(frozen=True, slots=True)
class EntitySettings:
    """The organization whose mandates these are, with the names under which texts ask it."""

    name: str = "Secretariat of the Commission"
    aliases: tuple[str, ...] = ("the Executive Secretary", "the secretariat")


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; see the table in README.md."""

    environment: str
    database_url: str
    secret_key: str = field(repr=False)
    base_url: str
    data_dir: Path
    smtp_url: str | None = field(repr=False)
    mail_from: str
    entity: EntitySettings
    languages: tuple[str, ...]
    time_zone: str
    upload_limit_bytes: int
    reading_seconds: int
    reading_memory_bytes: int
    recognition_pages: int
    recognition_seconds: int
    report_words: int
    link_checks: int
    imap_url: str | None = field(repr=False)
    virus_scanner: str | None

    @property
    def is_production(self) -> bool:
        """Tell whether people depend on this installation."""
        return self.environment == "production"

    @property
    def mail_dir(self) -> Path:
        """Return the folder that takes mails as files while no SMTP server is named."""
        return self.data_dir / "mail"

    @property
    def uploads_dir(self) -> Path:
        """Return the folder of files that wait to be confirmed."""
        return self.data_dir / "uploads"

    @property
    def recognised_dir(self) -> Path:
        """Return the folder of what was recognised of scanned files."""
        return self.data_dir / "recognised"

    @property
    def files_dir(self) -> Path:
        """Return the folder of stored files."""
        return self.data_dir / "files"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings from ``environ`` (the process's by default).

    Raises ConfigurationError with one sentence that names the variable and says what to do.
    """
    source = os.environ if environ is None else environ

    def value(name: str, default: str) -> str:
        return source.get(f"TRACKER_{name}", "").strip() or default

    data_dir = Path(value("DATA_DIR", str(ROOT / "instance"))).expanduser()
    data_dir = data_dir if data_dir.is_absolute() else ROOT / data_dir
    settings = Settings(
        environment=_one_of(
            "ENVIRONMENT",
            value("ENVIRONMENT", "development"),
            ("development", "test", "production"),
        ),
        database_url=_database_url(value("DATABASE_URL", embedded_database_url(data_dir))),
        secret_key=value("SECRET_KEY", DEVELOPMENT_SECRET),
        base_url=_web_address(value("BASE_URL", "http://127.0.0.1:5000")),
        data_dir=data_dir,
        smtp_url=_smtp_url(value("SMTP_URL", "")),
        mail_from=value("MAIL_FROM", "mandate-tracker@localhost"),
        entity=_entity(value("ENTITY", "")),
        languages=_languages(value("LANGUAGES", ",".join(KNOWN_LANGUAGES))),
        time_zone=_time_zone(value("TIME_ZONE", "UTC")),
        upload_limit_bytes=_megabytes("UPLOAD_LIMIT_MB", value("UPLOAD_LIMIT_MB", "50")),
        reading_seconds=_seconds("READING_SECONDS", value("READING_SECONDS", "30")),
        reading_memory_bytes=_megabytes("READING_MEMORY_MB", value("READING_MEMORY_MB", "1024")),
        recognition_pages=_pages("RECOGNITION_PAGES", value("RECOGNITION_PAGES", "200")),
        recognition_seconds=_seconds("RECOGNITION_SECONDS", value("RECOGNITION_SECONDS", "60")),
        report_words=_count("REPORT_WORDS", value("REPORT_WORDS", "8500")),
        imap_url=_imap_url(value("IMAP_URL", "")),
        virus_scanner=_virus_scanner(value("VIRUS_SCANNER", "")),
        link_checks=_count("LINK_CHECKS", value("LINK_CHECKS", "0")),
    )
    if settings.is_production:
        _check_production(settings, source)
    return settings


def embedded_database_url(data_dir: Path) -> str:
    """Return the address of the database file that is used when no other is named."""
    return f"sqlite:///{data_dir / 'tracker.sqlite3'}"


def _check_production(settings: Settings, source: Mapping[str, str]) -> None:
    if settings.secret_key == DEVELOPMENT_SECRET or len(settings.secret_key) < 32:
        raise ConfigurationError(
            "TRACKER_SECRET_KEY is missing or shorter than 32 characters: set it to a long random "
            'text, for example from python -c "import secrets; print(secrets.token_urlsafe(48))".'
        )
    for name, purpose in (
        ("MAIL_FROM", "the address that mails are sent from"),
        ("BASE_URL", "the address under which people reach this site"),
    ):
        if not source.get(f"TRACKER_{name}", "").strip():
            raise ConfigurationError(f"TRACKER_{name} is missing: set it to {purpose}.")


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ConfigurationError(
            f"TRACKER_{name} is {text!r}: set it to one of {', '.join(allowed)}."
        )
    return text


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ConfigurationError(
            "TRACKER_DATABASE_URL must begin with sqlite:/// or postgresql://, for example "
            "postgresql://tracker@localhost/tracker."
        )
    return text


def _web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ConfigurationError(
            "TRACKER_BASE_URL must be a full web address, for example https://tracker.example.org."
        )
    return text.rstrip("/")


def _smtp_url(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigurationError(
            "TRACKER_SMTP_URL must read smtp://user:password@host:587 or smtps://host:465."
        )
    return text


def _imap_url(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in {"imap", "imaps"} or not (parts.hostname and parts.username):
        raise ConfigurationError("TRACKER_IMAP_URL must read imaps://user:password@host:993/INBOX.")
    return text


def _virus_scanner(text: str) -> str | None:
    kind, _, rest = text.partition(":")
    if text and (kind not in {"clamd", "command"} or not rest.strip("/ ")):
        raise ConfigurationError(
            "TRACKER_VIRUS_SCANNER must read clamd:/run/clamav/clamd.ctl, clamd://host:3310 or "
            "command:clamscan --no-summary -."
        )
    return text or None


def _entity(text: str) -> EntitySettings:
    names = tuple(part.strip() for part in text.split(";") if part.strip())
    return EntitySettings(name=names[0], aliases=names[1:]) if names else EntitySettings()


def _languages(text: str) -> tuple[str, ...]:
    languages = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [language for language in languages if language not in KNOWN_LANGUAGES]
    if unknown or not languages:
        raise ConfigurationError(
            f"TRACKER_LANGUAGES names {', '.join(unknown) or 'no language'}: "
            f"choose among {', '.join(KNOWN_LANGUAGES)}, separated by commas."
        )
    return languages


def _time_zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigurationError(
            f"TRACKER_TIME_ZONE is {text!r}, which is no time zone: "
            "use a name such as America/Santiago."
        ) from error


def _megabytes(name: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ConfigurationError(f"TRACKER_{name} must be a whole number of megabytes, 1 or more.")
    return int(text) * 1024 * 1024


def _seconds(name: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ConfigurationError(f"TRACKER_{name} must be a whole number of seconds, 1 or more.")
    return int(text)


def _count(name: str, text: str) -> int:
    if not text.isdigit():
        raise ConfigurationError(f"TRACKER_{name} must be a whole number, 0 for none.")
    return int(text)


def _pages(name: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ConfigurationError(f"TRACKER_{name} must be a whole number of pages, 1 or more.")
    return int(text)
