"""Indicators on licences, certificates, parties: what papers say of each other.

Source:
    Instruments, 5.6 (CU-01 to CU-05, CU-17, CU-20, CU-23, CU-29).
"""

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import (
    NO_HIT,
    UNTOLD,
    Answer,
    Known,
    indicator,
)
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import receiver
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sources import Source

HEADING = 4


@indicator(
    "CU-01",
    message("Arms without an authorisation"),
    message("Hits where goods of chapter 93 name no authorisation."),
    Source("protocol", "art. 10, para. 1"),
    inputs="licence",
    parameters="licence_headings",
)
def _arms_without_licence(hs_code: str, goods: Declaration, known: Known) -> Answer:
    if hs_code[:HEADING] not in known.parameters.licence_headings or goods.licence:
        return NO_HIT
    if goods.licence is None:
        return UNTOLD
    return message(
        "Goods of heading %(heading)s are declared, and no authorisation is named.",
        heading=hs_code[:HEADING],
    )


@indicator(
    "CU-02",
    message("An authorisation that no longer covers the goods"),
    message(
        "Hits where it is revoked, has ended, or is used up with what came before."
    ),
    Source("protocol", "art. 10, para. 1"),
    inputs="licence_is_valid licence_ends_on licence_quantity quantity",
)
def _licence_does_not_cover(licence: str, goods: Declaration, known: Known) -> Answer:
    if not licence:
        return NO_HIT
    if goods.licence_is_valid is False:
        return message("Authorisation %(licence)s is not valid.", licence=licence)
    ends, day = goods.licence_ends_on, goods.declared_on
    if ends is not None and day is not None and ends < day:
        return message(
            "Authorisation %(licence)s ended on %(day)s.", licence=licence, day=ends
        )
    told = _licence_used_up(licence, goods, known)
    is_valid = goods.licence_is_valid is not None or ends is not None
    return NO_HIT if told is UNTOLD and is_valid else told


def _licence_used_up(licence: str, goods: Declaration, known: Known) -> Answer:
    most, now = goods.licence_quantity, goods.quantity
    if most is None or now is None:
        return UNTOLD
    drawn = now + known.history.drawn.get(licence, 0)
    if drawn <= most:
        return NO_HIT
    return message(
        "With this declaration %(drawn)s pieces are declared under authorisation "
        "%(licence)s, which covers %(most)s.",
        drawn=drawn,
        licence=licence,
        most=most,
    )


@indicator(
    "CU-03",
    message("A receiver or country other than authorised"),
    message("Hits where the declaration and the authorisation differ."),
    Source("protocol", "art. 10, para. 3"),
    inputs="consignee licence_consignee destination licence_destination",
)
def _other_receiver_than_licensed(goods: Declaration) -> Answer:
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


@indicator(
    "CU-04",
    message("A country of transit that was not asked"),
    message("Hits where the route crosses a country that the authorisation lacks."),
    Source("protocol", "art. 10, para. 2 (b)"),
)
def _transit_not_allowed(
    route: tuple[str, ...], licence_transit: tuple[str, ...]
) -> Answer:
    crossed = [each for each in route if each not in licence_transit]
    if not crossed:
        return NO_HIT
    return message(
        "The route crosses %(crossed)s, which the authorisation does not name.",
        crossed=crossed,
    )


@indicator(
    "CU-05",
    message("Goods left before the State of transit or import had agreed"),
    message("Hits where departure or the export licence comes before their consent."),
    Source("protocol", "art. 10, paras. 2 and 3"),
    inputs="departed_on transit_notice_on import_licence_on export_licence_on",
)
def _left_too_early(goods: Declaration) -> Answer:
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


@indicator(
    "CU-17",
    message("A receiver who is not a registered dealer or importer"),
    message("Hits where goods of chapter 93 go to somebody without a registration."),
    Source("design", "CBP: the importer is not a registered licensee"),
    inputs="consignee_registered",
    parameters="licence_headings",
)
def _receiver_not_registered(hs_code: str, goods: Declaration, known: Known) -> Answer:
    is_registered = goods.consignee_registered
    if hs_code[:HEADING] not in known.parameters.licence_headings or is_registered:
        return NO_HIT
    if is_registered is None:
        return UNTOLD
    return message("The receiver is not registered for goods of this kind.")


@indicator(
    "CU-20",
    message("A broker who is not the one authorised"),
    message("Hits where brokers differ, only where the law asks for disclosure."),
    Source("protocol", "art. 15, para. 1"),
    inputs="broker licence_broker",
    parameters="brokers_are_disclosed",
)
def _other_broker_than_licensed(goods: Declaration, known: Known) -> Answer:
    if not known.parameters.brokers_are_disclosed:
        return NO_HIT
    if goods.broker is None or goods.licence_broker is None:
        return UNTOLD
    if words.key(goods.broker) == words.key(goods.licence_broker):
        return NO_HIT
    return message("The broker is not the one that the authorisation names.")


@indicator(
    "CU-23",
    message("An end-user certificate used twice or out of time"),
    message(
        "Hits where another receiver used it, or it was issued after the contract."
    ),
    Source("att", "art. 8; end-user certificates"),
    inputs="certificate_on contract_ends_on consignee",
)
def _certificate_reused(
    end_user_certificate: str, goods: Declaration, known: Known
) -> Answer:
    number = end_user_certificate
    if not number:
        return NO_HIT
    issued, ended = goods.certificate_on, goods.contract_ends_on
    if issued and ended and issued > ended:
        return message(
            "Certificate %(number)s was issued on %(issued)s, after its contract had "
            "ended.",
            number=number,
            issued=issued,
        )
    if known.history.certificates.get(number) in (None, receiver(goods)):
        return NO_HIT
    return message(
        "Certificate %(number)s was used for another receiver before.", number=number
    )


@indicator(
    "CU-29",
    message("Deactivated arms without a certificate"),
    message("Hits where goods are called deactivated and name no certificate."),
    Source("eu-2021-555", "art. 15; Implementing Regulation (EU) 2015/2403"),
    inputs="deactivation_certificate",
)
def _deactivation_without_certificate(description: str, goods: Declaration) -> Answer:
    is_called_so = "DEACTIVATED" in words.read(description).kinds
    if not is_called_so or goods.deactivation_certificate:
        return NO_HIT
    if goods.deactivation_certificate is None:
        return UNTOLD
    return message("The goods are called deactivated, and no certificate is named.")
