"""The records behind a figure."""

from typing import Any

from armstrace.analysis.statistics.drill import Beside, part_items
from armstrace.analysis.statistics.indicator import indicator_16_4_2, years_needed
from armstrace.indicators.queries import counted, counting, repeated
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.rows import CountedRecord, PartRequest
from armstrace.records.lookups import page_of
from armstrace.recoveries.queries.rows import item_columns
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType, ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import Page, PageRequest

KINDS = tuple(counted.KIND_OF.values())


def cell_records(
    wanted: PartRequest, *, viewer: Actor, page: PageRequest
) -> Page[CountedRecord]:
    """Give one page of the records behind a part of a figure.

    As many records stand behind a part as the figure counts there.

    Raises:
        InvalidInput: No part has that name.
    """
    if wanted.part in Beside.__members__:
        return _beside(wanted, viewer, page)
    scope = CountScope.of(
        viewer, "indicator.view", years_needed(wanted.method, wanted.year), wanted.as_of
    )
    groups = counting.groups_counted(scope)
    register = counting.tables_of_groups(groups)
    figure = indicator_16_4_2(register, wanted.year, wanted.method)
    behind = [groups[place] for place in part_items(register, figure, wanted.part)]
    total = sum(each.count for each in behind)
    page = page.within(total)
    return Page(_rows(scope, behind, page), page.number, page.size, total)


def _beside(
    wanted: PartRequest, viewer: Actor, page: PageRequest
) -> Page[CountedRecord]:
    """Give one page of the arms of the year alone that are said beside its figures."""
    scope = CountScope.of(
        viewer, "indicator.view", counted.one_year(wanted.year), wanted.as_of
    )
    rows = repeated.beside(scope, Beside[wanted.part])
    found = page_of(rows.order_by("-recovered_on", "-recovery_id"), page)
    shown = [record_of(ItemKind.ARM, row) for row in found.rows]
    return found.showing(shown)


def _rows(
    scope: CountScope, behind: list[counting.SignedGroup], page: PageRequest
) -> list[CountedRecord]:
    """Fetch one page across the tables: arms first, then what is no arm."""
    shown: list[CountedRecord] = []
    skip = page.start
    for table, kind in enumerate(KINDS):
        here = [each for each in behind if each.table == table]
        count = sum(each.count for each in here)
        left = page.size - len(shown)
        if skip < count and left:
            signatures = [each.signature for each in here]
            rows = counting.rows_of(scope, table, signatures)
            shown += [record_of(kind, row) for row in rows[skip : skip + left]]
        skip = max(0, skip - count)
    return shown


def record_of(kind: ItemKind, row: Any) -> CountedRecord:  # noqa: ANN401 - a row of any of the tables
    """Give a record as the lists behind a figure show it."""
    is_arm = kind is ItemKind.ARM
    return CountedRecord(
        **item_columns(row),
        item_kind=kind,
        arm_type=ArmType[row.arm_type] if is_arm else ArmType.UNKNOWN,
        make=row.make if is_arm else "",
        model=row.model if is_arm else "",
        serial_status=SerialStatus[row.serial_status if is_arm else "UNKNOWN"],
        quantity=None if is_arm else row.quantity,
    )
