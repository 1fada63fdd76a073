"""What can be asked about figures, and the records behind them."""

from armstrace.analysis.statistics.routes import FoundRoute, RoutesPage
from armstrace.indicators.queries.drilling import cell_records
from armstrace.indicators.queries.figures import (
    arms_by_year,
    figures_page,
    indicator,
    indicator_by_type,
    indicator_series,
    kept_figures,
    side_by_side,
    years_of_recoveries,
)
from armstrace.indicators.queries.progress import (
    progress_funnel,
    progress_records,
    route_records,
    routes_page,
)
from armstrace.indicators.queries.publication_preview import YearPrepared, preview_year
from armstrace.indicators.queries.publishing import (
    PublishedYear,
    file_published,
    publications,
    series_published,
    year_published,
    years_published,
)
from armstrace.indicators.queries.repeated import repeats_counted
from armstrace.indicators.queries.returns import (
    KeptReturn,
    kept_return,
    kept_return_rows,
    kept_returns,
    return_of,
    return_records,
)
from armstrace.indicators.queries.returns_revisions import (
    RecordMove,
    Revision,
    revisions,
)
from armstrace.indicators.queries.returns_sent import (
    SOURCE,
    MessageAsked,
    by_every_method,
    sdmx_message,
    told_beside,
)
from armstrace.indicators.queries.rows import (
    CountedRecord,
    FiguresPage,
    KeptFigure,
    PartRequest,
)
from armstrace.indicators.queries.shortfall import (
    ShortfallPage,
    shortfall_page,
    shortfall_records,
)
from armstrace.indicators.queries.world import (
    CountryPage,
    WorldPage,
    country_page,
    releases,
    world_page,
)
