"""Which recovered arms count for indicator 16.4.2, and why others do not.

Each exclusion has a rule code; the first that applies is the reason given, so
that every record left out is counted under one reason.
"""

from dataclasses import dataclass

from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.codes import Code, Known
from armstrace.vocabulary.recoveries import (
    ACQUISITION_OF,
    POPULATION_OF,
    Acquisition,
    LegalJustification,
    Population,
    RecoveryKind,
)


class Exclusion(Code):
    """Why a recovery is outside the indicator."""

    NOT_AN_ARM = "NOT_AN_ARM", "not an arm: a part, a component or ammunition"
    NO_KIND = "NO_KIND", "not known whether seized, found or surrendered"
    STATE_ARM = "STATE_ARM", "State arm submitted for examination"
    OWNERS_ARM = "OWNERS_ARM", "owner’s arm in a case"
    UNDECIDED = "UNDECIDED", "not yet decided why it is on file"
    ANTIQUE = "ANTIQUE", "antique by its year of manufacture"
    DEACTIVATED = "DEACTIVATED", "deactivated and not readily convertible"
    ADMINISTRATIVE = "ADMINISTRATIVE", "seized for an administrative violation"
    ENTERED_TWICE = "ENTERED_TWICE", "second entry of an item already on file"


RULE_OF = {
    Exclusion.NOT_AN_ARM: "SC-01",
    Exclusion.NO_KIND: "SC-02",
    Exclusion.ANTIQUE: "SC-03",
    Exclusion.DEACTIVATED: "SC-04",
    Exclusion.ADMINISTRATIVE: "SC-05",
    Exclusion.STATE_ARM: "SC-06",
    Exclusion.OWNERS_ARM: "SC-07",
    Exclusion.UNDECIDED: "SC-08",
    Exclusion.ENTERED_TWICE: "SC-09",
}


NOT_COUNTED = {
    Population.STATE_ARM: Exclusion.STATE_ARM,
    Population.OWNERS_ARM: Exclusion.OWNERS_ARM,
    Population.UNDECIDED: Exclusion.UNDECIDED,
}


@dataclass(frozen=True, slots=True)
class ScopeFacts:
    """What decides whether a recovery counts."""

    item_kind: ItemKind
    # Why it is on file; empty where not known.
    recovery_kind: RecoveryKind | None
    justification: LegalJustification = LegalJustification.UNKNOWN
    # Whether the law calls it an antique by its year of manufacture.
    is_antique: bool = False
    deactivated: Known = Known.UNKNOWN
    convertible: Known = Known.UNKNOWN
    # Whether a person found it to be one item of one procedure that another record
    # holds already.
    is_second_entry: bool = False


def exclusion_of(facts: ScopeFacts) -> Exclusion | None:
    """Give the reason why a recovery does not count, None where it counts.

    An arm of unknown year is no antique, and one is left out as deactivated
    only where it is known not to be convertible. A second entry is left out before
    anything else is asked of the arm, so that no class counts an item twice.

    Source:
        Metadata of SDG indicator 16.4.2 (2018), concepts and definitions.
    """
    population = _population_of(facts)
    if population is not None:
        return population
    if facts.is_antique:
        return Exclusion.ANTIQUE
    if facts.deactivated is Known.YES and facts.convertible is Known.NO:
        return Exclusion.DEACTIVATED
    return Exclusion.ADMINISTRATIVE if _is_administrative(facts) else None


def _population_of(facts: ScopeFacts) -> Exclusion | None:
    if facts.item_kind is not ItemKind.ARM:
        return Exclusion.NOT_AN_ARM
    if facts.is_second_entry:
        return Exclusion.ENTERED_TWICE
    if facts.recovery_kind is None:
        return Exclusion.NO_KIND
    return NOT_COUNTED.get(POPULATION_OF[facts.recovery_kind])


def _is_administrative(facts: ScopeFacts) -> bool:
    return (
        facts.recovery_kind is not None
        and ACQUISITION_OF[facts.recovery_kind] is Acquisition.SEIZED
        and facts.justification is LegalJustification.ADMINISTRATIVE
    )
