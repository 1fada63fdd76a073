"""Recoveries are recorded once, corrected with history, judged by people."""

from dataclasses import replace
from datetime import timedelta

import pytest

from armstrace.accounts.actors import system_actor
from armstrace.audit import queries as ledger_queries
from armstrace.evidence import actions as evidence
from armstrace.evidence.models import StoredFile
from armstrace.recoveries import queries
from armstrace.recoveries.actions import (
    correcting,
    judging,
    observing,
    recording,
    repeat_recoveries,
)
from armstrace.recoveries.fields import Changes
from armstrace.recoveries.models import (
    AmmunitionRecord,
    CandidateJudgement,
    Recovery,
    RecoveryRecord,
)
from armstrace.recoveries.queries import RecoveryFilter
from armstrace.registry import queries as registry
from armstrace.vocabulary.actors import Purpose
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.marks import MarkKind, SerialStatus
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.tracing import Judgement
from tests import builders
from tests.cast import ANALYST, NOW, OFFICER, STRANGER, SYSTEM

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=30)


def test_a_status_in_the_serial_field_is_never_a_serial() -> None:
    (recovery_id,) = builders.recovered(
        builders.a_recovery(description=builders.glock("Removido por ação mecânica"))
    )

    record = queries.arm_detail(recovery_id, viewer=OFFICER).record

    assert record.serial_status == SerialStatus.OBLITERATED
    assert record.serial_search == ""
    assert record.serial_as_marked == "Removido por ação mecânica"


def test_ammunition_is_recorded_apart_from_arms() -> None:
    builders.recovered(builders.a_recovery(item_kind=ItemKind.AMMUNITION, quantity=50))

    assert AmmunitionRecord.objects.get().quantity == 50
    assert not RecoveryRecord.objects.exists()


def test_a_correction_keeps_the_past_as_it_was_known() -> None:
    (recovery_id,) = builders.recovered()
    builders.recovered(
        builders.a_recovery(description=builders.glock("ABC999")),
        at=LATER,
        reason="photograph shows 999",
    )

    def serials_as_of(at: object) -> list[str]:
        rows = queries.records(RecoveryFilter(), viewer=OFFICER, as_of=at)
        return [row.serial_search for row in rows]

    assert serials_as_of(NOW) == ["ABC123"]
    assert serials_as_of(None) == ["ABC999"]
    assert serials_as_of(NOW - timedelta(days=1)) == []
    history = queries.arm_detail(recovery_id, viewer=OFFICER).history
    assert [v.reason for v in history] == ["photograph shows 999", ""]


def test_RC_01_an_item_does_not_change_its_kind() -> None:
    builders.recovered()

    (fate,) = recording.record_recoveries(
        source=builders.POLICE,
        stated=[builders.a_recovery(item_kind=ItemKind.AMMUNITION)],
        by=OFFICER,
        at=NOW,
    )

    assert (fate.fate, fate.rule) == (RowOutcome.REFUSED, "RC-01")


def test_another_agency_sees_nothing_and_records_nothing() -> None:
    (recovery_id,) = builders.recovered()

    with pytest.raises(NotFound):
        queries.arm_detail(recovery_id, viewer=STRANGER)
    rows = queries.recovery_rows(RecoveryFilter(), viewer=STRANGER, page=PageRequest())
    assert list(rows.rows) == []
    with pytest.raises(NotPermitted):
        recording.record_recoveries(
            source="X", stated=[builders.a_recovery("S-2")], by=STRANGER, at=NOW
        )
    assert Recovery.objects.count() == 1


@pytest.mark.parametrize("text", ["R{id}", "abc-123", "S-1", "ABC"])
def test_a_recovery_is_found_by_what_people_type(text: str) -> None:
    (recovery_id,) = builders.recovered()

    rows = queries.recovery_rows(
        RecoveryFilter(text=text.format(id=recovery_id)),
        viewer=OFFICER,
        page=PageRequest(),
    )

    assert [row.recovery_id for row in rows.rows] == [recovery_id]


def test_a_judgement_can_be_taken_back_by_a_later_one() -> None:
    (arm_id,) = builders.registered()
    (recovery_id,) = builders.recovered()

    for said in (Judgement.SAME, Judgement.DIFFERENT):
        judging.judge_candidate(
            stated=judging.StatedJudgement(recovery_id, arm_id, said, "photograph"),
            by=ANALYST,
            at=NOW,
        )

    current = CandidateJudgement.objects.current().get()
    assert current.judgement == Judgement.DIFFERENT
    assert CandidateJudgement.objects.count() == 2


def test_a_judgement_keeps_what_the_model_says_at_that_time() -> None:
    (arm_id,) = builders.registered()
    (recovery_id,) = builders.recovered()
    stated = judging.StatedJudgement(recovery_id, arm_id, Judgement.SAME, "photograph")
    made = judging.judge_candidate(stated=stated, by=ANALYST, at=NOW)

    record = RecoveryRecord.objects.current().get()
    ranking = registry.searcher(viewer=ANALYST).run(registry.query_of(record))
    (best,) = ranking.candidates
    assert made.probability == pytest.approx(best.probability, abs=1e-6)
    assert made.model_version == ranking.model[:40]


def test_RC_10_a_judgement_that_was_not_seen_is_not_overwritten() -> None:
    (arm_id,) = builders.registered()
    (recovery_id,) = builders.recovered()

    def say(said: Judgement, seen: int | None) -> CandidateJudgement:
        stated = judging.StatedJudgement(
            recovery_id, arm_id, said, "photograph", seen=seen
        )
        return judging.judge_candidate(stated=stated, by=ANALYST, at=NOW)

    first = say(Judgement.SAME, 0)
    with pytest.raises(RuleBroken) as refused:
        say(Judgement.DIFFERENT, 0)
    second = say(Judgement.DIFFERENT, first.pk)

    assert refused.value.rule == "RC-10"
    assert CandidateJudgement.objects.current().get() == second


def test_RC_13_a_recovery_is_one_arm_until_that_is_taken_back() -> None:
    one, other = builders.registered(builders.an_arm("REG-1"), builders.an_arm("REG-2"))
    (recovery_id,) = builders.recovered()

    def say(arm_id: int, said: Judgement) -> None:
        stated = judging.StatedJudgement(recovery_id, arm_id, said, "photograph")
        judging.judge_candidate(stated=stated, by=ANALYST, at=NOW)

    say(one, Judgement.SAME)
    with pytest.raises(RuleBroken) as refused:
        say(other, Judgement.SAME)
    assert refused.value.rule == "RC-13"
    assert CandidateJudgement.objects.get().arm_id == one

    say(one, Judgement.WITHDRAWN)
    say(other, Judgement.SAME)
    same = CandidateJudgement.objects.current().get(judgement="SAME")
    assert same.arm_id == other


@pytest.mark.parametrize("chance", [-0.1, 7.0, float("nan"), float("inf")])
def test_a_judgement_keeps_no_probability_that_is_none(chance: float) -> None:
    (arm_id,) = builders.registered()
    (recovery_id,) = builders.recovered()

    stated = judging.StatedJudgement(
        recovery_id,
        arm_id,
        Judgement.SAME,
        "photograph",
        probability=chance,
        model_version="m",
    )
    with pytest.raises(InvalidInput) as refused:
        judging.judge_candidate(stated=stated, by=ANALYST, at=NOW)

    assert refused.value.field == "probability"
    assert not CandidateJudgement.objects.exists()


def test_the_ledger_names_the_recovery_that_a_judgement_is_about() -> None:
    (arm_id,) = builders.registered()
    (recovery_id,) = builders.recovered()
    for said in (Judgement.DIFFERENT, Judgement.SAME):
        judging.judge_candidate(
            stated=judging.StatedJudgement(recovery_id, arm_id, said, "photograph"),
            by=ANALYST,
            at=NOW,
        )

    for record in (f"recoveries.recovery:{recovery_id}", f"registry.arm:{arm_id}"):
        found = ledger_queries.entries(
            ledger_queries.EntryFilter(record=record, act="recovery.judged"),
            viewer=system_actor(Purpose.OVERSIGHT),
            at=NOW,
        )

        assert [row.actor for row in found] == [ANALYST.name, ANALYST.name]


def test_RC_02_same_and_different_need_a_reason() -> None:
    (arm_id,) = builders.registered()
    (recovery_id,) = builders.recovered()

    with pytest.raises(RuleBroken) as refused:
        judging.judge_candidate(
            stated=judging.StatedJudgement(recovery_id, arm_id, Judgement.SAME),
            by=ANALYST,
            at=NOW,
        )

    assert refused.value.rule == "RC-02"
    assert not CandidateJudgement.objects.exists()


def test_an_arm_recovered_twice_is_linked_to_its_earlier_recovery() -> None:
    first, second = builders.recovered(
        builders.a_recovery("S-1"), builders.a_recovery("S-2")
    )

    repeat_recoveries.note_resightings(recovery_ids=[second], by=ANALYST, at=NOW)
    again = repeat_recoveries.note_resightings(recovery_ids=[first], by=ANALYST, at=NOW)

    seen = queries.arm_detail(second, viewer=OFFICER).seen
    assert [(each.recovery_id, each.is_earlier) for each in seen] == [(first, True)]
    assert again == []


def test_of_another_agencys_recovery_an_officer_learns_the_agency_and_the_day() -> None:
    (elsewhere,) = recording.record_recoveries(
        source="VCG-BOOK",
        stated=(builders.a_recovery("C-1", agency=STRANGER.agency),),
        by=STRANGER,
        at=NOW,
    )
    (second,) = builders.recovered()
    repeat_recoveries.note_resightings(recovery_ids=[second], by=ANALYST, at=NOW)

    (officers,) = queries.arm_detail(second, viewer=OFFICER).seen
    (analysts,) = queries.arm_detail(second, viewer=ANALYST).seen

    assert (officers.agency, officers.is_in_reach) == ("VCG", False)
    assert (officers.region, str(officers.why)) == ("", "")
    assert analysts.is_in_reach
    assert analysts.why
    assert analysts.recovery_id == elsewhere.record_id


def test_one_serial_of_two_makers_is_no_resighting() -> None:
    ids = builders.recovered(
        builders.a_recovery("S-1"),
        builders.a_recovery("S-2", description=builders.glock(make="Taurus", model="")),
    )

    assert (
        repeat_recoveries.note_resightings(recovery_ids=ids, by=ANALYST, at=NOW) == []
    )


def test_a_further_mark_is_kept_as_it_was_seen() -> None:
    (recovery_id,) = builders.recovered()

    observing.add_mark(
        recovery_id=recovery_id,
        stated=observing.StatedMark(MarkKind.PROOF, "ЦКИБ 12"),
        by=OFFICER,
        at=NOW,
    )

    (mark,) = queries.arm_detail(recovery_id, viewer=OFFICER).marks
    assert (mark.text_as_marked, mark.observed_by) == ("ЦКИБ 12", OFFICER.name)


@pytest.mark.parametrize(
    ("name", "text"), [("position", "x" * 121), ("text", "A\0B"), ("text", "A" * 401)]
)
def test_a_mark_that_its_column_cannot_hold_is_refused(name: str, text: str) -> None:
    (recovery_id,) = builders.recovered()
    stated = replace(observing.StatedMark(MarkKind.PROOF, "N 12"), **{name: text})

    with pytest.raises(InvalidInput) as refused:
        observing.add_mark(recovery_id=recovery_id, stated=stated, by=OFFICER, at=NOW)

    assert refused.value.field == name


def test_a_caption_that_its_column_cannot_hold_is_refused() -> None:
    (recovery_id,) = builders.recovered()
    file = StoredFile(sha256="0" * 64)

    with pytest.raises(InvalidInput) as refused:
        observing.add_photograph(
            recovery_id=recovery_id,
            stated=observing.StatedPhotograph(file, "x" * 201),
            by=OFFICER,
            at=NOW,
        )

    assert refused.value.field == "caption"


def test_an_arm_is_not_given_to_an_agency_that_does_not_exist() -> None:
    (recovery_id,) = builders.recovered()

    with pytest.raises(InvalidInput, match="no agency “XYZ”") as refused:
        correcting.correct_recovery(
            recovery_id=recovery_id,
            changes=Changes({"agency": "XYZ"}),
            reason="handed over",
            by=SYSTEM,
            at=NOW,
        )

    assert refused.value.field == "agency"


def test_a_file_that_is_no_picture_is_refused(tmp_path: object) -> None:
    with pytest.raises(InvalidInput, match="not a JPEG, PNG or WebP"):
        evidence.store_image(
            content=b"<svg onload=alert(1)>",
            name="x.svg",
            folder=tmp_path,
            by=OFFICER,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("reason", "beside"),
    [
        ("no owner was there", "no owner was there"),
        ("no owner " * 40, f"{('no owner ' * 40)[:299]}…"),
    ],
)
def test_a_kind_that_is_corrected_says_why_beside_it(reason: str, beside: str) -> None:
    (recovery_id,) = builders.recovered()

    correcting.correct_recovery(
        recovery_id=recovery_id,
        changes=Changes({"recovery_kind": RecoveryKind.FOUND}),
        reason=reason,
        by=OFFICER,
        at=NOW,
    )

    record = RecoveryRecord.objects.current().get(recovery_id=recovery_id)
    assert (record.recovery_kind, record.kind_reason) == ("FOUND", beside)
