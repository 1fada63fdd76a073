"""Campaigns of collection over the wire: list, and counts that may be published."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from armstrace.api.errors import caller
from armstrace.api.routing import Area
from armstrace.api.shapes import Reference, shown_from
from armstrace.api.walking import Rows, Walk, walked
from armstrace.collection import queries

router = Area("collection")
CampaignNumber = Annotated[int, Reference("I", "Number of the campaign.")]


@shown_from(queries.CampaignRow, without={"campaign_id"})
class CampaignOut(Schema):
    """A campaign in a list."""

    campaign_id: str = Field(examples=["I12"])


@shown_from(queries.Cell)
class CollectedOut(Schema):
    """How many arms were handed in; null where the count is too small to tell."""


@router.reads("/campaigns", Rows[CampaignOut])
def list_campaigns(request: HttpRequest, where: Query[Walk]) -> dict[str, object]:
    """List campaigns."""
    found = queries.campaign_rows(viewer=caller(request), page=where.page())
    return walked(found, _row)


def _row(row: queries.CampaignRow) -> dict[str, object]:
    names = [name for name in CampaignOut.model_fields if name != "campaign_id"]
    return {"campaign_id": f"I{row.campaign_id}"} | {
        name: getattr(row, name) for name in names
    }


@router.reads("/campaigns/{campaign}/counts", list[CollectedOut])
def read_counts(request: HttpRequest, campaign: CampaignNumber) -> list[queries.Cell]:
    """Read the counts of a campaign that may be published."""
    return queries.public_counts(campaign, viewer=caller(request))
