"""Indicators on the goods: what they are called against what they weigh and cost.

Source:
    Instruments, 5.6 (CU-06 to CU-13).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import CUSTOMS, NO_HIT, UNTOLD, Answer, Known
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import ARMS, sender
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.packaged import read_table
from armstrace.vocabulary.sources import Source

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


@CUSTOMS.add(
    "CU-06",
    message("Words for arms or their parts under another code"),
    Source("design", "CBP seizures of conversion kits; lexicon of this design"),
    inputs="hs_code description",
)
def words_of_arms_elsewhere(goods: Declaration, known: Known) -> Answer:
    """Hit where the description names arms and the code is not of chapter 93."""
    del known
    if goods.description is None or goods.hs_code is None:
        return UNTOLD
    if goods.hs_code.startswith((ARMS, *OLD)):
        return NO_HIT
    said = words.read(goods.description)
    if not said.names_arms:
        return NO_HIT
    return message(
        "The description has the words “%(words)s”, and the code is %(code)s.",
        words=", ".join(said.found),
        code=goods.hs_code,
    )


@CUSTOMS.add(
    "CU-07",
    message("Metalware in words that say little, for a private person"),
    Source("design", "CBP: “100 Steel Pin Samples”"),
    inputs="description hs_code consignee_is_person",
)
def vague_metalware(goods: Declaration, known: Known) -> Answer:
    """Hit where nothing but general words stand for metal goods of a private person."""
    del known
    if goods.description is None or goods.hs_code is None:
        return UNTOLD
    is_metal = goods.hs_code.startswith(METALWARE)
    if not is_metal or not words.read(goods.description).is_plain:
        return NO_HIT
    if goods.consignee_is_person is None:
        return UNTOLD
    if not goods.consignee_is_person:
        return NO_HIT
    return message(
        "“%(words)s” says little of metal goods for a private person.",
        words=goods.description[:80],
    )


@CUSTOMS.add(
    "CU-08",
    message("Blank-firing or air arms to a private person"),
    Source("design", "Small Arms Survey on converted arms"),
    inputs="hs_code consignee_is_person quantity",
    parameters="blank_quantity conversion_countries",
)
def blank_arms_to_person(goods: Declaration, known: Known) -> Answer:
    """Hit by the number of pieces, or where such arms of the origin were converted."""
    is_blank = (goods.hs_code or "").startswith(BLANK)
    if goods.hs_code is None or (is_blank and goods.consignee_is_person is None):
        return UNTOLD
    if not is_blank or not goods.consignee_is_person:
        return NO_HIT
    if goods.origin in known.parameters.conversion_countries:
        return message(
            "Blank-firing or air arms of %(origin)s go to a private person; such arms "
            "were converted before.",
            origin=goods.origin or "",
        )
    if goods.quantity is None or goods.quantity < known.parameters.blank_quantity:
        return UNTOLD if goods.quantity is None else NO_HIT
    return message(
        "%(count)s blank-firing or air arms go to a private person.",
        count=goods.quantity,
    )


@CUSTOMS.add(
    "CU-09",
    message("Pins, springs and screws from a seller of arms"),
    Source("design", "Harmonized System, Section XV, note 2"),
    inputs="hs_code consignor",
)
def general_parts_from_arms_seller(goods: Declaration, known: Known) -> Answer:
    """Hit where the sender of parts of general use has sent arms or their parts."""
    if goods.hs_code is None:
        return UNTOLD
    if not goods.hs_code.startswith(GENERAL):
        return NO_HIT
    if not goods.consignor:
        return UNTOLD
    if sender(goods) not in known.history.sell_arms:
        return NO_HIT
    return message("Parts of general use come from a sender of arms or parts of arms.")


@CUSTOMS.add(
    "CU-10",
    message("“Antique” arms that are not old"),
    Source("protocol", "art. 3 (a)"),
    inputs="hs_code description",
    parameters="antique_last_year",
)
def antique_that_is_not(goods: Declaration, known: Known) -> Answer:
    """Hit where an antique names a later year or a calibre that is made today."""
    if goods.hs_code is None or goods.description is None:
        return UNTOLD
    said = words.read(goods.description)
    if not goods.hs_code.startswith(OLD) or not said.names_arms:
        return NO_HIT
    late = [year for year in said.years if year > known.parameters.antique_last_year]
    if late:
        return message(
            "It is declared as an antique and its description has the year %(year)s.",
            year=str(min(late)),
        )
    if "AMMUNITION_NOW" not in said.kinds:
        return NO_HIT
    return message(
        "It is declared as an antique, in a calibre whose cartridges are made today."
    )


@CUSTOMS.add(
    "CU-11",
    message("A weight that does not fit the goods"),
    Source("design", "bands of weight by kind of goods"),
    inputs="hs_code quantity weight_kg",
)
def weight_does_not_fit(goods: Declaration, known: Known) -> Answer:
    """Hit where a piece weighs less or more than such pieces do."""
    del known
    if goods.hs_code is None or not goods.quantity or goods.weight_kg is None:
        return UNTOLD
    band = _band(goods.hs_code)
    if band is None:
        return UNTOLD
    each = goods.weight_kg / goods.quantity
    if band.least_kg <= each <= band.most_kg:
        return NO_HIT
    return message(
        "A piece weighs %(weight)s kg as declared; such goods weigh %(least)s to "
        "%(most)s kg.",
        weight=_short(each),
        least=band.least_kg,
        most=band.most_kg,
    )


@CUSTOMS.add(
    "CU-12",
    message("A value far below the usual price"),
    Source("design", "prices by kind of goods"),
    inputs="hs_code quantity value currency",
    parameters="least_price_share",
)
def value_far_below(goods: Declaration, known: Known) -> Answer:
    """Hit where a piece is declared at a small share of what such pieces cost."""
    usd = _usd(goods)
    if goods.hs_code is None or not goods.quantity or usd is None:
        return UNTOLD
    band = _band(goods.hs_code)
    if band is None:
        return UNTOLD
    each = usd / goods.quantity
    if each >= band.usd * Decimal(known.parameters.least_price_share):
        return NO_HIT
    return message(
        "A piece is declared at %(value)s US dollars; such goods cost about %(usual)s.",
        value=_short(each),
        usual=band.usd,
    )


@CUSTOMS.add(
    "CU-13",
    message("A flagged picture of a scanner"),
    Source("design", "detection technology (EUCPN)"),
    inputs="xray_flag",
)
def picture_flagged(goods: Declaration, known: Known) -> Answer:
    """Hit where whoever looked at the picture flagged it."""
    del known
    if goods.xray_flag is None:
        return UNTOLD
    if not goods.xray_flag:
        return NO_HIT
    return message("The picture of the scanner was flagged.")


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
