"""How many of the pairs that the nightly job finds really ask the same, and how long it takes.

Run ``.venv/bin/python -m tests.benchmarks.alike_mandates FOLDER``: all documents of the corpus of
real resolutions in ``FOLDER`` are imported into an SQLite file that goes away, and each clause is
taken for a mandate in force. For the clauses that people labelled
(``tests/queries/same_clauses.csv``) it is told how many of the pairs are right, and how many of
those that say the same are found, by the least likeness that is asked for. Of two bodies it names
all pairs that the job keeps, to be read, and how many of those that were labelled before
(``tests/queries/same_of_two_bodies.csv``) are among them.
"""

import csv
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import process_time

from sqlalchemy import select, update

from tests.importing import ENTITY
from tracker import clock, schema
from tracker.database import Database
from tracker.domain.errors import Refused
from tracker.models.instruments import Clause
from tracker.models.mandates import Mandate
from tracker.queries.similar_mandates import SimilarMandate, similar_mandates
from tracker.services.alike_mandates import (
    AT_ONCE,
    LEAST_ALIKE,
    MACHINE,
    MOST_OF_ONE,
    how_alike,
    is_alike,
)
from tracker.services.resolutions import import_resolutions
from tracker.services.search_entries import keep_current
from tracker.storage import FileStore

LABELS = Path(__file__).parents[1] / "queries" / "same_clauses.csv"
LEVELS = (50, 60, 65, 70, 75, 80, 90)
OF_TWO_BODIES = LABELS.with_name("same_of_two_bodies.csv")
SHOWN = 12

Place = tuple[str, str]


def import_all(database: Database, folder: Path, files: FileStore) -> dict[int, Place]:
    """Import what can be read; return of each mandate its document and path."""
    places: dict[int, Place] = {}
    for file in sorted((folder / "clean").glob("*.txt")):
        try:
            with database.transaction() as session:
                outcomes = import_resolutions(
                    session, content=file.read_bytes(), file_name=file.name, actor=None,
                    at=clock.now(), files=files, entity=ENTITY,
                )  # fmt: skip
                rows = session.execute(
                    select(Mandate.id, Clause.path)
                    .join(Clause, Clause.id == Mandate.clause_id)
                    .where(Mandate.instrument_id.in_([each.instrument_id for each in outcomes]))
                ).all()
        except Refused as refusal:
            sys.stdout.write(f"{file.name}: {refusal}\n")
            continue
        places |= {key: (file.stem, path or "") for key, path in rows}
    with database.transaction() as session:
        session.execute(update(Mandate).values(requires_action=True, confirmed_at=clock.now()))
    return places


def found_pairs(
    database: Database, ids: list[int]
) -> tuple[dict[tuple[int, int], SimilarMandate], float]:
    """Return what is near enough at the lowest level, with the processor time in seconds."""
    began = process_time()
    found: dict[tuple[int, int], SimilarMandate] = {}
    for start in range(0, len(ids), AT_ONCE):
        with database.reading() as session:
            alike = similar_mandates(
                session, ids[start : start + AT_ONCE], actor=MACHINE, most=2 * MOST_OF_ONE
            )
        for mandate_id, near in alike.items():
            likest = [each for each in near if is_alike(each, least=LEVELS[0])][:MOST_OF_ONE]
            found |= {(mandate_id, each.mandate.mandate_id): each for each in likest}
    return found, process_time() - began


def report(places: dict[int, Place], found: dict[tuple[int, int], SimilarMandate]) -> None:
    """Print precision and recall on the labelled clauses, level by level."""
    with LABELS.open(encoding="utf-8") as rows:
        same = {
            (row["document"], row["path"]): set(filter(None, row["says_the_same"].split("; ")))
            for row in csv.DictReader(rows)
        }
    documents = {document for document, _path in same}
    labelled = documents | {each.split()[0] for others in same.values() for each in others}
    for least in LEVELS:
        told = [
            (places[one], " ".join(places[other]))
            for (one, other), each in found.items()
            if each.score >= least and places[one] in same and places[other][0] in labelled
        ]
        right = [pair for pair in told if pair[1] in same[pair[0]]]
        wanted = {place for place, others in same.items() if others}
        hit = {place for place, _other in right}
        every = {tuple(sorted(pair)) for pair, each in found.items() if each.score >= least}
        sys.stdout.write(
            f"from {least}: {len(every)} pairs; of {len(told)} on labelled clauses {len(right)} "
            f"right ({len(right) / max(len(told), 1):.1%}); {len(hit)} of {len(wanted)} found\n"
        )
    wrong = [
        (each.score, places[one], places[other])
        for (one, other), each in found.items()
        if each.score >= LEAST_ALIKE and places[one] in same and places[other][0] in labelled
        if " ".join(places[other]) not in same[places[one]]
    ]
    for line in sorted(wrong, reverse=True)[:SHOWN]:
        sys.stdout.write(f"  not labelled the same: {line}\n")


def report_of_two_bodies(
    places: dict[int, Place], found: dict[tuple[int, int], SimilarMandate]
) -> None:
    """Print the pairs of two bodies that the job keeps, and how many labelled ones they hold."""
    with OF_TWO_BODIES.open(encoding="utf-8") as rows:
        labelled = [
            {(row["document"], row["path"]), (row["other"], row["other_path"])}
            for row in csv.DictReader(rows)
        ]
    kept = {
        (min(pair), max(pair)): how_alike(each)
        for pair, each in found.items()
        if each.is_of_two_bodies and is_alike(each)
    }
    hit = [pair for pair in kept if {places[key] for key in pair} in labelled]
    sys.stdout.write(f"of two bodies {len(kept)} pairs; {len(hit)} of {len(labelled)} labelled\n")
    for (one, other), score in sorted(kept.items(), key=lambda each: -each[1]):
        sys.stdout.write(f"  {score}: {places[one]} {places[other]}\n")


def main() -> None:
    """Import, compare and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        schema.upgrade(url)
        with closing(Database(url, prepare=keep_current)) as database:
            places = import_all(database, Path(sys.argv[1]), FileStore(Path(folder) / "files"))
            found, took = found_pairs(database, sorted(places))
    sys.stdout.write(
        f"{len(places)} mandates compared in {took:.1f} s of processor time "
        f"({1000 * took / max(len(places), 1):.1f} ms each)\n"
    )
    report(places, found)
    report_of_two_bodies(places, found)


if __name__ == "__main__":
    main()
