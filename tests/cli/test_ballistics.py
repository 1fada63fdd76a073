"""The commands that compare scans answer with numbers and with their limits."""

import json

import pytest
from typer.testing import CliRunner

from armstrace.analysis.ballistics import limits
from armstrace.analysis.ballistics.synthetic_marks import Firing, Tool, fire
from armstrace.analysis.ballistics.x3p import writer
from armstrace.analysis.ballistics.x3p.reader import Provenance
from armstrace.cli import ballistics, main
from tests.analysis.ballistics.x3p import archives

pytestmark = pytest.mark.pure


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("scans")
    for tool in (1, 2, 3):
        for firing, turn_deg in ((1, 0.0), (2, 90.0)):
            surface = fire(Tool(tool, tool), Firing(firing, turn_deg=turn_deg))
            writer.write(path / f"{tool}-{firing}.x3p", surface, Provenance())
    (path / "broken.x3p").write_bytes(b"nothing")
    return path


def ran(*words):
    return CliRunner().invoke(ballistics.app, [str(word) for word in words])


@pytest.fixture(scope="module")
def searched(folder):
    return ran("search", folder / "1-1.x3p", folder, "--json")


def test_two_firings_of_one_tool_are_found_at_any_orientation(folder):
    one = ran("compare", folder / "1-1.x3p", folder / "1-2.x3p", "--json")

    document = json.loads(one.stdout)
    assert one.exit_code == 0
    assert document["congruent_cells"] >= 10
    assert document["cells"] >= document["congruent_cells"]
    assert abs(document["first_in_second"]["turn_deg"]) == pytest.approx(90, abs=2)
    assert document["likelihood_ratio"]["log10"] is None
    assert document["limits"] == list(map(str, limits.LIMITS))
    assert len(document["files"][0]["sha256"]) == 64


def test_a_region_is_used_and_told(folder):
    scan = folder / "1-1.x3p"
    ring = "1.8,1.8,1.4,0.85"

    found = ran("compare", scan, scan, f"--first-ring={ring}", "--json")

    document = json.loads(found.stdout)
    assert document["files"][0]["region"]["outer_radius_m"] == pytest.approx(1.4e-3)
    one, other = document["first_in_second"], document["second_in_first"]
    assert one["cells"] < other["cells"]


@pytest.mark.parametrize(
    "ring", ["1,2", "a,b,c,d", "1,1,0.5,0.6", "1,1,nan,nan", "1,1,1e99,0"]
)
def test_a_region_that_is_none_is_refused(folder, ring, capsys):
    scan = str(folder / "1-1.x3p")

    status = main.status_of(["ballistics", "compare", scan, scan, "--first-ring", ring])

    assert status == 1
    assert capsys.readouterr().err.endswith(".\n")


def test_a_comparison_gives_the_same_numbers_again(folder):
    words = ("compare", folder / "1-1.x3p", folder / "2-1.x3p", "--json")

    assert ran(*words).stdout == ran(*words).stdout


def test_a_search_ranks_the_other_firing_first_and_lists_what_it_cannot_read(searched):
    document = json.loads(searched.stdout)
    first = document["candidates"][0]
    assert searched.exit_code == 0
    assert (first["file"], first["rank"]) == ("1-2.x3p", 1)
    assert first.keys() >= {"file", "rank", "congruent_cells", "cells", "score"}
    assert document["refused"][0]["file"] == "broken.x3p"
    assert "1-1.x3p" not in {c["file"] for c in document["candidates"]}


@pytest.mark.parametrize("command", ["compare", "search"])
def test_limits_stand_under_every_score(folder, command):
    rest = [folder / "2-1.x3p"] if command == "compare" else [folder, "--closer", 1]

    found = ran(command, folder / "1-1.x3p", *rest)

    assert all(str(limit) in found.stdout for limit in limits.LIMITS)
    assert "match" not in found.stdout.lower()
    assert "hit" not in found.stdout.lower().split()


def test_verify_tells_altered_points_and_leaves_with_one(tmp_path):
    path = archives.sound_file(tmp_path)
    assert ran("verify", path).exit_code == 0
    parts = archives.parts_of(path)
    parts["bindata/data.bin"] = parts["bindata/data.bin"][::-1]

    found = ran("verify", archives.packed(path, parts), "--json")

    assert found.exit_code == 1
    assert json.loads(found.stdout)["checksums"]["points"] == "DIFFERS"
    assert "altered" in ran("verify", path).stdout


def test_a_refusal_is_one_sentence_and_leaves_with_one(tmp_path, capsys):
    (tmp_path / "note.x3p").write_text("no scan")

    status = main.status_of(["ballistics", "verify", str(tmp_path / "note.x3p")])

    assert status == 1
    assert "not an X3P file" in capsys.readouterr().err


def test_a_folder_that_is_none_is_refused(folder, capsys):
    words = ["ballistics", "search", str(folder / "1-1.x3p"), str(folder / "none")]

    assert main.status_of(words) == 1
    assert "not a folder" in capsys.readouterr().err


def test_a_report_computes_again_and_a_changed_number_shows(folder, tmp_path):
    report = tmp_path / "report.json"
    ran("compare", folder / "1-1.x3p", folder / "1-2.x3p", "--report", report)
    same = ran("recompute", report, folder)
    told = json.loads(report.read_text())
    told["comparison"]["congruent_cells"] += 1
    report.write_text(json.dumps(told))

    other = ran("recompute", report, folder)

    assert same.exit_code == 0
    assert "as reported" in same.stdout
    assert other.exit_code == 1
    assert "comparison.congruent_cells" in other.stdout


def test_a_search_takes_the_region_of_the_probe(folder, searched):
    ringed = ran(
        "search", folder / "1-1.x3p", folder, "--ring", "1.8,1.8,1.4,.85", "--json"
    )

    first = [json.loads(one.stdout)["candidates"][0] for one in (searched, ringed)]
    assert first[0]["file"] == first[1]["file"] == "1-2.x3p"
    assert first[0]["congruent_cells"] > first[1]["congruent_cells"]


def test_a_report_is_written_as_pdf_by_its_name(folder, tmp_path):
    pytest.importorskip("weasyprint")
    report = tmp_path / "report.pdf"

    found = ran("compare", folder / "1-1.x3p", folder / "1-2.x3p", "--report", report)

    assert found.exit_code == 0
    assert report.read_bytes().startswith(b"%PDF")


def test_a_report_of_another_kind_is_refused_before_anything_is_computed(
    folder, tmp_path, capsys
):
    scan, report = str(folder / "1-1.x3p"), str(tmp_path / "report.docx")

    status = main.status_of(["ballistics", "compare", scan, scan, "--report", report])

    assert status != 0
    assert "report.json" in capsys.readouterr().err


def test_a_report_that_nobody_can_write_is_refused_in_a_sentence(
    folder, tmp_path, capsys
):
    scan, report = str(folder / "1-1.x3p"), str(tmp_path / "none" / "r.json")

    status = main.status_of(["ballistics", "compare", scan, scan, "--report", report])

    said = capsys.readouterr().err
    assert status != 0
    assert "there is no folder" in said
    assert "Traceback" not in said
