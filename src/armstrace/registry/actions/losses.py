"""Record reports of loss and theft."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from armstrace.analysis.marks import identify
from armstrace.analysis.provenance.state import fold_state
from armstrace.audit import ledger
from armstrace.licensing import queries as licensing
from armstrace.records import bulk
from armstrace.registry import (
    arm_state,
    keystore,
)
from armstrace.registry.described import described_columns
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis
from armstrace.vocabulary.outcomes import (
    Recorded,
    RowOutcome,
)


def report_losses(
    *,
    source: str,
    arm_source: str,
    stated: Sequence[LossInput],
    reason: str = "",
    by: Actor,
    at: datetime,
) -> list[Recorded]:
    """Record reports of loss or theft; an arm not on register gets an identity.

    Args:
        source: Who received the reports.
        arm_source: The register whose numbers the reports use for arms.
        stated: The reports; a number that comes twice keeps its last statement.
        reason: Why records are corrected, where they are.
        by: Who records them.
        at: When, with time zone.

    Returns:
        The fate of each, in the order given.

    Raises:
        NotPermitted: ``by`` may not record events.

    Source:
        Firearms Protocol, art. 11; background paper (2018), para. 76 (c).
    """
    by.require("registry.event")
    latest = {each.number: each for each in stated}
    on_record = {
        report.source_number: report
        for report in LossReport.objects.current().filter(
            source=source, source_number__in=latest
        )
    }
    written = [
        each
        for each in latest.values()
        if each.number not in on_record
        or on_record[each.number].content_key != each.content_key
    ]
    holders = licensing.holder_ids(
        {e.holder_number for e in written if e.holder_number}
    )
    with ledger.entry("loss.reported", by=by, at=at) as entry:
        closed = [on_record[e.number].pk for e in written if e.number in on_record]
        LossReport.objects.filter(pk__in=closed).update(superseded_at=at)
        entry.about_keys(LossReport, closed)
        arms, records = _arms(written, arm_source, source, on_record, at)
        entry.about_keys(ArmRecord, records)
        reports = [
            _report(each, arms[each.number], holders, source, reason, at)
            for each in written
        ]
        entry.about_keys(LossReport, bulk.insert(LossReport, reports))
        entry.about_keys(LifeEvent, _events(written, arms, holders, source, at))
        lives = arm_state.events_of(arms.values())
        arm_state.rewrite({arm: fold_state(lives[arm]) for arm in lives})
        entry.about_keys(Arm, set(arms.values()))
        entry.note(stated=len(stated), written=len(written))
    new = {each.number for each in written if each.number not in on_record}
    changed = {each.number for each in written} - new
    ids = arms | {number: report.arm_id for number, report in on_record.items()}
    return [_fate(each.number, ids, new, changed) for each in stated]


def _arms(
    written: list[LossInput],
    arm_source: str,
    source: str,
    on_record: dict[str, LossReport],
    at: datetime,
) -> tuple[dict[str, int], list[int]]:
    """Find the arm of each report; make one where the register has none."""
    numbers = {each.arm_number for each in written if each.arm_number}
    known = dict(
        Arm.objects.filter(source=arm_source, source_number__in=numbers).values_list(
            "source_number", "pk"
        )
    )
    arms = {
        each.number: known[each.arm_number]
        for each in written
        if each.arm_number in known
    }
    for number, report in on_record.items():
        arms.setdefault(number, report.arm_id)
    without = [each for each in written if each.number not in arms]
    made = bulk.insert(Arm, [_arm(each, source, at) for each in without])
    arms |= {each.number: pk for each, pk in zip(without, made, strict=True)}
    records = [_record(each, arms[each.number], source, at) for each in without]
    keystore.store(records)
    return arms, bulk.insert(ArmRecord, records)


def _arm(stated: LossInput, source: str, at: datetime) -> dict[str, Any]:
    return {
        "source": source,
        "source_number": f"loss {stated.number}",
        "basis": ArmBasis.LOSS_REPORT.value,
        "known_at": stated.known_at or at,
    }


def _record(
    stated: LossInput, arm_id: int, source: str, at: datetime
) -> dict[str, Any]:
    read = described_columns(stated.description, identify.identify(stated.description))
    return read | {
        "arm_id": arm_id,
        "known_at": stated.known_at or at,
        "source": source,
        "source_row": stated.source_row,
        "content_key": stated.content_key,
    }


def _report(
    stated: LossInput,
    arm_id: int,
    holders: dict[str, int],
    source: str,
    reason: str,
    at: datetime,
) -> dict[str, Any]:
    read = described_columns(stated.description, identify.identify(stated.description))
    return read | {
        "arm_id": arm_id,
        "source": source,
        "source_number": stated.number,
        "loss_kind": stated.loss_kind.value,
        "happened_on": stated.happened_on,
        "reported_on": stated.reported_on,
        "place": stated.place,
        "region": stated.region,
        "holder_id": holders.get(stated.holder_number),
        "notes": stated.notes,
        "content_key": stated.content_key,
        "reason": reason,
        "known_at": stated.known_at or at,
    }


def _events(
    written: list[LossInput],
    arms: dict[str, int],
    holders: dict[str, int],
    source: str,
    at: datetime,
) -> list[int]:
    """Write the loss into each arm's life; an earlier statement of it is closed.

    A register that tells of the same loss on the same day is not told it twice.
    """
    numbers = {f"loss {each.number}": each for each in written}
    old = LifeEvent.objects.current().filter(source=source, source_number__in=numbers)
    closed = list(old.values_list("pk", flat=True))
    old.update(superseded_at=at)
    told = set(
        LifeEvent.objects.current()
        .filter(arm_id__in=arms.values(), kind__in=[e.loss_kind for e in written])
        .values_list("arm_id", "kind", "happened_on")
    )
    rows = [
        {
            "arm_id": arms[each.number],
            "source": source,
            "source_number": number,
            "kind": each.loss_kind.value,
            "happened_on": each.happened_on or each.reported_on,
            "holder_from_id": holders.get(each.holder_number),
            "place": each.place,
            "region": each.region,
            "document": f"loss report {each.number}",
            "content_key": each.content_key,
            "known_at": each.known_at or at,
        }
        for number, each in numbers.items()
        if (arms[each.number], each.loss_kind.value, each.happened_on) not in told
    ]
    return [*closed, *bulk.insert(LifeEvent, rows)]


def _fate(
    number: str, ids: dict[str, int], new: set[str], changed: set[str]
) -> Recorded:
    if number in new:
        return Recorded(RowOutcome.NEW, ids[number])
    if number in changed:
        return Recorded(RowOutcome.CORRECTED, ids[number])
    return Recorded(RowOutcome.UNCHANGED, ids[number])
