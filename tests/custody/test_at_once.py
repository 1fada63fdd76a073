"""Of two who act on one exhibit at once one is first, and the other is told."""

import pytest
from django.db import IntegrityError, transaction

from armstrace.analysis.marks.description import Description
from armstrace.custody import queries
from armstrace.custody.actions import counting, handing
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.errors import RuleBroken
from tests import cast
from tests.custody import desk
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db

ACT = CustodyAct


def test_of_two_at_once_the_second_gets_a_sentence(monkeypatch):
    """EX-01: between reading and writing somebody else was first."""
    made = desk.received()
    own = counting.open_store(name="Depot", by=desk.KEEPER, at=cast.NOW).pk
    allowed = handing._require_allowed

    def somebody_is_first(*args):
        monkeypatch.setattr(handing, "_require_allowed", allowed)
        desk.do(made, ACT.MOVED, by=desk.SECOND_KEEPER, store_id=own, place="first")
        allowed(*args)

    monkeypatch.setattr(handing, "_require_allowed", somebody_is_first)
    with pytest.raises(RuleBroken) as refused:
        desk.do(made, ACT.MOVED, store_id=own, place="second")

    assert refused.value.rule == "EX-01"
    assert desk.now(made).place == "first"
    assert made.events.filter(superseded_at=None).count() == 1


def test_the_database_holds_one_holder_an_exhibit():
    made = desk.received()
    now = desk.now(made)
    now.pk = None

    with pytest.raises(IntegrityError), transaction.atomic(), written_directly():
        now.save(force_insert=True)


def test_descriptions_name_what_is_known_of_each_kind():
    number = desk.recovered("N-8", description=Description("pistol", "Glock", "17"))

    assert "GLOCK" in queries.item_to_receive(number, viewer=desk.KEEPER).words
