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
    return stamps.kept(
        ("recovery choices", own),
        lambda: Choices(
            _values("region", own), _values("agency", own), _values("make", own)
        ),
    )


def _values(column: str, own: str | None) -> tuple[str, ...]:
    rows = RecoveryRecord.objects.current().exclude(**{column: ""})
    if own is not None:
        rows = rows.filter(agency=own)
    values = rows.order_by(column).values_list(column, flat=True).distinct()
    return tuple(values[:MOST])
