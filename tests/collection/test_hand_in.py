"""Campaigns, and arms handed in at their desks without a name."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from armstrace.accounts.models import Agency, User
from armstrace.collection import actions, queries
from armstrace.collection.inputs import CampaignInput, HandInInput
from armstrace.collection.models import HandIn
from armstrace.custody.models import CustodyEvent, Exhibit
from armstrace.intelligence.models import Subject
from armstrace.investigations.models import Case
from armstrace.procedures.actions import withdrawing
from armstrace.recoveries import nameless
from armstrace.recoveries.actions import correcting, judging, observing, recording
from armstrace.recoveries.fields import changes_of
from armstrace.recoveries.models import Recovery, RecoveryRecord
from armstrace.recoveries.records import input_of
from armstrace.vocabulary.actors import Role
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.codes import Known
from armstrace.vocabulary.collection import Amnesty, Identification, Incentive
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.errors import NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.tracing import Judgement
from tests import builders, cast
from tests.custody import desk as custody
from tests.custody.desk import KEEPER, OTHER_KEEPER
from tests.disposal.desk import in_State_stock
from tests.evidence.test_pictures import photograph
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db
DAY = cast.NOW.date()
CANARY = b"CANARY"


def opened(**changes):
    given = {
        "name": "Spring campaign",
        "begins_on": date(2026, 1, 1),
        "ends_on": date(2026, 12, 31),
        "places": "Town hall\nParish",
        "amnesty": Amnesty.TEMPORARY,
        "identification": Identification.ANONYMOUS,
        "incentive": Incentive.VOUCHER,
        "currency": "EUR",
        "rates": "PISTOL, 80, 2025-01-01\nPISTOL, 100, 2026-01-01",
    }
    return actions.open_campaign(
        given=CampaignInput(**given | changes), by=KEEPER, at=cast.NOW
    )


def taken(campaign, folder, by=KEEPER, picture=b"", **said):
    given = {"place": "Town hall", "arm_type": ArmType.PISTOL} | said
    return actions.take_in(
        campaign_id=campaign.pk,
        given=HandInInput(**given),
        picture=picture or photograph("JPEG"),
        folder=folder,
        by=by,
        at=cast.NOW,
    )


def refused(rule, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert broken.value.rule == rule


def test_an_arm_handed_in_is_a_surrendered_recovery_an_exhibit_and_a_receipt(tmp_path):
    campaign = opened()

    kept = taken(campaign, tmp_path, make="Glock 17", serial="AB 1234")

    record = RecoveryRecord.objects.get(recovery=kept.recovery)
    assert record.recovery_kind == "SURRENDERED_AMNESTY"
    assert (record.taken_from, record.criminal_contexts) == ("", [])
    assert Exhibit.objects.get().recovery_id == kept.recovery_id
    assert CustodyEvent.objects.get().received_from == campaign.reference
    assert (kept.amount, kept.state, kept.day) == (Decimal(100), "TAKEN", DAY)
    page = queries.hand_in_page(kept.pk, viewer=KEEPER)
    assert page.item.serial == "AB 1234"
    rows = queries.hand_in_rows(campaign.pk, viewer=KEEPER, page=PageRequest()).rows
    assert [row.hand_in_id for row in rows] == [kept.pk]
    (row,) = queries.campaign_rows(viewer=KEEPER, page=PageRequest()).rows
    assert row.hand_ins == 1
    assert len(queries.rates(campaign.pk, viewer=KEEPER)) == 2


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("CL-01", {"ends_on": None}),
        ("CL-01", {"ends_on": date(2025, 1, 1)}),
        ("CL-01", {"ends_on": DAY - timedelta(days=1)}),
        ("CL-12", {"rates": "PISTOL, 10, 2027-01-01"}),
        ("CL-04", {"rates": "SWORD, 10, 2026-01-01"}),
        ("CL-04", {"rates": "PISTOL, NaN, 2026-01-01"}),
        ("CL-04", {"rates": "PISTOL, 10.005, 2026-01-01"}),
        ("CL-15", {"rates": "PISTOL, 10, 2026-01-01\nPISTOL, 12, 2026-01-01"}),
        ("CL-05", {"currency": " "}),
        ("CL-05", {"places": " "}),
    ],
)
def test_CL_01_CL_04_CL_05_CL_12_CL_15_what_a_campaign_has(rule, changes):
    refused(rule, lambda: opened(**changes))


def test_CL_02_CL_03_CL_06_CL_07_what_the_desk_refuses_leaves_nothing(tmp_path):
    over, now = opened(begins_on=DAY + timedelta(days=1)), opened()

    refused("CL-02", lambda: taken(over, tmp_path))
    refused("CL-03", lambda: taken(now, tmp_path, place="Back door"))
    refused("CL-06", lambda: taken(now, tmp_path, observer="Olga Observer"))
    refused("CL-07", lambda: taken(now, tmp_path, bringer="Bea Bringer"))
    assert not HandIn.objects.exists()
    assert not Recovery.objects.exists()


@pytest.mark.parametrize(
    "code",
    [
        "jan.novak-7",
        "novak7",
        "Jan-7",
        "Jаn-7",
        "ob​server1",
        "jn12",
        "OBS",
        "0301555123",
    ],
)
def test_CL_06_a_code_bears_no_name_however_it_is_written(code, tmp_path):
    with written_directly():
        home = Agency.objects.create(code="VNP", name="VNP")
        named = {"full_name": "Jan Novak", "agency": home, "role": Role.OFFICER}
        User.objects.create(name="jn12", created_at=cast.NOW, **named)
    now = opened(identification=Identification.IDENTIFIED)

    refused("CL-06", lambda: taken(now, tmp_path, observer=code))
    refused("CL-06", lambda: taken(now, tmp_path, bringer="Bea Lo", observer="bea-1"))
    assert taken(now, tmp_path, bringer="Bea Lo", observer="OBS-7").observer == "OBS-7"


@pytest.mark.parametrize(
    "told", [{"taken_from": "Bea Bringer"}, {"taken_from_is_holder": Known.YES}]
)
def test_CL_07_nobody_writes_a_name_to_an_anonymous_hand_in_afterwards(tmp_path, told):
    unnamed = taken(opened(), tmp_path)
    named = taken(opened(identification=Identification.IDENTIFIED), tmp_path)

    def correct(kept):
        return correcting.correct_recovery(
            recovery_id=kept.recovery_id,
            changes=changes_of(told),
            reason="she said so",
            by=cast.SYSTEM,
            at=cast.NOW,
        )

    refused("CL-07", lambda: correct(unnamed).require_done())
    correct(named).require_done()
    record = RecoveryRecord.objects.current().get(recovery=unnamed.recovery)
    assert (record.taken_from, record.taken_from_is_holder) == ("", "UNKNOWN")


BY_SYSTEM = {"by": cast.SYSTEM, "at": cast.NOW}


def judged(recovery_id, other_id, reason):
    said = judging.StatedPairJudgement(recovery_id, other_id, Judgement.SAME, reason)
    return judging.judge_pair(stated=said, by=cast.ANALYST, at=cast.NOW)


def sent_again(kept, note):
    """State a hand-in anew with a note, as a file of its source would."""
    record = RecoveryRecord.objects.select_related("recovery").filter(
        recovery=kept.recovery_id, superseded_at=None
    )
    stated = replace(input_of(record.get()), notes=note)
    (told,) = recording.record_recoveries(
        source=record.get().recovery.source,
        stated=[stated],
        reason="by a file",
        **BY_SYSTEM,
    )
    return told


@pytest.mark.parametrize(
    "note",
    [
        *("call +43 660 123 45 67", "tel. 0660/1234567", "write to bea@example.org"),
        *(
            "tel 600 100 200 Jan",
            "phone 600100200",
            "call 600-100-200",
            "Tel: 555 1234",
        ),
    ],
)
def test_CL_07_a_note_on_an_anonymous_hand_in_tells_no_way_to_its_bringer(
    tmp_path, note
):
    unnamed = taken(opened(), tmp_path)
    named = taken(opened(identification=Identification.IDENTIFIED), tmp_path)

    def correct(kept, reason, **told):
        return correcting.correct_recovery(
            recovery_id=kept.recovery_id,
            changes=changes_of({"calibre": "9x19"} | told),
            reason=reason,
            by=cast.SYSTEM,
            at=cast.NOW,
        )

    refused("CL-07", lambda: correct(unnamed, note))
    refused("CL-07", lambda: correct(unnamed, "read again", make=note))
    refused("CL-07", lambda: taken(unnamed.campaign, tmp_path, calibre=note))
    exhibit = Exhibit.objects.get(recovery=unnamed.recovery)
    refused("CL-07", lambda: custody.do(exhibit, CustodyAct.MOVED, reason=note))
    other = named.recovery_id
    refused("CL-07", lambda: judged(unnamed.recovery_id, other, note))
    withdraw = {"recovery_id": unnamed.recovery_id, "same_as": other, "reason": note}
    refused("CL-07", lambda: withdrawing.withdraw_recovery(**withdraw, **BY_SYSTEM))
    refused("CL-07", lambda: sent_again(unnamed, note).require_done())
    sent_again(unnamed, "loaded").require_done()
    correct(named, note).require_done()
    correct(unnamed, "read again on 2026-11-20 09:30, AB 01234").require_done()
    taken(unnamed.campaign, tmp_path, make="Glock 17 Gen5", serial="600100200")


def test_CL_07_a_photograph_of_an_anonymous_hand_in_keeps_pixels_alone(tmp_path):
    kept = taken(opened(), tmp_path)
    how = {"by": KEEPER, "at": cast.NOW}

    file = nameless.store_photograph(
        recovery_id=kept.recovery_id,
        content=photograph("PNG"),
        name="Bea Bringer.png",
        folder=tmp_path,
        **how,
    )

    assert file.name_as_given == ""
    assert not any(
        CANARY in each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()
    )
    stated = observing.StatedPhotograph(file, "brought by Bea")
    refused(
        "CL-07",
        lambda: observing.add_photograph(
            recovery_id=kept.recovery_id, stated=stated, **how
        ),
    )


def test_a_name_is_kept_in_a_campaign_by_name_alone(tmp_path):
    named = opened(identification=Identification.IDENTIFIED)

    kept = taken(named, tmp_path, bringer="Bea Bringer", observer="OBS-7")

    record = RecoveryRecord.objects.get(recovery=kept.recovery)
    assert (record.taken_from, kept.observer) == ("Bea Bringer", "OBS-7")


def test_a_stolen_arm_is_set_aside_and_its_bringer_is_no_suspect(tmp_path):
    builders.stolen_pistol()

    kept = taken(opened(), tmp_path, make="Glock", serial="ABC123", calibre="9x19")

    again = taken(kept.campaign, tmp_path, make="Glock", serial="ABC123")

    assert (kept.state, kept.amount) == ("SET_ASIDE", None)
    assert (again.state, again.amount) == ("SET_ASIDE", None)
    page = queries.hand_in_page(again.pk, viewer=KEEPER)
    assert page.others == (kept,)
    assert page.may_be_missing
    assert not Subject.objects.exists()
    assert not Case.objects.exists()
    record = RecoveryRecord.objects.get(recovery=kept.recovery)
    assert (record.taken_from, record.criminal_contexts) == ("", [])


@pytest.mark.parametrize(
    "read",
    [{"make": ""}, {"make": "Glok 17"}, {"calibre": ".38"}, {"serial": "ABC12?"}],
)
def test_a_stolen_arm_is_set_aside_however_its_marks_are_written(tmp_path, read):
    builders.stolen_pistol()
    marks = {"make": "Glock", "serial": "ABC123", "calibre": "9x19"} | read

    assert taken(opened(), tmp_path, **marks).state == "SET_ASIDE"


def test_an_arm_that_the_register_has_in_the_hands_of_the_State_is_set_aside(tmp_path):
    in_State_stock()

    kept = taken(opened(), tmp_path, make="Glock", serial="ABC123", calibre="9x19")

    assert kept.state == "SET_ASIDE"


def test_two_desks_that_take_in_the_same_arm_hold_one_as_a_possible_double(tmp_path):
    campaign = opened()
    marks = {"make": "Glock", "serial": "XY 98765"}

    first = taken(campaign, tmp_path, **marks)
    second = taken(campaign, tmp_path, place="Parish", **marks)

    assert (first.state, second.state, second.amount) == ("TAKEN", "DOUBLE", None)


def test_an_officer_takes_in_and_no_analyst_and_a_stranger_sees_nothing(tmp_path):
    campaign = opened()
    assert taken(campaign, tmp_path, by=cast.OFFICER).state == "TAKEN"

    with pytest.raises(NotPermitted):
        taken(campaign, tmp_path, by=cast.ANALYST)
    for ask in (queries.campaign, queries.rates, queries.public_counts):
        with pytest.raises(NotFound):
            ask(campaign.pk, viewer=OTHER_KEEPER)
    page = PageRequest()
    assert queries.campaign_rows(viewer=OTHER_KEEPER, page=page).rows == []
    with pytest.raises(NotFound):
        queries.hand_in_rows(campaign.pk, viewer=OTHER_KEEPER, page=page)
    with pytest.raises(NotFound):
        queries.hand_in_page(HandIn.objects.get().pk, viewer=OTHER_KEEPER)


def test_CL_09_one_photograph_of_two_hand_ins_holds_the_second(tmp_path):
    campaign, picture = opened(), photograph("JPEG")

    first, second = (taken(campaign, tmp_path, picture=picture) for _ in range(2))

    assert (first.state, second.state) == ("TAKEN", "DOUBLE")
    assert second.amount is None
    page = queries.hand_in_page(second.pk, viewer=KEEPER)
    assert page.others == (first,)


def test_arms_that_marks_do_not_tell_apart_are_named_before_the_incentive(tmp_path):
    campaign = opened()
    numbered = taken(campaign, tmp_path, make="Glock", serial="QQ 55501")
    unmarked = taken(campaign, tmp_path)
    for other in (
        {"place": "Parish"},
        {"arm_type": ArmType.RIFLE},
        {"make": "Glock", "serial": "QQ 55502"},
    ):
        taken(campaign, tmp_path, **other)

    def alike(one):
        return queries.hand_in_page(one.pk, viewer=KEEPER).look_alikes

    last = HandIn.objects.latest("pk")
    assert alike(unmarked) == (numbered, last)
    assert alike(numbered) == alike(last) == (unmarked,)
