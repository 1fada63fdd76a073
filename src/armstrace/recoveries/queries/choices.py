"""The regions, agencies and makes that recoveries bear, to choose among."""

from dataclasses import dataclass

from armstrace.audit import stamps
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor

MOST = 500
"""Most values of one kind that are offered."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list of recoveries can be narrowed to, each in order."""

    regions: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()


def choices(*, viewer: Actor) -> Choices:
    """Give the regions, agencies and makes on record, kept between acts.

    Args:
        viewer: Who asks; a viewer of one agency gets what its records bear.

    Raises:
        NotPermitted: The viewer may not see recoveries.
    """
    own = viewer.agencies_for("recovery.view")
    stamp = stamps.last_change()
    kept = _KEPT.get(own)
    if kept is not None and stamp and kept[0] == stamp:
        return kept[1]
    found = Choices(
        _values("region", own), _values("agency", own), _values("make", own)
    )
    _KEPT[own] = (stamp, found)
    return found


_KEPT: dict[str | None, tuple[stamps.Stamp, Choices]] = {}


def _values(column: str, own: str | None) -> tuple[str, ...]:
    rows = RecoveryRecord.objects.current().exclude(**{column: ""})
    if own is not None:
        rows = rows.filter(agency=own)
    values = rows.order_by(column).values_list(column, flat=True).distinct()
    return tuple(values[:MOST])
