from dataclasses import dataclass

import pytest

from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source

pytestmark = pytest.mark.pure
DESIGN = Source("design")


@dataclass(frozen=True)
class Lent:
    book: str
    days: int


@pytest.mark.parametrize(
    ("said", "facts", "words"),
    [
        (
            "%(book)s is late by %(days)s days.",
            Lent("Emma", 3),
            "Emma is late by 3 days.",
        ),
        ("%(book)s is late by %(days)s.", ("Emma", 3, False), "Emma is late by 3."),
        ("There is no %(count)s.", "book", "There is no book."),
        ("Ask a %(role)s.", Role.AUDITOR, f"Ask a {Role.AUDITOR.label}."),
        ("It is late.", Lent("Emma", 3), "It is late."),
    ],
)
def test_the_facts_of_a_rule_fill_its_sentence(said, facts, words):
    rule = Rule("XX-01", message(said), DESIGN, lambda facts: not facts)

    with pytest.raises(RuleBroken) as refused:
        rule.require(facts)

    assert str(refused.value.message) == words


def test_the_facts_fill_the_sentence_that_a_rule_chooses():
    late, lost = message("%(book)s is late."), message("%(book)s is lost.")
    rule = Rule[Lent](
        "XX-01", lambda lent: late if lent.days < 9 else lost, DESIGN, lambda _: False
    )

    with pytest.raises(RuleBroken) as refused:
        rule.require(Lent("Emma", 30))

    assert str(refused.value.message) == "Emma is lost."
