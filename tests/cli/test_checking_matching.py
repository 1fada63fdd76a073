"""`armstrace check` tells whether probabilities of matching hold."""

import pytest

from armstrace.checking import matching
from armstrace.cli import main
from armstrace.recoveries.actions import tunings
from armstrace.registry.models import KeyStoreState
from tests import builders
from tests.cast import NOW, SYSTEM
from tests.recoveries.test_tunings import decided, use

pytestmark = pytest.mark.django_db


def told() -> dict[str, tuple[str, str]]:
    return {
        each.subject: (each.verdict, str(each.sentence))
        for each in matching.findings(NOW)
    }


def test_keys_that_an_earlier_release_made_are_a_warning():
    builders.key_store()
    KeyStoreState.objects.update(recipe=1)

    verdict, sentence = told()["keys"]

    assert (verdict, sentence) == (
        "warning",
        "Some arms lack keys by which they are searched now.",
    )


def test_too_few_decisions_are_said_and_prove_nothing():
    decided(5)

    verdict, sentence = told()["calibration"]

    assert verdict == "ok"
    assert sentence.startswith("5 candidates were decided")
    assert "50 are needed" in sentence


def test_probabilities_that_people_contradict_are_a_warning():
    decided()  # two of three that were stated as .99 are another arm

    assert told()["calibration"] == (
        "warning",
        "Over 90 decided candidates, what was stated and what people found differ "
        "by 65.7 % on average.",
    )


def test_probabilities_that_people_confirm_are_in_order():
    decided(same_of=1)

    assert told()["calibration"][0] == "ok"


def test_a_calibration_that_was_fitted_and_is_not_used_is_a_warning():
    decided()
    made = tunings.propose_calibration(by=SYSTEM, at=NOW)
    expected = f"Tuning {made.pk} was better in its replay and is not in use."

    assert told()["tuning"] == ("warning", expected)

    use(made)
    assert "tuning" not in told()


def test_a_verdict_is_printed_as_a_word(capsys):
    main.status_of(["check"])

    said = capsys.readouterr().out
    assert " ok " in said
    assert "[green]" not in said
