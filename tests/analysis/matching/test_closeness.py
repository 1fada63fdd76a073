import pytest

from armstrace.analysis.matching.closeness import Bores, Names, bore_mm

pytestmark = pytest.mark.pure


def close(reading: str, *values: str) -> set[str]:
    return {values[place] for place in Names(values).close_to(reading)}


@pytest.mark.parametrize(
    ("reading", "registered"),
    [
        ("S&W", "SMITH & WESSON"),
        ("SMITH WESSON", "SMITH & WESSON"),
        ("FORJAS TAURUS", "TAURUS"),
        ("PT 92", "PT92"),
        ("PT92", "PT92AFS"),
        ("PT92AFS", "PT92"),
        ("BERRETA", "BERETTA"),
    ],
)
def test_spellings_parts_and_initials_are_close(reading, registered):
    assert close(reading, registered, "GLOCK") == {registered}


@pytest.mark.parametrize("reading", ["", "?", "COLT"])
def test_other_names_are_not_close(reading):
    assert close(reading, "SMITH & WESSON", "GLOCK") == set()


@pytest.mark.parametrize(
    ("calibre", "millimetres"),
    [
        ("9x19 mm", 9.0),
        ("7.62X39MM", 7.62),
        (".45 ACP", 11.43),
        ("45", 11.43),
        ("380 AUTO", 9.07),
        (".38 SPECIAL", 9.07),
        (".308 WINCHESTER", 7.82),
    ],
)
def test_a_bore_is_read_in_any_habit(calibre, millimetres):
    assert bore_mm(calibre) == pytest.approx(millimetres, abs=0.01)


@pytest.mark.parametrize("calibre", ["", "12 gauge", "LUGER"])
def test_a_gauge_or_a_word_gives_no_bore(calibre):
    assert bore_mm(calibre) is None


def test_calibres_of_one_bore_are_close():
    calibres = ["9x19 mm", ".45 ACP", ".357 MAGNUM", ""]

    assert Bores(calibres).close_to(".38") == {0, 2}
