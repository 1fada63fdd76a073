"""Whether both sides of an act have the licence that the law of its day asks for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from armstrace.licensing.checking import categories_in
from armstrace.licensing.standing import Licences, Permit, lock_licences
from armstrace.records import jurisdiction
from armstrace.records.rules import require_happened
from armstrace.registry import room
from armstrace.registry.at_desk import AtDesk
from armstrace.registry.categories import Categorised, category_of
from armstrace.registry.inputs import EventInput
from armstrace.registry.models import ArmRecord
from armstrace.vocabulary.arms import HolderKind, Passing
from armstrace.vocabulary.licensing import Side
from armstrace.vocabulary.messages import NOTHING, Message, join, message
from armstrace.vocabulary.profiles import LicenceAsked, Strength
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an act on an arm."""

    side: Side
    number: str
    kind: HolderKind
    # What is known of the arm.
    record: ArmRecord
    is_deactivated: bool = False
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
        [
            told.lack,
            message(
                "Have the licence, or its change, recorded first; no reason takes its "
                "place."
            ),
        ]
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
                "Have the licence, or its change, recorded; or write why it goes on "
                "nevertheless."
            ),
        ]
    ),
    PASSING,
    lambda told: not told.lack or is_reason(told.reason),
)


LET_GO = Rule[tuple[str, date, str]](
    "RG-22",
    lambda told: message(
        "The arm was recovered on %(day)s (%(recovery)s), and nothing on record says "
        "that it was released; write which decision released it.",
        day=told[1],
        recovery=told[0],
    ),
    Source("design", "a recovered arm passes by a decision"),
    lambda told: is_reason(told[2]),
)
"""Of the recovery, its day, and why the arm passes nevertheless."""


def require_hands(
    told: EventInput,
    kinds: Mapping[str, HolderKind],
    taken: AtDesk,
    *,
    reason: str,
    today: date,
    licences: Licences | None = None,
) -> None:
    """Refuse a passing on of which a side lacks its licence on that day.

    One without a day is judged as of today.

    Args:
        kinds: What kind each of the holders is that are on record.
        reason: Why the arm passes nevertheless; empty where nobody says.
        licences: Those of both sides, locked; None where they are read here.

    Raises:
        RuleBroken: ``HO-02``, ``HO-03`` or ``RS-03``.
    """
    # A day to come is the fault, not the licence that is lacking on it.
    require_happened("happened_on", told.happened_on, today)
    parties = _parties(told, kinds, taken)
    on = told.happened_on or today
    require_licences(parties, licences, on=on, today=today, reason=reason)


def lacking(
    told: EventInput,
    kinds: Mapping[str, HolderKind],
    taken: AtDesk,
    today: date,
) -> tuple[Message, ...]:
    """Say which licences a passing on lacks, before it is done.

    Args:
        kinds: What kind each of the holders is that are on record.
    """
    parties = _parties(told, kinds, taken)
    return _lacks(parties, (told.happened_on or today, today))


def is_barred_now(
    told: EventInput,
    kinds: Mapping[str, HolderKind],
    taken: AtDesk,
    at: datetime,
    licences: Licences | None = None,
) -> bool:
    """Tell whether a side had on an earlier day the licence that it lacks today."""
    today = timezone.localdate(at)
    if told.happened_on is None or told.happened_on >= today:
        return False
    return bool(_lacks(_parties(told, kinds, taken), (today, today), licences))


def lacks(parties: Collection[Party], on: date) -> tuple[Message, ...]:
    """Say which licences sides of an act lack on a day, whatever follows from it."""
    return _lacks(parties, (on, on))


def _lacks(
    parties: Collection[Party],
    days: tuple[date, date],
    licences: Licences | None = None,
) -> tuple[Message, ...]:
    held = licences or Licences.of_holders(party.number for party in parties)
    asked = _demands(parties, held, days, "")
    return tuple(each.lack for each in asked if each.lack)


def _parties(
    told: EventInput, kinds: Mapping[str, HolderKind], taken: AtDesk
) -> list[Party]:
    manner = Passing(told.manner) if told.manner else None
    hands = ((Side.GIVER, told.holder_from), (Side.RECEIVER, told.holder_to))
    return [
        Party(
            side,
            number,
            kinds[number],
            taken.record,
            is_deactivated=taken.now.deactivated_on is not None,
            manner=manner,
            arm_id=taken.arm.pk,
        )
        for side, number in hands
        if number in kinds
    ]


def require_licences(
    parties: Collection[Party],
    licences: Licences | None = None,
    *,
    on: date,
    today: date,
    reason: str,
) -> None:
    """Refuse an act of somebody who lacks the licence that the law of the day asks for.

    One of an earlier day needs a reason where the licence was suspended or revoked
    since; that it merely ended needs none.

    Args:
        licences: Those of the parties, locked; None where they are read here.
        on: The day of the act in this country.
        reason: Why it goes on nevertheless; empty where nobody says.

    Raises:
        RuleBroken: ``HO-02``, the law makes it a duty; ``HO-03``, it asks for a
            reason and there is none.

    Source:
        Firearms Protocol, arts. 3 (d) (ii), 5; the profile.
    """
    if licences is None:
        lock_licences(party.number for party in parties)
        licences = Licences.of_holders(party.number for party in parties)
    told = _demands(parties, licences, (on, today), reason)
    # What is a duty speaks before what a reason mends.
    for rule in (LICENSED, LICENSED_OR_REASONED):
        for each in told:
            rule.require(each)


def _demands(
    parties: Iterable[Party], licences: Licences, days: tuple[date, date], reason: str
) -> list[Licensing]:
    """Judge an act by the licences of its day, and by what became of them till today.

    Args:
        days: That of the act, and today.
    """
    on, today = days
    demands = [
        (party, asked, licences.permits(party.number, asked.licences, on))
        for party in parties
        for asked in _ask_of(party, licences, on, today)
    ]
    told = [_judge(party, asked, on, (held, reason)) for party, asked, held in demands]
    told += [
        Licensing(_say_stopped(party.number, since, on), Strength.WARNS, reason)
        for party, asked, held in demands
        if on < today and held
        for since in [licences.under_restriction(party.number, asked.licences, today)]
        if since
    ]
    return told


def _ask_of(
    party: Party, licences: Licences, on: date, today: date
) -> list[LicenceAsked]:
    """Give what the law asks of a side; of the kind that it lately was, with a reason.

    Nobody who is made a State body for an hour takes an arm without a licence unseen.
    """
    asks = partial(jurisdiction.profile().licences_asked, party.side)
    if own := asks(party.kind, on, party.manner):
        return list(own)
    return [
        replace(each, strength=Strength.WARNS)
        for kind in licences.kinds_lately(party.number, today)
        for each in asks(kind, on, party.manner)
    ]


def _say_stopped(holder: str, licence: str, on: date) -> Message:
    return message(
        "The licence %(licence)s of holder %(holder)s was suspended or revoked, and "
        "this act of %(day)s is only entered now.",
        licence=licence,
        holder=holder,
        day=on,
    )


def _judge(
    party: Party, asked: LicenceAsked, on: date, told: tuple[list[Permit], str]
) -> Licensing:
    """Say why none of a party's licences allows an act; nothing where one does.

    Args:
        told: The licences that are in force, and why the act goes on without.
    """
    held, reason = told
    if party.side is not Side.GIVER:
        rooms = [each for each in held if room.has_room(each, party.arm_id, on)]
        named = category_of(party.record, on, is_deactivated=party.is_deactivated)
        if rooms and not any(_names(each, named) for each in rooms):
            return _outside(party.number, rooms[0], named, asked, reason)
        if held and not rooms:
            return Licensing(_full(party.number, held[0]), asked.strength, reason)
    lack = message(
        "Holder %(holder)s has no licence on record that is valid on %(day)s for this; "
        "it takes one of: %(licences)s.",
        holder=party.number,
        day=on,
        licences=asked.licences,
    )
    return Licensing(NOTHING if held else lack, asked.strength, reason)


def _full(holder: str, permit: Permit) -> Message:
    return message(
        "Holder %(holder)s has as many arms as the licence %(licence)s allows "
        "(%(quantity)s).",
        holder=holder,
        licence=permit.licence.number,
        quantity=(permit.terms and permit.terms.quantity) or 0,
    )


def _outside(
    holder: str, permit: Permit, named: Categorised, asked: LicenceAsked, reason: str
) -> Licensing:
    """Say that a licence is for other categories; a doubt alone refuses nothing."""
    lack = message(
        "The licence %(licence)s of holder %(holder)s is for the categories "
        "%(categories)s, and the arm is of category %(category)s.",
        licence=permit.licence.number,
        holder=holder,
        categories=permit.terms.categories if permit.terms else "",
        category=named.code or message("not known"),
    )
    return Licensing(lack, asked.strength if named.code else Strength.WARNS, reason)


def _names(permit: Permit, named: Categorised) -> bool:
    """Tell whether a licence is for the category of an arm, or for any."""
    told = permit.terms.categories if permit.terms else ""
    has_law = named.rule is not None or named.lacks
    if not told.strip() or not has_law:
        return True
    listed = categories_in(told)
    rule = named.rule
    return rule is not None and not listed.isdisjoint(
        {rule.code.casefold(), rule.category.casefold()}
    )
