"""Rules of recoveries that need no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from armstrace.registry.same_arm import Arms, is_near
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule, RuleBook, rule_as_seen, rule_of_reason
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_reason
from armstrace.vocabulary.tracing import Judgement

BOOK = RuleBook(__name__)

RUN_ONCE = BOOK.plain("RC-04")
DESIGN = Source("design", "judgements")


type Reasoned = tuple[Judgement, str]
"""A judgement and its reason."""

REASONED_JUDGEMENT = Rule[Reasoned](
    "RC-02",
    lambda stated: (
        message("Taking a decision back needs a reason; write what changed.")
        if stated[0] is Judgement.WITHDRAWN
        else message("“Same” and “different” need a reason; write what decided it.")
    ),
    DESIGN,
    lambda stated: stated[0] is Judgement.UNSURE or is_reason(stated[1]),
)
TWO_RECOVERIES: Rule[tuple[int, int]] = BOOK.rule(
    "RC-03", lambda pair: pair[0] != pair[1]
)

type Standing = tuple[Judgement, str | None]
"""What is said now, and the code of what was said before; None where nothing was."""

STANDING_DECISION: Rule[Standing] = BOOK.rule(
    "RC-05",
    lambda said: (
        said[0] is not Judgement.WITHDRAWN
        or said[1] not in {None, Judgement.WITHDRAWN.value}
    ),
)

# The facts are the kind of item, and how many there are; None where nobody says it.
COUNTED: Rule[tuple[ItemKind, int | None]] = BOOK.rule(
    "RC-14",
    lambda told: (
        told[1] is None or told[1] == 1 or (told[1] > 1 and told[0] is not ItemKind.ARM)
    ),
    lambda told: {"quantity": str(told[1])},
)

# The facts are the recovery's number and whether its judgement is the one seen.
JUDGEMENT_SEEN = rule_as_seen("RC-10")

ONE_SAME = BOOK.plain("RC-13")


@dataclass(frozen=True, slots=True)
class Kinds:
    """What an item is on record as, and what it is stated as now."""

    number: str
    was: ItemKind
    now: ItemKind


ONE_KIND: Rule[Kinds] = BOOK.rule(
    "RC-01",
    lambda kinds: kinds.was is kinds.now,
    lambda kinds: {"number": kinds.number, "was": kinds.was, "kind": kinds.now},
)


def _may_be_one_arm(arms: Arms) -> bool:
    """Tell whether the later marks may be those of the arm that is on record."""
    (make, serial), (other, number) = arms.was, arms.now
    is_changed = make != other or not arms.is_same_day
    if not is_changed or not all((make, serial, other, number)):
        return True
    return serial in number or is_near(serial, number)


# Two files of one source may count their rows alike; neither replaces the other. Of
# make, serial number and day, a source corrects one, or a few signs of the number.
ONE_ARM: Rule[Arms] = BOOK.rule(
    "RC-09",
    _may_be_one_arm,
    lambda arms: {"number": arms.number, "make": arms.was[0], "serial": arms.was[1]},
)

SEEN = rule_as_seen("RC-08")
REASONED_ACT = rule_of_reason("RC-11", DESIGN)
NOT_TOLD_AGAIN = BOOK.plain("RC-12")


def texts_naming(person: str, texts: Mapping[str, str]) -> list[str]:
    """Give the names of the texts in which a person is named, in either order.

    A name of one word is passed over: it may be a make, or a place.

    Source:
        Directive (EU) 2016/680, art. 4, para. 1 (c): no more than is needed.
    """
    name = _words(person)
    ways = (name, name[::-1])

    def holds(words: list[str]) -> bool:
        spans = (words[n : n + len(name)] for n in range(len(words)))
        return any(span in ways for span in spans)

    return [each for each in texts if len(name) > 1 and holds(_words(texts[each]))]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
