"""Law is dated data: the shipped profiles load, and bad ones say what is wrong."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.profiles.provisions import CountedFrom, RecordClass, Retention
from armstrace.vocabulary.transfers import Direction, Moment, TransferCheck

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 24)
YEARS = st.integers(0, 120)


@pytest.mark.parametrize("name", profiles.profile_names())
def test_every_shipped_profile_loads(name: str) -> None:
    assert profiles.load(name).code == name


def test_two_profiles_ship() -> None:
    assert profiles.profile_names() == ("eu", "protocol")


@pytest.mark.parametrize(
    ("name", "record", "on", "years"),
    [
        ("protocol", RecordClass.MANUFACTURE, TODAY, {10, 30}),
        ("protocol", RecordClass.TRANSFER, TODAY, {10, 20}),
        ("protocol", RecordClass.TRANSFER, date(2005, 8, 1), {10}),
        ("eu", RecordClass.TRANSFER, TODAY, {10, 20, 30}),
        ("eu", RecordClass.RECOVERY, date(2005, 8, 1), set()),
    ],
)
def test_retention_has_the_rules_of_the_day(
    name: str, record: RecordClass, on: date, years: set[int]
) -> None:
    rules = profiles.load(name).retentions_of(record, on)

    assert {rule.years for rule in rules} == years


def test_retention_is_the_longest_of_all_floors_and_waits_for_the_last() -> None:
    eu, stated = profiles.load("eu"), date(2004, 2, 29)
    begun = {CountedFrom.RECORD: stated}

    assert eu.kept_until(RecordClass.RECOVERY, begun, TODAY) == date(2024, 2, 29)
    assert eu.kept_until(RecordClass.TRANSFER, begun, TODAY) is None
    begun[CountedFrom.DESTRUCTION] = stated
    assert eu.kept_until(RecordClass.TRANSFER, begun, TODAY) == date(2034, 2, 28)
    early = date(2005, 8, 1)
    assert eu.kept_until(RecordClass.RECOVERY, begun, early) is None


@given(begun=st.dates(date(1900, 1, 1), date(2090, 1, 1)), on=st.dates(), years=YEARS)
def test_a_period_is_over_the_day_after_it_ends_however_it_is_asked(
    begun: date, on: date, years: int
) -> None:
    rule = Retention(
        source="x",
        record=RecordClass.TRANSFER,
        years=years,
        counted_from=CountedFrom.RECORD,
    )
    until = rule.until(begun)

    assert until is not None
    assert (until < on) == (begun < rule.first_begin(on))


def test_an_antique_is_never_made_after_1899() -> None:
    assert profiles.load("protocol").last_antique_year(TODAY) == 1899


def test_the_law_of_an_earlier_day_is_asked_as_it_stood() -> None:
    assert profiles.load("protocol").last_antique_year(date(1990, 1, 1)) is None


def test_an_unknown_profile_is_refused_with_the_names_of_others() -> None:
    with pytest.raises(NotFound, match="eu, protocol"):
        profiles.load("atlantis")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('name = "X"', "“code” is missing"),
        ('code = "x"\nname = "X"\nlaws = 1', "“laws” is not part of a profile"),
        ('code = "x"\nname = "X"\n[[deadline]]\ncode = "A"', "“words” is missing"),
        (
            'code = "x"\nname = "X"\n[[retention]]\nrecord = "TEA"\nyears = 1\n'
            'counted_from = "RECORD"\nsource = "s"',
            "“TEA” is not a record",
        ),
        (
            'code = "x"\nname = "X"\n[[offence]]\ncode = "A"\nwords = "w"\n'
            'is_mandatory = true\nsource = "s"\nvalid_from = 2020-01-01\n'
            "valid_until = 2019-01-01",
            "ends before it begins",
        ),
        ("code = ", "is not valid TOML"),
    ],
)
def test_a_bad_profile_says_what_is_wrong(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")

    assert any(sentence in str(problem) for problem in profiles.check_file(path))
    with pytest.raises(InvalidInput):
        profiles.load_file(path)


def test_a_profile_of_ones_own_goes_before_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "eu.toml").write_text('code = "eu"\nname = "Own"', encoding="utf-8")

    assert profiles.find("eu", tmp_path).name == "Own"
    assert profiles.find("protocol", tmp_path).code == "protocol"


def test_transfers_with_third_states_follow_the_regulation_of_the_day() -> None:
    law = profiles.load("eu")
    asked = {
        day: {
            rule.source
            for rule in law.transfers_asked(Direction.EXPORT, Moment.ISSUE, day)
            if rule.demands is TransferCheck.NO_OBJECTION
        }
        for day in (date(2029, 2, 11), date(2029, 2, 12))
    }

    before, after = asked.values()
    assert all("258/2012" in source for source in before)
    assert all("2025/41" in source for source in after)
    assert law.deadline("TRANSFER_DECISION", date(2029, 2, 11)).days == 60  # type: ignore[union-attr]
    assert law.deadline("TRANSFER_DECISION", date(2029, 2, 12)).days == 90  # type: ignore[union-attr]
    silence = [
        profiles.load(name).deadline("TRANSIT_SILENCE", TODAY)
        for name in ("protocol", "eu")
    ]
    assert silence[0] is None
    assert silence[1] is not None
    assert silence[1].is_working


def test_profiles_share_the_embargoes_and_include_what_there_is(tmp_path):
    own = tmp_path / "own.toml"
    head = 'code = "own"\nname = "Own"\nincludes = ["%s"]\n'
    own.write_text(head % "embargoes", encoding="utf-8")

    shared = profiles.load_file(own).transfers

    assert {each.code for each in shared} == {"TX-EMBARGO"}
    for name in ("eu", "protocol"):
        assert set(shared) <= set(profiles.load(name).transfers)
    own.write_text(head % "nothing", encoding="utf-8")
    with pytest.raises(InvalidInput, match="includes nothing"):
        profiles.load_file(own)
