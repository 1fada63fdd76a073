"""``armstrace intake`` keeps the command line's contract."""

import json
import re
from pathlib import Path

import pytest
from django.utils import translation
from typer.testing import CliRunner, Result

from armstrace.cli.intake import app
from armstrace.intake.models import Batch, ColumnProfile
from armstrace.recoveries.models import Recovery, RecoveryRecord
from tests.intake import files
from tests.intake.loads import recovery, table

pytestmark = pytest.mark.django_db
CONTRACT = {
    "rows_read", "rows_loaded", "rows_held", "rows_skipped", "by_reason", "columns",
    "seconds",
}  # fmt: skip


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_json_gives_the_fields_of_the_contract_and_nothing_else_on_stdout(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="31/02/2019"), recovery("1"))
    path = files.csv_file(tmp_path / "a.csv", rows)

    done = run(path, "--kind", "recoveries", "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert set(told) >= CONTRACT
    assert (told["rows_read"], told["rows_loaded"]) == (3, 1)
    assert (told["rows_held"], told["rows_skipped"]) == (1, 1)
    assert told["by_reason"] == {"NOT_A_DATE": 1, "REPEATED_ROW": 1}
    assert told["columns"]["serial"] == "serial"


def test_each_reason_and_its_count_is_said_in_words(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="31/02/2019"), recovery("1"))
    path = files.csv_file(tmp_path / "a.csv", rows)

    with translation.override("fr"):
        told = run(path, "--kind", "recoveries").stdout

    assert "NOT_A_DATE (une date" in told
    assert "REPEATED_ROW (" in told
    assert "NOT_A_DATE:" not in told


def test_a_dry_run_writes_nothing(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))

    done = run(path, "--kind", "recoveries", "--dry-run", "--json")

    assert json.loads(done.stdout)["rows_loaded"] == 1
    assert not Recovery.objects.exists()
    assert not Batch.objects.exists()


def test_what_became_of_a_file_is_said_in_the_language_of_the_reader(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))

    with translation.override("fr"):
        tried = run(path, "--kind", "recoveries", "--dry-run").stdout
        done = run(path, "--kind", "recoveries").stdout

    assert "1 lignes lues, 1 seraient chargées" in tried
    assert "1 lignes lues, 1 chargées" in done


def test_the_kind_need_not_be_said_where_a_profile_knows_the_headings(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))

    assert run(path).exit_code == 0
    assert Recovery.objects.count() == 1


def test_a_report_holds_every_row_with_its_outcome(tmp_path):
    rows = table(recovery("1"), recovery("2", recovered_on="?"))
    path = files.csv_file(tmp_path / "a.csv", rows)
    report = tmp_path / "out.csv"

    run(path, "--kind", "recoveries", "--report", report)

    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 3
    assert ",loaded," in lines[1]
    assert ",held,NOT_A_DATE," in lines[2]


def test_the_report_of_a_dry_run_foretells_that_of_the_load_row_by_row(tmp_path):
    once = {**recovery("4"), "source_number": ""}
    rows = [
        *table(recovery("1"), recovery("2", recovered_on="?"), once, once),
        ["", ""],
        table(recovery("1"))[1],
    ]
    path = files.workbook(tmp_path / "a.xlsx", rows)
    foretold, loaded = tmp_path / "dry.csv", tmp_path / "load.csv"

    run(path, "--kind", "recoveries", "--dry-run", "--report", foretold)
    run(path, "--kind", "recoveries", "--report", loaded)

    told = foretold.read_text(encoding="utf-8-sig")
    assert told.count("dry run: ") == 6
    assert told.replace("dry run: ", "") == loaded.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("text", ["=1+1 Mk", "+55", "-12", "@X", "'=1+1", "-", "'12"])
def test_a_report_that_comes_back_again_and_again_changes_nothing(tmp_path, text):
    rows = table(recovery("1", make=text, serial=text), recovery("2", serial="X 1"))
    path, kinds = files.csv_file(tmp_path / "a.csv", rows), ("--kind", "recoveries")
    run(path, *kinds, "--report", tmp_path / "0.csv")
    stored = RecoveryRecord.objects.get(recovery__source_number="1")

    for turn in range(3):
        again = tmp_path / f"{turn}.csv", "--report", tmp_path / f"{turn + 1}.csv"
        run(*again, *kinds)

    kept = RecoveryRecord.objects.get(recovery__source_number="1")
    assert kept.serial_as_marked == stored.serial_as_marked
    # A spreadsheet program would run what is not marked as a text.
    cells = (tmp_path / "3.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert ",=" not in cells


def test_how_many_more_rows_are_held_is_said(tmp_path):
    rows = table(*(recovery(str(n), recovered_on="?") for n in range(12)))

    done = run(files.csv_file(tmp_path / "a.csv", rows), "--kind", "recoveries")

    assert done.stderr.count("not a date") == 10
    assert "2 more rows are held; add --report FILE.csv" in done.stderr


def test_several_files_are_added_up_and_a_bad_one_does_not_stop_the_others(tmp_path):
    good = files.csv_file(tmp_path / "good.csv", table(recovery("1")))
    bad = tmp_path / "bad.xlsx"
    bad.write_text("no workbook")

    done = run(bad, good, "--kind", "recoveries", "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["rows_loaded"] == 1
    assert "not a workbook" in told["files"][0]["error"]


TOWN = [["Serial Number", "Date Seized", "Maker"], ["A1234", "25/03/2019", "CZ"]]


def test_an_unknown_file_is_loaded_as_its_headings_and_values_say(tmp_path):
    path = files.csv_file(tmp_path / "town.csv", TOWN)

    done = run(path, "--json")

    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["columns"] == {
        "Serial Number": "serial",
        "Date Seized": "recovered_on",
        "Maker": "make",
    }
    assert (told["rows_read"], told["rows_loaded"]) == (1, 1)
    assert RecoveryRecord.objects.get().recovery_kind == "SEIZED"
    assert any("Date Seized" in remark for remark in told["remarks"])
    assert not ColumnProfile.objects.exists()


def test_an_unknown_file_proposes_a_profile_that_can_be_changed(tmp_path):
    path = files.csv_file(tmp_path / "town.csv", TOWN)
    draft = tmp_path / "town.toml"

    proposed = run(path, "--propose", draft)
    text = draft.read_text(encoding="utf-8").replace("SEIZED", "FOUND")
    draft.write_text(text, encoding="utf-8")
    loaded = run(path, "--profile", draft)
    by_itself = run(path)

    assert proposed.exit_code == 0
    assert loaded.exit_code == 0, loaded.output
    assert RecoveryRecord.objects.get().recovery_kind == "FOUND"
    assert ColumnProfile.objects.get().name == "town"
    assert "1 skipped" in by_itself.stdout


def test_what_stands_in_no_column_is_stated_by_an_option_that_is_named(tmp_path):
    rows = [["Serial Number", "Maker", "Seized by"], ["A1234", "CZ", "Police"]]
    path = files.csv_file(tmp_path / "town.csv", rows)
    common = (path, "--kind", "recoveries", "--json")

    refused = run(*common)
    stated = run(*common, "--state", "recovered_on=2019-03-25", "--state", "country=UY")

    told = json.loads(refused.stdout)
    assert refused.exit_code == 1
    assert told["columns"]["Serial Number"] == "serial"
    assert "--state recovered_on=" in told["error"]
    assert stated.exit_code == 0, stated.output
    assert RecoveryRecord.objects.get().country == "UY"


@pytest.mark.parametrize("word", ["recovered_on", "=2019", "height=3"])
def test_a_statement_that_states_nothing_is_refused(tmp_path, word):
    path = files.csv_file(tmp_path / "town.csv", TOWN)

    assert run(path, "--state", word).exit_code in {1, 2}
    assert not Recovery.objects.exists()


def test_a_register_under_our_headings_is_told_from_recoveries(tmp_path):
    rows = [["serial", "make", "date_recovered", "city", "case_number"],
            ["A1234", "CZ", "2019-03-25", "Salto", "7/19"]]  # fmt: skip
    path = files.csv_file(tmp_path / "city.csv", rows)

    told = json.loads(run(path, "--dry-run", "--json").stdout)

    assert told["kind"] == "recoveries"
    assert told["columns"]["date_recovered"] == "recovered_on"


@pytest.mark.parametrize(
    "words",
    [["nothing.csv"], ["--kind", "cakes", "x.csv"], ["x.csv", "--propose"]],
)
def test_wrong_usage_leaves_with_status_two(words):
    assert run(*words).exit_code == 2


def test_an_unknown_profile_is_refused_with_the_known_ones(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1")))

    done = run(path, "--profile", "nowhere", "--json")

    assert done.exit_code == 1
    assert "rio-seizures" in json.loads(done.stdout)["error"]


def test_a_report_is_no_file_that_the_same_command_reads_later(tmp_path):
    one = files.csv_file(tmp_path / "in.csv", table(recovery("1")))
    two = files.csv_file(tmp_path / "rep-in.csv", table(recovery("2")))
    before = two.read_bytes()

    run(one, two, "--kind", "recoveries", "--report", tmp_path / "rep.csv")

    assert two.read_bytes() == before


def test_a_file_that_says_nowhere_how_arms_came_in_is_loaded_undecided(tmp_path):
    rows = [
        ["Recovery date", "Gun type", "Make", "Serial no", "Offence"],
        ["2021-02-03", "Revolver", "Colt", "D12345", "Aggravated robbery"],
        ["2021-02-04", "Revolver", "Colt", "D12346", "Handed in at the counter"],
        ["2021-02-05", "Hand grenade", "", "", "Aggravated robbery"],
    ]
    path = files.csv_file(tmp_path / "a.csv", rows)

    told = json.loads(run(path, "--json").stdout)

    assert (told["rows_loaded"], told["by_reason"]) == (2, {"NOT_AN_ARM": 1})
    counted = {name: n for name, n in told["arms_by_class"].items() if n}
    assert counted == {"UNDECIDED": 1, "SURRENDERED": 1, "NOT_AN_ARM": 1}
    assert any("--state recovery_kind=" in remark for remark in told["remarks"])


def test_what_is_stated_is_not_called_undecided(tmp_path):
    rows = [["Recovery date", "Make"], ["2021-02-03", "Colt"]]
    path = files.csv_file(tmp_path / "a.csv", rows)

    told = json.loads(run(path, "--json", "--state", "recovery_kind=FOUND").stdout)

    assert told["arms_by_class"]["FOUND"] == 1
    assert not any("UNDECIDED" in remark for remark in told["remarks"])


def test_a_column_whose_words_say_how_each_arm_came_in_is_found(tmp_path):
    rows = [
        ["Recovery date", "Make", "Disposition"],
        ["2021-02-03", "Colt", "Turn-in (buyback)"],
        ["2021-02-04", "Colt", "Found property"],
        ["2021-02-05", "Colt", "Evidence"],
    ]
    path = files.csv_file(tmp_path / "a.csv", rows)

    told = json.loads(run(path, "--json").stdout)

    assert told["columns"]["Disposition"] == "recovery_kind"
    counted = {name: n for name, n in told["arms_by_class"].items() if n}
    assert counted == {"SURRENDERED": 1, "FOUND": 1, "SEIZED": 1}


def test_the_order_of_dates_can_be_said_on_the_command_line(tmp_path):
    rows = [["Recovery date", "Make"], ["06/02/2025", "Colt"]]
    path = files.csv_file(tmp_path / "a.csv", rows)

    told = json.loads(run(path, "--json", "--state", "date_order=dmy").stdout)
    refused = json.loads(run(path, "--json", "--state", "date_order=ymd").stdout)

    assert told["rows_loaded"] == 1
    assert str(RecoveryRecord.objects.get().recovered_on) == "2025-02-06"
    assert "date_order=dmy or date_order=mdy" in refused["error"]


def test_files_with_long_names_do_not_correct_each_other(tmp_path):
    name = (
        "Arms that were seized at the land borders of the republic by post and by day"
    )
    for year in ("2018", "2019"):
        text = "No;Date of seizure;Make;Serial number;How it came in\n" + "".join(
            f"{at};{year}-03-{at:02};Glock;K{year}{at};seized\n" for at in range(1, 9)
        )
        (tmp_path / f"{name} {year}.csv").write_text(text, encoding="utf-8")

    told = [
        run(tmp_path / f"{name} {year}.csv", "--kind", "recoveries", "--json")
        for year in ("2018", "2019")
    ]

    assert [json.loads(each.stdout)["rows_loaded"] for each in told] == [8, 8]
    assert Recovery.objects.count() == 16
    assert "is used in its place" in " ".join(json.loads(told[0].stdout)["remarks"])


def test_a_refused_file_is_answered_in_one_language(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", [["Truc", "Marque"], ["x", "GLOCK"]])

    with translation.override("fr"):
        alone = run(path, "--kind", "recoveries")
        wrong = run(path, "--kind", "registry", "--state", "agency=X")

    assert "  Truc → non reconnue (0,0)" in alone.stderr
    assert "des lignes «\u202farmes du registre\u202f»" in wrong.stderr


def test_a_load_is_counted_in_one_language(tmp_path):
    rows = table(recovery("1", agency="VNP"))
    path = files.csv_file(tmp_path / "a.csv", rows)

    with translation.override("fr"):
        done = run(path, "--kind", "recoveries", "--dry-run")

    assert re.search(r"ignorées, \d+,\d s", done.stdout)
    assert "service «\u202fVNP\u202f»" in done.stderr
