"""A custodian's desk: people, a recovery, and acts with what they need."""

from dataclasses import replace
from datetime import date

from armstrace.accounts.models import Agency, User
from armstrace.analysis.marks.description import Description
from armstrace.custody.actions import counting, handing
from armstrace.custody.models import CustodyEvent
from armstrace.custody.standing import Told
from armstrace.procedures.models import Step
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import RecoveryInput
from armstrace.tracing.models import Trace, TraceDecision
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.custody import CustodyAct, SealState, WayOut
from armstrace.vocabulary.procedures import StepStanding, WaiverGround
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.tracing import TraceStanding
from tests import cast
from tests.ledger_guard import written_directly

KEEPER = cast.actor(Role.CUSTODIAN, "VNP", Purpose.CUSTODY)
SECOND_KEEPER = replace(KEEPER, name="second.custodian")
OTHER_KEEPER = cast.actor(Role.CUSTODIAN, "VCG", Purpose.CUSTODY)
EXAMINER = cast.EXAMINER


def recovered(number="N-1", kind=ItemKind.ARM, **changes):
    """Record one item of the police with a seal, a case and a custody number."""
    _agencies()
    stated = RecoveryInput(
        **{
            "number": number,
            "item_kind": kind,
            "recovery_kind": RecoveryKind.SEIZED,
            "recovered_on": date(2026, 3, 1),
            "agency": "VNP",
            "description": Description("pistol", "Glock", "17", "9x19", "AB 123"),
            "case_number": "2026/9",
            "seal_number": "S-77",
            "custody_number": "C-5",
            **changes,
        }
    )
    (made,) = recording.record_recoveries(
        source="TEST", stated=[stated], by=cast.SYSTEM, at=cast.NOW
    )
    return made.record_id


@written_directly()
def _agencies():
    for code in ("VNP", "VFL", "VCG"):
        values = {"name": code, "kind": AgencyKind.POLICE}
        agency, _ = Agency.objects.get_or_create(code=code, defaults=values)
        keeper = {"role": Role.CUSTODIAN, "agency": agency, "created_at": cast.NOW}
        User.objects.get_or_create(name=f"keeper.{code.lower()}", defaults=keeper)


def told(**said):
    return Told(**({"seal_state": SealState.UNBROKEN} | said))


def receive(recovery_id, by=KEEPER, store=None, **said):
    said = {"seal_number": "S-77", "received_from": "Patrol 4"} | said
    if store is not None:
        said["store_id"] = store.pk
    return handing.receive_exhibit(
        recovery_id=recovery_id, told=told(**said), by=by, at=cast.NOW
    )


def received(number="N-1", kind=ItemKind.ARM, **said):
    return receive(recovered(number, kind), **said)


def do(exhibit, act, by=KEEPER, seen=None, **said):
    return handing.act_on_exhibit(
        exhibit_id=exhibit.pk, act=act, told=told(**said), seen=seen, by=by, at=cast.NOW
    )


def offered(exhibit, **said):
    said = {"to_agency": "VFL", "errand": "EXAMINATION"} | said
    return do(exhibit, CustodyAct.OFFERED, **said)


def now(exhibit):
    return CustodyEvent.objects.current().get(exhibit=exhibit)


def store(name="Depot", by=KEEPER):
    return counting.open_store(name=name, by=by, at=cast.NOW)


@written_directly()
def decided(exhibit):
    """Decide the trace of an exhibit, and have its steps waived.

    A step taken back would come again as soon as the worker follows the procedure.
    """
    at = exhibit.known_at
    steps = Step.objects.filter(recovery=exhibit.recovery)
    steps.update(
        state=StepStanding.WAIVED,
        ground=WaiverGround.OTHER,
        reason="Not needed here.",
        asked_by="tess",
        done_by="sam",
        ended_at=at,
    )
    trace = Trace.objects.create(recovery=exhibit.recovery, known_at=at)
    TraceDecision.objects.create(
        trace=trace,
        standing=TraceStanding.EXCEPTED,
        known_at=at,
        decided_on=at.date(),
        decided_by="tess",
    )


def approved(exhibit):
    decided(exhibit)
    disposal.settle(exhibit)
    return do(exhibit, CustodyAct.APPROVED, by=cast.SUPERVISOR, reason="traced")


from tests.disposal import desk as disposal  # noqa: E402 -- each builds on the other

STEPS = {
    "receive": lambda exhibit: None,
    "offer": offered,
    "accept": lambda exhibit: do(
        exhibit, CustodyAct.ACCEPTED, by=EXAMINER, seal_number="S-77"
    ),
    "need": lambda exhibit: do(exhibit, CustodyAct.NEEDED, needed_by="High court"),
    "propose": lambda exhibit: do(
        exhibit, CustodyAct.PROPOSED, way_out=WayOut.DESTROY, reason="case closed"
    ),
    "paper": lambda exhibit: do(
        exhibit,
        CustodyAct.HANDED_OVER,
        name="Clerk",
        office="High court",
        document="D-1",
        errand="COURT",
        reason="hearing",
    ),
}


def disposed(exhibit, way_out):
    """Propose, approve and carry out how an exhibit leaves, in a lot or by itself."""
    do(exhibit, CustodyAct.PROPOSED, way_out=way_out.value, reason="case closed")
    approved(exhibit)
    if way_out is WayOut.DESTROY:
        return disposal.destroyed(exhibit)
    receiver = {"name": "Steel works", "office": "Hill", "document": "P-9"}
    receiver |= {"mark": "XV 26"} if way_out is WayOut.KEEP else {}
    return do(
        exhibit,
        CustodyAct.CARRIED_OUT,
        **receiver,
        witness="Wanda",
        done_on=cast.NOW.date(),
    )
