"""What can be asked about holders."""

from armstrace.licensing.queries.cards import (
    HolderCard,
    holder_cards,
    holder_ids,
    holder_kinds,
    holders_called,
    licence_numbers,
)
from armstrace.licensing.queries.holders import (
    HolderFilter,
    HolderPage,
    HolderRow,
    asks_reason,
    holder_page,
    holder_rows,
    receivers,
)
