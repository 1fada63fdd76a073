"""Suspend, reinstate and revoke licences, whoever issued them."""

from datetime import datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.licensing import rules, standing, terms
from armstrace.licensing.models import LicenceTerms
from armstrace.licensing.stages import MOVES
from armstrace.records import lengths
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import GroundClass, LicenceAct, Restriction

ENTRIES = {
    Restriction.SUSPEND: "licence.suspended",
    Restriction.REINSTATE: "licence.reinstated",
    Restriction.REVOKE: "licence.revoked",
}


def restrict_licence(
    *,
    number: str,
    act: Restriction,
    reason: str,
    ground: GroundClass | None = None,
    by: Actor,
    at: datetime,
) -> LicenceTerms:
    """Suspend, reinstate or revoke a licence; it holds from this moment.

    Args:
        ground: Class of ground; None where it is reinstated.

    Raises:
        RuleBroken: ``LI-01``, its status is for other acts; ``LI-07``, the ground
            class is missing or too much; ``LI-14``, no reason; ``LI-20``, who
            suspended it does not reinstate it.

    Source:
        Background paper (2018), para. 30 (suspension and withdrawal of licences).
    """
    by.require("licence.decide")
    lengths.require_reason(rules.REASONED, reason)
    is_in_force = act is Restriction.REINSTATE
    rules.GROUNDED.require(rules.Verdict(is_in_force, ground, None, None))
    with ledger.entry(ENTRIES[act], by=by, at=at) as entry:
        held = terms.lock(number)
        stage = standing.stage_of(held.licence, held.terms, timezone.localdate(at))
        rules.STAGED.require((number, stage, LicenceAct(act)))
        suspended_by = held.terms.decided_by if is_in_force and held.terms else ""
        rules.ANOTHER_REINSTATES.require((number, by.name != suspended_by))
        return terms.say_anew(
            entry,
            number=number,
            stage=MOVES[LicenceAct(act)].to,
            ground=ground or "",
            reason=reason.strip(),
            decided_by=by.name,
        )
