"""Which life event it is when an arm comes from one holder to another."""

from armstrace.analysis.provenance.state import TRADERS
from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing

Kind = LifeEventKind
# The events that ``event_of`` tells apart.
PASSINGS = frozenset(
    {
        *(Kind.SOLD_TO_DEALER, Kind.SOLD_TO_HOLDER, Kind.TRANSFERRED),
        *(Kind.ISSUED_TO_STATE, Kind.STATE_TO_CIVILIAN, Kind.INHERITED),
    }
)


def event_of(
    manner: Passing, giver: HolderKind | None, taker: HolderKind
) -> LifeEventKind:
    """Say which event a passing on is, by its manner and both sides.

    Args:
        manner: In what way the arm comes to the other holder.
        giver: What kind of holder gives it; None where not known.

    Source:
        Rule of this design (life-cycle states); Firearms Protocol, art. 7.
    """
    to_taker = {HolderKind.STATE_BODY: Kind.ISSUED_TO_STATE}
    to_taker |= dict.fromkeys(TRADERS, Kind.SOLD_TO_DEALER)
    if manner is Passing.INHERITANCE:
        return Kind.INHERITED
    if taker in to_taker:
        return to_taker[taker]
    if giver is HolderKind.STATE_BODY:
        return Kind.STATE_TO_CIVILIAN
    is_bought = manner is Passing.SALE and giver in TRADERS
    return Kind.SOLD_TO_HOLDER if is_bought else Kind.TRANSFERRED
