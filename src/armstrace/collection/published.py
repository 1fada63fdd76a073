"""What everybody may read of campaigns: the counts that agencies have published."""

from armstrace.collection.models import Campaign
from armstrace.collection.queries import Cell
from armstrace.vocabulary.arms import ArmType


def campaigns() -> list[tuple[Campaign, list[Cell]]]:
    """Give the campaigns whose counts are published, the latest first."""
    rows = Campaign.objects.get_queryset().filter(published_at__isnull=False)
    return [
        (
            each,
            [
                Cell(place, ArmType(code) if code else None, count)
                for place, code, count in each.counts
            ],
        )
        for each in rows.order_by("-ends_on", "-pk")
    ]
