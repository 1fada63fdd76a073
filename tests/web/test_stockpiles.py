"""The desk of a store: open, place, issue, sign, count, answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.accounts import actors
from armstrace.accounts.models import User
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.registry.actions.passing import Handover, pass_arm
from armstrace.stockpiles.models import Depot, Lot, Paper, StockCount, StockedArm
from armstrace.vetting.actions import vetting
from armstrace.vetting.inputs import VettingInput
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import HolderKind, Passing
from armstrace.vocabulary.vetting import Capacity, VettingAnswer
from tests.ledger_guard import written_directly
from tests.web import world

DAY = world.NOON.date()


@pytest.fixture
def store(known, at_desk):
    """Have the custodian open a store and place a State arm in it."""
    by = actors.actor_for(known.people["rita"])
    body = HolderInput("S-1", "National Police", HolderKind.STATE_BODY)
    licensing.record_holders(source="REG", stated=[body], by=by, at=world.NOON)
    handover = Handover(Passing.HANDED_TO_STATE, "S-1", DAY)
    pass_arm(arm_id=known.arms[1], handover=handover, by=by, at=world.NOON)
    cleo = at_desk("cleo")
    cleo.post(reverse("stockpiles"), {"name": "Armoury North"})
    depot = Depot.objects.get()
    answer = do(cleo, depot, "place", text=f"A{known.arms[1]}", reason="rack 2")
    assert "rack 2" in answer.content.decode()
    return depot


def do(client, depot, slug, **told):
    address = reverse("depot-act", args=[depot.pk, slug])
    told = ({"second": "otto"} if slug == "count" else {}) | told
    return client.post(address, told, follow=True)


def test_an_arm_is_issued_with_both_signatures(store, at_desk, known):
    cleo, otto = at_desk("cleo"), at_desk("otto")
    arm = f"A{known.arms[1]}"

    shown = do(cleo, store, "issue", other="otto", text=arm, due_back_on="2027-01-05")
    assert "M1" in shown.content.decode()
    assert "issues and returns to sign" in otto.get(reverse("today")).content.decode()
    paper = Paper.objects.get()
    signed = otto.post(reverse("stock-paper", args=[paper.pk]), follow=True)

    assert "otto" in signed.content.decode()
    assert StockedArm.objects.current().get().bearer == "otto"
    refused = do(cleo, store, "issue", other="otto", text="A404")
    assert refused.status_code == 409


def test_arms_are_moved_with_the_signatures_of_both_keepers(store, at_desk, known):
    cleo, arm = at_desk("cleo"), f"A{known.arms[1]}"
    cleo.post(reverse("stockpiles"), {"name": "Annexe"})
    annexe = Depot.objects.get(name="Annexe")
    with written_directly():
        User.objects.filter(name="otto").update(role=Role.CUSTODIAN)
    told = {"other": "otto", "text": arm, "to_id": annexe.pk}

    shown = do(cleo, store, "move", **told).content.decode()
    waiting = cleo.get(reverse("depot", args=[annexe.pk])).content.decode()
    assert "Annexe" in shown
    assert "Move to another store" in waiting
    assert "moved to another store" not in shown + waiting
    paper = reverse("stock-paper", args=[Paper.objects.get().pk])
    at_desk("otto").post(paper)

    assert "moved to another store" in cleo.get(paper).content.decode()
    assert StockedArm.objects.current().get().depot == annexe


def test_an_officer_declines_an_issue_and_says_why(store, at_desk, known):
    otto, arm = at_desk("otto"), f"A{known.arms[1]}"
    do(at_desk("cleo"), store, "issue", other="otto", text=arm)
    paper = reverse("stock-paper", args=[Paper.objects.get().pk])
    assert "Decline" in otto.get(paper).content.decode()

    told = {"reason": "I am on leave"}
    shown = otto.post(f"{paper}end/", told, follow=True).content.decode()

    assert "I am on leave" in shown
    assert "Decline" not in shown
    assert at_desk("cleo").post(f"{paper}end/", told).status_code == 409


def test_a_count_is_signed_by_a_second_person_and_its_differences_answered(
    store, at_desk, known
):
    cleo, otto = at_desk("cleo"), at_desk("otto")

    counted = do(cleo, store, "count", kind="PERIODIC", text="XY-1\n\nXY-1")
    said = counted.content.decode()
    assert "hidden" in said
    assert said.index('id="noted-head"') < said.index('<li value="3">')
    assert "XY-1 is on lines 1, 3 and counts once." in said
    assert "XY-1 on line 3 is not an arm on the register" in said
    count = StockCount.objects.get()
    assert "counts of stores to sign" in otto.get(reverse("today")).content.decode()
    shown = otto.post(reverse("stock-count-sign", args=[count.pk]), follow=True)
    arm = f"A{known.arms[1]}"
    assert arm in shown.content.decode()
    assert 'href="?format=csv"' in shown.content.decode()
    told = {"answer": "MISSING-EXPLAINED", "explanation": "at the range"}
    unsaid = otto.post(reverse("stock-count", args=[count.pk]), told)
    assert unsaid.status_code == 422
    assert "tick that all of that kind" in unsaid.content.decode()
    told |= {"is_all": "on"}
    answered = otto.post(reverse("stock-count", args=[count.pk]), told, follow=True)

    assert "at the range" in answered.content.decode()
    # Only what waits is asked for: the foreign number, and not the arm any more.
    asked = dict(answered.context["form"].fields["answer"].choices)
    assert {each.split("-")[0] for each in asked if each} == {"UNEXPECTED", "TWICE"}
    assert at_desk("sara").get(reverse("depot", args=[store.pk])).status_code == 404


def test_a_long_count_says_how_many_differences_it_does_not_show(store, at_desk):
    foreign = "\n".join(f"XY-{each}" for each in range(500))

    do(at_desk("cleo"), store, "count", kind="PERIODIC", text=foreign)
    sign = reverse("stock-count-sign", args=[StockCount.objects.get().pk])
    shown = at_desk("otto").post(sign, follow=True).content.decode()

    assert "1 more" in shown
    assert ("XY-498" in shown, "XY-499" in shown) == (True, False)


def test_a_table_of_a_spreadsheet_is_counted(store, at_desk, known):
    cleo, rows = at_desk("cleo"), f"N°;Modèle;Numéro\r\n1;M1;A{known.arms[1]}\r\n"
    table = SimpleUploadedFile("compte.csv", rows.encode("utf-16"))

    do(cleo, store, "count", kind="PERIODIC", text="", file=table)
    refused = do(
        cleo, store, "count", kind="PERIODIC", file=SimpleUploadedFile("a.xlsx", b"PK")
    )

    count = StockCount.objects.get()
    assert count.seen == [[f"A{known.arms[1]}", known.arms[1], 2]]
    assert refused.status_code == 422


def test_stores_their_arms_and_counts_are_handed_over_as_files(store, at_desk, known):
    cleo, otto, arm = at_desk("cleo"), at_desk("otto"), f"A{known.arms[1]}"
    do(cleo, store, "count", kind="PERIODIC", text="XY-1")
    count = reverse("stock-count", args=[StockCount.objects.get().pk])

    def file(client, address):
        answer = client.get(f"{address}?format=csv")
        return b"".join(answer.streaming_content).decode("utf-8-sig")

    assert arm not in file(cleo, count)
    otto.post(f"{count}sign/")
    assert f"MISSING,{arm}" in file(cleo, count)
    assert "Armoury North" in file(cleo, reverse("stockpiles"))
    stored = reverse("depot", args=[store.pk])
    assert "rack 2" in file(cleo, stored)
    assert arm not in file(otto, stored)


def test_the_camera_reads_into_the_list_of_a_count_and_into_the_look_up(store, at_desk):
    cleo = at_desk("cleo")
    for name, given, field in (
        ("depot-act", [store.pk, "count"], "id_text"),
        ("look-up", [], "id_q"),
    ):
        shown = cleo.get(reverse(name, args=given)).content.decode()
        assert f'data-scan="{field}"' in shown
        assert f'id="{field}"' in shown
        assert "jsqr/jsQR" in shown


def test_rounds_of_a_recalled_lot_are_not_issued(store, at_desk):
    cleo = at_desk("cleo")
    lot = {"number": "L-7", "calibre": "9x19", "quantity": "50"}
    assert "L-7" in do(cleo, store, "lot", **lot).content.decode()
    key = store.lots.get().pk
    cleo.post(reverse("lot-recall", args=[key]), {"reason": "the maker says so"})

    refused = do(cleo, store, "issue", other="otto", lot_id=key, rounds="5")

    assert refused.status_code == 409
    assert "has been recalled" in refused.content.decode()


def test_SK_12_a_clerk_disposes_of_what_a_custodian_declared(store, at_desk, known):
    arm = f"A{known.arms[1]}"
    told = {"arm": arm, "way": "DESTRUCTION", "reason": "order 7"}
    rita = at_desk("rita")
    assert do(rita, store, "dispose", **told).status_code == 409
    do(at_desk("cleo"), store, "surplus", text=arm, reason="new ones came")

    do(rita, store, "dispose", **told)

    assert StockedArm.objects.current().get().act == "CONDEMNED"
    unknown = reverse("depot-act", args=[store.pk, "fly"])
    assert rita.get(unknown).status_code == 404


def test_a_counted_file_says_what_was_passed_over_by_the_lines_of_the_file(
    store, at_desk, known
):
    arm = f"A{known.arms[1]}"
    listed = f"number,note,x\n{arm},x\n\nFOREIGN1,y\n{arm},z\nTotal,,3\nSum,3\n"
    file = SimpleUploadedFile("count.csv", listed.encode())

    said = do(at_desk("cleo"), store, "count", kind="PERIODIC", text="", file=file)

    told = said.content.decode()
    assert "Line 1 is a heading or a note and is passed over: number note x." in told
    assert "Line 6 is a total and is passed over." in told
    assert "Line 7 is a total and is passed over." in told
    assert f"{arm} is on lines 2, 5 and counts once." in told
    assert "FOREIGN1 on line 4 is not an arm on the register" in told
    assert '<li value="4">' in told


def test_only_answers_that_may_be_given_are_offered(store, at_desk, known):
    cleo, otto = at_desk("cleo"), at_desk("otto")
    do(cleo, store, "count", kind="PERIODIC", text="")
    do(cleo, store, "count", kind="PERIODIC", text=f"A{known.arms[0]}")
    count = StockCount.objects.get()
    otto.post(reverse("stock-count-sign", args=[count.pk]))

    def offered(client):
        shown = client.get(reverse("stock-count", args=[count.pk]))
        choices = shown.context["form"].fields["answer"].choices
        assert choices[0] == ("", "choose")
        return [one for one, _ in choices[1:]]

    moved = ["ELSEWHERE-EXPLAINED", "ELSEWHERE-INCIDENT"]
    assert offered(cleo) == ["MISSING-INCIDENT", *moved]
    assert offered(otto) == ["MISSING-EXPLAINED", "MISSING-INCIDENT", *moved]
    forged = {"answer": "MISSING-EXPLAINED", "explanation": "cleaned", "is_all": "on"}
    refused = cleo.post(reverse("stock-count", args=[count.pk]), forged)
    assert (refused.status_code, refused.context["form"].refused_by) == (409, "SK-16")


def test_who_has_rounds_of_a_recalled_lot_is_told_why(store, at_desk):
    cleo, otto = at_desk("cleo"), at_desk("otto")
    do(cleo, store, "lot", number="L-77", calibre="9x19", quantity=100)
    lot = Lot.objects.get()
    do(cleo, store, "issue", other="otto", lot_id=lot.pk, rounds=30, text="")
    otto.post(reverse("stock-paper", args=[Paper.objects.get().pk]))
    cleo.post(reverse("lot-recall", args=[lot.pk]), {"reason": "Primers fail"})
    page = reverse("lot-of-rounds", args=[lot.pk])

    today = otto.get("/today/").content.decode()

    assert "recalled lots of which you still have rounds" in today
    assert page in today
    told = cleo.get("/today/").content.decode()
    assert "recalled lots of which rounds are still out" in told
    assert page in told
    assert "<bdi>otto</bdi>" in cleo.get(page).content.decode()
    assert "Primers fail" in otto.get(page).content.decode()
    recall = f'href="{reverse("lot-recall", args=[lot.pk])}"'
    for client, is_keeper in ((cleo, True), (otto, False)):
        shown = client.get(page).content.decode()
        assert (recall in shown) is is_keeper
        assert 'href="?format=csv"' in shown
        assert reverse("vetting-ask") not in shown
    cleo.post(
        reverse("lot-recall", args=[lot.pk]), {"reason": "Tested", "is_over": "on"}
    )
    assert "Primers fail" not in otto.get(page).content.decode()
    assert page not in otto.get("/today/").content.decode()
    assert page not in cleo.get("/today/").content.decode()


def test_a_recalled_lot_waits_for_its_rounds_until_all_are_back(store, at_desk):
    cleo, otto = at_desk("cleo"), at_desk("otto")
    do(cleo, store, "lot", number="L-77", calibre="9x19", quantity=100)
    lot = Lot.objects.get()
    page = reverse("lot-of-rounds", args=[lot.pk])
    do(cleo, store, "issue", other="otto", lot_id=lot.pk, rounds=30, text="")
    otto.post(reverse("stock-paper", args=[Paper.objects.get().pk]))
    cleo.post(reverse("lot-recall", args=[lot.pk]), {"reason": "Primers fail"})

    def give_back(rounds):
        do(otto, store, "return", other="cleo", lot_id=lot.pk, rounds=rounds, text="")
        cleo.post(reverse("stock-paper", args=[Paper.objects.latest("pk").pk]))
        return page in cleo.get("/today/").content.decode()

    assert give_back(20)
    assert not give_back(10)


def test_SK_01_who_may_not_act_in_a_store_is_told_so_where_acts_are_offered(
    store, at_desk, known
):
    cleo, otto, arm = at_desk("cleo"), at_desk("otto"), f"A{known.arms[1]}"
    do(cleo, store, "issue", other="otto", text=arm)
    do(cleo, store, "count", kind="PERIODIC", text=arm)
    place = reverse("depot", args=[store.pk])
    paper = reverse("stock-paper", args=[Paper.objects.get().pk])
    count = reverse("stock-count", args=[StockCount.objects.get().pk])
    offered = {place: f"{place}count/", paper: f"{paper}end/", count: f"{count}sign/"}
    for address, act in offered.items():
        assert f'"{act}"' in otto.get(address).content.decode()

    rita, sam = (actors.actor_for(known.people[each]) for each in ("rita", "sam"))
    stated = VettingInput("otto", Capacity.STAFF)
    asked = vetting.ask_vetting(stated=stated, by=rita, at=world.NOON)
    against = {"answer": VettingAnswer.ADVERSE, "valid_until": None}
    vetting.answer_vetting(request_id=asked.pk, by=sam, at=world.NOON, **against)

    for address, act in offered.items():
        shown = otto.get(address).content.decode()
        assert "Your vetting has expired" in shown
        assert f'"{act}"' not in shown
    assert otto.get(offered[place]).status_code == 409


def test_where_there_is_nothing_to_choose_it_is_said_why(store, at_desk):
    shown = at_desk("cleo").get(reverse("depot-act", args=[store.pk, "move"]))

    assert "There is no other store of this agency" in shown.content.decode()
