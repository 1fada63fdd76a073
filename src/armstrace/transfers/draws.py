"""How many of an import licence other authorisations draw."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Min, Q, Sum

from armstrace.records.lookups import among
from armstrace.records.versions import VersionQuerySet
from armstrace.transfers.models import (
    AuthorisationRecord,
    ConsignedItem,
    GoodsLine,
    Paper,
)
from armstrace.vocabulary.transfers import PaperKind, Step, TransferAct, TransferStage


def drawn_of(
    record: AuthorisationRecord, papers: Sequence[Paper], on: date
) -> defaultdict[int, dict[str, int]]:
    """Give what others draw of each import licence on file, by its place there.

    Those that were issued before draw: while one may still send, all that it
    allows; when it has ended, what left under it.

    Args:
        record: The authorisation that asks, whose own goods do not count.
        papers: Those of its file.

    Source:
        Firearms Protocol, art. 10, paras. 2 and 3.
    """
    own = [each for each in papers if _is_drawn(each)]
    rows = _alike(own).exclude(authorisation_id=record.authorisation_id)
    told = list(rows.values_list("country", "search", "authorisation_id"))
    drawn = _draws({key for *_, key in told}, record, on)
    found = defaultdict[int, dict[str, int]](dict)
    for each in own:
        keys = sorted(
            key
            for country, search, key in told
            if (country, search) == (each.country, each.search) and drawn.get(key)
        )
        found[each.place] = {f"G{key}": drawn[key] for key in keys}
    return found


def lock_licences(papers: Iterable[Paper]) -> None:
    """Lock import licences on every file, so that of two issues at once one waits."""
    rows = _alike([each for each in papers if _is_drawn(each)])
    list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))


def _is_drawn(paper: Paper) -> bool:
    return paper.kind == PaperKind.IMPORT_LICENCE and bool(paper.search)


def _alike(papers: Iterable[Paper]) -> VersionQuerySet[Paper]:
    return Paper.objects.current().filter(
        among("search", {each.search for each in papers}),
        kind=PaperKind.IMPORT_LICENCE,
        is_removed=False,
    )


def _draws(
    keys: Collection[int], record: AuthorisationRecord, on: date
) -> dict[int, int]:
    """Give how many those draw that were issued before another authorisation."""
    issues = AuthorisationRecord.objects.filter(
        among("authorisation_id", {*keys, record.authorisation_id}),
        act=TransferAct.ISSUE,
    )
    issued = dict(issues.values_list("authorisation_id").annotate(Min("pk")))
    own = issued.get(record.authorisation_id)
    before = {
        key for key in keys if key in issued and (own is None or issued[key] < own)
    }
    held = AuthorisationRecord.objects.current().filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        among("authorisation_id", before),
        stage__in=(TransferStage.ISSUED, TransferStage.SUSPENDED),
    )
    open_ones = set(held.values_list("authorisation_id", flat=True))
    lines = GoodsLine.objects.current().filter(among("authorisation_id", open_ones))
    allowed = dict(lines.values_list("authorisation_id").annotate(Sum("quantity")))
    sent = ConsignedItem.objects.filter(
        among("consignment__authorisation_id", before - open_ones)
    ).exclude(consignment__step=Step.TAKEN_BACK)
    left = sent.values_list("consignment__authorisation_id").annotate(Sum("quantity"))
    return allowed | dict(left)
