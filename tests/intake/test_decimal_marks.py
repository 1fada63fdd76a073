"""What parts decimals is told by all numbers of a file, never by one of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.intake.decimal_marks import BOTH, told_by, write_out
from armstrace.intake.fields import IntakeKind
from armstrace.risk.models import DeclarationRecord
from tests.intake.loads import load

HEAD = "source_number;declared_on;hs_code;description;quantity;value;agency\n"


def marks(*rows):
    return told_by(rows, {"quantity": (0,), "value": (1,)})


@pytest.mark.parametrize(
    ("rows", "quantity", "value"),
    [
        ([("1.200", "12.345,67")], ",", ","),
        ([("1,200", "12,345.67")], ".", "."),
        ([("1.5", "12.345,67")], ".", ","),
        ([("1.200.000", "")], ",", ","),
        ([("0.250", "7")], ".", "."),
        ([("1.5", "1"), ("1,5", "2")], BOTH, BOTH),
        ([("many", "1.2.3")], None, None),
    ],
)
def test_a_column_tells_its_own_mark_and_else_that_of_the_file(rows, quantity, value):
    found = marks(*rows)

    assert (found.get("quantity"), found.get("value")) == (quantity, value)


def test_one_slip_of_the_pen_turns_no_column():
    assert marks(*[("1.5", "")] * 200, ("1,5", ""))["quantity"] == "."


@given(st.integers(1, 10**12), st.integers(0, 99), st.sampled_from(",."))
def test_a_number_is_read_as_it_was_written(whole, cents, mark):
    grouped = f"{whole:,}".replace(",", "." if mark == "," else ",")
    values = {"quantity": grouped, "value": f"{grouped}{mark}{cents:02}"}

    assert not list(write_out(values, {"quantity": mark, "value": mark}))
    assert values == {"quantity": str(whole), "value": f"{whole}.{cents:02}"}


@pytest.mark.django_db
def test_a_quantity_has_thousands_where_the_values_have_decimal_commas(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_text(HEAD + "M1;2025-03-01;61091000;shirts;1.200;12.345,67;VCU\n")

    load(path, IntakeKind.DECLARATIONS)

    stated = DeclarationRecord.objects.get().stated
    assert [float(stated[name]) for name in ("quantity", "value")] == [1200, 12345.67]


@pytest.mark.django_db
def test_a_number_that_nothing_tells_is_held(tmp_path):
    path = tmp_path / "manifest.csv"
    numbers = ("1.200", "1,5", "1.5")
    rows = [f"M{n};2025-03-01;61091000;a;{n};5;VCU\n" for n in numbers]
    path.write_text(HEAD + "".join(rows))

    batch = load(path, IntakeKind.DECLARATIONS)

    assert (batch.rows_loaded, batch.rows_held) == (2, 1)
