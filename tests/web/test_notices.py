"""A dealer's notice of an arm that is not on the register."""

from django.urls import reverse

from armstrace.intake.models import HeldRow
from tests.licensing import desk
from tests.registry import trade

NOTICE = {"what": "MADE", "arm": "NEW-1", "happened_on": "2026-01-05"}


def test_RG_34_a_kept_notice_leads_to_where_it_waits_with_what_the_arm_is(
    at_desk, known
):
    dirk = at_desk("dirk")
    trade.assigned(desk.applicant(), "DEALER-1")
    told = NOTICE | {"notes": "Arex Zero 1, 9x19"}

    kept = dirk.post(reverse("own-notice"), told, follow=True)

    waiting = reverse("held-rows")
    assert "waits for the registry" in kept.content.decode()
    assert waiting in kept.content.decode()
    row = reverse("held-row", args=[HeldRow.objects.get_queryset().get().pk])
    assert row in dirk.get(waiting).content.decode()
    assert told["notes"] in at_desk("rita").get(row).content.decode()
