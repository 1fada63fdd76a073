"""An investigator's desk: cases, who is in them, and what was recovered."""

from dataclasses import replace

from armstrace.accounts.models import Agency, User
from armstrace.investigations.actions import opening
from armstrace.investigations.inputs import NewCase
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.investigations import Aim
from tests import cast
from tests.builders import a_recovery
from tests.ledger_guard import written_directly

LEAD = cast.actor(Role.INVESTIGATOR, "VNP", Purpose.INVESTIGATION)
COLLEAGUE = replace(LEAD, name="colleague.vnp")
OTHER = cast.actor(Role.INVESTIGATOR, "VCG", Purpose.INVESTIGATION)
PROSECUTOR = cast.actor(Role.PROSECUTOR, "VPO", Purpose.INVESTIGATION)
PEOPLE = (LEAD, COLLEAGUE, OTHER, PROSECUTOR, cast.ANALYST, cast.SUPERVISOR)


@written_directly()
def people():
    """Give an account to everybody at the desk."""
    for actor in PEOPLE:
        agency, _ = Agency.objects.get_or_create(
            code=actor.agency,
            defaults={
                "name": f"Unit {actor.agency}",
                "kind": AgencyKind.POLICE,
                "telephone": f"+00 {actor.agency}",
            },
        )
        User.objects.get_or_create(
            name=actor.name,
            defaults={"role": actor.role, "agency": agency, "created_at": cast.NOW},
        )


def found(*numbers, **changes):
    """Record pistols; give their identities."""
    made = recording.record_recoveries(
        source="TEST",
        stated=[a_recovery(number, **changes) for number in numbers],
        by=cast.SYSTEM,
        at=cast.NOW,
    )
    return [one.record_id for one in made]


def a_case(*recovery_ids, by=LEAD, **changes):
    """Open a case as an investigator would."""
    people()
    given = {
        "title": "Where the pistols came from",
        "aims": (Aim.DISRUPT,),
        "why": "three pistols of one make",
        "recovery_ids": tuple(recovery_ids),
    }
    return opening.open_case(given=NewCase(**(given | changes)), by=by, at=cast.NOW)
