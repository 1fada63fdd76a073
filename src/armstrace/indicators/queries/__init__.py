"""What can be asked about figures, and the records behind them."""

from armstrace.indicators.queries.drilling import cell_records
from armstrace.indicators.queries.figures import (
    figures_page,
    indicator,
    indicator_series,
    recovered_years,
    side_by_side,
)
from armstrace.indicators.queries.kept import kept_figures
from armstrace.indicators.queries.shown import (
    CountedRecord,
    FiguresPage,
    KeptFigure,
    PartRequest,
    TracingRow,
)

__all__ = [
    "CountedRecord",
    "FiguresPage",
    "KeptFigure",
    "PartRequest",
    "TracingRow",
    "cell_records",
    "figures_page",
    "indicator",
    "indicator_series",
    "kept_figures",
    "recovered_years",
    "side_by_side",
]
