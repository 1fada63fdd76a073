"""Which arms were reported lost or stolen."""

from collections.abc import Iterable

from armstrace.records.lookups import among
from armstrace.registry.models import LifeEvent, LossReport
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import LifeEventKind

LOSSES = (LifeEventKind.LOST.value, LifeEventKind.STOLEN.value)


def losses_among(arm_ids: Iterable[int], *, viewer: Actor) -> frozenset[int]:
    """Give those of some arms that were ever reported lost or stolen.

    Args:
        arm_ids: The arms.
        viewer: Who asks.

    Raises:
        NotPermitted: The viewer may not see the register.
    """
    viewer.require("registry.view")
    asked = set(arm_ids)
    reports = LossReport.objects.current().filter(among("arm_id", asked))
    events = LifeEvent.objects.current().filter(among("arm_id", asked), kind__in=LOSSES)
    return frozenset(
        [
            *reports.values_list("arm_id", flat=True),
            *events.values_list("arm_id", flat=True),
        ]
    )
