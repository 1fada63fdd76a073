"""What waits at the bench."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from armstrace.ballistics.models import Conclusion, MarkRegion, Review, SearchRun
from armstrace.ballistics.queries import marks
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import RegionOrigin, RunState


@dataclass(frozen=True, slots=True)
class BenchWaiting:
    """Counts of what an examiner can do next.

    Args:
        reviews: Conclusions of others that await a second examiner.
        regions: Marks whose region is only proposed.
        searches: Searches that are done, of marks about which nobody concluded.
    """

    reviews: int
    regions: int
    searches: int


def bench_waiting(*, viewer: Actor) -> BenchWaiting:
    """Count what waits for an examiner, in three queries.

    Args:
        viewer: Who asks; their own conclusions do not wait for them.

    Raises:
        NotPermitted: The viewer may not see marks.
    """
    seen = marks.visible(viewer)
    concluded = Conclusion.objects.current()
    reviewed = Review.objects.current().filter(conclusion=OuterRef("pk"))
    proposed = MarkRegion.objects.current().filter(
        mark=OuterRef("pk"), origin=RegionOrigin.PROPOSED.value
    )
    about = concluded.filter(Q(first=OuterRef("probe")) | Q(second=OuterRef("probe")))
    done = SearchRun.objects.filter(state=RunState.DONE.value, entries__gt=0)
    return BenchWaiting(
        reviews=concluded.filter(~Exists(reviewed), marks.of_both(viewer))
        .exclude(examiner=viewer.name)
        .count(),
        regions=seen.filter(Exists(proposed)).count(),
        searches=done.filter(~Exists(about), probe__in=seen.values("pk")).count(),
    )
