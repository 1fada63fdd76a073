"""A little of the life of arms as acts make it, and copies of it by the hundred."""

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from benchmarks import copies, shipments

if TYPE_CHECKING:
    from collections.abc import Callable

STORES, ARMS, LOTS, COUNTS = 60, 600, 100, 20
EXPORTS, DEACTIVATED, ENDED = 30, 20, 6
WAITING, IN_A_LOT = 4, 2
HANDS = ("performed_by", "performer", "signatory")
SERIALS = ("serial_as_marked", "serial_search")


def fill(arms: int, sent: int) -> None:
    """Live a little of each, and copy it until there is as much as is wanted."""
    parts: dict[str, Callable[[], object]] = {
        "stores": lambda: keep_stores(arms),
        "shipments": lambda: send(sent),
        "deactivations": lambda: deactivate(arms // 10),
        "campaigns": lambda: collect(arms // 2_000),
        "destruction": lambda: destroy(arms // 400),
        "settled": copies.settle,
    }
    for name, live in parts.items():
        begun = time.perf_counter()
        live()
        told = {"filled": name, "seconds": round(time.perf_counter() - begun)}
        print(json.dumps(told), flush=True)


def keep_stores(arms: int) -> None:
    """Fill stores with arms, lots and papers, and count them."""
    from armstrace.stockpiles.actions import keeping  # noqa: PLC0415 - after set_up
    from armstrace.stockpiles.actions.keeping import LotInput  # noqa: PLC0415
    from armstrace.vocabulary.stockpiles import StockAct  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415
    from tests.stockpiles import desk  # noqa: PLC0415

    stores = [desk.depot(f"Store {n}") for n in range(STORES)]
    batch = copies.Batch()
    for store in stores:
        desk.signed(desk.count(store, "A1"))
        lot = LotInput(number=f"L-{store.pk}", calibre="9x19", quantity=500)
        entry = keeping.receive_lot(
            depot_id=store.pk, stated=lot, by=desk.KEEPER, at=cast.NOW
        )
        desk.sign(desk.paper(store, [], lot_id=entry.lot_id, rounds=20))
    batch.copy(LOTS, ("number",))
    batch = copies.Batch()
    numbers = desk.state_arms(ARMS)
    # Every second arm is in the first store.
    shares = [numbers[::2], *(numbers[place::118] for place in range(1, 118, 2))]
    for store, here in zip(stores, shares, strict=True):
        desk.act(store, StockAct.PLACED, here)
        desk.sign(desk.paper(store, here[:2]))
    batch.copy(arms // ARMS, SERIALS)
    batch = copies.Batch()
    for store, here in zip(stores, shares, strict=True):
        desk.signed(desk.count(store, f"A{here[0]}"))
    batch.copy(COUNTS)


def send(wanted: int) -> None:
    """Send consignments of the synthetic country."""
    from armstrace.cli import demonstrating_transfers as made  # noqa: PLC0415
    from armstrace.transfers.models import Consignment  # noqa: PLC0415
    from benchmarks import planned_shipments  # noqa: PLC0415

    batch = copies.Batch()
    made.tell_truth(map(made.live, planned_shipments.stories(1, EXPORTS)))
    batch.copy(wanted // Consignment.objects.count() + 1, shipments.WORDS)


def deactivate(wanted: int) -> None:
    """Deactivate arms: most are verified, a few fire again."""
    from tests.deactivations import desk  # noqa: PLC0415 - after set_up

    batch = copies.Batch()
    for place in range(DEACTIVATED):
        made = desk.recorded(f"D{place}", performed_by=f"Gunsmiths {place}")
        if place % 4:
            desk.verify(made, signatory=f"Proof {place}")
        if place % 10 == 1:
            desk.fires_again(made)
    batch.copy(wanted // DEACTIVATED, (*HANDS, *SERIALS))


def collect(wanted: int) -> None:
    """Run campaigns, one of which takes in a hundred times as many arms."""
    batch = copies.Batch()
    first = _campaign("Spring campaign")
    for place in range(3):
        _hand_in(first, place)
    batch.copy(wanted, ("name", *SERIALS))
    large = _campaign("Autumn campaign")
    batch = copies.Batch()
    for place in range(20):
        _hand_in(large, 100 + place)
    batch.copy(wanted * 5, SERIALS)


def _campaign(name: str) -> int:
    from armstrace.collection import actions  # noqa: PLC0415 - after set_up
    from armstrace.collection.inputs import CampaignInput  # noqa: PLC0415
    from armstrace.vocabulary import collection  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415
    from tests.custody.desk import KEEPER  # noqa: PLC0415

    day = cast.NOW.date()
    given = CampaignInput(
        name=name,
        begins_on=day,
        ends_on=day + timedelta(days=3_000),
        places="Town hall\nParish\nSchool",
        amnesty=collection.Amnesty.TEMPORARY,
        identification=collection.Identification.ANONYMOUS,
        incentive=collection.Incentive.VOUCHER,
        currency="EUR",
        rates=f"PISTOL, 80, {day}",
    )
    return actions.open_campaign(given=given, by=KEEPER, at=cast.NOW).pk


def _hand_in(campaign_id: int, place: int) -> None:
    from django.conf import settings  # noqa: PLC0415 - after set_up

    from armstrace.analysis.synthetic.pictures import plate  # noqa: PLC0415
    from armstrace.collection import actions  # noqa: PLC0415
    from armstrace.collection.inputs import HandInInput  # noqa: PLC0415
    from armstrace.vocabulary.arms import ArmType  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415
    from tests.custody.desk import KEEPER  # noqa: PLC0415

    desks = ("Town hall", "Parish", "School")
    kinds = (ArmType.PISTOL, ArmType.REVOLVER, ArmType.RIFLE)
    given: Any = HandInInput(
        place=desks[place % 3],
        arm_type=kinds[place // 3 % 3],
        make="Zastava",
        serial=f"HAND{place}",
    )
    actions.take_in(
        campaign_id=campaign_id,
        given=given,
        picture=plate([f"No {place}"], seed=place),
        folder=settings.MEDIA_ROOT,
        by=KEEPER,
        at=cast.NOW,
    )


def destroy(times: int) -> None:
    """Destroy exhibits in a lot, put some into another, and let some wait."""
    from tests.disposal import desk  # noqa: PLC0415 - after set_up

    batch = copies.Batch()
    many = range(ENDED + IN_A_LOT + WAITING)
    exhibits = [desk.approved(f"X{place}") for place in many]
    desk.destroyed(*exhibits[:ENDED])
    desk.put(desk.opened(), *exhibits[ENDED : ENDED + IN_A_LOT])
    batch.copy(times, SERIALS)
