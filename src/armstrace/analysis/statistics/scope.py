"""Which recovered arms count for indicator 16.4.2, and why others do not.

Each exclusion has a rule code; the first that applies is the reason given, so
that every record left out is counted under one reason.
"""

from dataclasses import dataclass

from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.codes import Code, Known
from armstrace.vocabulary.recoveries import LegalJustification, RecoveryKind

LAST_ANTIQUE_YEAR = 1899


class Exclusion(Code):
    """Why a recovery is outside the indicator."""

    NOT_AN_ARM = "NOT_AN_ARM", "not an arm: a part, a component or ammunition"
    NO_KIND = "NO_KIND", "not known whether seized, found or surrendered"
    ANTIQUE = "ANTIQUE", "antique: made in 1899 or before"
    DEACTIVATED = "DEACTIVATED", "deactivated and not readily convertible"
    ADMINISTRATIVE = "ADMINISTRATIVE", "seized for an administrative violation"


RULE_OF = {
    Exclusion.NOT_AN_ARM: "SC-01",
    Exclusion.NO_KIND: "SC-02",
    Exclusion.ANTIQUE: "SC-03",
    Exclusion.DEACTIVATED: "SC-04",
    Exclusion.ADMINISTRATIVE: "SC-05",
}


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """What decides whether a recovery counts.

    Args:
        item_kind: Arm, part or ammunition.
        recovery_kind: How it came to the State; empty where not known.
        justification: Why the law let it be taken.
        year_of_manufacture: Gregorian year; None where not known.
        deactivated: Whether it is a deactivated arm.
        convertible: Whether it can readily be made to fire again.
    """

    item_kind: ItemKind
    recovery_kind: RecoveryKind | None
    justification: LegalJustification = LegalJustification.UNKNOWN
    year_of_manufacture: int | None = None
    deactivated: Known = Known.UNKNOWN
    convertible: Known = Known.UNKNOWN


def exclusion_of(facts: ScopeFacts) -> Exclusion | None:
    """Give the reason why a recovery does not count, None where it counts.

    An unknown year is not an antique, and an arm is left out as deactivated
    only where it is known not to be convertible.

    Args:
        facts: The plain columns that decide.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), concepts and definitions.
    """
    if facts.item_kind is not ItemKind.ARM:
        return Exclusion.NOT_AN_ARM
    if facts.recovery_kind is None:
        return Exclusion.NO_KIND
    if is_antique(facts.year_of_manufacture):
        return Exclusion.ANTIQUE
    if facts.deactivated is Known.YES and facts.convertible is Known.NO:
        return Exclusion.DEACTIVATED
    return Exclusion.ADMINISTRATIVE if _is_administrative(facts) else None


def is_antique(year_of_manufacture: int | None) -> bool:
    """Tell whether an arm is an antique by its year of manufacture.

    Source:
        Firearms Protocol, art. 3 (a): never where made after 1899.
    """
    return year_of_manufacture is not None and year_of_manufacture <= LAST_ANTIQUE_YEAR


def _is_administrative(facts: ScopeFacts) -> bool:
    return (
        facts.recovery_kind is RecoveryKind.SEIZED
        and facts.justification is LegalJustification.ADMINISTRATIVE
    )
