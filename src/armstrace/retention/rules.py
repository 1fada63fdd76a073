"""Rules of legal holds and of erasure."""

from datetime import date

from armstrace.vocabulary.rules import Rule, RuleBook, rule_of_reason
from armstrace.vocabulary.sources import Source

BOOK = RuleBook(__name__)

LAW = Source("protocol", "art. 7")
MOST = 1000
"""Records that one erasure names at most."""

REASONED = rule_of_reason("ER-01", Source("design", "an act has its reason"))
DUE: Rule[tuple[str, ...]] = BOOK.rule(
    "ER-02", lambda kept: not kept, lambda kept: {"numbers": kept[:20]}
)
"""The facts are the records that may not go."""

SOMETHING: Rule[int] = BOOK.rule("ER-03", lambda records: 0 < records <= MOST)
ANOTHER_DECIDES: Rule[tuple[str, str]] = BOOK.rule(
    "ER-04", lambda facts: facts[0] != facts[1]
)
"""The facts are who proposed it and who decides."""

UNDECIDED = BOOK.plain("ER-05")
FREE = BOOK.plain("ER-06")
# The facts are who placed a hold, and who lifts it.
ANOTHER_LIFTS: Rule[tuple[str, str]] = BOOK.rule(
    "ER-11", lambda facts: facts[0] != facts[1]
)
STANDS = BOOK.plain("ER-07")
REVIEWED: Rule[tuple[date, date]] = BOOK.rule(
    "ER-08", lambda facts: facts[0] > facts[1]
)
"""The facts are the day of the review and today."""

SAME_RECORD = BOOK.plain("ER-09")
FREE_TO_REPEAT = BOOK.plain("ER-10")
