"""Whether both sides of an act have the licence that the law of its day asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from armstrace.analysis.provenance.passing import PASSINGS
from armstrace.analysis.provenance.state import HELD
from armstrace.licensing.standing import Permit, permits
from armstrace.records import jurisdiction
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import Arm, LifeEvent
from armstrace.vocabulary.arms import ArmBasis, HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.licensing import LicenceType, Side
from armstrace.vocabulary.messages import NOTHING, Message, join, message
from armstrace.vocabulary.profiles import Strength
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

# Licences of which each act uses up one arm; the others limit the arms in hand.
DRAWN = {
    LicenceType.ACQUIRE: PASSINGS,
    LicenceType.IMPORT: {LifeEventKind.IMPORTED},
    LicenceType.MANUFACTURE: {LifeEventKind.MANUFACTURED},
}


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an act on an arm."""

    side: Side
    number: str
    kind: HolderKind
    # In what way the arm passes; None where it is made or comes here.
    manner: Passing | None = None
    # The arm, which does not count against its own licence; 0 where it is new.
    arm_id: int = 0


@dataclass(frozen=True, slots=True)
class Licensing:
    """What a side of an act lacks, by the provision that asks for a licence."""

    # What no licence on record allows; empty where one does.
    lack: Message
    # What the provision does where something lacks.
    strength: Strength
    # Why the act goes on nevertheless.
    reason: str = ""


PASSING = Source("design", "licences of both sides of an act, by the profile")
LICENSED = Rule[Licensing](
    "HO-02",
    lambda told: join(
        [told.lack, message("Record the licence, or its change, first.")]
    ),
    PASSING,
    lambda told: not told.lack or told.strength is not Strength.REFUSES,
)
LICENSED_OR_REASONED = Rule[Licensing](
    "HO-03",
    lambda told: join(
        [
            told.lack,
            message(
                "Record the licence, or its change; or write why it goes on "
                "nevertheless."
            ),
        ]
    ),
    PASSING,
    lambda told: not told.lack or is_reason(told.reason),
)


def require_hands(
    told: EventInput, kinds: Mapping[str, HolderKind], arm_id: int, *, reason: str
) -> None:
    """Refuse a passing on of which a side lacks its licence on that day.

    Args:
        kinds: What kind each of the holders is that are on record.
        reason: Why the arm passes nevertheless; empty where nobody says.

    Raises:
        RuleBroken: ``HO-02`` or ``HO-03``.
    """
    manner = Passing(told.manner) if told.manner else None
    hands = ((Side.GIVER, told.holder_from), (Side.RECEIVER, told.holder_to))
    parties = [
        Party(side, number, kinds[number], manner, arm_id)
        for side, number in hands
        if number in kinds
    ]
    if told.happened_on is not None:
        require_licences(parties, on=told.happened_on, reason=reason)


def require_licences(parties: Iterable[Party], *, on: date, reason: str) -> None:
    """Refuse an act of who lacks the licence that the law of the day asks for.

    Args:
        on: The day of the act in this country.
        reason: Why it goes on nevertheless; empty where nobody says.

    Raises:
        RuleBroken: ``HO-02``, the law makes it a duty; ``HO-03``, it asks for a
            reason and there is none.

    Source:
        Firearms Protocol, arts. 3 (d) (ii), 5; the profile.
    """
    law = jurisdiction.profile()
    told = [
        Licensing(_lack(party, asked.licences, on), asked.strength, reason)
        for party in parties
        for asked in law.licences_asked(party.side, party.kind, on, party.manner)
    ]
    # What is a duty speaks before what a reason mends.
    for rule in (LICENSED, LICENSED_OR_REASONED):
        for each in told:
            rule.require(each)


def _lack(party: Party, asked: tuple[LicenceType, ...], on: date) -> Message:
    """Say why none of a party's licences allows an act; nothing where one does."""
    held = permits(party.number, asked, on)
    for permit in held:
        if party.side is Side.GIVER or _has_room(permit, party):
            return NOTHING
    if held:
        return message(
            "Holder %(holder)s has as many arms as the licence %(licence)s allows "
            "(%(quantity)s).",
            holder=party.number,
            licence=held[0].licence.number,
            quantity=(held[0].terms and held[0].terms.quantity) or 0,
        )
    return message(
        "Holder %(holder)s has no licence on record that is valid on %(day)s and "
        "allows it (%(licences)s).",
        holder=party.number,
        day=on,
        licences=asked,
    )


def _has_room(permit: Permit, party: Party) -> bool:
    """Tell whether a licence allows one arm more."""
    if permit.terms is None or permit.terms.quantity is None:
        return True
    licence = permit.licence
    drawn = DRAWN.get(LicenceType(licence.licence_type))
    if drawn is None:
        arms = Arm.objects.get_queryset().exclude(basis=ArmBasis.WITHDRAWN)
        arms = arms.filter(holder=licence.holder_id, state__in=HELD)
        return arms.exclude(pk=party.arm_id).count() < permit.terms.quantity
    acts = LifeEvent.objects.current().filter(
        holder_to=licence.holder_id, kind__in=drawn
    )
    acts = acts.exclude(arm__basis=ArmBasis.WITHDRAWN).exclude(arm=party.arm_id)
    if licence.valid_from:
        acts = acts.filter(happened_on__gte=licence.valid_from)
    return acts.count() < permit.terms.quantity
