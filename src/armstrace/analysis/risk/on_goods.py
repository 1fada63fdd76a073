"""Indicators on the goods: what they are called against what they weigh and cost.

Source:
    Instruments, 5.6 (CU-06 to CU-13).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import NO_HIT, UNTOLD, Answer, Known, indicator
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import ARMS, sender
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import shorten

SAID = Sentences(__package__)
BLANK = ("9304", "930390")
GENERAL = (
    *("7307", "7312", "7315", "7317", "7318", "7320", "7326"),
    *("8301", "8302", "8308", "8310", "3926"),
)
"""Parts of general use (Section XV, note 2), and the two headings of “other”."""
OLD = ("9705", "9706")
METALWARE = ("72", "73", "76", "82", "83", "84", "87")


@dataclass(frozen=True, slots=True)
class Band:
    """What a piece of a kind of goods weighs and costs."""

    least_kg: Decimal
    most_kg: Decimal
    # US dollars a piece.
    usd: Decimal


@indicator("CU-06")
def _words_of_arms_elsewhere(hs_code: str, description: str) -> Answer:
    if hs_code.startswith((ARMS, *OLD)):
        return NO_HIT
    said = words.read(description)
    if not said.names_arms:
        return NO_HIT
    return SAID.say("WORDS_OF_ARMS", words=", ".join(said.found), code=hs_code)


@indicator("CU-07")
def _vague_metalware(description: str, hs_code: str, goods: Declaration) -> Answer:
    if not hs_code.startswith(METALWARE) or not words.read(description).is_plain:
        return NO_HIT
    if not goods.consignee_is_person:
        return UNTOLD if goods.consignee_is_person is None else NO_HIT
    return SAID.say("VAGUE_WORDS", words=shorten(description, 80))


@indicator("CU-08")
def _blank_arms_to_person(hs_code: str, goods: Declaration, known: Known) -> Answer:
    if not hs_code.startswith(BLANK):
        return NO_HIT
    if not goods.consignee_is_person:
        return UNTOLD if goods.consignee_is_person is None else NO_HIT
    if goods.origin in known.parameters.conversion_countries:
        return SAID.say("BLANK_TO_CONVERT", origin=goods.origin or "")
    if goods.quantity is None or goods.quantity < known.parameters.blank_quantity:
        return UNTOLD if goods.quantity is None else NO_HIT
    return SAID.say("MANY_BLANK", count=goods.quantity)


@indicator("CU-09")
def _general_parts_from_arms_seller(
    hs_code: str, goods: Declaration, known: Known
) -> Answer:
    if not hs_code.startswith(GENERAL):
        return NO_HIT
    if not goods.consignor:
        return UNTOLD
    if sender(goods) not in known.history.sell_arms:
        return NO_HIT
    return message("Parts of general use come from a sender of arms or parts of arms.")


@indicator("CU-10")
def _antique_that_is_not(hs_code: str, description: str, known: Known) -> Answer:
    said = words.read(description)
    if not hs_code.startswith(OLD) or not said.names_arms:
        return NO_HIT
    late = [year for year in said.years if year > known.parameters.antique_last_year]
    if late:
        return SAID.say("YEAR_TOO_LATE", year=str(min(late)))
    if "AMMUNITION_NOW" not in said.kinds:
        return NO_HIT
    return SAID.say("CALIBRE_OF_TODAY")


@indicator("CU-11")
def _weight_does_not_fit(hs_code: str, quantity: Decimal, weight_kg: Decimal) -> Answer:
    band = _band(hs_code)
    if band is None or not quantity:
        return UNTOLD
    each = weight_kg / quantity
    if band.least_kg <= each <= band.most_kg:
        return NO_HIT
    return SAID.say(
        "WEIGHT_DIFFERS", weight=_short(each), least=band.least_kg, most=band.most_kg
    )


@indicator("CU-12")
def _value_far_below(
    hs_code: str, quantity: Decimal, goods: Declaration, known: Known
) -> Answer:
    usd, band = _usd(goods), _band(hs_code)
    if usd is None or band is None or not quantity:
        return UNTOLD
    each = usd / quantity
    if each >= band.usd * Decimal(known.parameters.least_price_share):
        return NO_HIT
    return SAID.say("FAR_BELOW_VALUE", value=_short(each), usual=band.usd)


@indicator("CU-13")
def _picture_flagged(xray_flag: bool) -> Answer:
    return message("The picture of the scanner was flagged.") if xray_flag else NO_HIT


def _short(number: Decimal) -> Decimal:
    return Decimal(f"{Decimal(f'{number:.3g}'):f}")


def _usd(goods: Declaration) -> Decimal | None:
    """Give the value in US dollars; None where it or its currency is not known."""
    rate = _rates().get(goods.currency or "")
    return goods.value * rate if rate and goods.value is not None else None


@lru_cache(maxsize=4096)
def _band(code: str) -> Band | None:
    bands = _data()["goods"]
    found = (bands.get(code[:length]) for length in range(len(code), 3, -1))
    told = next(filter(None, found), None)
    if told is None:
        return None
    least, most = told["kg"]
    return Band(Decimal(str(least)), Decimal(str(most)), Decimal(str(told["usd"])))


@cache
def _rates() -> dict[str, Decimal]:
    return {name: Decimal(str(rate)) for name, rate in _data()["rates"].items()}


@cache
def _data() -> dict[str, Any]:
    return read_table(__package__, "data/goods.toml")
