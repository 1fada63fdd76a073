"""Whether marks are proposed for sharing abroad, and what was decided."""

from dataclasses import dataclass
from datetime import date

from armstrace.accounts.models import Agency
from armstrace.analysis.ballistics import sharing
from armstrace.analysis.ballistics.sharing import Facts, Proposal
from armstrace.ballistics.access import TABLES
from armstrace.ballistics.models import SharingDecision
from armstrace.ballistics.queries import marks
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import SharingStanding


@dataclass(frozen=True, slots=True)
class SharingShown:
    """The proposal for a mark and the decision that stands, if any."""

    proposal: Proposal
    decision: SharingDecision | None

    @property
    def standing(self) -> SharingStanding | None:
        """What was decided."""
        return SharingStanding(self.decision.standing) if self.decision else None


def sharing_of_mark(mark_id: int, *, viewer: Actor, on: date) -> SharingShown:
    """Hold a mark's recovery against the criteria for sharing abroad.

    Args:
        on: The day whose criteria count.
    """
    row = marks.mark_row(mark_id, viewer=viewer)
    facts = Facts() if row.recovery_id is None else _facts(row.recovery_id)
    decided = SharingDecision.objects.current().filter(mark_id=mark_id).first()
    return SharingShown(sharing.proposal(facts, on), decided)


def _facts(recovery_id: int) -> Facts:
    for table in TABLES:
        record = table.objects.current().filter(recovery_id=recovery_id).first()
        if record is not None:
            break
    else:
        return Facts()
    kind = Agency.objects.filter(code=record.agency).values_list("kind", flat=True)
    case = RecoveryRecord.objects.current().filter(
        case_number=record.case_number, agency=record.agency
    )
    return Facts(
        place_kind=record.place_kind,
        agency_kind=kind.first() or "",
        contexts=frozenset(record.criminal_contexts),
        arms_in_case=case.count() if record.case_number else 0,
    )
