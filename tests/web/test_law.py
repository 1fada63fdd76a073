"""From each article to the act, the rule and the test; what the profile leaves out."""

import dataclasses
import inspect
import re
from pathlib import Path

import pytest
from django.urls import reverse

from armstrace.disposal.conditions import Item
from armstrace.vetting.inputs import VettingInput
from armstrace.vocabulary import profiles
from armstrace.vocabulary.profiles.provisions import Duty, Strength
from armstrace.vocabulary.sources import INSTRUMENTS
from armstrace.web.law.articles import Resting, duties, resting
from armstrace.web.law.views import KINDS, ROWS

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "armstrace"
PROFILES = [profiles.load(name) for name in profiles.profile_names()]


def shown(desk, query=""):
    return desk.get(reverse("law") + query).content.decode()


def row_of(instrument, place):
    return Resting(instrument, place, "x", "x", "", "", "")


def of(instrument, place):
    return row_of(instrument, place).duty


@pytest.mark.parametrize(
    ("place", "duty"),
    [
        ("art. 12, para. 4", Duty.SHALL_AS_ABLE),
        ("art. 12, para. 5", Duty.SHALL),
        ("art. 10 (5)", Duty.SHALL_AS_ABLE),
        ("arts. 6, 8, 9, 10", Duty.SHALL_AS_ABLE),
        ("art. 3 (a)", Duty.DEFINITION),
        ("arts. 3 (b) and 10, para. 5", Duty.SHALL_AS_ABLE),
        ("art. 4 (a)", None),
        ("the whole", None),
    ],
)
def test_how_strongly_an_article_binds_is_of_its_paragraph(place, duty):
    assert of("protocol", place) is duty


def test_a_rule_of_this_design_is_a_setting_and_no_treatys_word():
    assert of("design", "art. 7 of its own") is Duty.SETTING


@pytest.mark.parametrize(
    ("instrument", "place", "said"),
    [
        (
            "protocol",
            "art. 9 (a)",
            "a duty, where a deactivated arm is no firearm at home",
        ),
        ("protocol", "art. 7", "a duty"),
        ("untoc", "art. 20, para. 2", "encouraged"),
        ("iti", "para. 9", "a political commitment, not law"),
        ("paper-2018", "para. 30", "guidance, not law"),
        ("eu-2015-2403", "Annex II", "a duty"),
        ("eu-2021-555", "art. 4", "not read in the text itself"),
    ],
)
def test_how_an_article_binds_is_said_with_its_condition(instrument, place, said):
    assert str(row_of(instrument, place).binding) == said


@pytest.mark.parametrize("law", PROFILES, ids=lambda law: law.code)
def test_a_period_is_a_duty_only_where_law_makes_it_one(law):
    for one in law.retentions:
        is_setting = one.source.startswith("A setting")
        assert (one.duty is Duty.SETTING) == is_setting, one
        is_pledge = one.source.startswith("International Tracing")
        assert (one.duty is Duty.PLEDGE) == is_pledge, one


@pytest.mark.parametrize("law", PROFILES, ids=lambda law: law.code)
def test_no_setting_of_a_state_refuses_an_act(law):
    asked = [one for kind in KINDS for one in getattr(law, kind)]

    assert asked
    for one in asked:
        is_setting = one.source.startswith("A setting")
        assert not (is_setting and getattr(one, "strength", "") is Strength.REFUSES), (
            one
        )


def read_outside(name):
    """Find an attribute where law is asked, not where it is kept or shown."""
    wanted = re.compile(rf"\.{name}\b")
    kept = (SOURCE / "vocabulary" / "profiles", SOURCE / "web" / "law")
    return any(
        wanted.search(file.read_text(encoding="utf-8"))
        for file in SOURCE.rglob("*.py")
        if not any(file.is_relative_to(folder) for folder in kept)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_stops_is_said_of_every_kind_that_a_profile_holds_and_the_code_reads(kind):
    codes = {row.code for row in resting()}
    askers = [
        name
        for name, asks in inspect.getmembers(profiles.Profile, inspect.isfunction)
        if not name.startswith("_")
        if f"self.{kind}" in inspect.getsource(asks)
    ]

    assert ROWS[kind]["words"]
    assert ROWS[f"no {kind}"]["words"]
    assert set(ROWS[f"no {kind}"]["rules"].split()) <= codes
    assert any(map(read_outside, (kind, *askers)))


def test_every_time_limit_of_a_profile_runs_somewhere():
    codes = {one.code for law in PROFILES for one in law.deadlines}
    said = "".join(
        file.read_text(encoding="utf-8")
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
    )

    assert codes
    assert {code for code in codes if f'"{code}"' not in said} == set()


def test_every_strength_is_of_a_known_instrument_and_a_known_word():
    assert set(duties()) <= set(INSTRUMENTS)
    assert {code for told in duties().values() for code in told.values()} <= set(Duty)


@pytest.mark.parametrize(
    ("code", "instrument", "duty"),
    [
        ("DA-18", "eu-2015-2403", Duty.SHALL),
        ("VE-06", "eu-2021-1423", Duty.SHALL),
        ("TE-08", "untoc", Duty.SHALL_AS_ABLE),
        ("DA-22", "design", Duty.SETTING),
    ],
)
def test_what_refuses_rests_on_a_duty_or_on_a_setting(code, instrument, duty):
    (row,) = [each for each in resting() if each.code == code]

    assert (row.instrument, row.duty) == (instrument, duty)


def test_every_test_that_is_named_is_there():
    named = {test for row in resting() for test in row.tests.split()}

    assert named
    for test in named:
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("vetting.actions.vetting.ask_vetting", VettingInput),
        ("disposal.actions.lots.put_in", Item),
        ("tracing.actions.assigning.assign_recoveries", None),
    ],
)
def test_the_fields_of_an_act_are_of_what_it_takes_and_of_no_namesake(act, fields):
    told = {row.fields for row in resting() if row.code == act}

    names = [each.name for each in dataclasses.fields(fields)] if fields else []
    assert told == {", ".join(names)}


def test_an_article_shows_the_act_its_fields_the_rule_and_its_test(at_desk):
    page = shown(at_desk("paul"), "?instrument=protocol&q=LC-13")

    assert "Firearms Protocol (A/RES/55/255), art. 6, para. 2" in page
    assert "the state keeps only confiscated and marked arms" in page
    assert "a duty within domestic law or available means" in page


def test_what_no_treaty_orders_is_a_setting_and_not_its_word(at_desk):
    page = shown(at_desk("paul"), "?q=LC-03")

    assert "a setting of this State" in page
    assert "Firearms Protocol (A/RES/55/255), art. 6" not in page


def test_a_lawyer_reads_sentences_and_no_names_of_the_code(at_desk):
    rows = resting()

    assert any("%(" in row.words for row in rows)
    for row in rows:
        assert not re.search(r"%\(|\{\w+\}", row.said), row.code
        assert not any(re.search("_|::", said) for said in row.claims), row.code
    assert "test_" not in shown(at_desk("paul"), "?q=LC-03")


def test_the_page_says_what_stops_where_the_profile_leaves_something_out(
    at_desk, settings, tmp_path
):
    settings.HOME = tmp_path
    (tmp_path / "profiles").mkdir()
    own = '[[deadline]]\ncode = "X"\nwords = "x"\ndays = 1\ncounted_from = "SENT"\n'
    text = f'code = "own"\nname = "Varnia"\n{own}source = "Decree 1"\n'
    (tmp_path / "profiles" / "own.toml").write_text(text, encoding="utf-8")
    settings.PROFILE = "own"

    page = shown(at_desk("paul"), "?q=CONTROLLED_DELIVERY")

    assert "Varnia" in page
    assert "No authority for it can be asked for." in page


def test_a_setting_and_a_definition_are_said_in_the_readers_language(at_desk):
    page = at_desk("audrey").get(reverse("law"), headers={"accept-language": "fr"})

    told = page.content.decode()
    assert "Un réglage de cet État, d’après the Firearms Protocol, art. 11" in told
    assert "A setting of this State" not in told
    assert "As national law says" not in told


def test_what_was_not_read_in_the_text_says_so(at_desk):
    page = shown(at_desk("paul"), "?q=International+Tracing+12+(b)")

    assert "not read in the text itself" in page


def test_it_leaves_as_a_file_and_shows_nobody_anything_of_a_record(
    at_desk, django_assert_max_num_queries
):
    paul = at_desk("paul")
    sent = paul.get(reverse("law") + "?format=csv&q=AC-09")
    assert b"AC-09" in b"".join(sent.streaming_content)

    with django_assert_max_num_queries(12):
        shown(paul)


def test_a_rule_is_said_in_the_readers_language_and_names_what_it_fills(at_desk):
    page = at_desk("paul").get(
        reverse("law") + "?q=IV-20", headers={"Accept-Language": "fr"}
    )

    text = page.content.decode()
    assert "{offence}" not in text
    assert "The law of that day has no offence" not in text


def test_what_stops_is_said_once_and_of_an_antique_alone_by_its_rule(at_desk):
    first, second = shown(at_desk("paul")), shown(at_desk("paul"), "?page=2")

    assert "The profile in use" in first
    assert "The profile in use" not in second
    assert "LC-08" not in shown(at_desk("paul"), "?q=TRACING")


def test_what_the_tests_hold_and_the_fields_are_folded(at_desk):
    page = shown(at_desk("sam"), "?q=LC-08")

    assert "<summary>What the tests hold (" in page
    assert "<summary>Fields</summary>" in shown(at_desk("sam"), "?q=record_consent")


@pytest.mark.parametrize(
    "code", ["RG-05", "RG-06", "RG-07", "RG-09", "RG-10", "ER-01", "TX-07", "TE-01"]
)
def test_what_an_article_does_not_ask_for_is_not_shown_as_its_duty(code):
    shown = {str(row.binding) for row in resting() if row.code == code}

    assert shown == {"a setting of this State"}
