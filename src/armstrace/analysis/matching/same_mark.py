"""Weigh one make and whole number as what one arm alone bears.

A ranking takes an arm that is not on record for one of its make's whose number is
drawn like theirs. But a maker gives a number once: where the number is on record, a
stranger bears it only if it was given twice or written down wrongly. What is left
to differ is a label: two people who describe one arm name its model in two ways,
and a label that differs counts no more than that happens. The kind of arm or its
bore, where they differ, speak for another arm that has the number too.

Source:
    MOSAIC 05.31: make, model, calibre and serial number together identify an arm;
    ITI, para. 8 (a), a unique marking by the manufacturer.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from armstrace.analysis.marks.folding import fold
from armstrace.analysis.matching.alignment import Alignment
from armstrace.analysis.matching.cards import Query
from armstrace.analysis.matching.channel import FieldRates
from armstrace.analysis.matching.explaining import Evidence
from armstrace.analysis.matching.rank import Candidate, Told
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.matching import Agreement

_BORE = re.compile(r"\d*\.?\d+")
_BORE_ALONE = re.compile(r"\d*\.?\d+(?: mm)?")
# Kinds that two people give one arm.
_LONG = frozenset(
    {ArmType.RIFLE.value, ArmType.CARBINE.value, ArmType.SUBMACHINE_GUN.value}
)


@dataclass(frozen=True, slots=True)
class NumberRates:
    """How often a maker's number is found on two arms."""

    # Share of numbers that arms of one make, kind and bore share.
    given_twice: float
    # Share of numbers that are written down wrongly.
    mistyped: float
    shortest: int


class ToldOfMark(Told):
    """Why a record of one make and number is proposed.

    Args:
        told: Why it was, as ranked.
        by_number: Bits that the number says besides.
        least: For each field, the fewest bits that its disagreement counts.
    """

    def __init__(
        self, told: Told, by_number: float, least: Mapping[str, float]
    ) -> None:
        self._told, self._by_number, self._least = told, by_number, least

    @cached_property
    def alignment(self) -> Alignment | None:
        """The serials laid side by side."""
        return self._told.alignment

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What each field says, the serial last."""
        return tuple(map(self._mend, self._told.evidence))

    @property
    def gain(self) -> float:
        """Bits by which the record is likelier than it was ranked."""
        rows = zip(self.evidence, self._told.evidence, strict=True)
        return math.fsum(after.bits - before.bits for after, before in rows)

    def _mend(self, row: Evidence) -> Evidence:
        if row.field == "serial":
            return replace(row, bits=row.bits + self._by_number)
        least = self._least.get(row.field)
        return row if least is None else replace(row, bits=max(row.bits, least))


def told(
    one: Candidate,
    read: Query,
    *,
    rates: NumberRates,
    fields: Mapping[str, FieldRates],
) -> ToldOfMark | None:
    """Say why a record of the make and number that were read is of the same arm.

    Args:
        rates: How often a number is found on two arms.
        fields: How often two people describe one arm differently.

    Returns:
        The evidence; None where make or number do not agree, the number is not
        whole or too short to be one arm's alone, or the kind or bore contradicts.
    """
    if not _is_one_mark(one, read, rates):
        return None
    rows = [row for row in one.told.evidence if row.field != "serial"]
    if any(map(_contradicts, rows)):
        return None
    by_number = -math.log2(rates.given_twice + rates.mistyped)
    least = {row.field: _fewest_bits(row, fields.get(row.field)) for row in rows}
    return ToldOfMark(one.told, by_number, least)


def _is_one_mark(one: Candidate, read: Query, rates: NumberRates) -> bool:
    serial = one.card.serial
    return (
        bool(read.make)
        and one.card.make == read.make
        and len(serial) >= rates.shortest
        and serial.isalnum()
        and fold(serial) == fold(read.serial)
    )


def _contradicts(row: Evidence) -> bool:
    if row.agreement is not Agreement.DIFFERS:
        return False
    return row.field == "calibre" or (
        row.field == "type" and not {row.read, row.registered} <= _LONG
    )


def _fewest_bits(row: Evidence, rates: FieldRates | None) -> float:
    """Give the bits of a label that differs, as often as two people's do.

    What one of them left out, as the case of 7.62x51 mm, is no difference.
    """
    if row.agreement is Agreement.NOT_RECORDED or rates is None:
        return 0.0
    if row.field == "calibre" and _says_less(row.read, row.registered):
        return 0.0
    rate = rates.close if row.agreement is Agreement.CLOSE else rates.wrong
    return math.log2(rate) if rate else -math.inf


def _says_less(one: str, other: str) -> bool:
    """Tell whether one of two calibres is no more than the bore of the other."""
    bores = [_BORE.match(calibre) for calibre in (one, other)]
    if None in bores or len({bore[0] for bore in bores if bore}) > 1:
        return False
    return any(map(_BORE_ALONE.fullmatch, (one, other)))
