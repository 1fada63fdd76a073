"""Recovered arms with where their traces stand, as rows of a file."""

from functools import partial

from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.web.lists import exports

COLUMNS: exports.Columns = {
    "number": "recovery.reference",
    "recovered_on": "recovery.recovered_on.for_export",
    "kind": "recovery.kind",
    "agency": "recovery.agency",
    "region": "recovery.region",
    "place": "recovery.place",
    "type": "recovery.arm_type",
    "make": "recovery.make",
    "model": "recovery.model",
    "calibre": "recovery.calibre",
    "serial_as_marked": "recovery.serial_as_marked",
    "serial_status": "recovery.serial_status",
    "case_number": "recovery.case_number",
    "standing": "standing",
    "outcome": "outcome",
    "first_hop": "first_hop",
    "confidence": lambda row: row.confidence or "",
}


def file(
    name: str, standing: queries.Standing | None, *where: recoveries.RecoveryFilter
) -> exports.File:
    """Give a list of them as a file.

    Args:
        name: File name without its ending.
        standing: Only recoveries that stand so; any where None.
        where: What narrows it, where the page of the list has no filters.
    """
    every = partial(queries.every_traced, *where, standing=standing)
    return exports.File(name, COLUMNS, every)
