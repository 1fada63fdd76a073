"""A case as its pages show it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armstrace.custody import queries as custody
from armstrace.investigations import queries, rules
from armstrace.investigations.queries import CasePage, Entry, TimeLane, TimeRow
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.investigations import CaseState, EntryKind
from armstrace.vocabulary.profiles import Offence
from armstrace.web import access
from armstrace.web.drawing import time_strip
from armstrace.web.investigations import kinds
from armstrace.web.marks import readings, written
from armstrace.web.provenance import chains, holders

TABS = (
    ("", _("About")),
    ("timeline", _("Time line")),
    ("people", _("Persons and things")),
    ("items", _("Recoveries")),
    ("work", _("Tasks and decisions")),
    ("charges", _("Charges")),
    ("documents", _("Documents")),
    ("members", _("Members and history")),
)


def of_recovery(recovery_id: int, agency: str, *, viewer: Actor) -> dict[str, object]:
    """Give what the page of a recovery shows of its cases."""
    return {
        "cases": queries.cases_of_recovery(recovery_id, viewer=viewer),
        "may_open_case": viewer.may_for("case.open", agency),
    }


def head(page: CasePage, tab: str, *, viewer: Actor) -> dict[str, object]:
    """Give what the head of every part of a case shows."""
    case = page.case
    is_open = case.state == CaseState.OPEN
    acts = kinds.acts_open(is_open=is_open, is_sealed=case.is_sealed)
    adds = [one for one in kinds.ENTRIES.values() if one.tab == tab]
    return {
        "page": page,
        "case": case,
        "tab": tab,
        "tabs": TABS,
        "acts": [each for each in acts.items() if viewer.may(each[1].grant)],
        "held": queries.held_back(
            case.pk, viewer=viewer, kinds=[one.kind for one in adds]
        )
        if tab not in {"items", "members"}
        else [],
        "who_may_close": _who_may_close(viewer) if is_open else "",
        "may_work": is_open and viewer.may("case.work"),
        "may_seal": is_open and viewer.may("case.seal"),
        "adds": adds if is_open and viewer.may("case.work") else [],
    }


def _who_may_close(viewer: Actor) -> str:
    """Say who closes a case that the viewer writes in and may not close."""
    may_not = viewer.may("case.work") and not viewer.may("case.close")
    return holders.roles_with("case.close") if may_not else ""


def item(found: queries.CaseItem, *, viewer: Actor) -> dict[str, object]:
    """Give what the page of a recovered item of a case shows."""
    record, key = found.record, found.item.recovery_id
    recovery = record.recovery
    return {
        "found": found,
        "case": found.case,
        "item": {
            "recovery_id": key,
            "reference": found.item.reference,
            "source": recovery.source,
            "source_number": recovery.source_number,
        },
        "where": chains.where(record.place, record.region, record.country),
        "written": written.of(found.item.kind, record),
        "readings": readings.shown(record) if found.item.kind is ItemKind.ARM else (),
        "exhibit": custody.whereabouts(key, viewer=viewer)
        if viewer.may("exhibit.view")
        else None,
        "cases": queries.cases_of_recovery(key, viewer=viewer),
    }


def entries(found: Sequence[Entry], wanted: Iterable[EntryKind]) -> dict[str, object]:
    """Give entries by kind, and the persons and things that they may name."""
    kept = set(wanted)
    order = list(EntryKind)
    ordered = sorted(
        (one for one in found if one.kind in kept),
        key=lambda one: order.index(EntryKind(one.kind)),
    )
    return {
        "groups": [
            (kind, list(some))
            for kind, some in groupby(ordered, lambda one: EntryKind(one.kind))
        ],
        "subjects": {one.number: one for one in found if one.kind == EntryKind.SUBJECT},
    }


def timeline(rows: Sequence[TimeRow]) -> dict[str, object]:
    """Give the time line drawn, and its rows."""
    lanes = [lane for lane in TimeLane if any(row.lane is lane for row in rows)]
    marks = [
        time_strip.Mark(lanes.index(row.lane), row.when.first, row.when.last)
        for row in rows
    ]
    names = [gettext(lane.label) for lane in lanes]
    return {"rows": rows, "strip": time_strip.draw(marks, names)}


def evidence(
    page: CasePage, found: Sequence[Entry], first: dict[str, object]
) -> list[tuple[str, str]]:
    """Give what may bear an element of a charge: recovered items, then entries.

    Args:
        first: What the form begins with; what it names stays among them.
    """
    items = [
        (one.reference, f"{one.reference} {one.words} {one.serial}")
        for one in page.items
    ]
    kept = [
        one
        for one in found
        if one.kind in rules.BEARING
        and not rules.needs_permission(one.handling, one.permission)
    ]
    told = dict(items)
    told |= {f"{one.number}": f"{one.number} {one.text[:80]}" for one in kept}
    lists = [each for each in first.values() if isinstance(each, list)]
    named = {f"{one}" for each in lists for one in each} - told.keys()
    return [*told.items(), *((one, one) for one in sorted(named))]


def offence(one: Offence) -> str:
    """Name an offence in a list, with how strongly instruments ask for it."""
    strength = gettext("mandatory") if one.is_mandatory else gettext("optional")
    return f"{one.code} · {gettext(one.words)} ({strength})"


def first_values(now: Entry) -> dict[str, Any]:
    """Give what the form of a correction begins with."""
    plain = (
        *("text", "why", "person", "place", "origin", "basis", "handling"),
        *("permission", "subject_kind", "role", "offence", "mentions", "due_on"),
    )
    elements = {f"element_{code}": list(borne) for code, borne in now.elements.items()}
    return {
        "seen": now.seen,
        "when": str(now.when) if now.when else "",
        "recovery_ids": ", ".join(f"R{key}" for key in now.recovery_ids),
        "subject_id": f"P{now.subject_id}" if now.subject_id else "",
        "on": now.happened_on,
        **{name: getattr(now, name) for name in plain},
        **elements,
    }


def beginnings(request: access.Request) -> dict[str, object]:
    """Give what an address asks a new entry to begin with."""
    names = ("offence", "when", "text", "recovery_ids")
    return {name: request.GET[name] for name in names if name in request.GET}
