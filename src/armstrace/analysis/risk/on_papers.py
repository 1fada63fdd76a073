"""Indicators on licences, certificates, parties: what papers say of each other.

Source:
    Instruments, 5.6 (CU-01 to CU-05, CU-17, CU-20, CU-23, CU-29).
"""

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import CUSTOMS, NO_HIT, UNTOLD, Answer, Known
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import receiver
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sources import Source

HEADING = 4


@CUSTOMS.add(
    "CU-01",
    message("Arms without an authorisation"),
    Source("protocol", "art. 10, para. 1"),
    inputs="hs_code licence",
    parameters="licence_headings",
)
def arms_without_licence(goods: Declaration, known: Known) -> Answer:
    """Hit where goods of chapter 93 name no authorisation."""
    if goods.hs_code is None:
        return UNTOLD
    if goods.hs_code[:HEADING] not in known.parameters.licence_headings:
        return NO_HIT
    if goods.licence is None:
        return UNTOLD
    if goods.licence:
        return NO_HIT
    return message(
        "Goods of heading %(heading)s are declared, and no authorisation is named.",
        heading=goods.hs_code[:HEADING],
    )


@CUSTOMS.add(
    "CU-02",
    message("An authorisation that no longer covers the goods"),
    Source("protocol", "art. 10, para. 1"),
    inputs="licence licence_is_valid licence_ends_on licence_quantity quantity",
)
def licence_does_not_cover(goods: Declaration, known: Known) -> Answer:
    """Hit where it is revoked, has ended, or is used up with what came before."""
    if not goods.licence:
        return UNTOLD if goods.licence is None else NO_HIT
    if goods.licence_is_valid is False:
        return message("Authorisation %(licence)s is not valid.", licence=goods.licence)
    ends, day = goods.licence_ends_on, goods.declared_on
    if ends is not None and day is not None and ends < day:
        return message(
            "Authorisation %(licence)s ended on %(day)s.",
            licence=goods.licence,
            day=ends,
        )
    told = _judge_quantity(goods, known)
    is_valid = goods.licence_is_valid is not None or ends is not None
    return NO_HIT if told is UNTOLD and is_valid else told


def _judge_quantity(goods: Declaration, known: Known) -> Answer:
    most, now = goods.licence_quantity, goods.quantity
    if most is None or now is None:
        return UNTOLD
    drawn = now + known.history.drawn.get(goods.licence or "", 0)
    if drawn <= most:
        return NO_HIT
    return message(
        "With this declaration %(drawn)s pieces are declared under authorisation "
        "%(licence)s, which covers %(most)s.",
        drawn=drawn,
        licence=goods.licence or "",
        most=most,
    )


@CUSTOMS.add(
    "CU-03",
    message("A receiver or country other than authorised"),
    Source("protocol", "art. 10, para. 3"),
    inputs="consignee licence_consignee destination licence_destination",
)
def other_receiver_than_licensed(goods: Declaration, known: Known) -> Answer:
    """Hit where the declaration and the authorisation differ."""
    del known
    country, allowed = goods.destination, goods.licence_destination
    if country and allowed and country != allowed:
        return message(
            "The goods go to %(country)s; the authorisation names %(allowed)s.",
            country=country,
            allowed=allowed,
        )
    one, other = goods.consignee, goods.licence_consignee
    if one and other:
        if words.key(one) == words.key(other):
            return NO_HIT
        return message(
            "The receiver is not the final recipient that the authorisation names."
        )
    return NO_HIT if country and allowed else UNTOLD


@CUSTOMS.add(
    "CU-04",
    message("A country of transit that was not asked"),
    Source("protocol", "art. 10, para. 2 (b)"),
    inputs="route licence_transit",
)
def transit_not_allowed(goods: Declaration, known: Known) -> Answer:
    """Hit where the route crosses a country that the authorisation does not name."""
    del known
    if goods.licence_transit is None or goods.route is None:
        return UNTOLD
    crossed = [each for each in goods.route if each not in goods.licence_transit]
    if not crossed:
        return NO_HIT
    return message(
        "The route crosses %(crossed)s, which the authorisation does not name.",
        crossed=crossed,
    )


@CUSTOMS.add(
    "CU-05",
    message("Goods left before the State of transit or import had agreed"),
    Source("protocol", "art. 10, paras. 2 and 3"),
    inputs="departed_on transit_notice_on import_licence_on export_licence_on",
)
def left_too_early(goods: Declaration, known: Known) -> Answer:
    """Hit where departure or the export licence comes before their consent."""
    del known
    told = [d for d in (goods.transit_notice_on, goods.import_licence_on) if d]
    later = [d for d in (goods.departed_on, goods.export_licence_on) if d]
    if not told or not later:
        return UNTOLD
    if max(told) <= min(later):
        return NO_HIT
    return message(
        "The goods left or were licensed on %(early)s, before the consent of %(late)s.",
        early=min(later),
        late=max(told),
    )


@CUSTOMS.add(
    "CU-17",
    message("A receiver who is not a registered dealer or importer"),
    Source("design", "CBP: the importer is not a registered licensee"),
    inputs="hs_code consignee_registered",
    parameters="licence_headings",
)
def receiver_not_registered(goods: Declaration, known: Known) -> Answer:
    """Hit where goods of chapter 93 go to somebody without a registration."""
    if goods.hs_code is None:
        return UNTOLD
    if goods.hs_code[:HEADING] not in known.parameters.licence_headings:
        return NO_HIT
    if goods.consignee_registered is None:
        return UNTOLD
    if goods.consignee_registered:
        return NO_HIT
    return message("The receiver is not registered for goods of this kind.")


@CUSTOMS.add(
    "CU-20",
    message("A broker who is not the one authorised"),
    Source("protocol", "art. 15, para. 1"),
    inputs="broker licence_broker",
    parameters="brokers_are_disclosed",
)
def other_broker_than_licensed(goods: Declaration, known: Known) -> Answer:
    """Hit where brokers differ, only where the State's law asks for disclosure."""
    if not known.parameters.brokers_are_disclosed:
        return NO_HIT
    if goods.broker is None or goods.licence_broker is None:
        return UNTOLD
    if words.key(goods.broker) == words.key(goods.licence_broker):
        return NO_HIT
    return message("The broker is not the one that the authorisation names.")


@CUSTOMS.add(
    "CU-23",
    message("An end-user certificate used twice or out of time"),
    Source("att", "art. 8; end-user certificates"),
    inputs="end_user_certificate certificate_on contract_ends_on consignee",
)
def certificate_reused(goods: Declaration, known: Known) -> Answer:
    """Hit where another receiver used it, or it was issued after the contract."""
    number = goods.end_user_certificate
    if not number:
        return UNTOLD if number is None else NO_HIT
    issued, ended = goods.certificate_on, goods.contract_ends_on
    if issued and ended and issued > ended:
        return message(
            "Certificate %(number)s was issued on %(issued)s, after its contract had "
            "ended.",
            number=number,
            issued=issued,
        )
    first = known.history.certificates.get(number)
    if first is None or first == receiver(goods):
        return NO_HIT
    return message(
        "Certificate %(number)s was used for another receiver before.", number=number
    )


@CUSTOMS.add(
    "CU-29",
    message("Deactivated arms without a certificate"),
    Source("eu-2021-555", "art. 15; Implementing Regulation (EU) 2015/2403"),
    inputs="description deactivation_certificate",
)
def deactivation_without_certificate(goods: Declaration, known: Known) -> Answer:
    """Hit where goods are called deactivated and name no certificate."""
    del known
    if goods.description is None:
        return UNTOLD
    if "DEACTIVATED" not in words.read(goods.description).kinds:
        return NO_HIT
    if goods.deactivation_certificate is None:
        return UNTOLD
    if goods.deactivation_certificate:
        return NO_HIT
    return message("The goods are called deactivated, and no certificate is named.")
