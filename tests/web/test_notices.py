"""A dealer's notice of an arm that is not on the register."""

from dataclasses import replace
from datetime import date

from django.urls import reverse

from armstrace.intake.actions import loading
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import HeldRow
from armstrace.jobs.running import JobContext
from armstrace.licensing import actions as licensing
from armstrace.registry.models import Arm
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.licensing import GroundClass, Restriction
from tests.cast import LICENSING, NOW, TRADE
from tests.intake.test_notices import HEADINGS, PROFILE
from tests.licensing import desk
from tests.registry import trade
from tests.registry.at_desk import held_pistol, holder_of, licensed, pass_to

NOTICE = {"what": "MADE", "arm": "NEW-1", "happened_on": "2026-01-05"}


def give(dirk, told):
    """Give a notice as the page does: it is shown, then sent again as it was shown."""
    shown = dirk.post(reverse("own-notice"), told)
    checked = shown.context["form"]["checked"].value()
    return dirk.post(reverse("own-notice"), told | {"checked": checked}, follow=True)


def test_a_notice_names_arm_and_buyer_before_it_is_given(at_desk):
    dirk = at_desk("dirk")
    arm_id = held_pistol()
    pass_to(arm_id, "D3", happened_on=date(2026, 1, 3))
    trade.assigned("D3", "DEALER-1")
    told = {"what": "SOLD", "arm": f"A{arm_id}", "happened_on": "2026-01-05"}

    page = dirk.post(reverse("own-notice"), told | {"licence": "L-P3"})
    other = {"checked": page.context["form"]["checked"].value(), "licence": "L-D3"}
    dirk.post(reverse("own-notice"), told | other)

    shown = page.content.decode()
    assert all(each in shown for each in (f"A{arm_id}", "L-P3", "Holder", ">P3<"))
    assert "Cy Sample" not in shown
    assert holder_of(arm_id) == "D3"
    give(dirk, told | {"licence": "L-P3"})
    assert holder_of(arm_id) == "P3"


def test_a_notice_of_what_came_does_not_tell_which_licences_are_on_record(at_desk):
    dirk = at_desk("dirk")
    arm_id = held_pistol()
    pass_to(arm_id, "D3", happened_on=date(2026, 1, 3))
    trade.assigned("D3", "DEALER-1")
    told = {"what": "ACQUIRED", "arm": "G-1", "happened_on": "2026-01-05"}

    for licence in ("L-P3", "L-NONE"):
        page = dirk.post(reverse("own-notice"), told | {"licence": licence})
        assert "the registry looks it up" in page.content.decode()
        assert ">P3<" not in page.content.decode()


def test_RG_34_a_kept_notice_leads_to_where_it_waits_with_what_the_arm_is(
    at_desk, known
):
    dirk = at_desk("dirk")
    trade.assigned(desk.applicant(), "DEALER-1")
    told = NOTICE | {"notes": "Arex Zero 1, 9x19"}

    kept = give(dirk, told)

    waiting = reverse("held-rows")
    assert "waits for the registry" in kept.content.decode()
    assert waiting in kept.content.decode()
    row = reverse("held-row", args=[HeldRow.objects.get_queryset().get().pk])
    assert row in dirk.get(waiting).content.decode()
    assert told["notes"] in at_desk("rita").get(row).content.decode()


def test_RG_51_the_registry_sees_which_arm_is_meant_before_it_confirms(at_desk, known):
    dirk, rita = at_desk("dirk"), at_desk("rita")
    trade.assigned(desk.applicant(), "DEALER-1")
    licensed("P5", "Eli Sample", HolderKind.PERSON, "POSSESS")
    told = {"what": "ACQUIRED", "arm": "G-1", "licence": "L-P5"}
    told["happened_on"] = "2026-01-05"
    page = give(dirk, told).content.decode()

    row = reverse("held-row", args=[HeldRow.objects.get_queryset().get().pk])

    stolen = Arm.objects.get(state="STOLEN")
    assert "The registry confirms this notice" in page
    to_dealer, to_clerk = (who.get(row).content.decode() for who in (dirk, rita))
    shown = reverse("arm", args=[stolen.pk])
    assert shown in to_clerk
    assert shown not in to_dealer
    told = ("DEALER-1", "H-1", "sold to a dealer", "5 Jan 2026", "L-P5")
    assert all(each in to_clerk and each in to_dealer for each in told)
    assert "Confirm the notice" in to_clerk
    assert "waits for the registry" in to_clerk
    wrong = ("As written in the file", "Correct and load", "a rule of the records")
    assert not any(each in to_clerk for each in wrong)


def test_a_notice_of_a_file_that_waits_is_confirmed_as_a_notice(
    at_desk, known, tmp_path
):
    rita = at_desk("rita")
    trade.assigned(desk.applicant(), "DEALER-1")
    path = tmp_path / "notices.csv"
    path.write_text(f"{HEADINGS}\n2,A999999,LOST,2026-01-05,,\n", encoding="utf-8")
    file = IncomingFile(path, path.name, "DEALER-1", belongs_to="DEALER-1")
    how = {"by": replace(TRADE, agency="DEALER-1"), "at": NOW}
    batch = loading.begin_batch(file=file, profile=PROFILE, **how)
    loading.run_batch(batch=batch, context=JobContext(), **how)

    held = HeldRow.objects.get_queryset().get()
    page = rita.get(reverse("held-row", args=[held.pk])).content.decode()
    listed = rita.get(reverse("held-rows")).content.decode()

    assert all(each in page for each in ("Confirm the notice", "Dismiss the notice"))
    assert not any(each in page for each in ("Correct and load", "Dismiss the row"))
    assert "Open this notice" in listed


def test_RG_51_a_notice_that_waits_is_listed_by_what_it_tells(at_desk, known):
    dirk = at_desk("dirk")
    trade.assigned(desk.applicant(), "DEALER-1")
    give(dirk, NOTICE)

    lists = [
        who.get(reverse(name)).content.decode()
        for who, name in (
            (at_desk("rita"), "held-rows"),
            (dirk, "held-rows"),
            (dirk, "own-notices"),
        )
    ]

    assert all("NEW-1" in page and "5 Jan 2026" in page for page in lists)
    assert all("DEALER-1" in page for page in lists[:2])
    assert "No notice has been given yet" not in lists[2]


def test_a_dealer_sees_the_own_licences_and_that_one_is_suspended(at_desk, known):
    dirk = at_desk("dirk")
    licensed("D-9", "Own Business", HolderKind.DEALER, "DEAL")
    licensed("D-8", "Other Business", HolderKind.DEALER, "DEAL")
    trade.assigned("D-9", "DEALER-1")
    before = dirk.get(reverse("own-stock")).content.decode()

    licensing.restrict_licence(
        number="L-D-9",
        act=Restriction.SUSPEND,
        reason="keys were lost",
        ground=GroundClass.STORAGE,
        by=LICENSING,
        at=NOW,
    )

    after = dirk.get(reverse("own-stock")).content.decode()
    assert "L-D-9" in before
    assert "suspended" not in before
    assert "suspended" in after
    assert "L-D-8" not in after
    today = dirk.get(reverse("today")).content.decode()
    assert "licences of your business are suspended" in today


def test_a_dealer_fills_in_the_empty_file_of_notices_and_it_is_loaded(
    at_desk, known, tmp_path
):
    dirk = at_desk("dirk")
    arm_id = held_pistol()
    pass_to(arm_id, "D3", happened_on=date(2026, 1, 3))
    trade.assigned("D3", "DEALER-1")
    page = dirk.get(reverse("intake")).content.decode()
    empty = dirk.get(reverse("notice-template")).content.decode()
    filled = dict.fromkeys(empty.strip().split(","), "") | {
        "arm_number": f"A{arm_id}",
        "event": "SOLD_TO_HOLDER",
        "happened_on": "2026-01-05",
        "holder_to": "L-P3",
    }
    path = tmp_path / "notices.csv"
    path.write_text(empty + ",".join(filled.values()) + "\n", encoding="utf-8")
    file = IncomingFile(path, path.name, "DEALER-1", belongs_to="DEALER-1")
    how = {"by": replace(TRADE, agency="DEALER-1"), "at": NOW}

    batch = loading.begin_batch(file=file, profile=PROFILE, **how)
    loading.run_batch(batch=batch, context=JobContext(), **how)

    assert reverse("notice-template") in page
    assert all(f">{name}<" in page for name in (*filled, "SOLD_TO_HOLDER"))
    assert "Columns of a file" not in at_desk("rita").get("/intake/").content.decode()
    assert holder_of(arm_id) == "P3"
