"""``armstrace stock count`` names the five lists, and what is odd about a list."""

import json
import random
from time import process_time

import pytest
import xlsxwriter

from armstrace.analysis.marks.description import Description
from armstrace.cli import main
from armstrace.stockpiles import queries, reading
from armstrace.vocabulary.stockpiles import StockAct
from tests import builders
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
        "Line 1 is a heading or a note and is passed over: number.",
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
    assert (status, "none.csv is not there" in said.err) == (1, True)
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
    rows = reading.rows_of("\n".join(seen))
    listed = queries.compare_list(depot.name, rows, viewer=desk.KEEPER)
    found, said = listed.compared, listed.remarks
    took = process_time() - begun

    assert len(found.found) == 10_000 - 9
    assert set(found.missing) == {f"A{each}" for each in gone}
    assert set(found.twice) == {f"A{each}" for each in twice}
    assert set(found.elsewhere) == {f"A{each}" for each in away}
    assert set(found.unexpected) == {"FOREIGN-1", "FOREIGN-2"}
    assert len(said) == len(twice) + 1 + 2
    assert took < 2


def write_xlsx(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D1", "Armoury, count of December")
        sheet.merge_range("A2:C2", "Arm")
        for at, row in enumerate(rows, 2):
            sheet.write_row(at, 0, row)


def as_text(delimiter, encoding):
    def write(path, rows):
        lines = [delimiter.join(map(str, row)) for row in rows]
        path.write_bytes("\r\n".join(lines).encode(encoding))

    return write


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("list.xlsx", write_xlsx),
        ("list.csv", as_text(";", "cp1252")),
        ("list.csv", as_text(",", "utf-8-sig")),
        ("list.txt", as_text("\t", "utf-16")),
    ],
)
def test_a_list_is_read_as_offices_keep_it(capsys, tmp_path, name, write):
    depot, arms = desk.stocked()
    path = tmp_path / name
    rows = [("N°", "Marque", "Modèle", "N° de série")]
    rows += [(n, "Glock", "17", f"serp {n}") for n, _ in enumerate(arms, 1)]
    write(path, [*rows, ("Total", "", "", 3), ("", "", "", "")])

    status, said = run(capsys, depot.name.upper(), path, "--json")

    told = json.loads(said.out)
    assert (status, len(told["found"]), told["unexpected"]) == (0, 3, [])
    assert any("is a total" in each for each in told["remarks"])
    assert any("N° de série" in each for each in told["remarks"])


@pytest.mark.parametrize(
    "code",
    [
        "*SERP1*",
        "]C1serp1",
        "(01)09506000134352(21)SERP1(10)X",
        "010950600013435221SERP1\x1d10X",
        "SN: ser-p1",
        "https://labels.example/arm/SERP1?v=1",
        "https://armstrace.example/registry/{arm}/",
        "a-00{arm}",
    ],
)
def test_a_code_of_a_label_names_its_arm(capsys, tmp_path, code):
    depot, arms = desk.stocked(1)
    path = tmp_path / "scanned.csv"
    path.write_text(code.format(arm=arms[0]))

    status, said = run(capsys, depot.name, path, "--json")

    assert (status, json.loads(said.out)["found"]) == (0, [f"A{arms[0]}"])


def test_what_several_arms_bear_is_told_by_the_make_or_by_the_store(capsys, tmp_path):
    depot, arms = desk.stocked()
    others = builders.registered(
        builders.an_arm("X1", description=builders.glock("SERP1")),
        builders.an_arm("X2", description=Description(make="Beretta", serial="SERP2")),
        builders.an_arm("X3", description=builders.glock("TWIN9")),
        builders.an_arm("X4", description=builders.glock("TWIN9")),
    )
    path = tmp_path / "list.csv"
    path.write_text("make,serial\nGlock,SERP1\nBeretta,SERP2\n,SERP3\n,TWIN9\n")

    _, said = run(capsys, depot.name, path, "--json")

    told = json.loads(said.out)
    assert told["found"] == [f"A{arms[0]}", f"A{arms[2]}"]
    assert told["elsewhere"] == [f"A{others[1]}"]
    assert told["unexpected"] == ["TWIN9"]
    assert (
        f"SERP1 on line 2 is on several arms (A{arms[0]}, A{others[0]}) and counts as "
        f"A{arms[0]}." in told["remarks"]
    )
    assert any("TWIN9 on line 5 is on several arms" in each for each in told["remarks"])


def test_nothing_of_a_list_is_lost_in_silence(capsys, tmp_path):
    depot, arms = desk.stocked()
    path = tmp_path / "list.csv"

    path.write_text(",".join(f"A{each}" for each in arms))
    assert run(capsys, depot.name, path)[0] == 0
    path.write_text("FOREIGN\nSERPI\nSERP2\nSERP3\n")
    _, said = run(capsys, depot.name, path, "--json")
    told = json.loads(said.out)
    assert told["unexpected"] == ["SERPI", "FOREIGN"]
    assert any(f"SERPI may be A{arms[0]}" in each for each in told["remarks"])
    path.write_text(f"arm;serial\nA{arms[0]};SERP1\nA{arms[1]};SERP3\nA{arms[2]};\n")
    _, said = run(capsys, depot.name, path, "--json")
    (told,) = [
        each for each in json.loads(said.out)["remarks"] if "line 3" in each.lower()
    ]
    assert f"names A{arms[1]} by A{arms[1]}, and another arm by SERP3" in told
