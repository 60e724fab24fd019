"""Settings: defaults that work on a laptop, and one sentence for each that cannot be used."""

from pathlib import Path

import pytest

from config import ROOT, ConfigurationError, read_settings

PRODUCTION = {
    "TRACKER_ENVIRONMENT": "production",
    "TRACKER_SECRET_KEY": "k" * 32,
    "TRACKER_MAIL_FROM": "tracker@example.org",
    "TRACKER_BASE_URL": "https://tracker.example.org",
}


def test_nothing_needs_to_be_set_on_a_laptop() -> None:
    settings = read_settings({})

    assert settings.environment == "development"
    assert settings.data_dir == ROOT / "instance"
    assert settings.database_url == f"sqlite:///{ROOT / 'instance' / 'tracker.sqlite3'}"
    assert settings.base_url == "http://127.0.0.1:5000"
    assert settings.smtp_url is None
    assert settings.languages == ("en", "es", "fr", "pt")


def test_a_relative_data_folder_is_found_from_the_projects_root(tmp_path: Path) -> None:
    assert read_settings({"TRACKER_DATA_DIR": "kept"}).data_dir == ROOT / "kept"
    assert read_settings({"TRACKER_DATA_DIR": str(tmp_path)}).data_dir == tmp_path


def test_files_and_mails_lie_below_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings({"TRACKER_DATA_DIR": str(tmp_path)})

    assert settings.files_dir.is_relative_to(tmp_path)
    assert settings.mail_dir == tmp_path / "mail"


def test_a_report_may_have_no_limit_of_words_and_a_limit_is_a_number() -> None:
    assert read_settings({"TRACKER_REPORT_WORDS": "0"}).report_words == 0
    with pytest.raises(ConfigurationError, match="TRACKER_REPORT_WORDS must be a whole number"):
        read_settings({"TRACKER_REPORT_WORDS": "-1"})


def test_a_variable_without_a_value_counts_as_not_set() -> None:
    assert read_settings({"TRACKER_BASE_URL": "  "}) == read_settings({})


def test_the_entity_is_its_name_and_its_aliases() -> None:
    entity = read_settings(
        {"TRACKER_ENTITY": "ECLAC; the Executive Secretary;the secretariat"}
    ).entity

    assert entity.name == "ECLAC"
    assert entity.aliases == ("the Executive Secretary", "the secretariat")


def test_the_slash_at_the_end_of_the_address_is_dropped() -> None:
    settings = read_settings({"TRACKER_BASE_URL": "https://tracker.example.org/"})

    assert settings.base_url == "https://tracker.example.org"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("ENVIRONMENT", "staging", "set it to one of development, test, production"),
        ("DATABASE_URL", "mysql://x/y", "must begin with sqlite:/// or postgresql://"),
        ("BASE_URL", "tracker.example.org", "must be a full web address"),
        ("SMTP_URL", "mail.example.org", "must read smtp://"),
        ("IMAP_URL", "imaps://mail.example.org", "must read imaps://user"),
        ("IMAP_URL", "pop3://user:x@mail.example.org", "must read imaps://user"),
        ("VIRUS_SCANNER", "clamd", "must read clamd:/run"),
        ("VIRUS_SCANNER", "command: ", "must read clamd:/run"),
        ("LINK_CHECKS", "many", "whole number, 0 for none"),
        ("LANGUAGES", "en,de", "names de: choose among en, es, fr, pt"),
        ("LANGUAGES", ",", "names no language"),
        ("TIME_ZONE", "Mars/Olympus", "use a name such as"),
        ("TIME_ZONE", "../etc", "use a name such as"),
        ("UPLOAD_LIMIT_MB", "many", "whole number of megabytes"),
        ("UPLOAD_LIMIT_MB", "0", "whole number of megabytes"),
        ("READING_SECONDS", "0", "whole number of seconds"),
        ("READING_MEMORY_MB", "much", "whole number of megabytes"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_to_do(
    name: str, value: str, sentence: str
) -> None:
    with pytest.raises(ConfigurationError, match=rf"^TRACKER_{name} .*{sentence}"):
        read_settings({f"TRACKER_{name}": value})


def test_production_starts_with_what_it_needs() -> None:
    settings = read_settings(PRODUCTION)

    assert settings.is_production
    assert "k" * 32 not in repr(settings)


@pytest.mark.parametrize("name", ["TRACKER_SECRET_KEY", "TRACKER_MAIL_FROM", "TRACKER_BASE_URL"])
def test_production_refuses_to_start_without(name: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{name} is missing"):
        read_settings({key: value for key, value in PRODUCTION.items() if key != name})


def test_production_refuses_a_short_secret() -> None:
    with pytest.raises(ConfigurationError, match="shorter than 32 characters"):
        read_settings({**PRODUCTION, "TRACKER_SECRET_KEY": "short"})


def test_secrets_are_not_shown() -> None:
    settings = read_settings(
        {
            "TRACKER_SMTP_URL": "smtp://user:hidden@mail.example.org",
            "TRACKER_IMAP_URL": "imaps://user:hidden@mail.example.org",
        }
    )

    assert "hidden" not in repr(settings)
