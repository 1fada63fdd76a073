"""Arms go on the register once, are corrected with history, and live lawfully."""

from datetime import date, timedelta

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.analysis.provenance.steps import Facts
from armstrace.audit import verify
from armstrace.registry import queries
from armstrace.registry.actions import registering
from armstrace.registry.inputs import LossInput
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport, SerialKey
from armstrace.registry.queries import ArmFilter
from armstrace.vocabulary.arms import ArmBasis, ArmState, LifeEventKind
from armstrace.vocabulary.errors import NotFound, NotPermitted
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.cast import ANALYST, NOW, OFFICER, REGISTRAR

pytestmark = pytest.mark.django_db


def test_the_same_register_loaded_twice_changes_nothing() -> None:
    builders.registered()

    fates = registering.register_arms(
        source=builders.REGISTER, stated=[builders.an_arm()], by=REGISTRAR, at=NOW
    )

    assert [fate.fate for fate in fates] == [RowOutcome.UNCHANGED]
    assert ArmRecord.objects.count() == 1


def test_a_changed_arm_becomes_a_new_version_that_names_its_reason() -> None:
    (arm_id,) = builders.registered()

    builders.registered(
        builders.an_arm(description=builders.glock("ABC124")), reason="misread"
    )

    old, new = ArmRecord.objects.filter(arm_id=arm_id).order_by("pk")
    assert (old.serial_search, old.superseded_at) == ("ABC123", NOW)
    assert (new.serial_search, new.superseded_at, new.reason) == (
        "ABC124",
        None,
        "misread",
    )


def test_a_correction_moves_the_search_keys() -> None:
    builders.registered()
    before = set(SerialKey.objects.values_list("key", flat=True))

    builders.registered(
        builders.an_arm(description=builders.glock("XYZ987")), reason="misread"
    )

    assert not before & set(SerialKey.objects.values_list("key", flat=True))


def test_one_serial_on_three_arms_is_three_arms() -> None:
    forty_thousand = [
        builders.an_arm(
            str(number),
            description=builders.glock("40000", make=make, model=model),
        )
        for number, (make, model) in enumerate(
            [("Colt", "1903"), ("Colt", "1908"), ("Smith & Wesson", "1902")]
        )
    ]

    ids = builders.registered(*forty_thousand)

    found = queries.arm_rows(
        ArmFilter(text="40000"), viewer=ANALYST, page=PageRequest()
    )
    assert len(set(ids)) == 3
    assert {row.arm_id for row in found.rows} == set(ids)


def test_marks_are_kept_verbatim_in_their_own_script() -> None:
    (arm_id,) = builders.registered(
        builders.an_arm(description=builders.glock(" ВН-12 З4 "))
    )

    record = queries.arm_page(arm_id, viewer=ANALYST).record

    assert record.serial_as_marked == " ВН-12 З4 "
    assert record.serial_search == "BH1234"


def test_the_state_of_an_arm_is_the_fold_of_its_events() -> None:
    arm_id = builders.stolen_pistol()

    arm = Arm.objects.get(pk=arm_id)

    assert arm.state == ArmState.STOLEN
    assert arm.holder is not None
    assert arm.holder.number == "P1"


def test_an_arm_without_events_is_not_said_to_be_planned() -> None:
    (arm_id,) = builders.registered()

    assert Arm.objects.get(pk=arm_id).state == ArmState.UNKNOWN


def test_LC_01_history_after_destruction_is_refused_with_the_reason() -> None:
    builders.holders()
    builders.registered()
    kind = LifeEventKind
    builders.a_life(builders.an_event(kind.DESTROYED, "2020-01-01"))

    (fate,) = builders.a_life(
        builders.an_event(kind.SOLD_TO_HOLDER, "2021-01-01", holder_to="P1")
    )

    assert (fate.fate, fate.rule) == (RowOutcome.REFUSED, "LC-01")
    assert "destroyed" in str(fate.reason)
    assert LifeEvent.objects.count() == 1


def test_LC_05_a_clerk_may_not_put_an_unmarked_arm_into_trade() -> None:
    builders.holders()
    builders.registered()
    kind = LifeEventKind
    builders.a_life(builders.an_event(kind.MANUFACTURED, "2020-01-01", holder_to="M1"))

    (fate,) = registering.record_events(
        source=builders.REGISTER,
        stated=[
            builders.an_event(
                kind.SOLD_TO_DEALER, "2020-02-01", holder_from="M1", holder_to="D1"
            )
        ],
        facts=Facts(),
        by=REGISTRAR,
        at=NOW,
    )

    assert (fate.fate, fate.rule) == (RowOutcome.REFUSED, "LC-05")


def test_IN_01_an_event_of_an_unknown_arm_is_refused_by_its_number() -> None:
    (fate,) = builders.a_life(
        builders.an_event(LifeEventKind.MARKED, "2020-01-01", arm_number="77")
    )

    assert (fate.rule, fate.field) == ("IN-01", "arm_number")
    assert "'77'" in str(fate.reason)


def test_IN_02_an_event_with_an_unknown_holder_is_refused() -> None:
    builders.registered()

    (fate,) = builders.a_life(
        builders.an_event(LifeEventKind.SOLD_TO_HOLDER, "2020-01-01", holder_to="P9")
    )

    assert (fate.rule, fate.field) == ("IN-02", "holder_to")


def test_a_corrected_event_supersedes_the_old_one_and_moves_the_state() -> None:
    builders.holders()
    (arm_id,) = builders.registered()
    event = builders.an_event(
        LifeEventKind.SOLD_TO_HOLDER, "2016-05-01", number="E1", holder_to="P1"
    )
    builders.a_life(event)

    builders.a_life(
        builders.an_event(
            LifeEventKind.SOLD_TO_HOLDER, "2016-05-01", number="E1", holder_to="P2"
        ),
        reason="misread",
    )

    old, new = LifeEvent.objects.order_by("pk")
    assert (old.superseded_at, new.corrects_id) == (NOW, old.pk)
    holder = Arm.objects.get(pk=arm_id).holder
    assert holder is not None
    assert holder.number == "P2"


def test_a_loss_report_of_an_unregistered_arm_gives_it_an_identity() -> None:
    registering.report_losses(
        source="POLICE",
        arm_source=builders.REGISTER,
        stated=[LossInput("L1", builders.glock("LOST77"), LifeEventKind.STOLEN)],
        by=REGISTRAR,
        at=NOW,
    )

    arm = Arm.objects.get()
    assert (arm.basis, arm.state) == (ArmBasis.LOSS_REPORT, ArmState.STOLEN)
    assert LossReport.objects.get().arm_id == arm.pk


def reported(*descriptions: Description) -> list[int]:
    """Report the theft of arms without naming their numbers; give their arms."""
    fates = registering.report_losses(
        source="POLICE",
        arm_source=builders.REGISTER,
        stated=[
            LossInput(f"L{place}", each, LifeEventKind.STOLEN)
            for place, each in enumerate(descriptions)
        ],
        by=REGISTRAR,
        at=NOW,
    )
    return [fate.record_id for fate in fates]


def test_a_report_that_names_no_number_is_of_the_registered_arm_it_describes() -> None:
    (arm_id,) = builders.registered()

    reported(builders.glock(model="17 Gen 4"))

    assert LossReport.objects.get().arm_id == arm_id
    assert Arm.objects.get().state == ArmState.STOLEN


@pytest.mark.parametrize(
    "described",
    [
        builders.glock(make="Taurus"),
        builders.glock("ABC12?"),
        builders.glock(calibre=".45 ACP"),
        builders.glock("123"),
    ],
    ids=["other make", "not read whole", "other calibre", "too short"],
)
def test_a_report_of_other_marks_is_of_another_arm(described: Description) -> None:
    builders.registered()

    reported(described)

    assert Arm.objects.count() == 2


def test_a_report_that_may_be_of_two_registered_arms_is_of_neither() -> None:
    builders.registered(builders.an_arm("1"), builders.an_arm("2"))

    reported(builders.glock())

    assert Arm.objects.filter(basis=ArmBasis.LOSS_REPORT).count() == 1


def test_two_reports_of_one_arm_give_it_one_identity() -> None:
    reported(builders.glock("LOST77"), builders.glock("LOST77"), builders.glock("N8O9"))

    assert Arm.objects.count() == 2
    assert LossReport.objects.count() == 3


def test_a_loss_reported_twice_stands_once() -> None:
    report = LossInput("L1", builders.glock("LOST77"), LifeEventKind.STOLEN)
    told = {"source": "POLICE", "arm_source": builders.REGISTER}
    for _ in range(2):
        fates = registering.report_losses(**told, stated=[report], by=REGISTRAR, at=NOW)

    assert fates[0].fate is RowOutcome.UNCHANGED
    assert Arm.objects.count() == LossReport.objects.count() == 1


def test_a_theft_that_the_register_tells_already_is_not_told_twice() -> None:
    builders.stolen_pistol()
    report = LossInput(
        "L1",
        builders.glock(),
        LifeEventKind.STOLEN,
        arm_number="1",
        happened_on=date(2020, 7, 1),
    )

    registering.report_losses(
        source="POLICE",
        arm_source=builders.REGISTER,
        stated=[report],
        by=REGISTRAR,
        at=NOW,
    )

    assert LifeEvent.objects.filter(kind=LifeEventKind.STOLEN).count() == 1
    assert LossReport.objects.count() == 1


def test_a_report_that_names_another_arm_lets_the_first_one_go() -> None:
    one, other = builders.registered(
        *(
            builders.an_arm(number=number, description=builders.glock(f"ABC{number}"))
            for number in ("1", "2")
        )
    )
    for at, number in ((NOW, "1"), (NOW + timedelta(days=1), "2")):
        report = LossInput(
            "L1", builders.glock(), LifeEventKind.STOLEN, arm_number=number
        )
        registering.report_losses(
            source="POLICE",
            arm_source=builders.REGISTER,
            stated=[report],
            reason="the number was wrong",
            by=REGISTRAR,
            at=at,
        )

    assert Arm.objects.get(pk=one).state != ArmState.STOLEN
    assert Arm.objects.get(pk=other).state == ArmState.STOLEN


def test_an_officer_may_search_but_not_register() -> None:
    with pytest.raises(NotPermitted):
        registering.register_arms(
            source="X", stated=[builders.an_arm()], by=OFFICER, at=NOW
        )

    assert Arm.objects.count() == 0


def test_an_absent_arm_is_not_found() -> None:
    with pytest.raises(NotFound, match="A12345"):
        queries.arm_page(12345, viewer=ANALYST)


def test_everything_recorded_is_vouched_for_by_the_ledger() -> None:
    builders.stolen_pistol()

    report = verify.verify()

    assert report.findings == ()


def test_a_file_of_the_register_holds_every_arm_however_far_a_list_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("armstrace.records.lookups.COUNTED", 2)
    known = builders.registered(*(builders.an_arm(str(n)) for n in range(5)))

    page = PageRequest(number=3, size=2)
    listed = queries.arm_rows(ArmFilter(), viewer=ANALYST, page=page)
    filed = queries.every_arm(ArmFilter(), viewer=ANALYST, chunk=2)

    assert listed.number == 1  # a list opens no page further than it counts
    assert [row.arm_id for row in filed] == sorted(known, reverse=True)


def test_a_number_of_the_register_that_reads_like_one_of_ours_finds_its_own_arm():
    (first,) = builders.registered(builders.an_arm("1"))
    (second,) = builders.registered(builders.an_arm(f"A000{first}"))

    def found(text: str) -> set[int]:
        page = queries.arm_rows(ArmFilter(text), viewer=ANALYST, page=PageRequest())
        return {row.arm_id for row in page.rows}

    assert found(f"A000{first}") == {second}
    assert found(f"A{first}") == {first}
