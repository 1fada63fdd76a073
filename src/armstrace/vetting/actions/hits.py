"""Say whether a subject and an entry of a list are the same; nothing is merged."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.records import closing, lengths
from armstrace.vetting import rules
from armstrace.vetting.models import Hit
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.vetting import Examined


def judge_hit(
    *,
    hit_id: int,
    examined: Examined,
    reason: str,
    by: Actor,
    at: datetime,
) -> Hit:
    """Judge a hit, or take a judgement back; a score alone decides nothing.

    The judgement holds while the entry and the name stay as they are.

    Args:
        hit_id: The state of the hit that was looked at.
        examined: ``WAITING`` takes back what was judged.

    Raises:
        RuleBroken: ``VE-04``, no reason; ``VE-05``, it has changed since.

    Source:
        Rule of this design: a judgement, with a reason, reversible.
    """
    by.require("hit.judge")
    was = Hit.objects.get_visible(hit_id, by)
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("hit.judged", by=by, at=at) as entry:
        now = Hit.objects.current().select_for_update().filter(pk=hit_id).first()
        rules.HIT_STANDS.require((was.subject, now is not None))
        made = was.next_version(
            examined=examined.value,
            examined_by=by.name,
            reason=reason.strip(),
        )
        return closing.succeed(was, made, entry, examined=examined.value)
