"""Transfers, lots, deactivations, counts and hand-ins are kept for their time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from armstrace.audit import verify
from armstrace.collection.models import Campaign, HandIn
from armstrace.deactivations.models import Deactivation, Verification
from armstrace.disposal.models import Lot, LotRecord, LotWitness
from armstrace.recoveries.models import Recovery
from armstrace.stockpiles.models import Depot, StockCount
from armstrace.transfers.models import AuthorisationRecord, ConsignmentStep, Paper
from armstrace.vocabulary.retention import KeptKind, KeptState
from armstrace.vocabulary.transfers import Step
from tests import builders
from tests.ledger_guard import written_directly
from tests.retention import desk
from tests.transfers import desk as transfers
from tests.transfers.desk import DAY, MONDAY, TODAY

pytestmark = pytest.mark.django_db
AUTHORISATION, CONSIGNMENT = KeptKind.AUTHORISATION, KeptKind.CONSIGNMENT
KNOWN = {"known_at": MONDAY}
LAST = date(2046, 3, 2)


@pytest.fixture
def issued(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    return transfers.issued(tmp_path)


def test_an_authorisation_is_in_use_while_it_is_open_or_in_force(issued):
    still_open = transfers.recorded()
    after = transfers.SOUND.valid_until + DAY

    assert desk.state_of(AUTHORISATION, issued.pk, after - DAY) is KeptState.IN_USE
    assert desk.state_of(AUTHORISATION, issued.pk, after) is KeptState.KEPT
    assert desk.state_of(AUTHORISATION, still_open.pk) is KeptState.IN_USE
    assert desk.due(AUTHORISATION, LAST) == []
    assert desk.due(AUTHORISATION, LAST + DAY) == [(issued.reference, LAST)]


def test_a_consignment_is_kept_from_its_last_step_once_nothing_is_due(issued):
    made = transfers.sent(issued, 4)
    assert desk.state_of(CONSIGNMENT, made.pk) is KeptState.IN_USE

    transfers.stepped(made, Step.ARRIVED, TODAY + 2 * DAY, 4)
    transfers.stepped(made, Step.RECEIPT, TODAY + 2 * DAY, 4, document="R-1")

    ends = LAST + 2 * DAY
    assert desk.due(CONSIGNMENT, ends) == []
    assert desk.due(CONSIGNMENT, ends + DAY) == [(made.reference, ends)]
    assert desk.due(AUTHORISATION, ends) == []


def test_the_Union_keeps_exports_for_20_years_too(issued, settings):
    settings.PROFILE = "eu"

    (row,) = desk.rows(AUTHORISATION, LAST)
    sources = {each.rule.source for each in row.grounds}

    assert "Regulation (EU) 2025/41, art. 31" in sources
    assert row.until == LAST


def test_what_two_people_erase_of_a_transfer_is_gone_and_the_ledger_sound(issued):
    made = transfers.sent(issued, 4, waybill="W-9")
    transfers.stepped(made, Step.RETURNED, TODAY, post="Port")
    desk.erase(CONSIGNMENT, made.pk)
    desk.erase(AUTHORISATION, issued.pk)

    rows = AuthorisationRecord.objects.filter(authorisation=issued)
    assert {(each.recipient, each.consignee) for each in rows} == {("", "")}
    assert {each.signatory for each in Paper.objects.all()} == {""}
    assert {each.post for each in ConsignmentStep.objects.all()} == {""}
    made.refresh_from_db()
    assert (made.waybill, made.sent) == ("", 4)
    assert verify.verify().is_sound


def test_a_hold_keeps_a_transfer(issued):
    made = transfers.sent(issued, 4)
    desk.hold(issued.reference)

    assert desk.state_of(AUTHORISATION, issued.pk) is KeptState.HELD
    assert desk.state_of(CONSIGNMENT, made.pk) is KeptState.HELD


def test_a_hold_on_an_arm_keeps_its_deactivation(world):
    _, done = Deactivation.objects.order_by("pk")
    desk.hold(f"A{done.arm_id}")

    assert desk.state_of(KeptKind.DEACTIVATION, done.pk) is KeptState.HELD


@pytest.fixture
def world():
    """Have a row of each other kind: one still in use, one whose time runs."""
    builders.key_store()
    arm, other = builders.registered(
        builders.an_arm("1"),
        builders.an_arm("2", description=builders.glock("ABC124")),
        at=MONDAY,
    )
    told = {"office": "VFR", "kind": "PISTOL", "performed_on": TODAY, **KNOWN}
    with written_directly():
        for arm_id in (arm, other):
            one = Deactivation.objects.create(
                arm_id=arm_id, performed_by="A. Smith", recorded_by="c", **told
            )
        Verification.objects.create(
            deactivation=one, state="VERIFIED", verified_by="B. Ray", **KNOWN
        )
        depot = Depot.objects.create(agency="VNP", custodian="c", name="Main", **KNOWN)
        for settled_at in (None, MONDAY):
            StockCount.objects.create(
                depot=depot,
                kind="PERIODIC",
                counted_by="c",
                is_by_keeper=False,
                settled_at=settled_at,
                seen=["AB1"],
                **KNOWN,
            )
        _lots()
        _hand_ins()


def _lots():
    for day in (None, TODAY):
        lot = Lot.objects.create(agency="VNP", opened_by="c", **KNOWN)
        counted = {"destroyed_on": day, "count_out": None if day is None else 0}
        LotRecord.objects.create(
            lot=lot, method="SHREDDED", told_by="c", **KNOWN, **counted
        )
        for name in ("Ada Sample", "Bo Sample"):
            LotWitness.objects.create(lot=lot, name=name, told_by="c", **KNOWN)


def _hand_ins():
    campaign = Campaign.objects.create(
        agency="VNP", name="Spring", begins_on=TODAY, ends_on=TODAY + 30 * DAY, **KNOWN
    )
    for state in ("SET_ASIDE", "TAKEN"):
        recovery = Recovery.objects.create(source="S", source_number=state, **KNOWN)
        HandIn.objects.create(
            campaign=campaign, recovery=recovery, day=TODAY, state=state, **KNOWN
        )


@pytest.mark.parametrize(
    ("kind", "years"),
    [
        (KeptKind.LOT, 20),
        (KeptKind.DEACTIVATION, 10),
        (KeptKind.STOCK_COUNT, 10),
        (KeptKind.HAND_IN, 20),
    ],
)
def test_the_others_are_kept_for_their_years_and_while_in_use(world, kind, years):
    used, runs = desk.rows(kind, TODAY + 40 * DAY)
    last = TODAY.replace(year=TODAY.year + years)

    assert (used.state, runs.state) == (KeptState.IN_USE, KeptState.KEPT)
    assert desk.due(kind, last) == []
    assert desk.due(kind, last + DAY) == [(runs.number, last)]


def test_witnesses_of_an_erased_lot_are_named_no_more(world):
    ended = Lot.objects.latest("pk")

    desk.erase(KeptKind.LOT, ended.pk)

    names = {each.name for each in ended.witnesses.all()}
    assert len(names) == 2
    assert not any("Sample" in name for name in names)


def test_a_lot_is_kept_in_the_Union_for_30_years_from_the_destruction(world, settings):
    settings.PROFILE = "eu"

    _, ended = desk.rows(KeptKind.LOT, datetime(2027, 1, 1, tzinfo=UTC).date())

    assert ended.until - TODAY > timedelta(days=30 * 365)
