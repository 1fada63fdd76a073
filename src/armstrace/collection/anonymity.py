"""Which recoveries were handed in without a name."""

from collections.abc import Collection

from armstrace.collection.models import HandIn
from armstrace.collection.rules import NAMELESS
from armstrace.records.lookups import among
from armstrace.vocabulary.collection import Identification
from armstrace.vocabulary.errors import RuleBroken


def refusals(ids: Collection[int]) -> dict[int, RuleBroken]:
    rows = HandIn.objects.filter(
        among("recovery_id", ids), campaign__identification=Identification.ANONYMOUS
    )
    keys = rows.values_list("recovery_id", flat=True)
    return {key: NAMELESS.broken((True, "")) for key in keys}
