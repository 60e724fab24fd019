"""One installation: its settings and the parts made from them, shared by web, jobs and commands."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace

from config import Settings
from tracker.auth.passwords import Passwords
from tracker.auth.tokens import Tokens
from tracker.database import Database, Session
from tracker.domain.clauses import Entity
from tracker.mail.message import Site
from tracker.queries.setup import find_house
from tracker.reading.confined import ConfinedReader, Limits
from tracker.reading.readers import Reading
from tracker.reading.scans import (
    ForgottenPages,
    Progress,
    ScanLimits,
    read_recognised,
    read_recognising,
)
from tracker.reading.virus_scanner import make_scanner
from tracker.services.recognised_pages import StoredPages
from tracker.services.search_entries import complete, keep_current
from tracker.storage import FileStore, PageStore, digest_of


@dataclass(frozen=True, slots=True)
class House:
    """Whose tracker this is, and the languages of its pages and mails, the main one first."""

    entity: Entity
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Installation:
    """The parts every entry point works with."""

    settings: Settings
    database: Database
    files: FileStore
    uploads: FileStore  # received, and not confirmed yet
    pages: PageStore  # recognised on scans
    tokens: Tokens
    passwords: Passwords
    begin_reader: Callable[[Limits], AbstractContextManager[ConfinedReader]] = ConfinedReader

    @property
    def reading_limits(self) -> Limits:
        """Return what reading one file may take."""
        return limits_of(self.settings)

    @property
    def scan_limits(self) -> ScanLimits:
        """Return what recognising one scanned file may take."""
        return scan_limits_of(self.settings)

    def read(self, content: bytes, file_name: str) -> Reading:
        """Read a file that came from outside, in a process of its own.

        Raises UnreadableDocument; ScannedDocument where pages have to be recognised first.
        """
        kept = StoredPages(self.pages, digest_of(content))
        with self.begin_reader(self.reading_limits) as reader:
            return read_recognised(content, file_name, reader=reader, kept=kept)

    def recognise(
        self,
        content: bytes,
        file_name: str,
        *,
        progress: Progress,
        reader: ConfinedReader | None = None,
    ) -> Reading:
        """Read a file that came from outside, and recognise its scanned pages, which takes long.

        ``reader`` is one that reads several files. Raises UnreadableDocument.
        """
        with ExitStack() as stack:
            return read_recognising(
                content,
                file_name,
                reader=reader or stack.enter_context(self.begin_reader(self.reading_limits)),
                limits=self.scan_limits,
                kept=StoredPages(self.pages, digest_of(content)),
                progress=progress,
            )

    def recognise_in_passing(self, content: bytes, file_name: str, *, most_pages: int) -> Reading:
        """Read a file from outside as ``recognise`` does, and keep nothing of its pages.

        Raises UnreadableDocument, also where more than ``most_pages`` pages are scans: whoever sent
        it waits for the answer.
        """
        with self.begin_reader(self.reading_limits) as reader:
            return read_recognising(
                content,
                file_name,
                reader=reader,
                limits=replace(self.scan_limits, pages=min(most_pages, self.scan_limits.pages)),
                kept=ForgottenPages(),
                progress=lambda _place, _count: None,
            )

    @property
    def entity(self) -> Entity:
        """Return whose mandates these are by the settings alone, for what needs no database."""
        return Entity(name=self.settings.entity.name, aliases=self.settings.entity.aliases)

    def site(self) -> Site:
        """Return where mails come from and lead to."""
        entity = self.house().entity
        return Site(
            base_url=self.settings.base_url,
            entity_name=entity.name,
            entity_names=dict(entity.names),
            mail_from=self.settings.mail_from,
        )

    def house_of_settings(self) -> House:
        """Return the house as the settings describe it; asks no database."""
        return House(entity=self.entity, languages=self.settings.languages)

    def complete_search(self) -> int:
        """Let search find what it does not know yet, and return how many records these were."""
        count = 0
        while True:
            with self.database.transaction() as session:
                made = complete(session)
            count += made
            if not made:
                return count

    def house(self) -> House:
        """Return the house as its administrators set it up, else as the settings describe it."""
        with self.database.reading() as session:
            return self.house_in(session)

    def house_in(self, session: Session) -> House:
        """Return the same, asked in a session that is open already."""
        found = find_house(session)
        entity = self.entity
        if found.entity_name is not None:
            others = (name for name in found.entity_names.values() if name != found.entity_name)
            entity = Entity(
                name=found.entity_name,
                aliases=tuple(dict.fromkeys((*found.entity_aliases, *others))),
                names=tuple(found.entity_names.items()),
            )
        return House(entity=entity, languages=found.languages or self.settings.languages)


def limits_of(settings: Settings) -> Limits:
    """Return what reading one file may take by these settings."""
    return Limits(
        seconds=settings.reading_seconds,
        memory_bytes=settings.reading_memory_bytes,
        size_bytes=settings.upload_limit_bytes,
    )


def scan_limits_of(settings: Settings) -> ScanLimits:
    """Return what recognising one scanned file may take by these settings."""
    return ScanLimits(
        pages=settings.recognition_pages,
        page_seconds=settings.recognition_seconds,
        page_memory_bytes=settings.reading_memory_bytes,
    )


def make_installation(settings: Settings) -> Installation:
    """Return the parts of the installation that ``settings`` describe; opens no connection."""
    is_test = settings.environment == "test"
    scan = make_scanner(settings.virus_scanner)
    return Installation(
        settings=settings,
        database=Database(settings.database_url, prepare=keep_current),
        files=FileStore(settings.files_dir, scan),
        uploads=FileStore(settings.uploads_dir, scan),
        pages=PageStore(settings.recognised_dir),
        tokens=Tokens(settings.secret_key),
        passwords=Passwords(time_cost=1, memory_kib=1024) if is_test else Passwords(),
    )
