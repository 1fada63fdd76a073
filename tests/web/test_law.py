"""From each article to the act, the rule and the test; what the profile leaves out."""

from pathlib import Path

import pytest
from django.urls import reverse

from armstrace.vocabulary.profiles.provisions import Duty
from armstrace.vocabulary.sources import INSTRUMENTS
from armstrace.web.law.articles import Resting, duties, resting

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def shown(desk, query=""):
    return desk.get(reverse("law") + query).content.decode()


def of(instrument, place):
    return Resting(instrument, place, "x", "x", "", "", "").duty


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


def test_an_article_shows_the_act_its_fields_the_rule_and_its_test(at_desk):
    page = shown(at_desk("paul"), "?instrument=protocol&q=LC-03")

    assert "Firearms Protocol (A/RES/55/255), art. 6" in page
    assert "test_LC_03_a_recovered_arm_is_not_destroyed" in page
    assert "a duty within domestic law or available means" in page


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
    assert "{offence}" in text
    assert "The law of that day has no offence" not in text
