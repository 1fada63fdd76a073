"""Whose records a file states that no profile knows."""

import csv
import json

import pytest

from armstrace.intake.fields import IntakeKind
from armstrace.intake.models import Batch
from armstrace.recoveries.models import Recovery
from armstrace.registry.models import Arm, LifeEvent, LossReport
from tests.intake import files
from tests.intake.loads import ARM, table
from tests.intake.test_command import run

pytestmark = pytest.mark.django_db

TOWN = [
    ["Property no.", "Serial Number", "Date Seized", "Maker"],
    ["P-1", "A1234", "25/03/2019", "CZ"],
    ["P-2", "B7777", "26/03/2019", "Glock"],
]
REGISTER = [["Reg no", "Serial Number", "Maker"], ["R-1", "A1234", "CZ"]]
SALES = [["Reg no", "Event", "Date"], ["R-1", "MANUFACTURED", "25/03/2019"]]
LOSSES = [
    ["Report no", "Reg no", "Lost or stolen", "Date of loss"],
    ["L-1", "R-1", "STOLEN", "25/03/2019"],
]


def load(path, *words):
    done = run(path, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_file_under_another_name_states_the_same_records(tmp_path):
    load(files.csv_file(tmp_path / "town.csv", TOWN))
    again = load(files.csv_file(tmp_path / "town (1).csv", TOWN))

    assert again["by_reason"] == {"UNCHANGED": 2}
    assert Recovery.objects.count() == 2


def test_the_report_of_a_load_states_its_records(tmp_path):
    report = tmp_path / "report.csv"
    load(files.csv_file(tmp_path / "town.csv", TOWN), "--report", report)
    with report.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[2][3] = "Glock 17"

    back = load(files.csv_file(tmp_path / "back.csv", rows))

    assert (back["rows_corrected"], back["by_reason"]) == (1, {"UNCHANGED": 1})
    assert Recovery.objects.count() == 2
    assert any("“town”" in remark for remark in back["remarks"])


def test_a_report_asks_which_of_several_sources_it_reports_on(tmp_path):
    report = tmp_path / "report.csv"
    load(files.csv_file(tmp_path / "town.csv", TOWN), "--report", report)
    other = [TOWN[0], ["P-1", "C9999", "27/03/2019", "Norinco"]]
    load(files.csv_file(tmp_path / "port.csv", other))

    refused = run(report, "--json")
    back = load(report, "--source", "town")

    assert refused.exit_code == 1
    assert "--source" in json.loads(refused.stdout)["error"]
    assert back["by_reason"] == {"UNCHANGED": 2}


def test_the_report_of_a_file_that_counts_its_rows_brings_their_numbers_back(tmp_path):
    counted = [["No", *TOWN[0][1:]]]
    counted += [[str(n), f"A123{n}", f"2{n}/03/2019", "CZ"] for n in range(1, 7)]
    report = tmp_path / "report.csv"
    load(files.csv_file(tmp_path / "town.csv", counted), "--report", report)
    numbers = set(Recovery.objects.values_list("source_number", flat=True))
    with report.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[2][3] = "Glock"

    back = load(files.csv_file(tmp_path / "back.csv", rows))
    renamed = load(files.csv_file(tmp_path / "other.csv", counted), "--dry-run")

    assert numbers == {f"town {n}" for n in range(1, 7)}
    assert (back["rows_corrected"], back["by_reason"]) == (1, {"UNCHANGED": 5})
    assert (renamed["rows_corrected"], renamed["by_reason"]) == (1, {"UNCHANGED": 5})
    assert Recovery.objects.count() == 6


def counted(name):
    """Give a list whose numbers only count its rows, with a total in between."""
    rows = [
        [str(n), f"{name[0]}{n * 7919}", f"2{n}/03/2019", "CZ"] for n in range(1, 7)
    ]
    last = [["Total", "", "", "6"], ["7", f"{name[1]}9191", "2019-13-01", "CZ"]]
    return [["No", *TOWN[0][1:]], *rows, *last]


def mended(path, day):
    """Give the rows of a report, the last one with another day."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[-1][2] = day
    return rows


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_part_of_a_report_is_of_the_file_that_it_reports_on(tmp_path, is_whole):
    """Of two lists that count their rows, neither is written over by the other."""
    for name in ("port", "town"):
        at = files.csv_file(tmp_path / f"{name}.csv", counted(name))
        load(at, "--source", "POL", "--report", tmp_path / f"{name}.out.csv")
    for name in ("port", "town"):
        rows = mended(tmp_path / f"{name}.out.csv", "27/03/2019")
        part = rows if is_whole else [rows[0], rows[-1]]
        back = load(
            files.csv_file(tmp_path / f"{name} back.csv", part), "--source", "POL"
        )

        assert back["rows_loaded"] == 1
        assert (back["rows_corrected"], back["rows_held"]) == (0, 0)
    numbers = {f"{name} {n}" for name in ("port", "town") for n in range(1, 8)}
    assert set(Recovery.objects.values_list("source_number", flat=True)) == numbers


def test_the_agency_of_rows_is_not_who_states_them(tmp_path):
    for name, first in (("north", 21), ("south", 21)):
        rows = [[str(n), f"{name}{n}X", "25/03/2019", "CZ"] for n in (first, first + 2)]
        path = files.csv_file(tmp_path / f"{name}.csv", [["No", *TOWN[0][1:]], *rows])
        done = load(path, "--agency", "POL")

        assert (done["rows_loaded"], done["rows_corrected"]) == (2, 0)


def monthly(**serials):
    """Give a list of properties, P-1 to P-4, some with another serial number."""
    numbers = [f"P-{n}" for n in range(1, 5)] + list(serials)
    rows = [
        [number, serials.get(number, f"{number}A12"), "25/03/2019", "CZ"]
        for number in dict.fromkeys(numbers)
    ]
    return [TOWN[0], *rows]


def test_the_next_edition_of_a_list_states_its_records(tmp_path):
    load(files.csv_file(tmp_path / "january.csv", monthly()))
    changed = monthly(**{"P-2": "ZZ999", "P-5": "NEW12"})

    done = load(files.csv_file(tmp_path / "february.csv", changed))

    assert any("“january”" in remark for remark in done["remarks"])
    assert (done["rows_loaded"], done["rows_corrected"]) == (2, 1)
    assert done["by_reason"] == {"UNCHANGED": 3}
    assert Recovery.objects.count() == 5


def test_another_list_with_the_same_columns_and_numbers_says_so(tmp_path):
    load(files.csv_file(tmp_path / "town.csv", monthly()))
    other = monthly(**{f"P-{n}": f"QX{n}77" for n in range(1, 5)})
    path = files.csv_file(tmp_path / "port.csv", other)

    tried = load(path, "--dry-run")
    named = load(path, "--source", "town")

    assert any("--source" in remark for remark in tried["remarks"])
    assert (tried["rows_loaded"], tried["rows_corrected"]) == (4, 0)
    assert (named["rows_loaded"], named["rows_corrected"]) == (4, 4)


def test_events_and_losses_find_the_arms_of_the_only_register(tmp_path):
    load(files.csv_file(tmp_path / "arms.csv", REGISTER), "--kind", "registry")
    told = load(files.csv_file(tmp_path / "sales.csv", SALES), "--kind", "events")
    lost = load(files.csv_file(tmp_path / "lost.csv", LOSSES), "--kind", "losses")

    assert (told["rows_loaded"], lost["rows_loaded"]) == (1, 1)
    assert any("“arms”" in remark for remark in told["remarks"])
    assert LifeEvent.objects.filter(kind="MANUFACTURED").get().arm == Arm.objects.get()
    assert LossReport.objects.get().arm == Arm.objects.get()


def test_of_several_registers_the_one_is_named_by_an_option(tmp_path):
    fleet = [REGISTER[0], ["R-1", "ZZ999", "Norinco"]]
    for name, rows in (("arms", REGISTER), ("fleet", fleet)):
        load(files.csv_file(tmp_path / f"{name}.csv", rows), "--kind", "registry")
    path = files.csv_file(tmp_path / "sales.csv", SALES)

    unsaid = load(path, "--kind", "events", "--dry-run")
    named = load(path, "--kind", "events", "--register", "fleet")

    assert unsaid["rows_held"] == 1
    assert any("--register" in remark for remark in unsaid["remarks"])
    assert named["rows_loaded"] == 1
    event = LifeEvent.objects.filter(kind="MANUFACTURED").get()
    assert event.arm.source == "fleet"
    assert Batch.objects.filter(kind=IntakeKind.EVENTS).get().arm_source == "fleet"


def test_what_a_profile_says_is_not_said_otherwise(tmp_path):
    path = files.csv_file(tmp_path / "town.csv", TOWN)
    draft = tmp_path / "town.toml"
    run(path, "--propose", draft)

    refused = run(path, "--profile", draft, "--source", "port")

    assert refused.exit_code == 1
    assert "--source" in refused.output
    assert not Recovery.objects.exists()


def test_a_corrected_row_without_a_number_comes_back_in_the_report(tmp_path):
    unnumbered = [row[1:] for row in TOWN]
    report = tmp_path / "report.csv"
    load(files.csv_file(tmp_path / "town.csv", unnumbered), "--report", report)
    with report.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    rows[2][2] = "Glock 17"

    back = load(files.csv_file(tmp_path / "back.csv", rows))

    assert (back["rows_corrected"], back["by_reason"]) == (1, {"UNCHANGED": 1})
    assert Recovery.objects.count() == 2


def test_fewer_headings_of_armstrace_state_the_records_of_the_register(tmp_path):
    rows = table(ARM)
    load(files.csv_file(tmp_path / "arms.csv", rows), "--kind", "registry")
    few = [["source_number", "make", "calibre"], ["A-1", "Glock", "9x19"]]

    again = load(files.csv_file(tmp_path / "few.csv", few), "--kind", "registry")

    assert again["profile"] == "armstrace-registry"
    assert Arm.objects.count() == 1


def test_an_older_file_says_that_it_puts_back_what_it_says(tmp_path):
    old = files.csv_file(tmp_path / "january.csv", monthly())
    new = files.csv_file(tmp_path / "february.csv", monthly(**{"P-2": "ZZ999"}))

    said = [load(path)["remarks"] for path in (old, new, new)]
    tried = load(old, "--dry-run")
    done = load(old)

    assert not any("puts back" in each for remarks in said for each in remarks)
    assert tried["rows_corrected"] == done["rows_corrected"] == 1
    for told in (tried, done):
        assert any("february.csv" in each for each in told["remarks"])


@pytest.mark.parametrize("width", [3, 5])
def test_the_next_edition_may_have_fewer_or_more_columns(tmp_path, width):
    load(files.csv_file(tmp_path / "january.csv", monthly()))
    rows = [[*row, "Hill"][:width] for row in monthly(**{"P-2": "ZZ999"})]
    rows[0] = [*TOWN[0], "Town"][:width]

    done = load(files.csv_file(tmp_path / "february.csv", rows))

    assert any("“january”" in remark for remark in done["remarks"])
    assert done["rows_corrected"] == done["rows_loaded"] == (1 if width < 4 else 4)
    assert Recovery.objects.count() == 4
