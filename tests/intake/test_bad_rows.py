"""Bad rows are held with one clear sentence each; the rest still loads."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armstrace.intake import queries
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.outcomes import Reason
from armstrace.intake.tables.rows import visible
from armstrace.licensing.models import Licence
from armstrace.recoveries.models import AmmunitionRecord, RecoveryRecord
from armstrace.registry.models import LossReport
from armstrace.vocabulary.field_words import words_of
from tests.cast import STATISTICIAN
from tests.intake import files
from tests.intake.loads import ARM, LOADER, RECOVERY, held, load, recovery, table

pytestmark = pytest.mark.django_db


def test_the_place_of_a_loss_is_held_where_it_is_too_long_and_never_cut(tmp_path):
    lost = {"loss_kind": "STOLEN", "recovery_kind": "", "notes": "n" * 4000}
    told = {"offences": "o" * 4000}
    long, short = (
        recovery(number, place="P" * length, **lost, **told)
        for number, length in (("1", 121), ("2", 120))
    )
    batch = load(files.csv_file(tmp_path / "lost.csv", table(long, short)))

    (row,) = held(batch)
    kept = LossReport.objects.get()
    assert "121 characters, and the limit is 120" in str(row.sentence)
    assert (kept.place, len(kept.notes)) == ("P" * 120, 8001)


def only_held(tmp_path, bad):
    """Load one bad row between two good ones; give the held row."""
    rows = table(recovery("1"), bad, recovery("3"))
    batch = load(files.csv_file(tmp_path / "seized.csv", rows))

    assert (batch.rows_loaded, batch.rows_held) == (2, 1)
    (row,) = held(batch)
    assert str(row.sentence).startswith("seized.csv, row 3")
    assert str(row.sentence).endswith(".")
    assert row.cells == tuple(map(visible, bad.values()))
    return row


@pytest.mark.parametrize(
    ("name", "text", "reason", "words"),
    [
        ("serial", "S" * 401, Reason.TOO_LONG, "401 characters"),
        ("serial", "AB\x07C", Reason.CONTROL_CHARACTER, "control character"),
        ("serial", "AB\x00C", Reason.CONTROL_CHARACTER, "control character"),
        ("serial", "1.23457E+11", Reason.DAMAGED_ROW, "leaves of a value"),
        ("serial", "#N/A", Reason.DAMAGED_ROW, "leaves of a value"),
        ("serial", "1,2E+15", Reason.DAMAGED_ROW, "leaves of a value"),
        ("serial", "AB \u202e321", Reason.CONTROL_CHARACTER, "hidden signs"),
        ("arm_type", "2 Pistolen", Reason.SEVERAL_ARMS, "about 2 arms"),
        ("recovered_on", "", Reason.MISSING_FIELD, "a value is required"),
        ("recovered_on", "soon", Reason.NOT_A_DATE, "not a date"),
        ("recovered_on", "31/02/2019", Reason.NOT_A_DATE, "not a day"),
        ("recovered_on", "02/25/2019", Reason.NOT_A_DATE, "no month 25"),
        ("recovered_on", "2091-01-01", Reason.FUTURE_DATE, "in the future"),
        ("recovered_on", "1/2/19", Reason.NOT_A_DATE, "two digits"),
        ("recovery_kind", "", Reason.MISSING_FIELD, "a value is required"),
        ("recovery_kind", "borrowed", Reason.UNKNOWN_CODE, "not one of"),
        ("arm_type", "FACA", Reason.NOT_AN_ARM, "not an arm"),
        ("arm_type", "bulletproof vest", Reason.NOT_AN_ARM, "not an arm"),
        ("arm_type", "Outros", Reason.NOT_AN_ARM, "not an arm"),
    ],
)
def test_a_bad_field_holds_its_row_and_names_file_row_and_field(
    tmp_path, name, text, reason, words
):
    row = only_held(tmp_path, recovery("2", **{name: text}))

    assert (row.reason, row.field) == (reason, name)
    assert words in str(row.sentence)
    assert f"row 3, {words_of(name)}:" in str(row.sentence)


@pytest.mark.parametrize(
    ("text", "is_read"),
    [("1.0", True), ("1,00", True)]
    + [(text, False) for text in ("0", "1.000", "1.5", "-1")],
)
def test_RC_14_a_row_is_of_one_arm_as_a_spreadsheet_writes_it(tmp_path, text, is_read):
    rows = table(recovery("1", quantity=text))

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert batch.rows_loaded == is_read


def test_a_serial_number_that_became_a_day_is_held(tmp_path):
    rows = [list(RECOVERY), list(recovery("1", serial=date(2026, 12, 5)).values())]

    batch = load(files.workbook(tmp_path / "a.xlsx", rows))

    (row,) = held(batch)
    assert (row.reason, row.field) == (Reason.DAMAGED_ROW, "serial")
    assert "2026-12-05 is what a spreadsheet program makes of" in str(row.sentence)


def test_another_licence_of_a_holder_is_told_from_a_number_that_comes_twice(tmp_path):
    rows = [
        {"holder_number": "H-1", "name": "Ann Sample", "licence_number": licence}
        for licence in ("L-1", "L-2")
    ]
    path = files.csv_file(tmp_path / "a.csv", table(*rows))
    (row,) = held(load(path, kind=IntakeKind.HOLDERS))
    assert "if it is another licence of the same holder" in str(row.sentence)

    alone = files.csv_file(tmp_path / "b.csv", table(rows[1]))
    assert load(alone, kind=IntakeKind.HOLDERS).rows_loaded == 1
    assert Licence.objects.current().count() == 2


def test_all_that_is_wrong_with_a_row_is_said_at_once(tmp_path):
    row = only_held(
        tmp_path, recovery("2", recovered_on="soon", recovery_kind="borrowed")
    )

    assert {trouble.field for trouble in row.troubles} == {
        "recovered_on",
        "recovery_kind",
    }


def test_four_styles_of_dates_are_read(tmp_path):
    styles = ["2019-03-01", "01/03/2019", "1.3.2019", "1 Mar 2019", "43525"]
    rows = [recovery(str(n), recovered_on=text) for n, text in enumerate(styles)]

    batch = load(files.csv_file(tmp_path / "a.csv", table(*rows)))

    assert batch.rows_loaded == len(styles)
    days = set(RecoveryRecord.objects.values_list("recovered_on", flat=True))
    assert [day.isoformat() for day in days] == ["2019-03-01"]


def test_two_different_rows_of_one_number_keep_the_first_and_hold_the_second(tmp_path):
    rows = table(recovery("7"), recovery("7", make="Taurus"), recovery("7"))

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert batch.by_reason == {"DUPLICATE_IDENTIFIER": 1, "REPEATED_ROW": 1}
    (row,) = held(batch)
    assert "also the number of row 2" in str(row.sentence)
    assert RecoveryRecord.objects.get().make_as_written == "Glock"


def test_headings_that_come_once_more_are_skipped(tmp_path):
    rows = table(recovery("1"), recovery("2"))
    rows.insert(2, rows[0])

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert (batch.rows_loaded, batch.by_reason) == (2, {"HEADINGS_AGAIN": 1})


def test_blank_rows_are_skipped_and_counted(tmp_path):
    rows = table(recovery("1"), recovery("2"))
    rows.insert(2, [" "] * len(rows[0]))

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert (batch.rows_read, batch.by_reason) == (3, {"BLANK_ROW": 1})


def test_a_quote_that_never_closes_holds_its_row(tmp_path):
    path = files.csv_file(tmp_path / "a.csv", table(recovery("1"), recovery("2")))
    path.write_text(path.read_text().replace("1,SEIZED", '"1,SEIZED', 1))

    batch = load(path)

    assert (batch.rows_loaded, batch.by_reason) == (1, {"DAMAGED_ROW": 1})


def test_text_that_looks_like_a_formula_is_kept_as_text(tmp_path):
    load(files.csv_file(tmp_path / "a.csv", table(recovery("1", make="=1+1"))))

    assert RecoveryRecord.objects.get().make_as_written == "=1+1"


def test_a_profile_that_lacks_what_rows_need_gives_way_to_a_proposal(tmp_path):
    path = files.csv_file(
        tmp_path / "a.csv", [["recovered_on", "colour"], ["2019-03-01", "blue"]]
    )

    file = IncomingFile(path, path.name)
    found = queries.understanding(file, viewer=LOADER, kind=IntakeKind.RECOVERIES)

    (remark,) = found.remarks
    assert found.profile is None
    assert "no column for how it came in" in str(remark)
    assert found.proposal.column_of("recovered_on") == "recovered_on"


def test_columns_that_are_not_understood_are_kept_in_the_notes(tmp_path):
    rows = table({**recovery("1"), "Colour of grip": "brown"})

    batch = load(files.csv_file(tmp_path / "a.csv", rows))

    assert "Colour of grip: brown." in RecoveryRecord.objects.get().notes
    assert batch.columns["Colour of grip"] == ["notes"]


def test_ammunition_becomes_an_ammunition_record(tmp_path):
    rows = table(
        {**recovery("1"), "item_kind": ""},
        {**recovery("2"), "item_kind": "ammunition", "arm_type": "Cartridge"},
    )

    load(files.csv_file(tmp_path / "a.csv", rows))

    assert RecoveryRecord.objects.count() == 1
    assert AmmunitionRecord.objects.count() == 1


def test_an_arm_without_any_mark_is_held_in_a_register(tmp_path):
    rows = table(ARM, {**dict.fromkeys(ARM, ""), "source_number": "A-2"})

    batch = load(files.csv_file(tmp_path / "a.csv", rows), IntakeKind.REGISTRY)

    assert batch.by_reason == {"MISSING_FIELD": 1}


# A file with more control characters than one in ten is no text, and refused whole.
FIELD_TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=40
).filter(lambda text: sum(sign < " " for sign in text) * 10 <= len(text))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "source_number": st.sampled_from(["", "1", "2", "3"]),
                "recovered_on": st.sampled_from(["2019-03-01", "x", "", "1.1.2019"]),
                "recovery_kind": st.sampled_from(["SEIZED", "found", "?", ""]),
                "make": FIELD_TEXTS,
                "serial": FIELD_TEXTS,
            }
        ),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_read_is_loaded_held_or_skipped(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("rows") / "a.csv"

    batch = load(files.csv_file(path, table(*rows)), chunk_rows=5)

    blanks_at_the_end = 0
    for row in reversed(rows):
        if any(text.strip() for text in row.values()):
            break
        blanks_at_the_end += 1
    assert batch.rows_read == len(rows) - blanks_at_the_end


def test_a_row_of_twelve_arms_is_held_and_never_counts_as_one(tmp_path):
    rows = table(recovery("1", quantity="1"), recovery("2", quantity="12", serial=""))
    batch = load(files.csv_file(tmp_path / "seized.csv", rows))

    assert (batch.rows_loaded, batch.rows_held) == (1, 1)
    assert "give each arm a row of its own" in str(held(batch)[0].sentence)


def test_a_held_row_of_a_bare_year_is_counted_for_that_year(tmp_path):
    only_held(tmp_path, recovery("2", recovered_on="2019", make="x" * 201))

    counted = {
        year: queries.held_of_year(year, viewer=STATISTICIAN) for year in (2018, 2019)
    }

    assert counted == {2018: 0, 2019: 1}
