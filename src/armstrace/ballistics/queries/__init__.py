"""What can be asked about ballistic marks."""

from armstrace.ballistics.queries.comparisons import (
    comparison_page,
    comparison_rows,
    comparisons_of,
    conclusion,
    conclusion_rows,
    conclusions_of_mark,
    recompute,
)
from armstrace.ballistics.queries.detail import mark_page
from armstrace.ballistics.queries.erased import (
    ErasedPath,
    Step,
    StepKind,
    path_of_erased_serial,
)
from armstrace.ballistics.queries.links import (
    arms_with_links,
    link_row,
    link_rows,
    links_ever,
    links_of_mark,
    links_of_recoveries,
)
from armstrace.ballistics.queries.marks import (
    every_mark,
    mark_row,
    mark_rows,
    marks_of_arms,
    marks_of_recoveries,
    open_mark,
    prepare_mark,
)
from armstrace.ballistics.queries.references import (
    TestedSet,
    reference_page,
    reference_rows,
)
from armstrace.ballistics.queries.rows import (
    ComparisonPage,
    ComparisonRow,
    ConclusionShown,
    LinkShown,
    LinkSide,
    MarkFilter,
    MarkPage,
    MarkRow,
    Removal,
    SearchPage,
    SearchRow,
)
from armstrace.ballistics.queries.searches import search_page, search_row, search_rows
from armstrace.ballistics.queries.sharing import SharingShown, sharing_of_mark
from armstrace.ballistics.queries.waiting import bench_waiting
