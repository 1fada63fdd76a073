"""A number tells its year by a rule with a source, for the arms it holds for alone."""

import pytest

from armstrace.analysis.marks import identify, serial_years
from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("key", "arm_type", "year"),
    [
        ("AA12345", ArmType.REVOLVER, 1981),
        ("ZL123456", ArmType.REVOLVER, 2006),
        ("AM12345", ArmType.REVOLVER, 2007),
        ("MZ123456", ArmType.REVOLVER, 2019),
        ("0A189105", ArmType.REVOLVER, 1995),
        ("1E75920", ArmType.REVOLVER, 1989),
        ("FGJ00001", ArmType.PISTOL, 1987),
        ("KZA12345", ArmType.PISTOL, 2006),
        ("SDN12345", ArmType.PISTOL, 2010),
        ("TKU12345", ArmType.PISTOL, 2017),
        ("AAJ123456", ArmType.PISTOL, 2019),
        ("ABA123456", ArmType.REVOLVER, 2020),
        ("AGN123456", ArmType.UNKNOWN, 2024),
    ],
)
def test_letters_of_taurus_tell_the_year(
    key: str, arm_type: ArmType, year: int
) -> None:
    found = serial_years.year_and_rule(key, "TAURUS", arm_type)

    assert found is not None
    assert found[0] == year
    assert "Tochetto" in found[1].source


@pytest.mark.parametrize(
    ("key", "arm_type"),
    [
        ("NM12345", ArmType.REVOLVER),
        ("AQ12345", ArmType.REVOLVER),
        ("TFA12345", ArmType.PISTOL),
        ("TNM12345", ArmType.PISTOL),
        ("AA12345", ArmType.RIFLE),
        ("AA12345", ArmType.UNKNOWN),
        ("AFA123456", ArmType.PISTOL),
        ("SET123456", ArmType.PISTOL),
        ("123456", ArmType.REVOLVER),
    ],
)
def test_letters_that_the_rule_does_not_have_tell_nothing(
    key: str, arm_type: ArmType
) -> None:
    assert serial_years.year_and_rule(key, "TAURUS", arm_type) is None


@pytest.mark.parametrize(
    ("number", "calibre", "year"),
    [
        ("2120", ".32 S&W LONG", 1954),
        ("14945", ".32 S&W", 1954),
        ("14946", ".32 S&W LONG", 1955),
        ("32800", ".32 S&W LONG", None),
        ("14946", ".38 SPECIAL", None),
    ],
)
def test_numbers_without_letters_run_by_calibre(
    number: str, calibre: str, year: int | None
) -> None:
    found = serial_years.year_and_rule(number, "TAURUS", ArmType.REVOLVER, calibre)

    assert (found[0] if found else None) == year


def test_the_year_is_likely_and_names_its_source() -> None:
    found = identify.identify(
        Description(type="revólver", make="Taurus", calibre=".38", serial="JI 123456")
    )

    (year,) = [one for one in found.readings if one.field == "year"]
    assert (found.year_of_manufacture, year.certainty) == (1990, Certainty.LIKELY)
    assert "isdp.armas" in str(year.note)


def test_the_rule_of_one_maker_is_not_stretched_to_another() -> None:
    assert serial_years.year_and_rule("AA12345", "ROSSI", ArmType.REVOLVER) is None
