"""From a recovery to its row in the tracing tables."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics import cells
from armstrace.analysis.statistics.cells import (
    Answer,
    Marking,
    Possession,
    RecoveryFacts,
    Register,
    TraceProgress,
)
from armstrace.vocabulary.arms import Modification, ProductionClass
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.tracing import TracingCell

pytestmark = pytest.mark.pure

ANY_FACTS = st.builds(
    RecoveryFacts,
    marking=st.sampled_from(Marking),
    register=st.sampled_from(Register),
    possession=st.sampled_from(Possession),
    established=st.sampled_from(Answer),
    trace=st.sampled_from(TraceProgress),
    illicitly_made=st.sampled_from(Answer),
    tampered=st.sampled_from(Answer),
)


def deciding_rule(facts: RecoveryFacts) -> cells.CellRule:
    row = dataclasses.astuple(facts)
    return next(rule for rule in cells.RULES if rule.applies(row))


def unique(**facts) -> RecoveryFacts:
    return RecoveryFacts(Marking.UNIQUE, **facts)


def unmarked(**facts) -> RecoveryFacts:
    return RecoveryFacts(Marking.NOT_UNIQUE, **facts)


def test_CE_01_an_arm_still_lawfully_held_has_a_legitimate_owner():
    facts = unique(register=Register.NATIONAL, possession=Possession.STILL_HELD)

    assert cells.tracing_cell(facts) is TracingCell.LO
    assert deciding_rule(facts).rule == "CE-01"


def test_CE_02_an_arm_that_left_its_holder_here_is_traced_nationally():
    facts = unique(register=Register.NATIONAL, possession=Possession.LEFT)

    assert cells.tracing_cell(facts) is TracingCell.IN
    assert deciding_rule(facts).rule == "CE-02"


@pytest.mark.parametrize("possession", Possession)
def test_CE_03_a_last_record_abroad_is_traced_abroad(possession):
    facts = unique(register=Register.FOREIGN, possession=possession)

    assert cells.tracing_cell(facts) is TracingCell.IF
    assert deciding_rule(facts).rule == "CE-03"


@pytest.mark.parametrize("trace", TraceProgress)
def test_CE_04_an_authority_may_establish_it_whatever_the_trace_says(trace):
    facts = unique(established=Answer.YES, trace=trace)

    assert cells.tracing_cell(facts) is TracingCell.OD
    assert deciding_rule(facts).rule == "CE-04"


def test_CE_05_an_open_trace_is_pending():
    facts = unique(trace=TraceProgress.OPEN)

    assert cells.tracing_cell(facts) is TracingCell.PE
    assert deciding_rule(facts).rule == "CE-05"


def test_CE_06_a_trace_closed_without_result_was_attempted():
    facts = unique(trace=TraceProgress.CLOSED)

    assert cells.tracing_cell(facts) is TracingCell.AT
    assert deciding_rule(facts).rule == "CE-06"


def test_CE_06_a_register_hit_of_unknown_possession_identifies_nothing():
    facts = unique(register=Register.NATIONAL, trace=TraceProgress.CLOSED)

    assert cells.tracing_cell(facts) is TracingCell.AT


def test_CE_07_a_marked_arm_without_a_trace_was_not_traced():
    assert cells.tracing_cell(unique()) is TracingCell.NO
    assert deciding_rule(unique()).rule == "CE-07"


def test_CE_08_an_illicitly_made_arm_counts_so_even_with_erased_marks():
    facts = unmarked(illicitly_made=Answer.YES, tampered=Answer.YES)

    assert cells.tracing_cell(facts) is TracingCell.NI
    assert deciding_rule(facts).rule == "CE-08"


def test_CE_09_an_erased_mark_is_counted_as_erased():
    facts = unmarked(tampered=Answer.YES)

    assert cells.tracing_cell(facts) is TracingCell.NE
    assert deciding_rule(facts).rule == "CE-09"


def test_CE_10_an_unmarked_arm_of_unknown_cause_has_no_further_information():
    assert cells.tracing_cell(unmarked()) is TracingCell.NX
    assert deciding_rule(unmarked()).rule == "CE-10"


def test_CE_11_an_arm_of_unknown_marking_is_counted_apart():
    facts = RecoveryFacts(Marking.UNKNOWN, trace=TraceProgress.OPEN)

    assert cells.tracing_cell(facts) is TracingCell.K
    assert deciding_rule(facts).rule == "CE-11"


def test_every_cell_of_the_tables_is_reached_by_one_rule():
    assert {rule.cell for rule in cells.RULES} == set(TracingCell)
    assert [rule.rule for rule in cells.RULES] == [
        f"CE-{number:02}" for number in range(1, 12)
    ]


@given(ANY_FACTS)
def test_exactly_one_cell_holds_for_any_facts(facts):
    assert cells.tracing_cell(facts) is deciding_rule(facts).cell


@given(st.lists(ANY_FACTS, max_size=50))
def test_counting_many_agrees_with_deciding_one_by_one(many):
    rows = [dataclasses.astuple(facts) for facts in many]

    assert [cells.CELL_OF[row] for row in rows] == [slow_cell(facts) for facts in many]


@given(ANY_FACTS, st.sampled_from(TraceProgress))
def test_a_trace_never_moves_an_arm_without_a_unique_mark(facts, trace):
    if facts.marking is Marking.UNIQUE:
        return

    later = dataclasses.replace(facts, trace=trace)

    assert cells.tracing_cell(later) is cells.tracing_cell(facts)


def slow_cell(facts: RecoveryFacts) -> TracingCell:
    """Decide as the questionnaire's table reads, sharing nothing with the code."""
    here = facts.register == "NATIONAL"
    illicit, erased = facts.illicitly_made == "YES", facts.tampered == "YES"
    unmarked = "NI" if illicit else "NE" if erased else "NX"
    cell = {"OPEN": "PE", "CLOSED": "AT", "NONE": "NO"}[facts.trace]
    cell = "OD" if facts.established == "YES" else cell
    cell = "IF" if facts.register == "FOREIGN" else cell
    cell = "IN" if here and facts.possession == "LEFT" else cell
    cell = "LO" if here and facts.possession == "STILL_HELD" else cell
    cell = {"UNIQUE": cell, "NOT_UNIQUE": unmarked, "UNKNOWN": "K"}[facts.marking]
    return TracingCell[cell]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (SerialStatus.COMPLETE, Marking.UNIQUE),
        (SerialStatus.RESTORED, Marking.UNIQUE),
        (SerialStatus.PARTIAL, Marking.NOT_UNIQUE),
        (SerialStatus.OBLITERATED, Marking.NOT_UNIQUE),
        (SerialStatus.ALTERED, Marking.NOT_UNIQUE),
        (SerialStatus.RESTAMPED, Marking.NOT_UNIQUE),
        (SerialStatus.NEVER_MARKED, Marking.NOT_UNIQUE),
        (SerialStatus.UNKNOWN, Marking.UNKNOWN),
    ],
)
def test_the_status_of_the_serial_says_whether_the_arm_is_unique(status, expected):
    assert cells.marking_of(status, identifies=False) is expected


def test_a_partly_read_serial_that_singles_out_one_arm_makes_it_unique():
    assert cells.marking_of(SerialStatus.PARTIAL, identifies=True) is Marking.UNIQUE


def test_an_erased_serial_is_not_made_unique_by_a_likely_candidate():
    marking = cells.marking_of(SerialStatus.OBLITERATED, identifies=True)

    assert marking is Marking.NOT_UNIQUE


def test_only_erased_altered_and_restamped_serials_are_tampered_with():
    tampered = {
        status for status in SerialStatus if cells.tampering_of(status) == "YES"
    }

    assert tampered == {"OBLITERATED", "ALTERED", "RESTAMPED"}


@pytest.mark.parametrize(
    ("production", "modification", "expected"),
    [
        ("INDUSTRIAL", "NONE", "NO"),
        ("INDUSTRIAL", "MODIFIED", "NO"),
        ("INDUSTRIAL", "REACTIVATED", "NO"),
        ("UNKNOWN", "UNKNOWN", "NO"),
        ("INDUSTRIAL", "CONVERTED", "YES"),
        ("INDUSTRIAL", "ASSEMBLED", "YES"),
        ("PMF_3D", "NONE", "YES"),
        ("RUDIMENTARY", "UNKNOWN", "YES"),
        ("CRAFT", "NONE", "YES"),
    ],
)
def test_home_made_assembled_and_converted_arms_are_illicitly_made(
    production, modification, expected
):
    made = cells.making_of(ProductionClass[production], Modification[modification])

    assert made == expected
