"""``armstrace stock count`` names the five lists, and what is odd about a list."""

import json
import random
from time import process_time

import pytest

from armstrace.cli import main
from armstrace.stockpiles import queries
from armstrace.vocabulary.stockpiles import StockAct
from tests.stockpiles import desk

pytestmark = pytest.mark.django_db


def run(capsys, *words):
    status = main.status_of(["stock", "count", *map(str, words)])
    return status, capsys.readouterr()


def test_a_list_is_compared_and_each_oddity_gets_one_sentence(capsys, tmp_path):
    depot, arms = desk.stocked()
    path = tmp_path / "list.csv"
    path.write_text(f"number\nA{arms[0]}\n\nSERP2\nA{arms[0]}\nXY-9\n")

    status, said = run(capsys, depot.name, path, "--json")
    told = json.loads(said.out)

    assert status == 1
    assert told["expected"] == [f"A{each}" for each in arms]
    assert told["found"] == [f"A{each}" for each in arms[:2]]
    assert told["missing"] == [f"A{arms[2]}"]
    assert told["unexpected"] == ["XY-9"]
    assert told["twice"] == [f"A{arms[0]}"]
    assert told["remarks"] == [
        "Line 3 is empty and is passed over.",
        f"A{arms[0]} is on lines 2, 5 and counts once.",
        "XY-9 on line 6 is not an arm on the register; check its label.",
    ]
    _, plain = run(capsys, depot.pk, path)
    assert f"missing: 1 A{arms[2]}" in plain.out
    assert "unexpected: 1 XY-9" in plain.out


def test_an_arm_of_no_store_is_named_and_a_line_that_says_something_is_read(
    capsys, tmp_path
):
    depot, arms = desk.stocked()
    (loose,) = desk.state_arms(1, first=500)
    path = tmp_path / "list.csv"
    path.write_text("\n".join(f"A{each};" for each in arms) + "\n")
    assert run(capsys, depot.name, path)[0] == 0
    with path.open("a") as file:
        file.write(f";DROP\nA{loose};\n")

    status, said = run(capsys, depot.name, path)

    assert status == 1
    assert "unexpected: 1 DROP" in said.out
    assert f"elsewhere: 1 A{loose}" in said.out
    assert f"A{loose} is on the register as “held by the State”" in said.out


def test_a_store_or_a_list_that_is_not_there_is_said(capsys, tmp_path):
    depot = desk.depot()

    listed = tmp_path / "none.csv"
    status, said = run(capsys, depot.name, listed)
    assert (status, "There is no file" in said.err) == (1, True)
    listed.write_text("1")
    status, said = run(capsys, "Nowhere", listed)
    assert (status, "There is no store Nowhere here" in said.err) == (1, True)


def test_10_000_arms_are_counted_and_each_planted_difference_is_named():
    depot, other = desk.depot(), desk.depot("Annexe")
    arms, away = desk.state_arms(10_000), desk.state_arms(5, first=20_001)
    desk.act(depot, StockAct.PLACED, arms)
    desk.act(other, StockAct.PLACED, away)
    chance = random.Random(7)
    gone, twice = chance.sample(arms, 9), chance.sample(arms, 4)
    twice = [each for each in twice if each not in gone]
    seen = [f"A{each}" for each in arms if each not in gone]
    seen += [f"A{each}" for each in (*twice, *away)] + ["FOREIGN-1", "", "FOREIGN-2"]
    chance.shuffle(seen)

    begun = process_time()
    listed = queries.compare_list(depot.name, "\n".join(seen), viewer=desk.KEEPER)
    found, said = listed.compared, listed.remarks
    took = process_time() - begun

    assert len(found.found) == 10_000 - 9
    assert set(found.missing) == {f"A{each}" for each in gone}
    assert set(found.twice) == {f"A{each}" for each in twice}
    assert set(found.elsewhere) == {f"A{each}" for each in away}
    assert set(found.unexpected) == {"FOREIGN-1", "FOREIGN-2"}
    assert len(said) == len(twice) + 1 + 2
    assert took < 2
