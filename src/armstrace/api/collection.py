"""Campaigns of collection over the wire: list, and counts that may be published."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Schema

from armstrace.api.errors import caller
from armstrace.api.routing import Area
from armstrace.api.shapes import Reference, shown_from
from armstrace.collection import queries

router = Area("collection")
CampaignNumber = Annotated[int, Reference("I", "Number of the campaign.")]


@shown_from(queries.CampaignRow)
class CampaignOut(Schema):
    """A campaign in a list."""


@shown_from(queries.Cell)
class CollectedOut(Schema):
    """How many arms were handed in; null where the count is too small to tell."""


@router.lists("/campaigns", queries.campaign_rows, CampaignOut)
def list_campaigns() -> None:
    """List campaigns."""


@router.reads("/campaigns/{campaign}/counts", list[CollectedOut])
def read_counts(request: HttpRequest, campaign: CampaignNumber) -> list[queries.Cell]:
    """Read the counts of a campaign that may be published."""
    return queries.public_counts(campaign, viewer=caller(request))
