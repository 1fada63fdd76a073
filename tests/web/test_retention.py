"""The pages of retention: what is due and why not yet, holds, erasures."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.retention.actions import holding
from armstrace.retention.models import Erasure, LegalHold
from armstrace.vocabulary.retention import KeptKind
from tests.ledger_guard import written_directly
from tests.retention import desk

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
DUE = "?kind=RECOVERY&state=DUE"


@pytest.fixture
def aged(known):
    """Have a recovery that was last stated long ago."""
    key = known.recovered[1]
    recovery = Recovery.objects.filter(pk=key)
    with written_directly():
        recovery.update(known_at=LONG_AGO)
        RecoveryRecord.objects.filter(recovery=key).update(known_at=LONG_AGO)
    return key


def page(desk_of, query=""):
    return desk_of.get(reverse("retention") + query).content.decode()


def test_the_list_says_until_when_by_which_rule_and_how_strongly(at_desk, known):
    shown = page(at_desk("sam"), f"?kind=RECOVERY&number=R{known.recovered[0]}")

    assert "International Tracing Instrument, para. 12 (b)" in shown
    assert "Legal holds" in shown


def test_what_is_not_compared_with_the_law_is_said_once_on_a_page(at_desk, known):
    shown = page(at_desk("sam"), "?kind=RECOVERY")

    assert shown.count("not yet compared with the text of the law") == 1
    assert len(re.findall(r"\*\s*</div>", shown)) > 1


def test_the_list_is_a_file_too(at_desk, aged):
    sent = at_desk("sam").get(reverse("retention") + f"{DUE}&format=csv")

    text = b"".join(sent.streaming_content).decode()
    assert f"RECOVERY,R{aged},DUE," in text


def test_one_proposes_what_is_due_and_another_erases_it(at_desk, known, aged):
    sam, ana = at_desk("sam"), known.people["ana"]
    sent = sam.post(reverse("retention") + DUE, {"reason": "over"}, follow=True)
    erasure = Erasure.objects.get()
    assert "Proposed; now another person decides." in sent.content.decode()
    assert "Save the decision" not in sent.content.decode()

    address = reverse("erasure", args=[erasure.pk])
    own = sam.post(address, {"is_agreed": "yes", "reason": "done"})
    assert own.status_code == 409

    actor = actors.actor_for(known.people["sam"])
    desk.decide(erasure, by=desk.replace(actor, name=ana.name), at=now())
    assert "carried out" in sam.get(address).content.decode()
    assert f"R{aged}" in page(sam, "?kind=RECOVERY&state=ERASED")


def test_a_proposal_without_a_reason_says_so_and_proposes_nothing(at_desk, aged):
    sent = at_desk("sam").post(reverse("retention") + DUE, {})

    assert sent.status_code == 422
    assert not Erasure.objects.exists()


def test_a_hold_is_placed_and_lifted(at_desk, known):
    sam = at_desk("sam")
    given = {
        "number": f"R{known.recovered[0]}",
        "reason": "before the court",
        "review_on": (now() + timedelta(days=90)).date().isoformat(),
    }

    sam.post(reverse("holds"), given)
    assert "under a legal hold" in page(sam, "?kind=RECOVERY&state=HELD")
    again = sam.post(reverse("holds"), given)
    assert again.status_code == 409

    (held,) = LegalHold.objects.current()
    address = reverse("hold-lift", args=[held.pk])
    assert sam.post(address, {"reason": "closed"}).status_code == 409
    by = desk.replace(actors.actor_for(known.people["sam"]), name="another")
    holding.lift_hold(hold_id=held.pk, reason="closed", by=by, at=now())
    assert not LegalHold.objects.current().exists()


def test_the_work_of_today_counts_what_waits_for_a_second_person(at_desk, known, aged):
    propose = desk.propose
    by = desk.replace(actors.actor_for(known.people["sam"]), name="another")
    propose(KeptKind.RECOVERY, aged, by=by, at=now())

    shown = at_desk("sam").get(reverse("today")).content.decode()

    assert "erasures that wait for a second person" in shown


@pytest.mark.parametrize("kind", list(KeptKind))
def test_a_list_asks_no_question_a_row(
    at_desk, known, aged, django_assert_max_num_queries, kind
):
    audrey = at_desk("audrey")
    page(audrey)

    with django_assert_max_num_queries(45):
        page(audrey, f"?kind={kind.value}")


def now():
    return datetime.now(UTC)
