"""Briefs from the database: what may stand in them, and how a subject is found."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tests.audit import arranging
from tests.briefing import add_activity as add
from tests.briefing import make_brief_content
from tests.reporting import TEXT, House, make_unit, open_biennium, report_on
from tracker import clock
from tracker.database import Database
from tracker.domain.activities import CountryPart, PartnerKind, PartnerPart
from tracker.domain.biennial_report.texts import FIXED_TEXTS
from tracker.domain.briefs import BRIEF_TEXTS, BriefContent, BriefKind, Shown
from tracker.domain.mandates import Sensitivity
from tracker.domain.subject_words import WordDetails, Wording
from tracker.domain.subjects import SubjectKind, Verdict
from tracker.models.activities import ActivityLink
from tracker.models.activity_parts import ActivityCountry, ActivityPartner
from tracker.models.subjects import SubjectMark
from tracker.queries.brief_subjects import find_subject, namesakes, near_subjects
from tracker.queries.briefs import BriefRequest, brief_content
from tracker.services.briefs import as_much_as_fits
from tracker.services.progress import clear_report, submit_report
from tracker.services.subject_words import add_word
from tracker.writing.brief import fits

TEXTS = {**FIXED_TEXTS, **BRIEF_TEXTS}


def brief_on(database: Database, house: House, about: str) -> BriefContent:
    with database.reading() as session:
        subject = find_subject(session, about, "en")
        today = date(2026, 6, 15)
        wanted = BriefRequest(
            subject, date(2026, 1, 1), today, "en", "Secretariat", "", reader=house.viewer
        )
        return brief_content(session, wanted)


def carries_out(house: House, mandate_id: int) -> ActivityLink:
    return ActivityLink(
        mandate_id=mandate_id,
        contribution="",
        linked_at=clock.now(),
        linked_by_id=house.focal_point.person_id,
    )


def in_bolivia(part: CountryPart = CountryPart.CONCERNED) -> list[ActivityCountry]:
    return [ActivityCountry(country="BOL", part=part)]


def report_and_clear(session: Session, house: House) -> None:
    """Let two mandates be reported on, and the text on the first be approved."""
    open_biennium(session, house)
    first, second, _ = house.mandates
    for mandate_id in (first, second):
        submit_report(
            session,
            report_id=report_on(session, mandate_id).id,
            version=1,
            text=TEXT,
            actor=house.focal_point,
            at=clock.now(),
        )
    clear_report(
        session,
        report_id=report_on(session, first).id,
        version=2,
        actor=house.manager,
        at=clock.now(),
    )


def test_a_brief_holds_what_concerns_the_country_and_may_leave_the_house(
    database: Database, house: House
) -> None:
    first = house.mandates[0]
    add(database, house, "Course", countries=in_bolivia(), links=[carries_out(house, first)])
    add(database, house, "Seen off", countries=in_bolivia(), sensitivity=Sensitivity.INTERNAL)
    add(database, house, "Not told", countries=in_bolivia(), sensitivity=Sensitivity.CONFIDENTIAL)
    add(database, house, "Guests", countries=in_bolivia(CountryPart.INVITED))
    add(database, house, "Long ago", countries=in_bolivia(), starts_on=date(2024, 1, 1))
    add(database, house, "Forests of Bolivia")
    with arranging(), database.transaction() as session:
        report_and_clear(session, house)

    content = brief_on(database, house, "Bolivia")

    assert {each.title for each in content.activities} == {"Course", "Forests of Bolivia"}
    assert content.withheld_count == 1
    assert [each.mandate_id for each in content.reports] == [first]


def test_a_misspelled_partner_is_offered_as_it_is_spelled(database: Database, house: House) -> None:
    partner = ActivityPartner(
        name="International Maritime Organization",
        kind=PartnerKind.UNITED_NATIONS,
        part=PartnerPart.PARTNER,
    )
    add(database, house, "Course", partners=[partner])

    with database.reading() as session:
        assert find_subject(session, "Internatonal Maritim", "en").kind is BriefKind.WORDS
        near = near_subjects(session, "Internatonal Maritime Organisation", "en")
        assert find_subject(session, "trade", "en", BriefKind.UNIT).kind is BriefKind.UNIT
        assert find_subject(session, "12 (IV)", "en").kind is BriefKind.RESOLUTION

    assert [each.name for each in near] == ["International Maritime Organization"]
    assert len(brief_on(database, house, near[0].written).activities) == 1


def test_a_word_of_everyday_use_means_a_unit_where_a_unit_is_asked_for(
    database: Database, house: House
) -> None:
    add(database, house, "Trade of small islands")
    with arranging(), database.transaction() as session:
        named = make_unit(session, "DSD", "Transport", "UTC").id
        pieces = make_unit(session, "ocean-economy", "Ocean Economy Division", "UTC").id

    with database.reading() as session:
        read = {
            text: find_subject(session, text, "en")
            for text in ("trade", "transport", "DSD", "ocean-economy", "Ocean Economy Division")
        }
        asked_for = find_subject(session, "Transport", "en", BriefKind.UNIT)
        also = namesakes(session, "Transport", "en", read["transport"])
        near = near_subjects(session, "Transprot", "en")

    assert [read[text].kind for text in ("trade", "transport")] == [BriefKind.WORDS] * 2
    assert read["DSD"].id == asked_for.id == named
    assert read["ocean-economy"].id == read["Ocean Economy Division"].id == pieces
    assert also == [asked_for]
    assert near == [asked_for]
    assert [each.title for each in brief_on(database, house, "trade").activities] == [
        "Trade of small islands"
    ]


def test_a_brief_is_cut_to_two_pages_with_some_of_both() -> None:
    content = make_brief_content(300, 200)

    shown, _ = as_much_as_fits(content, TEXTS)

    assert shown.activities >= 5
    assert shown.reports >= 4
    assert as_much_as_fits(make_brief_content(2, 1), TEXTS)[0] == Shown(2, 1)


def test_a_brief_of_long_titles_and_other_scripts_is_still_two_pages() -> None:
    content = make_brief_content(40, 40)
    for title in ("Capacities of small islands " * 14, "\u0648\u0632\u0627\u0631\u0629 " * 20):
        activities = tuple(
            replace(each, title=title, partners=(title,) * 3) for each in content.activities
        )

        shown, document = as_much_as_fits(replace(content, activities=activities), TEXTS)

        assert fits(document)
        assert shown.activities
        assert shown.reports


def say(session: Session, kind: SubjectKind, key: str, house: House, **record: int) -> None:
    """Let the coordinator have said that a record is about a subject."""
    session.add(
        SubjectMark(
            kind=kind, key=key, words="", verdict=Verdict.ADDED, decided_at=clock.now(),
            decided_by_id=house.coordinator.person_id, **record,
        )
    )  # fmt: skip


def test_a_brief_on_a_goal_holds_what_people_said_is_about_it_or_its_targets(
    database: Database, house: House
) -> None:
    goal = add(database, house, "Nets")
    target = add(database, house, "Boats")
    add(database, house, "Goal 14 of the team")
    with arranging(), database.transaction() as session:
        say(session, SubjectKind.GOAL, "14", house, activity_id=goal)
        say(session, SubjectKind.TARGET, "14.7", house, activity_id=target)

    content = brief_on(database, house, "SDG 14")

    assert content.subject.kind is BriefKind.GOAL
    assert content.subject.name == "14. Life below water"
    assert {each.title for each in content.activities} == {"Nets", "Boats"}
    assert {each.title for each in brief_on(database, house, "14.7").activities} == {"Boats"}


def test_a_brief_on_a_subject_word_holds_its_parts_and_what_its_name_stands_in(
    database: Database, house: House
) -> None:
    nets, quays = add(database, house, "Nets"), add(database, house, "Quays")
    add(database, house, "Study of fishing")
    add(database, house, "Roads")
    with arranging(), database.transaction() as session:
        whole = add_word(
            session, details=WordDetails(None, {"en": Wording("Fishing")}),
            actor=house.coordinator, at=clock.now(),
        )  # fmt: skip
        session.flush()
        part = add_word(
            session, details=WordDetails(None, {"en": Wording("Landing")}, whole.id),
            actor=house.coordinator, at=clock.now(),
        )  # fmt: skip
        session.flush()
        say(session, SubjectKind.WORD, str(whole.id), house, activity_id=nets)
        say(session, SubjectKind.WORD, str(part.id), house, activity_id=quays)

    content = brief_on(database, house, "fishing")

    assert content.subject.kind is BriefKind.WORD
    assert {each.title for each in content.activities} == {"Nets", "Quays", "Study of fishing"}


def test_what_was_approved_on_a_mandate_of_the_goal_stands_in_the_brief(
    database: Database, house: House
) -> None:
    with arranging(), database.transaction() as session:
        report_and_clear(session, house)
        for mandate_id in house.mandates[:2]:
            say(session, SubjectKind.GOAL, "14", house, mandate_id=mandate_id)

    content = brief_on(database, house, "SDG 14")

    assert [each.mandate_id for each in content.reports] == [house.mandates[0]]
    assert content.reports[0].is_named
    assert brief_on(database, house, "SDG 13").is_empty
