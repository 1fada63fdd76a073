"""Where arms stand before they are disposed of, many at a time."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from armstrace.audit import declarations
from armstrace.custody import rules as custody
from armstrace.custody.models import CustodyEvent, Exhibit
from armstrace.custody.queries import detail
from armstrace.custody.standing import Leaving, Told
from armstrace.disposal import rules
from armstrace.disposal.models import Condition, LotItem, LotRecord
from armstrace.disposal.rules import Facts, Kept
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.recoveries.models import CandidateJudgement, RecoveryRecord
from armstrace.registry import queries as registry
from armstrace.registry.arms_by_marks import MARKS, arms_meant
from armstrace.registry.models import Arm
from armstrace.stockpiles import standing
from armstrace.stockpiles.standing import STATE_HOLDS
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING, ArmState, LifeEventKind
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.custody import WayOut, WayOutState
from armstrace.vocabulary.disposal import ConditionAnswer, ConditionKind
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.rows import fill
from armstrace.vocabulary.rules import broken
from armstrace.vocabulary.texts import shorten
from armstrace.vocabulary.tracing import Judgement

# Numbers of events that tell of a disposal: of a surplus arm in a lot, of an exhibit.
OF_DISPOSAL = re.compile(r"disposal (?:(Y[1-9][0-9]*) A[0-9]+|E([1-9][0-9]{0,17}))")


@dataclass(frozen=True, slots=True)
class Item:
    """What is disposed of: an exhibit, or a surplus arm of the State."""

    exhibit_id: int | None = None
    arm_id: int | None = None

    @property
    def reference(self) -> str:
        return f"E{self.exhibit_id}" if self.exhibit_id else f"A{self.arm_id}"

    @property
    def columns(self) -> dict[str, Any]:
        """Give the columns of the record that name it."""
        return {"exhibit_id": self.exhibit_id, "arm_id": self.arm_id}


def read_item(text: str) -> Item:
    """Read the number of an exhibit or of an arm, as a person types it.

    Raises:
        NotFound: It is neither.
    """
    found = declarations.REFERENCE.fullmatch(text.strip())
    letter = found[1].upper() if found else ""
    if found is None or letter not in {"A", "E"}:
        msg = message(
            "“%(text)s” is not the number of an exhibit or an arm; write it like E12 "
            "or A12.",
            text=shorten(text, 40),
        )
        raise NotFound(msg)
    key = int(found[2])
    return Item(exhibit_id=key) if letter == "E" else Item(arm_id=key)


def kinds_before(way: WayOut, on: date) -> frozenset[ConditionKind]:
    """Give the conditions that the law asks before a way out of custody."""
    law = jurisdiction.profile().disposals_by(way, on)
    return frozenset(kind for rule in law for kind in rule.conditions)


def about(items: Collection[Item]) -> Q:
    """Give the condition that a record is about one of some items."""
    exhibits = {each.exhibit_id for each in items if each.exhibit_id}
    arms = {each.arm_id for each in items if each.arm_id}
    return among("exhibit_id", exhibits) | among("arm_id", arms)


def facts_of(
    items: Collection[Item], today: date, *, is_settled: bool = False
) -> dict[Item, Facts]:
    """Gather what is on record of items before they are disposed of.

    Args:
        is_settled: Whether what is to do on recovered items is asked elsewhere.
    """
    keys = [each.exhibit_id for each in items if each.exhibit_id]
    recoveries = dict(
        Exhibit.objects.filter(among("pk", keys)).values_list("pk", "recovery_id")
    )
    events = CustodyEvent.objects.current().filter(among("exhibit_id", keys))
    now = {each.exhibit_id: each for each in events}
    left = {} if is_settled else detail.work_left(list(recoveries.values()))
    kept, states = _kept(items), states_among(items, recoveries)
    stocked = standing.current(each.arm_id for each in items if each.arm_id)
    found = {}
    for each in items:
        stored = stocked.get(each.arm_id or 0)
        event = now.get(each.exhibit_id or 0)
        is_approved = event is None or _is_approved(event)
        found[each] = Facts(
            item=each.reference,
            today=today,
            kept=kept[each],
            is_missing=_is_reported(kept[each])
            or not states.get(each, set()).isdisjoint(MISSING),
            has_left=_has_left(each, states.get(each, set())),
            needed_by=event.needed_by if event else "",
            unsettled=tuple(left.get(recoveries.get(each.exhibit_id or 0, 0), ())),
            bearer=stored.bearer if stored else "",
            is_approved=is_approved,
        )
    return found


def bars_in_custody(
    items: Collection[Item], agency: str
) -> dict[Item, tuple[RuleBroken, ...]]:
    """Say which exhibits are not at hand at an agency, or are offered away, and why."""
    keys = [each.exhibit_id for each in items if each.exhibit_id]
    events = CustodyEvent.objects.current().filter(among("exhibit_id", keys))
    asked = (custody.AT_HAND, custody.NOT_OFFERED)
    told = Told(agency=agency)
    return {
        Item(exhibit_id=each.exhibit_id): tuple(
            broken(asked, custody.Facts(f"E{each.exhibit_id}", each.standing, told))
        )
        for each in events.select_related("exhibit")
    }


def _is_reported(kept: Mapping[ConditionKind, Kept]) -> bool:
    checked = kept.get(ConditionKind.CHECK)
    return checked is not None and checked.answer is ConditionAnswer.REPORTED


def _is_approved(event: CustodyEvent) -> bool:
    decided = {WayOutState.APPROVED, WayOutState.CARRIED_OUT}
    return event.way_out == WayOut.DESTROY and event.way_out_state in decided


def of_stores(items: Collection[Item]) -> list[Condition]:
    """Give the decisions that stores took on their surplus arms; unsaved."""
    said = standing.decisions_to_destroy(each.arm_id for each in items if each.arm_id)
    return [
        Condition(
            arm_id=one.arm_id,
            kind=ConditionKind.TITLE,
            answer=ConditionAnswer.SURPLUS,
            authority=one.depot.name,
            document=one.reason[:120],
            decided_on=(day := timezone.localdate(one.known_at)),
            final_on=day,
            told_by=one.told_by,
        )
        for one in said
    ]


def _kept(items: Collection[Item]) -> Mapping[Item, dict[ConditionKind, Kept]]:
    found: dict[Item, dict[ConditionKind, Kept]] = defaultdict(dict)
    rows = Condition.objects.current().filter(about(items))
    for row in (*of_stores(items), *rows):
        item, kind = Item(row.exhibit_id, row.arm_id), ConditionKind(row.kind)
        found[item][kind] = fill(Kept, row)
    return found


def states_of(item: Item, *, viewer: Actor) -> set[str]:
    """Give the states in which the register has an item, or perhaps has it.

    Where neither people nor marks say which arm it is, it is the one that matching
    is sure of, or each lost or stolen one that it may be: as its recovery answers.
    """
    rows = Exhibit.objects.filter(pk=item.exhibit_id or 0)
    recoveries = dict(rows.values_list("pk", "recovery_id"))
    found = states_among([item], recoveries).get(item, set())
    records = RecoveryRecord.objects.current().filter(recovery__in=recoveries.values())
    if found or (record := records.first()) is None:
        return found
    likely = registry.arms_likely(record, viewer=viewer)
    apart = _judgements(recoveries.values(), Judgement.DIFFERENT)
    left = {arm for arm in likely if (record.recovery_id, arm) not in apart}
    sure = {arm for arm in left if likely[arm] >= registry.SURE}
    states = Arm.objects.filter(pk__in=sure or left).values_list("state", flat=True)
    return {each for each in states if sure or each in MISSING}


def _judgements(recoveries: Iterable[int], said: Judgement) -> set[tuple[int, int]]:
    """Give recoveries with the arms that people decided they are, or are not."""
    rows = CandidateJudgement.objects.current().filter(
        among("recovery_id", recoveries), judgement=said.value
    )
    return set(rows.values_list("recovery_id", "arm_id"))


def states_among(
    items: Collection[Item], recoveries: Mapping[int, int]
) -> dict[Item, set[str]]:
    """Give the states in which the register now has items.

    An exhibit is the arm that people decided it to be, or the one that alone bears
    its make and whole serial number.

    Args:
        recoveries: Recovery of each exhibit.
    """
    same, different = (
        _judgements(recoveries.values(), each)
        for each in (Judgement.SAME, Judgement.DIFFERENT)
    )
    arms: dict[int, set[int]] = defaultdict(set)
    for recovery_id, arm_id in same:
        arms[recovery_id].add(arm_id)
    records = RecoveryRecord.objects.current().filter(
        among("recovery_id", recoveries.values())
    )
    described = {
        str(row["recovery_id"]): row
        for row in records.values("recovery_id", "calibre", *MARKS)
    }
    for recovery, arm_id in arms_meant(described).items():
        if (int(recovery), arm_id) not in different:
            arms[int(recovery)].add(arm_id)
    own = {each: {each.arm_id} for each in items if each.arm_id}
    for each in items:
        if (key := each.exhibit_id or 0) in recoveries:
            own[each] = set(arms[recoveries[key]])
    asked_of = {arm for some in own.values() for arm in some if arm}
    rows = Arm.objects.filter(among("pk", asked_of))
    state_of = dict(rows.values_list("pk", "state"))
    return {
        each: {state_of[key] for key in some if key in state_of}
        for each, some in own.items()
    }


def _has_left(item: Item, states: set[str]) -> bool:
    """Tell whether the register says that an item left otherwise than in a lot."""
    here = {*STATE_HOLDS, *MISSING} if item.arm_id else states - {ArmState.DESTROYED}
    return not states <= here


def keeps(arm_ids: Collection[int], _kind: LifeEventKind) -> dict[int, Message]:
    """Say that arms in an open lot leave with the lot, whatever happens to them."""
    ended = LotRecord.objects.current().filter(destroyed_on__isnull=False)
    put = LotItem.objects.current().filter(among("arm_id", arm_ids), is_in=True)
    there = put.exclude(lot__in=ended.values("lot"))
    return {
        arm: message(
            "A%(arm)s is in lot Y%(lot)s; end the lot, or take it out there first.",
            arm=str(arm),
            lot=str(lot),
        )
        for arm, lot in there.values_list("arm_id", "lot_id")
    }


def certificate_of(event: str) -> tuple[str, str] | None:
    """Name kind and subject of the certificate that says what an event does.

    Args:
        event: Its number, such as “disposal E12”, or “disposal Y3 A12” of a store.
    """
    told = OF_DISPOSAL.fullmatch(event)
    if told is None:
        return None
    lot, exhibit = told.groups()
    if exhibit:
        put = LotItem.objects.current().filter(exhibit=int(exhibit), is_in=True).first()
        lot = put and put.lot.reference
    return (CertificateKind.DESTRUCTION, lot) if lot else None


def bars_to(recovery_id: int, leaving: Leaving) -> Iterator[Message]:
    """Say what the law asks before an exhibit leaves custody, and is not there.

    Source:
        Firearms Protocol, art. 6.
    """
    kinds = kinds_before(leaving.way_out, leaving.today)
    exhibit = Exhibit.objects.filter(recovery_id=recovery_id).first()
    if not kinds or exhibit is None:
        return
    item = Item(exhibit_id=exhibit.pk)
    facts = facts_of([item], leaving.today, is_settled=True)[item]
    for refusal in broken(rules.conditions(kinds).values(), facts):
        yield refusal.message
    if leaving.is_now and leaving.way_out is WayOut.DESTROY:
        ended = LotRecord.objects.current().filter(destroyed_on__isnull=False)
        put = LotItem.objects.current().filter(exhibit=exhibit, is_in=True)
        by_lot = (item.reference, put.filter(lot__in=ended.values("lot")).exists())
        if not by_lot[1]:
            yield rules.BY_LOT.broken(by_lot).message
