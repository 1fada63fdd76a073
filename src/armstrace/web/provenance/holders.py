"""The holders of a chain: bodies by name, persons by number until they are asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from armstrace.accounts import policy
from armstrace.licensing import queries as licensing
from armstrace.records import lengths
from armstrace.tracing import queries as tracing
from armstrace.translation import write_list
from armstrace.vocabulary.actors import Actor, Role
from armstrace.web.provenance import chains

NAMING = "holder.view"


@dataclass(frozen=True, slots=True)
class Asking:
    """A person asks for the names, at a time and with or without a reason."""

    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HolderShown:
    number: str
    name: str
    kind: object
    place: str
    licences: str
    is_last_lawful: bool


@dataclass(frozen=True, slots=True)
class HoldersShown:
    # Words for each holder that may be named now, by number.
    names: Mapping[str, str]
    # How many of them are natural persons.
    persons: int = 0
    # Whether the viewer may have the persons named.
    may_name: bool = False
    who_may: str = ""
    # The holders one by one, once the persons were asked for.
    named: tuple[HolderShown, ...] = ()


def shown(
    numbers: Iterable[str],
    *,
    viewer: Actor,
    asking: Asking | None = None,
    last_lawful: str = "",
) -> HoldersShown:
    """Name holders; persons only when they are asked for, with a ledger entry.

    Args:
        numbers: Numbers of holders, in the order of the chain.
        asking: The request for the persons; None leaves them as numbers.
        last_lawful: Number of the last lawful holder, empty where not known.

    Raises:
        NotPermitted: The persons are asked for without the right to see them.
    """
    wanted = list(dict.fromkeys(n for n in (*numbers, last_lawful) if n))
    if asking is None:
        return _by_number(licensing.cards_by_number(wanted, viewer=viewer), viewer)
    viewer.require(NAMING)
    cards = tracing.holders_named(
        wanted, viewer=viewer, at=asking.at, reason=asking.reason
    )
    of = {card.holder_id for card in cards.values()}
    licences = licensing.licence_numbers(of, viewer=viewer)
    known = [cards[number] for number in wanted if number in cards]
    return HoldersShown(
        names={card.number: card.name or card.number for card in known},
        persons=sum(card.is_person for card in known),
        may_name=True,
        named=tuple(_holder(card, licences, last_lawful) for card in known),
    )


def read_asking(data: Mapping[str, str], at: datetime) -> Asking:
    """Read the reason with which the persons are asked for."""
    reason = " ".join(data.get("reason", "").split())
    lengths.require_fits(reason, lengths.REASON)
    return Asking(at, reason)


def _by_number(
    cards: Mapping[str, licensing.HolderCard], viewer: Actor
) -> HoldersShown:
    bodies = {n: c.name for n, c in cards.items() if c.name and not c.is_person}
    return HoldersShown(
        names=bodies,
        persons=sum(card.is_person for card in cards.values()),
        may_name=viewer.may(NAMING),
        who_may=who_may(),
    )


def who_may() -> str:
    """Name the roles that may see persons, for those who may not."""
    return roles_with(NAMING)


def roles_with(action: str) -> str:
    """Name the roles that may do something, for those who may not."""
    (grant,) = (one for one in policy.policy() if one.action == action)
    return write_list(
        gettext(role.label)
        for role in (*grant.every, *grant.own)
        if role is not Role.SYSTEM
    )


def _holder(
    card: licensing.HolderCard, licences: Mapping[int, list[str]], last_lawful: str
) -> HolderShown:
    return HolderShown(
        number=card.number,
        name=card.name,
        kind=card.kind,
        place=chains.where(card.place, card.region, card.country),
        licences=write_list(licences.get(card.holder_id, ())),
        is_last_lawful=card.number == last_lawful,
    )
