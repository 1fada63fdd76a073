"""What waits for examiners, and where a mark stands with the network abroad."""

import pytest
from django.urls import reverse

from armstrace.ballistics.models import SharingDecision
from tests.web.at_bench import enrolled, folder, kept, read, send

__all__ = ["enrolled", "folder", "kept"]

pytestmark = pytest.mark.django_db


def counts(client):
    tasks = client.get(reverse("today")).context["tasks"]
    return {task.what: task.count for task in tasks}


def test_an_examiner_sees_what_an_examiner_can_do(at_desk, kept):
    told = {"verdict": "INCONCLUSIVE", "reason": "too few lines"}
    send(at_desk("elena"), "conclude", kept.pk, **told)

    own, other = counts(at_desk("elena")), counts(at_desk("egon"))

    assert own["conclusions that await a second examiner"] == 0
    assert other["conclusions that await a second examiner"] == 1
    assert other["marks whose region is only proposed"] == 3
    assert "recoveries without a decision" not in other
    assert at_desk("egon").get(reverse("today")).context["in_queues"].strip() == ""


def test_a_finished_search_waits_until_somebody_concludes(at_desk, enrolled):
    elena = at_desk("elena")
    asked = {"gallery": "ALL", "reach": "30", "closer": "1"}
    send(elena, "mark-search", enrolled[0].pk, **asked)

    before = counts(elena)["finished searches without a conclusion"]
    kept = elena.get(reverse("mark-search-run", args=[1])).context["page"].candidates[0]
    told = {"verdict": "INCONCLUSIVE", "reason": "too few lines"}
    send(elena, "conclude", kept.comparison.comparison_id, **told)

    assert before == 1
    assert counts(elena)["finished searches without a conclusion"] == 0


def test_sharing_abroad_is_decided_with_a_reason(at_desk, enrolled):
    own = enrolled[0].pk
    page = read(at_desk("elena"), "ballistic-mark", own)
    assert "international ballistic network" in page
    assert "Unverified" in page

    send(
        at_desk("elena"),
        "mark-sharing",
        own,
        standing="TO_SHARE",
        also=["NEAR_BORDER"],
        sharing_reason="found beside the border post",
    )

    made = SharingDecision.objects.current().get(mark_id=own)
    assert "NEAR_BORDER" in made.criteria
    assert "found beside the border post" in read(at_desk("ana"), "ballistic-mark", own)


@pytest.mark.parametrize(
    ("name", "given", "status"),
    [
        ("elena", {"standing": "SHARED"}, 422),
        ("elena", {"standing": "", "sharing_reason": "wrong"}, 422),
        ("ana", {"standing": "SHARED", "sharing_reason": "wrong"}, 403),
    ],
)
def test_sharing_is_not_decided_without_a_reason_or_the_right(
    at_desk, enrolled, name, given, status
):
    answer = send(at_desk(name), "mark-sharing", enrolled[0].pk, **given)

    assert answer.status_code == status
    assert not SharingDecision.objects.exists()


def test_the_list_finds_part_of_a_label_or_a_file_name(at_desk, enrolled):
    name = enrolled[0].scans.get().file.name_as_given

    page = at_desk("ana").get(reverse("ballistics"), {"q": name[:-4]})

    assert enrolled[0].pk in [row.mark_id for row in page.context["rows"]]


def test_a_finished_search_takes_its_waiting_badge_away(at_desk, enrolled):
    elena = at_desk("elena")
    asked = {"gallery": "ALL", "reach": "30", "closer": "0"}
    send(elena, "mark-search", enrolled[0].pk, **asked)
    address = reverse("mark-search-run", args=[1])

    part = elena.get(address, headers={"HX-Request": "true"}).content.decode()

    assert 'id="search-badge" hx-swap-oob="true"' in part
    assert "hx-swap-oob" not in elena.get(address).content.decode()
