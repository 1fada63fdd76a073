"""What a source repeats changes nothing; what a person corrected stands."""

from datetime import date, timedelta
from typing import Any

import pytest

from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import HolderRecord, Licence
from armstrace.records.submissions import Submission
from armstrace.recoveries.actions import correcting, recording
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.models import RecoveryRecord
from armstrace.recoveries.statements import RecoveryRecorder
from armstrace.registry.actions import registering
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import ArmRecord, LossReport
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.outcomes import Recorded, RowOutcome, Settlement
from tests import builders
from tests.cast import NOW, OFFICER, REGISTRAR

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def state(serial: str = "ABC123", **told: Any) -> Recorded:
    """Let the police state S-1 once more."""
    given: dict[str, Any] = {"reason": "loaded again", "by": OFFICER, "at": LATER}
    (outcome,) = recording.record_recoveries(
        source=builders.POLICE,
        stated=[builders.a_recovery(description=builders.glock(serial))],
        **(given | told),
    )
    return outcome


def correct(serial: str, reason: str = "the photograph shows it") -> Recorded:
    """Let a person correct the serial of the one recovery."""
    return correcting.correct_recovery(
        recovery_id=RecoveryRecord.objects.current().get().recovery_id,
        changes=Changes(description={"serial": serial}),
        reason=reason,
        by=OFFICER,
        at=LATER,
    )


def serial() -> str:
    return RecoveryRecord.objects.current().get().serial_as_marked


def test_what_a_source_repeats_never_undoes_a_correction() -> None:
    builders.recovered()
    correct("ABC128")

    outcome = state("ABC123")

    assert outcome.fate is RowOutcome.UNCHANGED
    assert serial() == "ABC128"


def test_a_correction_of_a_correction_stands_too() -> None:
    builders.recovered()
    correct("ABC128")
    correct("ABC129")

    assert state("ABC123").fate is RowOutcome.UNCHANGED
    assert serial() == "ABC129"


def test_RS_02_what_a_source_states_anew_waits_beside_a_correction() -> None:
    builders.recovered()
    correct("ABC128")

    outcome = state("ABC777")

    assert (outcome.fate, outcome.rule) == (RowOutcome.CONFLICT, "RS-02")
    assert serial() == "ABC128"


def test_a_source_that_states_what_was_corrected_agrees() -> None:
    builders.recovered()
    correct("ABC128")

    assert state("ABC128").fate is RowOutcome.UNCHANGED


def test_RS_02_what_a_source_said_before_a_correction_waits_though_it_agreed() -> None:
    builders.recovered()
    correct("ABC128")
    state("ABC128")

    outcome = state("ABC123")

    assert (outcome.fate, outcome.rule) == (RowOutcome.CONFLICT, "RS-02")
    assert serial() == "ABC128"
    assert state("ABC777").fate is RowOutcome.CORRECTED


def test_RS_02_an_old_file_does_not_undo_what_a_person_took() -> None:
    builders.recovered()
    correct("ABC128")
    state("ABC777", settlement=Settlement.TAKE, reason="the force is right")

    assert state("ABC123").fate is RowOutcome.CONFLICT
    assert serial() == "ABC777"


def test_a_source_that_goes_back_and_forth_itself_is_followed() -> None:
    builders.recovered()
    state("ABC777")

    assert state("ABC123").fate is RowOutcome.CORRECTED


def test_a_person_takes_what_the_source_states_over_the_correction() -> None:
    builders.recovered()
    correct("ABC128")

    taken = state("ABC777", settlement=Settlement.TAKE, reason="the force is right")

    assert (taken.fate, serial()) == (RowOutcome.CORRECTED, "ABC777")
    assert state("ABC777").fate is RowOutcome.UNCHANGED
    assert state("ABC888").fate is RowOutcome.CORRECTED


def test_a_person_keeps_the_correction_against_what_the_source_states() -> None:
    builders.recovered()
    correct("ABC128")

    kept = state("ABC777", settlement=Settlement.KEEP, reason="seen again in store")

    assert (kept.fate, serial()) == (RowOutcome.UNCHANGED, "ABC128")
    current = RecoveryRecord.objects.current().get()
    assert current.reason == "seen again in store"
    assert state("ABC777").fate is RowOutcome.UNCHANGED
    assert state("ABC123").fate is RowOutcome.CONFLICT


@pytest.mark.parametrize("reason", ["", "  "])
def test_RS_01_nothing_is_corrected_without_a_reason(reason: str) -> None:
    builders.recovered()

    corrected = correct("ABC128", reason)
    stated = state("ABC777", reason=reason)

    for outcome in (corrected, stated):
        assert (outcome.fate, outcome.rule) == (RowOutcome.REFUSED, "RS-01")
        assert outcome.field == "reason"
    assert serial() == "ABC123"


def test_one_source_never_undoes_what_another_stated_since() -> None:
    def told(source: str, name: str) -> Recorded:
        (outcome,) = licensing.record_holders(
            source=source,
            stated=[HolderInput("H1", name)],
            reason="loaded",
            by=REGISTRAR,
            at=NOW,
        )
        return outcome

    told("NORTH", "Ama Sample")
    told("SOUTH", "Ama Example")

    again = told("NORTH", "Ama Sample")

    assert again.fate is RowOutcome.UNCHANGED
    assert HolderRecord.objects.current().get().name == "Ama Example"
    assert told("NORTH", "Ama Third").fate is RowOutcome.CORRECTED


def test_a_licence_that_is_replaced_leaves_the_times_of_the_others() -> None:
    earlier = NOW - timedelta(days=900)

    def record(reason: str, *stated: HolderInput) -> None:
        licensing.record_holders(
            source="R", stated=stated, reason=reason, by=REGISTRAR, at=NOW
        )

    def holder(number: str, licence: str, until: date) -> HolderInput:
        return HolderInput(
            number,
            "Sample",
            licence_number=licence,
            licence_type="POSSESSION",
            valid_until=until,
            known_at=earlier,
        )

    record("", holder("H1", "L1", date(2024, 1, 1)))
    changed = holder("H1", "L1", date(2027, 1, 1))
    fresh = holder("H2", "L2", date(2027, 1, 1))
    record("renewed", changed, fresh)

    renewed, other = Licence.objects.current().order_by("number")
    assert (renewed.number, renewed.known_at) == ("L1", NOW)
    assert (other.number, other.known_at) == ("L2", earlier)


def test_a_holder_whose_licence_stays_keeps_its_licence_as_it_is() -> None:
    for name in ("Ama Sample", "Ama Example"):
        licensing.record_holders(
            source="R",
            stated=[HolderInput("H1", name, licence_number="L1")],
            reason="corrected",
            by=REGISTRAR,
            at=NOW,
        )

    assert Licence.objects.count() == 1


def test_arms_and_losses_that_come_again_change_nothing() -> None:
    builders.registered()
    report = LossInput("L1", builders.glock("LOST77"), LifeEventKind.STOLEN)
    for _ in range(2):
        builders.registered(reason="loaded again")
        registering.report_losses(
            source="POLICE",
            arm_source=builders.REGISTER,
            stated=[report],
            reason="loaded again",
            by=REGISTRAR,
            at=NOW,
        )

    assert ArmRecord.objects.filter(arm__source=builders.REGISTER).count() == 1
    assert LossReport.objects.count() == 1


def test_what_is_foretold_is_not_written() -> None:
    builders.recovered()
    told = RecoveryRecorder(Submission(builders.POLICE, OFFICER, NOW, "loaded"))

    outcomes = told.foretell([builders.a_recovery(), builders.a_recovery("S-2")])

    assert [each.fate for each in outcomes] == [RowOutcome.UNCHANGED, RowOutcome.NEW]
    assert RecoveryRecord.objects.count() == 1


@pytest.mark.parametrize("length", [400, 401])
def test_a_mark_is_kept_whole_or_refused_by_its_length(length: int) -> None:
    builders.recovered()

    outcome = state("9" * length)

    assert (outcome.fate is RowOutcome.REFUSED) is (length > 400)
    if length > 400:
        assert outcome.field == "serial"
        assert "401 characters, and the limit is 400" in str(outcome.reason)
    else:
        assert serial() == "9" * 400


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: builders.an_arm("1" * 121), "source_number"),
        (lambda: builders.an_arm(description=builders.glock(make="x" * 201)), "make"),
    ],
)
def test_an_arm_of_a_text_that_is_too_long_is_refused(make: Any, field: str) -> None:
    (outcome,) = registering.register_arms(
        source=builders.REGISTER, stated=[make()], by=REGISTRAR, at=NOW
    )

    assert (outcome.fate, outcome.field) == (RowOutcome.REFUSED, field)
    assert not ArmRecord.objects.exists()


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f"])
def test_a_text_with_control_characters_is_refused_by_its_field(sign: str) -> None:
    stated = [
        builders.an_arm(f"1{sign}"),
        builders.an_arm("2", description=builders.glock(make=f"Glock{sign}")),
        builders.an_arm("3"),
    ]

    outcomes = registering.register_arms(
        source=builders.REGISTER, stated=stated, by=REGISTRAR, at=NOW
    )

    told = [(each.fate, each.field) for each in outcomes]
    assert told[:2] == [
        (RowOutcome.REFUSED, "source_number"),
        (RowOutcome.REFUSED, "make"),
    ]
    assert "control characters" in str(outcomes[0].reason)
    assert told[2][0] is RowOutcome.NEW


@pytest.mark.parametrize("sign", ["\u202e", "\u202b", "\u2066"])
def test_a_text_that_turns_the_direction_of_writing_is_refused_by_its_field(sign):
    stated = [
        builders.an_arm("1", description=builders.glock(make=f"kcol{sign}G")),
        builders.an_arm(
            "2", description=builders.glock(make="غلوك\u200f \u2068A\u2069")
        ),
    ]

    first, second = registering.register_arms(
        source=builders.REGISTER, stated=stated, by=REGISTRAR, at=NOW
    )

    assert (first.fate, first.field) == (RowOutcome.REFUSED, "make")
    assert "turn the direction of writing" in str(first.reason)
    assert second.fate is RowOutcome.NEW
