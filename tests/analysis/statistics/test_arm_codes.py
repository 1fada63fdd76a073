"""From stored codes to the facts that decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.statistics import arm_codes, scope
from armstrace.analysis.statistics.cells import tracing_cell
from armstrace.vocabulary.arms import Modification, ProductionClass
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import LegalJustification, RecoveryKind
from armstrace.vocabulary.tracing import (
    Establishment,
    TraceOutcome,
    TraceStanding,
    TracingCell,
)

pytestmark = pytest.mark.pure


def codes(vocabulary):
    return st.sampled_from([each.value for each in vocabulary])


COLUMNS = st.builds(
    arm_codes.Columns,
    kind=codes(RecoveryKind),
    justification=codes(LegalJustification),
    is_antique=st.sampled_from([None, True, False]),
    serial_status=codes(SerialStatus),
    production=codes(ProductionClass),
    modification=codes(Modification),
    standing=st.none() | codes(TraceStanding),
    outcome=st.none() | st.just("") | codes(TraceOutcome),
    establishment=st.none() | codes(Establishment),
    is_identified=st.sampled_from([True, None]),
)


@given(COLUMNS)
def test_codes_that_are_counted_together_decide_the_same(columns):
    stand_in = {
        name: next(
            (group[0] for group in groups if getattr(columns, name) in group), None
        )
        for name, groups in arm_codes.ALIKE.items()
    }

    grouped = columns._replace(**stand_in)

    assert tracing_cell(arm_codes.facts_of(grouped)) is tracing_cell(
        arm_codes.facts_of(columns)
    )
    assert scope.exclusion_of(arm_codes.scope_of(grouped)) is scope.exclusion_of(
        arm_codes.scope_of(columns)
    )


def test_every_code_of_a_column_is_in_exactly_one_group():
    vocabularies = {
        "kind": RecoveryKind,
        "justification": LegalJustification,
        "serial_status": SerialStatus,
        "production": ProductionClass,
        "modification": Modification,
        "standing": TraceStanding,
        "outcome": TraceOutcome,
        "establishment": Establishment,
    }

    for name, vocabulary in vocabularies.items():
        grouped = [code for group in arm_codes.ALIKE[name] for code in group]
        assert sorted(grouped) == sorted(vocabulary)


def a_marked_arm(**columns) -> arm_codes.Columns:
    values = {
        "kind": "SEIZED",
        "justification": "POSSESSION",
        "is_antique": None,
        "serial_status": "COMPLETE",
        "production": "INDUSTRIAL",
        "modification": "NONE",
        "standing": None,
        "outcome": None,
        "establishment": None,
        "is_identified": None,
    }
    return arm_codes.Columns(**(values | columns))


@pytest.mark.parametrize(
    ("standing", "outcome", "establishment", "cell"),
    [
        (None, None, None, TracingCell.NO),
        ("OPEN", "", "NOT_ESTABLISHED", TracingCell.PE),
        ("EXCEPTED", "", "NOT_ESTABLISHED", TracingCell.NO),
        ("CLOSED", "NO_DIVERSION", "NOT_ESTABLISHED", TracingCell.LO),
        ("CLOSED", "POINT_OF_DIVERSION_IDENTIFIED", "OWN_REGISTER", TracingCell.IN),
        ("CLOSED", "LAST_LEGAL_HOLDER_IDENTIFIED", "FOREIGN_REGISTER", TracingCell.IF),
        ("CLOSED", "POINT_OF_DIVERSION_IDENTIFIED", "AUTHORITY", TracingCell.OD),
        ("CLOSED", "LAST_LEGAL_HOLDER_IDENTIFIED", "NOT_ESTABLISHED", TracingCell.AT),
        ("CLOSED", "RECORDS_UNAVAILABLE", "NOT_ESTABLISHED", TracingCell.AT),
        ("CLOSED", "RECORDS_DESTROYED_OR_EXPIRED", "NOT_ESTABLISHED", TracingCell.AT),
        ("CLOSED", "SERIAL_NOT_IN_RANGE", "NOT_ESTABLISHED", TracingCell.AT),
        ("CLOSED", "IDENTIFICATION_INSUFFICIENT", "NOT_ESTABLISHED", TracingCell.AT),
        ("CLOSED", "REFUSED", "NOT_ESTABLISHED", TracingCell.AT),
        ("CLOSED", "NO_RESPONSE", "NOT_ESTABLISHED", TracingCell.AT),
    ],
)
def test_each_way_a_trace_can_stand_has_its_cell(
    standing, outcome, establishment, cell
):
    columns = a_marked_arm(
        standing=standing, outcome=outcome, establishment=establishment
    )

    assert tracing_cell(arm_codes.facts_of(columns)) is cell
