"""An authorisation at each stage, and what an act on it may be told."""

from collections.abc import Callable, Mapping
from pathlib import Path

from armstrace.transfers.models import Authorisation
from armstrace.vocabulary.transfers import TransferAct, TransferStage
from tests.transfers import desk

SAID = {"reason": "known to us", "ground": "SECURITY"}


def restricted(folder: Path, act: TransferAct) -> Authorisation:
    made = desk.issued(folder)
    desk.decide(made, act, **desk.REFUSED)
    return made


def withdrawn(_folder: Path) -> Authorisation:
    made = desk.recorded()
    desk.decide(made, TransferAct.WITHDRAW, by=desk.CLERK, reason="no longer wanted")
    return made


MADE: Mapping[TransferStage, Callable[[Path], Authorisation]] = {
    TransferStage.OPEN: lambda _folder: desk.recorded(),
    TransferStage.ISSUED: desk.issued,
    TransferStage.REFUSED: lambda _folder: desk.refused(),
    TransferStage.WITHDRAWN: withdrawn,
    TransferStage.SUSPENDED: lambda folder: restricted(folder, TransferAct.SUSPEND),
    TransferStage.REVOKED: lambda folder: restricted(folder, TransferAct.REVOKE),
}
