"""Which arms handed in were perhaps taken in twice, or are missing elsewhere."""

from typing import Any

from django.db.models import Q, QuerySet

from armstrace.collection.models import HandIn
from armstrace.custody.models import Exhibit
from armstrace.disposal.conditions import Item, states_of
from armstrace.recoveries.models import RecoveryPhotograph, RecoveryRecord
from armstrace.registry.arms_by_marks import MARKS, READ_WHOLE
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import MISSING
from armstrace.vocabulary.collection import HandInState

# A number this short repeats by chance; that it was taken in twice is looked at still.
SHORTEST = 3


def others_like(recovery_id: int) -> QuerySet[HandIn]:
    """Give the other arms handed in of the same photograph, or make and number."""
    pictures = RecoveryPhotograph.objects.get_queryset()
    own_files = pictures.filter(recovery_id=recovery_id).values("file_id")
    shown = pictures.filter(file_id__in=own_files).values("recovery_id")
    same = Q(recovery_id__in=shown) | Q(recovery_id__in=_same_marks(recovery_id))
    return HandIn.objects.filter(same).exclude(recovery_id=recovery_id).order_by("pk")


def _same_marks(recovery_id: int) -> QuerySet[RecoveryRecord, Any]:
    rows = RecoveryRecord.objects.current()
    own = rows.filter(recovery_id=recovery_id, serial_status__in=READ_WHOLE)
    marks = own.values(*MARKS).first()
    if marks is None or not marks["make"] or len(marks["serial_search"]) < SHORTEST:
        return rows.none().values("recovery_id")
    alike = rows.filter(make=marks["make"], serial_search=marks["serial_search"])
    return alike.values("recovery_id")


def look_alikes(taken: HandIn) -> QuerySet[HandIn]:
    """Give what came of the same type to the same desk that day, marks too few.

    Two that bear different numbers are two arms.
    """
    rows = RecoveryRecord.objects.current()
    own = rows.get(recovery_id=taken.recovery_id)
    alike = rows.filter(arm_type=own.arm_type)
    if own.serial_search:
        alike = alike.filter(serial_search__in=("", own.serial_search))
    others = HandIn.objects.filter(
        campaign_id=taken.campaign_id,
        place=taken.place,
        day=taken.day,
        recovery_id__in=alike.values("recovery_id"),
    )
    return others.exclude(pk=taken.pk).exclude(state=HandInState.SAME).order_by("pk")


def may_be_missing(taken: HandIn, *, viewer: Actor) -> bool:
    """Tell whether an arm handed in may be one that the register has lost or stolen.

    What people decided of its recovery counts.
    """
    exhibits = Exhibit.objects.filter(recovery=taken.recovery_id)
    keys = exhibits.values_list("pk", flat=True)
    items = [Item(exhibit_id=key) for key in keys]
    return any(not states_of(each, viewer=viewer).isdisjoint(MISSING) for each in items)
