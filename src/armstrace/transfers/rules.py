"""Rules of transfers that need no database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from armstrace.licensing.checking import Missing
from armstrace.transfers.stages import MOVES
from armstrace.vocabulary.messages import Message, join, message
from armstrace.vocabulary.rules import Rule, plain_rule, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason
from armstrace.vocabulary.transfers import TransferAct, TransferStage

ARTICLE_10 = Source("protocol", "art. 10")
DESIGN = Source("design", "a transfer is decided by another than who recorded it")

STAGED = Rule[tuple[str, TransferStage, TransferAct]](
    "TX-01",
    lambda told: message(
        "%(number)s is “%(stage)s”, and the act “%(act)s” is for: %(stages)s; its page "
        "shows what may be done now.",
        number=told[0],
        stage=told[1],
        act=told[2],
        stages=MOVES[told[2]].sources,
    ),
    ARTICLE_10,
    lambda told: told[1] in MOVES[told[2]].sources,
)
"""The facts are a number, the stage that stands, and the act."""

NOTHING_BLOCKS = Rule[Collection[Missing]](
    "TX-02",
    lambda found: join(
        [message("A duty of the law is not met; mend it first."), *_lines(found)]
    ),
    ARTICLE_10,
    lambda found: not any(each.blocks for each in found),
)
REASONED_WARNINGS = Rule[tuple[Collection[Missing], str]](
    "TX-03",
    lambda told: join(
        [
            message("Something is missing; mend it, or write why it goes on."),
            *_lines(told[0]),
        ]
    ),
    ARTICLE_10,
    lambda told: not told[0] or is_reason(told[1]),
)
"""The facts are what is missing, and the reason why it goes on nevertheless."""

AS_SEEN = rule_as_seen("TX-04")
ANOTHER_DECIDES = Rule[tuple[str, Collection[str]]](
    "TX-05",
    message(
        "You recorded this authorisation or its documents yourself; somebody else with "
        "the same right decides."
    ),
    DESIGN,
    lambda told: told[0] not in told[1],
)
"""The facts are who decides, and who worked on it."""

GROUNDED = plain_rule(
    "TX-06",
    message(
        "A refusal, a suspension or a revocation has its class of ground; choose one."
    ),
    ARTICLE_10,
)
REASONED = rule_of_reason("TX-07", ARTICLE_10)


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an authorisation that is issued."""

    today: date
    issued_on: date
    # None where nobody says; a provision asks for it where there is one.
    valid_until: date | None


DATED = Rule[Days](
    "TX-08",
    message(
        "An authorisation is not issued before the day that it bears, nor after its "
        "last day; correct the days."
    ),
    ARTICLE_10,
    lambda told: (
        told.issued_on <= told.today
        and (told.valid_until is None or told.today <= told.valid_until)
    ),
)
FREE_NUMBER = plain_rule(
    "TX-09",
    message(
        "The number %(number)s is another authorisation’s already; correct it, or "
        "leave it empty and the system gives one."
    ),
    Source("design", "a number on paper leads to one record"),
)
COUNTRY = plain_rule(
    "TX-10",
    message("There is no country %(code)s; write its two letters, as in “FR, BE”."),
    Source("design", "countries by ISO 3166-1"),
)


def _lines(found: Collection[Missing]) -> list[Message]:
    return [
        message("%(code)s: %(said)s", code=each.code, said=each.said) for each in found
    ]
