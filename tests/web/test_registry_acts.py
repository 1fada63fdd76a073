"""The registry clerk's pages: what is typed stays, refusals say the way on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from armstrace.audit import consulted
from armstrace.audit.models import LedgerEntry
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.registry.models import Arm, ArmRecord, LifeEvent, LossReport
from armstrace.vocabulary.ledger import Access

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(at_desk, known):
    """Give the clerk's client, and the arms and the holders by number."""
    client = at_desk("rita")
    client.arms = known.arms
    client.holders = {h.number: h.pk for h in Holder.objects.all()}
    return client


def sent(client, address, **told):
    """Send a form as it is shown, with some fields filled in."""
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    body = {name: "" if value is None else value for name, value in values.items()}
    answered = client.post(address, body | told, follow=True)
    if not (answered.context and answered.context.get("about_to")):
        return answered
    checked = answered.context["form"]["checked"].value()
    return client.post(address, body | told | {"checked": checked}, follow=True)


def looked_at(taker, manner="GIFT") -> str:
    """Give what says that a passing on to somebody today was shown."""
    return f"{taker} {manner} {timezone.localdate()}"


def words(response) -> str:
    return " ".join(response.content.decode().split())


def pass_address(desk, arm=1):
    return reverse("arm-pass", args=[desk.arms[arm]])


def test_a_name_offers_the_holders_who_may_be_meant(desk) -> None:
    told = {"holder": "person", "document": "permit 7", "reason": "on paper"}

    response = sent(desk, pass_address(desk), **told)

    assert response.status_code == 422
    assert [one.number for one in response.context["form"].found] == ["H-1", "H-2"]
    assert 'value="permit 7"' in words(response)
    assert LedgerEntry.objects.filter(act="holder.listed").count() == 1
    chosen = sent(
        desk,
        pass_address(desk),
        **told,
        holder_is="H-2",
        checked=looked_at("H-2", "SALE"),
    )
    assert "The arm is passed on." in words(chosen)


def test_the_whole_name_of_one_holder_is_taken_without_a_question(desk) -> None:
    response = sent(desk, pass_address(desk), holder="person two")

    assert response.context["receiver"]["row"].number == "H-2"


def test_HO_03_a_refusal_stays_beside_the_form_with_what_was_typed(desk) -> None:
    response = sent(
        desk,
        pass_address(desk),
        holder="H-1",
        checked=looked_at("H-1", "SALE"),
        document="permit 7",
    )

    assert response.status_code == 409
    assert "has no licence on record" in words(response)
    assert 'value="permit 7"' in words(response)
    assert LifeEvent.objects.filter(arm_id=desk.arms[1]).count() == 0
    assert LedgerEntry.objects.filter(act="page.refused").count() == 1


def test_RG_01_a_form_overtaken_says_so_and_goes_on_from_what_is_on_record(
    desk,
) -> None:
    told = {"holder": "H-1", "reason": "on paper", "seen": 0, "manner": "GIFT"}
    told["checked"] = looked_at("H-1")
    told["happened_on"] = timezone.localdate().isoformat()
    assert desk.post(pass_address(desk), told).status_code == 302

    late = desk.post(
        pass_address(desk), told | {"holder": "H-2", "checked": looked_at("H-2")}
    )

    assert late.status_code == 409
    assert "since this page was opened" in words(late)
    again = {
        **told,
        "holder": "H-2",
        "checked": looked_at("H-2"),
        "seen": late.context["form"]["seen"].value(),
    }
    assert desk.post(pass_address(desk), again).status_code == 302
    assert Arm.objects.get(pk=desk.arms[1]).holder.number == "H-2"


def test_the_page_of_an_arm_offers_what_may_follow_and_says_why_not(desk) -> None:
    page = words(desk.get(reverse("arm", args=[desk.arms[0]])))

    assert "Record as found again" in page
    assert "The arm is reported lost or stolen and cannot change hands" in page
    assert reverse("arm-pass", args=[desk.arms[0]]) not in page
    for verb in ("as lost", "as stolen", "the destruction", "a new mark"):
        assert verb not in page


def test_what_a_clerk_sees_on_today_may_also_be_opened(desk) -> None:
    page = desk.get(reverse("today"))

    assert not page.context["queues"]
    for task in page.context["tasks"]:
        assert desk.get(task.address).status_code == 200


def test_an_officer_is_told_who_records_events(at_desk, known) -> None:
    page = words(at_desk("otto").get(reverse("arm", args=[known.arms[0]])))

    assert "Events of this arm are recorded by: registry clerk" in page
    assert "Pass to another holder" not in page


@pytest.mark.parametrize(
    "name", ["arm-pass", "arm-correct", "arm-withdraw", "arm-reinstate"]
)
def test_a_stranger_acts_on_no_arm(at_desk, known, name) -> None:
    address = reverse(name, args=[known.arms[0]])

    for person in ("otto", "sara"):
        assert at_desk(person).get(address).status_code == 403
        assert at_desk(person).post(address, {}).status_code == 403


@pytest.mark.parametrize("name", ["holders", "holder-record", "arm-register"])
def test_a_stranger_sees_no_desk_of_the_register(at_desk, known, name) -> None:
    assert at_desk("otto").get(reverse(name)).status_code == 403


def test_a_loss_is_reported_and_the_system_gives_the_number(desk) -> None:
    address = reverse("arm-happening", args=[desk.arms[1], "stolen"])

    response = sent(desk, address, place="Alturas")

    number = LossReport.objects.get().source_number
    assert number == f"A{desk.arms[1]}-1"
    assert f"reported stolen, report {number}." in words(response)
    assert "Reports of loss or theft" in words(response)


def test_a_happening_that_is_not_the_clerks_is_no_page(desk) -> None:
    address = reverse("arm-happening", args=[desk.arms[1], "recovered"])

    assert desk.get(address).status_code == 404


def test_an_arm_is_corrected_with_a_reason_and_its_history_says_who(desk) -> None:
    address = reverse("arm-correct", args=[desk.arms[1]])

    response = sent(desk, address, serial="BK48018", reason="read anew")

    assert "The arm is corrected." in words(response)
    assert "read anew" in words(response)
    assert ArmRecord.objects.current().get(arm_id=desk.arms[1]).make == "GLOCK"


def test_a_correction_of_nothing_says_so(desk) -> None:
    address = reverse("arm-correct", args=[desk.arms[1]])

    response = sent(desk, address, reason="read again")

    assert "nothing was changed" in words(response)


def test_a_double_is_withdrawn_and_brought_back(desk) -> None:
    first, second = desk.arms[0], desk.arms[1]
    told = {"same_as": f"a{first}", "reason": "one pistol"}

    gone = sent(desk, reverse("arm-withdraw", args=[second]), **told)

    assert "the arm is on record twice" in words(gone)
    assert f"A{second}" not in words(desk.get(reverse("registry")))
    back = sent(desk, reverse("arm-reinstate", args=[second]), reason="two pistols")
    assert "The record is back." in words(back)
    assert f"A{second}" in words(desk.get(reverse("registry")))


NEW = {
    "type": "pistol",
    "make": "Walther",
    "model": "PP",
    "calibre": "7.65 mm",
    "serial": "W77123",
    "country": "Germany",
}


def test_an_arm_is_registered_and_its_number_given(desk) -> None:
    response = sent(desk, reverse("arm-register"), **NEW, at_country="DE")

    made = Arm.objects.order_by("-pk").first()
    assert f"The arm is registered as A{made.pk}." in words(response)
    assert made.source_number.startswith("REG-")


def test_arms_with_marks_alike_are_shown_before_an_arm_is_saved(desk) -> None:
    like = NEW | {"make": "Glock", "model": "17", "serial": "BK48010"}
    like["calibre"] = "9x19"
    address = reverse("arm-register")

    looked = sent(desk, address, **like, notes="boxed")

    assert "bear marks like these" in words(looked)
    assert f"A{desk.arms[0]}" in words(looked)
    assert 'value="boxed"' in words(looked)
    assert Arm.objects.count() == len(desk.arms)
    form = looked.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert "MK-05" in words(desk.post(address, again))
    again["reason"] = "the maker used the number twice"
    assert desk.post(address, again).status_code == 302
    assert Arm.objects.count() == len(desk.arms) + 1


def test_a_form_that_is_sent_twice_registers_one_arm(desk) -> None:
    address = reverse("arm-register")
    form = desk.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    told = shown | NEW | {"at_country": "DE"}
    first = desk.post(address, told)
    looked = desk.post(address, told).context["form"]

    again = desk.post(address, told | {"checked": looked["checked"].value()})

    assert again.url == first.url
    assert Arm.objects.count() == len(desk.arms) + 1
    assert desk.get(address).context["form"]["sent"].value() != shown["sent"]


def test_similar_arms_are_shown_while_marks_are_typed(desk) -> None:
    found = desk.get(reverse("arm-similar"), {"make": "glock", "serial": "BK48010"})

    assert f"A{desk.arms[0]}" in words(found)
    assert "<html" not in words(found)


def test_MK_02_a_missing_mark_is_warned_of_and_a_reason_lets_it_pass(desk) -> None:
    bare = NEW | {"country": ""}
    address = reverse("arm-register")

    warned = sent(desk, address, **bare)

    assert warned.status_code == 409
    assert "the country of manufacture" in words(warned)
    done = sent(desk, address, **bare, reason="sample")
    assert "The arm is registered" in words(done)


def test_a_holder_is_recorded_found_and_corrected(desk) -> None:
    told = {"name": "Gil Sample", "licence_number": "L-9", "licence_type": "CARRY"}
    assert "HO-10" in words(sent(desk, reverse("holder-record"), **told))
    told |= {"taken_over": "county register, sheet 7"}
    made = sent(desk, reverse("holder-record"), **told)
    holder = Holder.objects.order_by("-pk").first()
    assert "The holder is recorded." in words(made)

    held = Licence.objects.get(number="L-9")
    page = words(desk.get(reverse("held-licence", args=[held.pk])))
    assert "taken over, not issued here" in page
    assert "county register, sheet 7" in page
    listed = desk.get(reverse("holders"), {"q": "gil"})
    assert holder.number in words(listed)
    address = reverse("holder-correct", args=[holder.pk])
    moved = sent(desk, address, place="Alturas", reason="moved")

    assert "The holder is corrected." in words(moved)
    now = HolderRecord.objects.current().get(holder=holder)
    assert (now.name, now.place) == ("Gil Sample", "Alturas")


def test_the_page_of_a_holder_shows_arms_and_events(desk) -> None:
    page = words(desk.get(reverse("holder", args=[desk.holders["H-2"]])))

    assert f"A{desk.arms[0]}" in page
    assert "Person Two" in page
    assert "transferred to another holder" in page


def test_a_licence_of_which_nothing_is_said_marks_the_field(desk) -> None:
    told = {"name": "Gil Sample", "licence_number": "L-9"}

    response = sent(desk, reverse("holder-record"), **told)

    assert response.status_code == 422
    assert "State what the licence allows." in words(response)


def test_an_extract_says_who_made_it_and_leaves_an_entry(desk) -> None:
    page = words(desk.get(reverse("arm-extract", args=[desk.arms[0]])))

    assert "Made by rita, REG" in page
    assert "Person Two" not in page
    assert LedgerEntry.objects.filter(act="arm.extracted").count() == 1
    assert consulted.KIND_OF["arm.extracted"] is Access.PRINT
    named = desk.post(reverse("arm-extract", args=[desk.arms[0]]), {"reason": "court"})
    assert "Person Two" in words(named)


def test_the_list_of_arms_leads_to_the_acts(desk) -> None:
    page = words(desk.get(reverse("registry")))

    assert reverse("arm-register") in page
    assert reverse("holders") in page


def test_a_sale_to_the_wrong_holder_is_corrected_then_withdrawn(desk) -> None:
    arm_id = desk.arms[1]
    sent(
        desk,
        pass_address(desk),
        holder="H-1",
        manner="GIFT",
        reason="seen on paper",
        checked=looked_at("H-1"),
    )
    page = reverse("arm", args=[arm_id])
    told = LifeEvent.objects.current().get(arm_id=arm_id)
    correct = reverse("arm-event-correct", args=[arm_id, told.pk])
    assert correct in words(desk.get(page))

    refused = sent(desk, correct, holder="H-2", reason="the other brother")
    assert "has no licence on record" in words(refused)
    why = "a permit on paper"
    done = sent(desk, correct, holder="H-2", reason="the other brother", despite=why)

    assert why in words(done)
    assert "The event is corrected." in words(done)
    assert "the other brother" in words(done)
    assert Arm.objects.get(pk=arm_id).holder.number == "H-2"
    assert desk.get(correct).status_code == 404
    now = LifeEvent.objects.current().get(arm_id=arm_id)
    withdraw = reverse("arm-event-withdraw", args=[arm_id, now.pk])
    assert withdraw in words(
        desk.get(reverse("arm-event-correct", args=[arm_id, now.pk]))
    )
    assert "This act needs" not in words(desk.get(withdraw))
    gone = sent(desk, withdraw, reason="never sold")
    assert "The event is withdrawn." in words(gone)
    assert "never sold" in words(gone)
    assert Arm.objects.get(pk=arm_id).holder is None


def test_a_part_is_exchanged_from_the_page_of_the_arm(desk) -> None:
    arm_id = desk.arms[1]
    address = reverse("arm-part-exchange", args=[arm_id])
    assert address in words(desk.get(reverse("arm", args=[arm_id])))

    nothing = sent(desk, address, part_type="BARREL", document="bill 9")
    done = sent(desk, address, part_type="BARREL", serial="B 100")

    assert nothing.status_code == 409
    assert 'value="bill 9"' in words(nothing)
    assert "B 100" in words(done)
    assert "a part exchanged" in words(done)
    assert "barrel B 100: fitted" in words(done)


def test_an_arm_is_marked_from_its_page_and_found_by_the_mark(desk) -> None:
    arm_id = desk.arms[1]
    address = reverse("arm-mark", args=[arm_id])
    assert address in words(desk.get(reverse("arm", args=[arm_id])))
    told = {"kind": "IMPORT", "component": "FRAME_OR_RECEIVER", "method": "LASER"}

    done = sent(desk, address, text="XV 24-77", **told)
    again = sent(desk, address, text="XV 25-01", **told)

    assert "XV 24-77" in words(done)
    assert again.status_code == 409
    assert "write why it is marked again" in words(again)
    looked = words(desk.get(reverse("look-up"), {"q": "xv2477"}))
    assert f"A{arm_id}" in looked
    assert "Found as another mark" in looked
