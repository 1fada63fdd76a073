"""What waits at the bench."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from armstrace.ballistics.models import (
    BallisticMark,
    Conclusion,
    MarkRegion,
    Review,
    SearchRun,
)
from armstrace.ballistics.queries import comparisons, links
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import ConclusionStanding, RegionOrigin
from armstrace.vocabulary.jobs import JobState


@dataclass(frozen=True, slots=True)
class BenchWaiting:
    """Counts of what an examiner can do next."""

    # Conclusions of others that await a second examiner.
    reviews: int
    # Conclusions with which a second examiner differs.
    disputes: int
    # Conclusions of the viewer whose link another person removed.
    unlinked: int
    # Marks whose region is only proposed.
    regions: int
    # Searches that are done, of marks about which nobody concluded.
    searches: int


def bench_waiting(*, viewer: Actor) -> BenchWaiting:
    """Count what waits for an examiner, in five queries.

    Args:
        viewer: Who asks; their own conclusions do not wait for them.
    """
    seen = BallisticMark.objects.visible_to(viewer)
    concluded = Conclusion.objects.current().visible_to(viewer)
    reviewed = Review.objects.current().filter(conclusion=OuterRef("pk"))
    proposed = MarkRegion.objects.current().filter(
        mark=OuterRef("pk"), origin=RegionOrigin.PROPOSED.value
    )
    about = concluded.filter(Q(first=OuterRef("probe")) | Q(second=OuterRef("probe")))
    done = SearchRun.objects.filter(job__state=JobState.DONE.value, entries__gt=0)
    return BenchWaiting(
        reviews=concluded.filter(~Exists(reviewed))
        .exclude(examiner=viewer.name)
        .count(),
        disputes=concluded.filter(
            comparisons.standing_as(ConclusionStanding.DISPUTED)
        ).count(),
        unlinked=_count_unlinked(viewer),
        regions=seen.filter(Exists(proposed)).count(),
        searches=done.filter(~Exists(about), probe__in=seen.values("pk")).count(),
    )


def _count_unlinked(viewer: Actor) -> int:
    """Count conclusions that the viewer shares and whose link another removed."""
    removed = links.removals().exclude(made_by=viewer.name)
    shared = Review.objects.current().filter(
        conclusion=OuterRef("pk"), examiner=viewer.name
    )
    return (
        Conclusion.objects.current()
        .visible_to(viewer)
        .filter(
            Q(examiner=viewer.name) | Exists(shared),
            comparisons.standing_as(ConclusionStanding.UNLINKED),
            Exists(removed.filter(conclusion=OuterRef("pk"))),
        )
        .count()
    )
