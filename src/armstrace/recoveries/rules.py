"""Rules of recoveries that need no database."""

from armstrace.vocabulary.errors import InvalidInput, RuleBroken
from armstrace.vocabulary.sources import Source
from armstrace.vocabulary.tracing import Judgement

DESIGN = Source("design", "judgements")


def require_reasoned_judgement(judgement: Judgement, reason: str) -> None:
    """Refuse a judgement that gives no reason where one is needed.

    Raises:
        RuleBroken: ``RC-02``.

    Source:
        Rule of this design: a score selects, a person decides and says why.
    """
    if judgement is not Judgement.UNSURE and not reason.strip():
        msg = "“Same” and “different” are said with a reason; write what decided it."
        raise RuleBroken("RC-02", msg, source=DESIGN)


def require_two_recoveries(one: int, other: int) -> None:
    """Refuse to compare a recovery with itself.

    Raises:
        RuleBroken: ``RC-03``.

    Source:
        Rule of this design: a pair is two records.
    """
    if one == other:
        msg = "A recovery is not compared with itself; name another one."
        raise RuleBroken("RC-03", msg, source=DESIGN)


def require_reasoned_correction(reason: str) -> None:
    """Refuse a correction without a reason.

    Raises:
        InvalidInput: The reason is empty.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    if not reason.strip():
        msg = "A correction needs a reason; write why the record changes."
        raise InvalidInput(msg, field="reason")
