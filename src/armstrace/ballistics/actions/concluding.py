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
)
from armstrace.ballistics.rules import PairFacts
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import (
    LinkStanding,
    MarkLinkKind,
    MarkType,
    Verdict,
)
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message

REVISED = "The conclusion that it rested on was replaced."


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
        closed = list(old.values_list("pk", flat=True))
        old.update(superseded_at=at)
        entry.about_keys(Conclusion, closed)
        made = Conclusion.objects.create(
            first=first,
            second=second,
            comparison=comparison,
            verdict=stated.verdict.value,
            examiner=by.name,
            reason=stated.reason,
            source=by.agency,
            known_at=at,
        )
        entry.about(made, verdict=made.verdict)
        for link in _standing_links(first, second):
            entry.about_all(_remove(link, REVISED, by, at))
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
        closed = list(old.values_list("pk", flat=True))
        old.update(superseded_at=at)
        entry.about_keys(Review, closed)
        made = Review.objects.create(
            conclusion=conclusion,
            verdict=verdict.value,
            examiner=by.name,
            reason=reason,
            source=by.agency,
            known_at=at,
        )
        entry.about(made, verdict=made.verdict)
        is_confirmed = {verdict.value, conclusion.verdict} == {Verdict.IDENTIFICATION}
        standing = _standing_links(first, second)
        if is_confirmed and not standing:
            entry.about_all(_link(conclusion, by, at))
        elif not is_confirmed:
            for link in standing:
                entry.about_all(_remove(link, reason, by, at))
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
        raise NotFound(
            message("There is no such link that stands; look at the list again.")
        )
    with ledger.entry("ballistics.link_removed", by=by, at=at) as entry:
        records = _remove(link, reason, by, at)
        entry.about_all(records)
        entry.note(is_by_one_person=True)
    return records[-1]


def _pair(mark_ids: tuple[int, int]) -> tuple[BallisticMark, BallisticMark]:
    found = BallisticMark.objects.in_bulk(set(mark_ids))
    for key in mark_ids:
        if key not in found:
            raise NotFound(
                message("There is no mark B%(mark)s here; check the number.", mark=key)
            )
    first, second = found[min(mark_ids)], found[max(mark_ids)]
    types = (first.mark_type, second.mark_type)
    rules.COMPARABLE.require(PairFacts(types, first.pk == second.pk))
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
        raise NotFound(
            message("There is no such conclusion that stands; look at it again.")
        )
    return found


def _standing_links(first: BallisticMark, second: BallisticMark) -> list[Link]:
    rows = Link.objects.current().filter(standing=LinkStanding.STANDS.value)
    return list(rows.filter(first_mark=first, second_mark=second))


def _link(conclusion: Conclusion, by: Actor, at: datetime) -> list[Link]:
    """Make the link of a confirmed identification; close a removal before it."""
    first, second = conclusion.first, conclusion.second
    if first.recovery_id is not None and first.recovery_id == second.recovery_id:
        return []  # two marks of one recovery tie nothing together
    if first.arm_id is not None and first.arm_id == second.arm_id:
        return []
    old = Link.objects.current().filter(first_mark=first, second_mark=second)
    closed = list(old)
    old.update(superseded_at=at)
    return [
        *closed,
        Link.objects.create(
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
            source=by.agency,
            known_at=at,
        ),
    ]


def _kind(first: BallisticMark, second: BallisticMark) -> MarkLinkKind:
    arms = (first.arm_id is not None) + (second.arm_id is not None)
    return (
        MarkLinkKind.SCENE_TO_SCENE,
        MarkLinkKind.SCENE_TO_ARM,
        MarkLinkKind.ARM_TO_ARM,
    )[arms]


def _remove(link: Link, reason: str, by: Actor, at: datetime) -> list[Link]:
    """Close a link and record its removal; give both records."""
    Link.objects.filter(pk=link.pk).update(superseded_at=at)
    closed = Link.objects.get(pk=link.pk)
    link.pk = None
    link.standing, link.reason = LinkStanding.REMOVED.value, reason
    link.made_by, link.source, link.known_at = by.name, by.agency, at
    link.superseded_at = None
    link.save(force_insert=True)
    return [closed, link]
