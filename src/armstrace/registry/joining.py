"""One arm that stood twice: on the register, and from a report alone.

The reports and the life of the second go to the first as new versions, and its marks
are closed, so that no list and no search gives it twice. Nothing is lost: to take the
two apart brings the same rows back as new versions.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from armstrace.analysis.provenance.state import fold_state
from armstrace.audit import ledger
from armstrace.registry import arm_state, keystore
from armstrace.registry.models import Arm, ArmJoin, ArmRecord, LifeEvent, LossReport

type Row = Any
"""A version of a report, an event or a record of marks."""


def join(report_arm: int, arm: int, *, at: datetime, entry: ledger.Entry) -> None:
    """Let the reports and the life of an arm stand with the registered arm.

    Args:
        report_arm: The arm that is known from a report alone.
    """
    _move(LossReport.objects.current().filter(arm_id=report_arm), arm, at, entry)
    events = list(LifeEvent.objects.current().filter(arm_id=report_arm))
    told = set(
        LifeEvent.objects.current()
        .filter(arm_id=arm)
        .values_list("kind", "happened_on")
    )
    _close(events, at, entry)
    _write([e for e in events if (e.kind, e.happened_on) not in told], arm, at, entry)
    records = list(ArmRecord.objects.current().filter(arm_id=report_arm))
    keystore.forget(_columns_of_keys(records))
    _close(records, at, entry)
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
        _close(list(back.values()), at, entry)
        _write(list((named | back).values()), report_arm, at, entry)
    records = list(ArmRecord.objects.filter(arm_id=report_arm, superseded_at=since))
    keystore.store(_columns_of_keys(_write(records, report_arm, at, entry)))
    _stand(report_arm, arm, entry)


def _name(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a report or an event
    return row.source, row.source_number


def _move(rows: Iterable[Row], arm: int, at: datetime, entry: ledger.Entry) -> None:
    found = list(rows)
    _close(found, at, entry)
    _write(found, arm, at, entry)


def _close(rows: Sequence[Row], at: datetime, entry: ledger.Entry) -> None:
    if not rows:
        return
    table, keys = type(rows[0]), [row.pk for row in rows]
    table.objects.filter(pk__in=keys).update(superseded_at=at)
    entry.about_keys(table, keys)


def _write(
    rows: Sequence[Row], arm: int, at: datetime, entry: ledger.Entry
) -> list[Row]:
    made = [row.next_version(arm_id=arm, known_at=at) for row in rows]
    if made:
        type(made[0]).objects.bulk_create(made)
        entry.about_all(made)
    return made


def _columns_of_keys(records: Iterable[Row]) -> list[dict[str, object]]:
    return [{name: getattr(row, name) for name in keystore.KEYED} for row in records]


def _stand(report_arm: int, arm: int, entry: ledger.Entry) -> None:
    both = (report_arm, arm)
    lives = arm_state.events_of(both)
    arm_state.rewrite({each: fold_state(lives.get(each, [])) for each in both})
    entry.about_keys(Arm, both)
