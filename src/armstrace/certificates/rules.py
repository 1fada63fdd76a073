"""Rules of certificates."""

from armstrace.vocabulary.certificates import CertificateState
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_of_reason
from armstrace.vocabulary.sources import Source

DESIGN = Source("design", "a certificate says what is on record")
TWO_PEOPLE = Source("design", "separation of duties")

REASONED = rule_of_reason("CF-01", Source("design", "an act has its reason"))
# The facts are the number of the licence, and whether it is in force on that day.
IN_FORCE = plain_rule(
    "CF-02",
    message(
        "Licence %(licence)s is not in force today, or ends before its certificate "
        "would, so it gets none; its page shows why."
    ),
    DESIGN,
)
# The facts are the subject, and whether none is there that holds on that last day.
ONE_AT_A_TIME = plain_rule(
    "CF-03",
    message(
        "There is a certificate of %(subject)s already, or one that waits; print it "
        "again, or revoke it first."
    ),
    DESIGN,
)

# The facts are who asked and who signs.
ANOTHER_SIGNS = Rule[tuple[str, str]](
    "CF-04",
    message("Whoever asked for a certificate may not sign it; ask a colleague."),
    TWO_PEOPLE,
    lambda facts: facts[0] != facts[1],
)

# The facts are the licence, who wrote it on record without an application, empty for
# none, and who asks for its certificate.
WRITTEN_BY_ANOTHER = Rule[tuple[str, str, str]](
    "CF-07",
    message(
        "You wrote licence %(licence)s on record yourself, without an application; "
        "let a colleague issue its certificate."
    ),
    TWO_PEOPLE,
    lambda facts: facts[1] != facts[2],
)

HAS_ROOM = plain_rule(
    "CF-05",
    message(
        "The number %(subject)s is too long for the code of a certificate; correct it."
    ),
    DESIGN,
)
# The facts are its state, and whether it is to be ended, not signed.
STILL_OPEN = Rule[tuple[CertificateState, bool]](
    "CF-06",
    message("This certificate is decided already; look at it again."),
    DESIGN,
    lambda facts: (
        facts[0] is CertificateState.WAITING
        or (facts[1] and facts[0] is CertificateState.ISSUED)
    ),
)
