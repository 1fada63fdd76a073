"""How many of an import licence other authorisations draw."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

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
    return _drawn(papers, on, record.authorisation_id)


def drawn_in_all(papers: Sequence[Paper], on: date) -> defaultdict[int, dict[str, int]]:
    """Give what all that were issued draw of each import licence, by its place."""
    return _drawn(papers, on, None)


def _drawn(
    papers: Sequence[Paper], on: date, asking: int | None
) -> defaultdict[int, dict[str, int]]:
    """Give the draws of all, or of those issued before the one that asks."""
    own = [each for each in papers if _is_drawn(each)]
    keys = set(_alike(own).values_list("authorisation_id", flat=True)) - {asking}
    issues = _issues(keys | ({asking} if asking else set()))
    before = {
        key
        for key in keys & issues.keys()
        if asking not in issues or issues[key] < issues[asking]
    }
    drawn = _draws(before, on)
    resting = _resting({key: issues[key] for key in drawn})
    found = defaultdict[int, dict[str, int]](dict)
    for each in own:
        names = (each.country, each.search)
        found[each.place] = {
            f"G{key}": drawn[key] for key in sorted(drawn) if names in resting[key]
        }
    return found


def _issues(keys: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """Tell when each was first issued, in their order."""
    rows = AuthorisationRecord.objects.filter(
        among("authorisation_id", keys), act=TransferAct.ISSUE
    )
    told = rows.values_list("authorisation_id").annotate(Min("pk"), Min("known_at"))
    return {key: (first, at) for key, first, at in told}


def _resting(
    issues: Mapping[int, tuple[int, datetime]],
) -> Mapping[int, set[tuple[str, str]]]:
    """Give the import licences on which each rests: the goods are drawn of one alone.

    That is the last on its file when it was issued; what came on file since is drawn
    too, since nobody says which goods leave under which.
    """
    rows = Paper.objects.current().filter(
        among("authorisation_id", issues),
        kind=PaperKind.IMPORT_LICENCE,
        is_removed=False,
        file__isnull=False,
    )
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in rows.order_by("place"):
        licences = found[each.authorisation_id][each.country]
        if each.known_at <= issues[each.authorisation_id][1]:
            licences.clear()
        licences.add(each.search)
    return defaultdict(
        set,
        {
            key: {(country, one) for country, many in told.items() for one in many}
            for key, told in found.items()
        },
    )


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


def _draws(issued: Collection[int], on: date) -> dict[int, int]:
    """Give how many each of those draws that were issued."""
    held = AuthorisationRecord.objects.current().filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        among("authorisation_id", issued),
        stage__in=(TransferStage.ISSUED, TransferStage.SUSPENDED),
    )
    open_ones = set(held.values_list("authorisation_id", flat=True))
    lines = GoodsLine.objects.current().filter(among("authorisation_id", open_ones))
    allowed = dict(lines.values_list("authorisation_id").annotate(Sum("quantity")))
    sent = ConsignedItem.objects.filter(
        among("consignment__authorisation_id", set(issued) - open_ones)
    ).exclude(consignment__step=Step.TAKEN_BACK)
    left = sent.values_list("consignment__authorisation_id").annotate(Sum("quantity"))
    return allowed | dict(left)
