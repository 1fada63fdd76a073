"""``armstrace risk score`` explains every point and needs no database."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from armstrace.cli import main

pytestmark = pytest.mark.pure

HEAD = (
    "source_number,declared_on,hs_code,description,consignee_address,consignee,licence"
)


def run(capsys, *words: str) -> tuple[int, str]:
    status = main.status_of(["risk", *words])
    return status, capsys.readouterr().out


def file_of(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "goods.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_point_is_a_sentence_and_history_counts(tmp_path, capsys):
    rows = [f"P{n},2025-03-0{n},6109,shirt,5 Mill Lane,Name {n}," for n in range(1, 4)]
    path = file_of(tmp_path, *rows, "P4,2025-03-05,93052000,slide,1 Way,Ora,")

    status, told = run(
        capsys, "score", str(path), "-o", str(tmp_path / "out.csv"), "--json"
    )

    assert status == 0
    document = json.loads(told)
    assert document["scored"] == 4
    assert document["hits"] == {"CU-01": 1, "CU-15": 1}
    out = read(tmp_path / "out.csv")
    assert "3 different names" in out[2]["points"]
    assert "no authorisation is named" in out[3]["points"]
    assert float(out[3]["score"]) > float(out[0]["score"])


def test_a_held_row_is_said_and_the_rest_is_scored(tmp_path, capsys):
    path = file_of(tmp_path, "P1,2025-13-01,6109,shirt,,,", "P2,,6109,shirt,,,")

    status, told = run(
        capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json"
    )

    document = json.loads(told)
    assert (status, document["scored"], document["held"]) == (0, 1, 1)
    assert "Row 2" in document["held_rows"][0]


def test_a_held_row_is_named_once(tmp_path, capsys):
    path = file_of(tmp_path, "P1,2025-11-01,6109,shirt,,,", 'P2,,6109,"shirt,,,')

    _, told = run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json")

    (held,) = json.loads(told)["held_rows"]
    assert held.count("Row 3") == 1


def test_rows_without_a_number_are_told_apart_by_their_row(tmp_path, capsys):
    path = file_of(tmp_path, ",,6109,shirt,,,", ",2025-13-01,6109,x,,,", ",,6109,,,,")

    run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json")

    assert [row["row"] for row in read(tmp_path / "o.csv")] == ["2", "4"]


def test_headings_of_others_are_proposed(tmp_path, capsys):
    head = "Numéro de déclaration,Code SH,Description,Expéditeur,Destinataire"
    path = file_of(tmp_path, "D1,73269098,canon de pistolet,Ora,Una", head=head)

    status, told = run(
        capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json"
    )

    assert status == 0
    assert json.loads(told)["hits"] == {"CU-06": 1}


def test_french_headings_of_a_customs_register_are_understood(tmp_path, capsys):
    head = "Numéro,Date dépôt,Position tarifaire,Désignation"
    path = file_of(tmp_path, "D1,2025-03-05,93052000,culasse", head=head)

    _, told = run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json")

    remarks = json.loads(told)["remarks"]
    taken = ("declared_on", "hs_code", "description")
    assert [any(f"taken for {one}." in each for each in remarks) for one in taken] == (
        [True] * 3
    )


def test_a_file_of_which_nothing_is_understood_is_not_scored(tmp_path, capsys):
    path = file_of(tmp_path, "D1,x,y", head="Numéro,Truc,Machin")

    status = main.status_of(["risk", "score", str(path), "-o", str(tmp_path / "o.csv")])

    assert status != 0
    assert "no column besides the number that is understood" in capsys.readouterr().err
    assert not (tmp_path / "o.csv").exists()


def test_a_column_that_adds_nothing_is_said(tmp_path, capsys):
    head = f"{HEAD},colour_of_box"
    path = file_of(tmp_path, "P1,2025-03-01,6109,shirt,,,,red", head=head)

    _, told = run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json")

    said = "“colour_of_box” is not understood and adds nothing."
    assert json.loads(told)["remarks"] == [said]


def test_points_add_up_from_the_base_and_nothing_runs_as_a_formula(tmp_path, capsys):
    path = file_of(tmp_path, "=cmd|calc!A1,2025-03-05,93052000,slide,1 Way,Ora,")

    run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"))

    (row,) = read(tmp_path / "o.csv")
    assert row["number"] == "'=cmd|calc!A1"
    added = sum(map(float, re.findall(r"\(\+([0-9.]+)\)", row["points"])))
    assert float(row["score"]) == pytest.approx(float(row["base"]) + added)
    assert "probability" not in row


@pytest.mark.parametrize(("unit", "hits"), [("K", {"CU-11": 1}), ("L", {})])
def test_a_weight_of_another_unit_is_not_taken_for_kilograms(
    tmp_path, capsys, unit, hits
):
    head = (
        "identifier,harmonized_number,description_text,piece_count,weight,weight_unit"
    )
    path = file_of(tmp_path, f"D1,7318.29,steel pins,2,100,{unit}", head=head)

    _, told = run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json")

    assert json.loads(told)["hits"] == hits


def test_the_importer_of_a_customs_register_receives_the_goods(tmp_path, capsys):
    head = "Número de declaración,NIT importador,Razón social importador"
    path = file_of(tmp_path, "D1,900123,Importadora Ejemplo", head=head)

    _, told = run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"), "--json")

    (taken,) = [each for each in json.loads(told)["remarks"] if "consignee" in each]
    assert "Razón social importador" in taken


def test_a_great_weight_is_written_out(tmp_path, capsys):
    head = "source_number,hs_code,quantity,weight_kg"
    path = file_of(tmp_path, "D1,731829,1,1542.08", head=head)

    run(capsys, "score", str(path), "-o", str(tmp_path / "o.csv"))

    (row,) = read(tmp_path / "o.csv")
    assert "A piece weighs 1540 kg" in row["points"]


def score(folder: Path, capsys, path: Path, *more: str) -> tuple[int, dict[str, Any]]:
    out = str(folder / "o.csv")
    status, told = run(capsys, "score", str(path), "-o", out, "--json", *more)
    return status, json.loads(told)


def fields_of(document: dict[str, Any]) -> dict[str, str]:
    """Give what each heading was taken for."""
    said = (
        re.fullmatch("“(.*)” is taken for (.*)\\.", each)
        for each in document["remarks"]
    )
    return {found[2]: found[1] for found in said if found}


MANIFESTS = {
    "asycuda": (
        "Sommier;Déclaration N°;Date d'enregistrement;Exportateur;Destinataire;"
        "Déclarant;Position tarifaire;Désignation commerciale;Pays d'origine;"
        "Pays de provenance;Pays de destination;Masse brute (kg);Masse nette;"
        "Valeur FOB;Devise",
        "S1;C 1;15/03/2026;Duval;Una;Ora;9305.20.00;canon;France;FR;MLI;1 250,5;1;"
        "3 450,00 €;EUR",
        {
            "source_number": "Déclaration N°",
            "declared_on": "Date d'enregistrement",
            "departure": "Pays de provenance",
            "weight_kg": "Masse brute (kg)",
        },
    ),
    "bill of lading": (
        "identifier,run_date,vessel_name,port_of_destination,consignee_name,"
        "shipper_party_name,container_number,description_sequence_number,text,"
        "harmonized_number",
        'I1,2018-01-02,Vita,"Norfolk, Virginia",Una,Ora,M1,1,solvent trap,842199',
        {
            "source_number": "identifier",
            "description": "text",
            "consignor": "shipper_party_name",
        },
    ),
    "manifiesto": (
        "Documento de transporte;Fecha de embarque;Embarcador;Consignatario;"
        "Puerto de embarque;País de origen;Partida arancelaria;Bultos;Valor (US$)",
        "M1;25/02/2026;Ora;Una;Valencia;España;9305.20;3;4.500,00",
        {
            "source_number": "Documento de transporte",
            "declared_on": "Fecha de embarque",
            "consignor": "Embarcador",
        },
    ),
    "airway bills": (
        "MAWB,HAWB,Flight No,Flight Date,Origin,Destination,Shipper,Consignee,Weight,"
        "Nature of Goods,Declared Value for Customs",
        "176,H1,EK785,12MAR26,DXB,FNA,Ora,Una,45.5K,RIFLE PARTS,NVD\n"
        "176,H2,EK785,12MAR26,DXB,FNA,Ora,Una,2.0K,GARMENTS,NVD",
        {
            "source_number": "HAWB",
            "declared_on": "Flight Date",
            "description": "Nature of Goods",
            "conveyance_number": "Flight No",
        },
    ),
    "register": (
        "Declaration ID,Date,Import Use,Declarant ID,Importer ID,Seller ID,HS10 Code,"
        "Country of Departure,Net Mass,Item Price",
        "41256141,2021-04-01,21,LPA7LKZ,Y3OM027,FQKH1PD,420231109,IT,1.0,1248.7",
        {
            "source_number": "Declaration ID",
            "consignee": "Importer ID",
            "consignor": "Seller ID",
            "weight_kg": "Net Mass",
        },
    ),
    "arabic": (
        "رقم البيان,تاريخ البيان,المستورد,البند الجمركي,وصف البضاعة,بلد التصدير",
        "1235,16/03/2026,محمد,930400,مسدس صوت,TR",
        {
            "source_number": "رقم البيان",
            "declared_on": "تاريخ البيان",
            "consignee": "المستورد",
            "departure": "بلد التصدير",
        },
    ),
}


@pytest.mark.parametrize("kind", MANIFESTS)
def test_lists_are_read_under_the_headings_of_customs_and_carriers(
    tmp_path, capsys, kind
):
    head, rows, wanted = MANIFESTS[kind]
    path = file_of(tmp_path, rows, head=head)

    status, told = score(tmp_path, capsys, path)

    assert (status, told["held_rows"]) == (0, [])
    taken = fields_of(told)
    assert {name: taken.get(name) for name in wanted} == wanted


def test_grams_of_a_heading_are_no_kilograms(tmp_path, capsys):
    head = "source_number,hs_code,quantity,Gross weight (g)"
    path = file_of(tmp_path, "D1,731829,1,9", "D2,731829,1,9 kg", head=head)

    score(tmp_path, capsys, path)

    assert ["A piece weighs" in row["points"] for row in read(tmp_path / "o.csv")] == [
        False,
        True,
    ]


def test_totals_and_footnotes_are_skipped_and_counted(tmp_path, capsys):
    head = "source_number,declared_on,description,origin,weight_kg"
    rows = ("D1,2026-03-01,shirt,MA,5", "Total,,,,5", "Source: customs of Rocher,,,,")

    _, told = score(tmp_path, capsys, file_of(tmp_path, *rows, head=head))

    assert (told["rows"], told["held"], told["skipped"]) == (1, 0, 2)


def test_all_rows_that_are_held_can_be_listed_with_their_fields(tmp_path, capsys):
    head = "source_number,hs_code,weight_kg"
    path = file_of(tmp_path, *(f"D{n},7318,{n} stone" for n in range(30)), head=head)
    held = tmp_path / "held.csv"

    status, told = score(tmp_path, capsys, path, "--report", str(held))

    assert (status, told["scored"], len(told["held_rows"])) == (1, 0, 10)
    rows = read(held)
    assert [row["row"] for row in rows] == [str(n) for n in range(2, 32)]
    assert {row["field"] for row in rows} == {"weight_kg"}
    assert rows[0]["why"].startswith("Row 2, weight in kilograms: “0 stone” is not")


def test_a_number_that_comes_again_is_held_or_left_out_as_intake_does(tmp_path, capsys):
    head = "source_number,description,origin"
    rows = ("D1,shirt,MA", "D1,slide,MA", "D2,barrel,MA", "D2,barrel,MA", ",x,MA")
    held = tmp_path / "held.csv"

    _, told = score(
        tmp_path,
        capsys,
        file_of(tmp_path, *rows, ",x,MA", head=head),
        "--report",
        str(held),
    )

    assert (told["scored"], told["held"], told["repeated"]) == (4, 1, 1)
    first = read(held)[0]
    assert (first["row"], first["field"]) == ("3", "source_number")
    assert "is also the number of row 2" in first["why"]


@pytest.mark.parametrize(
    ("hs_code", "currency", "field"),
    [
        ("ABC", "EUR", "hs_code"),
        ("930591", "ABC", "currency"),
        ("n/a", "HRK", None),
        ("", "F CFA", None),
    ],
)
def test_codes_of_goods_and_money_that_are_none_are_held(
    tmp_path, capsys, hs_code, currency, field
):
    head = "source_number,description,hs_code,value,currency"
    path = file_of(tmp_path, f"D1,slide,{hs_code},5,{currency}", head=head)

    score(tmp_path, capsys, path, "--report", str(tmp_path / "held.csv"))

    held = [row["field"] for row in read(tmp_path / "held.csv")]
    assert held == [field] * bool(field)


def test_the_order_of_day_and_month_can_be_said(tmp_path, capsys):
    head = "Number,Date,Description"
    path = file_of(tmp_path, "D1,03/02/2026,shirt", head=head)

    unsaid, _ = score(tmp_path, capsys, path)
    said, _ = score(tmp_path, capsys, path, "--date-order", "mdy")

    assert (unsaid, said) == (1, 0)
