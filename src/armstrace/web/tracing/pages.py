"""Gather what the pages of traces show."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext

from armstrace.licensing import queries as licensing
from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web import chains, reach
from armstrace.web.tracing import shown

TABS = (
    queries.Standing.PROPOSED,
    queries.Standing.OPEN,
    queries.Standing.UNDECIDED,
    queries.Standing.CLOSED,
    queries.Standing.EXCEPTED,
)


@dataclass(frozen=True, slots=True)
class Tab:
    code: str
    words: str
    is_here: bool


def standing_of(text: str) -> queries.Standing:
    """Read which traces are wanted; proposals where it cannot be read."""
    wanted = [standing for standing in queries.Standing if standing.value == text]
    return wanted[0] if wanted else queries.Standing.PROPOSED


def tabs(here: queries.Standing) -> tuple[Tab, ...]:
    """Give the lists that one may turn to."""
    return tuple(Tab(one.value, gettext(one.label), one is here) for one in TABS)


def trace(
    recovery_id: int, *, viewer: Actor, sent: shown.Sent | None = None
) -> dict[str, object]:
    """Gather what the page of a trace shows."""
    item = recoveries.recovered_arm(recovery_id, viewer=viewer)
    page = queries.trace_page(
        recovery_id, home_country=settings.HOME_COUNTRY, viewer=viewer
    )
    agency = item.record.agency
    return {
        "item": item,
        "trace": page,
        "finding": page.finding,
        "proposals": page.chain.proposals if page.chain else (),
        "standing": shown.page_standing(page),
        "facts": shown.facts(page),
        "acts": shown.acts(page, viewer=viewer, agency=agency, sent=sent),
        "may_trace": reach.reaches(viewer, "trace.open", agency),
        "chain": chain(item, page, viewer=viewer),
    }


def chain(
    item: recoveries.RecoveredArm, page: queries.TracePage, *, viewer: Actor
) -> chains.ChainShown | None:
    """Draw the chain of a trace, its recovery at the end; None without one."""
    if page.chain is None:
        return None
    record = item.record
    point, flag = shown.highlight(page)
    ending = chains.Ending(
        gettext(str(record.get_recovery_kind_display())),
        record.recovered_on,
        record.region or record.place,
    )
    told = page.chain
    numbers = {n for s in told.stops for n in (s.holder_from, s.holder_to) if n}
    names = bodies_named(numbers, viewer=viewer)
    return chains.shown(told, chains.Telling(ending, names, point, flag))


def bodies_named(numbers: set[str], *, viewer: Actor) -> dict[str, str]:
    """Name holders that are no natural persons; persons keep their number."""
    ids = licensing.holder_ids(numbers).values()
    cards = licensing.holder_cards(ids, viewer=viewer).values()
    return {c.number: c.name for c in cards if c.name and not c.is_person}
