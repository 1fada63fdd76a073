"""One mark with everything that is known of it."""

from armstrace.ballistics.models import BallisticMark
from armstrace.ballistics.queries import comparisons, links, marks, remarks, searches
from armstrace.ballistics.queries.rows import MarkPage
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import PageRequest


def mark_page(mark_id: int, *, viewer: Actor) -> MarkPage:
    """Give one mark with its scans, regions, comparisons, searches and links."""
    rows = BallisticMark.objects.get_queryset()
    mark = marks.whole(rows).get_visible(mark_id, viewer)
    row = marks.row_of(mark)
    page = PageRequest(1, 20)
    return MarkPage(
        mark=mark,
        row=row,
        scans=tuple(mark.scans.select_related("file").order_by("-pk")),
        # ``whole`` fetched those that stand alone, under names of their own.
        regions=tuple(mark.regions.order_by("-pk")),
        classes=tuple(mark.characteristics.order_by("-pk")),
        comparisons=comparisons.comparisons_of(mark_id, viewer=viewer),
        conclusions=comparisons.conclusions_of_mark(mark_id, viewer=viewer),
        searches=tuple(
            searches.search_rows(viewer=viewer, page=page, probe_id=mark_id).rows
        ),
        links=links.links_of_mark(mark_id, viewer=viewer),
        remarks=remarks.of_marks([row])[mark_id],
    )
