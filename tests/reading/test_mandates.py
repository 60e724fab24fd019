"""What one clause is understood to ask."""

import pytest

from tracker.domain.clauses import Block, BlockKind, Entity, Proposal
from tracker.domain.mandates import ConcernsUs, Nature, Periodicity
from tracker.reading.mandates import propose

OSTRAL = Entity(
    "Secretariat of the Commission for the Ostral Islands",
    ("Commission for the Ostral Islands",),
    ("the Executive Secretary", "the secretariat", "COI"),
)


def make_clause(text: str, path: str = "1") -> Block:
    return Block(BlockKind.OPERATIVE, text, path=path, level=path.count(".") + 1)


def understand(text: str, *above: str) -> Proposal:
    ancestors = [make_clause(words, ".".join("1abc"[: n + 1])) for n, words in enumerate(above)]
    return propose(make_clause(text, "1.a" if above else "1"), ancestors, OSTRAL)


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Takes note of the report on lamps;", Nature.INFORMATIONAL),
        ("Stresses that Governments should light lamps;", Nature.INFORMATIONAL),
        ("Requests the Executive Secretary to light lamps;", Nature.ACTION_BY_SECRETARIAT),
        ("Decides that the secretariat shall light lamps;", Nature.ACTION_BY_SECRETARIAT),
        (
            "Notes the fog, and requests the secretariat to act;",
            Nature.ACTION_BY_SECRETARIAT,
        ),
        ("Calls upon Governments to light lamps;", Nature.ACTION_BY_OTHERS),
        ("Calls for an end of the fog;", Nature.ACTION_BY_OTHERS),
        ("Reiterates its invitation to Governments to light lamps;", Nature.ACTION_BY_OTHERS),
        ("Decides to extend the mandate of the working group;", Nature.PROCEDURAL),
        ("Expresses its intention to discuss lamps;", Nature.PROCEDURAL),
        ("Approves the plan of work;", Nature.PROCEDURAL),
        ("Reaffirms its intention to count lamps;", Nature.PROCEDURAL),
        ("Directs that the draft rules be withdrawn;", Nature.ACTION_BY_SECRETARIAT),
        (
            "Decides, at the wish of the islands, that the Mission shall light lamps;",
            Nature.ACTION_BY_SECRETARIAT,
        ),
        (
            "Decides that the tasks shall be those of the plan and that the Mission shall watch;",
            Nature.ACTION_BY_SECRETARIAT,
        ),
        ("Decides to invite the Lamp Fund to its session;", Nature.ACTION_BY_OTHERS),
        ("Welcomes the lamps, and thus calls upon Governments to act;", Nature.ACTION_BY_OTHERS),
        ("Maintains that lamps save lives;", Nature.INFORMATIONAL),
        ("Requests the Secretary General to light lamps;", Nature.ACTION_BY_SECRETARIAT),
        (
            "Thanks the Commission of Inquiry, and recommends that the Commission light lamps;",
            Nature.ACTION_BY_SECRETARIAT,
        ),
        (
            "Notes the plan, which, among other things, calls for lamps to be lit;",
            Nature.INFORMATIONAL,
        ),
        ("Decides to keep a register of offers of and requests for lamps;", Nature.PROCEDURAL),
        (
            "Expresses its intention to keep the mandate and tasks of the Mission;",
            Nature.PROCEDURAL,
        ),
    ],
)
def test_the_nature_follows_the_verb_that_governs(text: str, nature: Nature) -> None:
    assert understand(text).nature is nature


@pytest.mark.parametrize(
    ("text", "addressees"),
    [
        ("Requests the Executive Secretary to act;", ("Executive Secretary",)),
        ("Urges all Governments, including those of islands, to act;", ("Governments",)),
        (
            "Invites Governments, relevant international organizations and the media to act;",
            ("Governments", "international organizations", "media"),
        ),
        ("Urges States and encourages other stakeholders to act;", ("States", "stakeholders")),
        ("Requests the secretariat, in cooperation with the Bank, to act;", ("secretariat",)),
        ("Recommends that States consider lamps;", ("States",)),
        ("Takes note of the work of the secretariat;", ()),
        ("Calls for partnerships between Governments and the Bank;", ("Governments", "Bank")),
        ("Encourages their continued support for the lamps of the Fund;", ()),
        ("Requests an update by 31 May 2031 from the Bank on its lamps;", ("Bank",)),
        (
            "Calls for lamps to be lit and for the coastal authorities to act;",
            ("coastal authorities",),
        ),
        (
            "Encourages the sharing of lamps, where possible, between the Fund and the Bank;",
            ("Fund", "Bank"),
        ),
        (
            "Decides that the State who buys and lights lamps (such as oil, gas) shall report;",
            ("State",),
        ),
        (
            "Urges States, when planning, buying and lighting lamps, to act;",
            ("States",),
        ),
        (
            "Invites the World Scientific, Technical and Cultural Union to act;",
            ("World Scientific, Technical and Cultural Union",),
        ),
        (
            "Requests that the Fund and the Lamp Bank conclude an agreement;",
            ("Fund", "Lamp Bank"),
        ),
        (
            "Encourages and welcomes the use made by national institutions;",
            ("national institutions",),
        ),
        (
            "Reiterates its request, made in paragraph 3 of resolution 2(I), that the Fund report;",
            ("Fund",),
        ),
    ],
)
def test_the_addressees_are_those_who_are_asked(text: str, addressees: tuple[str, ...]) -> None:
    assert understand(text).addressees == addressees


def test_a_sub_clause_is_asked_of_whom_its_chapeau_asks() -> None:
    proposal = understand("Light the lamps;", "Requests the Executive Secretary to:")

    assert proposal.action_verb == "Requests"
    assert proposal.addressees == ("Executive Secretary",)
    assert proposal.requires_action


def test_a_sub_clause_with_a_verb_of_its_own_speaks_for_itself() -> None:
    proposal = understand("Urges Governments to act;", "Welcomes the lamps, and in this respect:")

    assert (proposal.action_verb, proposal.addressees) == ("Urges", ("Governments",))


@pytest.mark.parametrize(
    ("text", "concerned"),
    [
        ("Requests the Executive Secretary to act;", ConcernsUs.BY_NAME),
        ("Requests the regional commissions to act;", ConcernsUs.AS_ONE_OF_A_CLASS),
        ("Invites the United Nations system to act;", ConcernsUs.AS_ONE_OF_A_CLASS),
        ("Requests the Executive Secretary of the Fog Convention to act;", ConcernsUs.NO),
        ("Urges Governments to act;", ConcernsUs.NO),
        ("Emphasizes the need for the secretariat to act;", ConcernsUs.NO),
    ],
)
def test_a_clause_concerns_us_by_name_or_as_one_of_a_class(
    text: str, concerned: ConcernsUs
) -> None:
    proposal = understand(text)

    assert proposal.concerns_us is concerned
    assert proposal.requires_action is (concerned is not ConcernsUs.NO)


@pytest.mark.parametrize(
    ("asked", "concerned"),
    [
        ("the specialized agencies, funds and programmes of the United Nations system", "no"),
        ("organizations of the United Nations system", "as_one_of_a_class"),
        ("stakeholders, including the regional commissions,", "as_one_of_a_class"),
        ("the regional commissions, including the COI,", "by_name"),
        ("the Secretariat", "no"),
        ("the Executive Secretary of the Commission for the Ostral Islands", "by_name"),
    ],
)
def test_in_the_text_of_a_world_organ_a_bare_title_is_not_ours(asked: str, concerned: str) -> None:
    clause = make_clause(f"Requests {asked} to light lamps;")

    proposal = propose(clause, (), OSTRAL, "General Assembly")

    assert str(proposal.concerns_us) == concerned


@pytest.mark.parametrize(
    ("asked", "periodicity", "occasion"),
    [
        ("continue to light lamps;", Periodicity.CONTINUING, None),
        (
            "submit a report on lamps at its tenth session;",
            Periodicity.ONE_OFF,
            "at its tenth session",
        ),
        ("publish the fares by 31 March 2032;", Periodicity.ONE_OFF, "by 31 March 2032"),
        ("report annually on the lamps;", Periodicity.RECURRING, "annually"),
        ("apply resolution 3(I) of 4 May 2021;", Periodicity.CONTINUING, None),
        ("report regularly on lamps;", Periodicity.RECURRING, None),
        (
            "prepare for its next annual meeting a study, to be presented at its tenth session;",
            Periodicity.ONE_OFF,
            "at its tenth session",
        ),
        (
            "engage the islands, including at its tenth session;",
            Periodicity.CONTINUING,
            "at its tenth session",
        ),
        (
            "report in its regular updates on lamps;",
            Periodicity.RECURRING,
            "in its regular updates",
        ),
        ("help, in accordance with the plan to be done by 2031;", Periodicity.CONTINUING, None),
        (
            "engage the islands at its tenth and eleventh sessions;",
            Periodicity.ONE_OFF,
            "at its tenth and eleventh sessions",
        ),
        (
            "review the lamps five years after their establishment and report thereon;",
            Periodicity.ONE_OFF,
            "five years after their establishment",
        ),
        ("hold its next session in 2031;", Periodicity.ONE_OFF, "in 2031"),
        ("include lamps in all its reports;", Periodicity.RECURRING, None),
        ("prepare periodic reports on lamps;", Periodicity.RECURRING, None),
        ("light lamps, and to submit a list of them;", Periodicity.ONE_OFF, None),
        ("submit draft resolutions in shorter words;", Periodicity.CONTINUING, None),
        ("report on lamps, as appropriate;", Periodicity.CONTINUING, None),
        ("hold annual sessions on lamps;", Periodicity.RECURRING, None),
        ("keep lamps until its tenth session;", Periodicity.CONTINUING, "until its tenth session"),
        (
            "tell the islands at least five working days in advance;",
            Periodicity.ONE_OFF,
            "at least five working days in advance",
        ),
        (
            "meet the islands, including through a long session during its tenth session;",
            Periodicity.CONTINUING,
            "during its tenth session",
        ),
        (
            "submit a report in its next regular report;",
            Periodicity.ONE_OFF,
            "in its next regular report",
        ),
        (
            "open the lamp house immediately after the adoption of this resolution;",
            Periodicity.ONE_OFF,
            "immediately after the adoption of this resolution",
        ),
        (
            "act, with the aim of lighting all lamps within four years;",
            Periodicity.CONTINUING,
            None,
        ),
    ],
)
def test_periodicity_and_occasion_come_from_what_is_asked(
    asked: str, periodicity: Periodicity, occasion: str | None
) -> None:
    proposal = understand(f"Requests the secretariat to {asked}")

    assert (proposal.periodicity, proposal.occasion) == (periodicity, occasion)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Requests the secretariat to submit a report on lamps;", True),
        ("Requests the secretariat to report to the Commission thereon;", True),
        ("Requests the secretariat to light lamps;", False),
        ("Takes note of the report on lamps;", False),
        ("Requests an update by 31 May 2031 from the islands;", True),
        ("Requests the secretariat to make recommendations and submit them to it;", True),
        ("Requests the secretariat to provide lamps and to update the plan of lamps;", False),
        ("Encourages the islands to monitor, report and speak of broken lamps;", False),
        ("Encourages States to help others in the preparation of reports;", False),
        ("Urges States to follow the advice made by the Expert in her reports;", False),
        ("Requests the Fund to draw up lamps and to respond to and report on fog;", False),
        ("Requests the Fund to devise a plan for lamps, for consideration by the Council;", True),
    ],
)
def test_a_report_is_requested_only_where_one_is_asked_for(text: str, *, asks: bool) -> None:
    assert understand(text).report_requested is asks


@pytest.mark.parametrize(
    "text",
    [
        "Commends the work of the secretariat on lamps, and invites them to continue it;",
        "Expresses its appreciation to the secretariat for its lamps, and invites it to go on;",
        "Notes that the secretariat has lit lamps, and encourages it to go on;",
    ],
)
def test_who_is_meant_by_them_stands_in_what_is_commended(text: str) -> None:
    proposal = understand(text)

    assert proposal.addressees == ("secretariat",)
    assert proposal.nature is Nature.ACTION_BY_SECRETARIAT


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("Decides to convene the Second Conference on Lamps and Ferries in early 2031;", True),
        ("Decides to assess 200 dollars for the period from 1 May to 2 June 2031;", False),
        ("Decides that the vote shall take place on 9 May 2031;", True),
        ("Decides to follow the plan that was opened on 9 May 2031;", False),
    ],
)
def test_the_body_dates_what_it_arranges_not_what_it_pays(text: str, *, occasion: bool) -> None:
    assert (understand(text).occasion is not None) is occasion


def test_under_a_decision_a_sub_clause_may_state_and_then_ask() -> None:
    stated = understand("To welcome the report of the Fund;", "Decides:")
    asked = understand("To welcome the report, and invite the Fund to light lamps;", "Decides:")

    assert stated.nature is Nature.INFORMATIONAL
    assert (asked.nature, asked.addressees) == (Nature.ACTION_BY_OTHERS, ("Fund",))


def test_a_sub_clause_that_opens_with_what_is_to_be_done_is_asked_by_its_chapeau() -> None:
    asked = understand("Consider the lamps of the islands;", "Requests the secretariat to:")
    decided = understand("To light lamps;", "Decides to help by requesting the Lamp Fund:")

    assert asked.addressees == ("secretariat",)
    assert decided.addressees == ("Lamp Fund",)


def test_the_words_that_show_it_are_kept() -> None:
    proposal = understand("Requests the secretariat to report annually on lamps;")

    assert proposal.words["nature"] == "Requests"
    assert proposal.words["concerns_us"] == "secretariat"
    assert proposal.words["occasion"] == "annually"


def test_nothing_is_proposed_for_a_clause_in_a_language_not_understood() -> None:
    proposal = understand("Verzoekt het secretariaat de vuurtorens te ontsteken;")

    assert (proposal.nature, proposal.concerns_us) == (None, None)
    assert not proposal.requires_action
