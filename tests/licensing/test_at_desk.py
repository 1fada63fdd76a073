"""Holders at the desk: recorded, corrected, found, and every view written down."""

from datetime import date
from typing import Any

import pytest

from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.licensing import actions, queries
from armstrace.licensing.inputs import HolderInput
from armstrace.licensing.models import Holder, HolderRecord, Licence
from armstrace.records import parts
from armstrace.registry import queries as registry
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from tests import builders
from tests.cast import NOW, OFFICER, REGISTRAR

pytestmark = pytest.mark.django_db


def a_holder(number: str = "", name: str = "Eva Sample", **stated: Any) -> HolderInput:
    return HolderInput(number, name, **stated)


def enter(stated: HolderInput) -> int:
    is_licensed = stated.has_unnumbered_licence or stated.licence_number
    told = {"taken_over": "county register, sheet 7"} if is_licensed else {}
    return actions.enter_holder(**told, stated=stated, by=REGISTRAR, at=NOW).record_id


def found(text: str) -> list[str]:
    page = queries.holder_rows(
        queries.HolderFilter(text), viewer=REGISTRAR, at=NOW, page=PageRequest()
    )
    return [row.number for row in page.rows]


def test_the_system_gives_numbers_that_follow_each_other() -> None:
    enter(a_holder())
    enter(a_holder(name="Finn Sample"))

    assert list(Holder.objects.values_list("number", flat=True)) == [
        "H-VFR-2026-000001",
        "H-VFR-2026-000002",
    ]


def test_HO_05_a_holder_is_not_typed_over_another() -> None:
    enter(a_holder("H1"))

    with pytest.raises(RuleBroken) as broken:
        enter(a_holder("H1", "Somebody Else"))

    assert broken.value.rule == "HO-05"
    assert HolderRecord.objects.get().name == "Eva Sample"


@pytest.mark.parametrize(
    "number", ["hh 1", "\uff28\uff28\uff11", "\u041dH1", "H\u200bH1"]
)
def test_HO_05_a_number_typed_otherwise_is_the_same_number(number: str) -> None:
    enter(a_holder("HH1"))

    with pytest.raises(RuleBroken) as broken:
        enter(a_holder(number, "Somebody Else"))

    assert broken.value.rule == "HO-05"


def test_HO_05_a_number_on_record_in_other_letters_is_taken() -> None:
    told = [a_holder("\u041dH1")]
    actions.record_holders(source="REG", stated=told, by=REGISTRAR, at=NOW)

    with pytest.raises(RuleBroken) as broken:
        enter(a_holder("HH1", "Somebody Else"))

    assert broken.value.rule == "HO-05"


@pytest.mark.parametrize("number", ["EV-2O", "\u0415V-20", "ev 20", "EV-2\u041e"])
def test_HO_11_a_number_that_reads_like_one_on_record_is_asked_about(
    number: str,
) -> None:
    licence = {"licence_type": "POSSESS"}
    enter(a_holder("H1", licence_number="EV-20", **licence))
    stated = a_holder("H2", "Finn Sample", licence_number=number, **licence)

    with pytest.raises(RuleBroken) as broken:
        enter(stated)
    with pytest.raises(RuleBroken) as corrected:
        correct(a_holder("H1", licence_number=number, **licence))
    told = {"taken_over": "sheet 7; EV-20 is of another office", "stated": stated}
    actions.enter_holder(**told, by=REGISTRAR, at=NOW)

    assert broken.value.rule == corrected.value.rule == "HO-11"
    assert "EV-20" in str(broken.value)
    assert set(found("EV-20")) == set(found(number)) == {"H1", "H2"}


def test_the_number_of_a_licence_is_tidied_when_it_is_recorded() -> None:
    licence = {"licence_number": "\uff25V-2\u00a0 ", "licence_type": "POSSESS"}
    enter(a_holder("H1", **licence))

    assert Licence.objects.current().get().number == "EV-2"
    correct(a_holder("H1", place="Hill", **licence))
    assert Licence.objects.current().count() == 1


@pytest.mark.parametrize(
    "told", [{"licence_type": "POSSESS"}, {"valid_until": date(2026, 1, 31)}]
)
def test_nothing_is_said_of_a_licence_without_its_number(told) -> None:
    with pytest.raises(InvalidInput) as entered:
        enter(a_holder("H1", **told))
    enter(a_holder("H1"))
    with pytest.raises(InvalidInput) as corrected:
        correct(a_holder("H1", place="Hill", **told))

    assert entered.value.field == corrected.value.field == "licence_number"
    assert HolderRecord.objects.get().place == ""


def test_where_a_licence_is_taken_over_from_is_not_said_without_its_number() -> None:
    told = {"stated": a_holder("H1"), "taken_over": "sheet 7"}

    with pytest.raises(InvalidInput, match="number of the licence"):
        actions.enter_holder(**told, by=REGISTRAR, at=NOW)

    assert not Holder.objects.exists()


def test_HO_07_a_licence_does_not_end_before_it_begins() -> None:
    days = {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 31)}

    with pytest.raises(RuleBroken) as broken:
        enter(a_holder("H1", licence_number="L1", licence_type="POSSESS", **days))

    assert broken.value.rule == "HO-07"
    assert not Holder.objects.exists()


@pytest.mark.parametrize(
    ("number", "name", "rule"),
    [
        ("\u200b", "Eva Sample", "RS-07"),
        ("H1", "\u200b\u2060", "HO-06"),
        ("H1", "", "HO-06"),
    ],
)
def test_HO_06_RS_07_a_holder_has_a_number_and_a_name_to_read(
    number, name, rule
) -> None:
    with pytest.raises(RuleBroken) as broken:
        enter(a_holder(number, name))

    assert broken.value.rule == rule
    assert not Holder.objects.exists()


def test_HO_06_a_correction_takes_nobody_the_name() -> None:
    enter(a_holder("H1"))

    with pytest.raises(RuleBroken) as broken:
        correct(HolderInput("H1", ""), sent={"number", "name"})

    assert broken.value.rule == "HO-06"
    assert HolderRecord.objects.current().get().name == "Eva Sample"


def test_HO_01_a_licence_of_another_is_refused_and_leaves_nothing() -> None:
    licence = {"licence_number": "L1", "licence_type": "POSSESS"}
    enter(a_holder("H1", **licence))

    with pytest.raises(RuleBroken) as broken:
        enter(a_holder("H2", "Finn Sample", **licence))

    assert broken.value.rule == "HO-01"
    assert Holder.objects.count() == 1


def correct(stated: HolderInput, **told: Any) -> None:
    given = {"reason": "moved", "by": REGISTRAR, "at": NOW} | told
    actions.correct_holder(stated=stated, **given)


def test_a_correction_changes_only_what_was_sent() -> None:
    holder_id = enter(a_holder("H1", "Finn Sample", region="North"))

    correct(HolderInput("H1", "", place="Hill"), sent={"number", "place"})

    now = queries.holder_page(holder_id, viewer=REGISTRAR, at=NOW).record
    assert (now.name, now.place, now.region) == ("Finn Sample", "Hill", "North")


def test_a_correction_keeps_the_earlier_state_and_adds_a_licence() -> None:
    holder_id = enter(a_holder("H1", licence_number="L1", licence_type="POSSESS"))

    correct(a_holder("H1", place="Hill", licence_number="L2", licence_type="CARRY"))

    page = queries.holder_page(holder_id, viewer=REGISTRAR, at=NOW)
    assert [version.place for version in page.versions] == ["Hill", ""]
    assert page.record.reason == "moved"
    assert {licence.number for licence in page.licences} == {"L1", "L2"}
    assert Licence.objects.current().count() == 2
    assert verify.verify().findings == ()


def test_HO_04_a_correction_that_a_colleague_overtook_is_refused() -> None:
    enter(a_holder("H1"))
    seen = HolderRecord.objects.get().pk
    correct(a_holder("H1", place="Hill"), seen=seen)

    with pytest.raises(RuleBroken) as broken:
        correct(a_holder("H1", place="Vale"), seen=seen)

    assert broken.value.rule == "HO-04"


def test_who_keeps_no_register_records_no_holder() -> None:
    enter(a_holder("H1"))

    with pytest.raises(NotPermitted):
        actions.enter_holder(
            taken_over="county register, sheet 7", stated=a_holder(), by=OFFICER, at=NOW
        )
    with pytest.raises(NotPermitted):
        correct(a_holder("H1", place="Hill"), by=OFFICER)

    assert Holder.objects.count() == 1


def test_a_holder_that_is_not_there_is_said_not_to_be() -> None:
    with pytest.raises(NotFound):
        correct(a_holder("H9"))
    with pytest.raises(NotFound):
        queries.holder_page(9, viewer=REGISTRAR, at=NOW)


@pytest.mark.parametrize("typed", ["O'Neill", "o’neill", "neill"])
def test_a_holder_is_found_by_either_apostrophe_and_by_the_number_here(typed) -> None:
    key = enter(a_holder("P-1", "Åsa O'Neill-Müller"))
    other = enter(a_holder("P-2", "Tam O’Neill"))

    assert set(found(typed)) == {"P-1", "P-2"}
    assert (found(f"H{key}"), found(f"H{other}")) == (["P-1"], ["P-2"])


def test_a_holder_is_found_by_number_licence_and_any_part_of_the_name() -> None:
    enter(a_holder("H1", licence_number="L1", licence_type="POSSESS"))
    enter(a_holder("H2", "Finn Sampler"))

    assert found("H1") == found("L1") == found("sample eva") == ["H1"]
    assert found("samp") == ["H1", "H2"]
    assert found("nobody") == []


@pytest.mark.parametrize("few", [parts.FEW, 0])
def test_a_holder_is_found_by_any_part_of_the_name_as_it_is_now(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "FEW", few)
    enter(a_holder("H1", 'Wu "Joe" Al-Hassan'))
    enter(a_holder("H2", "Wu Samson"))

    assert found("wu hassan") == found('"joe"') == found("l-HAS") == ["H1"]
    assert found("wu") == found("WU w") == ["H1", "H2"]
    assert found("sam has") == found("%") == found("NEAR") == []
    actions.correct_holder(
        stated=a_holder("H1", "Wu Ivanov"),
        reason="passport seen",
        by=REGISTRAR,
        at=NOW,
    )
    assert found("hassan") == []
    assert found("ivan") == ["H1"]


def test_a_list_says_until_when_a_licence_is_valid() -> None:
    ends = date(2027, 1, 31)
    enter(a_holder(licence_number="L1", licence_type="CARRY", valid_until=ends))

    page = queries.holder_rows(
        queries.HolderFilter(), viewer=REGISTRAR, at=NOW, page=PageRequest()
    )

    assert [(row.is_licensed, row.valid_until) for row in page.rows] == [(True, ends)]


def test_each_look_at_persons_leaves_an_entry_that_names_them() -> None:
    holder_id = enter(a_holder())
    enter(a_holder("B1", "Synthetic Company", kind=HolderKind.CLUB_OR_COMPANY))

    found("samp")
    queries.holder_page(holder_id, viewer=REGISTRAR, at=NOW)
    found("company")

    acts = LedgerEntry.objects.order_by("seq").values_list("act", flat=True)
    assert list(acts)[-2:] == ["holder.listed", "holder.viewed"]


def test_a_stranger_sees_no_holder() -> None:
    holder_id = enter(a_holder())

    with pytest.raises(NotPermitted):
        queries.holder_rows(
            queries.HolderFilter(), viewer=OFFICER, at=NOW, page=PageRequest()
        )
    with pytest.raises(NotPermitted):
        queries.holder_page(holder_id, viewer=OFFICER, at=NOW)
    with pytest.raises(NotPermitted):
        registry.events_of_holder(holder_id, viewer=OFFICER, page=PageRequest())
    with pytest.raises(NotPermitted):
        registry.arm_rows(
            registry.ArmFilter(holder="H1"), viewer=OFFICER, page=PageRequest()
        )


def test_the_arms_and_events_of_a_holder_are_told() -> None:
    arm_id = builders.stolen_pistol()
    holder = Holder.objects.get(number="P1")

    rows = registry.arm_rows(
        registry.ArmFilter(holder="P1"), viewer=REGISTRAR, page=PageRequest()
    ).rows
    events = registry.events_of_holder(
        holder.pk, viewer=REGISTRAR, page=PageRequest()
    ).rows

    assert [row.arm_id for row in rows] == [arm_id]
    assert [event.kind for event in events] == ["STOLEN", "SOLD_TO_HOLDER"]


def test_a_licence_of_which_one_day_is_sent_keeps_the_rest() -> None:
    whole = {"licence_number": "L1", "licence_type": "POSSESS"}
    enter(a_holder("H1", valid_from=date(2015, 1, 1), **whole))
    end = date(2019, 12, 31)

    part = HolderInput("H1", "", licence_number="L1", valid_until=end)
    correct(part, sent={"number", "licence_number", "valid_until"})

    now = Licence.objects.current().get()
    assert (now.licence_type, now.valid_from) == ("POSSESS", date(2015, 1, 1))
    assert now.valid_until == end
