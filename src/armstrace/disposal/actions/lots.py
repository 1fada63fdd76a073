"""Open lots of destruction, and say what is in them and who sees it."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from armstrace.audit import ledger
from armstrace.custody.models import Exhibit
from armstrace.disposal import at_lot, conditions, rules
from armstrace.disposal.conditions import Item
from armstrace.disposal.inputs import LotInput, WitnessInput
from armstrace.disposal.models import (
    Condition,
    Lot,
    LotItem,
    LotPhotograph,
    LotRecord,
    LotWitness,
)
from armstrace.evidence import queries as files
from armstrace.evidence.models import StoredFile
from armstrace.records import closing, lengths
from armstrace.registry import at_desk
from armstrace.stockpiles import standing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.disposal import ConditionKind, PictureMoment
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.look_alikes import is_one_person
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import is_visible

MOST_ITEMS = 500
WITNESS_TEXTS = lengths.limits(LotWitness, ("name", "body"))


def open_lot(*, given: LotInput, by: Actor, at: datetime) -> Lot:
    """Open a lot of the actor's agency, empty.

    Raises:
        InvalidInput: Works or place is missing or too long.

    Source:
        Background paper (2018), paras 46-48.
    """
    by.require("disposal.destroy", agency=by.agency)
    at_lot.require_named(given)
    with ledger.entry("lot.opened", by=by, at=at) as entry:
        lot = closing.keep(Lot, entry, agency=by.agency, opened_by=by.name)
        closing.keep(
            LotRecord,
            entry,
            lot=lot,
            method=given.method,
            works=given.works.strip(),
            place=given.place.strip(),
        )
    return lot


def put_in(*, lot_id: int, items: Collection[Item], by: Actor, at: datetime) -> None:
    """Put arms into a lot: all of them, or none where one may not be destroyed.

    Raises:
        InvalidInput: None is named, or it would have too many.
        RuleBroken: ``DX-01`` to ``DX-04``, a condition is not met; ``DX-07``, nobody
            approved it; ``DX-08``, it is in a lot; ``DX-09``, the lot is destroyed;
            ``DX-17``, who declared it surplus puts it in; ``DX-26``, it is issued;
            ``DX-41``, the lot is burned; ``DX-42``, it was destroyed in another lot;
            ``EX-05``, an exhibit is elsewhere; ``EX-06``, it is offered to somebody.

    Source:
        Firearms Protocol, art. 6; background paper (2018), paras 46-48.
    """
    if not items:
        msg = message("Name at least one exhibit or arm.")
        raise InvalidInput(msg, field="items")
    with ledger.entry("lot.filled", by=by, at=at) as entry:
        lot, record = at_lot.lock_open(lot_id, by)
        _lock(items, by)
        there = LotItem.objects.current().filter(lot=lot, is_in=True).count()
        if there + len(items) > MOST_ITEMS:
            msg = message("A lot holds %(most)s arms; open another.", most=MOST_ITEMS)
            raise InvalidInput(msg, field="items")
        at_lot.require_fits_method(lot, record.method, items)
        at_lot.require_free(items, at)
        _require_others(items, by)
        for item in dict.fromkeys(items):
            _put(lot, item, entry)
        at_lot.require_at_hand(lot, items)


def _put(lot: Lot, item: Item, entry: ledger.Entry) -> None:
    now = LotItem.objects.current().filter(**item.columns).first()
    if now is not None and now.is_in:
        where = (item.reference, f"Y{now.lot_id}", False)
        ended = now.lot.records.filter(superseded_at=None, destroyed_on__isnull=False)
        raise (rules.STILL_THERE if ended.exists() else rules.ONE_LOT).broken(where)
    own = {"told_by": entry.by.name, "source": entry.by.agency}
    closing.succeed(now, LotItem(lot=lot, **own, **item.columns), entry)


def _require_others(items: Collection[Item], by: Actor) -> None:
    """Refuse surplus arms that the same person declared surplus."""
    own = Condition.objects.current().filter(
        conditions.about(items), kind=ConditionKind.TITLE, told_by=by.name
    )
    for each in own.filter(arm__isnull=False):
        rules.OTHER_DECIDES.require((each.reference, False))


def take_out(
    *, lot_id: int, item: Item, reason: str, by: Actor, at: datetime
) -> LotItem:
    """Take an arm out of a lot that is not destroyed.

    Raises:
        RuleBroken: ``DX-06``, there is no reason; ``DX-09``, the lot is destroyed;
            ``DX-10``, it is not in this lot.

    Source:
        Background paper (2018), paras 46-48.
    """
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("lot.taken_from", by=by, at=at) as entry:
        lot, _ = at_lot.lock_open(lot_id, by)
        rows = LotItem.objects.current().filter(lot=lot, is_in=True, **item.columns)
        now = rows.first()
        if now is None:
            raise rules.IN_LOT.broken((item.reference, lot.reference, False))
        told = {"reason": reason.strip(), "told_by": by.name}
        return closing.replace(now, entry, is_in=False, **told)


def add_witness(
    *, lot_id: int, given: WitnessInput, by: Actor, at: datetime
) -> LotWitness:
    """Name who sees a lot destroyed, and who sends them.

    Raises:
        InvalidInput: Name or body is missing or too long, or is there already.
        RuleBroken: ``DX-09``, the lot is destroyed; ``DX-23``, it is who records it;
            ``DX-24``, an observer is of the agency that destroys it.

    Source:
        Background paper (2018), para. 48 (oversight by civil society).
    """
    lengths.require_fits(given, *WITNESS_TEXTS)
    name = " ".join(given.name.split())
    if not (is_visible(name) and is_visible(given.body)):
        msg = message("A witness has a name and a body that sends them; write both.")
        raise InvalidInput(msg, field="body" if is_visible(name) else "name")
    with ledger.entry("lot.witnessed", by=by, at=at) as entry:
        lot, _ = at_lot.lock_open(lot_id, by)
        rules.NOT_OWN_WITNESS.require(at_lot.facts_of(lot, 0, [name], by))
        if given.is_observer:
            is_outside = not at_lot.is_of_agency(name, given.body, lot.agency)
            rules.OUTSIDER.require((name, is_outside))
        now = next(
            (
                each
                for each in LotWitness.objects.current().filter(lot=lot)
                if is_one_person(each.name, name)
            ),
            None,
        )
        if now is not None and now.was_there:
            msg = message("This witness is on the list already.")
            raise InvalidInput(msg, field="name")
        told = {"told_by": by.name, "source": by.agency, "body": given.body.strip()}
        made = LotWitness(lot=lot, name=name, is_observer=given.is_observer, **told)
        return closing.succeed(now, made, entry)


def drop_witness(
    *, lot_id: int, witness_id: int, reason: str, by: Actor, at: datetime
) -> LotWitness:
    """Say that a witness was not there.

    Raises:
        RuleBroken: ``DX-06``, there is no reason; ``DX-09``, the lot is destroyed.

    Source:
        Background paper (2018), para. 48.
    """
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("lot.witness_dropped", by=by, at=at) as entry:
        lot, _ = at_lot.lock_open(lot_id, by)
        rows = LotWitness.objects.current().filter(lot=lot)
        now = rows.get_visible(witness_id, by)
        told = {"reason": reason.strip(), "told_by": by.name}
        return closing.replace(now, entry, was_there=False, **told)


def add_photograph(
    *,
    lot_id: int,
    file_id: int,
    moment: PictureMoment,
    folder: Path,
    by: Actor,
    at: datetime,
) -> LotPhotograph:
    """Put a photograph of before or after beside a lot.

    Args:
        file_id: A stored picture.

    Raises:
        RuleBroken: ``DX-22``, it shows what one of the other moment does, whatever
            notes are in the file; ``DX-27``, it is of before, and the lot is destroyed.

    Source:
        Background paper (2018), paras 46-48.
    """
    with ledger.entry("lot.photographed", by=by, at=at) as entry:
        lot = at_lot.lock_lot(lot_id, by)
        records = LotRecord.objects.current().filter(lot=lot)
        is_open = records.filter(destroyed_on=None).exists()
        is_in_time = is_open or moment is PictureMoment.AFTER
        rules.TAKEN_BEFORE.require((lot.reference, is_in_time))
        of_other = LotPhotograph.objects.filter(lot=lot).exclude(moment=moment)
        shown = {_shown(each.file, folder) for each in of_other.select_related("file")}
        told = _shown(StoredFile.objects.get(pk=file_id), folder)
        rules.OTHER_PICTURE.require((told not in shown,))
        kept, _ = LotPhotograph.objects.get_or_create(
            lot=lot,
            file_id=file_id,
            moment=moment,
            defaults={"told_by": by.name, "known_at": at},
        )
        entry.about(kept)
    return kept


def _shown(kept: StoredFile, folder: Path) -> str:
    """Give the hash of what a picture shows; that of its file where it is gone."""
    path = files.path_of(kept.sha256, folder)
    if not path.exists():
        return kept.sha256
    opened = files.OpenedFile(path, kept.media_type, kept.name_as_given)
    return hashlib.sha256(opened.shown).hexdigest()


def _lock(items: Collection[Item], by: Actor) -> None:
    """Lock what is put in, in one order, so that no two lots wait for each other."""
    keys = sorted(each.exhibit_id for each in items if each.exhibit_id)
    seen = Exhibit.objects.visible_to(by).values("pk")
    rows = Exhibit.objects.filter(pk__in=keys).filter(pk__in=seen).order_by("pk")
    found = set(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    for key in keys:
        if key not in found:
            Exhibit.objects.get_visible(key, by)
    for key in sorted(each.arm_id for each in items if each.arm_id):
        at_desk.lock_arm(key)
        if (store := standing.store_of(key)) is not None:
            by.require("disposal.destroy", agency=store.agency)
