"""How long decisions took, by activity; each figure is a list of its cases."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate

from django.db.models import Count, F, Q
from django.utils import timezone

from armstrace.licensing.models import ApplicationRecord
from armstrace.licensing.queries.applications import to_decide
from armstrace.records.lookups import counts_of
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.licensing import UNDECIDED, LicenceType, Turn


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Decisions on one activity."""

    activity: LicenceType
    decided: int
    # How many took no longer than allowed, or had no time set.
    in_time: int
    refused: int
    # Working days; the lower of the two in the middle.
    median: int

    @property
    def late(self) -> int:
        return self.decided - self.in_time


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one licensing officer, or one applicant."""

    # Open, with a question to the applicant.
    to_answer: int

    # For who checks, asks and issues.
    to_assess: int
    # For who decides, and did not work on it.
    to_decide: int
    # Not decided, and past the day.
    overdue: int


def timeliness(
    first: date | None, last: date | None, *, viewer: Actor
) -> tuple[Timeliness, ...]:
    """Give how long the decisions of some days took.

    Args:
        first: First day of decision; None from the beginning.
        last: Last day of decision; None until now.

    Source:
        Rule of this design (a figure is rebuilt from the decisions and opens them).
    """
    rows = ApplicationRecord.objects.visible_to(viewer).current()
    rows = rows.filter(decided_on__isnull=False)
    told = {"decided_on__gte": first, "decided_on__lte": last}
    rows = rows.filter(**{name: day for name, day in told.items() if day})
    counted = rows.values_list("application__activity", "days_used").annotate(
        many=Count("pk"),
        late=Count("pk", filter=Q(days_used__gt=F("days_allowed"))),
        refused=Count("pk", filter=Q(is_granted=False)),
    )
    by_activity: dict[str, list[tuple[int, int, int, int]]] = {}
    for activity, *row in counted.order_by("application__activity", "days_used"):
        by_activity.setdefault(activity, []).append(tuple(row))
    return tuple(_sum(activity, found) for activity, found in by_activity.items())


def waiting(*, viewer: Actor, at: datetime) -> Waiting:
    """Count what waits for a licensing officer, or an applicant, today.

    Counts stop at ``COUNTED``.
    """
    rows = ApplicationRecord.objects.visible_to(viewer).current()
    today = timezone.localdate(at)
    who = ("applications", viewer.name, viewer.agencies("licence.view"), today)
    overdue = rows.filter(stage__in=UNDECIDED, due_on__lt=today)
    asked = rows.filter(turn=Turn.APPLICANT, stage__in=UNDECIDED)
    to_assess = rows.filter(turn=Turn.ASSESSOR)
    deciding = rows.filter(to_decide(viewer))
    return Waiting(*counts_of(who, lambda: (asked, to_assess, deciding, overdue)))


def _sum(activity: str, found: list[tuple[int, int, int, int]]) -> Timeliness:
    days, counts, late, refused = zip(*found, strict=True)
    decided = sum(counts)
    # The days rise, so that the first to reach half of the decisions is the median.
    reached = zip(days, accumulate(counts), strict=True)
    return Timeliness(
        activity=LicenceType(activity),
        decided=decided,
        in_time=decided - sum(late),
        refused=sum(refused),
        median=next(used for used, seen in reached if 2 * seen >= decided),
    )
