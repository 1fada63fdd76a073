"""One arm that stood twice: on the register, and from a report alone.

The reports and the life of the second go to the first as new versions, and its marks
are closed, so that no list and no search gives it twice. Nothing is lost: to take the
two apart brings the same rows back as new versions.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from armstrace.analysis.provenance.state import fold_state
from armstrace.audit import ledger
from armstrace.records.closing import bring_back, close
from armstrace.registry import arm_state, keystore
from armstrace.registry.models import Arm, ArmJoin, ArmRecord, LifeEvent, LossReport


def join(report_arm: int, arm: int, *, at: datetime, entry: ledger.Entry) -> None:
    """Let the reports and the life of an arm stand with the registered arm.

    Args:
        report_arm: The arm that is known from a report alone.
    """
    reports = LossReport.objects.current().filter(arm_id=report_arm)
    bring_back(close(reports, at, entry), at, entry, arm_id=arm)
    told = set(
        LifeEvent.objects.current()
        .filter(arm_id=arm)
        .values_list("kind", "happened_on")
    )
    events = close(LifeEvent.objects.current().filter(arm_id=report_arm), at, entry)
    new = [e for e in events if (e.kind, e.happened_on) not in told]
    bring_back(new, at, entry, arm_id=arm)
    records = close(ArmRecord.objects.current().filter(arm_id=report_arm), at, entry)
    keystore.forget(columns_of_keys(records))
    _stand(report_arm, arm, entry)


def part(joined: ArmJoin, *, at: datetime, entry: ledger.Entry) -> None:
    """Bring back what a joining moved."""
    report_arm, arm, since = joined.report_arm_id, joined.arm_id, joined.known_at
    tables: tuple[Any, ...] = (LossReport, LifeEvent)
    for table in tables:
        moved = table.objects.filter(arm_id=report_arm, superseded_at=since)
        named = {_name(row): row for row in moved.order_by("pk")}
        here = table.objects.current().filter(arm_id=arm).order_by("pk")
        back = {_name(row): row for row in here if _name(row) in named}
        close(here.filter(pk__in=[row.pk for row in back.values()]), at, entry)
        bring_back((named | back).values(), at, entry, arm_id=report_arm)
    records = list(ArmRecord.objects.filter(arm_id=report_arm, superseded_at=since))
    back_again = bring_back(records, at, entry)
    keystore.store(columns_of_keys(back_again))
    _stand(report_arm, arm, entry)


def _name(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a report or an event
    return row.source, row.source_number


def columns_of_keys(records: Iterable[ArmRecord]) -> list[dict[str, object]]:
    """Give of records what their keys are made of."""
    return [{name: getattr(row, name) for name in keystore.KEYED} for row in records]


def _stand(report_arm: int, arm: int, entry: ledger.Entry) -> None:
    both = (report_arm, arm)
    lives = arm_state.events_of(both)
    arm_state.rewrite({each: fold_state(lives.get(each, [])) for each in both})
    entry.about_keys(Arm, both)
