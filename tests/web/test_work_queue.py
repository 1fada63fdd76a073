"""The work queue: oldest first, taken by one, handed on with a note, kept filters."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.analysis.marks.description import Description
from armstrace.audit.models import LedgerEntry
from armstrace.recoveries.actions import recording
from armstrace.tracing import queries
from armstrace.tracing.actions import assigning, saved_filters
from armstrace.tracing.models import Assignment, SavedFilter, TraceDecision
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from tests.web import world

pytestmark = pytest.mark.django_db

QUEUE, ASSIGN = reverse("work-queue"), reverse("work-assign")
TODAY = world.NOON.date() + timedelta(days=60)


def give(to, *recoveries, by, note=""):
    return assigning.assign_recoveries(
        recovery_ids=recoveries, to=to, note=note, by=by, at=world.NOON
    )


def shown(page):
    return [row.traced.recovery.recovery_id for row, _ in page.context["rows"]]


def test_what_nobody_has_is_taken_and_comes_in_the_order_of_its_records(
    at_desk, known, ana
):
    older = world.a_recovery("OLD", known_at=world.NOON - timedelta(days=9))
    (made,) = recording.record_recoveries(
        source="TEST", stated=[older], by=actors.system_actor(), at=world.NOON
    )
    client, first = at_desk("ana"), known.recovered[0]
    assert shown(client.get(QUEUE)) == []
    free = shown(client.get(QUEUE, {"whose": "free"}))
    assert free == [made.record_id, *known.recovered[:3]]

    sent = {"recovery": [first, made.record_id], "act": "take", "next": QUEUE}
    page = client.post(ASSIGN, sent, follow=True)

    assert "2 recoveries are now assigned to ana" in page.content.decode()
    assert shown(page) == [made.record_id, first]
    entry = LedgerEntry.objects.get(act="trace.assigned")
    assert entry.actor == "ana"


def test_an_arm_reported_stolen_is_told_in_the_queue(at_desk, known):
    marks = Description("pistol", "Glock", "17", "9mm", "BK48010")
    (made,) = recording.record_recoveries(
        source="TEST",
        stated=[world.a_recovery("STOLEN", description=marks)],
        by=actors.system_actor(),
        at=world.NOON,
    )

    page = at_desk("ana").get(QUEUE, {"whose": "free"})

    flagged = {
        row.traced.recovery.recovery_id
        for row, _ in page.context["rows"]
        if row.missing
    }
    assert flagged == {made.record_id}
    assert "stolen</span>" in page.content.decode()


def test_after_a_decision_the_next_of_the_queue_is_a_click_away(at_desk, known, ana):
    first, second, third, _ = known.recovered
    give("ana", first, second, third, by=ana)
    client = at_desk("ana")
    decided = {"ground": "INADEQUATELY_MARKED", "reason": "a seizure"}
    client.post(reverse("decide", args=[first, "open"]), decided)

    page = client.get(reverse("recovery", args=[first])).content.decode()
    address = f"{reverse('work-next')}?after={first}"

    assert f'href="{address}"' in page
    assert client.get(address)["Location"] == reverse("recovery", args=[second])
    last = client.get(f"{reverse('work-next')}?after={third}")
    assert last["Location"] == reverse("recovery", args=[first])


def test_what_is_decided_leaves_the_queue(at_desk, known, ana):
    first = known.recovered[0]
    give("ana", first, by=ana)
    closed = {
        "outcome": "IDENTIFICATION_INSUFFICIENT",
        "reason": "no mark can be read",
    }

    client = at_desk("ana")
    client.post(reverse("decide", args=[first, "close"]), closed)

    page = client.get(reverse("work-next"), follow=True)
    assert "Your queue is empty" in page.content.decode()
    assert first not in shown(page)


def test_TD_08_a_decision_from_an_old_page_is_refused_and_keeps_what_was_typed(
    at_desk, known, ana
):
    first, client = known.recovered[0], at_desk("ana")
    page = client.get(reverse("trace", args=[first])).content.decode()
    seen = {"seen": 0}
    assert '<input type="hidden" name="seen" value="0"' in page
    opened = {"ground": "INADEQUATELY_MARKED", "reason": "a seizure"}
    client.post(reverse("decide", args=[first, "open"]), opened | seen)
    late = {"exception": "WAIVED", "reason": "typed for long"}

    for key, told in (("open", opened), ("except", late)):
        refused = at_desk("sam").post(reverse("decide", args=[first, key]), told | seen)
        assert refused.status_code == 409

    text = refused.content.decode()
    assert f"Somebody has changed R{first} since" in text
    assert "typed for long</textarea>" in text
    (decision,) = TraceDecision.objects.all()
    assert f'name="seen" value="{decision.pk}"' in text


def test_it_is_handed_to_a_colleague_with_a_note(at_desk, known, ana, sam):
    first = known.recovered[0]
    client = at_desk("ana")
    sent = {"recovery": first, "act": "assign", "person": "sam", "note": "abroad, ask"}

    page = client.post(ASSIGN, sent, follow=True).content.decode()

    assert "abroad, ask" in page
    told = queries.assignment_of(first, viewer=sam)
    assert (told.person, told.given_by, told.reason) == ("sam", "ana", "abroad, ask")


def test_what_is_released_is_free_again(known, ana):
    first = known.recovered[0]
    give("ana", first, by=ana)

    freed = assigning.release_recoveries(recovery_ids=[first], by=ana, at=world.NOON)

    assert freed == 1
    assert queries.assignment_of(first, viewer=ana) is None
    assert Assignment.objects.filter(recovery_id=first).count() == 1


def test_TD_06_what_another_has_is_not_taken_but_by_a_supervisor(known, ana, sam):
    first = known.recovered[0]
    give("sam", first, by=sam)

    with pytest.raises(RuleBroken, match=f"R{first} is with sam") as refused:
        give("ana", first, by=ana)
    with pytest.raises(RuleBroken):
        assigning.release_recoveries(recovery_ids=[first], by=ana, at=world.NOON)

    assert refused.value.rule == "TD-06"
    assert give("ana", first, by=sam) == 1


def test_TD_10_of_two_who_take_the_same_work_the_second_is_told_who_has_it(
    at_desk, known, ana, sam
):
    first = known.recovered[0]
    page = at_desk("sam").get(QUEUE, {"whose": "free"}).content.decode()
    seen = re.search(f'name="seen" value="({first} [^"]*)"', page)[1]
    give("ana", first, by=ana)

    sent = {"recovery": [first], "act": "take", "seen": [seen]}
    answer = at_desk("sam").post(ASSIGN, sent)

    assert answer.status_code == 409
    assert f"ana has taken R{first}" in answer.content.decode()
    assert Assignment.objects.current().get().person == "ana"


@pytest.mark.parametrize("person", ["otto", "nobody", ""])
def test_TD_07_only_who_decides_on_traces_is_given_any(known, ana, person):
    with pytest.raises(RuleBroken, match="may not decide on traces") as refused:
        give(person, known.recovered[0], by=ana)

    assert refused.value.rule == "TD-07"
    assert not Assignment.objects.exists()


def test_nobody_outside_the_hub_assigns(known):
    otto = actors.actor_for(known.people["otto"])

    with pytest.raises(NotPermitted):
        give("ana", known.recovered[0], by=otto)


@pytest.mark.parametrize("number", [999_999, 4])
def test_what_is_no_recovered_arm_is_not_assigned(known, ana, number):
    absent = known.recovered[3] if number == 4 else number  # ammunition

    with pytest.raises(NotFound):
        give("ana", absent, by=ana)


def test_nothing_chosen_is_said_above_the_list(at_desk, known):
    back = f"{QUEUE}?whose=free"
    sent = {"recovery": "x", "act": "assign", "next": back}

    answer = at_desk("ana").post(ASSIGN, sent, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain[0][0] == back
    assert page.index("Choose at least one recovery") < page.index("<table")
    assert page.index('value="take"') < page.index("<table")


def test_a_filter_is_kept_under_a_name_and_let_go(at_desk, known, ana):
    client, address = at_desk("ana"), reverse("work-filter")
    asked = "whose=free&agency=PC-SUL&page=3&next=//evil.example"

    page = client.post(address, {"name": "South", "asked": asked}, follow=True)

    assert "saved as “South”" in page.content.decode()
    assert shown(page) == [known.recovered[2]]
    assert queries.saved_filters(viewer=ana) == {"South": "agency=PC-SUL&whose=free"}
    assert LedgerEntry.objects.filter(act="filter.saved").count() == 1
    again = client.post(address, {"name": "South ", "asked": "q=1"}, follow=True)
    assert "“South” is replaced by this one" in again.content.decode()
    client.post(address, {"name": "South", "forget": "1"})
    assert queries.saved_filters(viewer=ana) == {}
    assert SavedFilter.objects.count() == 2


def test_a_filter_is_ones_own_and_has_a_name(known, ana, sam):
    saved_filters.save_filter(name="N", asked="q=1", by=ana, at=world.NOON)

    assert queries.saved_filters(viewer=sam) == {}
    for name, asked in ((" ", "q=1"), ("N", ""), ("x" * 81, "q=1")):
        with pytest.raises(InvalidInput):
            saved_filters.save_filter(name=name, asked=asked, by=ana, at=world.NOON)


def test_today_begins_with_ones_own_queue(at_desk, known, ana):
    give("ana", known.recovered[1], by=ana)

    page = at_desk("ana").get("/today/")

    own = page.context["queues"][0]
    assert own.name == "My queue, oldest first"
    assert [row.recovery_id for row in own.rows] == [known.recovered[1]]
    counts = {task.what: task.count for task in page.context["tasks"]}
    assert (counts["in my queue"], counts["unassigned"]) == (1, 2)


def test_today_counts_nothing_again_before_an_act(at_desk, known, ana):
    client, asked = at_desk("ana"), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as caught:
            client.get("/today/")
            asked.append(len(caught))

    give("ana", known.recovered[1], by=ana)

    counts = {t.what: t.count for t in client.get("/today/").context["tasks"]}
    assert counts["in my queue"] == 1
    assert asked[1] < asked[0] - 10


@pytest.mark.parametrize("name", ["cleo", "carl", "audrey", "stan"])
def test_who_decides_on_no_trace_has_none_of_them_to_do(at_desk, known, name):
    page = at_desk(name).get("/today/")

    done_by = " ".join(task.address for task in page.context["tasks"])
    assert "/recoveries/" not in done_by
    assert "/traces/" not in done_by
    assert page.context["queues"] == ()


@pytest.mark.parametrize(
    ("name", "confirms"),
    [("sam", True), ("otto", False), ("cleo", False), ("carl", False)],
)
def test_today_asks_only_who_may_to_confirm_points(at_desk, known, name, confirms):
    page = at_desk(name).get("/today/")

    names = [queue.name for queue in page.context["queues"]]
    assert ("Points of diversion to confirm" in names) is confirms


def test_the_list_of_one_persons_work_says_so(at_desk, known):
    client, all_of_it = at_desk("sam"), reverse("work-queue") + "?whose=all"

    page = client.get(f"{all_of_it}&person=ana").content.decode()

    assert "Only the work of ana is shown." in page
    assert f'href="{all_of_it}">Show all' in page
    assert "Save this filter as" in page
    assert "Only the work of" not in client.get(all_of_it).content.decode()


def test_the_queue_says_that_a_filter_is_on(at_desk, known):
    client = at_desk("ana")

    page = client.get(reverse("work-queue") + "?whose=all&make=GLOCK").content.decode()

    assert "A filter is on" in page
    assert f'{reverse("work-queue")}?whose=all">Show all' in page
    assert "A filter is on" not in client.get(reverse("work-queue")).content.decode()
