"""Which arms were reported lost or stolen, when, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class LossTold:
    """The latest loss or theft of an arm, and who received the report.

    Args:
        happened_on: The day, or that of the report where it is not known.
        told_by: The source of the report; of the register where it tells alone.
        number: Number of the report there, empty where the register tells alone.
    """

    kind: LifeEventKind
    happened_on: date | None
    place: str
    region: str
    told_by: str
    number: str


def latest_losses(arm_ids: Iterable[int], *, viewer: Actor) -> dict[int, LossTold]:
    """Give the latest loss or theft on record of each of some arms, in two queries.

    Whether it still stands, the state of the arm tells.

    Args:
        arm_ids: The arms.
        viewer: Who asks.

    Raises:
        NotPermitted: The viewer may not see the register.
    """
    viewer.require("registry.view")
    asked = set(arm_ids)
    events = LifeEvent.objects.current().filter(among("arm_id", asked), kind__in=LOSSES)
    reports = LossReport.objects.current().filter(among("arm_id", asked))
    told: list[tuple[int, date | None, LifeEventKind, LifeEvent | LossReport, str]]
    told = [
        (row.arm_id, row.happened_on, LifeEventKind(row.kind), row, "")
        for row in events.order_by("pk")
    ]
    # Of one loss that both tell, the report names who received it.
    told += [
        (
            row.arm_id,
            row.happened_on or row.reported_on,
            LifeEventKind(row.loss_kind),
            row,
            row.source_number,
        )
        for row in reports.order_by("pk")
        if row.arm_id is not None
    ]
    told.sort(key=lambda each: each[1] or date.min)
    return {
        arm: LossTold(kind, on, row.place, row.region, row.source, number)
        for arm, on, kind, row, number in told
    }
