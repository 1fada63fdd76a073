"""A reason is something that can be read."""

import re
from pathlib import Path

import pytest

from armstrace.ballistics import rules as ballistics
from armstrace.indicators import rules as indicators
from armstrace.records import rules as records
from armstrace.recoveries import rules as recoveries
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.texts import is_reason, is_visible
from armstrace.vocabulary.tracing import Judgement

pytestmark = pytest.mark.pure
SOURCES = Path(records.__file__).parents[1]
NOTHING_SAID = [".", "-", "123", "?!", "👍", "aaa", "Nothing.", "n/a", "لا شيء"]
NO_WORD = ["x", "\u200bx", "no", "asdf", "QWERTY", "lkj", "شسيب", "图图图"]
BLANKS = ["", " \t\n", "\u200b", "\u2060\ufeff", "\u00ad", "\u3164", "\u2800", "\u180e"]
REASONS = [
    records.REASONED,
    ballistics.CONCLUDED_WITH_REASON,
    ballistics.REMOVED_WITH_REASON,
    indicators.WITHDRAWAL_HAS_REASON,
]


@pytest.mark.parametrize("text", [*BLANKS, *NOTHING_SAID, *NO_WORD])
@pytest.mark.parametrize("rule", REASONS)
def test_RS_01_what_says_nothing_is_no_reason(rule, text: str) -> None:
    assert not rule.holds(text)


@pytest.mark.parametrize("text", [*BLANKS, *NOTHING_SAID, *NO_WORD])
def test_RC_02_a_judgement_needs_a_reason_that_can_be_read(text: str) -> None:
    with pytest.raises(RuleBroken, match="need a reason"):
        recoveries.REASONED_JUDGEMENT.require((Judgement.SAME, text))


@pytest.mark.parametrize("text", ["typo", "صورة", "图", "2026/118 court", "error"])
def test_a_word_of_any_script_is_a_reason(text: str) -> None:
    assert is_reason(text)


@pytest.mark.parametrize("text", ["x", "?", "👍", "12"])
def test_any_sign_can_be_seen(text: str) -> None:
    assert is_visible(text)


def test_no_rule_of_its_own_tells_a_reason_from_nothing() -> None:
    own = re.compile(r"(?:\b(?:not|and)\s+|bool\()[\w.]*(?:reason|why)\.strip\(\)")

    found = [
        str(path)
        for path in SOURCES.rglob("*.py")
        if own.search(path.read_text(encoding="utf-8"))
    ]

    assert found == []
