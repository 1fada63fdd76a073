"""What can be asked about exhibits, their stores and counts."""

from armstrace.custody.queries.counts import CountPage, CountRow, count_page, count_rows
from armstrace.custody.queries.detail import (
    ExhibitPage,
    events_of,
    exhibit_page,
    signed_events,
    still_to_do,
    whereabouts,
)
from armstrace.custody.queries.items import Item
from armstrace.custody.queries.lists import (
    ExhibitFilter,
    ExhibitRow,
    Shown,
    StoreRow,
    exhibit_ids,
    exhibit_rows,
    exhibits_among,
    exhibits_of,
    held_by,
    item_to_receive,
    open_counts,
    own_stores,
    receivable,
    receivers,
    stores,
    waiting,
)
from armstrace.custody.queries.numbers import exhibits_numbered
