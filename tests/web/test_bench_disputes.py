"""What pages say where two examiners differ, and where a link is made or removed."""

import pytest
from django.urls import reverse

from armstrace.audit.models import LedgerEntry
from armstrace.ballistics.models import Conclusion, Link
from tests.ballistics import marks as bench
from tests.web.at_bench import enrolled, folder, kept, read, send
from tests.web.test_bench_work import counts

__all__ = ["enrolled", "folder", "kept"]

pytestmark = pytest.mark.django_db
DISPUTED = "disputed by a second examiner"
UNLINKED = "links of yours that another person removed"


@pytest.fixture
def disputed(at_desk, kept):
    """The page that the second examiner lands on."""
    told = {"verdict": "ELIMINATION", "reason": "lines differ"}
    send(at_desk("elena"), "conclude", kept.pk, **told)
    said = Conclusion.objects.get()
    told = {"verdict": "IDENTIFICATION", "reason": "lines agree throughout"}
    return send(at_desk("egon"), "conclusion-review", said.pk, **told)


@pytest.fixture
def linked(enrolled, folder):
    bench.identified(folder, enrolled[0], enrolled[1])
    return Link.objects.current().get()


def test_a_dispute_heads_the_page_with_both_conclusions(at_desk, disputed, kept):
    assert "the two are disputed" in disputed.content.decode()

    head = read(at_desk("ana"), "comparison", kept.pk).split("</h1>")[0]

    assert DISPUTED in head
    assert "elimination" in head
    assert "identification" in head


def test_a_dispute_waits_for_those_who_can_settle_it(at_desk, disputed, kept):
    for name in ("elena", "egon"):
        assert counts(at_desk(name))["disputed conclusions"] == 1
    listed = read(at_desk("egon"), "conclusions", standing="DISPUTED")
    assert f"comparisons/{kept.pk}/" in listed

    told = {"verdict": "INCONCLUSIVE", "reason": "too worn to say"}
    send(at_desk("egon"), "conclude", kept.pk, **told)

    assert counts(at_desk("elena"))["disputed conclusions"] == 0


def test_a_link_that_was_made_is_said_and_can_be_removed_there(at_desk, kept):
    told = {"verdict": "IDENTIFICATION", "reason": "lines agree throughout"}
    send(at_desk("elena"), "conclude", kept.pk, **told)
    said = Conclusion.objects.get()

    page = send(at_desk("egon"), "conclusion-review", said.pk, **told).content.decode()

    link = Link.objects.current().get()
    assert f"Link made: R{link.first_recovery_id} and" in page
    assert reverse("link-remove", args=[link.pk]) in page


def test_a_removed_link_stays_where_it_stood(at_desk, linked):
    why = "the scan was mixed up"
    send(at_desk("elena"), "link-remove", linked.pk, reason=why)

    recovery = read(at_desk("ana"), "recovery", linked.first_recovery_id)
    history = read(at_desk("ana"), "ballistic-mark", linked.first_mark_id)

    for shown in (recovery, history.split('id="before-head"')[1]):
        assert "link removed" in shown
        assert why in shown
        assert "elena" in shown


def test_a_removal_by_one_is_written_down_and_shown_to_the_other(at_desk, kept):
    told = {"verdict": "IDENTIFICATION", "reason": "lines agree throughout"}
    send(at_desk("elena"), "conclude", kept.pk, **told)
    send(at_desk("egon"), "conclusion-review", Conclusion.objects.get().pk, **told)
    link = Link.objects.current().get()

    send(at_desk("elena"), "link-remove", link.pk, reason="the slide was swapped")

    assert counts(at_desk("egon"))[UNLINKED] == 1
    assert counts(at_desk("elena"))[UNLINKED] == 0
    assert "and its link was removed" in read(
        at_desk("egon"), "conclusions", standing="UNLINKED"
    )
    entry = LedgerEntry.objects.get(act="ballistics.link_removed")
    assert '"is_by_one_person":true' in entry.body


@pytest.mark.parametrize("given", [{}, {"comparison": "1"}])
def test_a_removal_without_a_reason_is_asked_again_above(at_desk, linked, given):
    if given:
        given = {"comparison": str(linked.conclusion.comparison_id)}

    answer = send(at_desk("elena"), "link-remove", linked.pk, **given)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index('role="alert"') < page.index("</h1>")
    assert f'href="#unlink-{linked.pk}-reason"' in page
    assert f'id="unlink-{linked.pk}-reason"' in page
    assert Link.objects.current().get() == linked


def test_a_mark_compared_with_itself_is_refused_above(at_desk, enrolled):
    answer = send(
        at_desk("elena"), "mark-compare", enrolled[0].pk, other=f"B{enrolled[0].pk}"
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index("Two different marks") < page.index("</h1>")


def test_a_conclusion_without_a_reason_keeps_what_was_chosen(at_desk, kept):
    answer = send(at_desk("elena"), "conclude", kept.pk, verdict="ELIMINATION")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index('href="#id_reason"') < page.index("</h1>")
    assert '<option value="ELIMINATION" selected>' in page
    assert not Conclusion.objects.exists()
