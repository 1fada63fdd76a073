"""Lists of registered arms, and one arm with its whole life."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from armstrace.analysis.marks.serials import search_key
from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import fold_state
from armstrace.audit import consultations, declarations, stamps
from armstrace.licensing.models import Licence
from armstrace.licensing.standing import licences_stopped
from armstrace.records.lookups import page_of, starts_with
from armstrace.registry import arm_state, at_desk, trading
from armstrace.registry.categories import Categorised, category_of
from armstrace.registry.models import (
    Arm,
    ArmRecord,
    LifeEvent,
    LossReport,
    Mark,
    Part,
    Withdrawal,
    no_such_arm,
)
from armstrace.registry.queries import marks
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import (
    ArmBasis,
    ArmState,
    ArmType,
    LifeEventKind,
    PartType,
)
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.paging import COUNTED, Page, PageRequest
from armstrace.vocabulary.rows import fill

# What changes a row: its marks, and what happened to the arm.
CHANGES = ("known_at", "arm__events__known_at")


@dataclass(frozen=True, slots=True)
class ArmFilter:
    """What narrows a list of registered arms; empty means any.

    Args:
        text: The start of a serial number, or a number.
        make: Make, as the vocabulary has it.
        model: Model, as the vocabulary has it.
        calibre: Calibre, as the vocabulary has it.
        arm_type: Type of arm.
        state: Where the arm stands.
        basis: Why the arm is on record.
        is_stopped: Only arms whose holder has a licence suspended or revoked.
    """

    text: str = ""
    arm_type: ArmType | None = None
    make: str = ""
    model: str = ""
    calibre: str = ""
    state: ArmState | None = None
    lowest_first: bool = False
    holder: str = ""
    basis: ArmBasis | None = None
    is_stopped: bool = False


@dataclass(frozen=True, slots=True)
class ArmRow:
    """One registered arm in a list; its holder is not named here."""

    arm_id: int
    reference: str
    source_number: str
    arm_type: ArmType
    make: str
    model: str
    calibre: str
    serial_as_marked: str
    serial_status: SerialStatus
    country_of_manufacture: str
    state: ArmState
    state_since: date | None
    basis: ArmBasis
    holder_id: int | None


@dataclass(frozen=True, slots=True)
class PartMoved:
    """A part that an event of an arm's life put on it, or took off.

    Args:
        key: The event.
    """

    key: int
    part_type: PartType
    serial_as_marked: str
    is_fitted: bool


@dataclass(frozen=True, slots=True)
class ArmPage:
    """One registered arm with its marks, parts, reports and life."""

    row: ArmRow
    source: str
    record: ArmRecord
    versions: tuple[ArmRecord, ...]
    marks: tuple[Mark, ...]
    parts: tuple[Part, ...]
    loss_reports: tuple[LossReport, ...]
    events: tuple[Event, ...]
    newest_event: int = 0
    withdrawal: Withdrawal | None = None
    doubles: tuple[Withdrawal, ...] = ()
    exchanges: tuple[PartMoved, ...] = ()

    def category(self, at: datetime) -> Categorised:
        """Give the category of the arm by the law of a day."""
        is_deactivated = fold_state(self.events).deactivated_on is not None
        on = timezone.localdate(at)
        return category_of(self.record, on, is_deactivated=is_deactivated)


def row_of(record: ArmRecord) -> ArmRow:
    """Give the row of a list that shows an arm's record."""
    consultations.show(Arm, record.arm_id)
    return fill(ArmRow, record, record.arm)


def arm_rows(
    where: ArmFilter, *, viewer: Actor, page: PageRequest, as_of: datetime | None = None
) -> Page[ArmRow]:
    """Give one page of registered arms, the latest registered first by default.

    Args:
        as_of: Marks as known at that moment; now where None.
    """
    asked = ("arms", where, as_of)
    rows = _list(where, viewer=viewer, as_of=as_of)
    found = page_of(rows, page, asked=asked, changes=CHANGES)
    shown = [row_of(record) for record in found.rows]
    return found.showing(shown)


def arm_count(basis: str, *, viewer: Actor) -> int:
    """Count the arms that are on record for one reason, as far as lists count.

    Args:
        basis: A code of ``ArmBasis``.
    """
    viewer.require("registry.view")
    rows = Arm.objects.filter(basis=basis)
    return stamps.kept(("arms", basis), lambda: rows[:COUNTED].count())


def count_stopped(*, viewer: Actor) -> int:
    """Count the arms whose holder has a licence suspended or revoked."""
    viewer.require("holder.view")
    return stamps.kept(("arms stopped",), lambda: _arms_stopped()[:COUNTED].count())


def _arms_stopped() -> QuerySet[Arm]:
    held = licences_stopped(Licence.objects.current())
    return trading.stock_among(held.values("holder_id"))


def every_arm(
    where: ArmFilter, *, viewer: Actor, chunk: int = 2_000
) -> Iterator[ArmRow]:
    """Give all rows of the list that ``arm_rows`` pages, for a file."""
    rows = _list(where, viewer=viewer, as_of=None)
    return (row_of(record) for record in rows.iterator(chunk_size=chunk))


def _list(
    where: ArmFilter, *, viewer: Actor, as_of: datetime | None
) -> QuerySet[ArmRecord]:
    viewer.require("registry.view")
    if where.holder or where.is_stopped:
        viewer.require("holder.view")
    rows = _filter(ArmRecord.objects.as_of(as_of), where)
    order = "arm_id" if where.lowest_first else "-arm_id"
    return rows.select_related("arm").order_by(order)


def _filter(rows: QuerySet[ArmRecord], where: ArmFilter) -> QuerySet[ArmRecord]:
    exact = {
        "arm_type": where.arm_type,
        "make": where.make.upper(),
        "model": where.model.upper(),
        "calibre": where.calibre,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    of_arm = {"state": where.state, "basis": where.basis}
    given = {name: value for name, value in of_arm.items() if value}
    if given:
        # A list of keys keeps the order of the page: joined, SQLite sorts all of a
        # state for the fifty that are shown.
        rows = rows.filter(arm_id__in=Arm.objects.filter(**given).values("pk"))
    if where.holder:
        rows = rows.filter(arm__holder__number=where.holder)
    if where.is_stopped:
        rows = rows.filter(arm_id__in=_arms_stopped().values("pk"))
    text = consultations.note_search(where.text)
    return rows.filter(_text(text)) if text else rows


def _text(text: str) -> Q:
    """Find a reference, the register's own number, or a serial's start.

    A number such as A0012 is the register's own: a reference has no leading zero.
    """
    numbered = Arm.objects.filter(source_number=text).values_list("pk", flat=True)[:50]
    found = Q(arm_id__in=list(numbered))
    if (read := declarations.REFERENCE.fullmatch(text)) and read[1] in "Aa":
        by_serial = starts_with("serial_search", search_key(text))
        return Q(arm_id=int(read[2])) | found | by_serial
    if numbered:
        return found
    key = search_key(text)
    if not key:
        return Q(make=text.upper())
    begins, others = starts_with("serial_search", key), marks.bearing(key)
    return begins | Q(arm_id__in={each.arm_id for each in others}) if others else begins


def arms_by_id(arm_ids: Iterable[int], *, viewer: Actor) -> dict[int, ArmRow]:
    """Give list rows of arms by identity; of a withdrawn one as it stood last."""
    viewer.require("registry.view")
    asked = set(arm_ids)
    rows = ArmRecord.objects.current().filter(arm_id__in=asked)
    found = {record.arm_id: row_of(record) for record in rows.select_related("arm")}
    if absent := asked - found.keys():
        last = ArmRecord.objects.filter(arm_id__in=absent).order_by("pk")
        found |= {r.arm_id: row_of(r) for r in last.select_related("arm")}
    return found


def is_serial(text: str, *, viewer: Actor) -> bool:
    """Tell whether a registered arm bears exactly this serial number."""
    viewer.require("registry.view")
    key = search_key(text)
    rows = ArmRecord.objects.current().filter(serial_search=key)
    return bool(key) and rows.exists()


def lives_of(
    arm_ids: Iterable[int], *, viewer: Actor, as_of: datetime | None = None
) -> dict[int, list[Event]]:
    """Give the life events of arms, holders by number, in two queries."""
    viewer.require("registry.view")
    return arm_state.events_of(arm_ids, as_of=as_of)


def arm_page(arm_id: int, *, viewer: Actor, as_of: datetime | None = None) -> ArmPage:
    """Give one registered arm with its whole life."""
    viewer.require("registry.view")
    versions = tuple(
        ArmRecord.objects.filter(arm_id=arm_id)
        .select_related("arm")
        .order_by("-known_at", "-pk")
    )
    shown = [v for v in versions if _stands(v, as_of)]
    if not shown and versions and versions[0].arm.basis == ArmBasis.WITHDRAWN:
        shown = [versions[0]]
    if not shown:
        raise NotFound(no_such_arm(arm_id))
    consultations.show_opened(Arm, arm_id)
    of_this = Q(arm_id=arm_id) | Q(same_as_id=arm_id)
    told = list(Withdrawal.objects.current().filter(of_this).order_by("pk"))
    events = tuple(arm_state.events_of([arm_id], as_of=as_of)[arm_id])
    return ArmPage(
        row=row_of(shown[0]),
        source=shown[0].arm.source,
        record=shown[0],
        versions=versions,
        marks=tuple(Mark.objects.as_of(as_of).filter(arm_id=arm_id).order_by("pk")),
        parts=tuple(Part.objects.as_of(as_of).filter(arm_id=arm_id).order_by("pk")),
        loss_reports=tuple(
            LossReport.objects.as_of(as_of).filter(arm_id=arm_id).order_by("pk")
        ),
        events=events,
        newest_event=at_desk.newest_event(events),
        withdrawal=next((each for each in told if each.arm_id == arm_id), None),
        doubles=tuple(each for each in told if each.same_as_id == arm_id),
        exchanges=_exchanges(arm_id),
    )


def _exchanges(arm_id: int) -> tuple[PartMoved, ...]:
    # Of an event that was corrected since, parts name the state before.
    rows = Part.objects.filter(exchanged__arm_id=arm_id).order_by("pk")
    moved = list(rows.select_related("exchanged"))
    if not moved:
        return ()
    told = LifeEvent.objects.current().filter(
        arm_id=arm_id, kind=LifeEventKind.PART_EXCHANGED
    )
    keys = dict(told.values_list("source_number", "pk"))
    return tuple(
        PartMoved(
            keys[part.exchanged.source_number],
            PartType(part.part_type),
            part.serial_as_marked,
            part.arm_id == arm_id,
        )
        for part in moved
        if part.exchanged and part.exchanged.source_number in keys
    )


def _stands(record: ArmRecord, as_of: datetime | None) -> bool:
    if as_of is None:
        return record.superseded_at is None
    ended = record.superseded_at is not None and record.superseded_at <= as_of
    return record.known_at <= as_of and not ended


def ids_by_source_number(
    source: str, numbers: Iterable[str], *, viewer: Actor
) -> dict[str, int]:
    """Give the identities of arms by their register's numbers."""
    viewer.require("registry.view")
    rows = Arm.objects.filter(source=source, source_number__in=set(numbers))
    return dict(rows.values_list("source_number", "pk"))
