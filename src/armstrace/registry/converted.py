"""What a conversion changes of an arm, and how it reads where there was none."""

from collections.abc import Mapping
from typing import Any

from armstrace.audit import ledger
from armstrace.records.submissions import Submission
from armstrace.registry import at_desk
from armstrace.registry.arm_statements import ArmRecorder, restate
from armstrace.registry.categories import BUILD
from armstrace.registry.models import ArmRecord, LifeEvent
from armstrace.registry.told_events import Told
from armstrace.vocabulary.outcomes import Settlement

# What a conversion may change; the rest identifies the arm, and is corrected.
CONVERTED = ("type", "calibre", *BUILD)


def take_back(told: Told, reason: str, entry: ledger.Entry) -> None:
    """Let an arm read as before a conversion that never was; inside the act's entry.

    What was corrected since stays.
    """
    event, arm = told.event, told.taken.arm
    versions = LifeEvent.objects.filter(
        source=event.source, source_number=event.source_number
    )
    first = versions.order_by("pk").values_list("known_at", flat=True)[:1]
    rows = ArmRecord.objects.filter(arm=arm, known_at__gte=first).order_by("pk")
    made = rows.first()
    before = ArmRecord.objects.filter(arm=arm, pk__lt=made.pk if made else 0)
    earlier = before.order_by("-pk").first()
    if made is None or earlier is None:
        return
    was, became, now = (_read(one) for one in (earlier, made, told.taken.record))
    changes = {
        name: was[name] for name in CONVERTED if was[name] != became[name] == now[name]
    }
    if changes:
        entry.by.require("registry.record")
        describe(told.taken, changes, reason, entry)


def describe(
    taken: at_desk.AtDesk, changes: Mapping[str, Any], reason: str, entry: ledger.Entry
) -> None:
    """Let an arm read otherwise from a conversion on; inside the entry of the act."""
    arm = taken.arm
    told = Submission(arm.source, entry.by, entry.at, reason, Settlement.CORRECT)
    stated = restate(arm.source_number, taken.record, dict(changes))
    ArmRecorder(told).record_one(stated, entry).require_done()


def _read(record: ArmRecord) -> dict[str, Any]:
    marks = record.description
    return {
        name: getattr(record if name in BUILD else marks, name) for name in CONVERTED
    }
