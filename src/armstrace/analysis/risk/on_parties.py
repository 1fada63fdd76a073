"""Indicators on senders, receivers, addresses and routes, against what came before.

Source:
    Instruments, 5.6 (CU-14 to CU-16, CU-18, CU-21, CU-22, CU-25, CU-30 to CU-33).
"""

from collections.abc import Collection
from decimal import Decimal

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import NO_HIT, UNTOLD, Answer, Known, indicator
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import (
    CONTACTS,
    MIXED,
    Sent,
    cluster,
    links,
    parts_in,
    receiver,
    sender,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.risk import Conduct, Conveyance, Find, Payment
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
HARD_TO_FOLLOW = frozenset({Payment.PREPAID, Payment.CRYPTO, Payment.CASH})
SMALL_VEHICLES = frozenset({Conveyance.CAR, Conveyance.BUS})
WHOLE_ARM = frozenset({"FRAME", "SLIDE", "BARREL", "TRIGGER"})
WORKSHOP = frozenset({"PRINTER", "JIG"})
MADE_FROM = frozenset({"KIT", "FRAME", "SLIDE", "BARREL", "TRIGGER"})
ENOUGH_PARTS = 2


@indicator("CU-14")
def _split_parcels(goods: Declaration, known: Known) -> Answer:
    if goods.declared_on is None or not cluster(goods):
        return UNTOLD
    said = parts_in(goods) & WHOLE_ARM
    if not said:
        return NO_HIT
    earlier = known.history.sent_to(goods, known.parameters.split_days)
    parts = said.union(*(each.parts & WHOLE_ARM for each in earlier))
    if len(parts) >= ENOUGH_PARTS and parts != said:
        return SAID.say(
            "PARTS_APART",
            days=int(known.parameters.split_days),
            parts=", ".join(sorted(map(str.lower, parts))),
        )
    return _many_small(goods, earlier, known)


def _many_small(goods: Declaration, earlier: list[Sent], known: Known) -> Answer:
    most, by = known.parameters.split_most_kg, sender(goods)
    if not by or goods.weight_kg is None or goods.weight_kg > most:
        return NO_HIT
    weights = [each.kg for each in earlier if each.by == by]
    count = 1 + sum(kg is not None and kg <= most for kg in weights)
    if count < known.parameters.split_parcels:
        return NO_HIT
    return SAID.say("SMALL_PARCELS", count=count, days=int(known.parameters.split_days))


@indicator("CU-15")
def _drop_address(goods: Declaration, known: Known) -> Answer:
    """Count names; what they are is no input.

    A block of flats receives for many names from many senders and is none.
    """
    if not goods.consignee_address or not goods.consignee or not goods.declared_on:
        return UNTOLD
    settings = known.parameters
    earlier = known.history.sent_to(goods, settings.drop_days)
    by, to = sender(goods), receiver(goods)
    names = {each.to for each in earlier if each.to} | {to}
    of_sender = {each.to for each in earlier if by and each.by == by} | {to}
    senders = {each.by for each in earlier if each.by} | {by}
    is_of_few = len(names) >= settings.drop_names and len(senders) < len(names)
    if not is_of_few and len(of_sender - {""}) < settings.drop_names_of_sender:
        return NO_HIT
    return SAID.say(
        "DROP_ADDRESS",
        count=len(names),
        days=int(settings.drop_days),
        own=len(of_sender),
    )


@indicator("CU-16")
def _address_without_anybody(consignee_address: str) -> Answer:
    if not consignee_address:
        return UNTOLD
    found = words.address_kinds(consignee_address)
    if not found:
        return NO_HIT
    return message("The address is that of a %(kind)s.", kind=_ADDRESSES[min(found)])


_ADDRESSES = {
    "BOX": message("post office box"),
    "LOCKER": message("parcel locker or pick-up point"),
    "FORWARDER": message("forwarder"),
    "VACANT": message("vacant place"),
}


@indicator("CU-18")
def _new_and_hard_to_follow(
    payment: Payment, goods: Declaration, known: Known
) -> Answer:
    if payment not in HARD_TO_FOLLOW:
        return NO_HIT
    opened, day = goods.account_opened_on, goods.declared_on
    if opened and day and (day - opened).days <= known.parameters.new_account_days:
        return SAID.say("ACCOUNT_IS_NEW", day=opened, payment=payment)
    if not goods.consignor:
        return UNTOLD
    if sender(goods) in known.history.consignors:
        return NO_HIT
    return SAID.say("SENDER_IS_NEW", payment=payment)


@indicator("CU-21")
def _odd_route(route: tuple[str, ...], known: Known) -> Answer:
    zones = [each for each in route if each in known.parameters.free_zones]
    if zones:
        return message("The route goes by %(zones)s, a free zone.", zones=zones)
    twice = len(set(route)) < len(route)
    if not twice and len(route) < known.parameters.most_transits:
        return NO_HIT
    return SAID.say("ODD_ROUTE", route=route)


@indicator("CU-22")
def _route_on_watch(destination: str, goods: Declaration, known: Known) -> Answer:
    first = goods.origin or goods.departure
    if not known.parameters.watched_routes or first is None:
        return UNTOLD
    route = ">".join((first, *(goods.route or ()), destination))
    if route not in known.parameters.watched_routes:
        return NO_HIT
    return message("The route %(route)s is watched.", route=route)


@indicator("CU-25")
def _few_by_road(
    conveyance: Conveyance, quantity: Decimal, goods: Declaration, known: Known
) -> Answer:
    source = goods.departure or goods.origin
    if source is None or not known.parameters.near_conflict:
        return UNTOLD
    is_near = source in known.parameters.near_conflict
    is_few = quantity <= known.parameters.small_quantity
    if not (is_near and is_few and conveyance in SMALL_VEHICLES):
        return NO_HIT
    return SAID.say("FEW_BY_ROAD", count=quantity, vehicle=conveyance, country=source)


@indicator("CU-30")
def _workshop_to_one_address(goods: Declaration, known: Known) -> Answer:
    if goods.declared_on is None or not cluster(goods):
        return UNTOLD
    own = parts_in(goods)
    if not own:
        return NO_HIT
    earlier = known.history.sent_to(goods, known.parameters.kit_days)
    parts = own.union(*(each.parts for each in earlier))
    if not parts & WORKSHOP or not parts & MADE_FROM:
        return NO_HIT
    return SAID.say(
        "A_WORKSHOP",
        days=int(known.parameters.kit_days),
        parts=", ".join(sorted(map(str.lower, parts))),
    )


@indicator("CU-31")
def _link_to_seizure(goods: Declaration, known: Known) -> Answer:
    shared = (*CONTACTS, "consignee_address")
    return _found_before(goods, known, shared, {find for find in Find if find.is_arms})


@indicator("CU-32")
def _link_to_other_crime(goods: Declaration, known: Known) -> Answer:
    return _found_before(goods, known, MIXED, {Find.DRUGS, Find.DOCUMENTS})


@indicator("CU-33")
def _unusual_at_counter(conduct: Conduct) -> Answer:
    if conduct is Conduct.NO_REMARK:
        return NO_HIT
    return message("At the counter: %(conduct)s.", conduct=conduct)


def _found_before(
    goods: Declaration, known: Known, names: Collection[str], finds: set[Find]
) -> Answer:
    if not known.history.found:
        return NO_HIT
    for name, value in links(goods):
        find = known.history.found.get((name, value))
        if name in names and find in finds:
            return SAID.say("SHARES_WITH_FOUND", what=_SHARED[name], find=find)
    return NO_HIT


_SHARED = {
    "phone": message("telephone number"),
    "email": message("e-mail address"),
    "account": message("account"),
    "conveyance_number": message("vehicle or voyage"),
    "consignor": message("sender"),
    "consignee_address": message("address"),
}
