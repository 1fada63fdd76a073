"""The regions, agencies and makes that recoveries bear, to choose among."""

from dataclasses import dataclass

from armstrace.audit import stamps
from armstrace.recoveries.models import RecoveryRecord
from armstrace.vocabulary.actors import Actor

# Most values of one kind that are offered.
MOST = 500


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list of recoveries can be narrowed to, each in order."""

    regions: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()


def choices(*, viewer: Actor) -> Choices:
    """Give the regions, agencies and makes on record, kept between acts."""
    return stamps.kept(
        ("recovery choices", viewer.agencies("recovery.view")),
        lambda: Choices(
            _values("region", viewer),
            _values("agency", viewer),
            _values("make", viewer),
        ),
    )


def _values(column: str, viewer: Actor) -> tuple[str, ...]:
    rows = RecoveryRecord.objects.current().exclude(**{column: ""}).visible_to(viewer)
    values = rows.order_by(column).values_list(column, flat=True).distinct()
    return tuple(values[:MOST])
