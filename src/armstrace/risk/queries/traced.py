"""Signs of traced arms, and how many arms of each dealer were traced."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from armstrace.analysis.marks.other_numbers import inventory_number
from armstrace.analysis.provenance.first_hop import REGISTRY_MATCH
from armstrace.analysis.risk import on_traced
from armstrace.analysis.risk.catalogue import parameters
from armstrace.analysis.risk.on_traced import TracedArm
from armstrace.analysis.risk.scoring import Point
from armstrace.analysis.risk.warnings.facts import Others, Source
from armstrace.analysis.risk.warnings.sources import Observed, observe, rates_of
from armstrace.audit import consultations
from armstrace.licensing.models import Holder, HolderRecord
from armstrace.records import jurisdiction
from armstrace.records.lookups import among
from armstrace.recoveries.models import ObservedMark, Recovery, RecoveryRecord
from armstrace.registry.models import LifeEvent, LossReport
from armstrace.tracing.models import TraceFinding
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType, HolderKind, LifeEventKind, Modification
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.marks import MarkKind, SerialStatus
from armstrace.vocabulary.paging import Page, PageRequest

SALE = LifeEventKind.SOLD_TO_HOLDER.value
GRANT = "risk.compare"
STOCK_MARKS = (MarkKind.INVENTORY.value, MarkKind.ARSENAL.value)
DEALERS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class SignRow:
    """One recovered arm with the signs that it shows."""

    recovery_id: int
    recovered_on: date
    reasons: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class DealerRow:
    """A dealer against what is expected of it by its sales; no name, no verdict."""

    holder_id: int
    # Arms sold in all years on record.
    sales: int
    traced: int
    sales_share: float
    # Of the arms traced to dealers.
    traced_share: float
    # Observed and expected, shrunken towards 1.
    told: Observed


@dataclass(frozen=True, slots=True)
class Dealers:
    """Dealers whose sales were traced, with what the figures rest on."""

    rows: tuple[DealerRow, ...]
    dealers: int
    traced: int
    # Arms recovered in the same years.
    recovered: int


def sign_rows(*, viewer: Actor, today: date, page: PageRequest) -> Page[SignRow]:
    """Give arms recovered within a year that show signs, most signs first.

    Raises:
        NotPermitted: The viewer may not compare sales, traces and losses.
    """
    viewer.require(GRANT)
    settings = parameters(jurisdiction.profile().risk, today)
    arms = _arms(viewer, today - timedelta(days=int(settings.buyer_days)), today)
    recent = [each for each in arms if (today - each.recovered_on).days <= 365]
    found = page.of(on_traced.judge(recent, on_traced.index(arms, settings)))
    rows = [
        SignRow(int(arm.number[1:]), arm.recovered_on, hits) for arm, hits in found.rows
    ]
    consultations.show_all(Recovery, [row.recovery_id for row in rows])
    return found.showing(rows)


def dealers(*, viewer: Actor, since: date, until: date) -> Dealers:
    """Hold the traced arms of dealers against what their sales let expect.

    Source:
        Clayton and Kaldor (1987), Biometrics 43; ATF, disclaimer on trace data.
    """
    viewer.require(GRANT)
    records = RecoveryRecord.objects.visible_to(viewer).current()
    recovered = dict(
        records.filter(recovered_on__range=(since, until)).values_list(
            "recovery_id", "case_number"
        )
    )
    arm_of = _arm_of(viewer, recovered)
    first = _first_sales(set(arm_of.values()), viewer)
    cases: dict[int, set[str]] = defaultdict(set)
    arms: Counter[int] = Counter()
    for key, arm in arm_of.items():
        dealer = first.get(arm, {}).get("holder_from_id")
        if dealer:
            cases[dealer].add(recovered[key] or f"R{key}")
            arms[dealer] += 1
    return _against_sales(viewer, cases, arms, len(recovered))


def _against_sales(
    viewer: Actor, cases: dict[int, set[str]], arms: Counter[int], recovered: int
) -> Dealers:
    sales = LifeEvent.objects.visible_to(viewer).current().filter(kind=SALE)
    own = sales.filter(among("holder_from_id", cases)).order_by()
    sold = dict(own.values_list("holder_from_id").annotate(Count("pk")))
    whole, traced = sales.count(), arms.total()
    kinds = HolderRecord.objects.visible_to(viewer).current()
    count = kinds.filter(kind=HolderKind.DEALER.value).count()
    sources = [
        Source(f"H{key}", HolderKind.DEALER, sold.get(key, 0)) for key in sorted(cases)
    ]
    rest = Others(max(0, count - len(sources)), max(0, whole - sum(sold.values())))
    counts = {f"H{key}": len(found) for key, found in cases.items()}
    rates = rates_of(sources, counts, {HolderKind.DEALER: rest})
    rows = [
        DealerRow(
            holder_id=(key := int(each.key[1:])),
            sales=each.arms,
            traced=arms[key],
            sales_share=each.arms / whole if whole else 0.0,
            traced_share=arms[key] / traced if traced else 0.0,
            told=observe(each, counts[each.key], rates),
        )
        for each in sources
    ]
    rows.sort(key=lambda row: (-row.told.ratio, row.holder_id))
    shown = tuple(rows[:DEALERS_SHOWN])
    consultations.show_all(Holder, [row.holder_id for row in shown])
    return Dealers(shown, count, traced, recovered)


def _arm_of(viewer: Actor, recoveries: Collection[int]) -> dict[int, int]:
    """Give the registered arm of each recovery that a trace identified."""
    found = TraceFinding.objects.visible_to(viewer).current()
    rows = found.filter(
        among("trace__recovery_id", recoveries),
        probability__gte=REGISTRY_MATCH,
        arm__isnull=False,
    )
    return dict(rows.values_list("trace__recovery_id", "arm_id"))


def _first_sales(arms: Collection[int], viewer: Actor) -> dict[int, dict[str, Any]]:
    events = LifeEvent.objects.visible_to(viewer).current()
    rows = events.filter(among("arm_id", arms), kind=SALE, happened_on__isnull=False)
    columns = ("arm_id", "happened_on", "country", "holder_from_id", "holder_to_id")
    ordered = rows.order_by("-happened_on", "-pk").values(*columns)
    return {row["arm_id"]: row for row in ordered}


def _arms(viewer: Actor, since: date, until: date) -> list[TracedArm]:
    records = RecoveryRecord.objects.visible_to(viewer).current()
    rows = list(records.filter(recovered_on__range=(since, until)).order_by("pk"))
    arm_of = _arm_of(viewer, [row.recovery_id for row in rows])
    around = _Around(viewer, arm_of)
    return [around.describe(row) for row in rows]


class _Around:
    """What the register knows of the arms of some recoveries, in five queries."""

    def __init__(self, viewer: Actor, arm_of: dict[int, int]) -> None:
        arms = set(arm_of.values())
        self.arm_of = arm_of
        self.sales = _first_sales(arms, viewer)
        events = LifeEvent.objects.visible_to(viewer).current()
        buyers = {row["holder_to_id"] for row in self.sales.values()} - {None}
        handguns = {"arm__records__arm_type__in": ("PISTOL", "REVOLVER")}
        bought = events.filter(
            among("holder_to_id", buyers),
            kind=SALE,
            happened_on__isnull=False,
            arm__records__superseded_at=None,
            **handguns,
        )
        self.purchases = _by(bought.values_list("holder_to_id", "happened_on"))
        reports = LossReport.objects.visible_to(viewer).current()
        lost = reports.filter(among("arm_id", arms)).order_by("pk")
        self.reported = {
            arm: reported or on
            for arm, on, reported in lost.values_list(
                "arm_id", "happened_on", "reported_on"
            )
        }
        of_buyers = reports.filter(
            among("holder_id", buyers), happened_on__isnull=False
        )
        self.losses = _by(of_buyers.values_list("holder_id", "happened_on"))
        self.stock = set(
            events.filter(
                among("arm_id", arms), kind=LifeEventKind.ISSUED_TO_STATE.value
            ).values_list("arm_id", flat=True)
        )
        marks = ObservedMark.objects.visible_to(viewer).current()
        marked = marks.filter(among("recovery_id", arm_of), kind__in=STOCK_MARKS)
        self.marked = set(marked.values_list("recovery_id", flat=True))

    def describe(self, row: RecoveryRecord) -> TracedArm:
        """Give a recovered arm with what is known around it."""
        arm = self.arm_of.get(row.recovery_id, 0)
        sale = self.sales.get(arm, {})
        buyer = sale.get("holder_to_id")
        is_stock = (
            arm in self.stock
            or row.recovery_id in self.marked
            or bool(inventory_number(row.other_marks_as_written))
        )
        return TracedArm(
            number=f"R{row.recovery_id}",
            recovered_on=row.recovered_on,
            case=row.case_number or f"R{row.recovery_id}",
            place=row.place,
            country=row.country,
            arm_type=ArmType(row.arm_type),
            make=row.make,
            model=row.model,
            serial=row.serial_search,
            serial_status=SerialStatus(row.serial_status),
            modification=Modification(row.modification),
            taken_from_holder=Known(row.taken_from_is_holder),
            sold_on=sale.get("happened_on"),
            sold_in=sale.get("country") or "",
            buyer=f"H{buyer}" if buyer else "",
            purchases=self.purchases.get(buyer, ()),
            reported_on=self.reported.get(arm),
            losses=self.losses.get(buyer, ()),
            is_stock=is_stock if arm or is_stock else None,
        )


def _by(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, tuple[date, ...]]:
    found: dict[Any, list[date]] = defaultdict(list)
    for key, day in pairs:
        found[key].append(day)
    return {key: tuple(days) for key, days in found.items()}
