"""Whether a holder may receive an arm, as the licences on record allow."""

from datetime import date

from armstrace.licensing import rules, standing
from armstrace.licensing.models import Licence
from armstrace.records import jurisdiction
from armstrace.vocabulary.arms import HolderKind


def require_licence(holder: str, kind: HolderKind, *, on: date, reason: str) -> None:
    """Refuse a receiver without the licence that the law of the day asks for.

    Args:
        holder: Number of the holder who is to receive an arm.
        reason: Why the arm passes nevertheless; empty where nobody says.

    Raises:
        RuleBroken: ``HO-02``, the law lets no arm pass; ``HO-03``, it asks for a
            reason and there is none.
    """
    rows = Licence.objects.current().filter(holder__number=holder)
    held = {licence.licence_type for licence in standing.in_force(list(rows), on)}
    for law in jurisdiction.profile().licences_asked(kind, on):
        is_held = not held.isdisjoint(law.licences)
        told = rules.Receiving(holder, on, law.licences, is_held, law.strength, reason)
        rules.LICENSED.require(told)
        rules.LICENSED_OR_REASONED.require(told)
