"""Decide whether a mark is shared with the international network."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.audit import ledger
from armstrace.ballistics import lengths, rules
from armstrace.ballistics.models import BallisticMark, SharingDecision, no_such_mark
from armstrace.records import closing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import SharingStanding
from armstrace.vocabulary.errors import NotFound


@dataclass(frozen=True, slots=True)
class StatedSharing:
    """A decision on sharing."""

    mark_id: int
    standing: SharingStanding
    reason: str
    # Codes of the criteria that are met, a person's own answers too.
    criteria: tuple[str, ...] = ()
    edition: str = ""


def decide_sharing(
    *, stated: StatedSharing, by: Actor, at: datetime
) -> SharingDecision:
    """Record a decision on sharing a mark abroad; nothing leaves by itself.

    Raises:
        InvalidInput: No reason is given.

    Source:
        Background paper (2018), para. 61; criteria in
        ``analysis/ballistics/data/sharing.toml``.
    """
    by.require("ballistics.share")
    rules.require_reasoned(stated.reason)
    lengths.require(reason=stated.reason)
    if not BallisticMark.objects.filter(pk=stated.mark_id).exists():
        raise NotFound(no_such_mark(stated.mark_id))
    with ledger.entry("ballistics.sharing_decided", by=by, at=at) as entry:
        old = SharingDecision.objects.current().filter(mark_id=stated.mark_id)
        closing.close(old, at, entry)
        return closing.keep(
            SharingDecision,
            entry,
            noted=["standing"],
            mark_id=stated.mark_id,
            standing=stated.standing.value,
            criteria=list(stated.criteria),
            edition=stated.edition,
            decided_by=by.name,
            reason=stated.reason,
        )
