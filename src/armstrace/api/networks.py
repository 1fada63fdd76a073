"""Networks over the wire: the shortest ways between two records."""

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.analysis.networks.narrowing import RestsOn
from armstrace.api.errors import caller
from armstrace.api.intelligence import GraphOut, RecordNumber
from armstrace.api.routing import Area
from armstrace.api.shapes import shown_from
from armstrace.intelligence.queries.picture import Between, between

router = Area("networks")


@shown_from(Between)
class BetweenOut(Schema):
    """The shortest ways between two records, and the links that make them."""

    graph: GraphOut = Field(description="The records on the ways, and their links.")


class WaysQuery(Schema):
    """Over which links a way may lead."""

    basis: RestsOn = Field(
        RestsOn.BOTH, description="Computed links, asserted ones, or both."
    )


@router.reads("/ways/{one}/{other}", BetweenOut)
def read_ways(
    request: HttpRequest,
    one: RecordNumber,
    other: RecordNumber,
    where: Query[WaysQuery],
) -> Between:
    """Read the shortest ways by which two records hang together."""
    return between(one, other, viewer=caller(request), rests_on=where.basis)
