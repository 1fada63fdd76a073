"""Record that a lot was destroyed, correct it, and certify it."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from armstrace.audit import ledger
from armstrace.certificates import asking
from armstrace.certificates.actions import issuing
from armstrace.certificates.models import Certificate
from armstrace.custody.actions import handing
from armstrace.custody.standing import Told
from armstrace.disposal import at_lot, conditions, rules
from armstrace.disposal.conditions import Item
from armstrace.disposal.inputs import EndInput, LotInput
from armstrace.disposal.models import Lot, LotRecord, LotWitness
from armstrace.records import closing, lengths
from armstrace.registry import at_desk
from armstrace.stockpiles import writing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.rules import require_all

# The code of a certificate has room for a number, and for this much beside it.


def end_lot(*, lot_id: int, given: EndInput, by: Actor, at: datetime) -> LotRecord:
    """Record that all arms of a lot were destroyed; custody and register follow.

    Raises:
        RuleBroken: ``DX-01`` to ``DX-04``, ``DX-07``, ``DX-21``, ``DX-26``, of an
            arm; ``DX-09``, it is destroyed; ``DX-11``, witnesses are missing;
            ``DX-12``, a photograph; ``DX-13``, the counts differ; ``DX-14``, it is
            empty; ``DX-15``, the day is before a decision; ``DX-23``, a witness
            records it; or a rule of custody, as the arm is not at hand.

    Source:
        Firearms Protocol, art. 6, para. 2; background paper (2018), paras 46-48.
    """
    with ledger.entry("lot.destroyed", by=by, at=at) as entry:
        lot, record = at_lot.lock_open(lot_id, by)
        items = at_lot.items_of(lot)
        witnesses = at_lot.witnesses_of(lot)
        facts = at_lot.facts_of(lot, len(items), witnesses, by)
        rules.NOT_EMPTY.require(facts)
        rules.COUNTED.require((len(items), given.count_out))
        require_all(rules.of_lot(), facts)
        at_lot.require_free(items, at)
        _require_in_order(items, given.destroyed_on, timezone.localdate(at))
        later = closing.replace(record, entry, told_by=by.name, **asdict(given))
        told = Told(
            name=record.works,
            office=record.place,
            document=lot.reference,
            witness=witnesses[0],
            done_on=given.destroyed_on,
        )
        for item in items:
            _destroy(lot, item, told, entry)
    return later


def _require_in_order(items: list[Item], day: date, today: date) -> None:
    facts = conditions.facts_of(items, today, is_settled=True).values()
    decided = [one.final_on for each in facts for one in each.kept.values()]
    rules.IN_ORDER.require((day, max(decided, default=day), today))


def _destroy(lot: Lot, item: Item, told: Told, entry: ledger.Entry) -> None:
    if item.exhibit_id is not None:
        handing.act_on_exhibit(
            exhibit_id=item.exhibit_id,
            act=CustodyAct.CARRIED_OUT,
            told=told,
            by=entry.by,
            at=entry.at,
        )
    elif item.arm_id is not None and told.done_on is not None:
        number = f"{lot.reference} {item.reference}"
        left = (number, LifeEventKind.DESTROYED, told.done_on)
        at_desk.follow_disposal(item.arm_id, left, entry)
        writing.let_go(item.arm_id, entry, reason=lot.reference)


def correct_lot(
    *,
    lot_id: int,
    given: LotInput,
    destroyed_on: date | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> LotRecord:
    """Say anew how, by whom, where and when a lot is destroyed; the earlier stays.

    The certificate of the lot is revoked, or refused where it waits, for the reason
    of the correction; another can be asked for.

    Args:
        destroyed_on: The day; None leaves it as it is on record.

    Raises:
        RuleBroken: ``DX-06``, there is no reason; ``DX-15``, the day is to come or
            before a decision; ``DX-30``, nothing would change; ``DX-41``, arms are
            in a lot that is burned.
        InvalidInput: Works or place is missing or too long.

    Source:
        Rule of this design: a correction is a new record with a reason.
    """
    lengths.require_reason(rules.REASONED, reason)
    at_lot.require_named(given)
    with ledger.entry("lot.corrected", by=by, at=at) as entry:
        lot = at_lot.lock_lot(lot_id, by)
        record = LotRecord.objects.current().get(lot=lot)
        at_lot.require_fits_method(lot, given.method, at_lot.items_of(lot))
        changed: dict[str, object] = {
            "method": given.method,
            "works": given.works.strip(),
            "place": given.place.strip(),
            "reason": reason.strip(),
        }
        if destroyed_on is not None and record.destroyed_on is not None:
            _require_in_order(
                at_lot.items_of(lot), destroyed_on, timezone.localdate(at)
            )
            changed["destroyed_on"] = destroyed_on
        is_new = any(
            getattr(record, name) != said
            for name, said in changed.items()
            if name != "reason"
        )
        rules.SAYS_OTHERWISE.require((lot.reference, is_new))
        kind = CertificateKind.DESTRUCTION
        asking.end_all(kind, lot.reference, reason.strip(), entry)
        return closing.replace(record, entry, told_by=by.name, **changed)


def certify_lot(*, lot_id: int, by: Actor, at: datetime) -> Certificate:
    """Ask for the certificate of a lot that was destroyed.

    Returns:
        The certificate, which waits where the profile asks for a second person.

    Raises:
        RuleBroken: ``DX-20``, the lot is not destroyed; ``CF-03``, it has one.

    Source:
        Background paper (2018), paras 46-48.
    """
    with transaction.atomic():
        lot = at_lot.lock_lot(lot_id, by)  # a correction waits, and revokes it
        record = LotRecord.objects.current().get(lot=lot)
        rules.ENDED.require((lot.reference, record.destroyed_on is not None))
        seen = LotWitness.objects.current().filter(lot=lot, was_there=True)
        observers = seen.filter(is_observer=True).order_by("pk")
        bodies = observers.values_list("body", flat=True)
        asked = Certificate(
            kind=CertificateKind.DESTRUCTION,
            detail=record.method,
            subject=lot.reference,
            name=at_lot.count_and_bodies(record.count_out, list(bodies)),
            agency=lot.agency,
        )
        return issuing.certify(asked=asked, grant="disposal.destroy", by=by, at=at)
