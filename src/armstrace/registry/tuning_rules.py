"""What the tuning of matching has to keep."""

from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason

TUNING = Source("design", "tuning of matching")

REASONED_TUNING = Rule[str](
    "MT-01",
    message("A change of matching needs a reason; write what decided it."),
    TUNING,
    is_reason,
)
BETTER_REPLAY = Rule[bool](
    "MT-02",
    message(
        "On the cases that were kept back this tuning was no better than what is in "
        "use; propose another one when more cases are decided."
    ),
    TUNING,
    bool,
)

type Rates = tuple[str, str]
"""The rates that a tuning was made for, and those in use."""

SAME_RATES = Rule[Rates](
    "MT-03",
    message("It was made for rates %(made)s, and %(used)s is in use; make it again."),
    TUNING,
    lambda rates: rates[0] == rates[1],
)

type Replayed = tuple[int, int]
"""Decided cases in a replay, and the fewest that say something."""

REPLAYED = Rule[Replayed](
    "MT-05",
    message(
        "Decided cases in the replay: %(cases)s; needed: %(needed)s. Decide on more "
        "candidates and propose it again."
    ),
    TUNING,
    lambda counted: counted[0] >= counted[1],
)
