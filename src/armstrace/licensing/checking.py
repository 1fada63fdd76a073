"""What an application lacks by the checks of the profile: over plain values."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import (
    ApplicationKind,
    CheckKind,
    DocumentKind,
    LicenceStage,
    LicenceType,
)
from armstrace.vocabulary.messages import NOTHING, Message, message
from armstrace.vocabulary.profiles import LicenceCheck, Profile, Strength, years_after
from armstrace.vocabulary.texts import is_visible
from armstrace.vocabulary.vetting import VettingAnswer, VettingState

INNER = frozenset({CheckKind.VETTING})
"""Checks whose outcome the authority keeps to itself."""

VETTED = (
    LicenceStage.IN_VETTING,
    LicenceStage.ADVISED,
    LicenceStage.DECIDED,
    LicenceStage.APPEALED,
)
"""Stages in which vetting is asked for: before them not yet, after them no more."""
BEFORE_VETTING = (LicenceStage.DRAFT, LicenceStage.RECEIVED, LicenceStage.COMPLETE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an application."""

    activity: LicenceType
    holder_kind: HolderKind = HolderKind.PERSON
    purpose: str = ""
    storage: str = ""
    categories: str = ""
    quantity: int | None = None
    # Day of birth of a natural person; None where not known.
    born_on: date | None = None
    documents: tuple[DocumentKind, ...] = ()
    # Licences that the applicant holds on that day: one of each type, by its type.
    licences: Mapping[LicenceType, str] = field(default_factory=dict)
    # Day of the last refusal still visible, or of a withdrawal that avoided one.
    refused_on: date | None = None
    # A licence of the applicant that is suspended or revoked; empty for none.
    stopped: str = ""
    stage: LicenceStage = LicenceStage.DRAFT
    # How far vetting of the applicant is; None where never asked for.
    vetting: VettingState | None = None
    # The answer that holds; None where none does.
    vetting_answer: VettingAnswer | None = None
    # Days of the licence that is granted; None where none is, or where it has no end.
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """For which arms a licence is asked, proposed or granted."""

    # As in “B, C”; any where empty.
    categories: str
    # None for any number.
    quantity: int | None

    def is_within(self, other: "Extent") -> bool:
        """Tell whether it goes nowhere beyond another."""
        of, own = categories_in(other.categories), categories_in(self.categories)
        is_narrow = own and all({each, each.rstrip("0123456789")} & of for each in own)
        most = other.quantity
        has_room = most is None or (self.quantity is not None and self.quantity <= most)
        return has_room and bool(is_narrow or not of)


def categories_in(told: str) -> frozenset[str]:
    """Read the categories that a licence names, such as b and c."""
    return frozenset(each.casefold() for each in re.findall(r"\w+", told))


@dataclass(frozen=True, slots=True)
class Missing:
    """One check that an application does not pass.

    Args:
        code: Code of the check in the profile.
        strength: Whether it refuses or warns.
        said: What is missing, and what to do.
        source: The provision that it rests on.
        is_verified: Whether the provision was read in the instrument itself.
    """

    code: str
    strength: Strength
    said: Message
    source: str
    is_verified: bool

    @property
    def blocks(self) -> bool:
        """Tell whether it is a duty, without which nothing goes on."""
        return self.strength is Strength.REFUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What stands in the way of something that a number names.

    Args:
        number: By which it was asked for.
        blocks: Whether a duty is not met, or it is not in force.
        missing: What is not in order.
    """

    number: str
    blocks: bool
    missing: tuple[Missing, ...]


type Test = Callable[[Facts, LicenceCheck, date], Message]
"""Says what is missing; nothing where nothing is."""


def missing(
    facts: Facts, law: Profile, on: date, *, is_inside: bool = True
) -> tuple[Missing, ...]:
    """Give the checks of the law of a day that an application does not pass.

    Args:
        on: The day on which the law is asked.
        is_inside: Whether the authority reads it; an applicant is not told how
            vetting came out.

    Source:
        Background paper (2018), para. 30 (criteria of licences); the profile.
    """
    checks = law.checks_of(facts.activity, on)
    asked = (each for each in checks if is_inside or each.asks not in INNER)
    told = ((each, _say(facts, each, on)) for each in asked)
    return tuple(
        Missing(each.code, each.strength, said, each.source, each.is_verified)
        for each, said in told
        if said
    )


def ahead(
    facts: Facts,
    law: Profile,
    on: date,
    *,
    kind: ApplicationKind,
    unheard: Sequence[str],
    namesakes: Sequence[str] = (),
) -> tuple[Message, ...]:
    """Say what is still to come, or to be thought of, though nothing is missing yet.

    Args:
        on: The day on which the law is asked.
        unheard: Departments that were asked and have not answered.
        namesakes: Holders who may be the applicant, and who were refused.

    Source:
        Background paper (2018), para. 30; the profile.
    """
    checks = law.checks_of(facts.activity, on)
    is_vetted_later = facts.stage in BEFORE_VETTING and facts.vetting is None
    asks = any(each.asks in INNER for each in checks)
    has_one = kind is ApplicationKind.NEW and facts.activity in facts.licences
    said = (
        (VETTED_LATER, asks and is_vetted_later),
        (
            message("Not heard yet: %(departments)s.", departments=tuple(unheard)),
            unheard,
        ),
        (
            message(
                "Others on record have a similar name, and something of theirs was "
                "refused, suspended, revoked or found adverse: %(holders)s. Compare "
                "them with the applicant; who grants the licence names each in the "
                "reason.",
                holders=tuple(namesakes),
            ),
            namesakes,
        ),
        (
            message(
                "The applicant already has the valid licence %(licence)s "
                "(%(activity)s); perhaps a renewal or a change of its terms is meant.",
                licence=facts.licences.get(facts.activity, ""),
                activity=facts.activity,
            ),
            has_one and facts.stage in (*BEFORE_VETTING, *VETTED),
        ),
    )
    return tuple(each for each, is_so in said if is_so)


VETTED_LATER = message(
    "The applicant has not been vetted yet; ask for it once the application is "
    "accepted as complete."
)


def inner_codes(law: Profile) -> set[str]:
    """Give the codes of the checks whose outcome an applicant is not told."""
    return {each.code for each in law.checks if each.asks in INNER}


def blocking(found: Iterable[Missing]) -> tuple[str, ...]:
    return tuple(each.code for each in found if each.blocks)


def _say(facts: Facts, check: LicenceCheck, on: date) -> Message:
    is_asked_of_some = check.holders and check.asks is not CheckKind.HOLDERS
    if is_asked_of_some and facts.holder_kind not in check.holders:
        return NOTHING
    return TESTS[check.asks](facts, check, on)


def _documents(facts: Facts, check: LicenceCheck, on: date) -> Message:
    del on
    lacking = tuple(each for each in check.documents if each not in facts.documents)
    said = message("These documents are missing: %(documents)s.", documents=lacking)
    return said if lacking else NOTHING


def _must_state(column: str, said: Message) -> Test:
    """Make the test that an application states something."""
    return lambda facts, _check, _on: (
        NOTHING if is_visible(str(getattr(facts, column) or "")) else said
    )


def _age(facts: Facts, check: LicenceCheck, on: date) -> Message:
    if facts.born_on is None:
        return message("The day of birth is missing; write it down.")
    born = facts.born_on
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    said = message("The applicant is not %(years)s years old yet.", years=check.years)
    return NOTHING if age >= check.years else said


def _holders(facts: Facts, check: LicenceCheck, on: date) -> Message:
    del on
    said = message("This licence is issued only to: %(kinds)s.", kinds=check.holders)
    return NOTHING if facts.holder_kind in check.holders else said


def _licence(facts: Facts, check: LicenceCheck, on: date) -> Message:
    del on
    said = message(
        "The applicant has no valid licence of these: %(licences)s.",
        licences=check.licences,
    )
    return NOTHING if {*facts.licences} & {*check.licences} else said


def _no_refusal(facts: Facts, check: LicenceCheck, on: date) -> Message:
    del check, on
    if facts.stopped:
        return message(
            "Licence %(licence)s of this person was stopped; its page says why.",
            licence=facts.stopped,
        )
    if facts.refused_on is None:
        return NOTHING
    return message(
        "An earlier application by this person was refused on %(day)s, or withdrawn "
        "when its refusal was proposed; find out why.",
        day=facts.refused_on,
    )


def _vetting(facts: Facts, check: LicenceCheck, on: date) -> Message:
    del check, on
    answer = facts.vetting_answer
    if facts.stage not in VETTED or answer is VettingAnswer.CLEAR:
        return NOTHING
    if answer is None:
        return UNVETTED.get(facts.vetting, UNANSWERED)
    return message(
        "The result of the applicant’s vetting is “%(answer)s”; decide whether to "
        "refuse the application, or ask for vetting again.",
        answer=answer,
    )


def _term(facts: Facts, check: LicenceCheck, on: date) -> Message:
    del on
    if facts.valid_from is None:
        return NOTHING
    most = years_after(facts.valid_from, check.years)
    said = message(
        "The licence lasts too long; its last day is %(day)s at the latest.", day=most
    )
    is_short = facts.valid_until is not None and facts.valid_until <= most
    return NOTHING if is_short else said


UNANSWERED = message(
    "The applicant’s vetting has not been answered yet; wait for the answer."
)
UNVETTED: Mapping[VettingState | None, Message] = {
    None: message("Nobody has asked for the applicant to be vetted; ask for vetting."),
    VettingState.OVERDUE: message(
        "The applicant’s vetting has expired; ask for vetting again."
    ),
}

TESTS: Mapping[CheckKind, Test] = {
    CheckKind.DOCUMENTS: _documents,
    CheckKind.PURPOSE: _must_state(
        "purpose",
        message("No good cause is stated; write what the licence is needed for."),
    ),
    CheckKind.AGE: _age,
    CheckKind.STORAGE: _must_state(
        "storage",
        message("The place of storage is missing; write where arms are kept."),
    ),
    CheckKind.QUANTITY: _must_state(
        "quantity", message("The quantity is missing; write how many arms it is for.")
    ),
    CheckKind.CATEGORIES: _must_state(
        "categories", message("The categories of arms are missing; write them down.")
    ),
    CheckKind.HOLDERS: _holders,
    CheckKind.LICENCE: _licence,
    CheckKind.NO_REFUSAL: _no_refusal,
    CheckKind.VETTING: _vetting,
    CheckKind.TERM: _term,
}
"""What each kind of check asks; a further kind is a line here."""
