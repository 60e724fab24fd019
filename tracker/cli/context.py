"""What every command is given, and how a command ends when something is refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Protocol

import click

from config import ConfigurationError, Settings, read_settings
from tracker import schema
from tracker.database import OperationalError, ProgrammingError
from tracker.domain.clauses import Entity
from tracker.domain.errors import Refused, Unavailable
from tracker.installation import Installation, limits_of, make_installation, scan_limits_of
from tracker.reading.confined import Limits
from tracker.reading.scans import ScanLimits
from tracker.sentences import sentence_of
from tracker.services.jobs import JobOutcome

REFUSED = 2  # the exit code of a command that was refused
WsgiApplication = Callable[..., Any]  # PEP 3333 leaves its arguments untyped
CreateApplication = Callable[[Settings], WsgiApplication]
RunScheduler = Callable[[Installation], None]


class ListedJob(Protocol):
    """A job as it is listed."""

    @property
    def name(self) -> str:
        """What it is called by."""

    @property
    def cron(self) -> str:
        """When it rings."""

    @property
    def purpose(self) -> str:
        """What it does, in an English sentence."""


@dataclass(frozen=True, slots=True)
class JobBoard:
    """The jobs as commands see and run them; which they are, the command line does not know."""

    schedule: Sequence[ListedJob]
    run_job: Callable[[Installation, str, datetime], JobOutcome]
    run_task: Callable[[Installation, int], None]


class CommandContext:
    """The settings and parts of the installation, made when a command first asks for them."""

    def __init__(
        self, *, create_app: CreateApplication, run_scheduler: RunScheduler, job_board: JobBoard
    ) -> None:
        self.create_app = create_app
        self.run_scheduler = run_scheduler
        self.job_board = job_board

    @cached_property
    def settings(self) -> Settings:
        """Return the settings of the environment."""
        return read_settings()

    @cached_property
    def installation(self) -> Installation:
        """Return the parts of the installation; Unavailable when its tables are not up to date."""
        file = schema.file_of(self.settings.database_url)
        if file is not None and not file.exists():
            raise Unavailable(
                "There is no database file %(file)s yet. Run tracker serve, which makes an empty "
                "one, or tracker database upgrade. The demo's data are reached with "
                "TRACKER_DATA_DIR=instance/demo before the command.",
                file=file,
            )
        installation = make_installation(self.settings)
        with installation.database.reading() as session:
            revision = schema.current_revision(session.connection())
        if revision != schema.newest_revision():
            raise Unavailable(
                "The tables of the database are not those of this version. "
                "Run: tracker database upgrade"
            )
        return installation

    @property
    def reading_limits(self) -> Limits:
        """Return what reading one file may take; asks no database."""
        return limits_of(self.settings)

    @property
    def scan_limits(self) -> ScanLimits:
        """Return what recognising one scanned file may take; asks no database."""
        return scan_limits_of(self.settings)

    @property
    def entity(self) -> Entity:
        """Return whose mandates these are; asks no database."""
        return make_installation(self.settings).entity


class RefusingGroup(click.Group):
    """A group of commands in which a refusal ends with its sentence and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn refusals into one line on standard error."""
        try:
            return super().invoke(ctx)
        except Refused as refusal:
            sentence = sentence_of(refusal, "en")
        except ConfigurationError as error:
            sentence = str(error)
        except (OperationalError, ProgrammingError) as error:
            sentence = (
                f"The database cannot be used ({str(error.orig).strip().splitlines()[0]}). "
                "Check TRACKER_DATABASE_URL, then run: tracker database upgrade"
            )
        click.echo(f"Error: {sentence}", err=True)
        raise SystemExit(REFUSED)
