import csv
import json
from pathlib import Path

import pytest

from armstrace.cli.main import status_of
from tests.analysis.names import published

pytestmark = pytest.mark.pure

PAIRS = (
    "id,schema,name1,name2\n"
    "1,Person,Mohammed Orlun,Muhammad Orlun\n"
    "2,Company,Orlun Arms,Orlun Shipping\n"
    "3,Person,,Orlun\n"
    "4,Person,Ilse\n"
)


def written(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_pairs_get_a_score_and_bad_rows_are_kept_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.csv").write_text(PAIRS, encoding="utf-8")
    out = tmp_path / "out.csv"

    status = status_of(
        ["screen", "--pairs", str(tmp_path / "pairs.csv"), "-o", str(out), "--json"]
    )

    rows, counts = written(out), json.loads(capsys.readouterr().out)
    assert status == 0
    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert float(rows[0]["score"]) >= counts["cut"] > float(rows[1]["score"])
    assert "forms of one name" in rows[0]["explanation"]
    assert rows[2]["score"] == ""
    assert rows[2]["explanation"] == ("Row 4 is not compared: name1 is empty; fill it.")
    assert (counts["compared"], counts["near"], counts["not_compared"]) == (2, 1, 2)


def test_names_of_one_file_are_looked_for_in_another(tmp_path: Path) -> None:
    (tmp_path / "queries.csv").write_text("name\nMuhammad Orlun\nZzyx\n")
    (tmp_path / "list.csv").write_text("name\nIlse Vornhagen\nMohammed Orlun\n")
    out = tmp_path / "out.csv"

    status = status_of(
        [
            "screen",
            str(tmp_path / "queries.csv"),
            str(tmp_path / "list.csv"),
            "-o",
            str(out),
        ]
    )

    rows = written(out)
    assert status == 0
    assert [row["name"] for row in rows] == ["Mohammed Orlun", ""]
    assert rows[1]["explanation"] == "No name on the list is near."


@pytest.mark.parametrize(("top", "tied"), [("2", 1), ("3", 0)])
def test_entries_that_score_the_same_as_the_last_one_given_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], top: str, tied: int
) -> None:
    (tmp_path / "queries.csv").write_text("name\nIlse Orlun\nZzyx\n")
    (tmp_path / "list.csv").write_text("name\n" + "Ilse Orlun\n" * 3)
    files = [str(tmp_path / name) for name in ("queries.csv", "list.csv", "out.csv")]

    status_of(["screen", *files[:2], "-o", files[2], "--top", top, "--json"])

    told = json.loads(capsys.readouterr().out)
    assert told["tied"] == tied
    assert any("give a greater --top" in each for each in told["remarks"]) == tied


def test_a_file_without_the_columns_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.csv").write_text("a,b\n1,2\n")

    status = status_of(["screen", "--pairs", str(tmp_path / "pairs.csv")])

    assert status == 1
    assert "has no column headed schema" in capsys.readouterr().err


def test_pairs_and_lists_are_not_mixed(capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["screen"]) == 2
    assert "--pairs" in capsys.readouterr().err


def test_a_schema_that_there_is_not_is_refused_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("schema,name1,name2\nperson,Ilse,Ilse\nHorse,Ilse,Ilse\n")
    out = tmp_path / "out.csv"

    assert status_of(["screen", "--pairs", str(pairs), "-o", str(out)]) == 0
    assert status_of(["screen", str(pairs), str(pairs), "--schema", "Horse"]) == 2

    rows = written(out)
    assert [row["score"] for row in rows] == ["1.0000", ""]
    assert rows[1]["explanation"].startswith(
        "Row 3 is not compared: there is no schema Horse; write one of Person,"
    )
    assert "there is no schema Horse" in capsys.readouterr().err


def test_names_are_looked_for_in_a_published_list_whose_version_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "queries.csv").write_text("name\nMuhamad Karim Orlun\n")
    (tmp_path / "un.xml").write_text(published.UN)
    out = tmp_path / "out.csv"
    files = [str(tmp_path / each) for each in ("queries.csv", "un.xml")]

    status = status_of(["screen", *files, "-o", str(out), "--json"])

    (row, _), told = written(out), json.loads(capsys.readouterr().out)
    assert status == 0
    assert (row["number"], row["name"]) == ("VXi.001", "MOHAMMED KARIM ORLUN")
    assert (told["list_version"], told["cut"]) == ("2026-11-01", 0.7)


def screened(tmp_path: Path, queries: str | bytes, listed: str | bytes, *more: str):
    """Screen one file against another; give the status and the rows."""
    for name, text in (("q", queries), ("l", listed)):
        content = text if isinstance(text, bytes) else text.encode()
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.csv"
    files = [str(tmp_path / "q"), str(tmp_path / "l")]
    status = status_of(["screen", *files, "-o", str(out), "--json", *more])
    return status, written(out) if out.exists() else []


def test_firms_and_ships_of_a_list_are_found_without_being_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    queries = "name\nVornhagen Shipping\n"

    _, rows = screened(tmp_path, queries, published.EU)
    told = json.loads(capsys.readouterr().out)

    assert (rows[0]["name"], rows[0]["number"]) == ("Vornhagen Shipping", "14")
    assert (told["listed"], told["left_out"]) == (2, 0)

    _, rows = screened(tmp_path, queries, published.EU, "--schema", "Person")
    told = json.loads(capsys.readouterr().out)

    assert rows[0]["name"] != "Vornhagen Shipping"
    assert (told["listed"], told["left_out"]) == (1, 1)
    assert "entries that are not looked among" in told["remarks"][0]


def test_a_row_without_a_name_is_said_with_its_number(tmp_path: Path) -> None:
    queries = "id,name\n7,Ilse Vornhagen\n8,\n,\n"

    status, rows = screened(tmp_path, queries, "name\nIlse Vornhagen\n")

    assert status == 0
    assert [row["row"] for row in rows] == ["2", "3"]
    assert rows[1]["explanation"] == "Row 3 is not compared: name is empty; fill it."


@pytest.mark.parametrize(
    "queries",
    [
        "Full name;Born\nIlse Vornhagen;1971\n",
        "Nombre;Fecha\nIlse Vornhagen;1971\n",
        "Apellidos,Nombre\nVornhagen,Ilse\n",
        "Ilse Vornhagen\nOtto\n",
    ],
)
def test_names_are_found_under_the_headings_of_offices(
    tmp_path: Path, queries: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, rows = screened(tmp_path, queries, published.SIMPLE)

    assert (rows[0]["query"], rows[0]["score"]) == ("Ilse Vornhagen", "1.0000")
    assert "the names are read from" in capsys.readouterr().out


def test_the_schema_of_a_row_says_of_what_its_name_is(tmp_path: Path) -> None:
    queries = "name,schema\nVornhagen Shipping,Company\nIlse,Horse\n"

    _, rows = screened(tmp_path, queries, published.EU)

    assert [row["number"] for row in rows] == ["14", ""]
    assert "there is no schema Horse" in rows[1]["explanation"]


@pytest.mark.parametrize("listed", ["name\n", "id,name\n", "[]", "<html></html>"])
def test_a_list_in_which_no_name_stands_is_refused(tmp_path: Path, listed: str) -> None:
    status, rows = screened(tmp_path, "name\nIlse\n", listed)

    assert (status, rows) == (1, [])


def test_a_list_that_is_not_there_and_files_beside_pairs_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "q.csv").write_text("name\nIlse\n")
    queries = str(tmp_path / "q.csv")

    assert status_of(["screen", queries, str(tmp_path / "none.csv")]) == 1
    assert "none.csv is not there" in capsys.readouterr().err
    assert status_of(["screen", str(tmp_path / "none.csv"), queries]) == 1
    assert capsys.readouterr().out == ""
    assert status_of(["screen", queries, str(tmp_path)]) == 1
    assert status_of(["screen", queries, "--pairs", queries]) == 2


def test_a_list_of_the_union_as_csv_keeps_its_day_and_is_one_entry(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, rows = screened(tmp_path, "name\nIlse Vornhagen\n", published.EU_CSV)

    assert [row["number"] for row in rows] == ["13"]
    assert json.loads(capsys.readouterr().out)["list_version"] == "2026-11-02"


def test_no_name_of_a_file_runs_as_a_formula(tmp_path: Path) -> None:
    queries = "name\n\"=cmd|' /C calc'!A0 Ilse Vornhagen\"\n"
    status, rows = screened(tmp_path, queries, "id,name\n@1,Ilse Vornhagen\n")

    assert (status, rows[0]["query"][:6], rows[0]["number"]) == (0, "'=cmd|", "'@1")
