"""`armstrace identify` adds readings to the columns of a file."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from armstrace.cli import columns, identify
from armstrace.cli.main import status_of
from armstrace.vocabulary.errors import InvalidInput

pytestmark = pytest.mark.pure


def run(tmp_path: Path, text: str) -> list[dict[str, str]]:
    file = tmp_path / "arms.csv"
    file.write_text(text, encoding="utf-8")
    out = io.StringIO()
    identify.identify_file(file, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_the_columns_of_the_contract_stand_beside_those_of_the_file(
    tmp_path: Path,
) -> None:
    rows = run(
        tmp_path,
        "id,type,make,model,calibre,serial\n"
        '7,PISTOLA,Forjas Taurus S.A.,PT-92,"9mm","TKN 29736"\n',
    )

    assert rows == [
        {
            "id": "7",
            "type": "PISTOLA",
            "make": "Forjas Taurus S.A.",
            "model": "PT-92",
            "calibre": "9mm",
            "serial": "TKN 29736",
            "canonical_type": "PISTOL",
            "canonical_make": "TAURUS",
            "make_country": "BR",
            "canonical_model": "PT 92",
            "canonical_calibre": "9x19 mm",
            "serial_search": "TKN29736",
            "serial_status": "COMPLETE",
            "year_of_manufacture": "2017",
            "notes": rows[0]["notes"],
            "readings": "type WORD CERTAIN; make COMPANY_FORM CERTAIN;"
            " model ALIAS CERTAIN; calibre ARM_TYPE LIKELY; serial NUMBER CERTAIN",
        }
    ]


def test_portuguese_headings_and_semicolons_are_understood(tmp_path: Path) -> None:
    rows = run(
        tmp_path,
        "Tipo;Marca;Modelo;Calibre;Número de Série;País\n"
        "REVÓLVER;NÃO IDENTIFICADA;;.38;suprimido;Brasil\n",
    )

    assert rows[0]["canonical_make"] == ""
    assert rows[0]["serial_search"] == ""
    assert rows[0]["serial_status"] == "OBLITERATED"


def test_a_file_without_marks_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no column of make"):
        run(tmp_path, "name,town\nOne,Bonn\nTwo,Ulm\n")


def test_columns_under_headings_that_say_nothing_are_told_by_their_values(tmp_path):
    text = "a,b,c,d\n" + "".join(
        f"{kind},{make},{calibre},{serial}\n"
        for kind, make, calibre, serial in [
            ("Pistol", "Glock", "9x19 mm", "ABC123"),
            ("Revolver", "Taurus", ".38 Special", "7712345"),
            ("Rifle", "Norinco", "7.62x39 mm", "K88811"),
        ]
    )
    file = tmp_path / "arms.csv"
    file.write_text(text, encoding="utf-8")
    out = io.StringIO()

    tally = identify.identify_file(file, out)

    assert tally.columns == {"a": "type", "b": "make", "c": "calibre", "d": "serial"}
    assert any("“c” is taken for calibre" in remark for remark in tally.remarks)
    (first, *_) = csv.DictReader(io.StringIO(out.getvalue()))
    assert first["canonical_make"] == "GLOCK"


def test_every_row_of_a_file_is_read_also_beyond_the_sample(tmp_path):
    count = columns.LOOK_AT_ROWS + 7
    text = "make,serial\n" + "".join(f"CZ,A{n:05}\n" for n in range(count))

    rows = run(tmp_path, text)

    assert len(rows) == count
    assert rows[-1]["serial_search"] == f"A{count - 1:05}"


def test_the_counts_of_a_run_are_printed_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "arms.csv", tmp_path / "out.csv"
    table.write_text("make,serial\nCZ,A12345\nCZ,A1234?\n", encoding="utf-8")

    assert status_of(["identify", str(table), "-o", str(out), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["with_make"]) == (2, 2)
    assert sum(told["serial_status"].values()) == 2
    assert told["columns"] == {"make": "make", "serial": "serial"}


def test_a_remark_is_said_where_nothing_is_configured(tmp_path: Path) -> None:
    table = tmp_path / "arms.csv"
    table.write_text("Tipo,Marca,Calibre,Zulu\nREVOLVER,TAURUS,38,JI123456\n")
    names = ("PATH", "PYTHONPATH")
    environment = {name: os.environ[name] for name in names if name in os.environ}

    done = subprocess.run(
        [sys.executable, "-m", "armstrace.cli.main", "identify", str(table)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "REVOLVER" in done.stdout


def test_series_and_number_are_one_serial_and_totals_are_no_arm(
    tmp_path: Path,
) -> None:
    arms = "".join(
        f"{at},Пістолет,Форт,12,9х18,{'АБ' if at % 2 else 'КА'},{at * 7919}\n"
        for at in range(1, 9)
    )
    rows = run(
        tmp_path, f"№ з/п,Вид зброї,Марка,Модель,Калібр,Серія,№\n{arms}Всього:,,,,,,8\n"
    )

    assert rows[0]["serial_search"].endswith("7919")
    assert len(rows[0]["serial_search"]) == 6
    assert [rows[-1][name] for name in ("№ з/п", "serial_status")] == ["Всього:", ""]


def test_no_cell_of_the_file_runs_as_a_formula_and_a_dash_stays(tmp_path):
    (row,) = run(
        tmp_path,
        'id,make,serial,=note\n-,CZ,A12345,"=HYPERLINK(""http://x.example"",""see"")"\n',
    )

    assert row["id"] == "-"
    assert row["'=note"] == '\'=HYPERLINK("http://x.example","see")'
