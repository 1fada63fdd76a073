"""Rules of vetting, of hits and of the register of refusals."""

from datetime import date

from armstrace.vetting.inputs import RefusalInput
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason, is_visible
from armstrace.vocabulary.vetting import Duration, VettingAnswer

BOOK = RuleBook(__name__)

PERSONS_JUDGE = Source("design", "a score proposes, a person decides")

FEW = 20
"""A list of fewer entries may lose most of them at once."""

NAMED: Rule[str] = BOOK.rule("VE-01", is_visible)
LIST_NAMED: Rule[str] = BOOK.rule("VE-11", is_visible)
# The facts are the name of the list that is loaded from a file.
NOT_RESERVED = BOOK.plain("VE-17")
KEEPS_HALF: Rule[tuple[int, str, int]] = BOOK.rule(
    "VE-10",
    lambda facts: facts[0] < FEW or 2 * facts[2] >= facts[0],
    lambda facts: dict(zip(("known", "name", "stay"), facts, strict=True)),
)
"""The facts are a list's entries, its name, and how many of them the file has."""

OTHER_ANSWERS: Rule[tuple[str, str]] = BOOK.rule(
    "VE-02", lambda facts: facts[0] != facts[1]
)
"""The facts are who asked and who answers."""


# The facts are the subject, and the request that waits; empty where none does.
ASKED_ONCE: Rule[tuple[str, str]] = BOOK.rule("VE-13", lambda facts: not facts[1])


# The facts are the subject, the name, and whether it is one that the record gave, or
# may be another's.
ON_RECORD = BOOK.plain("VE-16")


# The facts are how long an answer holds, the last day that the law lets it, and today.
HOLDS_UNTIL: Rule[tuple[date, date | None, date]] = BOOK.rule(
    "VE-03",
    lambda facts: facts[2] < facts[0] <= (facts[1] or date.max),
    lambda facts: {"until": facts[0], "last": facts[1] or "—"},
)
REASONED = rule_of_reason("VE-04", PERSONS_JUDGE)


# The facts are the hits of the subject that nobody found to be of somebody else, who it
# is, the answer, and the reason given.
CLEAR_OF_HITS: Rule[tuple[int, str, VettingAnswer, str]] = BOOK.rule(
    "VE-14",
    lambda facts: (
        not facts[0] or facts[2] is not VettingAnswer.CLEAR or is_reason(facts[3])
    ),
    lambda facts: {"count": facts[0], "subject": facts[1]},
)
# The facts are the number of an adverse answer's request, the answer and the reason.
CLEAR_OF_ADVERSE: Rule[tuple[str, VettingAnswer, str]] = BOOK.rule(
    "VE-15",
    lambda facts: (
        not facts[0] or facts[1] is not VettingAnswer.CLEAR or is_reason(facts[2])
    ),
    lambda facts: {"number": facts[0]},
)
HIT_STANDS = BOOK.plain("VE-05")
"""The facts are the subject and whether the state that was seen still stands."""

SAYS_WHO: Rule[RefusalInput] = BOOK.rule(
    "VE-06", lambda told: is_visible(told.name) and is_visible(told.authority)
)
SEEN = rule_as_seen("VE-12")
SAYS_WHEN: Rule[tuple[RefusalInput, date]] = BOOK.rule(
    "VE-07",
    lambda facts: all(
        facts[0].decided_on <= (day or facts[0].decided_on) <= facts[1]
        for day in (None, facts[0].confirmed_on, facts[0].revoked_on)
    ),
)
"""The facts are the refusal and today."""

SAYS_END: Rule[RefusalInput] = BOOK.rule(
    "VE-08",
    lambda told: (
        told.ends_on > told.decided_on
        if told.ends_on is not None and told.duration is Duration.FIXED_END
        else (told.ends_on is None) == (told.duration is not Duration.FIXED_END)
    ),
)
CHECK_ONCE: Rule[bool] = BOOK.rule("VE-09", lambda is_mine: is_mine)
"""The fact is whether this process still runs the check."""
