"""Arms that marks on cartridge cases or bullets link with a case."""

from collections.abc import Collection

from django.db.models import Q

from armstrace.ballistics.models import Link
from armstrace.records.lookups import among
from armstrace.vocabulary.ballistics import LinkStanding


def with_links(arm_ids: Collection[int]) -> set[int]:
    """Give those of some arms that have a link that stands."""
    either = Q(among("first_arm_id", arm_ids)) | Q(among("second_arm_id", arm_ids))
    rows = Link.objects.current().filter(either, standing=LinkStanding.STANDS.value)
    ends = rows.values_list("first_arm_id", "second_arm_id")
    return {arm for both in ends for arm in both if arm in set(arm_ids)}
