"""What can be asked about stockpiles."""

from armstrace.stockpiles.queries.counts import (
    CountPage,
    ListCompared,
    compare_list,
    count_page,
    counts_of,
    counts_to_sign,
    counts_unsettled,
    rows_left_out,
)
from armstrace.stockpiles.queries.stores import (
    DepotRow,
    LotBearer,
    LotPage,
    LotRow,
    PaperPage,
    StockedRow,
    depot,
    depot_called,
    depot_rows,
    lot_page,
    lot_rows,
    lots_under_recall,
    lots_under_recall_out,
    paper,
    papers_of,
    papers_waiting,
    signers,
    stock_rows,
    stores_beside,
    surplus_waiting,
)
