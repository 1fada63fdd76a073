"""Indicators on licences, certificates, parties: what papers say of each other.

Source:
    Instruments, 5.6 (CU-01 to CU-05, CU-17, CU-20, CU-23, CU-29).
"""

from armstrace.analysis.risk import words
from armstrace.analysis.risk.catalogue import NO_HIT, UNTOLD, Answer, Known, indicator
from armstrace.analysis.risk.declarations import Declaration
from armstrace.analysis.risk.history import receiver
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
HEADING = 4


@indicator("CU-01")
def _arms_without_licence(hs_code: str, goods: Declaration, known: Known) -> Answer:
    if hs_code[:HEADING] not in known.parameters.licence_headings or goods.licence:
        return NO_HIT
    if goods.licence is None:
        return UNTOLD
    return SAID.say("NO_LICENCE", heading=hs_code[:HEADING])


@indicator("CU-02")
def _licence_does_not_cover(licence: str, goods: Declaration, known: Known) -> Answer:
    if not licence:
        return NO_HIT
    if goods.licence_is_valid is False:
        return message("Authorisation %(licence)s is not valid.", licence=licence)
    ends, day = goods.licence_ends_on, goods.declared_on
    if ends is not None and day is not None and ends < day:
        return SAID.say("LICENCE_ENDED", licence=licence, day=ends)
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
    return SAID.say("LICENCE_USED_UP", drawn=drawn, licence=licence, most=most)


@indicator("CU-03")
def _other_receiver_than_licensed(goods: Declaration) -> Answer:
    country, allowed = goods.destination, goods.licence_destination
    if country and allowed and country != allowed:
        return SAID.say("ANOTHER_COUNTRY", country=country, allowed=allowed)
    one, other = goods.consignee, goods.licence_consignee
    if one and other:
        if words.key(one) == words.key(other):
            return NO_HIT
        return SAID.say("ANOTHER_RECEIVER")
    return NO_HIT if country and allowed else UNTOLD


@indicator("CU-04")
def _transit_not_allowed(
    route: tuple[str, ...], licence_transit: tuple[str, ...]
) -> Answer:
    crossed = [each for each in route if each not in licence_transit]
    if not crossed:
        return NO_HIT
    return SAID.say("TRANSIT_NOT_NAMED", crossed=crossed)


@indicator("CU-05")
def _left_too_early(goods: Declaration) -> Answer:
    told = [d for d in (goods.transit_notice_on, goods.import_licence_on) if d]
    later = [d for d in (goods.departed_on, goods.export_licence_on) if d]
    if not told or not later:
        return UNTOLD
    if max(told) <= min(later):
        return NO_HIT
    return SAID.say("LEFT_TOO_EARLY", early=min(later), late=max(told))


@indicator("CU-17")
def _receiver_not_registered(hs_code: str, goods: Declaration, known: Known) -> Answer:
    is_registered = goods.consignee_registered
    if hs_code[:HEADING] not in known.parameters.licence_headings or is_registered:
        return NO_HIT
    if is_registered is None:
        return UNTOLD
    return message("The receiver is not registered for goods of this kind.")


@indicator("CU-20")
def _other_broker_than_licensed(goods: Declaration, known: Known) -> Answer:
    if not known.parameters.brokers_are_disclosed:
        return NO_HIT
    if goods.broker is None or goods.licence_broker is None:
        return UNTOLD
    if words.key(goods.broker) == words.key(goods.licence_broker):
        return NO_HIT
    return message("The broker is not the one that the authorisation names.")


@indicator("CU-23")
def _certificate_reused(
    end_user_certificate: str, goods: Declaration, known: Known
) -> Answer:
    number = end_user_certificate
    if not number:
        return NO_HIT
    issued, ended = goods.certificate_on, goods.contract_ends_on
    if issued and ended and issued > ended:
        return SAID.say("ISSUED_TOO_LATE", number=number, issued=issued)
    if known.history.certificates.get(number) in (None, receiver(goods)):
        return NO_HIT
    return SAID.say("CERTIFICATE_REUSED", number=number)


@indicator("CU-29")
def _deactivation_without_certificate(description: str, goods: Declaration) -> Answer:
    is_called_so = "DEACTIVATED" in words.read(description).kinds
    if not is_called_so or goods.deactivation_certificate:
        return NO_HIT
    if goods.deactivation_certificate is None:
        return UNTOLD
    return message("The goods are called deactivated, and no certificate is named.")
