"""What can be asked about campaigns and what was handed in."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, OuterRef, Subquery

from armstrace.analysis.statistics.suppression import THRESHOLD, Sum, Tables, withheld
from armstrace.audit import consultations
from armstrace.collection import doubles, published
from armstrace.collection.models import Campaign, CampaignRate, HandIn
from armstrace.collection.published import Cell
from armstrace.custody.queries.items import Item, describe
from armstrace.records.lookups import among, page_of
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.collection import HELD, HandInState
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

DOUBLES = (HandInState.DOUBLE, HandInState.SAME)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign in a list."""

    campaign_id: int
    agency: str
    name: str
    begins_on: date
    ends_on: date
    hand_ins: int


@dataclass(frozen=True, slots=True)
class HandInRow:
    """One arm handed in."""

    hand_in_id: int
    place: str
    day: date
    arm_type: ArmType
    state: HandInState
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class HandInPage:
    """An arm handed in, as its receipt shows it."""

    hand_in: HandIn
    item: Item
    # Those of which it is perhaps a double, while it is held.
    others: tuple[HandIn, ...]
    # Whether it may be an arm that is lost or stolen, while it is held.
    may_be_missing: bool
    # Those that could be the same arm, as a number or make is missing.
    look_alikes: tuple[HandIn, ...]
    # The number of the receipt, by which anybody can check it.
    number: str


def campaign_rows(*, viewer: Actor, page: PageRequest) -> Page[CampaignRow]:
    """Give one page of campaigns, the latest first."""
    found = page_of(Campaign.objects.visible_to(viewer).order_by("-pk"), page)
    keys = [each.pk for each in found.rows]
    consultations.show_all(Campaign, keys)
    taken = HandIn.objects.filter(among("campaign_id", keys))
    counted = dict(taken.values_list("campaign_id").annotate(Count("pk")))
    return found.showing(
        [
            fill(CampaignRow, each, campaign_id=key, hand_ins=counted.get(key, 0))
            for key, each in zip(keys, found.rows, strict=True)
        ]
    )


def editions(campaign_id: int, *, viewer: Actor) -> list[published.Edition]:
    """Give the publications of a campaign's counts, the latest first."""
    return published.editions_of(Campaign.objects.get_visible(campaign_id, viewer))


def campaign(campaign_id: int, *, viewer: Actor) -> Campaign:
    """Give one campaign."""
    consultations.show_opened(Campaign, campaign_id)
    return Campaign.objects.get_visible(campaign_id, viewer)


def rates(campaign_id: int, *, viewer: Actor) -> list[CampaignRate]:
    """Give what a campaign gives, by type of arm and day."""
    found = Campaign.objects.get_visible(campaign_id, viewer)
    return list(found.rates.order_by("arm_type", "from_on"))


def hand_in_rows(
    campaign_id: int, *, viewer: Actor, page: PageRequest
) -> Page[HandInRow]:
    """Give one page of what was handed in, the latest first."""
    found = Campaign.objects.get_visible(campaign_id, viewer)
    paged = page_of(found.hand_ins.order_by("-pk"), page)
    consultations.show_all(HandIn, [each.pk for each in paged.rows])
    items = describe([each.recovery_id for each in paged.rows])
    return paged.showing(
        [
            fill(
                HandInRow,
                each,
                hand_in_id=each.pk,
                arm_type=ArmType(items[each.recovery_id].type_code),
            )
            for each in paged.rows
        ]
    )


def hand_in_page(hand_in_id: int, *, viewer: Actor) -> HandInPage:
    """Give one arm handed in, as its receipt shows it."""
    found = HandIn.objects.get_visible(hand_in_id, viewer)
    consultations.show_opened(HandIn, hand_in_id)
    is_held = found.state in HELD
    alike = doubles.others_like(found.recovery_id) if is_held else HandIn.objects.none()
    seen = tuple(alike.filter(campaign__in=Campaign.objects.visible_to(viewer)))
    near = () if is_held else tuple(doubles.look_alikes(found))
    consultations.show_all(HandIn, [each.pk for each in (*seen, *near)])
    item = describe([found.recovery_id])[found.recovery_id]
    is_sought = is_held and doubles.may_be_missing(found, viewer=viewer)
    return HandInPage(found, item, seen, is_sought, near, published.number_of(found))


def public_counts(campaign_id: int, *, viewer: Actor) -> list[Cell]:
    """Count what was handed in by place and type; small counts are withheld.

    What is or may be a double is not counted. A total has no type, that of all
    places no place.

    Source:
        Background paper (2018), para. 48 (communities and oversight).
    """
    found = Campaign.objects.get_visible(campaign_id, viewer)
    # Asked of each, of one index: a join would read the records themselves.
    known = RecoveryRecord.objects.current().filter(recovery=OuterRef("recovery"))
    rows = found.hand_ins.exclude(state__in=DOUBLES)
    told = rows.annotate(known_as=Subquery(known.values("arm_type")[:1]))
    by_type = told.values_list("place", "known_as").annotate(Count("pk"))
    counted = Counter(
        {(place, code): many for place, code, many in by_type if code is not None}
    )
    earlier = (cell for each in published.editions_of(found) for cell in each.cells)
    always = {_key(one.place, one.arm_type) for one in earlier if one.count is None}
    return list(_cells(counted, found.place_list, always))


def _key(place: str, arm_type: str | None) -> str:
    return f"{place}\t{arm_type}" if arm_type else place


def _cells(
    counted: Counter[tuple[str, str]], places: list[str], always: Collection[str]
) -> Iterator[Cell]:
    """Give the cells and their totals, of which one alone would say nothing new.

    Args:
        always: What was withheld when it was published before.
    """
    types = sorted({arm_type for _place, arm_type in counted})
    values: dict[str, int] = {}
    sums: list[Sum] = []
    for place in places:
        parts = {_key(place, code): counted[place, code] for code in types}
        values |= parts
        if len(types) > 1:
            values[place] = sum(parts.values())
            sums.append(Sum(place, tuple(parts)))
    if len(places) > 1 and types:
        whole = tuple(places if len(types) > 1 else values)
        values[""] = sum(values[each] for each in whole)
        sums.append(Sum("", whole))
    tables = Tables(values, tuple(sums))
    small = {key for key, count in values.items() if count < THRESHOLD}
    hidden = withheld(tables, always=always) if sums else small | {*always}
    for key, count in values.items():
        place, _, code = key.partition("\t")
        shown = None if key in hidden else count
        yield Cell(place, ArmType(code) if code else None, shown)
