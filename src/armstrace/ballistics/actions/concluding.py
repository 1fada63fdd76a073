"""Conclude about two marks, have it reviewed, link what it ties together."""

from datetime import datetime

from armstrace.audit import ledger
from armstrace.ballistics import lengths, rules
from armstrace.ballistics.inputs import ConclusionInput
from armstrace.ballistics.models import (
    BallisticMark,
    Comparison,
    Conclusion,
    Link,
    Review,
    no_such_mark,
)
from armstrace.records import closing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import (
    LinkStanding,
    MarkLinkKind,
    MarkType,
    Verdict,
)
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message

REVISED = str(message("The conclusion that it rested on was replaced."))


def conclude(*, stated: ConclusionInput, by: Actor, at: datetime) -> Conclusion:
    """Record an examiner's conclusion about two marks.

    A later conclusion about the same marks replaces this one and awaits a review
    of its own; a link that rested on it is removed.

    Raises:
        NotFound: A mark or the comparison is not on record.
        RuleBroken: ``BL-04`` marks that cannot be compared; ``BL-05`` no reason;
            ``BL-06`` an identification without a comparison.

    Source:
        Background paper (2018), paras. 37 and 61; rule of this design.
    """
    by.require("ballistics.conclude")
    first, second = _pair(stated.mark_ids)
    rules.CONCLUDED_WITH_REASON.require(stated.reason)
    rules.RESTS_ON_A_COMPARISON.require(stated)
    lengths.require(grounds=stated.reason)
    comparison = _comparison(stated.comparison_id, {first.pk, second.pk})
    with ledger.entry("ballistics.concluded", by=by, at=at) as entry:
        old = Conclusion.objects.current().filter(first=first, second=second)
        closing.close(old, at, entry)
        made = closing.keep(
            Conclusion,
            entry,
            noted=["verdict"],
            first=first,
            second=second,
            comparison=comparison,
            verdict=stated.verdict.value,
            examiner=by.name,
            reason=stated.reason,
        )
        for link in _standing_links(first, second):
            _remove(link, REVISED, by, entry)
    return made


def review_conclusion(
    *, conclusion_id: int, verdict: Verdict, reason: str, by: Actor, at: datetime
) -> Review:
    """Record a second examiner's own conclusion on a conclusion.

    Where both conclude an identification, the scenes and arms are linked; where
    they differ, the conclusion is disputed and a link is removed.

    Raises:
        RuleBroken: ``BL-05`` no reason; ``BL-07`` the same examiner.

    Source:
        Rule of this design: two examiners, each for themselves.
    """
    by.require("ballistics.conclude")
    rules.CONCLUDED_WITH_REASON.require(reason)
    lengths.require(grounds=reason)
    conclusion = _standing_conclusion(conclusion_id)
    rules.TWO_EXAMINERS.require((conclusion.examiner, by.name))
    first, second = conclusion.first, conclusion.second
    with ledger.entry("ballistics.reviewed", by=by, at=at) as entry:
        old = Review.objects.current().filter(conclusion=conclusion)
        closing.close(old, at, entry)
        made = closing.keep(
            Review,
            entry,
            noted=["verdict"],
            conclusion=conclusion,
            verdict=verdict.value,
            examiner=by.name,
            reason=reason,
        )
        is_confirmed = {verdict.value, conclusion.verdict} == {Verdict.IDENTIFICATION}
        standing = _standing_links(first, second)
        if is_confirmed and not standing:
            _link(conclusion, by, entry)
        elif not is_confirmed:
            for link in standing:
                _remove(link, reason, by, entry)
    return made


def remove_link(*, link_id: int, reason: str, by: Actor, at: datetime) -> Link:
    """Remove a link by a new record; what it rested on stays on record.

    One person may do it, as a link that is in doubt must not lead others on; the
    ledger says so, and the examiners who made it see it among their work.

    Raises:
        RuleBroken: ``BL-08``, no reason is given.

    Source:
        Rule of this design: corrections are new records with a reason.
    """
    by.require("ballistics.unlink")
    rules.REMOVED_WITH_REASON.require(reason)
    lengths.require(reason=reason)
    standing = Link.objects.current().filter(standing=LinkStanding.STANDS.value)
    link = standing.filter(pk=link_id).first()
    if link is None:
        raise NotFound(message("That link is no longer valid; look at the list again."))
    with ledger.entry("ballistics.link_removed", by=by, at=at) as entry:
        removed = _remove(link, reason, by, entry)
        entry.note(is_by_one_person=True)
    return removed


def _pair(mark_ids: tuple[int, int]) -> tuple[BallisticMark, BallisticMark]:
    found = BallisticMark.objects.in_bulk(set(mark_ids))
    for key in mark_ids:
        if key not in found:
            raise NotFound(no_such_mark(key))
    first, second = found[min(mark_ids)], found[max(mark_ids)]
    pair = (first.mark_type, first.pk), (second.mark_type, second.pk)
    rules.COMPARABLE.require(pair)
    return first, second


def _comparison(comparison_id: int | None, marks: set[int]) -> Comparison | None:
    if comparison_id is None:
        return None
    found = Comparison.objects.filter(pk=comparison_id).first()
    if found is None or {found.first_id, found.second_id} != marks:
        msg = message(
            "The comparison K%(comparison)s is not of these two marks.",
            comparison=comparison_id,
        )
        raise NotFound(msg)
    return found


def _standing_conclusion(conclusion_id: int) -> Conclusion:
    rows = Conclusion.objects.current().select_related("first", "second")
    found = rows.filter(pk=conclusion_id).first()
    if found is None:
        raise NotFound(message("That conclusion is no longer valid; look at it again."))
    return found


def _standing_links(first: BallisticMark, second: BallisticMark) -> list[Link]:
    rows = Link.objects.current().filter(standing=LinkStanding.STANDS.value)
    return list(rows.filter(first_mark=first, second_mark=second))


def _link(conclusion: Conclusion, by: Actor, entry: ledger.Entry) -> None:
    """Make the link of a confirmed identification; close a removal before it."""
    first, second = conclusion.first, conclusion.second
    if first.recovery_id is not None and first.recovery_id == second.recovery_id:
        return  # two marks of one recovery tie nothing together
    if first.arm_id is not None and first.arm_id == second.arm_id:
        return
    old = Link.objects.current().filter(first_mark=first, second_mark=second)
    closing.close(old, entry.at, entry)
    closing.keep(
        Link,
        entry,
        conclusion=conclusion,
        kind=_kind(first, second).value,
        part=MarkType(first.mark_type).part.value,
        standing=LinkStanding.STANDS.value,
        first_mark=first,
        second_mark=second,
        first_recovery_id=first.recovery_id,
        second_recovery_id=second.recovery_id,
        first_arm_id=first.arm_id,
        second_arm_id=second.arm_id,
        made_by=by.name,
    )


def _kind(first: BallisticMark, second: BallisticMark) -> MarkLinkKind:
    arms = (first.arm_id is not None) + (second.arm_id is not None)
    return (
        MarkLinkKind.SCENE_TO_SCENE,
        MarkLinkKind.SCENE_TO_ARM,
        MarkLinkKind.ARM_TO_ARM,
    )[arms]


def _remove(link: Link, reason: str, by: Actor, entry: ledger.Entry) -> Link:
    """Close a link and record its removal."""
    return closing.replace(
        link,
        entry,
        standing=LinkStanding.REMOVED.value,
        reason=reason,
        made_by=by.name,
        source=by.agency,
    )
