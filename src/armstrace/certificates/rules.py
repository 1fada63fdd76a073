"""Rules of certificates."""

from armstrace.vocabulary.certificates import CertificateState
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source

BOOK = RuleBook(__name__)


REASONED = rule_of_reason("CF-01", Source("design", "an act has its reason"))
# The facts are the number of the licence, and whether it is in force on that day.
IN_FORCE = BOOK.plain("CF-02")
# The facts are the subject, and whether none is there that holds on that last day.
ONE_AT_A_TIME = BOOK.plain("CF-03")

# The facts are the number of the licence, and whether its holder still has that name.
NAMED_AS_NOW = BOOK.plain("CF-08")
# The facts are its number, and whether it is issued and says what is on record.
STILL_GOOD = BOOK.plain("CF-09")
# The facts are who asked and who signs.
ANOTHER_SIGNS: Rule[tuple[str, str]] = BOOK.rule(
    "CF-04", lambda facts: facts[0] != facts[1]
)

# The facts are the licence, who wrote it on record without an application, empty for
# none, and who asks for its certificate.
WRITTEN_BY_ANOTHER: Rule[tuple[str, str, str]] = BOOK.rule(
    "CF-07", lambda facts: facts[1] != facts[2]
)

HAS_ROOM = BOOK.plain("CF-05")
# The facts are its number, and whether its state is the one seen.
SEEN = rule_as_seen("CF-10")
# The facts are its state, and whether it is to be ended, not signed.
STILL_OPEN: Rule[tuple[CertificateState, bool]] = BOOK.rule(
    "CF-06",
    lambda facts: (
        facts[0] is CertificateState.WAITING
        or (facts[1] and facts[0] is CertificateState.ISSUED)
    ),
)
