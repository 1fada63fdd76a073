"""An unknown file proposes how its columns may be understood."""

import pytest

from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, by_name
from armstrace.intake.profiles import drafts, propose
from armstrace.intake.profiles.schema import read_profile
from armstrace.intake.reading_values import member_of
from armstrace.vocabulary.arms import LifeEventKind
from tests.intake.profiles.foreign_tables import SPANISH, TABLES, UKRAINIAN

pytestmark = pytest.mark.pure

CASES = {
    "english": (
        ["Record No", "Date Seized", "Weapon Type", "Manufacturer", "Model",
         "Caliber", "Serial Number", "City", "Charge"],
        ["12", "03/25/2019", "Pistol", "Glock", "17", "9mm", "ABC123", "Austin", "x"],
    ),
    "spanish": (
        ["N° de registro", "Fecha de incautación", "Tipo de arma", "Marca", "Modelo",
         "Calibre", "Número de serie", "Localidad", "Delito"],
        ["12", "25/03/2019", "Pistola", "Bersa", "83", ".380 ACP", "123456", "X", "y"],
    ),
    "french": (
        ["Numéro de fiche", "Date de saisie", "Type d'arme", "Marque", "Modèle",
         "Calibre", "Numéro de série", "Commune", "Infraction"],
        ["12", "25/03/2019", "Pistolet", "MAB", "D", "7,65 mm", "A12345", "Lyon", "y"],
    ),
    "german": (
        ["Lfd. Nr.", "Sicherstellungsdatum", "Waffenart", "Hersteller", "Modell",
         "Kaliber", "Waffennummer", "Ort", "Delikt"],
        ["12", "25.03.2019", "Pistole", "Mauser", "HSc", "7,65mm", "1234", "Bonn", "y"],
    ),
    "russian": (
        ["Номер записи", "Дата изъятия", "Тип оружия", "Изготовитель", "Модель",
         "Калибр", "Серийный номер", "Город", "Преступление"],
        ["12", "25.03.2019", "Пистолет", "Ижмех", "ПМ", "9x18", "АБ1234", "Тула", "y"],
    ),
    "arabic": (
        ["رقم السجل", "تاريخ الضبط", "نوع السلاح", "الصانع", "الطراز",
         "العيار", "الرقم التسلسلي", "المدينة", "الجريمة"],
        ["12", "2019-03-25", "مسدس", "Helwan", "920", "9 mm", "H12345", "القاهرة", "y"],
    ),
}  # fmt: skip
FIELDS = ["source_number", "recovered_on", "arm_type", "make", "model",
          "calibre", "serial", "place", "offences"]  # fmt: skip


@pytest.mark.parametrize("language", CASES)
def test_headings_in_many_languages_are_understood(language):
    headings, row = CASES[language]
    rows = [row, [str(int(row[0]) + 1), *row[1:]]]

    proposed = propose.propose_profile(
        headings, rows, kind=IntakeKind.RECOVERIES, name="a.xlsx"
    )

    assert [column.field for column in proposed.columns] == FIELDS
    assert proposed.missing == (() if proposed.stated else ("recovery_kind",))
    assert all(0.45 <= column.confidence <= 1 for column in proposed.columns)


def test_each_column_shows_three_different_values():
    rows = [[str(n % 5)] for n in range(20)]

    proposed = propose.propose_profile(
        ["Serial"], rows, kind=IntakeKind.RECOVERIES, name="a.csv"
    )

    assert proposed.columns[0].examples == ("0", "1", "2")


def test_the_order_of_dates_is_taken_from_days_beyond_the_twelfth():
    def order(*days):
        return propose.propose_profile(
            ["Date"], [[day] for day in days], kind=IntakeKind.RECOVERIES, name="a"
        ).date_order

    assert order("01/02/2019", "25/02/2019") is DateOrder.DAY_FIRST
    assert order("01/02/2019", "02/25/2019") is DateOrder.MONTH_FIRST
    assert order("01/02/2019") is DateOrder.NOT_STATED


def test_a_column_of_calibres_is_known_by_its_values_alone():
    rows = [["9 mm"], [".38 SPL"], ["12 GA"], ["7.62x39"]]

    proposed = propose.propose_profile(
        ["xyz"], rows, kind=IntakeKind.RECOVERIES, name="a"
    )

    assert proposed.columns[0].field == "calibre"


def test_a_completed_proposal_is_a_valid_profile():
    headings, row = CASES["english"]
    proposed = propose.propose_profile(
        headings, [row], kind=IntakeKind.RECOVERIES, name="Austin 2019.xlsx"
    )
    draft = drafts.accept(proposed, source="US-TX")
    draft.constants["recovery_kind"] = ("SEIZED", "a list of seizures")

    profile = read_profile(drafts.profile_text(proposed, draft), origin="x.toml")

    assert profile.name == "austin-2019"
    assert profile.columns["Serial Number"] == ("serial",)
    assert profile.constants["recovery_kind"].value == "SEIZED"
    assert profile.date_order is DateOrder.MONTH_FIRST


@pytest.mark.parametrize("table", TABLES, ids=lambda each: each.name)
def test_tables_of_other_States_are_understood_whatever_their_language(table):
    proposed = propose.propose_profile(
        table.headings, table.rows, kind=None, name=table.name
    )

    fields = {each.heading: each.field for each in proposed.columns}
    assert proposed.kind is table.kind
    assert fields == table.truth


@pytest.mark.parametrize("table", [SPANISH, UKRAINIAN], ids=lambda each: each.name)
def test_values_tell_most_columns_of_a_table_without_headings(table):
    numbered = [f"column {at}" for at in range(len(table.headings))]

    proposed = propose.propose_profile(numbered, table.rows, kind=None, name="a.csv")

    truth = list(table.truth.values())
    found = [each.field for each in proposed.columns]
    told = {"recovered_on", "make", "calibre", "serial", "recovery_kind"}
    right = {name for name, true in zip(found, truth, strict=True) if name == true}
    assert told <= right


@pytest.mark.parametrize(
    "heading",
    ["SaleDate", "Fecha de nacimiento", "Дата уничтожения", "تاريخ الميلاد",
     "Date of trace", "Verkaufsdatum", "Data do laudo", "销售日期"],
)  # fmt: skip
def test_a_day_of_something_else_is_not_the_day_of_recovery(heading):
    proposed = propose.propose_profile(
        [heading, "Serial"],
        [["2019-03-01", "A12345"], ["2019-03-02", "B23456"]],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )

    assert proposed.columns[0].field == ""
    assert "recovered_on" in proposed.missing
    assert heading in str(proposed.questions[0])


@pytest.mark.parametrize(
    ("heading", "is_asked"),
    [("purchaser_name", True), ("Second suspect", True), ("Denominación", False),
     ("Fecha de venta", False)],
)  # fmt: skip
def test_names_of_persons_come_into_the_notes_only_where_somebody_says_so(
    heading, is_asked
):
    proposed = propose.propose_profile(
        ["Date seized", "Serial", "Suspect", heading],
        [["2019-03-01", "A12345", "Test Person", "Test Buyer"]],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )

    asked = [
        str(each) for each in proposed.questions if "may name persons" in str(each)
    ]
    assert bool(asked) == is_asked
    assert all(each.startswith(f"{heading} may") for each in asked)


def test_of_two_columns_of_days_alike_the_earlier_one_is_that_of_recovery():
    rows = [[f"2019-03-{n + 3:02}", f"2019-03-{n + 1:02}"] for n in range(20)]

    proposed = propose.propose_profile(
        ["Fecha 1", "Fecha 2"], rows, kind=IntakeKind.RECOVERIES, name="a.csv"
    )

    assert proposed.column_of("recovered_on") == "Fecha 2"
    assert proposed.column_of("known_on") == "Fecha 1"


def test_a_column_that_holds_only_years_is_proposed_as_the_day_of_recovery():
    proposed = propose.propose_profile(
        ["Año", "Marca"],
        [["2019", "Taurus"], ["2020", "Rossi"]],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )

    assert proposed.column_of("recovered_on") == "Año"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Date seized", "SEIZED"), ("Funddatum", "FOUND"), ("Date of recovery", None)],
)
def test_a_heading_that_says_how_all_rows_came_in_states_it(heading, kind):
    proposed = propose.propose_profile(
        [heading, "Make"], [["2019-03-01", "CZ"]], kind=None, name="a.csv"
    )

    stated = proposed.stated.get("recovery_kind")
    if kind is None:
        assert stated is None or stated.value == "UNDECIDED"
    else:
        assert stated is not None
        assert stated.value == kind
        assert heading in str(stated.reason)


def test_headings_that_say_different_things_leave_it_undecided():
    headings = ["Date found", "Date seized", "Found at", "Açıklama"]
    proposed = propose.propose_profile(
        headings,
        [["2019-03-01", "", "Kale", "x"], ["", "2019-03-02", "Vale", "y"]],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )

    stated = proposed.stated["recovery_kind"]
    assert stated.value == "UNDECIDED"
    assert all(each in str(stated.reason) for each in headings[:2])
    assert proposed.column_of("place") == "Found at"
    assert proposed.column_of("notes") == "Açıklama"


def test_a_list_of_licences_needs_no_number_of_its_holders():
    proposed = propose.propose_profile(
        ["Licence Number", "Surname", "First name", "Valid to"],
        [["L-1", "Okonkwo", "Emeka", "2023-12-31"]],
        kind=IntakeKind.HOLDERS,
        name="a.csv",
    )
    text = drafts.profile_text(proposed, drafts.accept(proposed, source="A"))
    profile = read_profile(text, origin="a")

    assert proposed.missing == ()
    assert "two licences becomes two holders" in " ".join(map(str, proposed.questions))
    assert [*profile.columns["Licence Number"]] == ["holder_number", "licence_number"]
    assert [*profile.joined["name"]] == ["Surname", "First name"]


def test_events_that_name_arms_by_serial_number_wait_and_are_not_refused():
    proposed = propose.propose_profile(
        ["Serial", "Fecha", "Movimiento"],
        [["A1234", "2015-03-12", "IMPORTACIÓN"], ["A1234", "2017-03-12", "Traspaso"]],
        kind=IntakeKind.EVENTS,
        name="a.csv",
    )
    codes = by_name(IntakeKind.EVENTS)["event"].codes

    assert proposed.missing == ()
    assert proposed.column_of("arm_number") == "Serial"
    assert member_of("event", codes, "IMPORTACIÓN") is LifeEventKind.IMPORTED
    assert member_of("event", codes, "Traspaso") is LifeEventKind.TRANSFERRED
    assert member_of("event", codes, "Venta") is None


def test_first_names_in_the_notes_of_arms_are_warned_of():
    proposed = propose.propose_profile(
        ["Serial No", "Make", "Surname", "Other Names"],
        [["A1", "CZ", "Okonkwo", "Emeka"]],
        kind=IntakeKind.REGISTRY,
        name="a.csv",
    )

    said = " ".join(map(str, proposed.questions))
    assert "Surname, Other Names may name persons" in said


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (IntakeKind.HOLDERS, "holder_number"),
        (IntakeKind.REGISTRY, "holder_number"),
        (IntakeKind.EVENTS, "holder_to"),
        (IntakeKind.LOSSES, "holder_number"),
    ],
)
@pytest.mark.parametrize("heading", ["CPF", "DNI", "Nº de cédula", "رقم الهوية"])
def test_a_number_of_identity_is_that_of_the_holder(kind, field, heading):
    proposed = propose.propose_profile(
        ["Serial", heading, "Name", "Date"],
        [["A1", "123.456.789-00", "Ana Example", "2020-05-01"]],
        kind=kind,
        name="a.csv",
    )

    assert proposed.column_of(field) == heading


def test_a_number_of_people_is_nobody():
    proposed = propose.propose_profile(
        ["Fecha de decomiso", "Serial", "Detenidos", "Detenido DNI", "Suspect DOB"],
        [["2020-05-01", "A1", "2", "12345678", "19900101"]],
        kind=IntakeKind.RECOVERIES,
        name="a.csv",
    )

    said = " ".join(map(str, proposed.questions))
    assert proposed.column_of("taken_from") == ""
    assert "Detenido DNI, Suspect DOB may name persons" in said


def test_a_name_beside_a_number_of_identity_is_a_persons():
    proposed = propose.propose_profile(
        ["Serial", "CPF", "Nome"],
        [["A1", "123.456.789-00", "Ana Example"]],
        kind=IntakeKind.REGISTRY,
        name="a.csv",
    )

    assert "Nome may name persons" in " ".join(map(str, proposed.questions))


def test_a_file_name_states_nothing_of_its_rows():
    proposed = propose.propose_profile(
        ["Date", "Make"], [["2019-03-01", "CZ"]], kind=None, name="seizures.csv"
    )

    stated = proposed.stated.get("recovery_kind")
    assert stated is None or stated.value == "UNDECIDED"


def test_countries_that_differ_are_those_of_manufacture():
    def field_of(*countries):
        rows = [["2019-03-01", each] for each in countries]
        (_, column) = propose.propose_profile(
            ["Fecha", "País"], rows, kind=IntakeKind.RECOVERIES, name="a"
        ).columns
        return column.field

    assert field_of("Brasil", "Austria", "Argentina") == "country_of_manufacture"
    assert field_of("Chile", "Chile", "Chile") == "country"


def test_no_field_is_given_by_two_columns():
    headings = ["Serial", "Serial number", "Serie", "Matrícula", "Nº de serie"]

    proposed = propose.propose_profile(
        headings, [["A12345"] * 5, ["B23456"] * 5], kind=None, name="a"
    )

    given = [each.field for each in proposed.columns if each.field]
    assert len(given) == len(set(given))


@pytest.mark.parametrize("serial", ["1,234,56{}", "1.2345{}E+11"])
def test_serials_that_a_spreadsheet_wrote_as_numbers_are_serials(serial):
    headings = ["Number", "Seized on", "Make", "Serial number"]
    rows = [[f"K-{n}", f"2024-03-0{n}", "GLOCK", serial.format(n)] for n in range(1, 6)]

    proposed = propose.propose_profile(
        headings, rows, kind=IntakeKind.RECOVERIES, name="a"
    )

    assert proposed.column_of("serial") == "Serial number"


@pytest.mark.parametrize("kind", IntakeKind)
def test_notes_are_promised_only_where_the_rows_have_some(kind):
    proposal = propose.propose_profile(["Xyzzy"], [["plugh"]], kind=kind, name="x.csv")

    kept = "notes" in by_name(kind)

    assert (proposal.columns[0].field, kept) == ("", kind is not IntakeKind.HOLDERS)
    assert str(proposal.columns[0].why).endswith("notes" if kept else "left out")
