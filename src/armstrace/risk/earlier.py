"""The history of some declarations, from what is on record."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from armstrace.analysis.risk.declarations import Declaration as Goods
from armstrace.analysis.risk.history import ARMS, LONGEST_DAYS, History, cluster, sender
from armstrace.records.lookups import among
from armstrace.risk import keeping
from armstrace.risk.models import DeclarationRecord, Examination
from armstrace.vocabulary.risk import Find

MOST = 20_000
"""Earlier declarations that are read for one chunk, the latest first."""


def history_of(goods: Collection[Goods], numbers: Collection[str] = ()) -> History:
    """Gather what came before some declarations and shares something with them.

    Args:
        goods: The declarations; they are not added.
        numbers: Numbers that are left out, because they are stated anew.
    """
    history = History()
    if not goods:
        return history
    days = [each.declared_on for each in goods if each.declared_on is not None]
    since = min(days, default=date.max) - timedelta(days=LONGEST_DAYS)
    rows = DeclarationRecord.objects.current().exclude(
        among("declaration__source_number", numbers)
    )
    _add_senders(history, goods, rows)
    near = among("cluster_key", {keeping.short(cluster(each)) for each in goods} - {""})
    shared = Q(near, declared_on__gte=since)
    shared |= among("licence", {each.licence for each in goods if each.licence})
    shared |= among(
        "certificate",
        {each.end_user_certificate for each in goods if each.end_user_certificate},
    )
    found = (
        rows.filter(shared).order_by("-declared_on").values_list("stated", flat=True)
    )
    for stated in reversed(found[:MOST]):
        history.add(keeping.read(stated))
    _add_finds(history)
    return history


def _add_senders(history: History, goods: Collection[Goods], rows: object) -> None:
    keys = {keeping.short(key): key for key in map(sender, goods) if key}
    of_senders = rows.filter(among("consignor_key", keys))  # type: ignore[attr-defined]
    known = of_senders.values_list("consignor_key", flat=True).distinct()
    history.consignors.update(keys[each] for each in known)
    arms = of_senders.filter(Q(hs_code__startswith=ARMS) | Q(hits__code="CU-06"))
    selling = arms.values_list("consignor_key", flat=True).distinct()
    history.sell_arms.update(keys[each] for each in selling)


def _add_finds(history: History) -> None:
    """Add what examinations found; few of all that is declared."""
    finds = Examination.objects.current().exclude(find=Find.NOTHING)
    kept = dict(
        finds.order_by("-examined_on").values_list("declaration_id", "find")[:MOST]
    )
    rows = DeclarationRecord.objects.current().filter(among("declaration_id", kept))
    for key, stated in rows.values_list("declaration_id", "stated"):
        history.add_find(keeping.read(stated), Find(kept[key]))
