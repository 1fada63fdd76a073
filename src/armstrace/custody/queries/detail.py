"""One exhibit: where it is, what was done with it, what may be done next."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from armstrace.audit import consultations, declarations
from armstrace.custody import rules
from armstrace.custody.models import (
    CustodyEvent,
    Exhibit,
    concerns_now,
    no_such_exhibit,
)
from armstrace.custody.queries.items import Item, describe
from armstrace.custody.standing import Leaving, Told
from armstrace.records.lookups import among
from armstrace.recoveries import nameless
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import Message


@dataclass(frozen=True, slots=True)
class ExhibitPage:
    """An exhibit with its history, the latest event first.

    Args:
        acts: What the viewer may do with it now.
        is_nameless: Whether it was handed in without a name.
    """

    exhibit: Exhibit
    now: CustodyEvent
    item: Item
    events: tuple[CustodyEvent, ...]
    acts: tuple[CustodyAct, ...]
    is_nameless: bool


def exhibit_page(
    exhibit_id: int, *, viewer: Actor, seen: int | None = None
) -> ExhibitPage:
    """Give one exhibit and all that was done with it.

    Args:
        seen: Key of the event that who acts on it saw as the last, if they act.
    """
    exhibit = exhibit_to_act_on(exhibit_id, seen, viewer=viewer)
    consultations.show_opened(Exhibit, exhibit_id)
    events = tuple(events_of([exhibit_id], viewer=viewer)[exhibit_id])
    now = next(one for one in events if one.superseded_at is None)
    return ExhibitPage(
        exhibit=exhibit,
        now=now,
        item=describe([exhibit.recovery_id])[exhibit.recovery_id],
        events=events,
        acts=_acts(exhibit, now, viewer),
        is_nameless=bool(nameless.refusals([exhibit.recovery_id])),
    )


def exhibit_to_act_on(exhibit_id: int, seen: int | None, *, viewer: Actor) -> Exhibit:
    """Give an exhibit on which a viewer acts, who saw an event of it as the last.

    Raises:
        RuleBroken: ``EX-01``, what somebody else did took it out of their sight.
        NotFound: They never had it in sight.
    """
    try:
        return Exhibit.objects.get_visible(exhibit_id, viewer)
    except NotFound:
        was_theirs = concerns_now(viewer.agency) & Q(exhibit=exhibit_id, pk=seen)
        is_overtaken = CustodyEvent.objects.filter(was_theirs).exists()
        rules.UNCHANGED.require((f"E{exhibit_id}", not is_overtaken))
        raise


def signed_events(exhibit_id: int, *, viewer: Actor) -> list[CustodyEvent]:
    """Give what an agency signed of an exhibit that left it, and who took it over.

    Raises:
        NotFound: It signed nothing of it.
    """
    viewer.require("exhibit.view")
    events = CustodyEvent.objects.filter(exhibit=exhibit_id)
    signed = Q(told_agency=viewer.agency)
    ended = events.filter(signed, superseded_at__isnull=False).values("superseded_at")
    rows = events.filter(signed | Q(known_at__in=ended)).order_by("-known_at", "-pk")
    found = list(rows.select_related("exhibit", "store", "photograph"))
    if not found:
        raise NotFound(no_such_exhibit(exhibit_id))
    consultations.show_opened(Exhibit, exhibit_id)
    return found


def events_of(
    exhibit_ids: Iterable[int], *, viewer: Actor
) -> dict[int, list[CustodyEvent]]:
    """Give all that was done with exhibits that a viewer may see, the latest first."""
    seen = Exhibit.objects.visible_to(viewer).filter(among("pk", exhibit_ids))
    rows = CustodyEvent.objects.filter(exhibit__in=seen).order_by("-known_at", "-pk")
    found: dict[int, list[CustodyEvent]] = defaultdict(list)
    for event in rows.select_related("exhibit", "store", "photograph"):
        found[event.exhibit_id].append(event)
    consultations.show_all(Exhibit, found)
    return found


def work_left(recovery_ids: Collection[int]) -> dict[int, list[Message]]:
    """Say of recovered items what is still to do on them, whatever becomes of them."""
    found: dict[int, list[Message]] = defaultdict(list)
    for tell in declarations.functions(lambda app: app.unsettled):
        for recovery_id, said in tell(recovery_ids):
            found[recovery_id].append(said)
    return found


def still_to_do(
    recovery_id: int, leaving: Leaving | None = None, *, viewer: Actor
) -> tuple[Message, ...]:
    """Say what is still to do on a recovered item before it leaves custody.

    Args:
        leaving: How it is to leave; None where nobody has proposed that.

    Source:
        Background paper (2018), paras 66-72 (no recovery ends without a trace).
    """
    viewer.require("exhibit.view")
    bars = declarations.functions(lambda app: app.bars) if leaving else ()
    barred = (said for tell in bars for said in tell(recovery_id, leaving))
    return (*work_left([recovery_id])[recovery_id], *barred)


def whereabouts(recovery_id: int, *, viewer: Actor) -> CustodyEvent | None:
    """Tell where a recovered item is kept; None where it is not in custody.

    Nothing is told to whom the exhibit is not shown.
    """
    if not viewer.may("exhibit.view"):
        return None
    found = Exhibit.objects.visible_to(viewer).filter(recovery_id=recovery_id).first()
    if found is None:
        return None
    consultations.show(Exhibit, found.pk)
    rows = CustodyEvent.objects.current().select_related("exhibit", "store")
    return rows.get(exhibit=found)


def _acts(exhibit: Exhibit, now: CustodyEvent, viewer: Actor) -> tuple[CustodyAct, ...]:
    standing = now.standing
    told = Told(by=viewer.name, agency=viewer.agency)
    facts = rules.Facts(exhibit.reference, standing, told)
    return tuple(
        act
        for act in CustodyAct
        if act not in {CustodyAct.RECEIVED, CustodyAct.BROUGHT}
        and viewer.may_for(
            rules.GRANT[act], rules.agency_of(act, standing) or viewer.agency
        )
        and rules.is_open(act, facts)
    )
