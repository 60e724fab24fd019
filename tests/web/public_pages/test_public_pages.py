"""Public pages: off until switched on, nothing but what was adopted and issued, and cached."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy import select, update

from tests.audit import arranging
from tests.pages import CheckedClient
from tests.reporting import (
    House,
    counted_statements,
    make_clause,
    make_instrument,
    make_person,
    report_on,
)
from tests.services.test_submissions import make_final
from tests.signing import Chain
from tests.travel import Travel
from tests.visitors import sign_in, submit, text_of
from tests.web.commission import database, installation
from tracker import clock
from tracker.database import Database
from tracker.domain.biennial_report.blocks import Passage
from tracker.domain.biennial_report.records import EditionRecord, written_record
from tracker.domain.errors import Invalid, NotAllowed, Stale
from tracker.domain.mandates import Implementation, Sensitivity
from tracker.domain.permissions import Actor, Role
from tracker.domain.submissions import Distribution, IssuedKind
from tracker.domain.workflow import Move
from tracker.installation import Installation
from tracker.models.audit import AuditEntry
from tracker.models.biennial_reports import EditionRevision, EditionState, ReportEdition
from tracker.models.instruments import (
    Body,
    BodySession,
    Clause,
    ClauseText,
    FormerPath,
    Instrument,
)
from tracker.models.mandates import Mandate
from tracker.models.people import Person
from tracker.models.progress import (
    Clearance,
    Contribution,
    ProgressDraft,
    ProgressEntry,
    ProgressRevision,
)
from tracker.models.submissions import EditionSubmission, IssuedDocument
from tracker.services.audit import record
from tracker.services.public_pages import hold_record, set_publication

__all__ = ["database", "installation"]

MARK = "ZQX"  # of whatever must stay in the house
TEXT, CLAUSE, FEED = "/public/eco/12-iv", "/public/eco/12-iv/5/a", "/public/eco/feed.atom"
LIST = "/public/eco"
CLASSIFIED, UNCLEARED = "/public/eco/12-iv/5/b", "/public/eco/12-iv/5/c"
PAGES = (TEXT, CLAUSE, CLASSIFIED, UNCLEARED, FEED, LIST)
SAID = "Two missions were sent to the islands."


@pytest.fixture
def chain(database: Database, installation: Installation) -> Chain:
    """Return a report that is issued, in a house where whatever is not public bears the mark."""
    with arranging(), database.transaction() as session:
        made = make_final(session)
        for person in session.scalars(select(Person)):
            person.name, person.email = f"{MARK} {person.name}", f"{MARK.lower()}{person.email}"
        first, classified, uncleared = made.house.mandates
        passages = tuple(
            Passage(key=key, composed=words, text=words, lead=lead)
            for key, words, lead in (
                (f"mandate{first}.done.1", SAID, "What was done."),
                (f"mandate{first}.activities.1", f"{MARK} activity", "Activities."),
                (f"mandate{classified}.done.1", f"{MARK} classified", "What was done."),
                (f"mandate{uncleared}.done.1", f"{MARK} uncleared", "What was done."),
                ("annex.sources.1", f"{MARK} cleared by", ""),
            )
        )
        edition = session.get_one(ReportEdition, made.edition_id)
        edition.record_digest = installation.files.keep(
            written_record(EditionRecord("en", passages))
        )
        by = made.house.focal_point.person_id
        for mandate_id in made.house.mandates:
            report = report_on(session, mandate_id)
            told = [
                ProgressRevision(
                    report_id=report.id,
                    number=number,
                    move=move,
                    status=Implementation.IN_PROGRESS,
                    done=f"{MARK} {move}",
                    language="en",
                    written_at=clock.now(),
                    written_by_id=by,
                    given_by=f"{MARK} by telephone",
                )
                for number, move in enumerate((Move.SUBMIT, Move.RETURN, Move.CLEAR), start=1)
            ]
            session.add_all(told)
            session.flush()
            session.add_all(
                [
                    Clearance(
                        report_id=report.id,
                        revision_id=told[1].id,
                        is_cleared=False,
                        remark=f"{MARK} remark",
                        decided_at=clock.now(),
                        decided_by_id=by,
                    ),
                    Contribution(
                        report_id=report.id,
                        unit_id=made.house.trade,
                        text=f"{MARK} contribution",
                        language="en",
                    ),
                    ProgressDraft(
                        report_id=report.id,
                        author_id=by,
                        done=f"{MARK} draft",
                        language="en",
                        saved_at=clock.now(),
                    ),
                    ProgressEntry(
                        mandate_id=mandate_id,
                        noted_on=date(2026, 3, 1),
                        text=f"{MARK} note",
                        language="en",
                        written_at=clock.now(),
                        written_by_id=by,
                    ),
                ]
            )
            if mandate_id != uncleared:
                session.add(EditionRevision(edition_id=edition.id, revision_id=told[2].id))
        session.get_one(Mandate, classified).sensitivity = Sensitivity.INTERNAL
        session.execute(
            update(ClauseText)
            .where(ClauseText.clause_id == session.get_one(Mandate, classified).clause_id)
            .values(text=f"{MARK} classified clause")
        )
        session.add(
            EditionSubmission(
                edition_id=edition.id,
                slug="lc-ses-5-3",
                title="Report on the islands",
                mandate=f"{MARK} mandate",
                agenda_item="4",
                distribution=Distribution.GENERAL,
                targets="en",
                word_count=4,
                word_limit=8500,
                submitted_at=clock.now(),
                submitted_by_id=by,
            )
        )
        session.flush()
        session.add_all(
            IssuedDocument(
                edition_id=edition.id,
                kind=IssuedKind.ISSUED,
                language=language,
                symbol=symbol,
                issued_on=clock.today(),
                file_name=f"{MARK}.pdf",
                media_type="application/pdf",
                digest=installation.files.keep(symbol.encode()),
                size_bytes=9,
                attached_at=clock.now(),
                attached_by_id=by,
                withdrawn_at=clock.now() if MARK in symbol else None,
            )
            for language, symbol in (("en", "LC/SES.5/3"), ("fr", f"{MARK}/SES.5/3"))
        )
    return made


def switch(
    database: Database,
    chain: Chain,
    *,
    is_on: bool = True,
    is_indexed: bool = False,
    version: int = 0,
    actor: Actor | None = None,
) -> None:
    with database.transaction() as session:
        set_publication(
            session,
            body_id=chain.body_id,
            version=version,
            is_on=is_on,
            is_indexed=is_indexed,
            actor=actor or chain.administrator,
            at=clock.now(),
        )


def hold(
    database: Database,
    chain: Chain,
    *,
    path: str | None = None,
    is_held: bool = True,
    until: date | None = None,
    reason: str = f"{MARK} it is not agreed yet.",
    seen_id: int = 0,
    actor: Actor | None = None,
) -> int:
    with database.transaction() as session:
        clause = session.scalars(select(Clause.id).where(Clause.path == path)).first()
        return hold_record(
            session,
            instrument_id=1,
            clause_id=clause,
            is_held=is_held,
            until=until,
            reason=reason,
            seen_id=seen_id,
            actor=actor or chain.house.coordinator,
            at=clock.now(),
        ).id


def statuses(client: FlaskClient) -> list[int]:
    return [client.get(address).status_code for address in PAGES]


def test_every_page_is_absent_until_the_pages_are_switched_on_and_after(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    before = statuses(client)
    switch(database, chain)
    shown = statuses(client)
    switch(database, chain, is_on=False, version=1)

    assert before == [404] * 6
    assert shown == [200, 200, 404, 200, 200, 200]
    assert statuses(client) == [404] * 6


def test_a_paragraph_tells_what_was_adopted_and_what_an_issued_report_says(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)

    page = client.get(CLAUSE)

    words = text_of(page)
    assert "12(IV), para. 5(a)" in words
    assert "Requests the Executive Secretary:" in words
    assert "To count the islands, part 5.a;" in words
    assert "Reported to the session: Fifth session" in words
    assert SAID in words
    assert "LC/SES.5/3" in words
    assert "/reports/documents/lc-ses-5-3/1" in page.text
    assert "No report that was issued" in text_of(client.get(UNCLEARED))


@pytest.mark.parametrize(
    ("issued", "words"), [("es", "Se enviaron dos misiones."), ("pt", SAID)],
    ids=["issued in Spanish", "not issued in it"],
)  # fmt: skip
def test_a_report_speaks_the_language_of_the_page_where_it_was_issued_in_it(
    client: CheckedClient,
    database: Database,
    installation: Installation,
    chain: Chain,
    issued: str,
    words: str,
) -> None:
    switch(database, chain)
    with arranging(), database.transaction() as session:
        original = session.get_one(ReportEdition, chain.edition_id)
        key = f"mandate{chain.house.mandates[0]}.done.1"
        said = "Se enviaron dos misiones."
        passage = Passage(key=key, composed=said, text=said, lead="")
        session.add(
            ReportEdition(
                period_id=original.period_id, number=original.number, language="es",
                state=EditionState.FINAL, created_at=clock.now(),
                created_by_id=original.created_by_id,
                record_digest=installation.files.keep(
                    written_record(EditionRecord("es", (passage,)))
                ),
            )
        )  # fmt: skip
        document = session.scalars(select(IssuedDocument).filter_by(language="fr")).one()
        document.language, document.symbol, document.withdrawn_at = issued, "LC/SES.5/3", None

    assert words in text_of(client.get(CLAUSE, headers={"Accept-Language": "es"}))
    assert SAID in text_of(client.get(CLAUSE, headers={"Accept-Language": "en"}))


@pytest.mark.parametrize("held", [False, True], ids=["as it is", "with holds"])
def test_nothing_that_stays_in_the_house_gets_out(
    client: CheckedClient, database: Database, chain: Chain, held: bool
) -> None:
    switch(database, chain)
    if held:
        hold(database, chain, path="5.c", until=clock.today() + timedelta(days=1))
    sign_in(client, chain.house.coordinator.person_id)
    stranger = client.application.test_client()

    answers = [
        visitor.get(f"{address}?language={language}")
        for visitor in (client, stranger)
        for address in PAGES
        for language in ("en", "es", "fr", "pt")
    ]

    told = "".join(f"{answer.headers}{answer.text}" for answer in answers)
    assert SAID in told
    assert MARK.lower() not in told.lower()
    assert "part 5.b" not in told
    assert "@" not in told


def restrict(submission: EditionSubmission, _file: IssuedDocument) -> None:
    submission.distribution = Distribution.RESTRICTED


def take_back(submission: EditionSubmission, _file: IssuedDocument) -> None:
    submission.submitted_at = None


def withdraw(_submission: EditionSubmission, file: IssuedDocument) -> None:
    file.withdrawn_at = clock.now()


@pytest.mark.parametrize("change", [restrict, take_back, withdraw])
def test_what_is_not_issued_for_everybody_is_told_nowhere(
    client: CheckedClient,
    database: Database,
    chain: Chain,
    change: Callable[[EditionSubmission, IssuedDocument], None],
) -> None:
    switch(database, chain)
    with arranging(), database.transaction() as session:
        change(
            session.get_one(EditionSubmission, chain.edition_id),
            session.get_one(IssuedDocument, 1),
        )

    told = client.get(CLAUSE).text + client.get(FEED).text

    assert SAID not in told
    assert "SES.5/3" not in told
    assert "Report on the islands" not in told


def test_the_coordinator_keeps_a_text_or_a_paragraph_off_and_shows_it_again(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)
    first = hold(database, chain, path="5.a")
    paragraph = client.get(CLAUSE).status_code
    text = text_of(client.get(TEXT))
    second = hold(database, chain, path="5.a", is_held=False, seen_id=first)
    shown = client.get(CLAUSE).status_code
    hold(database, chain, seen_id=second)

    assert (paragraph, shown) == (404, 200)
    assert "part 5.a" not in text
    assert "A paragraph is not shown here." in text
    assert statuses(client) == [404, 404, 404, 404, 200, 200]
    assert "12(IV)" not in text_of(client.get(LIST))
    with database.reading() as session:
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.startswith("publication."))
        ).all()
    assert actions == [
        "publication.set",
        "publication.hold",
        "publication.show",
        "publication.hold",
    ]


def test_an_embargo_ends_with_its_day(
    client: CheckedClient, database: Database, chain: Chain, travel: Travel
) -> None:
    switch(database, chain)
    hold(database, chain, until=clock.today() + timedelta(days=2))
    kept = client.get(TEXT).status_code
    travel.by(timedelta(days=2))

    assert kept == 404
    assert client.get(TEXT).status_code == 200


def test_a_hold_needs_a_reason_and_a_day_to_come(database: Database, chain: Chain) -> None:
    with pytest.raises(Invalid):
        hold(database, chain, reason=" ")
    with pytest.raises(Invalid):
        hold(database, chain, until=clock.today())
    hold(database, chain)
    with pytest.raises(Stale):
        hold(database, chain)


def test_only_administrators_switch_them_and_only_the_coordinator_keeps_records_off(
    database: Database, chain: Chain
) -> None:
    house: House = chain.house
    for actor in (house.coordinator, house.manager, house.editor, house.viewer):
        with pytest.raises(NotAllowed):
            switch(database, chain, actor=actor)
    for actor in (chain.administrator, house.manager, house.focal_point, house.editor):
        with pytest.raises(NotAllowed):
            hold(database, chain, actor=actor)


def test_they_are_switched_and_kept_off_on_their_pages(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    with arranging(), database.transaction() as session:
        administrator = make_person(session, "Adam", (Role.ADMINISTRATOR, None)).id
    sign_in(client, administrator)
    submit(client, client.get("/admin/public-pages/1"), {"is_on": "y"})
    switched = text_of(client.get("/admin/public-pages"))
    sign_in(client, chain.house.coordinator.person_id)
    page = client.get("/resolutions/1/public")
    lacking = submit(client, page, {"act": "withhold"})
    kept = submit(client, page, {"act": "withhold", "reason": "It is not agreed."})
    stale = submit(client, page, {"act": "show", "reason": "It is agreed."})

    assert "On" in switched
    assert lacking.status_code == 400
    assert "Say why" in text_of(lacking)
    assert kept.status_code == 303
    assert "Kept off" in text_of(client.get("/resolutions/1/public"))
    assert stale.status_code == 409
    assert client.application.test_client().get(TEXT).status_code == 404


@pytest.mark.parametrize("address", [TEXT, CLAUSE, FEED, LIST])
def test_who_has_the_newest_is_told_so_after_three_statements(
    client: CheckedClient, database: Database, chain: Chain, address: str
) -> None:
    switch(database, chain)
    first = client.get(address)
    tag, since = first.headers["ETag"], first.headers["Last-Modified"]

    with counted_statements(database) as statements:
        again = client.get(address, headers={"If-None-Match": tag})
    unchanged = client.get(address, headers={"If-Modified-Since": since})
    switch(database, chain, is_indexed=True, version=1)
    changed = client.get(address, headers={"If-None-Match": tag})

    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in first.headers
    assert again.status_code == unchanged.status_code == 304
    assert again.headers["ETag"] == tag
    # Of the languages on offer, of the newest change of what it shows, and of its moment.
    assert len(statements) == 3
    assert changed.status_code == 200


@pytest.mark.parametrize("address", [TEXT, CLAUSE, FEED, LIST])
def test_a_second_reader_gets_the_page_that_was_written_for_the_first(
    client: CheckedClient, database: Database, chain: Chain, address: str
) -> None:
    switch(database, chain)
    first = client.get(address)

    with counted_statements(database) as statements:
        second = client.get(address)
    spanish = client.get(address, headers={"Accept-Language": "es"})

    assert second.get_data() == first.get_data()
    assert dict(second.headers) == dict(first.headers)
    assert len(statements) == 3
    assert spanish.get_data() != first.get_data()


def is_current(client: FlaskClient, address: str, tag: str) -> bool:
    return client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_page_stays_the_same_until_something_that_it_shows_changes(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)
    pages = (TEXT, CLAUSE, FEED, LIST)
    tags = {address: client.get(address).headers["ETag"] for address in pages}

    def stale() -> set[str]:
        return {address for address in pages if not is_current(client, address, tags[address])}

    with arranging(), database.transaction() as session:
        other = Body(key="other", name="Other", language="en")
        session.add(other)
        session.flush()
        instrument = Instrument(
            body_id=other.id, symbol="1(I)", slug="1-i", sort_key="1", imported_at=clock.now()
        )
        session.add(instrument)
        session.flush()
        by = chain.house.coordinator
        mandate = session.get_one(Mandate, chain.house.mandates[0])
        for row, action in (
            (other, "name.written"),
            (instrument, "import_resolution"),
            (mandate, "assign_mandate"),
            (report_on(session, mandate.id), "submit_report"),
        ):
            record(session, actor=by, at=clock.now(), action=action, subject=row)
    assert stale() == set()

    hold(database, chain, path="5.c")
    assert stale() == {TEXT, CLAUSE, LIST}

    with arranging(), database.transaction() as session:
        file = session.get_one(IssuedDocument, 1)
        record(session, actor=by, at=clock.now(), action="submission.attached", subject=file)
    assert stale() == set(pages)


def test_a_correction_of_a_paragraph_makes_its_text_new_and_no_other(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)
    with arranging(), database.transaction() as session:
        make_instrument(session, "13(IV)", "13-iv")
    tags = {address: client.get(address).headers["ETag"] for address in (TEXT, "/public/eco/13-iv")}

    with arranging(), database.transaction() as session:
        record(
            session, actor=chain.house.coordinator, at=clock.now(), action="correct_clause",
            subject=session.get_one(Clause, 1),
        )  # fmt: skip

    assert [is_current(client, address, tag) for address, tag in tags.items()] == [False, True]


def test_the_texts_of_a_body_stand_by_session_with_their_titles(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)
    with arranging(), database.transaction() as session:
        for number in (8, 9):
            session.add(
                BodySession(body_id=1, number=number, name=f"Session {number}", language="en")
            )
            session.flush()
            held = session.scalars(select(BodySession).filter_by(number=number)).one()
            for place in range(51 if number == 9 else 1):
                made = make_instrument(session, f"{place}({number})", f"t{number}-{place}")
                made.session_id = held.id
                made.sort_key = f"{number}{place:03}"

    first = client.get(LIST)
    words = text_of(first)
    assert "Texts adopted by: Commission of the Islands" in words
    assert "Session 9" in words
    assert "Session 8 (1 text)" in words
    assert "Without a session" in words
    assert "49(9)" in words
    assert "50(9)" not in words
    assert 'type="application/atom+xml"' in first.text
    following = re.search(r'href="([^"]*after=[^"]*)"', first.text)
    assert following is not None
    assert "50(9)" in text_of(client.get(following[1].replace("&amp;", "&")))
    other = re.search(r'href="([^"]*session=\d+)">Session 8', first.text)
    assert other is not None
    assert "0(8)" in text_of(client.get(other[1]))
    assert client.get(f"{LIST}?session=77").status_code == 404


@pytest.mark.parametrize("address", [TEXT, CLAUSE, FEED, LIST])
def test_a_page_takes_the_same_statements_however_much_there_is(
    client: CheckedClient, database: Database, chain: Chain, address: str
) -> None:
    switch(database, chain)
    with counted_statements(database) as few:
        client.get(address)
    with arranging(), database.transaction() as session:
        instrument, chapeau = session.get_one(Instrument, 1), session.get_one(Clause, 1)
        for number in range(6, 40):
            make_clause(session, instrument, str(number), "Takes note of a report;", chapeau)
        for number in range(40):
            session.add(
                IssuedDocument(
                    edition_id=chain.edition_id,
                    kind=IssuedKind.CORRIGENDUM,
                    language="es",
                    symbol=f"LC/SES.5/3/Corr.{number}",
                    issued_on=clock.today(),
                    file_name="c.pdf",
                    media_type="application/pdf",
                    digest="0" * 64,
                    size_bytes=9,
                    attached_at=clock.now(),
                    attached_by_id=chain.house.editor.person_id,
                )
            )

    with counted_statements(database) as many:
        page = client.get(f"{address}?anew=1")  # nothing was acted, so the first one is kept

    assert len(many) == len(few)
    assert len(page.data) < 100_000


def test_the_former_address_of_a_renumbered_paragraph_leads_on_where_it_is_shown(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)
    with arranging(), database.transaction() as session:
        clause_id = session.scalars(select(Clause.id).where(Clause.path == "5.a")).one()
        session.add(
            FormerPath(instrument_id=1, path="6", clause_id=clause_id, given_up_at=clock.now())
        )
    led = client.get(f"{TEXT}/6")
    hold(database, chain, path="5.a")

    assert led.status_code == 302
    assert led.location == CLAUSE
    assert client.get(f"{TEXT}/6").status_code == 404


def test_search_engines_are_kept_away_unless_they_are_let_in(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)
    kept = [client.get(address).headers.get("X-Robots-Tag") for address in (TEXT, CLAUSE, LIST)]
    switch(database, chain, is_indexed=True, version=1)
    let_in = [client.get(address).headers.get("X-Robots-Tag") for address in (TEXT, CLAUSE, FEED)]

    assert kept == ["noindex"] * 3
    assert let_in == [None] * 3


def test_the_feed_names_what_was_issued_in_the_language_of_the_reader(
    client: CheckedClient, database: Database, chain: Chain
) -> None:
    switch(database, chain)

    feed = etree.fromstring(client.get(f"{FEED}?language=fr").data)

    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert [entry.findtext(f"{atom}title") for entry in entries] == [
        "LC/SES.5/3 Report on the islands"
    ]
    assert "anglais" in (entries[0].findtext(f"{atom}summary") or "")
    assert (entries[0].findtext(f"{atom}id") or "").endswith("/reports/documents/lc-ses-5-3/1")


def test_the_house_is_told_nothing_of_who_is_signed_in(
    client: CheckedClient, database: Database, chain: Chain, app: Flask
) -> None:
    switch(database, chain)
    sign_in(client, chain.house.coordinator.person_id)

    page = client.get(TEXT)

    assert page.headers["Cache-Control"] == "private, max-age=300"
    assert "Carla" not in page.text
    assert client.get("/resolutions/1/public").status_code == 200
