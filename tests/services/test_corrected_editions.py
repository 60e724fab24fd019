"""A corrected edition: clauses keep their mandates, dropped ones end, and nothing is forgotten."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.importing import ENTITY, import_text
from tests.reporting import House, counted_statements
from tests.resolution_texts import ADOPTED, EARLIER, as_file
from tests.services.test_language_versions import SPANISH, add
from tracker import clock
from tracker.database import Database
from tracker.domain.clauses import Entity
from tracker.domain.corrected_editions import Fate
from tracker.domain.errors import Invalid, NotAllowed, Stale
from tracker.domain.mandates import Lifecycle
from tracker.domain.permissions import Actor
from tracker.models.audit import AuditEntry
from tracker.models.instruments import (
    Citation,
    Clause,
    ClauseText,
    FormerPath,
    Instrument,
    InstrumentText,
    SourceFile,
)
from tracker.models.mandates import Mandate, MandateFinding
from tracker.models.text_editions import EditionClause, TextEdition
from tracker.queries.corrected_editions import EditionComparison, compare_edition
from tracker.reading.readers import read_here
from tracker.services.corrected_editions import NewEdition, TakenEdition, take_edition
from tracker.services.findings import accept_findings
from tracker.services.mandates import confirm_mandates
from tracker.services.proposals import propose_mandates
from tracker.services.source_files import source_of
from tracker.storage import FileStore

OLD_2B = "(b) To report to the Commission at its sixth session on the registers of the islands;"
REWORDED = ADOPTED.replace("at its sixth session", "at its seventh session")
TYPING_ERROR = ADOPTED.replace("keeping their registers", "keepinng their registers")
WITHOUT_1 = ADOPTED.replace(
    "1. Takes note of the report of the secretariat on the registers of the islands;\n\n2.", "1."
).replace("3. Invites", "2. Invites")
WITH_NEW_1 = (
    ADOPTED.replace("3. Invites", "4. Invites")
    .replace("2. Requests", "3. Requests")
    .replace("1. Takes", "1. Requests the secretariat to bind the registers;\n\n2. Takes")
)
LABEL = "COI/21/Corr.1"


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


@pytest.fixture
def instrument_id(database: Database, files: FileStore, house: House) -> int:
    """Import 21(V) and confirm what it asks: 2(a) and 2(b) of us, 1 and 3 not."""
    (outcome,) = import_text(database, files)
    with database.transaction() as session:
        mandates = session.scalars(
            select(Mandate).where(Mandate.instrument_id == outcome.instrument_id)
        ).all()
        confirm_mandates(
            session,
            decisions={mandate.id: mandate.is_proposed_for_action for mandate in mandates},
            actor=house.coordinator,
            at=clock.now(),
        )
    return outcome.instrument_id


def take(
    database: Database,
    instrument_id: int,
    text: str,
    *,
    actor: Actor | None = None,
    label: str = LABEL,
    version: int | None = None,
    said: dict[int, int | None] | None = None,
    entity: Entity = ENTITY,
) -> TakenEdition:
    """Take a text as the edition of an instrument, in a transaction of its own."""
    content = as_file(text)
    reading = read_here(content, "edition.txt").resolutions[0]
    with database.transaction() as session:
        instrument = session.get_one(Instrument, instrument_id)
        return take_edition(
            session,
            instrument_id=instrument_id,
            version=instrument.version if version is None else version,
            edition=NewEdition(
                reading=reading,
                title=reading.title or "",
                label=label,
                source=source_of(session, content, "edition.txt", actor=actor, at=clock.now()),
                said=said or {},
            ),
            entity=entity,
            actor=actor,
            at=clock.now(),
        )


def compare(database: Database, instrument_id: int, text: str) -> EditionComparison:
    reading = read_here(as_file(text), "edition.txt").resolutions[0]
    with database.reading() as session:
        return compare_edition(
            session,
            instrument_id=instrument_id,
            reading=reading,
            title=reading.title or "",
            proposals=propose_mandates(reading, ENTITY),
        )


def paths(database: Database, instrument_id: int) -> dict[str, tuple[int, str]]:
    """Return for each mandate, by the present path, its id and the lifecycle it is in."""
    with database.reading() as session:
        rows = session.execute(
            select(Clause.path, Mandate.id, Mandate.lifecycle)
            .join(Mandate, Mandate.clause_id == Clause.id)
            .where(Clause.instrument_id == instrument_id)
            .order_by(Clause.position)
        )
        return {row.path: (row.id, row.lifecycle.value) for row in rows}


def mandate_at(database: Database, instrument_id: int, path: str) -> Mandate:
    with database.reading() as session:
        found = session.scalar(
            select(Mandate)
            .join(Clause, Clause.id == Mandate.clause_id)
            .where(Clause.instrument_id == instrument_id, Clause.path == path)
        )
        assert found is not None
        return found


def test_a_clause_with_other_words_keeps_its_mandate_and_asks_for_another_look(
    database: Database, instrument_id: int
) -> None:
    before = paths(database, instrument_id)

    outcome = take(database, instrument_id, REWORDED)

    assert (outcome.changed_count, outcome.added_count, outcome.dropped_count) == (1, 0, 0)
    assert paths(database, instrument_id) == before
    changed = mandate_at(database, instrument_id, "2.b")
    assert (changed.needs_look, changed.requires_action) == (True, True)
    assert not mandate_at(database, instrument_id, "2.a").needs_look


def test_a_typing_error_asks_for_no_look(database: Database, instrument_id: int) -> None:
    take(database, instrument_id, TYPING_ERROR)

    assert not mandate_at(database, instrument_id, "2.a").needs_look


def test_a_confirmation_that_was_looked_at_again_stands(
    database: Database, house: House, instrument_id: int
) -> None:
    take(database, instrument_id, REWORDED)
    changed = mandate_at(database, instrument_id, "2.b")

    with database.transaction() as session:
        confirm_mandates(
            session, decisions={changed.id: True}, actor=house.coordinator, at=clock.now()
        )

    assert not mandate_at(database, instrument_id, "2.b").needs_look


def test_a_chapeau_with_other_words_asks_for_a_look_at_what_stands_below_it(
    database: Database, instrument_id: int
) -> None:
    take(database, instrument_id, ADOPTED.replace("2. Requests the Exec", "2. Invites the Exec"))

    assert mandate_at(database, instrument_id, "2.a").needs_look
    assert not mandate_at(database, instrument_id, "3").needs_look


def test_a_clause_that_was_put_in_is_proposed_and_the_others_keep_their_mandates(
    database: Database, instrument_id: int
) -> None:
    before = paths(database, instrument_id)

    outcome = take(database, instrument_id, WITH_NEW_1)

    after = paths(database, instrument_id)
    assert (outcome.added_count, outcome.renumbered_count) == (1, 5)
    assert [after[path] for path in ("2", "3.a", "3.b", "4")] == list(before.values())
    new = mandate_at(database, instrument_id, "1")
    assert (new.requires_action, new.is_proposed_for_action) == (None, True)


def test_a_former_number_leads_to_the_clause_that_had_it(
    database: Database, instrument_id: int
) -> None:
    take(database, instrument_id, WITH_NEW_1)

    with database.reading() as session:
        former = session.execute(
            select(FormerPath.path, Clause.path).join(Clause, Clause.id == FormerPath.clause_id)
        ).all()
    assert {(row[0], row[1]) for row in former} == {
        ("1", "2"),
        ("2", "3"),
        ("2.a", "3.a"),
        ("2.b", "3.b"),
        ("3", "4"),
    }


def test_the_mandate_of_a_dropped_clause_ends_and_is_kept(
    database: Database, instrument_id: int
) -> None:
    ended = mandate_at(database, instrument_id, "1").id

    take(database, instrument_id, WITHOUT_1)

    after = paths(database, instrument_id)
    assert list(after) == ["1.a", "1.b", "2", "ex-1"]
    assert after["ex-1"] == (ended, Lifecycle.TERMINATED)
    assert mandate_at(database, instrument_id, "ex-1").lifecycle_source == LABEL


def test_a_dropped_clause_that_another_says_as_well_is_superseded_by_it(
    database: Database, instrument_id: int
) -> None:
    joined = ADOPTED.replace(f"{OLD_2B}\n\n", "").replace(
        "keeping their registers;",
        "keeping their registers, and to report to the Commission at its sixth session on the "
        "registers of the islands;",
    )

    take(database, instrument_id, joined)

    ended = mandate_at(database, instrument_id, "ex-2.b")
    assert ended.lifecycle is Lifecycle.SUPERSEDED
    assert ended.lifecycle_source == f"21(V), para. 2(a) ({LABEL})"


def test_what_nobody_confirmed_is_set_aside_when_it_is_dropped(
    database: Database, files: FileStore
) -> None:
    (outcome,) = import_text(database, files)

    take(database, outcome.instrument_id, WITHOUT_1)

    ended = mandate_at(database, outcome.instrument_id, "ex-1")
    assert (ended.requires_action, ended.lifecycle) == (False, Lifecycle.TERMINATED)


def test_what_nobody_confirmed_is_proposed_anew_from_the_new_words(
    database: Database, files: FileStore
) -> None:
    (outcome,) = import_text(database, files)
    asking = ADOPTED.replace("1. Takes note of", "1. Requests the secretariat to print")

    take(database, outcome.instrument_id, asking)

    assert mandate_at(database, outcome.instrument_id, "1").is_proposed_for_action


def test_both_texts_stay_to_be_read_with_their_files(
    database: Database, instrument_id: int
) -> None:
    outcome = take(database, instrument_id, WITHOUT_1)

    with database.reading() as session:
        edition = session.get_one(TextEdition, outcome.edition_id)
        before = session.scalars(
            select(EditionClause.before_text)
            .where(EditionClause.before_position.is_not(None))
            .order_by(EditionClause.before_position)
        ).all()
        names = {file.id: file.file_name for file in session.scalars(select(SourceFile))}
    assert names[edition.before_file_id or 0] == "resolution.txt"
    assert names[edition.after_file_id] == "edition.txt"
    assert len(before) == 8
    assert all(text in ADOPTED for text in before if text)


def test_the_history_tells_the_fate_of_each_paragraph(
    database: Database, instrument_id: int
) -> None:
    take(database, instrument_id, WITHOUT_1)

    with database.reading() as session:
        rows = session.execute(
            select(EditionClause.before_path, EditionClause.after_path, EditionClause.fate)
            .where(EditionClause.kind == "operative")
            .order_by(EditionClause.id)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("1", None, Fate.DROPPED),
        ("2", "1", Fate.SAME),
        ("2.a", "1.a", Fate.SAME),
        ("2.b", "1.b", Fate.SAME),
        ("3", "2", Fate.SAME),
    ]


def test_another_edition_takes_the_place_of_an_edition(
    database: Database, instrument_id: int
) -> None:
    before = paths(database, instrument_id)
    take(database, instrument_id, WITH_NEW_1)

    take(database, instrument_id, f"{REWORDED}\n", label="COI/21/Corr.2")

    after = paths(database, instrument_id)
    assert [after[path] for path in before] == list(before.values())
    assert after["ex-1"][1] == Lifecycle.TERMINATED
    assert mandate_at(database, instrument_id, "2.b").needs_look


def test_other_languages_of_a_changed_clause_are_out_of_date(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    add(database, files, instrument_id)

    take(database, instrument_id, REWORDED)

    with database.reading() as session:
        outdated = session.execute(
            select(Clause.path, ClauseText.language)
            .join(Clause, Clause.id == ClauseText.clause_id)
            .where(ClauseText.is_out_of_date)
        ).all()
    assert [tuple(row) for row in outdated] == [("2.b", "es")]


def test_a_title_with_other_words_makes_that_of_other_languages_out_of_date(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    add(database, files, instrument_id)

    take(database, instrument_id, ADOPTED.replace("REGISTERS OF THE", "REGISTERS OF ALL THE"))

    with database.reading() as session:
        titles = session.execute(
            select(InstrumentText.title, InstrumentText.is_out_of_date)
            .where(InstrumentText.instrument_id == instrument_id)
            .order_by(InstrumentText.id)
        ).all()
    assert [tuple(row) for row in titles] == [
        ("REGISTERS OF ALL THE ISLANDS", False),
        (SPANISH.splitlines()[0].removeprefix("21(V) "), True),
    ]


def test_accepted_findings_stand_at_their_words_or_ask_for_a_look(
    database: Database, house: House, instrument_id: int
) -> None:
    with database.transaction() as session:
        accept_findings(
            session, instrument_id=instrument_id, actor=house.coordinator, at=clock.now()
        )

    take(database, instrument_id, REWORDED.replace("(b) To report", "(b) Each year to report"))

    changed = mandate_at(database, instrument_id, "2.b")
    with database.reading() as session:
        text = session.scalars(
            select(ClauseText.text).where(ClauseText.clause_id == changed.clause_id)
        ).one()
        findings = session.scalars(
            select(MandateFinding).where(
                MandateFinding.mandate_id == changed.id, MandateFinding.decision.is_not(None)
            )
        ).all()
    placed = [one for one in findings if one.starts_at is not None]
    assert placed
    assert [text[one.starts_at : one.ends_at] for one in placed] == [one.words for one in placed]
    assert {one.words for one in findings if one.needs_look} == {"at its sixth session"}


def test_citations_are_those_of_the_new_text(
    database: Database, files: FileStore, instrument_id: int
) -> None:
    import_text(database, files, EARLIER)

    take(database, instrument_id, ADOPTED.replace("20(V)", "19(IV)"))

    with database.reading() as session:
        assert session.scalars(select(Citation.symbol)).all() == ["19(IV)"]


def test_the_audit_trail_says_who_took_it_and_which_mandate_ended(
    database: Database, house: House, instrument_id: int
) -> None:
    take(database, instrument_id, WITHOUT_1, actor=house.coordinator)

    with database.reading() as session:
        entries = {
            entry.action: entry
            for entry in session.scalars(select(AuditEntry))
            if entry.action in {"take_edition", "end_mandate"}
        }
    assert entries["take_edition"].actor_id == house.coordinator.person_id
    assert (entries["take_edition"].after or {})["label"] == LABEL
    assert (entries["end_mandate"].after or {})["source"] == LABEL


def test_the_same_words_are_refused(database: Database, instrument_id: int) -> None:
    with pytest.raises(Invalid, match="word for word what is there"):
        take(database, instrument_id, ADOPTED + "\n")


@pytest.mark.parametrize(
    ("text", "label", "sentence"),
    [
        (REWORDED, " ", "Say what this edition is"),
        (REWORDED, "x" * 201, "longer than 200 characters"),
        (SPANISH, LABEL, "adopted in another language"),
    ],
    ids=["no name", "long name", "other language"],
)
def test_what_cannot_take_the_place_of_a_text_is_refused(
    database: Database, instrument_id: int, text: str, label: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        take(database, instrument_id, text, label=label)


def test_an_edition_of_a_text_that_somebody_changed_meanwhile_is_refused(
    database: Database, instrument_id: int
) -> None:
    with pytest.raises(Stale):
        take(database, instrument_id, REWORDED, version=7)


def test_who_may_not_correct_clauses_takes_no_edition(
    database: Database, house: House, instrument_id: int
) -> None:
    with pytest.raises(NotAllowed):
        take(database, instrument_id, REWORDED, actor=house.editor)


def test_a_comparison_says_what_it_means_for_each_mandate(
    database: Database, instrument_id: int
) -> None:
    found = compare(database, instrument_id, WITHOUT_1.replace("sixth session", "seventh session"))

    assert (found.count(Fate.CHANGED), found.count(Fate.DROPPED), found.renumbered_count) == (
        1, 1, 4,
    )  # fmt: skip
    assert found.look_count == 1
    assert [each.before_path for each in found.touched_clauses if each.needs_look] == ["2.b"]
    assert found.touched_others == ()


def test_a_comparison_takes_four_statements_and_writes_nothing(
    database: Database, instrument_id: int
) -> None:
    with counted_statements(database) as statements:
        found = compare(database, instrument_id, ADOPTED + "\n")

    assert found.is_same
    assert [one.split()[0] for one in statements] == ["SELECT"] * 4
