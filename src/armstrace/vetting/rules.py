"""Rules of vetting, of hits and of the register of refusals."""

from datetime import date

from armstrace.vetting.inputs import RefusalInput
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible
from armstrace.vocabulary.vetting import Duration

VETTING = Source("paper-2018", "¶33, 38")
APART = Source("design", "who asks for vetting does not answer")
PERSONS_JUDGE = Source("design", "a score proposes, a person decides")
REFUSALS = Source("eu-2021-1423", "art. 3(1)")

FEW = 20
"""A list of fewer entries may lose most of them at once."""

NAMED = Rule[str](
    "VE-01",
    "A person who is vetted has a name; write it.",
    VETTING,
    is_visible,
)
LIST_NAMED = Rule[str](
    "VE-11",
    "A list has a name, by which its next version is known; write it.",
    VETTING,
    is_visible,
)
KEEPS_HALF = Rule[tuple[int, str, int]](
    "VE-10",
    "Of %(known)s entries of “%(name)s” this file holds %(stay)s; it looks like "
    "another list, or a part of one. Load it under another name.",
    PERSONS_JUDGE,
    lambda facts: facts[0] < FEW or 2 * facts[2] >= facts[0],
)
"""The facts are a list's entries, its name, and how many of them the file has."""

OTHER_ANSWERS = Rule[tuple[str, str]](
    "VE-02",
    "Whoever asked for vetting does not answer; let a colleague answer.",
    APART,
    lambda facts: facts[0] != facts[1],
)
"""The facts are who asked and who answers."""


# The facts are the subject, and the request that waits; empty where none does.
ASKED_ONCE = Rule[tuple[str, str]](
    "VE-13",
    "The vetting of %(subject)s is asked for already and waits for its answer "
    "(%(number)s); wait for it.",
    VETTING,
    lambda facts: not facts[1],
)


# The facts are how long an answer holds, the last day that the law lets it, and today.
HOLDS_UNTIL = Rule[tuple[date, date | None, date]](
    "VE-03",
    lambda facts: message(
        "The answer would hold until %(until)s; choose a day after today and, where a "
        "last one is set, not after it (%(last)s).",
        until=facts[0],
        last=facts[1] or "—",
    ),
    VETTING,
    lambda facts: facts[2] < facts[0] <= (facts[1] or date.max),
)
REASONED = rule_of_reason("VE-04", PERSONS_JUDGE)
HIT_STANDS = plain_rule(
    "VE-05",
    "The entry, or the name of %(subject)s, has changed since this page was "
    "opened, or somebody judged it; nothing was saved. Look at it again.",
    PERSONS_JUDGE,
)
"""The facts are the subject and whether the state that was seen still stands."""

SAYS_WHO = Rule[RefusalInput](
    "VE-06",
    "A refusal names the person and who decided; write both.",
    REFUSALS,
    lambda told: is_visible(told.name) and is_visible(told.authority),
)
SEEN = rule_as_seen("VE-12")
SAYS_WHEN = Rule[tuple[RefusalInput, date]](
    "VE-07",
    "The days do not fit: decision, review and revocation are not in the future, "
    "and nothing comes before the decision. Correct them.",
    REFUSALS,
    lambda facts: all(
        facts[0].decided_on <= (day or facts[0].decided_on) <= facts[1]
        for day in (None, facts[0].confirmed_on, facts[0].revoked_on)
    ),
)
"""The facts are the refusal and today."""

SAYS_END = Rule[RefusalInput](
    "VE-08",
    "A refusal until a fixed day has that day, after the decision; another one has "
    "none. Correct the end.",
    REFUSALS,
    lambda told: (
        told.ends_on > told.decided_on
        if told.ends_on is not None and told.duration is Duration.FIXED_END
        else (told.ends_on is None) == (told.duration is not Duration.FIXED_END)
    ),
)
CHECK_ONCE = Rule[bool](
    "VE-09",
    "Another process is already checking this list; wait until it has finished.",
    PERSONS_JUDGE,
    lambda is_mine: is_mine,
)
"""The fact is whether this process still runs the check."""
