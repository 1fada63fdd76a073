"""Steps of a consignment that are taken back: with a reason, and by whom."""

import pytest

from armstrace.transfers import actions, queries, standing
from armstrace.vocabulary.transfers import Step
from tests.cast import CUSTOMS
from tests.transfers import desk
from tests.transfers.desk import COLLEAGUE, MONDAY, TODAY, rule_of, sent, stepped

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(tmp_path):
    return desk.issued(tmp_path, is_multiple=True)


def test_a_step_is_taken_back_with_a_reason_and_kept(issued):
    made = sent(issued, 4)
    stepped(made, Step.ARRIVED, TODAY, 5)
    how = {"consignment_id": made.pk, "by": CUSTOMS, "at": MONDAY}

    assert rule_of(lambda: actions.take_back_step(reason="", **how)) == "TX-07"
    for _ in range(2):
        actions.take_back_step(
            reason="of another consignment", **how | {"by": COLLEAGUE}
        )

    page = queries.consignment_page(made.pk, viewer=CUSTOMS, at=MONDAY)
    assert page.row.step is Step.TAKEN_BACK
    assert [each.is_removed for each in page.steps] == [True, True]
    assert standing.left_of(issued.pk) == {1: 40}
    assert rule_of(lambda: actions.take_back_step(reason="again", **how)) == "TX-16"
    assert rule_of(lambda: stepped(made, Step.ARRIVED, TODAY, 4)) == "TX-16"


def test_TX_55_who_recorded_a_step_neither_frees_goods_nor_ends_an_alarm(issued):
    made = sent(issued, 4)
    how = {"consignment_id": made.pk, "reason": "a typing error", "at": MONDAY}
    for step, count in ((Step.ARRIVED, 3), (Step.DIVERTED, None)):
        stepped(made, step, TODAY, count)
        own = how | {"by": CUSTOMS}
        assert rule_of(lambda own=own: actions.take_back_step(**own)) == "TX-55"
        actions.take_back_step(by=COLLEAGUE, **how)

    stepped(made, Step.ARRIVED, TODAY, 4)
    actions.take_back_step(by=CUSTOMS, **how)  # which ended no alarm
    assert rule_of(lambda: actions.take_back_step(by=CUSTOMS, **how)) == "TX-55"
    assert standing.left_of(issued.pk) == {1: 36}
