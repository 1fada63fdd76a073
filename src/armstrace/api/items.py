"""Recovered ammunition and parts over the wire."""

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.api.errors import caller
from armstrace.api.routing import Area
from armstrace.api.shapes import Text, Year, build, shown_from
from armstrace.api.walking import Rows, Walk, walked
from armstrace.recoveries import queries
from armstrace.recoveries.queries.rows import AmmunitionRow, PartRow

router = Area("items")


class ItemQuery(Walk):
    """What narrows a list of recovered items."""

    text: Text = Field("", description="A case or a number.")
    year: Year | None = Field(None, description="Year of recovery.", examples=[2025])


@shown_from(AmmunitionRow)
class AmmunitionOut(Schema):
    """Recovered ammunition in a list."""


@shown_from(PartRow)
class RecoveredPartOut(Schema):
    """A recovered part in a list."""


@router.reads("/ammunition", Rows[AmmunitionOut])
def list_ammunition(request: HttpRequest, where: Query[ItemQuery]) -> dict[str, object]:
    """List recovered ammunition."""
    narrowed = build(queries.RecoveryFilter, where)
    found = queries.ammunition_rows(narrowed, viewer=caller(request), page=where.page())
    return walked(found)


@router.reads("/parts", Rows[RecoveredPartOut])
def list_parts(request: HttpRequest, where: Query[ItemQuery]) -> dict[str, object]:
    """List recovered parts."""
    narrowed = build(queries.RecoveryFilter, where)
    found = queries.part_rows(narrowed, viewer=caller(request), page=where.page())
    return walked(found)
