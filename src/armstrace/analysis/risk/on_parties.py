"""Indicators on senders, receivers, addresses and routes, against what came before.

Source:
    Instruments, 5.6 (CU-14 to CU-16, CU-18, CU-21, CU-22, CU-25, CU-30 to CU-33).
"""

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import CUSTOMS, NO_HIT, UNTOLD, Answer, Known
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import (
    CONTACTS,
    Sent,
    cluster,
    links,
    receiver,
    sender,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.risk import Conduct, Conveyance, Find, Payment
from armstrace.vocabulary.sources import Source

HARD_TO_FOLLOW = frozenset({Payment.PREPAID, Payment.CRYPTO, Payment.CASH})
SMALL_VEHICLES = frozenset({Conveyance.CAR, Conveyance.BUS})
WHOLE_ARM = frozenset({"FRAME", "SLIDE", "BARREL", "TRIGGER"})
WORKSHOP = frozenset({"PRINTER", "JIG"})
MADE_FROM = frozenset({"KIT", "FRAME", "SLIDE", "BARREL", "TRIGGER"})
ENOUGH_PARTS = 2


@CUSTOMS.add(
    "CU-14",
    message("Small parcels of parts that make one arm"),
    Source("design", "splitting of parcels (RAND on dark-web trade)"),
    inputs="consignee_address consignor description declared_on",
    parameters="split_parcels split_days split_most_kg",
)
def split_parcels(goods: Declaration, known: Known) -> Answer:
    """Hit by different parts to one address, or many small parcels of one sender."""
    if goods.declared_on is None or not cluster(goods):
        return UNTOLD
    said = words.read(goods.description or "").parts & WHOLE_ARM
    if not said:
        return NO_HIT
    earlier = known.history.sent_to(goods, known.parameters.split_days)
    parts = said.union(*(each.parts & WHOLE_ARM for each in earlier))
    if len(parts) >= ENOUGH_PARTS and parts != said:
        return message(
            "In %(days)s days this address was sent different parts of arms: "
            "%(parts)s.",
            days=int(known.parameters.split_days),
            parts=", ".join(sorted(map(str.lower, parts))),
        )
    return _many_small(goods, earlier, known)


def _many_small(goods: Declaration, earlier: list[Sent], known: Known) -> Answer:
    most = known.parameters.split_most_kg
    by = sender(goods)
    if not by or goods.weight_kg is None or goods.weight_kg > most:
        return NO_HIT
    small = [
        each
        for each in earlier
        if each.by == by and each.kg is not None and each.kg <= most
    ]
    if len(small) + 1 < known.parameters.split_parcels:
        return NO_HIT
    return message(
        "It is small parcel number %(count)s of one sender to this address in "
        "%(days)s days.",
        count=len(small) + 1,
        days=int(known.parameters.split_days),
    )


@CUSTOMS.add(
    "CU-15",
    message("One address, many names"),
    Source("design", "straw recipients (EUCPN)"),
    inputs="consignee_address consignee consignor declared_on",
    parameters="drop_names drop_names_of_sender drop_days",
)
def drop_address(goods: Declaration, known: Known) -> Answer:
    """Hit where one sender, or few, send to an address for several names.

    A block of flats receives for many names from many senders and is none. What
    the names are is no input.
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
    return message(
        "This address received for %(count)s different names in %(days)s days, %(own)s "
        "of them from this sender.",
        count=len(names),
        days=int(settings.drop_days),
        own=len(of_sender),
    )


@CUSTOMS.add(
    "CU-16",
    message("A box, a locker, a forwarder or a vacant place"),
    Source("design", "deliveries to abandoned locations (EUCPN)"),
    inputs="consignee_address",
)
def address_without_anybody(goods: Declaration, known: Known) -> Answer:
    """Hit where the address says that nobody lives or works there."""
    del known
    if not goods.consignee_address:
        return UNTOLD
    found = words.address_kinds(goods.consignee_address)
    if not found:
        return NO_HIT
    return message("The address is that of a %(kind)s.", kind=_ADDRESSES[min(found)])


_ADDRESSES = {
    "BOX": message("post office box"),
    "LOCKER": message("parcel locker or pick-up point"),
    "FORWARDER": message("forwarder"),
    "VACANT": message("vacant place"),
}


@CUSTOMS.add(
    "CU-18",
    message("A new sender, paid in a way that is hard to follow"),
    Source("design", "first-time consignors and new accounts"),
    inputs="consignor payment",
    parameters="new_account_days",
)
def new_and_hard_to_follow(goods: Declaration, known: Known) -> Answer:
    """Hit where a first sender or new account meets prepaid, crypto or cash."""
    if goods.payment is None or goods.payment not in HARD_TO_FOLLOW:
        return UNTOLD if goods.payment is None else NO_HIT
    opened, day = goods.account_opened_on, goods.declared_on
    if opened and day and (day - opened).days <= known.parameters.new_account_days:
        return message(
            "The account was opened on %(day)s, and the goods were paid by "
            "%(payment)s.",
            day=opened,
            payment=goods.payment,
        )
    if not goods.consignor:
        return UNTOLD
    if sender(goods) in known.history.consignors:
        return NO_HIT
    return message(
        "The sender is new here, and the goods were paid by %(payment)s.",
        payment=goods.payment,
    )


@CUSTOMS.add(
    "CU-21",
    message("A route that trade does not explain"),
    Source("att", "art. 11, para. 5"),
    inputs="route",
    parameters="most_transits free_zones",
)
def odd_route(goods: Declaration, known: Known) -> Answer:
    """Hit by many transits, a country crossed twice, or a free zone."""
    if goods.route is None:
        return UNTOLD
    zones = [each for each in goods.route if each in known.parameters.free_zones]
    if zones:
        return message("The route goes by %(zones)s, a free zone.", zones=zones)
    twice = len(set(goods.route)) < len(goods.route)
    if not twice and len(goods.route) < known.parameters.most_transits:
        return NO_HIT
    return message(
        "The route goes by %(route)s: many transits, or one country twice.",
        route=goods.route,
    )


@CUSTOMS.add(
    "CU-22",
    message("A route that is watched"),
    Source("protocol", "art. 12, para. 2"),
    inputs="origin route destination",
    parameters="watched_routes",
)
def route_on_watch(goods: Declaration, known: Known) -> Answer:
    """Hit where the route is one of those that the State lists."""
    if not known.parameters.watched_routes or goods.destination is None:
        return UNTOLD
    first = goods.origin or goods.departure
    if first is None:
        return UNTOLD
    route = ">".join((first, *(goods.route or ()), goods.destination))
    if route not in known.parameters.watched_routes:
        return NO_HIT
    return message("The route %(route)s is watched.", route=route)


@CUSTOMS.add(
    "CU-25",
    message("A few pieces by car or bus from near a conflict"),
    Source("paper-2018", "para. 54"),
    inputs="origin conveyance quantity",
    parameters="near_conflict small_quantity",
)
def few_by_road(goods: Declaration, known: Known) -> Answer:
    """Hit by origin, vehicle and number together."""
    if not known.parameters.near_conflict:
        return UNTOLD
    if goods.conveyance is None or goods.quantity is None:
        return UNTOLD
    source = goods.departure or goods.origin
    if source is None:
        return UNTOLD
    is_near = source in known.parameters.near_conflict
    is_few = goods.quantity <= known.parameters.small_quantity
    if not (is_near and is_few and goods.conveyance in SMALL_VEHICLES):
        return NO_HIT
    return message(
        "%(count)s pieces come by %(vehicle)s from %(country)s.",
        count=goods.quantity,
        vehicle=goods.conveyance,
        country=source,
    )


@CUSTOMS.add(
    "CU-30",
    message("A machine or jig and a kit of parts to one address"),
    Source("design", "Small Arms Survey on privately made arms"),
    inputs="consignee_address description declared_on",
    parameters="kit_days",
)
def workshop_to_one_address(goods: Declaration, known: Known) -> Answer:
    """Hit where what makes arms and what they are made from go to one address."""
    if goods.declared_on is None or not cluster(goods):
        return UNTOLD
    own = words.read(goods.description or "").parts
    if not own:
        return NO_HIT
    earlier = known.history.sent_to(goods, known.parameters.kit_days)
    parts = own.union(*(each.parts for each in earlier))
    if not parts & WORKSHOP or not parts & MADE_FROM:
        return NO_HIT
    return message(
        "In %(days)s days this address was sent what arms are made with and parts to "
        "make them from: %(parts)s.",
        days=int(known.parameters.kit_days),
        parts=", ".join(sorted(map(str.lower, parts))),
    )


@CUSTOMS.add(
    "CU-31",
    message("A phone number, address or account from an earlier seizure"),
    Source("paper-2018", "paras. 9 and 55"),
    inputs="phone email account consignee_address",
)
def link_to_seizure(goods: Declaration, known: Known) -> Answer:
    """Hit where arms were found in goods that share a contact or the address."""
    return _found_before(goods, known, (*CONTACTS, "consignee_address"), is_arms=True)


@CUSTOMS.add(
    "CU-32",
    message("Shared with a case of drugs or false documents"),
    Source("paper-2018", "paras. 2, 4 and 51"),
    inputs="consignor conveyance_number phone",
)
def link_to_other_crime(goods: Declaration, known: Known) -> Answer:
    """Hit where drugs or false documents were found in goods that share something."""
    return _found_before(goods, known, (), is_arms=False)


@CUSTOMS.add(
    "CU-33",
    message("Something unusual at the counter"),
    Source("design", "conduct at delivery (EUCPN)"),
    inputs="conduct",
)
def unusual_at_counter(goods: Declaration, known: Known) -> Answer:
    """Hit where an officer or carrier wrote down what they saw."""
    del known
    if goods.conduct is None:
        return UNTOLD
    if goods.conduct is Conduct.NO_REMARK:
        return NO_HIT
    return message("At the counter: %(conduct)s.", conduct=goods.conduct)


def _found_before(
    goods: Declaration, known: Known, names: tuple[str, ...], *, is_arms: bool
) -> Answer:
    if not known.history.found:
        return NO_HIT
    shared = [
        (name, find)
        for name, value in links(goods)
        if (not names or name in names)
        and (find := known.history.found.get((name, value))) is not None
        and (find.is_arms if is_arms else find in {Find.DRUGS, Find.DOCUMENTS})
    ]
    if not shared:
        return NO_HIT
    name, find = shared[0]
    return message(
        "It shares the %(what)s with goods in which %(find)s were found.",
        what=_SHARED[name],
        find=find,
    )


_SHARED = {
    "phone": message("telephone number"),
    "email": message("e-mail address"),
    "account": message("account"),
    "conveyance_number": message("vehicle or voyage"),
    "consignor": message("sender"),
    "consignee_address": message("address"),
}
