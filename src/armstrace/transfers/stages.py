"""Which act on an authorisation leads from which stage to which."""

from collections.abc import Collection, Mapping

from armstrace.vocabulary.stages import Move
from armstrace.vocabulary.transfers import Step, TransferAct, TransferStage

RECORD, DECIDE = "transfer.record", "transfer.decide"
OPEN, ISSUED = (TransferStage.OPEN,), (TransferStage.ISSUED,)
HELD = (TransferStage.ISSUED, TransferStage.SUSPENDED)
MOVES: Mapping[TransferAct, Move[TransferStage]] = {
    TransferAct.CHANGE: Move(OPEN, None, RECORD),
    TransferAct.GOODS: Move(OPEN, None, RECORD),
    TransferAct.ATTACH: Move((*OPEN, *HELD), None, RECORD),
    TransferAct.REMOVE: Move((*OPEN, *HELD), None, RECORD),
    TransferAct.ISSUE: Move(OPEN, TransferStage.ISSUED, DECIDE),
    TransferAct.REFUSE: Move(OPEN, TransferStage.REFUSED, DECIDE),
    TransferAct.WITHDRAW: Move(OPEN, TransferStage.WITHDRAWN, RECORD),
    TransferAct.SUSPEND: Move(ISSUED, TransferStage.SUSPENDED, DECIDE),
    TransferAct.REINSTATE: Move(
        (TransferStage.SUSPENDED,), TransferStage.ISSUED, DECIDE
    ),
    TransferAct.REVOKE: Move(HELD, TransferStage.REVOKED, DECIDE),
    TransferAct.AGREE: Move(HELD, None, DECIDE),
}


ON_THE_WAY = frozenset({Step.ENTERED, Step.LEFT, Step.ARRIVED, Step.DIVERTED})
ASKED = frozenset({Step.CUSTOMS_ASKED, Step.STATE_ASKED})


def following(
    taken: Collection[Step], *, is_off: bool = False, is_lead: bool = False
) -> frozenset[Step]:
    """Give the steps that may follow those of a consignment that has left.

    Args:
        is_off: Whether it was where its authorisation does not lead.
        is_lead: Whether it went astray and no case has followed since.
    """
    done = {*taken}
    if not done & {Step.DEPARTED}:
        return frozenset()
    may = {Step.RETURNED} - done
    if Step.ARRIVED not in done and Step.RETURNED not in done:
        may |= ON_THE_WAY
    if Step.ARRIVED in done:
        may |= {Step.DIVERTED}
    if is_off or done & {Step.ARRIVED, Step.RECEIPT}:
        may |= {Step.SETTLED}
    if is_lead:
        may |= {Step.CASE}
    if not done & {Step.RECEIPT, Step.UNCONFIRMED}:
        may |= {Step.RECEIPT, Step.CUSTOMS_ASKED}
        may |= {Step.STATE_ASKED} if Step.CUSTOMS_ASKED in done else set()
        may |= {Step.UNCONFIRMED} if Step.STATE_ASKED in done else set()
    return frozenset(may - (ASKED & done))
