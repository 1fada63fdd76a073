"""A recovered item as the page of its case shows it."""

from armstrace.custody import queries as custody
from armstrace.investigations import queries
from armstrace.investigations.queries import CaseItem
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ItemKind
from armstrace.web.marks import readings, written
from armstrace.web.provenance import chains


def page(found: CaseItem, *, viewer: Actor) -> dict[str, object]:
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
