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

    (row,), told = written(out), json.loads(capsys.readouterr().out)
    assert status == 0
    assert (row["number"], row["name"]) == ("VXi.001", "MOHAMMED KARIM ORLUN")
    assert (told["list_version"], told["cut"]) == ("2026-11-01", 0.7)
