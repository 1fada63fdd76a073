"""Columns that look alike are told apart, and what nothing says is asked about."""

from datetime import date, timedelta

import pytest

from armstrace.intake.fields import IntakeKind
from armstrace.intake.mapping import mapping_of
from armstrace.intake.profiles import drafts
from armstrace.intake.profiles.propose import propose_profile
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.tables.rows import Row

pytestmark = pytest.mark.pure
ROWS = 30


def days(first, step):
    return [(first + timedelta(days=step * at)).isoformat() for at in range(ROWS)]


SEIZED = days(date(2021, 1, 3), 7)
BORN = days(date(1962, 5, 2), 400)
SERIALS = [f"KT{at * 7919 % 100000:05}" for at in range(ROWS)]
KINDS = ["Pistol", "Revolver", "Rifle"] * (ROWS // 3)


def propose(columns, *, kind=None, name="a.csv"):
    rows = [list(row) for row in zip(*columns.values(), strict=True)]
    return propose_profile(list(columns), rows, kind=kind, name=name)


@pytest.mark.parametrize("serial", ["NO12", "12-5"])
def test_a_column_called_serial_is_one_whatever_is_in_it(serial):
    columns = {"Recovery no.": ["R-1"], "Kind": ["Pistol"], "Serial": [serial]}

    assert propose(columns).column_of("serial") == "Serial"


@pytest.mark.parametrize("headings", [("column 1", "column 2"), ("Datum A", "B")])
@pytest.mark.parametrize("order", [1, -1])
def test_births_are_never_the_days_of_recovery(headings, order):
    ways = [BORN, SEIZED][::order]
    columns = dict(zip(headings, ways, strict=True)) | {
        "Kind": KINDS,
        "Serial number": SERIALS,
    }

    found = propose(columns, kind=IntakeKind.RECOVERIES)

    assert found.column_of("recovered_on") == headings[ways.index(SEIZED)]
    assert found.column_of("known_on") == ""


def test_births_alone_are_no_days_of_recovery():
    columns = {"column 1": BORN, "column 2": KINDS, "column 3": SERIALS}

    found = propose(columns, kind=IntakeKind.RECOVERIES)

    assert found.missing == ("recovered_on",)


def test_years_of_making_are_no_years_of_recovery():
    columns = {
        "column 1": [str(1950 + at * 2) for at in range(ROWS)],
        "column 2": KINDS,
        "column 3": SERIALS,
    }

    assert propose(columns, kind=IntakeKind.RECOVERIES).missing == ("recovered_on",)


def test_a_number_that_several_rows_share_is_that_of_the_case():
    shared = [f"{4400 + at // 2 * 3:05}-2021" for at in range(ROWS)]

    found = propose({"Controle": shared, "Data da apreensão": SEIZED, "Tipo": KINDS})

    assert found.column_of("case_number") == "Controle"
    assert found.column_of("source_number") == ""


def test_courts_that_are_numbered_are_no_case_numbers():
    columns = {
        "Juzgado": [f"Juzgado Penal {at % 3}" for at in range(ROWS)],
        "Fecha de secuestro": SEIZED,
        "Arma": KINDS,
    }

    assert propose(columns).column_of("case_number") == ""


def test_a_column_that_says_why_arms_are_on_file_is_found_under_any_heading():
    columns = {
        "STATUS": ["STOLEN", "RECOVERED"] * (ROWS // 2),
        "DATE": SEIZED,
        "TYPE": KINDS,
    }

    assert propose(columns).column_of("recovery_kind") == "STATUS"


STATUSES = [
    ["Apreendida", "Furtada", "Localizada", "Devolvida ao proprietário", "Extraviada"],
    ["Sicherstellung", "freiw. Abgabe", "Fund", "Diebstahl", "w.o."],
    ["Saisie", "Remise volontaire", "Découverte", "Déclarée volée", "Perdue"],
    ["ضبط", "تسليم طوعي", "مسروق", "عثر عليه", "ضبط"],
    ["seized", "stolen", "found", "returned to owner", "lost"],
]


@pytest.mark.parametrize("said", STATUSES)
def test_a_status_decides_row_by_row_and_not_the_heading_of_the_day(said):
    columns = {
        "Data da Apreensão": SEIZED[:5],
        "Situação": said,
        "Espécie": ["Pistola"] * 5,
        "Nº de Série": SERIALS[:5],
    }

    found = propose(columns, kind=IntakeKind.RECOVERIES)

    assert found.column_of("recovery_kind") == "Situação"
    assert "recovery_kind" not in found.stated


def test_a_heading_does_not_speak_for_all_rows_where_a_value_contradicts_it():
    columns = {
        "Data da Apreensão": SEIZED[:5],
        "Situação": ["Furtada", "a", "b", "c", "d"],
        "Espécie": ["Pistola"] * 5,
        "Nº de Série": SERIALS[:5],
    }

    found = propose(columns, kind=IntakeKind.RECOVERIES)

    assert found.stated["recovery_kind"].value == "UNDECIDED"


def test_a_register_of_members_is_no_file_of_losses():
    columns = {
        "NOMBRE DEL SOCIO": [f"SOCIO {at}" for at in range(ROWS)],
        "No. CREDENCIAL": [str(100 + at) for at in range(ROWS)],
        "CIUDAD": ["X", "Y", "Z"] * (ROWS // 3),
        "ESTADO": ["YUCATÁN"] * ROWS,
        "CLASE": KINDS,
        "MATRÍCULA": SERIALS,
    }

    assert propose(columns).kind is IntakeKind.REGISTRY


def test_what_nothing_says_is_asked_about():
    columns = {"column 1": KINDS, "column 2": SERIALS}

    asked = propose(columns).questions

    assert any("Nothing says what the rows are" in str(each) for each in asked)


@pytest.mark.parametrize("order", [1, -1])
def test_series_and_number_make_one_serial(order):
    marks = {"Серія": ["АБ", "ТГ", ""] * (ROWS // 3), "Номер": SERIALS}
    columns = {
        "Дата вилучення": SEIZED,
        "Вид зброї": KINDS,
        **dict(list(marks.items())[::order]),
    }
    found = propose(columns)
    assert found.joins("Серія", "Номер")
    text = drafts.profile_text(found, drafts.accept(found, source="UA"))
    mapping = mapping_of(read_profile(text, origin="a"), list(columns), name="a.csv")

    read = [
        mapping.map(Row(at, tuple(column[at] for column in columns.values())))
        for at in (0, 2)
    ]

    assert read[0].values["serial"] == f"АБ {SERIALS[0]}"
    assert read[1].values["serial"] == SERIALS[2]


def test_years_of_two_digits_are_proposed_and_said():
    columns = {
        "Date of seizure": ["07/11/22", "25/12/98", "01/02/23"],
        "Make": ["Glock", "Beretta", "Taurus"],
        "Serial number": ["KT123", "AB456", "T7890"],
    }
    found = propose(columns, kind=IntakeKind.RECOVERIES)
    text = drafts.profile_text(found, drafts.accept(found, source="x"))
    text = text.replace(f"= {found.two_digit_years}", "= 2030")
    mapping = mapping_of(read_profile(text, origin="a"), list(columns), name="a.csv")

    days = [
        mapping.map(Row(at, (day, "", ""))).values["recovered_on"]
        for at, day in enumerate(columns["Date of seizure"])
    ]

    assert days == ["07/11/2022", "25/12/1998", "01/02/2023"]
    assert any("two digits" in str(question) for question in found.questions)


def test_numbers_that_count_rows_are_named_with_their_file():
    columns = {
        "No.": ["1", "2", "3"],
        "Date of seizure": SEIZED[:3],
        "Make": ["Glock", "Beretta", "Taurus"],
        "Serial number": ["KT123", "AB456", "T7890"],
    }
    found = propose(columns, kind=IntakeKind.RECOVERIES)
    profile = read_profile(
        drafts.profile_text(found, drafts.accept(found, source="x")), origin="a"
    )

    assert number_in(profile, columns, "2023.csv") == "2023 1"
    assert number_in(profile, columns, "2024.csv") == "2024 1"


def number_in(profile, columns, name):
    mapped = mapping_of(profile, list(columns), name=name).map(Row(2, ("1",)))
    return mapped.values["source_number"]


def test_long_names_of_files_are_told_apart_and_what_is_shortened_is_said():
    columns = {"No.": ["1", "2", "3"], "Date of seizure": SEIZED[:3]}
    found = propose(columns, kind=IntakeKind.RECOVERIES)
    profile = read_profile(
        drafts.profile_text(found, drafts.accept(found, source="x")), origin="a"
    )
    long = (
        "Arms seized at the land borders, by post and by day, all of the year"
        + "." * 20
    )

    numbers = {number_in(profile, columns, f"{long} {year}.csv") for year in (1, 2)}
    mapping = mapping_of(profile, list(columns), name=f"{long} 1.csv")

    assert len(numbers) == 2
    assert all(len(number) <= 82 for number in numbers)
    assert "The name is long" in " ".join(map(str, mapping.remarks()))


def test_series_and_number_of_a_group_are_one_serial():
    columns = {
        "Weapon Make": KINDS,
        "Weapon Serial": ["AB", "KT", ""] * (ROWS // 3),
        "Weapon No.": [str(at * 7919 % 100000) for at in range(ROWS)],
        "Date of seizure": SEIZED,
    }

    found = propose(columns, kind=IntakeKind.RECOVERIES)

    assert found.joins("Weapon Serial", "Weapon No.")


def test_a_register_with_holders_can_be_loaded_again_as_events():
    columns = {
        "Register no.": [f"REG-{at}" for at in range(ROWS)],
        "Owner ID": [f"PH-{at:04}" for at in range(ROWS)],
        "Date acquired": SEIZED,
        "Make": KINDS,
        "Serial number": SERIALS,
    }

    register = propose(columns)
    events = propose(columns, kind=IntakeKind.EVENTS)

    assert register.kind is IntakeKind.REGISTRY
    assert register.column_of("source_number") == "Register no."
    assert events.missing == ("event",)
    assert events.column_of("arm_number") == "Register no."
    assert events.column_of("holder_to") == "Owner ID"
    assert events.column_of("happened_on") == "Date acquired"


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Saisies 2024.csv", "saisies-2024"),
        ("Вилучена зброя.xlsx", "viluchena-zbroia"),
        ("没收 2024.csv", "recoveries-2024"),
    ],
)
def test_a_profile_is_named_in_letters_that_an_address_holds(file, name):
    columns = {"Make": KINDS, "Date of seizure": SEIZED, "Serial number": SERIALS}

    assert propose(columns, kind=IntakeKind.RECOVERIES, name=file).name == name
