import csv
import json
import re

import pytest
from typer.testing import CliRunner

from armstrace.analysis.marks import tables
from armstrace.cli import match
from armstrace.vocabulary.errors import InvalidInput
from tests.bad_marks import COMPARED, NOT_COMPARED

pytestmark = pytest.mark.pure

REGISTRY = """id,make,model,calibre,serial
R1,COLT,1903,.32 ACP,40000
R2,COLT,1908,.25 ACP,40000
R3,SMITH & WESSON,1902,.38 SPECIAL,40000
R4,TAURUS,PT92,9MM,TAB12345
"""
QUERIES = """id,make,model,calibre,serial
Q1,COLT,1908,,40000
Q2,Taurus,,9 mm,TA?12345
Q3,,,,QQQ99999
Q4,,,,erased
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "registry.csv").write_text(REGISTRY, encoding="utf-8")
    (tmp_path / "queries.csv").write_text(QUERIES, encoding="utf-8")
    return tmp_path


def run(files, *options: str):
    names = [str(files / "queries.csv"), str(files / "registry.csv")]
    return CliRunner().invoke(match.app, [*names, *options], catch_exceptions=False)


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_candidates_are_written_with_rank_probability_and_reason(files):
    run(files, "-o", str(files / "out.csv"))
    rows = rows_of(files / "out.csv")

    assert tuple(rows[0]) == match.COLUMNS
    first = {row["query_id"]: row for row in rows if row["rank"] in {"1", ""}}
    assert first["Q1"]["registry_id"] == "R2"
    assert first["Q2"]["registry_id"] == "R4"
    assert "A not read" not in first["Q1"]["explanation"]
    assert "B not read" in first["Q2"]["explanation"]


def test_a_query_without_candidates_has_one_row_with_an_empty_rank(files):
    run(files, "-o", str(files / "out.csv"))
    rows = [row for row in rows_of(files / "out.csv") if row["query_id"] == "Q3"]

    assert [(row["rank"], row["registry_id"]) for row in rows] == [("", "")]
    assert float(rows[0]["probability_absent"]) > 0.9


def test_where_nothing_is_compared_no_chance_of_absence_is_stated(files):
    run(files, "-o", str(files / "out.csv"))
    (row,) = [r for r in rows_of(files / "out.csv") if r["query_id"] == "Q4"]

    assert row["probability_absent"] == ""
    assert "at least two characters" in row["explanation"]


def test_the_number_of_an_import_mark_finds_its_arm(files):
    (files / "queries.csv").write_text(
        "id,serial,import mark\nQ1,erased,BE 21 TAB12345\n", encoding="utf-8"
    )

    run(files, "-o", str(files / "out.csv"))

    first = rows_of(files / "out.csv")[0]
    assert first["registry_id"] == "R4"
    assert first["explanation"].startswith("number of the import mark")


def test_bad_marks_get_a_row_with_a_reason(files):
    marks = [*NOT_COMPARED, *COMPARED]
    with (files / "queries.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "make", "serial"])
        writer.writerows([f"B{n}", make, one] for n, (one, make) in enumerate(marks))

    run(files, "-o", str(files / "out.csv"))

    rows = rows_of(files / "out.csv")
    assert {row["query_id"] for row in rows} == {f"B{n}" for n in range(len(marks))}
    assert all(row["explanation"] for row in rows)


@pytest.mark.parametrize(
    ("serial", "why"),
    [
        ("000000", "zeros only"),
        ("N/A", "not found or not stated"),
        ("😀", "no letter or digit"),
        ("", "The row has no serial number."),
    ],
)
def test_a_serial_that_gives_no_number_is_explained(files, serial, why):
    with (files / "queries.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["id", "make", "serial"], ["B1", "", serial]])

    run(files, "-o", str(files / "out.csv"))

    (row,) = rows_of(files / "out.csv")
    assert why in row["explanation"]


def test_json_gives_counts_seconds_and_memory(files):
    document = json.loads(run(files, "--json", "-o", str(files / "o.csv")).stdout)

    assert document["registry_rows"] == 4
    assert document["queries"] == 4
    assert document["queries_without_serial"] == 1
    assert document["seconds_indexing"] >= 0
    assert document["seconds_matching"] >= 0
    assert document["peak_memory_mb"] > 0


def test_top_limits_the_candidates(files):
    document = json.loads(run(files, "--json", "--top", "1").stdout)

    assert {row["rank"] for row in document["matches"]} <= {"1", ""}


def test_other_encodings_and_delimiters_are_read(files):
    text = REGISTRY.replace(",", ";").replace("TAURUS", "TAURÚS")
    (files / "registry.csv").write_text(text, encoding="cp1252")
    document = json.loads(run(files, "--json").stdout)

    assert document["registry_rows"] == 4


def test_a_file_without_the_headings_is_refused_by_name(files):
    (files / "registry.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"registry\.csv has no column headed"):
        run(files)


def test_a_folder_of_own_vocabularies_is_read(files):
    own = files / "own"
    own.mkdir()
    (own / "makes.tsv").write_text(
        "name\tcountry\trole\tcode\taliases\nCOLT\tUS\tMAKER\t\tHARTFORD WORKS\n",
        encoding="utf-8",
    )
    (files / "queries.csv").write_text(
        "id,make,model,calibre,serial\nQ1,Hartford Works,1908,,40000\n",
        encoding="utf-8",
    )
    try:
        run(files, "-o", str(files / "out.csv"), "--vocabularies", str(own))
    finally:
        tables.use(None)
    best = rows_of(files / "out.csv")[0]

    assert best["registry_id"] == "R2"
    assert "make agrees" in best["explanation"]


def test_files_under_other_headings_are_matched_by_what_these_mean(files):
    (files / "registry.csv").write_text(
        "Nº de registro;Tipo;Marca;Modelo;Calibre;Nº de serie\n"
        "R-1;Pistola;Taurus;PT92;9 mm;TAB12345\n"
        "R-2;Pistola;Colt;1908;.25 ACP;40000\n",
        encoding="utf-8",
    )

    run(files, "-o", str(files / "out.csv"))

    found = {row["query_id"]: row for row in rows_of(files / "out.csv")}
    assert found["Q2"]["registry_id"] == "R-1"


def test_no_number_of_a_file_runs_as_a_formula(files):
    for path in files.iterdir():
        path.write_text(re.sub("^(?=[QR][1-4],)", "=", path.read_text(), flags=re.M))

    run(files, "-o", str(files / "out.csv"))

    (first, *_) = rows_of(files / "out.csv")
    assert first["query_id"].startswith("'=")
    assert first["registry_id"].startswith("'=")
