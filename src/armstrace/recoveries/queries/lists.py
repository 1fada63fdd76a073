"""Lists of recovered items."""

from dataclasses import fields
from datetime import date, datetime

from django.db.models import Q, QuerySet

from armstrace.analysis.marks.serials import search_key
from armstrace.audit import consultations
from armstrace.records.lookups import page_of, starts_with
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.recoveries.queries.rows import (
    RecoveryFilter,
    RecoveryOrder,
    RecoveryRow,
    item_row,
)
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.paging import Page, PageRequest

# Most recoveries of different sources that are looked up by one number.
NUMBERED = 50

ORDERS = {
    RecoveryOrder.NEWEST: ("-recovered_on", "-recovery_id"),
    RecoveryOrder.OLDEST: ("recovered_on", "recovery_id"),
    RecoveryOrder.LAST_NUMBER: ("-recovery_id",),
    RecoveryOrder.FIRST_NUMBER: ("recovery_id",),
}


def records(
    where: RecoveryFilter, *, viewer: Actor, as_of: datetime | None = None
) -> QuerySet[RecoveryRecord]:
    """Give the records that a filter keeps, in its order.

    Higher apps narrow this further and page it; doors do not call it.
    """
    known = RecoveryRecord.objects.as_of(as_of).visible_to(viewer)
    return known.filter(_conditions(where)).order_by(*ORDERS[where.order])


def _conditions(where: RecoveryFilter) -> Q:
    exact = {
        "recovery_kind": where.kind,
        "arm_type": where.arm_type,
        "make": where.make.upper(),
        "region": where.region,
        "agency": where.agency,
        "serial_status": where.serial_status,
        "recovered_on__lte": where.until or (where.year and date(where.year, 12, 31)),
    }
    narrowed = Q(**{name: value for name, value in exact.items() if value})
    since = where.since or (where.year and date(where.year, 1, 1))
    if since:  # of a month or a year, its last day may do
        narrowed &= Q(recovered_on__gte=since) | Q(recovered_until__gte=since)
    text = consultations.note_search(where.text)
    return narrowed & _text(text) if text else narrowed


def _text(text: str) -> Q:
    """Find a reference, a case, a source's number, a serial's start or a place.

    What is found first by its index is what was meant; nothing else is looked for
    then.
    """
    if text[:1] in "Rr" and text[1:].isdecimal() and len(text) < 18:
        begins = starts_with("serial_search", search_key(text))
        return Q(recovery_id=int(text[1:])) | begins
    numbered = Recovery.objects.filter(source_number=text).values_list("pk", flat=True)
    ids = list(numbered[:NUMBERED])
    if ids or RecoveryRecord.objects.current().filter(case_number=text).exists():
        return Q(case_number=text) | Q(recovery_id__in=ids)
    key = search_key(text)
    begins = starts_with("serial_search", key)
    if key and RecoveryRecord.objects.current().filter(begins).exists():
        return begins
    return Q(place__iexact=text) | Q(make=text.upper())


def recovery_rows(
    where: RecoveryFilter, *, viewer: Actor, page: PageRequest
) -> Page[RecoveryRow]:
    """Give one page of recovered arms, newest first."""
    found = page_of(for_list(records(where, viewer=viewer)), page)
    rows = [recovery_row(record) for record in found.rows]
    return found.showing(rows)


def for_list(rows: QuerySet[RecoveryRecord]) -> QuerySet[RecoveryRecord]:
    """Read no more of records than their list rows show."""
    shown = {each.name for each in fields(RecoveryRow)} - {"reference", "kind"}
    return rows.only(*shown, "recovered_until", "recovery_kind")


def recovery_row(record: RecoveryRecord) -> RecoveryRow:
    """Give the list row of a record that some query has already let through."""
    return item_row(RecoveryRow, record)
