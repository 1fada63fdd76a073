"""One exhibit as its page, its label and its row show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from armstrace.custody import queries
from armstrace.custody.queries import ExhibitPage, ExhibitRow
from armstrace.custody.standing import Leaving
from armstrace.investigations.queries import cases_of_recovery
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.custody import CustodyAct, SealState, WayOut
from armstrace.web.custody import acts
from armstrace.web.drawing import qr
from armstrace.web.tracing import presenters as traces
from armstrace.web.tracing.presenters import StandingShown


@dataclass(frozen=True, slots=True)
class Label:
    """A label to print and stick on."""

    row: ExhibitRow
    code: qr.Drawn


@dataclass(frozen=True, slots=True)
class Kept:
    """An exhibit with where its trace stands; None where it is not traced."""

    row: ExhibitRow
    trace: StandingShown | None


def of_recovery(recovery_id: int, agency: str, *, viewer: Actor) -> dict[str, object]:
    acts_open = ("exhibit.keep", "exhibit.offer")
    return {
        "exhibit": queries.whereabouts(recovery_id, viewer=viewer),
        "may_receive": any(viewer.may_for(act, agency) for act in acts_open),
    }


def of_recoveries(
    recovery_ids: list[int], *, viewer: Actor, today: date
) -> dict[int, ExhibitRow]:
    if not viewer.may("exhibit.view"):
        return {}
    found = queries.exhibits_of(recovery_ids, viewer=viewer, today=today)
    return {row.item.recovery_id: row for row in found}


def page(found: ExhibitPage, *, viewer: Actor, today: date) -> dict[str, object]:
    now = found.now
    (row,) = queries.exhibits_among([found.exhibit.pk], viewer=viewer, today=today)
    (kept,) = with_traces([row], viewer=viewer)
    return {
        "page": found,
        "item": found.item,
        "is_nameless": found.is_nameless,
        "now": now,
        "row": row,
        "states": states(row),
        "trace": kept.trace,
        "acts": list(acts.pages_of(found.acts)),
        "may_see_photographs": viewer.may("evidence.view"),
        "code": qr.draw(found.exhibit.reference),
        "cases": cases_of_recovery(found.item.recovery_id, viewer=viewer),
    }


ASK_SETTLED = (CustodyAct.APPROVED, CustodyAct.CARRIED_OUT)
"""Acts that are refused while something is left to do."""


def leaving(
    found: ExhibitPage, act: CustodyAct, *, viewer: Actor, today: date
) -> dict[str, object]:
    """Gather what a decision on leaving custody rests on; empty for other acts."""
    if act not in acts.LEAVING:
        return {}
    recovery, proposed = found.item.recovery_id, CustodyAct.PROPOSED
    way, is_now = found.now.way_out, act is CustodyAct.CARRIED_OUT
    ahead = Leaving(WayOut(way), today, is_now) if way else None
    unsettled = queries.still_to_do(recovery, ahead, viewer=viewer)
    return {
        "is_leaving": True,
        "trace": _traces([recovery], viewer).get(recovery),
        "unsettled": unsettled,
        "is_withheld": act in ASK_SETTLED and bool(unsettled),
        "cases": cases_of_recovery(recovery, viewer=viewer),
        "proposal": next((one for one in found.events if one.act == proposed), None)
        if way
        else None,
    }


def states(row: ExhibitRow) -> list[StandingShown]:
    now, shown = row.now, []
    if now.offered_to:
        words = gettext("offered to %(agency)s") % {"agency": now.offered_to}
        shown.append(StandingShown("waiting", words))
    if row.is_late:
        shown.append(StandingShown("overdue", gettext("due back")))
    if now.seal_state == SealState.BROKEN:
        shown.append(StandingShown("refused", gettext("seal broken")))
    return shown


def first_values(found: ExhibitPage, act: CustodyAct) -> dict[str, object]:
    now = found.now
    if act is CustodyAct.CORRECTED:
        return {name: getattr(now, name) for name in acts.PAGES[act].asks[:-1]}
    if act is CustodyAct.MOVED:
        return {"store": now.store_id, "place": now.place}
    if act is CustodyAct.OFFERED and not now.standing.is_at_home:
        return {"to_agency": found.exhibit.agency, "errand": "RETURN"}
    return {}


def label(row: ExhibitRow) -> Label:
    return Label(row, qr.draw(row.reference))


def with_traces(rows: Sequence[ExhibitRow], *, viewer: Actor) -> list[Kept]:
    found = _traces([row.item.recovery_id for row in rows], viewer)
    return [Kept(row, found.get(row.item.recovery_id)) for row in rows]


def _traces(recovery_ids: list[int], viewer: Actor) -> dict[int, StandingShown]:
    if not viewer.may("trace.view"):
        return {}
    found = tracing.standings(recovery_ids, viewer=viewer)
    return {key: traces.row_standing(each) for key, each in found.items()}
