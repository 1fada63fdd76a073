"""Assert a link between two records, and remove it; nothing is edited."""

from datetime import datetime

from django.utils import timezone

from armstrace.audit import ledger
from armstrace.intelligence import ends, rules
from armstrace.intelligence.ends import FARTHEST
from armstrace.intelligence.inputs import LinkInput
from armstrace.intelligence.models import Link
from armstrace.intelligence.queries.links import visible_link
from armstrace.records import lengths, numbering
from armstrace.records.rules import require_happened
from armstrace.vocabulary.actors import Actor


def assert_link(*, stated: LinkInput, by: Actor, at: datetime) -> Link:
    """Say that two records are linked, on whose word, how good and how handled.

    Raises:
        NotPermitted: ``by`` may not assert, or could not see it by its handling code.
        InvalidInput: A record is unknown here, or a text cannot be kept.
        RuleBroken: ``LP-02`` to ``LP-04``, its provenance is not whole; ``LP-05``, a
            record was withdrawn; ``LP-06``, both ends are one; ``LP-07``, such links
            are computed; ``LP-08``, it ends before it begins; ``LP-14``, such a link
            does not lead from the one to the other; ``RS-03``, a day is centuries off.

    Source:
        Background paper (Vienna, 2018), ¶51-52, 67, 70; Council document 6261/18.
    """
    by.require("intelligence.record", agency=by.agency)
    rules.ASSERTED.require(stated.kind)
    rules.IN_ORDER.require((stated.from_on, stated.until_on))
    for field in ("from_on", "until_on"):
        latest = timezone.localdate(at) + FARTHEST
        require_happened(field, getattr(stated, field), latest)
    lengths.require_fits(stated, *ends.LINK)
    ends.require_provenance(stated.provenance, by=by, today=timezone.localdate(at))
    start = ends.require_end(stated.start, by=by, field="start")
    end = ends.require_end(stated.end, by=by, field="end")
    rules.TWO_RECORDS.require((start, end))
    kinds = ends.kind_of(start), ends.kind_of(end)
    rules.JOINS.require(rules.Joined(start, end, stated.kind, kinds))
    with ledger.entry("link.asserted", by=by, at=at) as entry:
        link = numbering.save_unordered(
            Link(
                start=start,
                end=end,
                kind=stated.kind.value,
                told=stated.told.strip(),
                from_on=stated.from_on,
                until_on=stated.until_on,
                agency=by.agency,
                asserted_by=by.name,
                known_at=at,
                **ends.grade_columns(stated.provenance),
            )
        )
        entry.about(link, kind=link.kind)
    return link


def remove_link(*, link_id: int, reason: str, by: Actor, at: datetime) -> Link:
    """Take an asserted link out of the picture; it stays on record with the reason.

    Raises:
        NotFound: There is none, or it or an end of it is not for these eyes.
        RuleBroken: ``LP-09``, no reason; ``LP-10``, it was removed already.

    Source:
        Directive (EU) 2016/680, arts. 5 and 16: review, and restriction of use.
    """
    link, _ = visible_link(link_id, viewer=by)
    by.require("intelligence.record", agency=link.agency)
    lengths.require_reason(rules.REASONED, reason)
    with ledger.entry("link.removed", by=by, at=at) as entry:
        standing = Link.objects.filter(pk=link.pk, removed_at=None)
        removed = standing.update(
            removed_at=max(at, link.known_at),
            removed_by=by.name,
            removed_because=reason.strip(),
        )
        rules.LINK_STANDS.require((link.reference, removed == 1))
        link.refresh_from_db()
        entry.about(link)
    return link
