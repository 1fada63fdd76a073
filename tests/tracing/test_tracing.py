"""A recovered arm is traced to its point of diversion; a person confirms it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from armstrace.analysis.marks.description import Description
from armstrace.audit.models import LedgerEntry
from armstrace.recoveries.actions import judging
from armstrace.recoveries.queries import RecoveryFilter
from armstrace.tracing import queries
from armstrace.tracing.actions import decisions, findings
from armstrace.tracing.inputs import DecisionInput, DiversionInput
from armstrace.tracing.models import ChainGap, TraceDecision, TraceFinding
from armstrace.vocabulary.arms import ItemKind, LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.tracing import (
    DiversionKind,
    Establishment,
    FirstHop,
    Judgement,
    TraceException,
    TraceOutcome,
    TraceStanding,
)
from tests import builders
from tests.cast import ANALYST, HOME, NOW, OFFICER, STRANGER, SUPERVISOR

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def trace(*recovery_ids: int) -> list[dict[str, object]]:
    findings.trace_at_home(
        recovery_ids=recovery_ids, home_country=HOME, by=ANALYST, at=NOW
    )
    return queries.summaries(recovery_ids, viewer=ANALYST)


def decided(recovery_id: int, **changes: object) -> DecisionInput:
    stated: dict[str, object] = {
        "recovery_id": recovery_id,
        "standing": TraceStanding.CLOSED,
        "outcome": TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED,
        "established": Establishment.OWN_REGISTER,
        "diversion": DiversionInput(DiversionKind.HOLDER_THEFT, date(2020, 7, 1)),
        "decided_on": NOW.date(),
        "reason": "theft report read",
    }
    return DecisionInput(**(stated | changes))


def test_a_stolen_pistol_is_traced_to_the_theft() -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered()

    (told,) = trace(recovery_id)

    point = told["point_of_diversion"]
    assert told["first_hop"] == FirstHop.OWN_REGISTRY
    assert told["arm"] == f"A{arm_id}"
    assert told["last_lawful_holder"] == "P1"
    assert isinstance(point, dict)
    assert (point["kind"], point["on"]) == ("HOLDER_THEFT", "2020-07-01")
    assert point["standing"] == "PROPOSED"
    assert told["time_to_crime_days"] == (date(2025, 6, 1) - date(2016, 5, 1)).days


def test_tracing_again_writes_nothing_new() -> None:
    builders.stolen_pistol()
    (recovery_id,) = builders.recovered()
    trace(recovery_id)

    trace(recovery_id)

    assert TraceFinding.objects.count() == 1


def test_looking_into_own_records_decides_nothing() -> None:
    builders.stolen_pistol()
    (recovery_id,) = builders.recovered()

    (told,) = trace(recovery_id)

    assert told["outcome"] == "NO_DECISION"
    assert told["point_of_diversion"] is not None
    assert not TraceDecision.objects.exists()


def test_new_knowledge_supersedes_the_finding() -> None:
    (recovery_id,) = builders.recovered()
    trace(recovery_id)
    builders.stolen_pistol()

    trace(recovery_id)

    old, new = TraceFinding.objects.order_by("pk")
    assert old.superseded_at == NOW
    assert (old.arm_id, new.diversion_kind) == (None, "HOLDER_THEFT")


def test_a_gap_in_the_chain_is_a_record() -> None:
    builders.holders()
    builders.registered()
    builders.a_life(
        builders.an_event(
            LifeEventKind.SOLD_TO_HOLDER, "2016-05-01", holder_from="D1", holder_to="P1"
        )
    )
    (recovery_id,) = builders.recovered()

    (told,) = trace(recovery_id)

    assert told["gaps"]
    assert ChainGap.objects.count() == len(told["gaps"])  # type: ignore[arg-type]


def test_an_arm_its_owner_still_holds_has_no_point_of_diversion() -> None:
    builders.holders()
    builders.registered()
    builders.a_life(
        builders.an_event(
            LifeEventKind.SOLD_TO_HOLDER, "2016-05-01", holder_from="D1", holder_to="P1"
        )
    )
    (recovery_id,) = builders.recovered(
        builders.a_recovery(taken_from_is_holder=Known.YES)
    )

    (told,) = trace(recovery_id)

    assert told["point_of_diversion"] is None
    assert told["is_lawfully_held"] is True
    assert told["last_lawful_holder"] == "P1"


def test_an_arm_called_different_is_out_of_the_running() -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered()
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            recovery_id, arm_id, Judgement.DIFFERENT, "other frame"
        ),
        by=ANALYST,
        at=NOW,
    )

    (told,) = trace(recovery_id)

    assert told["arm"] is None
    assert told["first_hop"] != FirstHop.OWN_REGISTRY


def test_an_erased_serial_judged_the_same_arm_is_traced_all_the_same() -> None:
    arm_id = builders.stolen_pistol()
    (recovery_id,) = builders.recovered(
        builders.a_recovery(description=builders.glock("raspado"))
    )
    judging.judge_candidate(
        stated=judging.StatedJudgement(
            recovery_id, arm_id, Judgement.SAME, "test fire compared"
        ),
        by=ANALYST,
        at=NOW,
    )

    (told,) = trace(recovery_id)

    assert told["arm"] == f"A{arm_id}"


def test_a_person_confirms_and_the_proposal_stays_on_record() -> None:
    builders.stolen_pistol()
    (recovery_id,) = builders.recovered()
    trace(recovery_id)

    decisions.decide_traces(stated=[decided(recovery_id)], by=ANALYST, at=LATER)

    (told,) = queries.summaries([recovery_id], viewer=ANALYST)
    point = told["point_of_diversion"]
    assert told["outcome"] == TraceOutcome.POINT_OF_DIVERSION_IDENTIFIED
    assert isinstance(point, dict)
    assert point["standing"] == "CONFIRMED"
    page = queries.trace_page(recovery_id, home_country=HOME, viewer=ANALYST)
    assert [d.standing for d in page.decisions] == [TraceStanding.CLOSED]
    assert page.finding is not None
    assert page.finding.diversion_kind == DiversionKind.HOLDER_THEFT


def test_TD_01_ammunition_is_not_traced() -> None:
    (recovery_id,) = builders.recovered(
        builders.a_recovery(item_kind=ItemKind.AMMUNITION)
    )

    with pytest.raises(RuleBroken) as refused:
        decisions.decide_traces(stated=[decided(recovery_id)], by=ANALYST, at=NOW)

    assert refused.value.rule == "TD-01"


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("TD-02", {"standing": TraceStanding.EXCEPTED, "exception": None}),
        (
            "TD-02",
            {
                "standing": TraceStanding.EXCEPTED,
                "exception": TraceException.WAIVED,
                "reason": " ",
            },
        ),
        ("TD-03", {"reason": ""}),
        ("TD-03", {"established": Establishment.NOT_ESTABLISHED}),
        ("TD-03", {"diversion": DiversionInput()}),
        ("TD-04", {"outcome": None}),
        ("TD-05", {"outcome": TraceOutcome.NO_DIVERSION}),
    ],
)
def test_TD_02_to_05_a_decision_says_what_it_must(
    rule: str, changes: dict[str, object]
) -> None:
    (recovery_id,) = builders.recovered()

    with pytest.raises(RuleBroken) as refused:
        decisions.decide_traces(
            stated=[decided(recovery_id, **changes)], by=SUPERVISOR, at=NOW
        )

    assert refused.value.rule == rule
    assert not TraceDecision.objects.exists()


def test_TD_08_what_a_colleague_decided_is_not_overwritten_unseen() -> None:
    (recovery_id,) = builders.recovered()
    opened = DecisionInput(recovery_id, TraceStanding.OPEN, NOW.date(), seen=0)
    (first,) = decisions.decide_traces(stated=[opened], by=OFFICER, at=NOW)

    with pytest.raises(RuleBroken) as refused:
        decisions.decide_traces(stated=[opened], by=OFFICER, at=LATER)

    assert refused.value.rule == "TD-08"
    assert TraceDecision.objects.get() == first
    closed = decided(recovery_id, seen=first.pk)
    assert decisions.decide_traces(stated=[closed], by=ANALYST, at=LATER)


def test_an_officer_may_open_but_not_close_a_trace() -> None:
    (recovery_id,) = builders.recovered()
    opened = DecisionInput(recovery_id, TraceStanding.OPEN, NOW.date())

    decisions.decide_traces(stated=[opened], by=OFFICER, at=NOW)

    with pytest.raises(NotPermitted):
        decisions.decide_traces(stated=[decided(recovery_id)], by=OFFICER, at=NOW)


def test_a_stranger_sees_no_trace() -> None:
    (recovery_id,) = builders.recovered()
    trace(recovery_id)

    with pytest.raises(NotFound):
        queries.trace_page(recovery_id, home_country=HOME, viewer=STRANGER)
    assert queries.summaries([recovery_id], viewer=STRANGER) == []


def test_what_waits_is_counted_by_where_it_stands() -> None:
    builders.stolen_pistol()
    first, _ = builders.recovered(
        builders.a_recovery("S-1"),
        builders.a_recovery("S-2", description=builders.glock("OTHER77")),
    )
    trace(first)
    opened = DecisionInput(first, TraceStanding.OPEN, NOW.date())

    waiting = queries.waiting(viewer=ANALYST, today=NOW.date())
    decisions.decide_traces(stated=[opened], by=ANALYST, at=NOW)
    still = queries.waiting(viewer=ANALYST, today=NOW.date())

    assert (waiting.undecided, waiting.open_traces, waiting.proposed) == (2, 0, 1)
    assert (still.undecided, still.open_traces, still.proposed) == (1, 1, 1)
    rows = queries.trace_rows(
        RecoveryFilter(),
        standing=queries.Standing.PROPOSED,
        viewer=ANALYST,
        page=PageRequest(),
        today=NOW.date(),
    )
    assert [row.recovery.recovery_id for row in rows.rows] == [first]


def test_naming_a_person_leaves_a_consultation_entry() -> None:
    builders.holders()
    before = LedgerEntry.objects.count()

    cards = queries.holders_named(
        ["P1", "D1"], viewer=ANALYST, at=NOW, reason="trace of R1"
    )

    assert cards["P1"].name == "Ama Sample"
    assert LedgerEntry.objects.count() == before + 1
    assert LedgerEntry.objects.latest("seq").act == "holder.viewed"
    assert "Ama" not in LedgerEntry.objects.latest("seq").body


def test_who_may_not_see_persons_gets_no_name_and_leaves_no_entry() -> None:
    builders.holders()
    before = LedgerEntry.objects.count()

    cards = queries.holders_named(["P1", "D1"], viewer=OFFICER, at=NOW)

    assert (cards["P1"].name, cards["D1"].name) == ("", "Synthetic Dealer")
    assert LedgerEntry.objects.count() == before


@pytest.mark.parametrize(("days", "overdue"), [(14, 0), (15, 1)])
def test_a_decision_is_overdue_after_the_days_of_the_profile(
    days: int, overdue: int
) -> None:
    builders.recovered(builders.a_recovery("S-1"))
    today = NOW.date() + timedelta(days=days)

    waiting = queries.waiting(viewer=ANALYST, today=today)
    rows = queries.trace_rows(
        RecoveryFilter(),
        standing=queries.Standing.OVERDUE,
        viewer=ANALYST,
        page=PageRequest(),
        today=today,
    )

    assert (waiting.due_days, waiting.overdue, rows.total) == (14, overdue, overdue)


def test_nothing_is_overdue_where_the_profile_sets_no_deadline(
    settings: Any, tmp_path: Path
) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "calm.toml").write_text('code = "CALM"\nname = "No deadline"\n')
    settings.HOME, settings.PROFILE = tmp_path, "calm"
    builders.recovered(builders.a_recovery("S-1"))

    waiting = queries.waiting(viewer=ANALYST, today=date(2030, 1, 1))

    assert (waiting.due_days, waiting.overdue) == (None, 0)


def test_an_arm_known_by_its_proof_mark_alone_is_asked_of_that_state() -> None:
    seen = Description(type="pistol", other="Perron")
    (recovery_id,) = builders.recovered(builders.a_recovery("S-9", description=seen))

    (told,) = trace(recovery_id)

    assert (told["first_hop"], told["first_hop_country"]) == (
        FirstHop.MARK_STATES,
        "BE",
    )


def test_a_country_in_which_the_maker_does_not_work_is_not_asked() -> None:
    seen = Description(type="pistol", make="Glock", country="Australia")
    (recovery_id,) = builders.recovered(builders.a_recovery("S-8", description=seen))

    (told,) = trace(recovery_id)

    assert (told["first_hop"], told["first_hop_country"]) == (
        FirstHop.MANUFACTURE_STATE,
        "AT",
    )
