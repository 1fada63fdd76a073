"""What waits or is late: requests and hand-overs."""

from dataclasses import dataclass
from datetime import datetime

from armstrace.techniques.models import Authority, HandOver, Operation
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a person."""

    # Requests that wait for the viewer's decision.
    decisions: int
    # Hand-overs that nobody acknowledged within the hour, in operations that are open
    # to the viewer or name them.
    unacknowledged: int


def waiting(*, viewer: Actor, at: datetime) -> Waiting:
    """Count what waits for a person."""
    seen = Operation.objects.open_to(viewer, at) | Operation.objects.naming(viewer)
    asked = Authority.objects.waiting(at).filter(authoriser=viewer.name)
    late = HandOver.objects.late(at).filter(operation__in=seen)
    return Waiting(asked.count(), late.count())


def late_count(*, at: datetime, viewer: Actor) -> int:
    """Count hand-overs that nobody acknowledged, for whoever runs the server."""
    viewer.require("technique.sweep")
    return HandOver.objects.late(at).count()
