"""The records behind a figure."""

from collections.abc import Iterator, Sequence
from typing import Any

from armstrace.analysis.statistics.drill import Beside, part_items
from armstrace.analysis.statistics.indicator import indicator_16_4_2, years_needed
from armstrace.indicators.queries import counted, counting, repeated
from armstrace.indicators.queries.counted import CountScope
from armstrace.indicators.queries.rows import CountedRecord, PartRequest
from armstrace.records.lookups import page_of
from armstrace.recoveries.queries.rows import item_row
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType, ItemKind
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import Page, PageRequest

KINDS = tuple(counted.KIND_OF.values())
# What is shown of the marks of an item that has none.
NO_MARKS: dict[str, Any] = {
    "arm_type": ArmType.UNKNOWN,
    "make": "",
    "model": "",
    "serial_status": SerialStatus.UNKNOWN,
}


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
    found = [[each for each in behind if each.table == at] for at in range(len(KINDS))]
    counts = [sum(each.count for each in here) for here in found]
    return [
        record_of(KINDS[table], row)
        for table, part in parts_of(page, counts)
        for row in counting.rows_of(
            scope, table, [each.signature for each in found[table]]
        )[part]
    ]


def parts_of(page: PageRequest, counts: Sequence[int]) -> Iterator[tuple[int, slice]]:
    """Give what a page shows of each of several sets that follow one another."""
    skip, left = page.start, page.size
    for place, count in enumerate(counts):
        taken = min(left, max(0, count - skip))
        if taken:
            yield place, slice(skip, skip + taken)
        skip, left = max(0, skip - count), left - taken


def record_of(kind: ItemKind, row: Any) -> CountedRecord:  # noqa: ANN401 - a row of any of the tables
    """Give a record as the lists behind a figure show it."""
    own = {"item_kind": kind, "arm_id": None}
    if kind is ItemKind.ARM:
        return item_row(CountedRecord, row, quantity=None, **own)
    return item_row(CountedRecord, row, **own, **NO_MARKS)
