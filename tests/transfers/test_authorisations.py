"""Authorisations: recorded, documented, decided by another, refused in words."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from armstrace.evidence.models import StoredFile
from armstrace.transfers import actions, queries, standing
from armstrace.transfers.facts import Document
from armstrace.transfers.inputs import GoodsInput
from armstrace.transfers.models import Authorisation, GoodsLine, Paper
from armstrace.vocabulary.arms import ItemKind
from armstrace.vocabulary.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from armstrace.vocabulary.licensing import GroundClass
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.transfers import (
    Direction,
    PaperKind,
    TransferAct,
    TransferStage,
)
from tests import builders
from tests.cast import CUSTOMS, OFFICER, TRADE
from tests.registry import trade
from tests.transfers import desk
from tests.transfers.desk import CLERK, DAY, DECIDER, MONDAY, SOUND, TODAY, rule_of

pytestmark = pytest.mark.django_db


def test_an_export_is_issued_by_another_than_who_recorded_it(tmp_path):
    made = desk.ready(tmp_path)

    record = desk.decide(made)

    assert (record.stage, record.decided_by) == ("ISSUED", DECIDER.name)
    assert record.number == f"VFR-E-2026-{made.pk:06d}"
    assert record.due_on is None


def test_one_form_sent_twice_makes_one_authorisation():
    first, second = (desk.recorded(replace(SOUND, goods=()), key="k") for _ in "ab")

    assert first.pk == second.pk
    assert Authorisation.objects.get_queryset().count() == 1


def test_RS_06_a_form_sent_again_with_something_else_is_refused():
    desk.recorded(replace(SOUND, goods=()), key="k")

    again = {"key": "k", "recipient": "Delta"}
    assert rule_of(lambda: desk.recorded(replace(SOUND, goods=()), **again)) == "RS-06"


def test_TX_01_what_is_issued_is_not_changed(tmp_path):
    made = desk.issued(tmp_path)
    line = GoodsInput(ItemKind.ARM, 1)

    told = rule_of(
        lambda: actions.set_goods(
            authorisation_id=made.pk, given=line, by=CLERK, at=MONDAY
        )
    )

    assert told == "TX-01"
    assert rule_of(lambda: desk.decide(made)) == "TX-01"


def test_TX_02_a_transit_State_that_has_not_written_blocks_the_licence(tmp_path):
    papers = [each for each in SOUND.papers if each.country != "FR"]
    made = desk.ready(tmp_path, replace(SOUND, papers=tuple(papers)))

    with pytest.raises(RuleBroken) as refused:
        desk.decide(made, reason="it is urgent")

    assert refused.value.rule == "TX-02"
    assert "TX-NO-OBJECTION" in str(refused.value)
    assert desk.record_of(made).stage == TransferStage.OPEN


def test_TX_03_what_warns_needs_a_reason(tmp_path):
    made = desk.ready(tmp_path, is_brokered=None)

    assert rule_of(lambda: desk.decide(made)) == "TX-03"
    assert desk.decide(made, reason="asked by telephone").missing == [
        ["TX-BROKER", "WARNS"]
    ]


def test_TX_04_who_was_overtaken_is_told(tmp_path):
    made = desk.ready(tmp_path)
    seen = desk.record_of(made).pk
    desk.attached(made, desk.notice("FR"), tmp_path)

    assert rule_of(lambda: desk.decide(made, seen=seen)) == "TX-04"


def test_TX_05_who_recorded_it_or_a_document_does_not_decide(tmp_path):
    made = desk.ready(tmp_path)

    assert rule_of(lambda: desk.decide(made, by=CLERK)) == "TX-05"
    page = queries.authorisation_page(made.pk, viewer=CLERK, at=MONDAY)
    assert TransferAct.ISSUE not in page.acts(CLERK)
    assert TransferAct.ISSUE in page.acts(DECIDER)


def test_TX_06_and_TX_07_a_refusal_has_its_ground_and_its_reason():
    made = desk.recorded()

    no_ground = {"reason": "unsafe"}
    no_reason = {"ground": GroundClass.SECURITY}
    act = TransferAct.REFUSE
    assert rule_of(lambda: desk.decide(made, act, **no_ground)) == "TX-06"
    assert rule_of(lambda: desk.decide(made, act, **no_reason)) == "TX-07"


def test_TX_08_a_licence_is_not_issued_before_the_day_that_it_bears(tmp_path):
    made = desk.ready(tmp_path)

    for days in (
        {"issued_on": TODAY + DAY},
        {"issued_on": TODAY - 9 * DAY, "valid_until": TODAY - DAY},
    ):
        assert rule_of(lambda days=days: desk.decide(made, **days)) == "TX-08"


@pytest.mark.parametrize("number", ["E-1", "E-\u200b1", "\u0415-1"])
def test_TX_09_a_number_on_paper_leads_to_one_authorisation(number):
    desk.recorded(number="E-1")

    assert rule_of(lambda: desk.recorded(number=number)) == "TX-09"
    desk.recorded(number="\u0415-O2")
    assert rule_of(lambda: desk.recorded(number="E-02")) == "TX-09"


def test_TX_10_a_code_that_is_no_country_is_refused():
    assert rule_of(lambda: desk.recorded(transit=("FR", "X9"))) == "TX-10"
    assert desk.recorded(import_country=" nl ").records.get(act="CHANGE")
    assert desk.record_of(Authorisation.objects.get_queryset().latest("pk")).transit


@pytest.mark.parametrize("route", ["FR FR", "FR XV", "FR LU", "NL"])
def test_TX_18_a_route_names_each_State_between_once(route):
    ends = {"export_country": "LU", "import_country": "NL"}

    assert rule_of(lambda: desk.recorded(transit=route.split(), **ends)) == "TX-18"
    assert desk.recorded(transit=("FR", "BE"), **ends)


def test_TX_19_a_document_does_not_end_before_it_was_issued(tmp_path):
    made = desk.recorded()
    days = {"issued_on": desk.TODAY, "valid_until": desk.TODAY - desk.DAY}
    paper = Document(PaperKind.IMPORT_LICENCE, country="NL", **days)

    assert rule_of(lambda: desk.attached(made, paper, tmp_path)) == "TX-19"
    assert [*tmp_path.iterdir()] == []


def test_no_transit_is_not_the_same_as_nobody_said():
    unsaid, none = (
        desk.record_of(desk.recorded(transit=told)).transit for told in (None, ())
    )

    assert (unsaid, none) == (None, [])


def test_a_text_that_is_too_long_is_refused_and_leaves_nothing():
    with pytest.raises(InvalidInput):
        desk.recorded(recipient="x" * 301)

    assert not Authorisation.objects.get_queryset().exists()


def test_goods_are_changed_and_taken_off_and_what_stood_is_kept():
    made = desk.recorded()
    for quantity in (30, 0):
        line = GoodsInput(ItemKind.ARM, quantity, "B", "rifle", line=1)
        actions.set_goods(authorisation_id=made.pk, given=line, by=CLERK, at=MONDAY)

    page = queries.authorisation_page(made.pk, viewer=CLERK, at=MONDAY)
    assert page.goods == ()
    kept = GoodsLine.objects.get_queryset().order_by("pk")
    assert [each.quantity for each in kept] == [40, 30, 0]
    line = GoodsInput(ItemKind.ARM, 1, line=7)
    with pytest.raises(NotFound):
        actions.set_goods(authorisation_id=made.pk, given=line, by=CLERK, at=MONDAY)


def test_a_document_is_taken_off_with_a_reason_and_kept(tmp_path):
    made = desk.ready(tmp_path)
    how = {"authorisation_id": made.pk, "place": 1, "by": CLERK, "at": MONDAY}

    assert rule_of(lambda: actions.remove_paper(reason=" ", **how)) == "TX-07"
    actions.remove_paper(reason="a copy of another", **how)

    page = queries.authorisation_page(made.pk, viewer=CLERK, at=MONDAY)
    assert {"TX-IMPORT-LICENCE"} <= {each.code for each in page.missing}
    assert Paper.objects.get_queryset().filter(kind=PaperKind.IMPORT_LICENCE).exists()
    assert StoredFile.objects.count() == 1


def test_an_end_user_statement_serves_one_transaction(tmp_path):
    first, second = (desk.ready(tmp_path) for _ in "ab")

    page = queries.authorisation_page(second.pk, viewer=CLERK, at=MONDAY)

    (one,) = page.missing
    assert one.code == "TX-END-USER"
    assert first.reference in str(one.said)
    desk.decide(first, TransferAct.WITHDRAW, by=CLERK, reason="no longer wanted")
    page = queries.authorisation_page(second.pk, viewer=CLERK, at=MONDAY)
    assert page.missing == ()


def test_a_refused_transfer_is_in_the_register_of_denials_and_warns(tmp_path):
    made = desk.refused()
    again = desk.ready(tmp_path)

    where = queries.AuthorisationFilter(stage=TransferStage.REFUSED)
    denials = queries.authorisation_rows(
        where, viewer=CLERK, at=MONDAY, page=PageRequest()
    )
    page = queries.authorisation_page(again.pk, viewer=CLERK, at=MONDAY)

    (row,) = denials.rows
    assert (row.authorisation_id, row.ground) == (made.pk, "SECURITY")
    assert row.visible_until.year == 2036
    assert [each.code for each in page.missing] == ["TX-DENIED"]
    later = standing.missing_of(desk.record_of(again), row.visible_until + DAY)
    assert "TX-DENIED" not in {each.code for each in later}


def test_a_suspended_licence_blocks_and_a_reinstated_one_does_not(tmp_path):
    made = desk.issued(tmp_path)
    ground = {"reason": "new facts", "ground": GroundClass.SECURITY}
    told = []
    for act, said in (
        (TransferAct.SUSPEND, ground),
        (TransferAct.REINSTATE, {"reason": "cleared"}),
        (TransferAct.REVOKE, ground),
    ):
        desk.decide(made, act, **said)
        at = MONDAY
        one = queries.standing_of(made.reference, viewer=CUSTOMS, at=at)
        told.append((one.stage, one.blocks))

    assert told == [("SUSPENDED", True), ("ISSUED", False), ("REVOKED", True)]


def test_an_expired_licence_blocks(tmp_path):
    made = desk.issued(tmp_path)
    later = MONDAY + 181 * DAY

    one = queries.standing_of(made.reference.lower(), viewer=CLERK, at=later)

    assert one.blocks


def test_the_clock_of_the_decision_is_in_working_days():
    made = desk.recorded()

    record = desk.record_of(made)
    assert (record.due_on - TODAY).days > 80
    late = queries.AuthorisationFilter(is_overdue=True)
    asked = {"viewer": CLERK, "page": PageRequest()}
    then = MONDAY + ((record.due_on - TODAY).days + 1) * DAY
    assert queries.authorisation_rows(late, at=then - DAY, **asked).rows == []
    assert len(queries.authorisation_rows(late, at=then, **asked).rows) == 1
    assert queries.waiting(viewer=CLERK, at=then) == (1, 1)


@pytest.mark.parametrize("text", ["", "Ghent", "E-7"])
def test_a_list_finds_by_party_and_number(text):
    desk.recorded(number="E-7")

    where = queries.AuthorisationFilter(text=text, country="be")
    asked = {"viewer": CLERK, "at": MONDAY}
    page = queries.authorisation_rows(where, page=PageRequest(), **asked)

    assert [each.quantity for each in page.rows] == [40]
    assert len(list(queries.every_authorisation(where, **asked))) == 1


@pytest.mark.parametrize(
    ("direction", "country", "found"),
    [
        (Direction.EXPORT, "be", 1),
        (Direction.IMPORT, "be", 0),
        (Direction.EXPORT, "zz", 0),
    ],
)
def test_a_list_is_narrowed_by_direction_and_country_in_the_order_of_an_index(
    direction, country, found
):
    desk.recorded()
    where = queries.AuthorisationFilter(direction=direction, country=country)

    with CaptureQueriesContext(connection) as asked:
        page = queries.authorisation_rows(
            where, viewer=CLERK, at=MONDAY, page=PageRequest()
        )

    assert len(page.rows) == found
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "COVERING INDEX transfer_route" in plan
        assert "TEMP B-TREE" not in plan


def test_TX_49_TX_50_the_trade_sees_and_records_its_own_alone():
    builders.holders(at=MONDAY)
    assert rule_of(lambda: desk.recorded(by=TRADE, holder="D1")) == "TX-49"
    trade.agency()
    trade.assigned("D1")
    assert rule_of(lambda: desk.recorded(by=TRADE, holder="D2")) == "TX-49"
    own, other = desk.recorded(by=TRADE, holder="D1"), desk.recorded()

    page = queries.authorisation_rows(
        queries.AuthorisationFilter(), viewer=TRADE, at=MONDAY, page=PageRequest()
    )

    assert [each.authorisation_id for each in page.rows] == [own.pk]
    with pytest.raises(NotFound):
        queries.authorisation_page(other.pk, viewer=TRADE, at=MONDAY)
    with pytest.raises(NotFound):
        queries.standing_of(other.reference, viewer=TRADE, at=MONDAY)
    trade.close(own.holder_id)
    assert rule_of(lambda: desk.recorded(by=TRADE, holder="D1")) == "TX-50"


def test_a_stranger_neither_sees_nor_records_transfers():
    made = desk.recorded()

    for act in (
        lambda: desk.recorded(by=OFFICER),
        lambda: desk.decide(made, by=OFFICER),
        lambda: queries.authorisation_page(made.pk, viewer=OFFICER, at=MONDAY),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_customs_look_and_do_not_decide(tmp_path):
    made = desk.ready(tmp_path)

    page = queries.authorisation_page(made.pk, viewer=CUSTOMS, at=MONDAY)
    assert page.acts(CUSTOMS) == ()
    with pytest.raises(NotPermitted):
        desk.decide(made, by=CUSTOMS)
    opened = queries.open_paper(made.pk, 1, folder=tmp_path, viewer=CUSTOMS, at=MONDAY)
    assert opened.content == desk.PDF


def listed(**where) -> list[str]:
    asked = queries.AuthorisationFilter(**where)
    how = {"viewer": CLERK, "at": MONDAY, "page": PageRequest()}
    return [each.reference for each in queries.authorisation_rows(asked, **how).rows]


def test_the_list_is_narrowed_by_each_State_and_by_a_number_before_a_party():
    one = desk.recorded(number="E-7")
    other = desk.recorded(transit=("IT",), recipient="Shop E-7")

    assert listed(country="fr") == [one.reference]
    assert listed(country="IT") == [other.reference]
    assert listed(country="NL") == [other.reference, one.reference]
    assert listed(text="E-7") == [one.reference]
    assert listed(text="shop e") == [other.reference]


def test_the_list_is_counted_again_after_an_act_alone():
    def queried(size: int) -> int:
        how = {"viewer": CLERK, "at": MONDAY, "page": PageRequest(size=size)}
        with CaptureQueriesContext(connection) as told:
            page = queries.authorisation_rows(queries.AuthorisationFilter(), **how)
        assert page.total == len(Authorisation.objects.all())
        return len([each for each in told if "COUNT(*)" in each["sql"]])

    desk.recorded()

    assert (queried(1), queried(1)) == (1, 0)
    desk.recorded()
    assert queried(1) == 1
    # What is whole on its first page need not be counted.
    assert queried(9) == 0


@pytest.mark.parametrize("day", ["issued_on", "received_on"])
def test_TX_14_no_document_is_of_a_day_to_come(day, tmp_path):
    made = desk.recorded()
    paper = replace(desk.IMPORT, **{day: TODAY + DAY})

    assert rule_of(lambda: desk.attached(made, paper, tmp_path, MONDAY)) == "TX-14"
    assert not Paper.objects.exists()
