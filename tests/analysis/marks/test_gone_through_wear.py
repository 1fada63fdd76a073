"""A number that is gone through wear was not erased."""

import pytest

from armstrace.analysis.marks.serials import read_serial
from armstrace.vocabulary.marks import SerialStatus


@pytest.mark.parametrize(
    "text",
    [
        "obliterated through wear",
        "obliterated, corroded",
        "effacé par la rouille, rouillé",
        "obliterado por desgaste natural",
        "apagado por oxidação",
    ],
)
def test_what_wear_took_is_worn(text):
    assert read_serial(text, "").status is SerialStatus.ILLEGIBLE


@pytest.mark.parametrize("text", ["obliterated", "obliterado", "effacé", "apagado"])
def test_what_is_gone_without_a_cause_is_erased(text):
    assert read_serial(text, "").status is SerialStatus.OBLITERATED


def test_a_tool_that_is_named_goes_before_wear():
    text = "raspado, com desgaste natural"

    assert read_serial(text, "").status is SerialStatus.OBLITERATED
