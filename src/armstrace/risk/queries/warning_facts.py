"""The records that early warnings are worked out from, as plain values.

Only the window is read, in a fixed number of queries; a register of a million arms
costs its recoveries of two years and sums that the database makes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.utils import timezone

from armstrace.analysis.marks.other_numbers import inventory_number
from armstrace.analysis.provenance import first_hop
from armstrace.analysis.risk.warnings.facts import (
    Facts,
    Lost,
    Others,
    Recovered,
    Source,
    settings,
)
from armstrace.licensing.models import HolderRecord
from armstrace.records.lookups import among
from armstrace.recoveries.models import ObservedMark, RecoveryRecord
from armstrace.registry.models import LifeEvent, LossReport
from armstrace.risk.queries import shipments
from armstrace.tracing.models import TraceDecision, TraceFinding
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind, ItemKind, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.marks import MarkKind

LATE = timedelta(days=60)
"""What is recorded later than this after it happened counts as known then.

A register that is loaded years later would else be news of one day.
"""
SALE = LifeEventKind.SOLD_TO_HOLDER.value
COLUMNS = (
    "recovery_id", "recovered_on", "recovery__known_at", "agency", "case_number",
    "place", "region", "arm_type", "make", "serial_search", "place_kind",
    "other_marks_as_written", "taken_from_is_holder",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _OfArms:
    """What is known of arms: first days of reports, inventory marks by recovery."""

    # Arm, last lawful holder and the moment of the trace, by recovery.
    traced: Mapping[int, tuple[int, int | None, datetime]]
    # Day and dealer of the last sale to a holder.
    sales: Mapping[int, tuple[date, int | None]]
    reports: Mapping[int, date]
    inventory: Mapping[int, str]


def facts(*, viewer: Actor, since: date, until: date) -> Facts:
    """Give what early warnings are worked out from.

    Args:
        since: What became known after this day is new.

    Raises:
        NotPermitted: The viewer may not see recoveries, traces, the register,
            holders or transfers.
    """
    window = settings()["window"]
    begin = until - timedelta(days=window["recoveries"])
    records = RecoveryRecord.objects.current().visible_to(viewer)
    rows = list(
        records.filter(recovered_on__gt=begin, recovered_on__lte=until).values_list(
            *COLUMNS, named=True
        )
    )
    traced = _traces({row.recovery_id for row in rows}, begin, viewer)
    arms = {arm for arm, _, _ in traced.values()}
    marks = _inventory([row.recovery_id for row in rows], viewer)
    known = _OfArms(traced, _sales(arms, viewer), _reports(arms, viewer), marks)
    found = [_recovery(row, known) for row in rows]
    kept = sorted(
        (each for each in found if each.known_on <= until),
        key=lambda each: (each.known_on, each.number),
    )
    keys = {int(key[1:]) for each in kept for key in each.sources}
    sources = _sources(keys, viewer)
    moved = until - timedelta(days=window["transfers"])
    loss_begin = until - timedelta(days=window["losses"])
    return Facts(
        since=since,
        until=until,
        recovered=tuple(kept),
        losses=tuple(_losses(loss_begin, until, viewer)),
        sources=sources,
        others=_others(sources.values(), viewer),
        spots=spots(Q(recovered_on__gt=begin), viewer=viewer),
        shipped=tuple(shipments.departures(moved, until, viewer=viewer)),
        statements=tuple(shipments.statements(moved, until, viewer=viewer)),
    )


def _recovery(row: Any, of_arms: _OfArms) -> Recovered:  # noqa: ANN401 - a row of COLUMNS
    arm, holder, traced_at = of_arms.traced.get(row.recovery_id, (0, None, None))
    sold_on, dealer = of_arms.sales.get(arm, (None, None))
    reported = of_arms.reports.get(arm)
    known = _known(row.recovered_on, row.recovery__known_at)
    number = f"R{row.recovery_id}"
    return Recovered(
        number=number,
        on=row.recovered_on,
        known_on=known,
        unit=row.agency,
        case=row.case_number or number,
        place=row.place,
        region=row.region,
        arm_type=row.arm_type,
        make=row.make,
        serial=row.serial_search,
        route=row.place_kind,
        sources=tuple(dict.fromkeys(f"H{key}" for key in (holder, dealer) if key)),
        sold_on=sold_on,
        traced_on=_known(known, traced_at) if traced_at else None,
        inventory=inventory_number(row.other_marks_as_written)
        or of_arms.inventory.get(row.recovery_id, ""),
        is_explained=row.taken_from_is_holder == Known.YES.value
        or (reported is not None and reported <= row.recovered_on),
    )


def _known(on: date, at: datetime) -> date:
    return max(on, min(timezone.localdate(at), on + LATE))


def _traces(
    keys: Collection[int], begin: date, viewer: Actor
) -> dict[int, tuple[int, int | None, datetime]]:
    """Give the arm and holder of each trace: as decided, else as found."""
    found: dict[int, tuple[int, int | None, datetime]] = {}
    columns = ("trace__recovery_id", "arm_id", "last_lawful_holder_id", "known_at")
    findings = TraceFinding.objects.current().visible_to(viewer)
    decisions = TraceDecision.objects.current().visible_to(viewer)
    for rows in (
        findings.filter(probability__gte=first_hop.REGISTRY_MATCH),
        decisions.all(),
    ):
        recent = rows.filter(arm__isnull=False, known_at__date__gt=begin)
        for key, arm, holder, at in recent.values_list(*columns):
            if key in keys:
                found[key] = arm, holder, min(at, found[key][2] if key in found else at)
    return found


def _sales(arms: Collection[int], viewer: Actor) -> dict[int, tuple[date, int | None]]:
    """Give the last sale of each arm to a holder."""
    events = LifeEvent.objects.current().visible_to(viewer)
    rows = events.filter(among("arm_id", arms), kind=SALE, happened_on__isnull=False)
    told = rows.order_by("happened_on", "pk")
    columns = ("arm_id", "happened_on", "holder_from_id")
    return {
        arm: (on, dealer)
        for arm, on, dealer in told.values_list(*columns)
        if on is not None
    }


def _reports(arms: Collection[int], viewer: Actor) -> dict[int, date]:
    """Give the first day on which the loss or theft of each arm was reported."""
    reports = LossReport.objects.current().visible_to(viewer)
    rows = reports.filter(among("arm_id", arms)).order_by("-pk")
    told = rows.values_list("arm_id", "reported_on", "happened_on")
    days = ((arm, reported or on) for arm, reported, on in told)
    return {arm: day for arm, day in days if day is not None}


def _inventory(recoveries: Collection[int], viewer: Actor) -> dict[int, str]:
    """Give the inventory marks that examiners recorded, as they are searched."""
    marks = ObservedMark.objects.current().visible_to(viewer)
    rows = marks.filter(among("recovery_id", recoveries), kind=MarkKind.INVENTORY.value)
    return {
        key: inventory_number(text) or inventory_number(f"INV {text}")
        for key, text in rows.order_by("-pk").values_list(
            "recovery_id", "text_as_marked"
        )
    }


def _losses(begin: date, until: date, viewer: Actor) -> Iterable[Lost]:
    reports = LossReport.objects.current().visible_to(viewer)
    rows = reports.filter(
        happened_on__gt=begin, happened_on__lte=until, item_kind=ItemKind.ARM.value
    )
    for arm, on, reported, at, place, region in rows.order_by("pk").values_list(
        "arm_id", "happened_on", "reported_on", "known_at", "place", "region"
    ):
        known = reported or _known(on or until, at)
        if on is not None and known <= until:
            yield Lost(f"A{arm}", on, known, place, region)


def _sources(keys: Collection[int], viewer: Actor) -> dict[str, Source]:
    records = HolderRecord.objects.current().visible_to(viewer)
    kinds = dict(
        records.filter(among("holder_id", keys)).values_list("holder_id", "kind")
    )
    events = LifeEvent.objects.current().visible_to(viewer)
    sold = _counts(
        events.filter(among("holder_from_id", keys), kind=SALE), "holder_from_id"
    )
    held = _counts(events.filter(among("holder_to_id", keys)), "holder_to_id")
    return {
        f"H{key}": Source(
            f"H{key}",
            HolderKind(kind),
            (sold if kind == HolderKind.DEALER else held).get(key, 0),
        )
        for key, kind in kinds.items()
    }


def _counts(rows: QuerySet[LifeEvent], column: str) -> dict[int, int]:
    counted = (
        rows.order_by().values_list(column).annotate(n=Count("arm_id", distinct=True))
    )
    return dict(counted)


def _others(sources: Iterable[Source], viewer: Actor) -> dict[HolderKind, Others]:
    """Give, of each kind, how many other sources there are, and their arms."""
    listed: dict[HolderKind, list[int]] = defaultdict(list)
    for each in sources:
        listed[each.kind].append(each.arms)
    records = HolderRecord.objects.current().visible_to(viewer)
    holders = dict(records.order_by().values_list("kind").annotate(n=Count("pk")))
    events = LifeEvent.objects.current().visible_to(viewer)
    current = {"holder_to__records__superseded_at": None}
    kind = "holder_to__records__kind"
    held = dict(
        events.filter(**current).order_by().values_list(kind).annotate(n=Count("pk"))
    )
    held[HolderKind.DEALER.value] = events.filter(kind=SALE).count()
    return {
        kind: Others(
            max(0, holders.get(kind.value, 0) - len(arms)),
            max(0, held.get(kind.value, 0) - sum(arms)),
        )
        for kind, arms in listed.items()
    }


def spots(where: Q, *, viewer: Actor) -> dict[str, tuple[float, float]]:
    """Give degrees north and east of places: the mean of recoveries there."""
    records = RecoveryRecord.objects.current().visible_to(viewer)
    placed = records.filter(where, latitude__isnull=False, longitude__isnull=False)
    rows = placed.exclude(place="").order_by()
    means = rows.values_list("place").annotate(Avg("latitude"), Avg("longitude"))
    return {place: (north, east) for place, north, east in means}
