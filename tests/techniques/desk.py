"""A unit that uses special techniques: who asks, who gives authority, who oversees."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from armstrace.accounts.models import Agency, User
from armstrace.techniques import inputs, queries
from armstrace.techniques.actions import authorising, delivering, running
from armstrace.techniques.models import Operation
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.errors import NotFound, RuleBroken
from armstrace.vocabulary.techniques import DeliveryMode, Technique
from tests import cast
from tests.investigations import desk as cases
from tests.ledger_guard import written_directly

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LEAD, PROSECUTOR = cases.LEAD, cases.PROSECUTOR
SECOND = replace(PROSECUTOR, name="second.vpo")
CUSTOMS = cast.actor(Role.CUSTOMS, "VCU", Purpose.INVESTIGATION)
STRANGER = cases.OTHER
AUDITOR = cast.AUDITOR
HOME = "XV"


@written_directly()
def people():
    cases.people()
    for actor in (SECOND, CUSTOMS, AUDITOR):
        agency, _ = Agency.objects.get_or_create(
            code=actor.agency,
            defaults={"name": actor.agency, "kind": AgencyKind.POLICE},
        )
        User.objects.get_or_create(
            name=actor.name,
            defaults={"role": actor.role, "agency": agency, "created_at": cast.NOW},
        )


def authority(begins=NOW, hours=10, **changes):
    stated = {
        "basis": "UNTOC-20-1-CD",
        "authoriser": PROSECUTOR.name,
        "states": (HOME,),
        "begins": begins.replace(tzinfo=None),
        "ends": (begins + hours * HOUR).replace(tzinfo=None),
        "zone": "UTC",
        "reason": "the buyers are not known otherwise",
    }
    return inputs.AuthorityInput(**(stated | changes))


def ask(at=NOW, mode=DeliveryMode.REMOVED, asked=None, by=LEAD):
    people()
    case = cases.a_case(by=by)
    given = inputs.OperationInput(
        Technique.CONTROLLED_DELIVERY, mode, "who receives the parcel"
    )
    return authorising.ask_operation(
        case_id=case.pk, given=given, authority=asked or authority(at), by=by, at=at
    )


def decide(operation, at=NOW, by=PROSECUTOR, *, is_granted=True):
    decision = inputs.Decision(is_granted, "no milder means", "O-17/26")
    return authorising.decide_authority(
        operation_id=operation.pk, given=decision, by=by, at=at
    )


def consent(operation, country, at=NOW, by=LEAD, *, is_given=True, hours=50):
    ends = (at + hours * HOUR).replace(tzinfo=None)
    office = f"Ministry of {country}"
    given = inputs.ConsentInput(country, is_given, "L-4", office, ends, "UTC")
    return authorising.record_consent(
        operation_id=operation.pk, given=given, by=by, at=at
    )


def started(at=NOW, **asked):
    """Give an operation that is active."""
    operation = ask(at, **asked)
    decide(operation, at)
    states = Operation.objects.get(pk=operation.pk).authorities.get().states
    for country in set(states) - {HOME}:
        consent(operation, country, at)
    running.start_operation(operation_id=operation.pk, by=LEAD, at=at)
    return operation


def standing(operation):
    return Operation.objects.get(pk=operation.pk).standing


def refuse(code, act):
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        act()
    assert refused.value.rule == code


def start(operation, at=NOW, by=LEAD):
    return running.start_operation(operation_id=operation.pk, by=by, at=at)


def page(operation, viewer, at=NOW):
    return queries.operation_page(operation.pk, viewer=viewer, at=at)


def is_readable(operation, viewer, at=NOW):
    try:
        page(operation, viewer, at)
    except NotFound:
        return False
    return True


def leg(from_state=HOME, to_state=HOME, receiver=""):
    return inputs.HandOverInput(from_state, to_state, "", "Unit A", "Unit B", receiver)


def hand_over(operation, given=None, at=NOW):
    return delivering.hand_over(
        operation_id=operation.pk, given=given or leg(), by=LEAD, at=at
    )
