"""`armstrace destruction lot`: what a lot holds and lacks, and the status."""

import json

import pytest

from armstrace.cli import destruction, main
from armstrace.vocabulary.disposal import PictureMoment
from tests.disposal import desk

pytestmark = pytest.mark.django_db


def told(capsys, *words):
    status = main._end(destruction.app, "destruction", ["lot", *words])
    return status, capsys.readouterr().out


def test_DX_12_a_lot_that_lacks_something_is_said_with_rule_source_and_status_1(capsys):
    lot = desk.opened()
    exhibit = desk.approved()
    desk.put(lot, exhibit)

    status, said = told(capsys, lot.reference)
    assert status == 1
    assert "DX-11: A lot is destroyed before two witnesses" in said
    assert "¶46-48" in said
    status, said = told(capsys, lot.reference.lower(), "--json")
    assert status == 1
    document = json.loads(said)
    assert document["items"] == [{"number": exhibit.reference, "missing": []}]
    assert [one["code"] for one in document["missing"]] == ["DX-11", "DX-12"]


def test_a_lot_that_is_destroyed_gives_counts_witnesses_and_status_0(capsys):
    lot = desk.destroyed(desk.approved(), desk.approved("N-2"))

    status, said = told(capsys, lot.reference, "--json")
    document = json.loads(said)
    assert status == 0
    assert (document["count_in"], document["count_out"]) == (2, 2)
    assert document["photographs"] == list(PictureMoment)
    assert document["witnesses"][1]["is_observer"]
    assert told(capsys, lot.reference) == (
        0,
        f"Lot {lot.reference}: arms in: 2, out: 2.\n",
    )
