"""Open a parallel case on a consignment that was diverted."""

from datetime import datetime

from django.db import transaction

from armstrace.investigations.actions.opening import open_case
from armstrace.investigations.inputs import NewCase
from armstrace.investigations.models import Case
from armstrace.transfers import actions as transfers
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import Aim
from armstrace.vocabulary.messages import message


def open_case_of_diversion(*, consignment_id: int, by: Actor, at: datetime) -> Case:
    """Open a parallel case on a diversion; the consignment names it from then on.

    Raises:
        RuleBroken: ``TX-16``, it kept its route, or has its case.

    Source:
        Arms Trade Treaty, art. 11, para. 4; background paper (2018), para. 32.
    """
    number = f"J{consignment_id}"
    title = message("Diversion of consignment %(number)s", number=number)
    why = message(
        "Consignment %(number)s was diverted, or went off its route.", number=number
    )
    given = NewCase(title=str(title), aims=(Aim.DISRUPT,), why=str(why))
    with transaction.atomic():
        case = open_case(given=given, by=by, at=at)
        transfers.name_case(
            consignment_id=consignment_id, case=case.reference, by=by, at=at
        )
    return case
