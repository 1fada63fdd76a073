"""What can be asked about exhibits, their stores and counts."""

from armstrace.custody.queries.counts import (
    CountPage,
    CountRow,
    Difference,
    count_page,
    count_rows,
)
from armstrace.custody.queries.detail import (
    ExhibitPage,
    Whereabouts,
    exhibit_page,
    whereabouts,
)
from armstrace.custody.queries.items import Item
from armstrace.custody.queries.lists import (
    ExhibitFilter,
    ExhibitRow,
    Shown,
    StoreRow,
    Waiting,
    exhibit_ids,
    exhibit_rows,
    exhibits_among,
    exhibits_of,
    item_to_receive,
    own_stores,
    receivable,
    receivers,
    stores,
    waiting,
)
from armstrace.custody.queries.numbers import exhibits_numbered

__all__ = [
    "CountPage",
    "CountRow",
    "Difference",
    "ExhibitFilter",
    "ExhibitPage",
    "ExhibitRow",
    "Item",
    "Shown",
    "StoreRow",
    "Waiting",
    "Whereabouts",
    "count_page",
    "count_rows",
    "exhibit_ids",
    "exhibit_page",
    "exhibit_rows",
    "exhibits_among",
    "exhibits_numbered",
    "exhibits_of",
    "item_to_receive",
    "own_stores",
    "receivable",
    "receivers",
    "stores",
    "waiting",
    "whereabouts",
]
