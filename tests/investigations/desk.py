"""An investigator's desk: cases, who is in them, and what was recovered."""

from dataclasses import replace

from armstrace.accounts.models import Agency, User
from armstrace.investigations.actions import ending, entries, opening
from armstrace.investigations.inputs import (
    EntryInput,
    LessonInput,
    NewCase,
    OutcomeInput,
)
from armstrace.recoveries.actions import recording
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.dates import DateSpan
from armstrace.vocabulary.investigations import Aim, AimResult, EntryKind, LessonKind
from armstrace.vocabulary.networks import NodeKind
from tests import cast
from tests.builders import a_recovery
from tests.ledger_guard import written_directly

LATER = cast.NOW.replace(hour=12)
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


def said(kind, text, **changes):
    """State an entry of a kind."""
    return EntryInput(kind=kind, text=text, **changes)


def an_event(**changes):
    """State that pistols were handed over in a month."""
    given = {
        "text": "Three pistols changed hands in the car park.",
        "when": DateSpan.read("2026-03"),
        "place": "Port",
        "origin": "statement of the owner",
    }
    return said(EntryKind.EVENT, **(given | changes))


def enter(case, given, by=LEAD):
    """Write an entry into a case."""
    return entries.add_entry(case_id=case.pk, given=given, by=by, at=LATER)


def a_phone(number="+00 612 345 678", **changes):
    """State a telephone."""
    given = {"origin": "the phone bill", "subject_kind": NodeKind.PHONE}
    return said(EntryKind.SUBJECT, number, **(given | changes))


def close(case, by=LEAD, at=LATER, **changes):
    """Close a case with all that it needs."""
    given = {
        "results": {Aim(aim): AimResult.PARTLY for aim in case.aims},
        "preventive_action": "The dealer’s stock is counted each month.",
        "lessons": (LessonInput(kind=LessonKind.ROUTE, text="By bus, in small lots."),),
    }
    return ending.close_case(
        case_id=case.pk, given=OutcomeInput(**(given | changes)), by=by, at=at
    )
