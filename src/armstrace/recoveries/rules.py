"""Rules of recoveries that need no database."""

from dataclasses import dataclass

from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import RuleBroken
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.rules import Rule
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.texts import is_visible
from armstrace.vocabulary.tracing import Judgement

DESIGN = Source("design", "judgements")


def require_reasoned_judgement(judgement: Judgement, reason: str) -> None:
    """Refuse a judgement that gives no reason where one is needed.

    Raises:
        RuleBroken: ``RC-02``.

    Source:
        Rule of this design: a score selects, a person decides and says why.
    """
    if judgement is not Judgement.UNSURE and not is_visible(reason):
        msg = message(
            "“Same” and “different” are said with a reason; write what decided it."
        )
        if judgement is Judgement.WITHDRAWN:
            msg = message("A decision is taken back with a reason; write what changed.")
        raise RuleBroken("RC-02", msg, source=DESIGN)


def require_standing_decision(judgement: Judgement, standing: str | None) -> None:
    """Refuse to take back a decision where none stands.

    Args:
        judgement: What is said now.
        standing: Code of what was said before; None where nothing was.

    Raises:
        RuleBroken: ``RC-05``.

    Source:
        Rule of this design: what was decided can be taken back; it stays on record.
    """
    nothing = (None, Judgement.WITHDRAWN.value)
    if judgement is Judgement.WITHDRAWN and standing in nothing:
        msg = message(
            "Nothing is decided here, so nothing can be taken back; reload the page."
        )
        raise RuleBroken("RC-05", msg, source=DESIGN)


def require_two_recoveries(one: int, other: int) -> None:
    """Refuse to compare a recovery with itself.

    Raises:
        RuleBroken: ``RC-03``.

    Source:
        Rule of this design: a pair is two records.
    """
    if one == other:
        msg = message("A recovery is not compared with itself; name another one.")
        raise RuleBroken("RC-03", msg, source=DESIGN)


@dataclass(frozen=True, slots=True)
class Kinds:
    """What an item is on record as, and what it is stated as now."""

    number: str
    was: ItemKind
    now: ItemKind


ONE_KIND = Rule[Kinds](
    "RC-01",
    lambda kinds: message(
        "Number %(number)s is on record as %(was)s; an item stated as %(kind)s needs "
        "a number of its own.",
        number=kinds.number,
        was=kinds.was,
        kind=kinds.now,
    ),
    DESIGN,
    lambda kinds: kinds.was is kinds.now,
)

SEEN = Rule[bool](
    "RC-08",
    message(
        "Someone has corrected this record since you opened it; open it again and "
        "compare."
    ),
    DESIGN,
    bool,
)
"""The fact is whether the version that a person saw is the current one."""
