"""Recoveries of neighbouring serial numbers, and the people who are warned."""

from datetime import date, timedelta

from armstrace.accounts.models import Agency
from armstrace.analysis.marks.description import Description
from armstrace.recoveries.actions import recording
from armstrace.recoveries.inputs import PlaceInput, RecoveryInput
from armstrace.risk.actions import warnings
from armstrace.risk.inputs import WarningDecision
from armstrace.vocabulary.accounts import AgencyKind
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.recoveries import PlaceKind, RecoveryKind
from armstrace.vocabulary.warnings import WarningState
from tests import cast
from tests.ledger_guard import written_directly

INVESTIGATOR = cast.actor(Role.INVESTIGATOR, "VNP", Purpose.INVESTIGATION)
ELSEWHERE = cast.actor(Role.INVESTIGATOR, "VCG", Purpose.INVESTIGATION)
TODAY = cast.NOW.date()
SERIALS = ("AB441201", "AB441202", "AB441204")


@written_directly()
def _agencies():
    for code in ("VNP", "VCG", "VFH"):
        values = {"name": code, "kind": AgencyKind.POLICE}
        Agency.objects.get_or_create(code=code, defaults=values)


def recovered(
    *agencies: str,
    on: date = TODAY - timedelta(days=2),
    other_marks: str = "",
    was_holder: Known = Known.UNKNOWN,
    spot: tuple[float, float] | tuple[()] = (),
) -> list[int]:
    """Record pistols with neighbouring numbers, each in another town."""
    _agencies()
    stated = [
        RecoveryInput(
            number=f"N-{number}",
            recovery_kind=RecoveryKind.SEIZED,
            recovered_on=on,
            agency=agency,
            description=Description(
                "pistol", "Walther", "P99", "9x19", serial, other=other_marks
            ),
            taken_from_is_holder=was_holder,
            where=PlaceInput(f"Town {number}", "", "", PlaceKind.UNKNOWN, *spot),
            case_number=f"C-{number}",
        )
        for number, (agency, serial) in enumerate(zip(agencies, SERIALS, strict=False))
    ]
    made = recording.record_recoveries(
        source="TEST", stated=stated, by=cast.SYSTEM, at=cast.NOW
    )
    return [each.record_id for each in made]


def raised(at=cast.NOW):
    """Raise what there is to raise."""
    return warnings.raise_warnings(by=cast.SYSTEM, at=at).warnings


def decided(warning, state: WarningState, by=cast.ANALYST, **said):
    """Say what becomes of a warning."""
    seen = warning.standings.get(superseded_at=None).pk
    return warnings.decide(
        warning_id=warning.pk,
        decision=WarningDecision(state=state, **({"seen": seen} | said)),
        by=by,
        at=cast.NOW,
    )
