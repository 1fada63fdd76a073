"""Asserted links: one, those of a record, those that are due for review."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from armstrace.audit import consultations
from armstrace.intelligence.models import Link
from armstrace.records.lookups import among, page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One asserted link in a list.

    Args:
        other: The record at its other end.
        is_outgoing: Whether it goes from the record whose links are listed.
    """

    link: Link
    other: str
    is_outgoing: bool


def link(link_id: int, *, viewer: Actor) -> Link:
    """Give one asserted link, standing or removed.

    Raises:
        NotPermitted: The viewer may see none.
        NotFound: There is none, or it is not for these eyes.
    """
    found = Link.objects.get_visible(link_id, viewer)
    consultations.show_opened(Link, found.pk)
    return found


def asserted_links(keys: Collection[str], *, viewer: Actor) -> list[LinkRow]:
    """Give the asserted links of records, removed ones last, the latest first.

    Args:
        keys: Numbers of the records, such as P12.
        viewer: Who asks.

    Raises:
        NotPermitted: The viewer may see none.
    """
    either = Q(among("start", keys)) | Q(among("end", keys))
    rows = list(Link.objects.visible_to(viewer).filter(either).order_by("-pk"))
    consultations.show_all(Link, [row.pk for row in rows])
    told = [
        LinkRow(row, row.end if row.start in keys else row.start, row.start in keys)
        for row in rows
    ]
    return sorted(told, key=lambda row: row.link.removed_at is not None)


def links_to_review(*, viewer: Actor, today: date, page: PageRequest) -> Page[Link]:
    """Give the standing links whose day of review has come, the longest due first.

    Raises:
        NotPermitted: The viewer may see none.
    """
    rows = Link.objects.visible_to(viewer).filter(removed_at=None)
    found = page_of(rows.filter(review_on__lte=today).order_by("review_on", "pk"), page)
    consultations.show_all(Link, [row.pk for row in found.rows])
    return found
