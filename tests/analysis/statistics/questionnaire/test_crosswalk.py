"""From stored codes to rows: a case for every line, and every code decided."""

import itertools

import pytest

from armstrace.analysis.statistics.questionnaire import crosswalk
from armstrace.analysis.statistics.questionnaire.declared import questionnaire
from armstrace.vocabulary.arms import ArmType, Modification, ProductionClass
from armstrace.vocabulary.marks import SerialStatus
from armstrace.vocabulary.recoveries import (
    CriminalContext,
    LegalJustification,
    PlaceKind,
)

UNKNOWN = {
    "arm_type": "UNKNOWN",
    "modification": "UNKNOWN",
    "production_class": "UNKNOWN",
    "serial_status": "UNKNOWN",
    "identified": "NO",
    "place_kind": "UNKNOWN",
    "legal_justification": "UNKNOWN",
    "contexts": "",
    "event": "",
}
# Rule of the line, what is on record, and the row it gives: written by hand.
CASES = [
    ("CW-01", {"arm_type": "PISTOL"}, "PISTOL"),
    ("CW-02", {"arm_type": "REVOLVER"}, "REVOLVER"),
    ("CW-03", {"arm_type": "CARBINE"}, "RIFLE"),
    ("CW-04", {"arm_type": "SHOTGUN"}, "SHOTGUN"),
    ("CW-05", {"arm_type": "MACHINE_GUN"}, "MACHINE_GUN"),
    ("CW-06", {"arm_type": "SUBMACHINE_GUN"}, "SUBMACHINE_GUN"),
    ("CW-07", {"arm_type": "LIGHT_WEAPON"}, "OTHER"),
    ("CW-08", {"arm_type": "UNKNOWN"}, "UNKNOWN"),
    ("CW-11", {"modification": "CONVERTED", "production_class": "CRAFT"}, "CONVERTED"),
    ("CW-12", {"modification": "REACTIVATED"}, "REACTIVATED"),
    ("CW-13", {"modification": "MODIFIED"}, "MODIFIED"),
    ("CW-14", {"modification": "ASSEMBLED"}, "ASSEMBLED"),
    ("CW-15", {"production_class": "PMF_3D"}, "ILLICITLY_MADE"),
    (
        "CW-16",
        {"production_class": "CRAFT", "serial_status": "COMPLETE"},
        "UNKNOWN",
    ),
    (
        "CW-17",
        {"production_class": "CRAFT", "serial_status": "NEVER_MARKED"},
        "ILLICITLY_MADE",
    ),
    ("CW-18", {"production_class": "INDUSTRIAL"}, "INDUSTRIAL"),
    ("CW-19", {"production_class": "UNKNOWN"}, "UNKNOWN"),
    ("CW-21", {"serial_status": "RESTORED"}, "UNIQUE"),
    ("CW-22", {"serial_status": "PARTIAL", "identified": "YES"}, "UNIQUE"),
    ("CW-23", {"serial_status": "RESTAMPED"}, "ALTERED"),
    ("CW-24", {"serial_status": "NEVER_MARKED"}, "NO_MARK"),
    ("CW-25", {"serial_status": "PARTIAL"}, "NO_MARK"),
    ("CW-26", {"serial_status": "UNKNOWN"}, "UNKNOWN"),
    ("CW-31", {"place_kind": "LAND_BORDER"}, "LAND_BORDER"),
    ("CW-32", {"place_kind": "SEAPORT"}, "HARBOUR"),
    ("CW-33", {"place_kind": "AIRPORT"}, "AIRPORT"),
    ("CW-34", {"place_kind": "RESIDENCE"}, "TERRITORY"),
    ("CW-35", {"place_kind": "OTHER"}, "OTHER"),
    ("CW-36", {"place_kind": "UNKNOWN"}, "UNKNOWN"),
    ("CW-41", {"legal_justification": "POSSESSION"}, "POSSESSION"),
    ("CW-42", {"legal_justification": "TRAFFICKING"}, "TRAFFICKING"),
    ("CW-43", {"legal_justification": "ILLICIT_USE"}, "USE"),
    ("CW-44", {"legal_justification": "ILLICIT_MANUFACTURE"}, "MANUFACTURE"),
    ("CW-45", {"legal_justification": "MARKING_TAMPERING"}, "MARKINGS"),
    ("CW-46", {"legal_justification": "LICENCE_BREACH"}, "OTHER"),
    ("CW-47", {"legal_justification": "NONE"}, "UNKNOWN"),
    ("CW-51", {"contexts": "FIREARMS_TRAFFICKING"}, "ARMS_TRAFFICKING"),
    ("CW-52", {"contexts": "OTHER_ARMS_OFFENCES"}, "OTHER_ARMS"),
    ("CW-53", {"contexts": "HOMICIDE ROBBERY"}, "VIOLENT"),
    ("CW-54", {"contexts": "DRUG_TRAFFICKING"}, "DRUGS"),
    ("CW-55", {"contexts": "SMUGGLING_OTHER"}, "OTHER_TRAFFICKING"),
    ("CW-56", {"contexts": "ORGANISED_CRIME_OTHER"}, "ORGANISED"),
    ("CW-57", {"contexts": "TERRORISM"}, "TERRORISM"),
    ("CW-58", {"contexts": "POACHING"}, "OTHER"),
    ("CW-59", {"contexts": "NONE"}, ""),
    ("CW-61", {"event": "RETAINED_MARKED"}, "MARKED"),
    ("CW-62", {"event": "DESTROYED"}, "DESTROYED"),
    ("CW-63", {"event": "RECORDED"}, "RECORDED"),
]
LINE_OF = {line.rule: line for line in crosswalk.lines()}


@pytest.mark.parametrize(
    ("rule", "stated", "row"), CASES, ids=[rule for rule, _, _ in CASES]
)
def test_each_line_gives_its_row_and_is_needed(rule, stated, row):
    line = LINE_OF[rule]
    codes = {**UNKNOWN, **stated}
    others = tuple(each for each in crosswalk.lines() if each.rule != rule)

    assert crosswalk.rows_by(line.dimension, codes, crosswalk.lines()) == (row,)
    assert line.row == row
    without = crosswalk.rows_by(line.dimension, codes, others)
    assert without != (row,) or rule in {"CW-16"}


def test_every_line_has_a_case():
    assert [rule for rule, _, _ in CASES] == list(LINE_OF)


def test_one_arm_may_stand_in_several_rows_of_other_offences_once_each():
    codes = {**UNKNOWN, "contexts": "DRUG_TRAFFICKING HOMICIDE ROBBERY"}

    rows = crosswalk.rows_by("context", codes, crosswalk.lines())

    assert sorted(rows) == ["DRUGS", "VIOLENT"]


def test_nothing_known_of_other_offences_is_not_none():
    unknown = {**UNKNOWN, "contexts": "UNKNOWN"}

    assert crosswalk.rows_by("context", unknown, crosswalk.lines()) == ()


@pytest.mark.parametrize(
    ("dimension", "columns"),
    [
        ("type", {"arm_type": ArmType}),
        (
            "condition",
            {
                "modification": Modification,
                "production_class": ProductionClass,
                "serial_status": SerialStatus,
                "identified": ("YES", "NO"),
            },
        ),
        ("marking", {"serial_status": SerialStatus, "identified": ("YES", "NO")}),
        ("location", {"place_kind": PlaceKind}),
        ("justification", {"legal_justification": LegalJustification}),
    ],
)
def test_every_code_falls_into_one_row_that_the_table_has(dimension, columns):
    tables = [t for t in questionnaire().tables if t.dimension == dimension]
    decider = crosswalk.deciders()[dimension]
    for values in itertools.product(*columns.values()):
        codes = {**UNKNOWN, **dict(zip(columns, map(str, values), strict=True))}
        (row,) = decider.rows_of(codes)
        for table in tables:
            assert row in {leaf.code for leaf in table.leaves}


def test_every_context_but_the_unknown_is_read_by_some_line():
    for context in CriminalContext:
        codes = {**UNKNOWN, "contexts": context.value}
        rows = crosswalk.rows_by("context", codes, crosswalk.lines())
        assert bool(rows) is (context is not CriminalContext.UNKNOWN)
