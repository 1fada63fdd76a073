"""A return that was kept, as files: what was sent can be fetched again."""

from django.http import HttpResponseBase
from django.utils import timezone

from armstrace.analysis.statistics.indicator import IndicatorValue, Method
from armstrace.analysis.statistics.questionnaire.filled import ReturnFilled
from armstrace.analysis.statistics.sdmx import sending
from armstrace.analysis.statistics.workbook import layout, published, writing
from armstrace.indicators import queries
from armstrace.vocabulary.errors import NotFound
from armstrace.web import access
from armstrace.web.return_exports import reporting, views


@access.staff_view
def file(request: access.Request, return_id: int, name: str) -> HttpResponseBase:
    """Send a kept return in one of the forms that its page lists."""
    card, filled = queries.kept_return(return_id=return_id, viewer=request.viewer)
    stem = f"{filled.year}_{card.stage.value.lower()}_{return_id}"
    match name:
        case "return.xlsx":
            told = queries.told_beside(
                filled, viewer=request.viewer, card=card, at=request.at
            )
            book = layout.book_of(filled, told)
            return views.sent(writing.xlsx(book), f"return_{stem}.xlsx")
        case "cells.csv":
            return views.cells_of(filled, f"return_{stem}_cells")
        case "release.csv":
            content = published.as_csv(filled).encode()
            return views.sent(content, f"release_{stem}.csv")
        case "release.xlsx":
            book = published.as_book(filled, timezone.localdate(card.kept_at))
            return views.sent(writing.xlsx(book), f"release_{stem}.xlsx")
    return _report_of(request, card, filled, name=name)


def _report_of(
    request: access.Request,
    card: queries.KeptReturn,
    filled: ReturnFilled,
    *,
    name: str,
) -> HttpResponseBase:
    stem = f"{filled.year}_{card.stage.value.lower()}_{card.return_id}"
    match name:
        case "sdmx.csv" | "sdmx.xml":
            return views.message_of(
                _figures(request, card),
                request,
                as_known=card.as_of,
                name=f"VC_ARM_SZTRACE_{stem}.{name.rpartition('.')[2]}",
            )
        case "accompanying.csv":
            text = sending.accompanying_text(_figures(request, card))
            return views.sent(text.encode(), f"accompanying_{stem}.csv")
        case "report.pdf":
            told = reporting.told(request, filled, as_of=card.as_of, card=card)
            return reporting.pdf_sent(request, told, f"report_{stem}.pdf")
    raise NotFound(views.NO_FILE)


def _figures(
    request: access.Request, card: queries.KeptReturn
) -> tuple[IndicatorValue, ...]:
    return queries.side_by_side(
        viewer=request.viewer,
        year=card.year,
        methods=tuple(Method),
        as_of=card.as_of,
    )
