"""Names that lists are searched for: those of all holders."""

from datetime import datetime

from armstrace.licensing.models import HolderRecord
from armstrace.vetting import standing as vetted
from armstrace.vetting.inputs import Screened
from armstrace.vocabulary.arms import HolderKind


def subjects(after: int, most: int, since: datetime | None) -> list[Screened]:
    """Give the names of holders that lists are searched for, in order.

    Args:
        after: Key of the last that was given.
        since: Only what became known from then on.
    """
    rows = HolderRecord.objects.current().filter(pk__gt=after)
    if since is not None:
        rows = rows.filter(known_at__gte=since)
    columns = ("pk", "holder_id", "name", "kind")
    told = list(rows.order_by("pk").values_list(*columns)[:most])
    born = vetted.births({(f"H{holder}", name) for _, holder, name, _ in told})
    return [
        Screened(
            pk,
            f"H{holder}",
            name,
            "Person" if kind == HolderKind.PERSON else "Organization",
            tuple(map(str, born.get((f"H{holder}", name), ()))),
        )
        for pk, holder, name, kind in told
    ]
