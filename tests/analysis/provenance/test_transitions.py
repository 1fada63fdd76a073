import pytest

from armstrace.analysis.provenance import transitions
from armstrace.analysis.provenance.state import NOTHING, fold_state
from armstrace.analysis.provenance.steps import Facts, Step
from armstrace.vocabulary.arms import LifeEventKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.errors import RuleBroken
from tests.analysis.provenance.lives import bought, event

pytestmark = pytest.mark.pure

CLEAR = Facts(
    marked=Known.YES,
    owner_consents=Known.YES,
    open_theft_report=Known.NO,
    import_authorised=Known.YES,
    transits_consent=Known.YES,
    stolen_check_done=Known.YES,
    trace_decided=Known.YES,
    evidence_released=Known.YES,
)


def refused(events, then, facts=CLEAR) -> str:
    with pytest.raises(RuleBroken) as caught:
        transitions.require(Step(fold_state(events), then, facts))
    return caught.value.rule


def allowed(events, then, facts=CLEAR) -> None:
    transitions.require(Step(fold_state(events), then, facts))


def recovered():
    return [*bought(), event("RECOVERED", "2024-01-01", "P1", "S1")]


def confiscated():
    return [*recovered(), event("CONFISCATED", "2024-02-01", "P1", "S1")]


@pytest.mark.parametrize("kind", list(LifeEventKind))
def test_LC_01_nothing_follows_destruction(kind):
    ended = [*confiscated(), event("DESTROYED", "2024-03-01", "S1")]

    assert refused(ended, event(kind, "2024-04-01")) == "LC-01"


def test_LC_01_an_examined_recovery_of_a_destroyed_arm_is_recorded():
    ended = [*confiscated(), event("DESTROYED", "2024-03-01", "S1")]

    allowed(
        ended,
        event("RECOVERED", "2024-04-01"),
        Facts(identity_examined=Known.YES),
    )


@pytest.mark.parametrize(
    "kind",
    ["SOLD_TO_HOLDER", "SOLD_TO_DEALER", "ENTERED_TRADE", "PROOFED", "IMPORTED"],
)
def test_LC_02_a_deactivated_arm_never_becomes_live(kind):
    events = [*bought(), event("DEACTIVATED", "2020-01-01", "P1", "P1")]

    assert refused(events, event(kind, "2021-01-01", "P1", "P2")) == "LC-02"


def test_LC_02_a_deactivated_arm_can_be_recovered_or_inherited():
    events = [*bought(), event("DEACTIVATED", "2020-01-01", "P1", "P1")]

    allowed(events, event("RECOVERED", "2021-01-01"))
    allowed(events, event("INHERITED", "2021-01-01", "P1", "P2"))


def test_a_deactivation_ends_no_loss():
    missing = [*bought(), event("STOLEN", "2020-01-01", "P1")]

    after = fold_state([*missing, event("DEACTIVATED", "2021-01-01", "P1", "P1")])

    assert (after.state, after.loss_is_open) == ("STOLEN", True)


@pytest.mark.parametrize(
    "kind", ["IMPORTED", "TRANSFERRED", "SOLD_TO_HOLDER", "EXPORTED"]
)
def test_only_its_holder_or_finding_it_ends_a_theft(kind):
    missing = [*bought(), event("STOLEN", "2020-01-01", "P1")]

    after = fold_state([*missing, event(kind, "2021-01-01", "P8", "P2")])

    assert (after.state, after.loss_is_open, after.holder) == ("STOLEN", True, "P2")
    found = event("FOUND_AGAIN", "2022-01-01", "P1", "P2")
    assert not fold_state([*missing, found]).loss_is_open
    given = event(kind, "2021-01-01", "P1", "P2")
    assert not fold_state([*missing, given]).loss_is_open


def test_LC_03_a_recovered_arm_is_not_destroyed_without_confiscation_or_consent():
    then = event("DESTROYED", "2024-03-01", "S1")
    unasked = Facts(
        stolen_check_done=Known.YES,
        trace_decided=Known.YES,
        evidence_released=Known.YES,
    )

    assert refused(recovered(), then, unasked) == "LC-03"
    allowed(recovered(), then)
    allowed(confiscated(), then, unasked)


@pytest.mark.parametrize("marked", [Known.NO, Known.UNKNOWN])
def test_LC_04_state_stock_goes_to_civilians_only_marked(marked):
    events = [event("ISSUED_TO_STATE", "2001-01-01", "", "S1")]
    then = event("STATE_TO_CIVILIAN", "2010-01-01", "S1", "P1")

    assert refused(events, then, Facts(marked=marked)) == "LC-04"
    allowed(events, then, Facts(marked=Known.YES))


@pytest.mark.parametrize("kind", ["ENTERED_TRADE", "SOLD_TO_DEALER", "SOLD_TO_HOLDER"])
def test_LC_05_a_made_arm_enters_trade_only_marked(kind):
    made = [event("MANUFACTURED", "2020-01-01", "", "M1")]
    then = event(kind, "2020-02-01", "M1", "D1")

    assert refused(made, then, Facts()) == "LC-05"
    allowed(made, then)


@pytest.mark.parametrize(
    "facts",
    [Facts(import_authorised=Known.YES), Facts(transits_consent=Known.YES), Facts()],
)
def test_LC_06_an_export_needs_both_import_and_transit_consent(facts):
    then = event("EXPORTED", "2016-01-01", "P1", "F1", country="DE")

    assert refused(bought(), then, facts) == "LC-06"
    allowed(bought(), then)


def test_LC_07_a_stolen_arm_is_not_returned_while_the_report_is_open():
    stolen = [
        *bought(),
        event("STOLEN", "2018-01-01", "P1"),
        event("RECOVERED", "2024-01-01"),
    ]

    assert refused(stolen, event("RETURNED", "2024-02-01", "", "P1")) == "LC-07"
    allowed(stolen, event("FOUND_AGAIN", "2024-02-01", "", "P1"))
    report = Facts(open_theft_report=Known.YES)
    then = event("RETURNED", "2024-02-01", "", "P1")
    assert refused(recovered(), then, report) == "LC-07"


@pytest.mark.parametrize(("year", "is_refused"), [(1900, True), (None, True)])
def test_LC_08_nothing_made_after_1899_is_antique(year, is_refused):
    facts = Facts(
        claimed_antique=True, year_of_manufacture=year, last_antique_year=1899
    )

    rule = transitions.broken(Step(NOTHING, event("MARKED", "2020-01-01"), facts))

    assert (rule is not None and rule.code == "LC-08") is is_refused


def test_LC_08_an_arm_of_1899_may_be_antique():
    facts = Facts(
        claimed_antique=True, year_of_manufacture=1899, last_antique_year=1899
    )

    allowed([], event("MARKED", "2020-01-01"), facts)


def test_LC_08_where_no_law_says_a_year_nothing_is_antique():
    facts = Facts(claimed_antique=True, year_of_manufacture=1850)

    rule = transitions.broken(Step(NOTHING, event("MARKED", "2020-01-01"), facts))

    assert rule is not None
    assert rule.code == "LC-08"


def test_LC_09_only_its_holder_gives_an_arm():
    then = event("TRANSFERRED", "2020-01-01", "P7", "P2")

    assert refused(bought(), then) == "LC-09"
    allowed(bought(), event("TRANSFERRED", "2020-01-01", "P1", "P2"))


def test_LC_10_a_missing_arm_does_not_change_hands():
    missing = [*bought(), event("LOST", "2018-01-01", "P1")]

    assert refused(missing, event("TRANSFERRED", "2020-01-01", "P1", "P2")) == "LC-10"


def test_LC_11_a_recovered_arm_leaves_custody_by_decision_only():
    then = event("TRANSFERRED", "2024-02-01", "P1", "P2")

    assert refused(recovered(), then) == "LC-11"
    allowed(recovered(), event("RETURNED", "2024-02-01", "", "P1"))


def test_LC_12_only_a_recovered_arm_is_confiscated():
    assert refused(bought(), event("CONFISCATED", "2024-02-01", "P1", "S1")) == "LC-12"


def test_LC_13_the_state_keeps_only_confiscated_and_marked_arms():
    then = event("RETAINED_MARKED", "2024-03-01", "S1", "S1")

    assert refused(recovered(), then) == "LC-13"
    assert refused(confiscated(), then, Facts()) == "LC-13"
    allowed(confiscated(), then)


@pytest.mark.parametrize(
    "missing", ["stolen_check_done", "trace_decided", "evidence_released"]
)
def test_LC_14_nothing_is_destroyed_unexamined(missing):
    answers = dict.fromkeys(
        ["stolen_check_done", "trace_decided", "evidence_released"], Known.YES
    )
    facts = Facts(**(answers | {missing: Known.UNKNOWN}))

    assert refused(confiscated(), event("DESTROYED", "2024-03-01"), facts) == "LC-14"


def test_LC_15_only_a_missing_arm_is_found_again():
    assert refused(bought(), event("FOUND_AGAIN", "2024-02-01")) == "LC-15"


def test_LC_16_an_arm_is_made_once():
    assert refused(bought(), event("MANUFACTURED", "2024-02-01")) == "LC-16"


def test_LC_17_nothing_is_known_before_it_happens():
    early = event("LOST", "2018-01-01", "P1").known_at
    then = event("STOLEN", "2019-01-01", "P1", known_at=early)

    assert refused(bought(), then) == "LC-17"


def test_each_rule_says_why_in_one_sentence_and_names_its_source():
    codes = [rule.code for rule in transitions.RULES]

    assert codes == [f"LC-{n:02d}" for n in range(1, len(codes) + 1)]
    assert all(str(rule.message).endswith(".") for rule in transitions.RULES)
    assert all(str(rule.message).count(".") == 1 for rule in transitions.RULES)
    assert all(str(rule.source) for rule in transitions.RULES)
