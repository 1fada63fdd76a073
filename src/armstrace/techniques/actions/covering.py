"""Covert names: sealed when they are written, shown to those who are named for it.

No other module shows them: they stand in no list, search, export, title or log.
"""

from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import keys, ledger
from armstrace.techniques import changing, covers, rules
from armstrace.techniques.models import CoverIdentity
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.ledger import Operation as Kind
from armstrace.vocabulary.messages import message

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Cover:
    """A covert name in clear; it is kept nowhere so."""

    number: int
    name: str


def keep_cover(
    *, operation_id: int, name: str, by: Actor, at: datetime
) -> CoverIdentity:
    """Keep a covert name, sealed.

    Raises:
        InvalidInput: It is empty or too long.
        RuleBroken: ``TE-18``, covert names are not for this person.

    Source:
        Convention against Transnational Organized Crime, arts. 24 and 26, para. 4.
    """
    if not name.strip() or len(name) > LONGEST:
        msg = message("Write a name of 1 to %(most)s characters.", most=LONGEST)
        raise InvalidInput(msg, field="name")
    with changing.act_on(
        "technique.cover_kept", operation_id, "technique.work", by=by, at=at
    ) as act:
        rules.FOR_THESE_EYES.require(act.file.shows_covers_to(by))
        number = act.file.covers.count() + 1
        sealed = keys.seal(name.strip().encode(), covers.about(act.file, number))
        return act.make(CoverIdentity, number=number, sealed=sealed, told_by=by.name)


def show_covers(
    *, operation_id: int, reason: str, by: Actor, at: datetime
) -> list[Cover]:
    """Read covert names together with the entry that says who read them, and why.

    Raises:
        RuleBroken: ``TE-01``, no reason; ``TE-18``, they are not for this person.

    Source:
        Directive (EU) 2016/680, art. 25; Convention, arts. 24 and 26, para. 4.
    """
    by.require("technique.work")
    rules.REASONED.require(reason)
    with ledger.entry("technique.covers_shown", by=by, at=at, op=Kind.CONSULT) as entry:
        operation = changing.open_operation(operation_id, by, at)
        rules.FOR_THESE_EYES.require(operation.shows_covers_to(by))
        kept = list(operation.covers.order_by("number"))
        entry.about_all(kept)
        entry.justify(reason)
    return [Cover(one.number, covers.open_cover(one)) for one in kept]
