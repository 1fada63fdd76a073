"""Read numbers as offices write them, with a unit or a currency beside them."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache

import pycountry

from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.packaged import read_table

_BESIDE = r"(?:[^\W\d_]|[.$/£¢¥\u20a0-\u20cf])*"
_PARTS = re.compile(rf"({_BESIDE}?)([-\u2212]?\d(?:[\d.,]*\d)?)({_BESIDE})")
_OF_A_HEADING = re.compile(r"[(\[]([^()\[\]]+)[)\]]|[ _]([^\s_()\[\]]+)$")
_BARE = re.compile(r"[0-9][0-9.,]*")
_ARABIC_MARKS = str.maketrans("٫٬", ".,")
WEIGHT, VALUE = "weight_kg", "value"


def apart(text: str) -> tuple[str, str, str]:
    """Give what stands before a number, the number, and what stands after it.

    White space is left out, and Arabic marks of decimals and thousands are written as
    point and comma.

    Returns:
        The three; all of it is the number where it is anything else than one number
        between letters and signs of money.
    """
    if _BARE.fullmatch(text):  # nearly every number
        return "", text, ""
    text = "".join(text.split()).translate(_ARABIC_MARKS)
    found = _PARTS.fullmatch(text)
    return (found[1], found[2], found[3]) if found else ("", text, "")


def times(name: str, before: str, after: str) -> Decimal | None:
    """Give by what a number is multiplied for what stands beside it.

    Returns:
        The factor; None where that does not belong beside a number of this field.
    """
    beside = (before + after).strip(".")
    if not beside:
        return Decimal(1)
    if name == WEIGHT:
        return None if before else _weights().get(_plain(after))
    if name == VALUE:
        return Decimal(1)
    return None if before else Decimal(1)  # "12 pcs"


@lru_cache(maxsize=1000)
def currency_of(text: str) -> str:
    """Give the ISO 4217 code of a currency as written; empty where it is not plain."""
    before, _, after = apart(text)
    found = (_currency(each) for each in (after, before, text) if each)
    return next(filter(None, found), "")


@lru_cache(maxsize=1000)
def is_currency(code: str) -> bool:
    """Tell whether three letters are a currency, of today or of former years."""
    former = read_table(__package__, "quantities.toml")["former_currencies"]
    return bool(_currency(code)) or code in former["codes"]


def is_unstated(text: str) -> bool:
    """Tell whether what stands in the place of a number says that there is none."""
    plain = fold(text)
    return plain in _words_for_unknown() or not plain  # a dash


def units_of(
    places: Mapping[str, Sequence[int]], headings: Sequence[str]
) -> dict[str, str]:
    """Give the unit of each field of numbers whose heading names one.

    Args:
        places: Positions of columns, by field.
    """
    named = {name: headings[at[0]] for name, at in places.items() if at}
    found = {name: unit_of_heading(name, each) for name, each in named.items()}
    return {name: unit for name, unit in found.items() if unit}


def add_units(values: dict[str, str], units: Mapping[str, str]) -> None:
    """Write the units of headings into a row that names none itself."""
    for name, unit in units.items():
        if name == VALUE:
            values["currency"] = values.get("currency") or unit
        elif values[name][-1:].isdecimal():
            values[name] += f" {unit}"


def unit_of_heading(name: str, heading: str) -> str:
    """Give the unit that a heading names for its numbers; empty where it names none."""
    for found in _OF_A_HEADING.finditer(heading.strip()):
        text = (found[1] or found[2]).strip()
        factor = _weights().get(_plain(text)) if name == WEIGHT else None
        if factor is not None and factor != 1:
            return text
        if name == VALUE and _currency(text):
            return _currency(text)
    return ""


@lru_cache(maxsize=1000)
def _currency(text: str) -> str:
    code = text.strip(" .").upper()
    if len(code) == 3 and pycountry.currencies.get(alpha_3=code):
        return code
    return _signs().get(_plain(text), "")


def _plain(text: str) -> str:
    return text.strip(" .").casefold()


@cache
def _weights() -> dict[str, Decimal]:
    told = read_table(__package__, "quantities.toml")["weights"]
    return {each: Decimal(kg) for kg, words in told.items() for each in words.split()}


@cache
def _signs() -> dict[str, str]:
    told = read_table(__package__, "quantities.toml")["currencies"]
    named = {each.name.casefold(): each.alpha_3 for each in pycountry.currencies}
    return named | {e: code for code, words in told.items() for e in words.split()}


@cache
def _words_for_unknown() -> frozenset[str]:
    told = read_table(__package__, "quantities.toml")["unstated"]
    return frozenset(map(fold, told["words"]))
