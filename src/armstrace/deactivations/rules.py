"""Rules of deactivation: no certificate with one essential part open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from armstrace.analysis.names import reading
from armstrace.deactivations.inputs import VerificationInput
from armstrace.licensing.rules import rule_of_warnings
from armstrace.vocabulary.arms import MISSING, ArmState, ArmType, PartType
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.deactivation import ArmKind, DeactivationState, VerifiedCheck
from armstrace.vocabulary.look_alikes import is_one_person, skeleton
from armstrace.vocabulary.profiles import DeactivationStandard
from armstrace.vocabulary.rules import Rule, RuleBook, plain_rule, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible

BOOK = RuleBook(__name__)

ARTICLE = Source("protocol", "art. 9")
LONG = frozenset(ArmKind) - {ArmKind.PISTOL, ArmKind.REVOLVER}
KINDS: Mapping[str, frozenset[ArmKind]] = {
    ArmType.PISTOL: frozenset(
        {ArmKind.PISTOL, ArmKind.AUTOMATIC, ArmKind.MUZZLE_LOADING}
    ),
    ArmType.REVOLVER: frozenset({ArmKind.REVOLVER, ArmKind.MUZZLE_LOADING}),
    **dict.fromkeys((ArmType.RIFLE, ArmType.CARBINE, ArmType.SHOTGUN), LONG),
    ArmType.SUBMACHINE_GUN: frozenset({ArmKind.AUTOMATIC, ArmKind.SEMI_AUTOMATIC}),
    ArmType.MACHINE_GUN: frozenset({ArmKind.AUTOMATIC, ArmKind.SEMI_AUTOMATIC}),
}
"""Kinds of the standards that an arm of a type can be; a type not listed is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(VerificationInput):
    """What is known of a deactivation when it is verified."""

    kind: ArmKind
    # Day on which it was deactivated; None where not known.
    performed_on: date | None = None
    performed_by: str = ""
    performer: str = ""
    # Whether who deactivated had a licence to on that day.
    is_authorised: Known = Known.UNKNOWN
    # The State where it was done, where that is another one.
    country: str = ""
    foreign_standard: str = ""
    foreign_certificate: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts, and what the law of the day asks."""

    facts: Facts
    # None where no standard is in force.
    standard: DeactivationStandard | None
    # Essential parts that the standard names for that kind of arm.
    parts: tuple[PartType, ...]
    on: date

    @property
    def open_parts(self) -> tuple[PartType, ...]:
        """Give the essential parts that are not said to be inoperable."""
        return tuple(each for each in self.parts if each not in self.facts.parts)

    @property
    def parts_without_mark(self) -> tuple[PartType, ...]:
        """Give the essential parts on which nobody saw a mark of deactivation."""
        return tuple(each for each in self.parts if each not in self.facts.marked)

    @property
    def open_checks(self) -> tuple[VerifiedCheck, ...]:
        asked = self.standard.checks if self.standard else ()
        return tuple(each for each in asked if each not in self.facts.checks)


def _is_same(one: str, other: str) -> bool:
    """Tell whether two names are written alike, or look alike to who reads them."""
    first, second = (reading.read("Person", name).folded for name in (one, other))
    looks = skeleton(one)
    return bool(first and looks) and (first == second or looks == skeleton(other))


def signs_own_work(told: Facts) -> bool:
    """Tell whether who deactivated signs the verification, which no law allows."""
    by = told.performer or told.performed_by
    return _is_same(by, told.signatory) or is_one_person(by, told.signatory)


def _are_apart(asked: Asked) -> bool:
    told = asked.facts
    is_own = _is_same(told.performed_by, told.verified_by)
    return not (signs_own_work(told) or is_own)


def _all_named(asked: Asked) -> bool:
    told = asked.facts
    named = (told.performed_by, told.verified_by, told.signatory, told.title)
    return all(map(is_visible, named))


IN_FORCE: Rule[Asked] = BOOK.rule(
    "DA-01",
    lambda asked: asked.standard is not None and bool(asked.parts),
    lambda asked: {"day": asked.on},
)
PARTS_INOPERABLE: Rule[Asked] = BOOK.rule(
    "DA-02",
    lambda asked: not asked.open_parts,
    lambda asked: {"parts": asked.open_parts},
)
CHECKS_SIGNED: Rule[Asked] = BOOK.rule(
    "DA-03",
    lambda asked: not asked.open_checks,
    lambda asked: {"checks": asked.open_checks},
)
PARTS_MARKED = Rule[Asked](
    "DA-40",
    "The mark of deactivation was not seen on these essential parts: "
    "%(parts_without_mark)s; have each of them marked, and look again.",
    Source("eu-2015-2403", "art. 5"),
    lambda asked: not asked.parts_without_mark,
)
APART = Rule[Asked](
    "DA-04",
    "Whoever deactivated the arm may not verify it; let somebody else verify and sign.",
    Source("eu-2015-2403", "art. 3"),
    _are_apart,
)
FOR_GOOD: Rule[Asked] = BOOK.rule("DA-05", lambda asked: not asked.facts.is_reversible)
AUTHORISED = Rule[Asked](
    "DA-06",
    "No licence to deactivate was in force for who did it; check the number of "
    "the licence and the day.",
    Source("eu-2015-2403", "art. 2"),
    lambda asked: asked.facts.is_authorised is Known.YES,
)
SIGNED: Rule[Asked] = BOOK.rule("DA-07", _all_named)
DONE_BEFORE: Rule[Asked] = BOOK.rule(
    "DA-08",
    lambda asked: (
        asked.facts.performed_on is not None and asked.facts.performed_on <= asked.on
    ),
)
PAPER_NAMED = Rule[Asked](
    "DA-09",
    "A deactivation abroad is recognised by its certificate; write its number and "
    "the standard that it names.",
    Source("eu-2015-2403", "art. 3"),
    lambda asked: all(
        map(is_visible, (asked.facts.foreign_standard, asked.facts.foreign_certificate))
    ),
)
REASONED = rule_of_reason("DA-10", Source("design", "an act has its reason"))
REASONED_WARNINGS = rule_of_warnings("DA-20", ARTICLE)
ANOTHER_VERIFIES: Rule[tuple[str, str]] = BOOK.rule(
    "DA-11", lambda names: names[0] != names[1]
)
# The facts are the deactivation, who did it, and the names of who decides on it.
NOT_OWN_WORK: Rule[tuple[str, str, Collection[str]]] = BOOK.rule(
    "DA-22",
    lambda told: not any(is_one_person(told[1], name) for name in told[2]),
    lambda told: {"number": told[0], "name": told[1]},
)
STILL_WAITS: Rule[DeactivationState] = BOOK.rule(
    "DA-12", lambda state: state is DeactivationState.WAITING
)
# The facts are the arm, the deactivation that stands, and whether none does.
ONE_AT_A_TIME = BOOK.plain("DA-13")
FIRED_AGAIN: Rule[tuple[DeactivationState, date, date, date]] = BOOK.rule(
    "DA-14",
    lambda told: (
        told[0] in {DeactivationState.VERIFIED, DeactivationState.RECOGNISED}
        and told[1] <= told[2] <= told[3]
    ),
)
"""The facts are the state, the days of deactivation and of the finding, and today."""
NOT_MISSING: Rule[tuple[str, ArmState, bool]] = BOOK.rule(
    "DA-15", lambda told: not told[2] and told[1] not in MISSING
)
"""The facts are the arm, where it stands, and whether a loss of it is open."""

HERE: Rule[tuple[str, ArmState]] = BOOK.rule(
    "DA-16", lambda told: told[1] not in {ArmState.EXPORTED, ArmState.DESTROYED}
)
FITTING_KIND: Rule[tuple[str, ArmType, ArmKind]] = BOOK.rule(
    "DA-17", lambda told: told[2] in KINDS.get(told[1], ArmKind)
)
"""The facts are the arm, its type on the register, and the kind that is stated."""

OWN_CERTIFICATE = plain_rule(
    "DA-18",
    "Certificate %(certificate)s is on record for %(arm)s (%(number)s); a "
    "certificate is of one arm, so check its number.",
    Source("eu-2015-2403", "art. 3"),
)

NO_FINDING = BOOK.plain("DA-19")
STILL_THERE = BOOK.plain("DA-23")
FURTHER_FINDING = BOOK.plain("DA-21")


def table_of(facts: Facts) -> tuple[Rule[Asked], ...]:
    """Give what is asked of an arm deactivated here, or abroad, where people decide."""
    if facts.country:
        return FOR_GOOD, DONE_BEFORE, PAPER_NAMED
    asked = IN_FORCE, FOR_GOOD, DONE_BEFORE, PARTS_INOPERABLE, CHECKS_SIGNED
    return *asked, PARTS_MARKED, APART, AUTHORISED, SIGNED
