import pytest

from armstrace.analysis.marks.description import Description
from armstrace.analysis.matching import canonical

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("S/N TAB-12345", "TAB12345"),
        ("AB?2*", "AB?2*"),
        ("AB12...", "AB12*"),
        ("H*12", "H*12"),
        ("ABCDEF", "ABCDEF"),
        ("erased", ""),
        ("000000", ""),
        ("N/A", ""),
        ("", ""),
    ],
)
def test_a_serial_field_gives_a_key_or_nothing(written, key):
    assert canonical.serial_of(written) == key


def test_a_make_that_no_table_knows_is_compared_as_written():
    read = canonical.card("A", Description(make="Vornonohu  Works", serial="12345"))

    assert read.make == "VORNONOHU WORKS"


@pytest.mark.parametrize("field", ["make", "model", "calibre", "type", "country"])
def test_an_empty_field_stays_empty(field):
    assert getattr(canonical.card("A", Description(serial="12345")), field) == ""


def test_spellings_of_one_make_come_together():
    names = {canonical.query("", Description(make=m)).make for m in ("S&W", "S & W")}

    assert names == {"SMITH & WESSON"}
