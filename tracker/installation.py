"""One installation: its settings and the parts made from them, shared by web, jobs and commands."""

from dataclasses import dataclass

from config import Settings
from tracker.auth.passwords import Passwords
from tracker.auth.tokens import Tokens
from tracker.database import Database
from tracker.domain.clauses import Entity
from tracker.storage import FileStore


@dataclass(frozen=True, slots=True)
class Installation:
    """The parts every entry point works with."""

    settings: Settings
    database: Database
    files: FileStore
    tokens: Tokens
    passwords: Passwords

    @property
    def entity(self) -> Entity:
        """Return whose mandates these are, as the reader of texts needs it."""
        return Entity(name=self.settings.entity.name, aliases=self.settings.entity.aliases)


def make_installation(settings: Settings) -> Installation:
    """Return the parts of the installation that ``settings`` describe; opens no connection."""
    is_test = settings.environment == "test"
    return Installation(
        settings=settings,
        database=Database(settings.database_url),
        files=FileStore(settings.files_dir),
        tokens=Tokens(settings.secret_key),
        passwords=Passwords(time_cost=1, memory_kib=1024) if is_test else Passwords(),
    )
