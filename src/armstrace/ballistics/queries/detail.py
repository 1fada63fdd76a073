"""One mark with everything that is known of it."""

from armstrace.ballistics.models import BallisticMark, MarkRegion, Scan
from armstrace.ballistics.queries import (
    comparisons,
    links,
    marks,
    remarks,
    searches,
)
from armstrace.ballistics.queries.rows import MarkPage
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import PageRequest


def mark_page(mark_id: int, *, viewer: Actor) -> MarkPage:
    """Give one mark with its scans, regions, comparisons, searches and links.

    Raises:
        NotFound: There is none, or it is not for these eyes.
    """
    rows = BallisticMark.objects.get_queryset().select_related("exhibit")
    mark = marks.whole(rows).get_visible(mark_id, viewer)
    row = marks.row_of(mark)
    of_mark = {"mark_id": mark_id}
    scans = Scan.objects.filter(**of_mark).select_related("file").order_by("-pk")
    regions = MarkRegion.objects.filter(**of_mark).order_by("-pk")
    measured = tuple(marks.scan_shown(each) for each in scans)
    drawn = tuple(marks.region_shown(each) for each in regions)
    page = PageRequest(1, 20)
    return MarkPage(
        row=row,
        part_id=mark.part_id,
        exhibit=str(mark.exhibit or ""),
        fired_on=mark.fired_on,
        scan=next(each for each in measured if each.superseded_at is None),
        region=next(each for each in drawn if each.superseded_at is None),
        scans=measured,
        regions=drawn,
        described_before=marks.described_before(mark_id),
        comparisons=comparisons.comparisons_of(mark_id, viewer=viewer),
        conclusions=comparisons.conclusions_of_mark(mark_id, viewer=viewer),
        searches=tuple(
            searches.search_rows(viewer=viewer, page=page, probe_id=mark_id).rows
        ),
        links=links.links_of_mark(mark_id, viewer=viewer),
        remarks=remarks.of_marks([row])[mark_id],
    )
