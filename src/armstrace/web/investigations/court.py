"""The file for court: numbered facts, and each exhibit with where it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from armstrace.custody import queries as custody
from armstrace.intelligence.queries import nodes
from armstrace.investigations.queries import CasePage, Entry
from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries as tracing
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.intelligence import Basis
from armstrace.vocabulary.investigations import EntryKind
from armstrace.web.provenance import chains, holders
from armstrace.web.tracing import pages, presenters


@dataclass(frozen=True, slots=True)
class Provenance:
    """One recovered item of a case with all that its viewer may see of it."""

    item: custody.Item
    # Whether the record of the recovery is there for these eyes.
    is_seen: bool
    facts: Sequence[tuple[str, str]]
    # None where there is no trace, or none for these eyes.
    chain: chains.ChainShown | None
    # What was done with its exhibit, the earliest first.
    events: Sequence[object]
    photographs: Sequence[recoveries.Photo]


def page(found: CasePage, entries: Sequence[Entry], viewer: Actor) -> dict[str, object]:
    """Give what is written in the case: facts apart from assessments."""
    by_kind = {kind: [e for e in entries if e.kind == kind] for kind in EntryKind}
    events = sorted(
        by_kind[EntryKind.EVENT], key=lambda e: (e.happened_on or date.max, e.number)
    )
    return {
        "page": found,
        "case": found.case,
        "facts": [one for one in events if one.basis == Basis.FACT],
        "assessments": [one for one in events if one.basis != Basis.FACT],
        "people": by_kind[EntryKind.SUBJECT],
        "decisions": by_kind[EntryKind.DECISION],
        "counsel": by_kind[EntryKind.COUNSEL],
        "documents": by_kind[EntryKind.DOCUMENT],
        "subjects": {one.number: one for one in by_kind[EntryKind.SUBJECT]},
        "sources": _sources(entries, viewer),
    }


def provenance(
    found: CasePage,
    kept: Mapping[int, custody.ExhibitRow],
    *,
    viewer: Actor,
    asking: holders.Asking | None,
) -> dict[str, object]:
    """Give each item with its trace, its chain of custody and its photographs.

    Args:
        kept: The exhibits that the viewer may see, by recovery.
        asking: The request to have the persons of the chains named.
    """
    ids = [item.recovery_id for item in found.items]
    records = recoveries.current_records(ids, viewer=viewer)
    traces = _traces(records, viewer)
    numbers = [number for trace in traces.values() for number in trace.holders]
    held = holders.shown(numbers, viewer=viewer, asking=asking)
    exhibits = [row.exhibit_id for row in kept.values()]
    events = custody.events_of(exhibits, viewer=viewer) if exhibits else {}
    photographs = recoveries.photographs_of(ids, viewer=viewer)
    return {
        "provenance": [
            Provenance(
                item,
                viewer.may_for("recovery.view", item.agency),
                presenters.facts(traces[key], held.names) if key in traces else (),
                pages.chain(records[key], traces[key], held.names)
                if key in traces
                else None,
                events[kept[key].exhibit_id][::-1] if key in kept else (),
                photographs.get(key, ()),
            )
            for item in found.items
            for key in (item.recovery_id,)
        ],
        "holders": held,
        "holders_address": reverse("case-print", args=[found.case.pk]),
        "may_see_photographs": viewer.may("evidence.view"),
    }


def _traces(records: Mapping[int, Any], viewer: Actor) -> dict[int, tracing.TracePage]:
    if not viewer.may("trace.view"):
        return {}
    return tracing.trace_pages(
        records.values(), home_country=settings.HOME_COUNTRY, viewer=viewer
    )


def _sources(entries: Sequence[Entry], viewer: Actor) -> dict[str, str]:
    """Name the sources that were written as the number of a record, such as P4."""
    found = nodes.visible_nodes({one.origin for one in entries}, viewer=viewer)
    nodes.note_shown(found.values())
    return {key: f"{node.label} ({key})" for key, node in found.items() if node.label}
