"""Numbers are read as offices write them, with a unit or a currency beside them."""

from datetime import date
from decimal import Decimal

import pytest

from armstrace.intake import quantities
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind
from armstrace.intake.reading_values import Values

pytestmark = pytest.mark.pure


def read(name: str, text: str) -> Values:
    day = date(2026, 3, 1)
    return Values({name: text}, IntakeKind.DECLARATIONS, DateOrder.NOT_STATED, day)


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("450 kg", "450"),
        ("12.5KGS.", "12.5"),
        ("45.5K", "45.5"),
        ("500 g", "0.500"),
        ("1.5 lb", "0.680388555"),
        ("2 t", "2000"),
        ("١٢٫٥", "12.5"),
        ("1 250,5 кг", "1250.5"),
        ("59582159.99999999", "59582159.99999999"),
    ],
)
def test_a_weight_is_read_in_its_unit(text, kilograms):
    assert read("weight_kg", text).give("weight_kg") == Decimal(kilograms)


@pytest.mark.parametrize("text", ["12 stone", "3 ton", "5-6 kg", "2 x 5 kg", "12 %"])
def test_a_weight_in_no_unit_that_is_known_is_held(text):
    values = read("weight_kg", text)

    assert values.give("weight_kg") is None
    assert "is not a number" in str(values.troubles[0].sentence)


@pytest.mark.parametrize("text", ["NVD", "n/a", "-", "unknown", "Néant"])
def test_what_says_that_there_is_no_value_states_none(text):
    values = read("value", text)

    assert values.give("value") is None
    assert not values.troubles


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US$ 4.500,00", "USD"),
        ("3 450,00 €", "EUR"),
        ("EUR 12", "EUR"),
        ("R$10", "BRL"),
        ("usd", "USD"),
        ("US Dollar", "USD"),
        ("$45.00", ""),
        ("12 000 F CFA", ""),
        ("45", ""),
        ("XYZ", ""),
    ],
)
def test_a_currency_is_taken_where_it_means_one(text, code):
    assert quantities.currency_of(text) == code


def test_thousands_and_decimals_are_told_apart_beside_a_sign():
    assert read("value", "US$ 4.500,00").give("value") == Decimal("4500.00")
    assert read("value", "$4,500.00").give("value") == Decimal("4500.00")
    assert read("value", "$4,500").give("value") is None


@pytest.mark.parametrize(
    ("name", "heading", "unit"),
    [
        ("weight_kg", "Gross weight (g)", "g"),
        ("weight_kg", "Weight LBS", "LBS"),
        ("weight_kg", "Peso bruto (KG)", ""),
        ("value", "Valor CIF (US$)", "USD"),
        ("value", "Value USD", "USD"),
        ("value", "Customs value", ""),
    ],
)
def test_a_heading_names_the_unit_of_its_numbers(name, heading, unit):
    assert quantities.unit_of_heading(name, heading) == unit
