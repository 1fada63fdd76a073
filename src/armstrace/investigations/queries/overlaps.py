"""Which other units touch what a case touches, and whom to call: never what."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from armstrace.investigations.models import Case, Overlap
from armstrace.investigations.queries.contacts import Contact, contacts
from armstrace.investigations.queries.lists import own_cases
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.investigations import OverlapKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapRow(Contact):
    """Another unit that touches the same, and whom to call there.

    Args:
        case_id: The case that is told of it.
        own: What it is in this case: an item as R12, or the number of an entry.
        is_ours: Whether this case asked; else the other one did.
        asked_at: When it was asked.
    """

    case_id: int
    kind: OverlapKind
    own: str
    is_ours: bool
    asked_at: datetime


def overlaps_of(case_id: int, *, viewer: Actor) -> list[OverlapRow]:
    """Give the other units of a case, the latest first."""
    case = Case.objects.get_visible(case_id, viewer)
    return _rows([case.pk], viewer)


def own_overlaps(*, viewer: Actor, most: int = 20) -> list[OverlapRow]:
    """Give the other units of the open cases of which the viewer is a member."""
    cases = own_cases(viewer)
    return _rows(cases, viewer)[:most] if cases else []


def _rows(case_ids: list[int], viewer: Actor) -> list[OverlapRow]:
    """Read both sides; a case that is sealed now is told of to nobody else."""
    asked = _of_side(Q(case__in=case_ids, other__is_sealed=False), "other")
    held = _of_side(Q(other__in=case_ids, case__is_sealed=False), "case")
    sides = [
        *((row, row.case_id, row.own, True) for row in asked),
        *((row, row.other_id, row.theirs, False) for row in held),
    ]
    whom = contacts(
        ((row.lead, row.agency) for row, *_ in sides),  # type: ignore[attr-defined]
        viewer,
    )
    found = [
        OverlapRow(
            case_id=case_id,
            kind=OverlapKind(row.kind),
            own=own,
            **asdict(whom[row.lead, row.agency]),  # type: ignore[attr-defined]
            is_ours=is_ours,
            asked_at=row.known_at,
        )
        for row, case_id, own, is_ours in sides
    ]
    return sorted(found, key=lambda row: row.asked_at, reverse=True)


def _of_side(condition: Q, far: str) -> QuerySet[Overlap]:
    whom = {"agency": F(f"{far}__agency"), "lead": F(f"{far}__lead")}
    rows = Overlap.objects.filter(condition).annotate(**whom)
    # Whoever leads both cases has nobody to call.
    own = Q(case__agency=F("other__agency"), case__lead=F("other__lead"))
    return rows.exclude(own & ~Q(case__lead="")).order_by("-pk")
