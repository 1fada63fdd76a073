"""Law is dated data: the shipped profiles load, and bad ones say what is wrong."""

from datetime import date
from pathlib import Path

import pytest

from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.profiles.provisions import CountedFrom, RecordClass

pytestmark = pytest.mark.pure
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("name", profiles.profile_names())
def test_every_shipped_profile_loads(name: str) -> None:
    assert profiles.load(name).code == name


def test_two_profiles_ship() -> None:
    assert profiles.profile_names() == ("eu", "protocol")


@pytest.mark.parametrize(
    ("name", "record", "on", "years"),
    [
        ("protocol", RecordClass.MANUFACTURE, TODAY, 30),
        ("protocol", RecordClass.TRANSFER, TODAY, 20),
        ("protocol", RecordClass.TRANSFER, date(2005, 8, 1), 10),
        ("eu", RecordClass.TRANSFER, TODAY, 30),
    ],
)
def test_retention_is_the_longest_of_all_floors(
    name: str, record: RecordClass, on: date, years: int
) -> None:
    stated = date(2004, 2, 29)
    begun = {CountedFrom.RECORD: stated, CountedFrom.DESTRUCTION: stated}

    until = profiles.load(name).kept_until(record, begun, on)

    day = 29 if years % 4 == 0 else 28
    assert until == date(2004 + years, 2, day)


def test_a_record_is_kept_where_its_period_has_not_begun() -> None:
    eu, begun = profiles.load("eu"), {CountedFrom.RECORD: date(1960, 1, 1)}

    assert eu.kept_until(RecordClass.TRANSFER, begun, TODAY) is None
    assert eu.kept_until(RecordClass.RECOVERY, begun, TODAY) == date(1980, 1, 1)


def test_a_record_of_which_no_rule_speaks_is_kept() -> None:
    begun = {CountedFrom.RECORD: date(1960, 1, 1)}
    early = date(2005, 8, 1)

    assert profiles.load("eu").kept_until(RecordClass.RECOVERY, begun, early) is None


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

    assert any(sentence in problem for problem in profiles.check_file(path))
    with pytest.raises(InvalidInput):
        profiles.load_file(path)


def test_a_profile_of_ones_own_goes_before_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "eu.toml").write_text('code = "eu"\nname = "Own"', encoding="utf-8")

    assert profiles.find("eu", tmp_path).name == "Own"
    assert profiles.find("protocol", tmp_path).code == "protocol"
