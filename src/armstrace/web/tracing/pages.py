"""Gather what the pages of traces show."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.ballistics import links
from armstrace.web.provenance import chains, holders
from armstrace.web.tracing import presenters
from armstrace.web.tracing.forms import AssignForm

TABS = (
    queries.Standing.PROPOSED,
    queries.Standing.OVERDUE,
    queries.Standing.OPEN,
    queries.Standing.UNDECIDED,
    queries.Standing.CLOSED,
    queries.Standing.EXCEPTED,
)


def standing_of(text: str) -> queries.Standing:
    """Read which traces are wanted; proposals where it cannot be read."""
    wanted = [standing for standing in queries.Standing if standing.value == text]
    return wanted[0] if wanted else queries.Standing.PROPOSED


def tabs(here: queries.Standing) -> list[tuple[queries.Standing, bool]]:
    """Give the lists that one may turn to, and whether it is the one that is shown."""
    return [(one, one is here) for one in TABS]


def whole(
    recovery_id: int,
    *,
    viewer: Actor,
    sent: presenters.Sent | None = None,
    asking: holders.Asking | None = None,
) -> dict[str, object]:
    """Gather the page of a trace with what ballistics knows."""
    item = recoveries.arm_detail(recovery_id, viewer=viewer)
    return trace_of(item, viewer=viewer, sent=sent, asking=asking) | {
        "ballistic": links.of_recovery(recovery_id, viewer=viewer),
        "erased": links.path_of(item, viewer=viewer),
    }


def trace_of(
    item: recoveries.RecoveredArm,
    *,
    viewer: Actor,
    sent: presenters.Sent | None = None,
    asking: holders.Asking | None = None,
) -> dict[str, object]:
    """Gather what the page of a trace shows of an arm that was read already."""
    page = queries.trace_page(
        item.recovery_id,
        home_country=settings.HOME_COUNTRY,
        viewer=viewer,
        record=item.record,
    )
    agency = item.record.agency
    held = holders_of(page, viewer=viewer, asking=asking)
    return {
        "item": item,
        "trace": page,
        "finding": page.finding,
        "proposals": page.chain.proposals if page.chain else (),
        "gaps": page.finding.gaps.all() if page.finding else (),
        "standing": presenters.page_standing(page),
        "facts": presenters.facts(
            page, held.names, presenters.same_judgements(item.judgements)
        ),
        "acts": presenters.acts(page, viewer=viewer, agency=agency, sent=sent),
        "may_trace": viewer.may_for("trace.open", agency),
        "assigned": queries.assignment_of(item.recovery_id, viewer=viewer),
        "assign": AssignForm(viewer) if viewer.may("trace.assign") else None,
        "chain": chain(item.record, page, held.names),
        "holders": held,
        "holders_address": reverse("trace-holders", args=[item.recovery_id]),
        "decided": presenters.decisions(page),
        "may_ask_abroad": viewer.may_for("trace.close", agency),
    }


def holders_of(
    page: queries.TracePage, *, viewer: Actor, asking: holders.Asking | None = None
) -> holders.HoldersShown:
    """Name the holders of a trace's chain, persons only when asked for."""
    return holders.shown(
        page.holders,
        viewer=viewer,
        asking=asking,
        last_lawful=presenters.last_lawful(page),
    )


def chain(
    record: Any,  # noqa: ANN401 - what a query gave of a recovered arm
    page: queries.TracePage,
    names: Mapping[str, str],
) -> chains.ChainShown | None:
    """Draw the chain of a trace, its recovery at the end; None without one."""
    if page.chain is None:
        return None
    point, flag = presenters.highlight(page)
    ending = chains.Ending(
        gettext(str(record.get_recovery_kind_display())),
        record.recovered_on,
        record.region or record.place,
    )
    return chains.shown(page.chain, chains.Telling(ending, names, point, flag))
