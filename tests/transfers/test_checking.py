"""What a transfer lacks: each particular, each transit State, each order of days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.transfers import checking
from armstrace.transfers.facts import Document, Facts, Goods, months_after
from armstrace.translation import translate
from armstrace.vocabulary import profiles
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.transfers import (
    Direction,
    Moment,
    PaperKind,
    Particular,
    Regime,
)
from tests.cast import HOME
from tests.transfers.desk import (
    DAY,
    IMPORT,
    PAPERS,
    SOUND,
    STATEMENT,
    STATES,
    TODAY,
    no_objection,
)

pytestmark = pytest.mark.pure
LEAVES = TODAY + 3 * DAY
LATER = date(2029, 2, 12)


def lacking(facts: Facts, moment=Moment.ISSUE, *, law="protocol", on=TODAY, **kinds):
    """Give the codes of what is missing, the blocking ones alone where not asked."""
    found = checking.missing(facts, profiles.load(law), moment, on, HOME)
    wanted = kinds.get("warns", False)
    return [each.code for each in found if each.blocks or wanted]


def at_departure(facts: Facts, on: date = LEAVES, law: str = "protocol"):
    told = replace(facts, departs_on=on)
    return lacking(told, Moment.DEPARTURE, on=on, law=law)


def but(paper: Document, **said) -> Facts:
    """Give the sound transfer with one document that says something else."""
    others = [each for each in PAPERS if each is not paper]
    return replace(SOUND, papers=(*others, replace(paper, **said)))


def without(*kinds: PaperKind, country: str = "") -> Facts:
    kept = [
        each
        for each in PAPERS
        if each.kind not in kinds or (country and each.country != country)
    ]
    return replace(SOUND, papers=tuple(kept))


@pytest.mark.parametrize("law", ["protocol", "eu"])
def test_a_sound_export_lacks_nothing_to_be_issued_and_to_leave(law):
    assert lacking(SOUND, law=law, warns=True) == []
    assert at_departure(SOUND, law=law) == []


PARTICULARS = {
    "TX-ISSUE-PLACE": {"issue_place": " "},
    "TX-ISSUED": {"issued_on": None},
    "TX-EXPIRY": {"valid_until": None},
    "TX-EXPORT-COUNTRY": {"export_country": ""},
    "TX-IMPORT-COUNTRY": {"import_country": ""},
    "TX-RECIPIENT": {"recipient": ""},
    "TX-DESCRIPTION": {"goods": (Goods(ItemKind.ARM, "", 40),)},
    "TX-QUANTITY": {"goods": (Goods(ItemKind.ARM, "rifle", 0),)},
    "TX-TRANSIT": {"transit": None},
}


@pytest.mark.parametrize("law", ["protocol", "eu"])
@pytest.mark.parametrize("code", PARTICULARS)
def test_each_of_the_nine_particulars_taken_away_blocks_by_its_own_rule(code, law):
    facts = replace(SOUND, **PARTICULARS[code])

    assert lacking(facts, law=law) == [code]
    assert code in at_departure(facts, law=law)


@pytest.mark.parametrize(
    ("particular", "kind"),
    [
        (Particular.RECIPIENT, PaperKind.END_USER),
        (Particular.TRANSIT, PaperKind.WAYBILL),
        (Particular.DESCRIPTION, PaperKind.CONTRACT),
    ],
)
def test_a_particular_may_stand_on_a_document_that_goes_with_the_licence(
    particular, kind
):
    code = f"TX-{particular}"
    facts = replace(SOUND, **PARTICULARS[code])
    paper = replace(STATEMENT, kind=kind, states=(particular,))
    told = replace(facts, papers=(*PAPERS, paper))

    assert code not in lacking(told)


def test_the_place_of_issue_stands_on_the_licence_alone():
    paper = Document(PaperKind.WAYBILL, states=(Particular.ISSUE_PLACE,))

    told = replace(SOUND, issue_place="", papers=(*PAPERS, paper))

    assert lacking(told) == ["TX-ISSUE-PLACE"]


@pytest.mark.parametrize("law", ["protocol", "eu"])
@pytest.mark.parametrize("country", STATES)
def test_each_transit_State_taken_away_blocks_before_issue_and_departure(country, law):
    facts = without(PaperKind.NO_OBJECTION, country=country)

    assert lacking(facts, law=law) == ["TX-NO-OBJECTION"]
    assert at_departure(facts, law=law) == ["TX-NO-OBJECTION"]


@pytest.mark.parametrize("country", STATES)
def test_each_transit_State_that_was_not_told_blocks_the_departure(country):
    facts = without(PaperKind.TRANSIT_NOTICE, country=country)

    assert lacking(facts) == []
    assert at_departure(facts) == ["TX-NOTICE"]


def test_a_transit_State_that_is_told_on_the_way_was_told_too_late():
    facts = without(PaperKind.TRANSIT_NOTICE, country="FR")
    late = Document(PaperKind.TRANSIT_NOTICE, country="FR", received_on=LEAVES + DAY)

    assert at_departure(replace(facts, papers=(*facts.papers, late))) == ["TX-NOTICE"]


ORDERS = [
    ("before the licence", TODAY - DAY, []),
    ("on the day of the licence", TODAY, []),
    ("between licence and departure", TODAY + DAY, ["TX-NO-OBJECTION"]),
    ("on the day of departure", LEAVES, ["TX-NO-OBJECTION"]),
    ("after the departure", LEAVES + DAY, ["TX-NO-OBJECTION"]),
]


@pytest.mark.parametrize(("when", "day", "codes"), ORDERS)
def test_a_no_objection_comes_before_the_licence(when, day, codes):
    facts = without(PaperKind.NO_OBJECTION, country="FR")
    told = replace(facts, papers=(*facts.papers, no_objection("FR", day)))

    assert at_departure(told) == codes, when


@pytest.mark.parametrize(("when", "day", "codes"), ORDERS)
def test_an_import_licence_comes_before_the_export_licence(when, day, codes):
    late = ["TX-IMPORT-LICENCE"] if codes else []

    assert at_departure(but(IMPORT, issued_on=day)) == late, when


@pytest.mark.parametrize(
    "said",
    [
        {"country": "DE"},
        {"issued_on": None},
        {"valid_until": TODAY - DAY},
        {"quantity": 39},
        {"recipient": "Somebody else"},
        {"is_kept": False},
    ],
)
def test_an_import_licence_that_does_not_fit_blocks(said):
    assert lacking(but(IMPORT, **said)) == ["TX-IMPORT-LICENCE"]


def test_an_import_licence_that_expires_before_the_goods_leave_blocks_them():
    facts = but(IMPORT, valid_until=LEAVES - DAY)

    assert lacking(facts) == []
    assert at_departure(facts) == ["TX-IMPORT-LICENCE"]


def test_a_no_objection_that_expires_before_the_goods_leave_blocks_them():
    paper = replace(no_objection("FR"), valid_until=LEAVES - DAY)
    facts = without(PaperKind.NO_OBJECTION, country="FR")
    told = replace(facts, papers=(*facts.papers, paper))

    assert lacking(told) == []
    assert at_departure(told) == ["TX-NO-OBJECTION"]


def test_what_expires_after_the_issue_is_said_again_when_the_goods_leave():
    def said(told, **papers):
        told = replace(told, departs_on=LEAVES, **papers)
        return lacking(told, Moment.DEPARTURE, on=LEAVES, warns=True)

    assert said(SOUND) == []
    assert said(but(STATEMENT, valid_until=LEAVES - DAY)) == ["TX-END-USER"]
    assert said(but(STATEMENT, used_for="G9", signatory="")) == []
    assert said(without(PaperKind.END_USER)) == []
    paper = replace(IMPORT, kind=PaperKind.EXPORT_LICENCE, country="AT")
    transit = replace(SOUND, direction=Direction.TRANSIT)
    assert said(transit, papers=(IMPORT, paper)) == []
    late = replace(paper, valid_until=LEAVES - DAY)
    assert said(transit, papers=(IMPORT, late)) == ["TX-EXPORT-LICENCE"]


def test_a_State_is_named_in_words():
    facts = without(PaperKind.NO_OBJECTION, country="FR")
    (found,) = checking.missing(
        facts, profiles.load("protocol"), Moment.ISSUE, TODAY, HOME
    )

    assert "France" in translate(found.said)


def test_a_State_that_objects_blocks_whatever_it_wrote_before():
    objects = Document(PaperKind.OBJECTION, country="BE", received_on=TODAY)

    told = replace(SOUND, papers=(*PAPERS, objects))

    assert lacking(told) == ["TX-NO-OBJECTION"]


def test_no_transit_proof_is_asked_of_direct_carriage_in_the_union():
    facts = replace(
        without(PaperKind.NO_OBJECTION, PaperKind.TRANSIT_NOTICE), is_direct=True
    )

    assert lacking(facts, law="eu") == []
    assert lacking(facts, law="protocol") == ["TX-NO-OBJECTION"] * 2


STATEMENTS = {
    "used before": {"used_for": "G9"},
    "nobody signed": {"signatory": ""},
    "no title": {"signatory_title": " "},
    "expired": {"valid_until": TODAY - DAY},
    "too few": {"quantity": 39},
    "of another State": {"country": "DE"},
    "of another end user": {"recipient": "Other GmbH"},
}


@pytest.mark.parametrize("fault", STATEMENTS)
def test_an_end_user_statement_that_does_not_hold_is_said(fault):
    facts = but(STATEMENT, **STATEMENTS[fault])

    assert lacking(facts, warns=True) == ["TX-END-USER"]


def test_civilian_use_is_promised_under_the_regulation_of_2025_alone():
    facts = replace(
        but(STATEMENT, is_civilian=None, valid_until=None),
        issued_on=LATER,
        valid_until=LATER + DAY,
    )
    facts = replace(
        facts,
        papers=tuple(replace(each, valid_until=None) for each in facts.papers),
    )

    assert "TX-END-USER" not in lacking(facts, law="eu", on=LATER - DAY, warns=True)
    assert lacking(facts, law="eu", on=LATER) == ["TX-END-USER"]


def test_consignee_and_country_of_exit_are_particulars_from_2029():
    facts = replace(SOUND, consignee="", exit_country="")

    assert lacking(facts, law="eu") == []
    told = lacking(facts, law="eu", on=LATER)
    assert {"TX-CONSIGNEE", "TX-EXIT-COUNTRY"} <= {*told}


def test_an_authorisation_in_the_union_does_not_outlive_the_import_licence():
    facts = but(IMPORT, valid_until=TODAY + 90 * DAY)

    assert lacking(facts, law="eu") == ["TX-VALIDITY"]
    assert lacking(facts, law="protocol") == []


def test_the_treaties_speak_of_other_goods():
    """The Protocol covers ammunition and parts whole; the treaty's import side not."""
    rounds = replace(
        without(PaperKind.END_USER, PaperKind.ASSESSMENT),
        goods=(Goods(ItemKind.AMMUNITION, "cartridges .308", 40),),
    )
    arms = replace(rounds, goods=SOUND.goods)

    assert lacking(rounds, warns=True) == ["TX-ASSESSED"]
    assert lacking(arms, warns=True) == ["TX-END-USER", "TX-ASSESSED"]
    assert lacking(replace(rounds, transit=None)) == ["TX-TRANSIT"]


def test_brokers_and_earlier_refusals_warn_and_do_not_block():
    facts = replace(SOUND, is_brokered=True, broker="B. Roker", refused=("G3",))

    assert lacking(facts) == []
    assert lacking(facts, warns=True) == [
        "TX-BROKER",
        "TX-BROKER-LICENCE",
        "TX-DENIED",
    ]
    assert lacking(replace(SOUND, is_brokered=None), warns=True) == ["TX-BROKER"]


@pytest.mark.parametrize(
    ("told", "lacks"),
    [
        ({}, False),
        ({"number": ""}, True),
        ({"is_kept": False}, True),
        ({"valid_until": TODAY - DAY}, True),
        ({"used_for": "G7"}, True),
    ],
)
def test_a_brokered_deal_has_a_licence_of_its_own(told, lacks):
    paper = replace(Document(PaperKind.BROKER_LICENCE, "B-1"), **told)
    deal = {"is_brokered": True, "broker": "B. Roker", "broker_place": "Port"}
    facts = replace(SOUND, papers=(*PAPERS, paper), **deal)

    found = ["TX-BROKER-LICENCE"] if lacks else []
    assert lacking(facts, warns=True) == found
    assert lacking(facts) == []


def test_a_temporary_transfer_says_when_the_goods_come_back():
    facts = replace(SOUND, regime=Regime.TEMPORARY)
    late = replace(facts, return_on=months_after(TODAY, 24) + DAY)

    assert lacking(facts, law="eu") == ["TX-RETURN"]
    assert lacking(late, law="eu") == ["TX-RETURN"]
    assert lacking(replace(late, return_on=late.return_on - DAY), law="eu") == []


def test_a_transit_wants_the_licences_of_both_ends_without_blocking():
    facts = replace(SOUND, direction=Direction.TRANSIT, papers=())

    assert lacking(facts) == []
    told = {*lacking(facts, warns=True)}
    assert told == {"TX-EXPORT-LICENCE", "TX-IMPORT-LICENCE"}
    assert lacking(replace(facts, goods=())) == ["TX-DESCRIPTION", "TX-QUANTITY"]


@given(st.sets(st.sampled_from(sorted(PARTICULARS))), st.sets(st.sampled_from(STATES)))
def test_what_is_missing_is_the_sum_of_what_was_taken_away(codes, states):
    told = {}
    for code in codes - {"TX-QUANTITY"}:
        told |= PARTICULARS[code]
    if "TX-TRANSIT" in codes:
        states = set()
    papers = [
        each
        for each in PAPERS
        if each.kind is not PaperKind.NO_OBJECTION or each.country not in states
    ]

    found = lacking(replace(SOUND, papers=tuple(papers), **told))

    expected = sorted(codes - {"TX-QUANTITY"}) + ["TX-NO-OBJECTION"] * len(states)
    assert sorted(found) == sorted(expected)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_months_later_is_never_past_the_end_of_the_month(day, months):
    later = months_after(day, months)

    assert later.day <= day.day
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
