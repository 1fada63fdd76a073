"""Which act on an authorisation leads from which stage to which."""

from collections.abc import Mapping
from dataclasses import dataclass

from armstrace.vocabulary.transfers import TransferAct, TransferStage


@dataclass(frozen=True, slots=True)
class Move:
    """From where an act leads, and to where."""

    sources: tuple[TransferStage, ...]
    # The next stage; None where it stays as it is.
    to: TransferStage | None
    # Line of the policy that opens the act.
    grant: str


RECORD, DECIDE = "transfer.record", "transfer.decide"
OPEN, ISSUED = (TransferStage.OPEN,), (TransferStage.ISSUED,)
HELD = (TransferStage.ISSUED, TransferStage.SUSPENDED)
MOVES: Mapping[TransferAct, Move] = {
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
}
