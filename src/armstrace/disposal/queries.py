"""What can be asked of conditions before a disposal, and of lots."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from armstrace.audit import consultations
from armstrace.certificates.models import Certificate
from armstrace.custody.models import Exhibit
from armstrace.custody.queries.items import describe
from armstrace.disposal import at_lot, conditions, rules
from armstrace.disposal.conditions import Item
from armstrace.disposal.models import (
    Condition,
    Lot,
    LotItem,
    LotPhotograph,
    LotRecord,
    LotWitness,
)
from armstrace.records.lookups import among, page_of
from armstrace.registry import queries as registry
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.custody import WayOut
from armstrace.vocabulary.disposal import (
    ConditionKind,
    DestructionMethod,
    PictureMoment,
)
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import Message
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rules import broken


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition of one item: what the law asks, and what is on record."""

    kind: ConditionKind
    # Code of the rule, its source, and what is missing; empty where it is met.
    rule: str
    source: str
    said: Message | None
    now: Condition | None

    @property
    def answer(self) -> str | None:
        return self.now.answer if self.now else None


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An exhibit or a surplus arm before it is disposed of."""

    item: Item
    asked: tuple[Asked, ...]
    # All that was decided, the latest first.
    history: tuple[Condition, ...]
    lot: Lot | None


@dataclass(frozen=True, slots=True)
class LotFilter:
    """What narrows a list of lots; None means any."""

    is_destroyed: bool | None = None


@dataclass(frozen=True, slots=True)
class LotRow:
    """One lot in a list."""

    lot_id: int
    agency: str
    method: DestructionMethod
    works: str
    place: str
    count_in: int
    count_out: int | None
    destroyed_on: date | None


@dataclass(frozen=True, slots=True)
class InLot:
    """An arm of a lot, and what is still missing before it is destroyed."""

    item: Item
    words: str
    missing: tuple[RuleBroken, ...]

    @property
    def reference(self) -> str:
        return self.item.reference


type Stated = LotRecord | LotItem | LotWitness | LotPhotograph


@dataclass(frozen=True, slots=True)
class LotPage:
    """A lot with what is in it, who sees it, and what is missing."""

    lot: Lot
    now: LotRecord
    items: tuple[InLot, ...]
    withdrawn: tuple[LotItem, ...]
    witnesses: tuple[LotWitness, ...]
    photographs: tuple[LotPhotograph, ...]
    corrections: tuple[LotRecord, ...]
    # All that was stated of who saw it, what was taken back too.
    seen: tuple[LotWitness, ...]
    # The last one, ended or not.
    certificate: Certificate | None
    # What the lot itself lacks.
    missing: tuple[RuleBroken, ...]

    @property
    def history(self) -> list[Stated]:
        """Give all that was stated of the lot, its latest first; arms as they left."""
        told: list[Stated] = [
            *self.withdrawn,
            *self.corrections,
            *self.seen,
            *self.photographs,
        ]
        return sorted(told, key=lambda each: each.known_at, reverse=True)

    @property
    def certificate_number(self) -> str | None:
        one = self.certificate
        return one.number if one is not None and one.ended_at is None else None

    @property
    def is_blocked(self) -> bool:
        """Tell whether it cannot be destroyed as it is now."""
        return bool(self.missing or any(each.missing for each in self.items))

    @property
    def is_ready(self) -> bool:
        """Tell whether nothing lacks but the photograph from after."""
        of_items = (one for each in self.items for one in each.missing)
        lacks = {each.rule for each in (*self.missing, *of_items)}
        is_shown = any(each.moment == PictureMoment.BEFORE for each in self.photographs)
        return lacks == {rules.PHOTOGRAPHED.code} and is_shown


def item_page(text: str, *, viewer: Actor, today: date) -> ItemPage:
    """Give what is asked and decided before an item is destroyed.

    Args:
        text: Number of an exhibit (E12) or of an arm in State stock (A12).
    """
    viewer.require("disposal.view")
    item = conditions.read_item(text)
    _show([item], viewer)
    rows = Condition.objects.visible_to(viewer).filter(conditions.about([item]))
    history = tuple(rows.order_by("-known_at", "-pk"))
    now = {each.kind: each for each in conditions.of_stores([item])}
    now |= {each.kind: each for each in history if each.superseded_at is None}
    kinds = conditions.kinds_before(WayOut.DESTROY, today)
    facts = conditions.facts_of([item], today)[item]
    put = LotItem.objects.current().filter(conditions.about([item]), is_in=True)
    first = put.select_related("lot").first()
    return ItemPage(
        item=item,
        asked=tuple(
            Asked(
                kind,
                rule.code,
                str(rule.source),
                None if rule.holds(facts) else rule.broken(facts).message,
                now.get(kind),
            )
            for kind, rule in rules.conditions(kinds).items()
        ),
        history=history,
        lot=first.lot if first else None,
    )


def lot_rows(where: LotFilter, *, viewer: Actor, page: PageRequest) -> Page[LotRow]:
    """Give one page of lots, the latest first."""
    known = LotRecord.objects.current().filter(lot=OuterRef("pk"))
    rows = Lot.objects.visible_to(viewer).order_by("-pk")
    if where.is_destroyed is not None:
        of_them = LotRecord.objects.current().filter(
            destroyed_on__isnull=not where.is_destroyed
        )
        rows = rows.filter(pk__in=of_them.values("lot"))
    current = Q(items__superseded_at=None, items__is_in=True)
    names = ("method", "works", "place", "destroyed_on", "count_out")
    told = {f"now_{name}": Subquery(known.values(name)[:1]) for name in names}
    found = page_of(rows, page)
    keys = [each.pk for each in found.rows]
    consultations.show_all(Lot, keys)
    shown = rows.filter(among("pk", keys)).annotate(
        there=Count("items", filter=current), **told
    )
    return found.showing([_row(each) for each in shown])


def _row(lot: Any) -> LotRow:  # noqa: ANN401 - a lot with what the query adds
    return LotRow(
        lot_id=lot.pk,
        agency=lot.agency,
        method=DestructionMethod(lot.now_method),
        works=lot.now_works,
        place=lot.now_place,
        count_in=lot.there,
        count_out=lot.now_count_out,
        destroyed_on=lot.now_destroyed_on,
    )


def lot_page(lot_id: int, *, viewer: Actor, today: date) -> LotPage:
    """Give one lot: what is in it, who sees it, what is missing."""
    lot = Lot.objects.get_visible(lot_id, viewer)
    consultations.show_opened(Lot, lot_id)
    records = tuple(LotRecord.objects.filter(lot=lot).order_by("-known_at", "-pk"))
    now = next(each for each in records if each.superseded_at is None)
    rows = list(LotItem.objects.current().filter(lot=lot).order_by("pk"))
    items = [Item(each.exhibit_id, each.arm_id) for each in rows if each.is_in]
    seen = tuple(LotWitness.objects.filter(lot=lot).order_by("-known_at", "-pk"))
    pictures = LotPhotograph.objects.filter(lot=lot).select_related("file")
    certificates = Certificate.objects.filter(
        kind=CertificateKind.DESTRUCTION, subject=lot.reference
    )
    facts = at_lot.facts_of(lot, len(items), at_lot.witnesses_of(lot), viewer)
    return LotPage(
        lot=lot,
        now=now,
        items=tuple(_in_lot(items, now, viewer, today)),
        withdrawn=tuple(each for each in rows if not each.is_in),
        witnesses=tuple(each for each in reversed(seen) if not each.superseded_at),
        photographs=tuple(pictures.order_by("pk")),
        corrections=records,
        seen=seen,
        certificate=certificates.order_by("pk").last(),
        missing=() if now.destroyed_on else tuple(broken(rules.of_lot(), facts)),
    )


def _in_lot(
    items: list[Item], now: LotRecord, viewer: Actor, today: date
) -> list[InLot]:
    words = _show(items, viewer)
    kinds = conditions.kinds_before(WayOut.DESTROY, today)
    facts = {} if now.destroyed_on else conditions.facts_of(items, today)
    away = {} if now.destroyed_on else conditions.bars_in_custody(items, now.lot.agency)
    missing = {
        each: (*broken(rules.of_each(kinds), told), *away.get(each, ()))
        for each, told in facts.items()
    }
    return [InLot(each, words.get(each, ""), missing.get(each, ())) for each in items]


def _show(items: list[Item], viewer: Actor) -> Mapping[Item, str]:
    """Describe items that a viewer may see, and note that they were shown.

    Raises:
        NotFound: One alone is asked for, and there is none for these eyes.
    """
    keys = [each.exhibit_id for each in items if each.exhibit_id]
    seen = Exhibit.objects.visible_to(viewer).filter(among("pk", keys))
    recoveries = dict(seen.values_list("pk", "recovery_id"))
    if len(items) == 1 and keys and not recoveries:
        Exhibit.objects.get_visible(keys[0], viewer)
    consultations.show_all(Exhibit, recoveries)
    told = describe(recoveries.values())
    arms = [each.arm_id for each in items if each.arm_id]
    if len(items) == 1 and arms:
        Arm.objects.get_visible(arms[0], viewer)
    rows = registry.arms_by_id(arms, viewer=viewer) if arms else {}
    words = {
        Item(exhibit_id=key): f"{told[recovery].words} {told[recovery].serial}".strip()
        for key, recovery in recoveries.items()
    }
    of_arms = {Item(arm_id=key): _name(row) for key, row in rows.items()}
    return words | of_arms


def _name(row: Any) -> str:  # noqa: ANN401 - a row of the register
    named = (row.make, row.model, row.calibre, row.serial_as_marked)
    return " ".join(filter(None, named))


def ready(*, viewer: Actor, most: int) -> list[Item]:
    """Give exhibits at hand whose destruction is approved and that are in no lot."""
    put = LotItem.objects.current().filter(is_in=True, exhibit__isnull=False)
    rows = (
        Exhibit.objects.get_queryset()
        .of(viewer.agencies("disposal.destroy"))
        .filter(
            events__superseded_at=None,
            events__way_out=WayOut.DESTROY,
            events__way_out_state="APPROVED",
            events__offered_to="",
            events__holder_agency=F("agency"),
        )
    )
    left = rows.exclude(pk__in=put.values("exhibit")).order_by("pk")
    found = left.values_list("pk", flat=True)[:most]
    return [Item(exhibit_id=key) for key in found]
