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
    assert at_desk("egon").get(reverse("today")).context["queues"] == ()


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
