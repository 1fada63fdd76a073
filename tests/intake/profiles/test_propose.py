"""An unknown file proposes how its columns may be understood."""

import pytest

from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles import propose
from armstrace.intake.profiles.schema import read_profile

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
    assert proposed.missing == ("recovery_kind",)
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
    draft = propose.accept(proposed, source="US-TX")
    draft.constants["recovery_kind"] = ("SEIZED", "a list of seizures")

    profile = read_profile(propose.profile_text(proposed, draft), origin="x.toml")

    assert profile.name == "austin-2019"
    assert profile.columns["Serial Number"] == ("serial",)
    assert profile.constants["recovery_kind"].value == "SEIZED"
    assert profile.date_order is DateOrder.MONTH_FIRST
