"""What a recovery opens, by when it is due, how long steps take."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from armstrace.analysis.procedures import simulating
from armstrace.analysis.procedures.procedure import FACTS, Condition, RecoveryFacts
from armstrace.analysis.procedures.simulating import (
    Ended,
    Past,
    PastRecovery,
    Spell,
    lead_times,
)
from armstrace.analysis.procedures.working_days import due_on, is_working_day
from armstrace.vocabulary.procedures import FactKind
from tests.analysis.procedures.drafts import ALWAYS, sound, step

pytestmark = pytest.mark.pure

DRUGS = {
    "code": "drugs",
    "words": "Drugs",
    "when": [{"fact": "criminal_contexts", "any_of": ["DRUG_TRAFFICKING"]}],
}


def test_a_recovery_opens_the_steps_of_every_trigger_that_it_meets():
    procedure = sound(
        step("a"), step("b", triggers=["drugs"]), triggers=(ALWAYS, DRUGS)
    )
    drugs = RecoveryFacts(criminal_contexts=("HOMICIDE", "DRUG_TRAFFICKING"))

    assert [each.code for each in procedure.steps_for(RecoveryFacts())] == ["a"]
    assert [each.code for each in procedure.steps_for(drugs)] == ["a", "b"]


@pytest.mark.parametrize(
    ("asked", "facts", "holds"),
    [
        (Condition("quantity", "at_least", ("5",)), RecoveryFacts(quantity=5), True),
        (Condition("quantity", "at_least", ("5",)), RecoveryFacts(), False),
        (Condition("quantity", "at_most", ("5",)), RecoveryFacts(quantity=0), True),
        (Condition("is_repeat", "is", ("false",)), RecoveryFacts(), False),
        (
            Condition("is_repeat", "is", ("false",)),
            RecoveryFacts(is_repeat=False),
            True,
        ),
        (Condition("country", "any_of", ("fr",)), RecoveryFacts(country="FR"), True),
        (Condition("country", "none_of", ("FR",)), RecoveryFacts(), True),
        (Condition("country", "none_of", ("FR",)), RecoveryFacts(country="FR"), False),
    ],
)
def test_what_is_not_known_meets_no_condition_but_that_of_none_stated(
    asked, facts, holds
):
    assert asked.holds(facts) is holds


def test_each_fact_that_a_procedure_may_ask_is_one_of_a_recovery():
    facts = RecoveryFacts()

    assert set(FACTS) == set(RecoveryFacts.__slots__)
    for name, fact in FACTS.items():
        assert (fact.codes is not None) is (fact.kind is FactKind.CODES)
        assert hasattr(facts, name)


@pytest.mark.parametrize(
    ("begun", "days", "country", "due"),
    [
        (date(2026, 4, 30), 1, "BR", date(2026, 5, 4)),  # 1 May is a holiday
        (date(2026, 4, 30), 1, "", date(2026, 5, 1)),
        (date(2026, 4, 30), 1, "XX", date(2026, 5, 1)),
        (date(2026, 5, 2), 0, "XX", date(2026, 5, 4)),  # a Saturday
        (date(2026, 5, 2), 1, "XX", date(2026, 5, 4)),
        (date(2026, 5, 2), 2, "XX", date(2026, 5, 5)),
        (date(2026, 4, 30), 0, "XX", date(2026, 4, 30)),
        (date(2026, 4, 30), 1, "AE", date(2026, 5, 1)),  # works on Friday
        (date(2026, 4, 30), 1, "DZ", date(2026, 5, 3)),  # works on Sunday
    ],
)
def test_a_step_is_due_in_working_days_of_the_country(begun, days, country, due):
    assert due_on(begun, days, country) == due


@given(
    some.dates(date(2020, 1, 1), date(2030, 1, 1)),
    some.integers(0, 40),
    some.sampled_from(["", "BR", "FR", "DZ", "XX"]),
)
def test_a_due_day_is_a_working_day_with_as_many_before_it(begun, days, country):
    due = due_on(begun, days, country)

    after = (begun + timedelta(n) for n in range(1, (due - begun).days + 1))
    worked = sum(is_working_day(each, country) for each in after)
    assert is_working_day(due, country)
    assert worked == max(days, 0 if due == begun else 1)


def test_lead_times_count_what_is_open():
    times = lead_times(
        [Spell(2, True), Spell(3, False), Spell(5, True), Spell(9, False)]
    )

    assert times.curve == ((2, 0.75), (5, 0.375))
    assert times.quantile(0.5) == 5
    assert times.quantile(0.9) is None
    assert times.undone_after(1) == 1.0
    assert times.undone_after(4) == 0.75
    assert (times.done, times.open) == (2, 2)


@given(some.lists(some.integers(0, 50), min_size=1))
def test_without_open_ones_the_quantile_is_that_of_the_days(days):
    times = lead_times(Spell(day, is_ended=True) for day in days)

    ordered = sorted(days)
    assert times.quantile(0.5) == ordered[(len(days) + 1) // 2 - 1]
    assert times.quantile(1.0) == ordered[-1]


def test_lead_times_of_nothing_are_not_known():
    times = lead_times([])

    assert times.quantile(0.5) is None
    assert times.undone_after(5) is None


def test_a_simulation_counts_cases_once_for_what_was_taken_together():
    procedure = sound(
        step("a", hours=2.0),
        step("b", role="INVESTIGATOR", triggers=["drugs"], answer="CASE", hours=None),
        triggers=(ALWAYS, DRUGS),
    )
    drugs = RecoveryFacts(criminal_contexts=("DRUG_TRAFFICKING",))
    begun = date(2026, 1, 5)
    stream = [
        PastRecovery(drugs, "PF", begun, "7/26"),
        PastRecovery(drugs, "PF", begun, "7/26"),
        PastRecovery(drugs, "PC", begun),
        PastRecovery(RecoveryFacts(), "PC", begun),
    ]
    leads = lead_times([Spell(1, True), Spell(30, True)])
    past = Past({"a": leads}, {"CASE": Ended(total=20, waived=10)})

    found = simulating.simulate(procedure, stream, past)

    assert (found.recoveries, found.eligible, found.cases) == (4, 3, 2)
    assert (found.steps, found.hours) == (7, 8.0)
    assert found.loads[0].role == "ANALYST"
    assert (found.overdue, found.overdue_unknown) == (2.0, 3)
    assert (found.waivers, found.waivers_unknown) == (1.5, 4)
    assert [each.without_hours for each in found.loads] == [0, 0, 2, 1]


def test_one_waiver_of_a_step_does_not_foretell_that_all_are_waived():
    past = Past(ended={"a": Ended(total=9, waived=9), "b": Ended(total=10, waived=1)})

    found = simulating.simulate(
        sound(step("a"), step("b")),
        [PastRecovery(RecoveryFacts(), "PF", date(2026, 1, 5))],
        past,
    )

    assert [one.waivers for one in found.by_step] == [None, 0.1]
    assert (found.waivers, found.waivers_unknown) == (0.1, 1)


def test_a_simulation_without_a_past_says_that_it_does_not_know():
    found = simulating.simulate(
        sound(step("a")),
        [PastRecovery(RecoveryFacts(), "PF", date(2026, 1, 5))],
        Past(),
    )

    assert (found.overdue, found.waivers) == (None, None)
