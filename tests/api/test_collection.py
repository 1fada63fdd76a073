"""Campaigns over the wire."""

from armstrace.vocabulary.actors import Role
from tests.collection.test_hand_in import opened, taken


def test_a_programme_reads_campaigns_and_the_counts_that_may_be_published(
    caller, tmp_path
):
    campaign = opened()
    taken(campaign, tmp_path)
    client = caller(Role.STATISTICIAN, "STAT")

    rows = client.get("/api/v1/collection/campaigns").json()["rows"]
    assert [(row["campaign_id"], row["hand_ins"]) for row in rows] == [
        (f"I{campaign.pk}", 1)
    ]
    counts = client.get(
        f"/api/v1/collection/campaigns/{campaign.reference}/counts"
    ).json()
    assert {cell["count"] for cell in counts} == {None}
