"""A return that was kept, as files: what was sent can be fetched again."""

from django.http import HttpResponseBase
from django.utils.translation import gettext

from armstrace.analysis.statistics.indicator import Method
from armstrace.analysis.statistics.workbook import layout, published, writing
from armstrace.indicators import queries
from armstrace.vocabulary.errors import NotFound
from armstrace.web import door
from armstrace.web.returns_out import views


@door.staff
def file(request: door.Request, return_id: int, name: str) -> HttpResponseBase:
    """Send a kept return as a workbook, in the release layout or cell by cell."""
    card, filled = queries.kept_return(return_id=return_id, viewer=request.viewer)
    stem = f"{filled.year}_{card.stage.value.lower()}_{return_id}"
    match name:
        case "return.xlsx":
            figures = queries.side_by_side(
                viewer=request.viewer,
                year=filled.year,
                methods=tuple(Method),
                as_of=card.as_of,
            )
            made = f"{card.kept_at:%d %b %Y %H:%M} UTC, {card.kept_by}"
            book = layout.book_of(filled, layout.Told(figures, made))
            return views.sent(writing.xlsx(book), f"return_{stem}.xlsx")
        case "cells.csv":
            return views.cells_of(filled, f"return_{stem}_cells")
        case "release.csv":
            content = published.as_csv(filled).encode()
            return views.sent(content, f"release_{stem}.csv")
        case "release.xlsx":
            book = published.as_book(filled, card.kept_at.date())
            return views.sent(writing.xlsx(book), f"release_{stem}.xlsx")
    raise NotFound(gettext("There is no such file; choose one from the list."))
