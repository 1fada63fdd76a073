"""Recovered arms with where their traces stand, as rows of a file."""

from django.http import HttpResponseBase

from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.web import access
from armstrace.web.lists import exports

COLUMNS: exports.Columns = {
    "number": "recovery.reference",
    "recovered_on": "recovery.recovered_on.exported",
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
    name: str,
    request: access.Request,
    where: recoveries.RecoveryFilter,
    standing: queries.Standing | None,
) -> HttpResponseBase:
    """Hand over all rows of a list, narrowed as the list is.

    Args:
        name: File name without its ending.
        standing: Only recoveries that stand so; any where None.
    """
    rows = queries.every_traced(
        where, standing=standing, viewer=request.viewer, today=request.today
    )
    return exports.hand_over(request, name, COLUMNS, rows)
