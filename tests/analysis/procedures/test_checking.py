"""One clear sentence for each fault of a procedure."""

import pytest

from armstrace.analysis.procedures import checking, reading
from armstrace.analysis.procedures.procedure import RecoveryFacts
from armstrace.vocabulary.errors import InvalidInput
from tests.analysis.procedures.drafts import ALWAYS, draft, said, step

pytestmark = pytest.mark.pure


def trigger(**condition):
    return {"code": "asked", "words": "Asked", "when": [condition]}


def test_the_shipped_procedure_has_no_fault_and_survives_being_written():
    values = reading.load_shipped()

    procedure = reading.read(values)

    assert checking.faults(values) == []
    assert reading.read(reading.parse(reading.write(values))) == procedure
    plain = reading.plain(procedure)
    assert reading.read(reading.parse(reading.write(plain))) == procedure


def test_the_shipped_procedure_opens_a_trace_and_a_case_in_grave_contexts():
    procedure = reading.read(reading.load_shipped())
    paper = {"trace", "parallel-case"}

    for context in (
        *("FIREARMS_TRAFFICKING", "DRUG_TRAFFICKING", "TERRORISM"),
        "ORGANISED_CRIME_OTHER",
    ):
        facts = RecoveryFacts(criminal_contexts=(context,), recovery_kind="STATE_ARM")
        opened = {each.code for each in procedure.steps_for(facts)}
        assert paper <= opened


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"role": "WIZARD"}, "for the role “WIZARD”, which does no steps"),
        ({"role": "AUDITOR"}, "for the role “AUDITOR”, which does no steps"),
        ({"days": None}, "Step “a” has no clock"),
        ({"waived_by": ["ANALYST"]}, "waived by the role that does it, ANALYST"),
        ({"waived_by": ["OFFICER"]}, "role “OFFICER”, which waives nothing"),
        ({"after": ["z"]}, "comes after “z”, which is not in the procedure"),
        ({"triggers": ["z"]}, "opened by the trigger “z”, which is not in"),
        ({"code": "a/b"}, "The code “a/b” cannot be part of an address"),
        ({"triggers": []}, "Step “a” can never be reached"),
        ({"answer": "MAGIC"}, "answered by “MAGIC”, which is not a kind of record"),
        ({"days": -1}, "days is a whole number from 0 up"),
        ({"days": 10**14}, "days is a whole number from 0 up to 1000"),
        ({"hours": float("inf")}, "hours is a number from 0 up"),
        ({"days": "5"}, "days is a whole number from 0 up"),
        ({"wrods": "x"}, "has “wrods”, which no procedure has"),
        ({"words": " "}, "has no words; write one"),
    ],
)
def test_a_fault_of_a_step_is_named(changed, words):
    found = said(draft(step(**{"code": "a"} | changed), step("b")))

    assert any(words in each for each in found), found


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ({"fact": "colour", "any_of": ["RED"]}, "“colour”, which is not a fact"),
        ({"fact": "arm_type", "any_of": ["BAZOOKA"]}, "“BAZOOKA”, which it never is"),
        ({"fact": "arm_type", "at_least": 3}, "by “at_least”; ask it by any_of"),
        ({"fact": "quantity", "at_least": -3}, "“-3”, which it never is"),
        ({"fact": "is_repeat", "is": "perhaps"}, "“perhaps”, which it never is"),
        ({"fact": "region", "any_of": []}, "compares region with nothing"),
        ({"fact": "region"}, "a condition that is not a fact with one test"),
    ],
)
def test_a_fault_of_a_condition_is_named_once(condition, words):
    values = draft(step("a", triggers=["asked"]), triggers=(trigger(**condition),))

    (found,) = said(values)

    assert words in found


def test_steps_that_wait_in_a_circle_are_named_and_those_behind_it_are_not():
    values = draft(
        step("a", after=["c"]),
        step("b", after=["a"]),
        step("c", after=["b"]),
        step("d", after=["c"]),
    )

    (found,) = said(values)

    assert "The steps a, b, c wait for each other in a circle" in found


@pytest.mark.parametrize(
    "when",
    [
        [
            {"fact": "quantity", "at_least": 5},
            {"fact": "quantity", "at_most": 2},
        ],
        [
            {"fact": "arm_type", "any_of": ["PISTOL"]},
            {"fact": "arm_type", "any_of": ["RIFLE"]},
        ],
        [
            {"fact": "country", "any_of": ["FR"]},
            {"fact": "country", "none_of": ["fr"]},
        ],
        [{"fact": "is_linked", "is": True}, {"fact": "is_linked", "is": False}],
    ],
)
def test_a_step_behind_what_cannot_be_is_never_reached(when):
    never = {"code": "never", "words": "Never", "when": when}
    values = draft(
        step("a", triggers=["never"]),
        step("b", after=["a"]),
        step("c"),
        triggers=(ALWAYS, never),
    )

    first, second = said(values)

    assert "Step “a” can never be reached" in first
    assert "Step “b” can never be reached" in second


def test_two_entries_with_one_code_are_named():
    found = said(draft(step("a"), step("a"), triggers=(ALWAYS, ALWAYS)))

    assert len(found) == 2
    assert all("There are 2 entries" in each for each in found)


def test_an_empty_file_says_what_it_lacks():
    assert said({}) == [
        "The procedure has no code; write one.",
        "The procedure has no name; write one.",
        "The procedure has no version; write one.",
        "The procedure has no first day; write valid_from as 2026-01-31.",
    ]


@pytest.mark.parametrize(
    "values", [{"step": 3}, {"step": ["x"]}, {"trigger": [{"when": 3}]}, {"code": 3}]
)
def test_values_of_the_wrong_shape_are_faults_and_no_errors(values):
    assert said(draft() | values)


def test_what_is_not_toml_is_refused_in_one_sentence():
    with pytest.raises(InvalidInput, match="is not a procedure in TOML"):
        reading.parse("[[step")


def test_more_steps_than_an_office_can_do_are_refused_at_once():
    assert said(draft(*(step(f"s{number}") for number in range(201)))) == [
        "The procedure has 201 steps; write at most 200."
    ]
    assert said(draft(*(step(f"s{number}") for number in range(200)))) == []
