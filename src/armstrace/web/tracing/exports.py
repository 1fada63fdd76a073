"""Recovered arms with where their traces stand, as rows of a file."""

from django.http import HttpResponseBase

from armstrace.recoveries import queries as recoveries
from armstrace.tracing import queries
from armstrace.web import access
from armstrace.web.lists import exports

HEAD = (
    *("number", "recovered_on", "kind", "agency", "region", "place", "type"),
    *("make", "model", "calibre", "serial_as_marked", "serial_status"),
    *("case_number", "standing", "outcome", "first_hop", "confidence"),
)


def file(
    name: str,
    request: access.Request,
    where: recoveries.RecoveryFilter,
    standing: queries.Standing | None,
) -> HttpResponseBase:
    """Hand over all rows of a list, narrowed as the list is.

    Args:
        name: File name without its ending.
        request: Who asks, and for which kind of file.
        standing: Only recoveries that stand so; any where None.
    """
    rows = queries.every_traced(
        where, standing=standing, viewer=request.viewer, today=request.at.date()
    )
    write = exports.WRITERS[request.GET["format"]]
    return write(name, HEAD, (row_of(row) for row in rows))


def row_of(row: queries.TracedRow) -> tuple[object, ...]:
    """Give one row of the file."""
    known = row.recovery
    return (
        known.reference,
        known.recovered_on.exported,
        known.kind.value,
        known.agency,
        known.region,
        known.place,
        known.arm_type.value,
        known.make,
        known.model,
        known.calibre,
        known.serial_as_marked,
        known.serial_status.value,
        known.case_number,
        row.standing.value if row.standing else "",
        row.outcome.value if row.outcome else "",
        row.first_hop.value if row.first_hop else "",
        row.confidence or "",
    )
