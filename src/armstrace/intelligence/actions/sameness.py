"""Say whether two records mean one and the same; nothing is ever merged."""

from datetime import datetime

from armstrace.analysis.names.comparison import Score
from armstrace.audit import ledger
from armstrace.intelligence import ends, rules
from armstrace.intelligence.models import OPENED_BY, SamenessJudgement
from armstrace.records import closing, lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.intelligence import Sameness
from armstrace.vocabulary.networks import HandlingCode


def judge_sameness(  # noqa: PLR0913 -- who, when and why beside the two records
    *,
    first: str,
    second: str,
    judgement: Sameness,
    reason: str,
    shown: Score | None = None,
    handling: HandlingCode = HandlingCode.H0,
    by: Actor,
    at: datetime,
) -> SamenessJudgement:
    """Judge whether two records are of one person or thing, or take that back.

    Args:
        second: Number of a subject of the same kind, of a holder, or of a recovery,
            which stands for the person that the arm was taken from.
        judgement: The same, different, cannot tell, or taken back.
        shown: How near the names were; None where nothing was compared.
        handling: What is let be done with the judgement.

    Raises:
        NotPermitted: ``by`` may not judge, or could not see it by its handling code.
        InvalidInput: A record is unknown here.
        RuleBroken: ``LP-06``, both are one record; ``LP-09``, no reason; ``LP-12``,
            they are of different things; ``LP-20``, one was withdrawn.

    Source:
        Rule of this design: a judgement, graded, with a reason, reversible; decision 8.
    """
    by.require("intelligence.judge", agency=by.agency)
    by.require(OPENED_BY[handling], agency=by.agency)
    lengths.require_reason(rules.REASONED, reason)
    found = [
        ends.find_end(text, by=by, field=field)
        for text, field in ((first, "first"), (second, "second"))
    ]
    for number, is_in_use in found:
        is_open = is_in_use or judgement is Sameness.WITHDRAWN
        rules.ONLY_TAKEN_BACK.require((number, is_open))
    pair = [number for number, _ in found]
    rules.TWO_RECORDS.require((pair[0], pair[1]))
    kinds = frozenset(filter(None, map(ends.kind_of, pair)))
    rules.COMPARABLE.require(rules.Pair(pair[0], pair[1], kinds))
    one, other = sorted(pair)
    with ledger.entry("sameness.judged", by=by, at=at) as entry:
        # A unit ends its own judgement alone: what another one said stands beside it.
        current = SamenessJudgement.objects.select_for_update().filter(
            superseded_at=None, first=one, second=other, agency=by.agency
        )
        made = SamenessJudgement(
            first=one,
            second=other,
            judgement=judgement.value,
            score=shown.score if shown else None,
            why=[each.to_json() for each in shown.explanation] if shown else [],
            judged_by=by.name,
            agency=by.agency,
            handling=handling.value,
            reason=reason.strip(),
        )
        return closing.succeed(current.first(), made, entry, judgement=judgement.value)
