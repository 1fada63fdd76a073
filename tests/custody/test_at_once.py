"""Of two who act on one exhibit at once one is first, and the other is told."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from armstrace.analysis.marks.description import Description
from armstrace.custody import queries
from armstrace.custody.actions import counting, handing
from armstrace.vocabulary.custody import CustodyAct
from armstrace.vocabulary.errors import RuleBroken
from tests import cast, migrated
from tests.at_once import at_once, one_of
from tests.custody import desk
from tests.ledger_guard import written_directly

pytestmark = pytest.mark.django_db

ACT = CustodyAct
WRITERS = 8


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


def over_a_seal(count=2):
    """Have custodians put one new seal on an exhibit each, or receive it with one."""
    for contest in range(count):
        for begin, does in (("R", received_with), ("S", resealed_with)):
            items = [
                desk.recovered(f"{begin}{contest}-{n}", seal_number=f"{begin}{n}")
                for n in range(WRITERS)
            ]
            came = at_once(does(items, f"{begin} {contest}"))
            assert came == one_of(WRITERS, "EX-38"), came


def received_with(items, seal):
    said = {"seal_number": seal, "reason": "sealed at the station"}
    return [partial(desk.receive, item, **said) for item in items]


def resealed_with(items, seal):
    made = [desk.receive(item, seal_number=f"S{n}") for n, item in enumerate(items)]
    said = {"seal_number": seal, "witness": "W", "reason": "opened"}
    return [partial(desk.do, one, ACT.RESEALED, **said) for one in made]


@pytest.mark.django_db(transaction=True)
def test_EX_38_of_eight_who_write_down_one_seal_one_does():
    if connection.vendor == "sqlite":
        pytest.skip("tests share one connection there; below it is a file")
    over_a_seal()


def test_EX_38_of_eight_writers_of_one_file_one_does(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the run on SQLite has a file")
    migrated.run_on_file(tmp_path, __name__, "over_a_seal")


def test_descriptions_name_what_is_known_of_each_kind():
    number = desk.recovered("N-8", description=Description("pistol", "Glock", "17"))

    assert "GLOCK" in queries.item_to_receive(number, viewer=desk.KEEPER).words
