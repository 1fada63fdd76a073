"""Links between scenes and arms that confirmed identifications made."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from armstrace.audit import consultations
from armstrace.ballistics.models import BallisticMark, Link, Review
from armstrace.ballistics.queries.marks import owner_of
from armstrace.ballistics.queries.rows import LinkShown, LinkSide, Removal
from armstrace.records.lookups import page_of
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import Arm
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.ballistics import LinkStanding
from armstrace.vocabulary.paging import Page, PageRequest
from armstrace.vocabulary.rows import fill

SIDES = ("first", "second")


def links_of_recoveries(
    recovery_ids: Iterable[int], *, viewer: Actor
) -> dict[int, tuple[LinkShown, ...]]:
    """Give the links that stand, by recovery, in three queries."""
    return _by_owner("recovery", set(recovery_ids), _standing(viewer), viewer)


def links_ever(
    *, viewer: Actor, recovery_id: int | None = None, arm_id: int | None = None
) -> tuple[LinkShown, ...]:
    """Give the links of one recovery or registered arm, removed ones too."""
    owner, key = ("recovery", recovery_id) if arm_id is None else ("arm", arm_id)
    if key is None:
        return ()
    rows = Link.objects.current().visible_to(viewer)
    return _by_owner(owner, {key}, rows, viewer).get(key, ())


def arms_with_links(arm_ids: Iterable[int], *, viewer: Actor) -> frozenset[int]:
    """Tell which registered arms have a link that stands, in one query."""
    wanted = set(arm_ids)
    rows = _standing(viewer).filter(_either("arm", wanted))
    ends = rows.values_list("first_arm_id", "second_arm_id")
    return frozenset(arm for both in ends for arm in both if arm in wanted)


def links_of_mark(mark_id: int, *, viewer: Actor) -> tuple[LinkShown, ...]:
    """Give the links of a mark, removed ones too, the latest first."""
    either = Q(first_mark_id=mark_id) | Q(second_mark_id=mark_id)
    rows = _whole(Link.objects.visible_to(viewer).filter(either)).order_by("-pk")
    return tuple(
        link_shown(row, SIDES[int(row.second_mark_id == mark_id)], viewer)
        for row in rows
    )


def link_row(link_id: int, *, viewer: Actor) -> LinkShown:
    """Give one link from a side that the viewer sees."""
    link = _whole(Link.objects.get_queryset()).get_visible(link_id, viewer)
    return link_shown(link, _near(link, viewer), viewer)


def link_rows(*, viewer: Actor, page: PageRequest) -> Page[LinkShown]:
    """Give one page of the links that stand, the latest first."""
    found = page_of(_whole(_standing(viewer)).order_by("-pk"), page)
    shown = [link_shown(row, _near(row, viewer), viewer) for row in found.rows]
    return found.showing(shown)


def link_shown(link: Any, here: str, viewer: Actor) -> LinkShown:  # noqa: ANN401 - with what ``_whole`` fetched
    """Give a link as it is seen from one of its sides.

    Of another agency's mark a viewer who sees one agency's is told whose it is, and
    neither its numbers nor what the examiners wrote of it.
    """
    there = SIDES[1 - SIDES.index(here)]
    sides = _side(link, here, viewer), _side(link, there, viewer)
    is_whole = all(side.mark_id is not None for side in sides)
    reviews = link.conclusion.review_now
    removal = removal_of(link) if link.standing == LinkStanding.REMOVED else None
    if removal is not None and not is_whole:
        removal = replace(removal, reason="")
    return fill(
        LinkShown,
        link,
        link.conclusion,
        link_id=link.pk,
        here=sides[0],
        there=sides[1],
        reviewer=reviews[0].examiner if reviews else "",
        reason=(link.reason or link.conclusion.reason) if is_whole else "",
        removal=removal,
    )


def removals() -> QuerySet[Link]:
    """Give the records of removals after which no link was made again."""
    return Link.objects.current().filter(standing=LinkStanding.REMOVED.value)


def removal_of(link: Link) -> Removal:
    """Say who removed a link, from the record of its removal."""
    return Removal(link.made_by, link.known_at, link.reason)


def _side(link: Any, name: str, viewer: Actor) -> LinkSide:  # noqa: ANN401 - either side of a link
    mark = getattr(link, f"{name}_mark")
    recovery = getattr(link, f"{name}_recovery_id")
    arm = getattr(link, f"{name}_arm_id")
    if not _is_seen(mark, viewer):
        # Registered arms are for the eyes of every agency that reads the register.
        arm = arm if viewer.may("registry.view") else None
        owner = owner_of(None, arm) if arm is not None else ""
        _show(None, None, arm)
        return LinkSide(None, "", owner, None, arm, mark.agency)
    _show(mark.pk, recovery, arm)
    return LinkSide(
        mark.pk, mark.reference, owner_of(recovery, arm), recovery, arm, mark.agency
    )


def _show(mark: int | None, recovery: int | None, arm: int | None) -> None:
    """Note what one side of a link shows."""
    for model, key in ((BallisticMark, mark), (Recovery, recovery), (Arm, arm)):
        if key is not None:
            consultations.show(model, key)


def _is_seen(mark: BallisticMark, viewer: Actor) -> bool:
    return mark.agency in viewer.agencies("ballistics.view")


def _near(link: Any, viewer: Actor) -> str:  # noqa: ANN401 - a link with its marks
    """Name the side that a viewer sees."""
    return next(
        side for side in SIDES if _is_seen(getattr(link, f"{side}_mark"), viewer)
    )


def _by_owner(
    owner: str, wanted: set[int], rows: QuerySet[Link], viewer: Actor
) -> dict[int, tuple[LinkShown, ...]]:
    columns = {side: f"{side}_{owner}_id" for side in SIDES}
    found: dict[int, list[LinkShown]] = defaultdict(list)
    # Most have none, and to ask for whole links costs more than to find that out.
    keys = list(rows.filter(_either(owner, wanted)).values_list("pk", flat=True))
    linked = _whole(Link.objects.filter(pk__in=keys)) if keys else Link.objects.none()
    for link in linked.order_by("pk"):
        for side, column in columns.items():
            if (key := getattr(link, column)) in wanted:
                found[key].append(link_shown(link, side, viewer))
    return {key: tuple(links) for key, links in found.items()}


def _either(owner: str, wanted: set[int]) -> Q:
    """Give the condition that one side of a link is of one of these."""
    first, second = (Q(**{f"{side}_{owner}_id__in": wanted}) for side in SIDES)
    return first | second


def _standing(viewer: Actor) -> QuerySet[Link]:
    standing = Link.objects.current().filter(standing=LinkStanding.STANDS.value)
    return standing.visible_to(viewer)


def _whole[Rows: QuerySet[Link]](rows: Rows) -> Rows:
    reviews = Prefetch(
        "conclusion__reviews", Review.objects.current(), to_attr="review_now"
    )
    joined = ("conclusion", "first_mark", "second_mark")
    return rows.select_related(*joined).prefetch_related(reviews)
