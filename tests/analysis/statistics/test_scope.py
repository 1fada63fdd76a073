"""Which recoveries count for the indicator."""

import pytest

from armstrace.analysis.statistics import scope
from armstrace.analysis.statistics.scope import Exclusion, ScopeFacts
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.recoveries import LegalJustification, RecoveryKind

pytestmark = pytest.mark.pure


def an_arm(**facts) -> ScopeFacts:
    return ScopeFacts(
        **{
            "item_kind": ItemKind.ARM,
            "recovery_kind": RecoveryKind.SEIZED,
            **facts,
        }
    )


def test_a_seized_arm_of_unknown_justification_counts():
    assert scope.exclusion_of(an_arm()) is None


@pytest.mark.parametrize("kind", [ItemKind.PART, ItemKind.AMMUNITION])
def test_SC_01_parts_and_ammunition_are_no_arms(kind):
    assert scope.exclusion_of(an_arm(item_kind=kind)) is Exclusion.NOT_AN_ARM


def test_SC_02_an_unknown_way_of_recovery_is_not_guessed():
    assert scope.exclusion_of(an_arm(recovery_kind=None)) is Exclusion.NO_KIND


@pytest.mark.parametrize("antique", [True, False])
def test_SC_03_an_antique_does_not_count(antique):
    expected = Exclusion.ANTIQUE if antique else None

    assert scope.exclusion_of(an_arm(is_antique=antique)) is expected


@pytest.mark.parametrize(
    ("deactivated", "convertible", "counts"),
    [
        ("YES", "NO", False),
        ("YES", "YES", True),
        ("YES", "UNKNOWN", True),
        ("UNKNOWN", "NO", True),
    ],
)
def test_SC_04_a_deactivated_arm_is_out_only_where_known_not_convertible(
    deactivated, convertible, counts
):
    facts = an_arm(deactivated=Known[deactivated], convertible=Known[convertible])

    assert (scope.exclusion_of(facts) is None) is counts


def test_SC_05_an_administrative_seizure_is_out():
    facts = an_arm(justification=LegalJustification.ADMINISTRATIVE)

    assert scope.exclusion_of(facts) is Exclusion.ADMINISTRATIVE


def test_SC_05_a_found_arm_is_no_seizure_whatever_its_justification():
    facts = an_arm(
        recovery_kind=RecoveryKind.FOUND,
        justification=LegalJustification.ADMINISTRATIVE,
    )

    assert scope.exclusion_of(facts) is None


@pytest.mark.parametrize("kind", list(RecoveryKind))
def test_SC_09_a_second_entry_is_out_before_its_class_is_asked(kind):
    facts = an_arm(recovery_kind=kind, is_antique=True, is_second_entry=True)

    assert scope.exclusion_of(facts) is Exclusion.ENTERED_TWICE


@pytest.mark.parametrize(
    ("rule", "kind"),
    [("SC-06", "STATE_ARM"), ("SC-07", "OWNERS_ARM"), ("SC-08", "UNDECIDED")],
)
def test_SC_06_to_SC_08_an_arm_on_file_otherwise_is_out(rule, kind):
    reason = scope.exclusion_of(an_arm(recovery_kind=RecoveryKind[kind]))

    assert reason is Exclusion[kind]
    assert scope.RULE_OF[reason] == rule


def test_every_exclusion_has_its_rule():
    assert set(scope.RULE_OF) == set(Exclusion)
    assert len(set(scope.RULE_OF.values())) == len(Exclusion)
