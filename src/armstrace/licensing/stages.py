"""Which act leads from which stage to which; every other pair is refused."""

from collections.abc import Mapping

from armstrace.vocabulary.licensing import UNDECIDED, LicenceAct, LicenceStage, Turn
from armstrace.vocabulary.stages import Move

APPLY, ASSESS, DECIDE = "licence.apply", "licence.assess", "licence.decide"
IN_FORCE = (LicenceStage.ISSUED, LicenceStage.SUSPENDED)
MOVES: Mapping[LicenceAct, Move[LicenceStage]] = {
    LicenceAct.CHANGE: Move((LicenceStage.DRAFT, *UNDECIDED[:1]), None, APPLY),
    LicenceAct.ATTACH: Move((LicenceStage.DRAFT, *UNDECIDED), None, APPLY),
    LicenceAct.SEND: Move((LicenceStage.DRAFT,), LicenceStage.RECEIVED, APPLY),
    LicenceAct.WITHDRAW: Move(
        (LicenceStage.DRAFT, *UNDECIDED, LicenceStage.DECIDED),
        LicenceStage.WITHDRAWN,
        APPLY,
    ),
    LicenceAct.ACCEPT: Move((LicenceStage.RECEIVED,), LicenceStage.COMPLETE, ASSESS),
    LicenceAct.ASK: Move(UNDECIDED, None, ASSESS),
    LicenceAct.ANSWER: Move(UNDECIDED, None, APPLY),
    LicenceAct.VET: Move((LicenceStage.COMPLETE,), LicenceStage.IN_VETTING, ASSESS),
    LicenceAct.HEAR: Move((LicenceStage.IN_VETTING,), None, ASSESS),
    LicenceAct.PROPOSE: Move(
        (LicenceStage.IN_VETTING, LicenceStage.ADVISED), LicenceStage.ADVISED, ASSESS
    ),
    LicenceAct.DECIDE: Move((LicenceStage.ADVISED,), LicenceStage.DECIDED, DECIDE),
    LicenceAct.ISSUE: Move((LicenceStage.DECIDED,), LicenceStage.ISSUED, ASSESS),
    LicenceAct.REFUSE: Move((LicenceStage.DECIDED,), LicenceStage.REFUSED, ASSESS),
    LicenceAct.APPEAL: Move((LicenceStage.REFUSED,), LicenceStage.APPEALED, APPLY),
    LicenceAct.UPHOLD: Move((LicenceStage.APPEALED,), LicenceStage.REFUSED, DECIDE),
    LicenceAct.OVERTURN: Move((LicenceStage.APPEALED,), LicenceStage.ADVISED, DECIDE),
    LicenceAct.SUSPEND: Move((LicenceStage.ISSUED,), LicenceStage.SUSPENDED, DECIDE),
    LicenceAct.REINSTATE: Move((LicenceStage.SUSPENDED,), LicenceStage.ISSUED, DECIDE),
    LicenceAct.REVOKE: Move(IN_FORCE, LicenceStage.REVOKED, DECIDE),
    LicenceAct.RENEW: Move(
        (LicenceStage.ISSUED, LicenceStage.EXPIRED), LicenceStage.ISSUED, APPLY
    ),
    LicenceAct.VARY: Move((LicenceStage.ISSUED,), LicenceStage.ISSUED, APPLY),
}
"""A licence expires by its date and not by an act: no row leads to ``EXPIRED``."""

OF_LICENCES = frozenset(
    {LicenceAct.SUSPEND, LicenceAct.REINSTATE, LicenceAct.REVOKE}
    | {LicenceAct.RENEW, LicenceAct.VARY}
)
"""Acts on a licence, not on the application that led to it."""

TURNS: Mapping[LicenceStage, Turn] = {
    LicenceStage.DRAFT: Turn.APPLICANT,
    LicenceStage.RECEIVED: Turn.ASSESSOR,
    LicenceStage.COMPLETE: Turn.ASSESSOR,
    LicenceStage.IN_VETTING: Turn.ASSESSOR,
    LicenceStage.ADVISED: Turn.DECIDER,
    LicenceStage.DECIDED: Turn.ASSESSOR,
    LicenceStage.APPEALED: Turn.DECIDER,
}


def turn_of(stage: LicenceStage, *, has_question: bool, is_unheard: bool) -> Turn:
    """Say whose turn it is.

    Args:
        has_question: Whether a question is not answered yet.
        is_unheard: Whether a department has not given its advice yet.
    """
    if has_question:
        return Turn.APPLICANT
    if stage is LicenceStage.IN_VETTING and is_unheard:
        return Turn.DEPARTMENTS
    return TURNS.get(stage, Turn.NOBODY)
