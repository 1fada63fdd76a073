"""The records behind a figure."""

from datetime import datetime
from typing import Any

from armstrace.analysis.statistics.drill import part_items
from armstrace.analysis.statistics.indicator import indicator_16_4_2
from armstrace.indicators.queries import counting
from armstrace.indicators.queries.shown import CountedRecord, PartRequest
from armstrace.recoveries.models import AmmunitionRecord, PartRecord, RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType, ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.recoveries import RecoveryKind

TABLES = (
    (ItemKind.ARM, RecoveryRecord),
    (ItemKind.PART, PartRecord),
    (ItemKind.AMMUNITION, AmmunitionRecord),
)


def cell_records(
    wanted: PartRequest, *, viewer: Actor, page: PageRequest
) -> Page[CountedRecord]:
    """Give one page of the records behind a part of a figure.

    As many records stand behind a part as the figure counts there.

    Args:
        wanted: The figure, its part, and as known when.
        viewer: Who asks.
        page: Which page, newest recovery first within each cell.

    Raises:
        NotPermitted: The viewer may not see figures.
        InvalidInput: No part has that name.
    """
    numbers = numbers_behind(wanted, viewer=viewer)
    last = max(1, -(-len(numbers) // page.size))
    number = min(max(page.number, 1), last)
    start = (number - 1) * page.size
    rows = _records(numbers[start : start + page.size], wanted.as_of)
    return Page(rows, number, page.size, len(numbers))


def numbers_behind(wanted: PartRequest, *, viewer: Actor) -> tuple[int, ...]:
    """Give the numbers of all records behind a part of a figure.

    Args:
        wanted: The figure, its part, and as known when.
        viewer: Who asks.

    Raises:
        NotPermitted: The viewer may not see figures.
        InvalidInput: No part has that name.
    """
    years = range(wanted.year - 1, wanted.year + 2)
    reach = counting.reach_of(viewer, years, wanted.as_of)
    register = counting.tables_listed(reach)
    figure = indicator_16_4_2(register, wanted.year, wanted.method)
    return part_items(register, figure, wanted.part)


def _records(numbers: tuple[int, ...], as_of: datetime | None) -> list[CountedRecord]:
    found: dict[int, CountedRecord] = {}
    for kind, table in TABLES:
        left = [number for number in numbers if number not in found]
        if left:
            rows = table.objects.as_of(as_of).filter(recovery_id__in=left)
            found |= {row.recovery_id: _shown(kind, row) for row in rows}
    return [found[number] for number in numbers if number in found]


def _shown(kind: ItemKind, row: Any) -> CountedRecord:  # noqa: ANN401 - one of TABLES
    is_arm = kind is ItemKind.ARM
    return CountedRecord(
        recovery_id=row.recovery_id,
        reference=f"R{row.recovery_id}",
        item_kind=kind,
        kind=RecoveryKind[row.recovery_kind],
        recovered_on=row.recovered_on,
        agency=row.agency,
        region=row.region,
        arm_type=ArmType[row.arm_type] if is_arm else ArmType.UNKNOWN,
        make=row.make if is_arm else "",
        model=row.model if is_arm else "",
        serial_status=SerialStatus[row.serial_status if is_arm else "UNKNOWN"],
        case_number=row.case_number,
    )
