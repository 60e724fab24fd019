"""How long it takes to find the mandates that are like others among very many, and how well.

Run ``.venv/bin/python -m tests.benchmarks.similar_mandates [MANDATES] [URL]``; ``URL`` names an
empty database (default: an SQLite file that goes away). The texts are invented by a machine: their
words are as unevenly frequent as those of a language, one clause in five is a formula that many
instruments share, and one in ten repeats a clause of an earlier instrument with some words changed.
"""

import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import Connection, insert, text

from tests.reporting import counted_statements
from tracker import clock, schema
from tracker.database import Database
from tracker.domain.clauses import BlockKind
from tracker.domain.mandates import Nature
from tracker.domain.permissions import Actor, Role
from tracker.domain.search import SearchKind
from tracker.models.instruments import Body, Clause, ClauseText, Instrument, InstrumentText
from tracker.models.mandates import Mandate
from tracker.models.people import OrganizationalUnit, UnitKind
from tracker.models.search import SearchEntry
from tracker.queries.similar_mandates import similar_mandates
from tracker.stemming import stems_of_text

CLAUSES = 20  # of an instrument
SEED = 4
ACTOR = Actor(0, "Bench", "en", "UTC", frozenset({(Role.COORDINATOR, None)}))
SYLLABLES = (
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "bran",
    "cle",
    "dro",
    "fli",
)
FORMULAS = (
    "Requests the Executive Secretary to report on the implementation of this resolution",
    "Takes note of the report of the secretariat",
    "Invites member States to cooperate with the secretariat and to contribute to its work",
    "Decides to continue its consideration of the matter at its next session",
)


class Writer:
    """Writes clauses out of 12,000 invented words."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - the same texts in each run
        self.words = sorted({self._word() for _ in range(14_000)})
        self.random.shuffle(self.words)
        self.weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.words))))

    def clause(self) -> str:
        """Return a clause of twenty to forty words."""
        return " ".join(self._some(self.random.randint(20, 40))) + ";"

    def formula(self) -> str:
        """Return a clause as many instruments have it."""
        return f"{self.random.choice(FORMULAS)};"

    def renewed(self, clause: str) -> str:
        """Return the clause with a sixth of its words changed."""
        words = clause.rstrip(";").split()
        for place in self.random.sample(range(len(words)), len(words) // 6):
            words[place] = self._some(1)[0]
        return " ".join(words) + ";"

    def _word(self) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def _some(self, count: int) -> list[str]:
        return self.random.choices(self.words, cum_weights=self.weights, k=count)


def texts_of(writer: Writer, count: int) -> Iterator[tuple[str, int | None]]:
    """Yield clauses, each with the number of the earlier one that it repeats, if it does."""
    written: list[str] = []
    for number in range(count):
        chance = writer.random.random()
        earlier = number - number % CLAUSES
        origin = None
        if chance < 0.2:
            clause = writer.formula()
        elif chance < 0.3 and earlier:
            origin = writer.random.randrange(earlier)
            clause = writer.renewed(written[origin])
        else:
            clause = writer.clause()
        if origin is not None and written[origin].rstrip(";") in FORMULAS:
            origin = None
        written.append(clause)
        yield clause, origin


def fill(database: Database, count: int) -> list[int | None]:
    """Write that many mandates; return of which each one is a repetition, by number."""
    origins = []
    writer = Writer(SEED)
    with database.engine.begin() as connection:
        connection.execute(insert(Body), [{"id": 1, "key": "b", "name": "Body", "language": "en"}])
        connection.execute(
            insert(OrganizationalUnit),
            [{"id": 1, "key": "u", "name": "Unit", "language": "en", "kind": UnitKind.DIVISION}],
        )
        batch: list[tuple[int, str]] = []
        for number, (clause, origin) in enumerate(texts_of(writer, count), start=1):
            origins.append(origin)
            batch.append((number, clause))
            if len(batch) == CLAUSES * 50 or number == count:
                write(connection, writer, batch)
                batch.clear()
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return origins


def write(connection: Connection, writer: Writer, batch: Sequence[tuple[int, str]]) -> None:
    """Write some clauses with their instruments, mandates and entries of the index."""
    at = clock.now()
    of = {number: (number - 1) // CLAUSES + 1 for number, _ in batch}
    instruments = sorted(set(of.values()))
    connection.execute(
        insert(Instrument),
        [
            {"id": i, "body_id": 1, "symbol": f"{i}(I)", "slug": f"{i}-i", "sort_key": f"{i:06}"}
            | {"imported_at": at, "version": 1}
            for i in instruments
        ],
    )
    connection.execute(
        insert(InstrumentText),
        [
            {"instrument_id": i, "language": "en", "title": writer.clause()[:80]}
            for i in instruments
        ],
    )
    connection.execute(
        insert(Clause),
        [
            {"id": n, "instrument_id": of[n], "position": n, "kind": BlockKind.OPERATIVE}
            | {"path": str(n)}
            for n, _ in batch
        ],
    )
    connection.execute(
        insert(ClauseText),
        [{"clause_id": n, "language": "en", "text": clause} for n, clause in batch],
    )
    connection.execute(
        insert(Mandate),
        [
            {"id": n, "clause_id": n, "instrument_id": of[n], "version": 1, "lead_unit_id": 1}
            | {"nature": Nature.ACTION_BY_SECRETARIAT, "is_proposed_for_action": True}
            for n, _ in batch
        ],
    )
    connection.execute(
        insert(SearchEntry),
        [
            {
                "kind": SearchKind.MANDATE,
                "subject_id": n,
                "language": "en",
                "title": "",
                "unit_id": 1,
            }
            | {"text": clause, "title_stems": "", "text_stems": stems_of_text(clause, "en")}
            for n, clause in batch
        ],
    )


def measure(database: Database, mandate_ids: Sequence[int]) -> tuple[str, dict[int, int | None]]:
    """Return a line of figures on these mandates together, and the best found for each."""
    with counted_statements(database) as statements, database.reading() as session:
        start, worked = perf_counter(), process_time()
        found = similar_mandates(session, mandate_ids, actor=ACTOR)
        took, work = perf_counter() - start, process_time() - worked
    best = {key: alike[0].mandate.mandate_id if alike else None for key, alike in found.items()}
    line = (
        f"{len(mandate_ids):4} mandates: {took * 1000:7.0f} ms, {work * 1000:7.0f} ms of processor "
        f"time, in {len(statements)} statements"
    )
    return line, best


def main() -> None:
    """Print how long it takes for one mandate and for a page of them, and what is found."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        default = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        url = sys.argv[2] if len(sys.argv) > 2 else default
        schema.upgrade(url)
        with closing(Database(url)) as database:
            origins = fill(database, count)
            sys.stdout.write(f"{database.engine.dialect.name}, {count} mandates\n")
            repeated = [n for n, origin in enumerate(origins, start=1) if origin is not None]
            formula = next(n for n in range(count, 0, -1) if n not in repeated)
            for chosen in ([repeated[-1]], [formula], repeated[-50:], repeated[-100:]):
                line, best = measure(database, chosen)
                right = sum(best.get(n) == (origins[n - 1] or 0) + 1 for n in chosen)
                sys.stdout.write(f"{line}; {right} with the clause they repeat first\n")


if __name__ == "__main__":
    main()
