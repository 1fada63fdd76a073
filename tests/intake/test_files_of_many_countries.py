"""Lists of seized arms as offices of many countries head and write them."""

import csv
import io

import pytest

from armstrace.analysis.marks import identify, models, serials
from armstrace.analysis.marks.description import Description
from armstrace.intake.dates import DateOrder, read_date
from armstrace.intake.fields import IntakeKind
from armstrace.intake.profiles import library
from armstrace.intake.profiles.propose import propose_profile
from armstrace.vocabulary.encodings import encoding_of

ROWS = {
    "it": (
        "Progr.;Data sequestro;Tipo arma;Marca;Modello;Calibro;Matricola;Comune",
        "1;12/01/2018;Pistola;Beretta;92 FS;9x21;P12345Z;Napoli",
    ),
    "pl": (
        "Lp.;Data zabezpieczenia;Rodzaj broni;Marka;Model;Kaliber;Numer seryjny;"
        "Miejscowość",
        "1;2020-02-01;pistolet;FB Radom;P-64;9x18;AB12345;Kraków",
    ),
    "tr": (
        "Sıra No;Ele geçirilme tarihi;Silah türü;Marka;Model;Çap;Seri no;İlçe",
        "1;01.02.2022;Tabanca;Sarsılmaz;Kılınç;9x19;T110206A12345;Çankaya",
    ),
    "nl": (
        "Volgnummer;Datum inbeslagname;Soort wapen;Merk;Model;Kaliber;Serienummer;"
        "Plaats",
        "1;05-06-2019;Pistool;FN;1910;7.65;12345;Rotterdam",
    ),
    "cs": (
        "Poř. č.;Datum zajištění;Druh zbraně;Značka;Model;Ráže;Výrobní číslo;Místo",
        "1;5. 6. 2019;pistole;CZ;75;9 mm Luger;A1234;Praha",
    ),
    "ro": (
        "Nr. crt.;Data confiscării;Tip armă;Marca;Model;Calibru;Serie;Localitate",
        "1;05.06.2019;Pistol;Cugir;TT;7.62;12345;Cluj",
    ),
    "sr": (
        "Redni broj;Datum oduzimanja;Vrsta oružja;Marka;Model;Kalibar;Serijski broj;"
        "Mesto",
        "1;5.6.2020.;Pištolj;Zastava;M57;7,62 mm;C-12345;Niš",
    ),
    "sr Cyrillic": (
        "Редни број;Датум одузимања;Врста оружја;Марка;Модел;Калибар;Серијски број;"
        "Место",
        "1;5.6.2020.;Пиштољ;Застава;М57;7,62 mm;C-12345;Ниш",
    ),
    "sq": (
        "Nr.;Data e sekuestrimit;Lloji i armës;Marka;Modeli;Kalibri;Numri serial;Vendi",
        "1;03.04.2019;Pistoletë;TT;54;7.62 mm;12345;Tiranë",
    ),
    "el": (
        "Α/Α;Ημερομηνία κατάσχεσης;Είδος όπλου;Μάρκα;Μοντέλο;Διαμέτρημα;Αριθμός σειράς;"
        "Τόπος",
        "1;03/05/2019;Πιστόλι;ZASTAVA;M57;7,62;B 12345;Αθήνα",
    ),
    "ar": (
        "م;تاريخ الضبط;نوع السلاح;الماركة;الطراز;العيار;الرقم المسلسل;مكان الضبط",
        "1;2020/06/15;مسدس;كلوك;17;9 ملم;ABC123;البصرة",
    ),
    "uk": (
        "№ з/п;Дата вилучення;Вид зброї;Марка;Модель;Калібр;Серійний номер;"
        "Населений пункт",
        "1;12.03.2021;Пістолет;Форт;12;9 мм;ЛЕ 1234;Бровари",
    ),
    "fa": (
        "ردیف;تاریخ کشف;نوع سلاح;مارک;مدل;کالیبر;شماره سریال;محل کشف",
        "1;1399/03/05;کلت کمری;برتا;92;9;123456;زاهدان",
    ),
}
FIELDS = [
    *("source_number", "recovered_on", "arm_type", "make", "model", "calibre"),
    *("serial", "place"),
]


@pytest.mark.parametrize("language", list(ROWS))
def test_the_headings_of_a_list_are_understood(language):
    headings, row = (text.split(";") for text in ROWS[language])

    proposal = propose_profile(headings, [row] * 3, kind=None, name="a.csv")

    assert proposal.kind is IntakeKind.RECOVERIES
    assert [each.field for each in proposal.columns] == FIELDS


@pytest.mark.parametrize(
    ("encoding", "language"),
    [("cp1250", "pl"), ("cp1250", "cs"), ("cp1250", "sr"), ("cp1253", "el"),
     ("cp1254", "tr"), ("cp1251", "uk"), ("cp1251", "sr Cyrillic")],
)  # fmt: skip
def test_a_text_of_one_byte_a_letter_is_read_as_it_was_written(encoding, language):
    text = "\r\n".join(ROWS[language])

    assert text.encode(encoding).decode(encoding_of(text.encode(encoding))) == text


def test_signs_and_western_letters_are_no_letters_of_the_east():
    for text in ("Nº de série;São João", "£500;¼;½", "œuvre;dépôt", "Señor;año;3ª"):
        sample = text.encode("cp1252")

        assert encoding_of(sample) == "cp1252"


@pytest.mark.parametrize(
    "text", ["5.6.2020.", "5. 6. 2020", "5 czerwca 2020", "5 Haziran 2020",
             "5 Ιουνίου 2020", "5. јун 2020", "5 iunie 2020", "5 června 2020",
             "05-GIU-2020"]
)  # fmt: skip
def test_a_day_is_read_as_each_language_writes_it(text):
    read = read_date(text, DateOrder.NOT_STATED)

    assert str(read.value) == "2020-06-05"


@pytest.mark.parametrize("text", ["05/06/2563", "1399/03/05", "1441-10-13"])
def test_a_year_of_another_calendar_is_named_as_such(text):
    assert "another calendar" in str(read_date(text, DateOrder.DAY_FIRST).trouble)


def test_a_month_that_two_languages_name_alike_is_not_guessed():
    assert read_date("5 listopada 2020", DateOrder.NOT_STATED).value is None


def test_a_list_with_a_serial_column_alone_is_no_register():
    text = "No,Date,Circumstances,Type,Make,Serial"
    headings = next(csv.reader(io.StringIO(text)))

    assert library.fitting(headings, kind=None) == []


@pytest.mark.parametrize(
    "text",
    ["nieczytelny", "abrasa", "izbrušen", "vybroušeno", "weggeslepen", "ilizibilă",
     "σβησμένος", "i fshirë", "избрушен", "zatarty", "знищено"],
)  # fmt: skip
def test_a_number_that_is_gone_is_no_number_that_is_unknown(text):
    assert serials.read_serial(text).status in {"OBLITERATED", "ILLEGIBLE"}


@pytest.mark.parametrize(
    "text", ["pa numër", "bez broja", "без броја", "χωρίς αριθμό", "فاقد شماره", "brak"]
)
def test_a_number_that_never_was_is_said_to_be_none(text):
    assert serials.read_serial(text).status == "NEVER_MARKED"


@pytest.mark.parametrize(
    ("text", "model"), [("АК-74", "AK-74"), ("СКС", "SKS"), ("ПМ", "MAKAROV PM")]
)
def test_a_model_in_cyrillic_letters_is_the_same_model(text, model):
    assert models.read_model(text).value == model


@pytest.mark.parametrize("word", ["Fusil", "fucile", "пушка"])
def test_a_long_gun_in_a_gauge_is_a_shotgun(word):
    for calibre, kind in (("12", "SHOTGUN"), ("7.62x39", "RIFLE")):
        found = identify.identify(Description(type=word, calibre=calibre))

        assert found.arm_type == kind


def fields_of(*rows: str) -> dict[str, str]:
    headings, *cells = (row.split(";") for row in rows)
    proposal = propose_profile(headings, cells, kind=None, name="a.csv")
    return {each.heading: each.field for each in proposal.columns}


def test_a_running_number_is_no_serial_number_though_both_are_headed_s_n():
    rows = [f"{n};2021-03-1{n};Pistol;A{n}234{n}" for n in range(1, 5)]

    found = fields_of("S/N;Date of Recovery;Type of Weapon;Weapon No", *rows)

    assert (found["S/N"], found["Weapon No"]) == ("", "serial")


def test_s_no_above_serial_numbers_is_theirs():
    rows = [f"C00{n};GLOCK;9MM;AB{n}{n}C{n};PISTOL" for n in range(1, 5)]

    assert fields_of("CERT NO;MAKE;CAL;S/NO;TYPE", *rows)["S/NO"] == "serial"


def test_a_column_that_describes_each_item_tells_what_it_is():
    found = fields_of(
        "Exh. No.;Date received;Description of exhibit",
        "E1;12.03.2019;Pistol Browning HP cal. 9mm ser. no. 245PN12345",
        "E2;13.03.2019;Shotgun, 12 bore, no serial number",
        "E3;14.03.2019;20 rounds of 7.62 ammunition",
    )

    assert found["Description of exhibit"] == "arm_type"
