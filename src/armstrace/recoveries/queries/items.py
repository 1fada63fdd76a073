"""Recovered ammunition and parts: records of their own, never arms."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from armstrace.audit import consultations
from armstrace.records.lookups import page_of
from armstrace.records.versions import VersionQuerySet
from armstrace.recoveries.models import (
    AmmunitionRecord,
    PartRecord,
    Recovery,
    no_such_recovery,
)
from armstrace.recoveries.queries.detail import version_of
from armstrace.recoveries.queries.rows import (
    AmmunitionRow,
    PartRow,
    RecoveryFilter,
    RecoveryVersion,
    item_row,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.paging import Page, PageRequest


@dataclass(frozen=True, slots=True)
class RecoveredItem:
    """Everything that is known of recovered ammunition or of a part."""

    recovery_id: int
    reference: str
    kind: ItemKind
    source: str
    source_number: str
    record: AmmunitionRecord | PartRecord
    history: tuple[RecoveryVersion, ...]


def item_detail(
    recovery_id: int, *, viewer: Actor, even_withdrawn: bool = False
) -> RecoveredItem:
    """Give recovered ammunition or a recovered part, with its history."""
    seen = viewer.agencies("recovery.view")
    recovery = Recovery.objects.filter(pk=recovery_id).first()
    versions = _versions(recovery)
    current = next((v for v in versions if v.superseded_at is None), None)
    if current is None and even_withdrawn:
        current = next(iter(versions), None)
    if recovery is None or current is None or current.agency not in seen:
        raise NotFound(no_such_recovery(recovery_id))
    consultations.show_opened(Recovery, recovery_id)
    return RecoveredItem(
        recovery_id=recovery_id,
        reference=recovery.reference,
        kind=ItemKind(recovery.item_kind),
        source=recovery.source,
        source_number=recovery.source_number,
        record=current,
        history=tuple(version_of(each) for each in versions),
    )


def _versions(recovery: Recovery | None) -> list[AmmunitionRecord | PartRecord]:
    tables: dict[str, Any] = {
        ItemKind.AMMUNITION: AmmunitionRecord,
        ItemKind.PART: PartRecord,
    }
    if recovery is None or recovery.item_kind not in tables:
        return []
    rows = tables[recovery.item_kind].objects.filter(recovery=recovery)
    return list(rows.order_by("-known_at", "-pk"))


def ammunition_rows(
    where: RecoveryFilter, *, viewer: Actor, page: PageRequest
) -> Page[AmmunitionRow]:
    """Give one page of recovered ammunition, newest first."""
    found = page_of(_records(AmmunitionRecord, where, viewer), page)
    return found.showing([item_row(AmmunitionRow, row) for row in found.rows])


def part_rows(
    where: RecoveryFilter, *, viewer: Actor, page: PageRequest
) -> Page[PartRow]:
    """Give one page of recovered parts, newest first."""
    marked = Q(serial_as_marked__iexact=where.text.strip())
    found = page_of(_records(PartRecord, where, viewer, marked), page)
    rows = [item_row(PartRow, row, make=row.make_as_written) for row in found.rows]
    return found.showing(rows)


def _records[I: (AmmunitionRecord, PartRecord)](
    table: type[I], where: RecoveryFilter, viewer: Actor, or_else: Q | None = None
) -> VersionQuerySet[I]:
    rows: VersionQuerySet[I] = table.objects.current().visible_to(viewer)
    if where.year:
        rows = rows.filter(recovered_on__year=where.year)
    if text := consultations.note_search(where.text):
        wanted = Q(case_number=text) | Q(recovery__source_number=text)
        rows = rows.filter(wanted | (or_else or Q(pk=None)))
    return rows.order_by("-recovered_on", "-recovery_id")
