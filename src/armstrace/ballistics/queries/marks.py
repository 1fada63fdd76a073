"""Marks: lists, one mark, its surface and its prepared image."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from armstrace.analysis.ballistics import packing
from armstrace.analysis.ballistics.preparation import Mark
from armstrace.analysis.ballistics.regions import Ring
from armstrace.analysis.ballistics.surfaces import Surface
from armstrace.audit import consultations
from armstrace.ballistics import calibres, prepared_marks
from armstrace.ballistics.inputs import ClassInput
from armstrace.ballistics.models import (
    BallisticMark,
    ClassCharacteristics,
    MarkRegion,
    PreparedMark,
    Scan,
    no_such_mark,
)
from armstrace.ballistics.queries.rows import MarkFilter, MarkRow
from armstrace.records.lookups import page_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import RegionOrigin
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill


@dataclass(frozen=True, slots=True, eq=False)
class OpenedMark:
    """A mark's surface as measured, with the region on it."""

    # Heights in metres.
    surface: Surface
    ring: Ring
    row: MarkRow


def mark_rows(where: MarkFilter, *, viewer: Actor, page: PageRequest) -> Page[MarkRow]:
    """Give one page of marks, the latest enrolled first.

    Args:
        viewer: Who asks; a viewer of one agency sees that agency's marks.
    """
    rows = _filter(BallisticMark.objects.visible_to(viewer), where).order_by("-pk")
    changes = ("known_at", "scans__known_at", "characteristics__known_at")
    found = page_of(whole(rows), page, changes=changes)
    shown = [row_of(mark) for mark in found.rows]
    return found.showing(shown)


def every_mark(where: MarkFilter, *, viewer: Actor) -> Iterator[MarkRow]:
    """Give all rows of the list that ``mark_rows`` pages, for a file."""
    rows = _filter(BallisticMark.objects.visible_to(viewer), where).order_by("-pk")
    return (row_of(mark) for mark in whole(rows).iterator(chunk_size=2_000))


def mark_row(mark_id: int, *, viewer: Actor) -> MarkRow:
    """Give one mark as a list shows it."""
    return marks_by_id([mark_id], viewer=viewer)[mark_id]


def marks_by_id(mark_ids: Iterable[int], *, viewer: Actor) -> dict[int, MarkRow]:
    """Give marks by number, in three queries.

    Raises:
        NotFound: One is missing, or not for these eyes.
    """
    wanted = set(mark_ids)
    rows = BallisticMark.objects.visible_to(viewer).filter(pk__in=wanted)
    found = {mark.pk: row_of(mark) for mark in whole(rows)}
    if missing := wanted - found.keys():
        raise NotFound(no_such_mark(min(missing)))
    return found


def marks_of_recoveries(
    recovery_ids: Iterable[int], *, viewer: Actor
) -> dict[int, tuple[MarkRow, ...]]:
    """Give the marks of recoveries, by recovery, in three queries."""
    rows = BallisticMark.objects.visible_to(viewer).filter(
        recovery_id__in=set(recovery_ids)
    )
    return _by_owner(rows, "recovery_id")


def marks_of_arms(
    arm_ids: Iterable[int], *, viewer: Actor
) -> dict[int, tuple[MarkRow, ...]]:
    """Give the test fires of registered arms, by arm, in three queries."""
    rows = BallisticMark.objects.visible_to(viewer).filter(arm_id__in=set(arm_ids))
    return _by_owner(rows, "arm_id")


def open_mark(mark_id: int, *, folder: Path, viewer: Actor) -> OpenedMark:
    """Open a mark's surface as it was measured.

    Raises:
        SourceUnavailable: The file is gone.
    """
    row = mark_row(mark_id, viewer=viewer)
    region = MarkRegion.objects.current().select_related("mark", "scan__file")
    found = region.get(mark_id=mark_id)
    surface = prepared_marks.surface_of(found, folder)
    return OpenedMark(surface, prepared_marks.ring_of(found), row)


def prepare_mark(
    mark_id: int, *, folder: Path, viewer: Actor, region_id: int | None = None
) -> Mark:
    """Give a mark as it is compared: filtered, 25 um.

    Args:
        region_id: A region that it had, as a comparison names it; the current one
            where None.
    """
    mark_row(mark_id, viewer=viewer)
    kept = PreparedMark.objects.filter(
        mark_id=mark_id, method=prepared_marks.METHOD
    ).first()
    if kept is not None and region_id in (None, kept.region_id):
        return packing.image_of(bytes(kept.image))
    rows = MarkRegion.objects.filter(mark_id=mark_id).select_related(
        "mark", "scan__file"
    )
    wanted = rows.filter(superseded_at=None) if region_id is None else rows
    region = (wanted if region_id is None else rows.filter(pk=region_id)).first()
    if region is None:
        raise NotFound(
            message(
                "B%(mark)s has no such region; look at its page again.", mark=mark_id
            )
        )
    return prepared_marks.mark_of(region, folder)


def whole[Rows: QuerySet[BallisticMark]](rows: Rows) -> Rows:
    """Fetch marks with what their rows show, in three queries."""
    classes = ClassCharacteristics.objects.current()
    regions = MarkRegion.objects.current()
    told = Prefetch("characteristics", classes, to_attr="described_now")
    drawn = Prefetch("regions", regions, to_attr="region_now")
    return rows.prefetch_related(told).prefetch_related(drawn)


def row_of(mark: Any) -> MarkRow:  # noqa: ANN401 - a mark with what ``whole`` fetched
    """Give the list row of a mark that ``whole`` fetched."""
    consultations.show(BallisticMark, mark.pk)
    return fill(
        MarkRow,
        mark,
        mark_id=mark.pk,
        owner=owner_of(mark.recovery_id, mark.arm_id),
        enrolled_at=mark.known_at,
        described=fill(ClassInput, mark.described_now[0]),
        region_origin=RegionOrigin(mark.region_now[0].origin),
    )


def owner_of(recovery_id: int | None, arm_id: int | None) -> str:
    """Give the reference of a mark's recovery or registered arm."""
    return f"A{arm_id}" if recovery_id is None else f"R{recovery_id}"


def _by_owner(
    rows: QuerySet[BallisticMark], key: str
) -> dict[int, tuple[MarkRow, ...]]:
    found: dict[int, list[MarkRow]] = defaultdict(list)
    for mark in whole(rows.order_by("pk")):
        found[getattr(mark, key)].append(row_of(mark))
    return {owner: tuple(marks) for owner, marks in found.items()}


def _filter(
    rows: QuerySet[BallisticMark], where: MarkFilter
) -> QuerySet[BallisticMark]:
    exact = {"mark_type": where.mark_type, "origin": where.origin}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if where.calibre:
        told = ClassCharacteristics.objects.current().filter(
            calibre__in=calibres.spellings(where.calibre)
        )
        rows = rows.filter(pk__in=told.values("mark_id"))
    if where.is_unchecked:
        proposed = MarkRegion.objects.current().filter(
            origin=RegionOrigin.PROPOSED.value
        )
        rows = rows.filter(pk__in=proposed.values("mark_id"))
    text = consultations.note_search(where.text)
    return rows.filter(_text(text)) if text else rows


def _text(text: str) -> Q:
    """Find a reference of a mark, a recovery or an arm, a label or a file's name."""
    columns = {"B": "pk", "R": "recovery_id", "A": "arm_id"}
    column = columns.get(text[:1].upper())
    if column and text[1:].isdecimal() and len(text) < 18:
        return Q(**{column: int(text[1:])})
    named = Scan.objects.current().filter(file__name_as_given__icontains=text)
    return (
        Q(label__icontains=text)
        | Q(part_number_as_marked__iexact=text)
        | Q(pk__in=named.values("mark_id"))
    )
