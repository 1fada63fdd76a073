"""A calibre has one name; a bare number is not guessed into a cartridge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.marks import calibres
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.marks import Certainty

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "text",
    ["9 mm", "9MM", "9x19", "9 x 19 mm", "9 Para", "9 LUGER", "9 MM LUGER (9X19MM)",
     "9 MM PARABELLUM", "9mm Luger +P+", "9.0", "Cal. 9mm"],
)  # fmt: skip
def test_nine_millimetres_on_a_pistol_is_one_calibre(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.PISTOL).value == "9x19 mm"


@pytest.mark.parametrize(
    ("text", "arm_type", "value"),
    [
        (".38", ArmType.UNKNOWN, ".38"),
        ("0.38", ArmType.UNKNOWN, ".38"),
        ("38.0", ArmType.UNKNOWN, ".38"),
        (".38", ArmType.REVOLVER, ".38 SPECIAL"),
        ("9 mm", ArmType.UNKNOWN, "9 mm"),
        ("7,62", ArmType.RIFLE, "7.62 mm"),
        ("7.62", ArmType.RIFLE, "7.62 mm"),
        (".22", ArmType.RIFLE, ".22 LR"),
        (".22", ArmType.UNKNOWN, ".22"),
        (".32", ArmType.REVOLVER, ".32 S&W LONG"),
        (".32", ArmType.PISTOL, ".32 ACP"),
        (".44", ArmType.REVOLVER, ".44"),
        ("32.0", ArmType.SHOTGUN, "32 gauge"),
        ("32.0", ArmType.REVOLVER, ".32 S&W LONG"),
        (".380", ArmType.PISTOL, ".380 ACP"),
        ("380", ArmType.PISTOL, ".380 ACP"),
        (".40", ArmType.PISTOL, ".40 S&W"),
        ("5,56", ArmType.RIFLE, "5.56x45 mm"),
        ("556", ArmType.RIFLE, "5.56x45 mm"),
        ("10", ArmType.PISTOL, "10 mm AUTO"),
        ("10", ArmType.SHOTGUN, "10 gauge"),
    ],
)
def test_a_bare_number_means_what_the_arm_decides_and_no_more(
    text: str, arm_type: ArmType, value: str
) -> None:
    assert calibres.read_calibre(text, arm_type).value == value


@pytest.mark.parametrize(
    "text",
    ["12", "12.0", "12 GA", "12 gauge", "calibre 12", "12/70", "12 x 70 mm",
     "1970-12-01", "1970-12-01 00:00:00", "12 (2.3/4 POLEGADA) 70 MM", ".12", "12-GA"],
)  # fmt: skip
def test_twelve_gauge_has_many_spellings(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.SHOTGUN).value == "12 gauge"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (".38 SPL + P", ".38 SPECIAL"),
        (".38 SPECIAL (9 X 29,5 MM)", ".38 SPECIAL"),
        (".38 S&W (9X20 MM)", ".38 S&W"),
        (".40 S&W (10 X 22)", ".40 S&W"),
        (".45 ACP (11,43X23 MM)", ".45 ACP"),
        ("6,35 MM BROWNING", ".25 ACP"),
        ("7,65 MM BROWNING (7,65X17 MM)", ".32 ACP"),
        ("7,62 MM KALASHNIKOV (7,62X39)", "7.62x39 mm"),
        (".308 WINCHESTER (7,62X51 MM)", "7.62x51 mm"),
        ("7,62 MM NATO", "7.62x51 mm"),
        (".223 REMINGTON (5,56X45 MM)", "5.56x45 mm"),
        ("7,62 X 54 MM M1908/30", "7.62x54R mm"),
        (".30-06 (7,62 X 63 MM)", ".30-06 SPRINGFIELD"),
        (".30/30", ".30-30 WINCHESTER"),
        (".300 WIN MAGNUN", ".300 WINCHESTER MAGNUM"),
        (".22-250 REMIGTON", ".22-250 REMINGTON"),
        (".22 Long Rifle", ".22 LR"),
        (".22 LONG", ".22 LONG"),
        ("8x57 IS", "7.92x57 mm MAUSER"),
        ("9 Makarov", "9x18 mm MAKAROV"),
        (".410 X 76 (36)", ".410 bore"),
        ("5,45 X 39,5 MM", "5.45x39 mm"),
    ],
)
def test_a_cartridge_has_one_name(text: str, value: str) -> None:
    assert calibres.read_calibre(text).value == value


def test_two_names_that_differ_are_doubtful() -> None:
    read = calibres.read_calibre("9 mm Makarov (9x19 mm)", ArmType.PISTOL)

    assert read.certainty is Certainty.DOUBTFUL
    assert "9x19 mm" in str(read.note)


def test_a_gauge_that_is_a_calibre_too_is_the_calibre_on_a_handgun() -> None:
    revolver, pistol = (
        calibres.read_calibre("32/63,5 BAGOS", arm_type)
        for arm_type in (ArmType.REVOLVER, ArmType.PISTOL)
    )

    assert (revolver.value, pistol.value) == (".32 S&W LONG", ".32 ACP")
    assert "gauge on a short arm" in str(revolver.note)


@pytest.mark.parametrize(
    ("text", "arm_type"),
    [
        ("28", ArmType.REVOLVER),
        ("12/70", ArmType.RIFLE),
        ("12.7x99", ArmType.PISTOL),
        (".25 ACP", ArmType.RIFLE),
        (".338 Lapua Magnum", ArmType.REVOLVER),
    ],
)
def test_a_calibre_that_no_such_arm_has_is_doubtful(
    text: str, arm_type: ArmType
) -> None:
    read = calibres.read_calibre(text, arm_type)

    assert read.value
    assert read.certainty is Certainty.DOUBTFUL


@pytest.mark.parametrize("text", ["", "INDETERMINADO", "OUTROS", "unbekannt", "-"])
def test_not_known_stays_empty(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.PISTOL).value == ""


@given(st.text(max_size=30), st.sampled_from(list(ArmType)))
def test_anything_is_kept_as_written(text: str, arm_type: ArmType) -> None:
    assert calibres.read_calibre(text, arm_type).as_written == text


@pytest.mark.parametrize(
    ("text", "arm_type", "name"),
    [
        ("38 S.P.L.", ArmType.REVOLVER, ".38 SPECIAL"),
        ("SPL 38", ArmType.REVOLVER, ".38 SPECIAL"),
        ("PONTO 40", ArmType.PISTOL, ".40 S&W"),
        (".40MM", ArmType.PISTOL, ".40 S&W"),
        ("12 MM", ArmType.SHOTGUN, "12 gauge"),
        ("12 MAGNUM", ArmType.SHOTGUN, "12 gauge"),
        ("44.40", ArmType.CARBINE, ".44-40 WINCHESTER"),
        ("30 06", ArmType.RIFLE, ".30-06 SPRINGFIELD"),
        ("7-65", ArmType.PISTOL, ".32 ACP"),
        (".223/5.56", ArmType.RIFLE, "5.56x45 mm"),
        ("36/410", ArmType.SHOTGUN, ".410 bore"),
        ("LUGER 9MM", ArmType.PISTOL, "9x19 mm"),
        ("9 мм", ArmType.PISTOL, "9x19 mm"),
        ("9x19 Люгер", ArmType.PISTOL, "9x19 mm"),
        ("9毫米", ArmType.PISTOL, "9x19 mm"),
        ("٩ ملم", ArmType.PISTOL, "9x19 mm"),
        ("عيار 12", ArmType.SHOTGUN, "12 gauge"),
        (".38O", ArmType.PISTOL, ".380 ACP"),
        (".38 SPECIAL TAURUS", ArmType.REVOLVER, ".38 SPECIAL"),
    ],
)
def test_a_calibre_is_read_in_any_order_script_and_punctuation(
    text: str, arm_type: ArmType, name: str
) -> None:
    assert calibres.read_calibre(text, arm_type).value == name


@pytest.mark.parametrize("text", [".38", "38", "9 MM", "7.62", ".45", "22"])
def test_a_bare_number_is_no_cartridge_without_the_kind_of_arm(text: str) -> None:
    assert not calibres.is_known(calibres.read_calibre(text).value)


@pytest.mark.parametrize(
    ("text", "bore"),
    [(".38 SWL", ".38"), (".30 AUTO MAGNUM", ".30"), (".338 SHORT MAGNUM", ".338")],
)
def test_a_word_that_tells_another_cartridge_leaves_the_bore_alone(
    text: str, bore: str
) -> None:
    read = calibres.read_calibre(text, ArmType.RIFLE)

    assert (read.value, read.certainty) == (bore, Certainty.DOUBTFUL)


def test_two_cartridges_in_one_field_leave_a_doubt() -> None:
    read = calibres.read_calibre("7x64 + 12/70", ArmType.SHOTGUN)

    assert (read.value, read.certainty) == ("7x64 mm", Certainty.DOUBTFUL)
    assert "12 gauge" in str(read.note)


@pytest.mark.parametrize(
    "text", [".38/.357", ".357 MAG / .38 SPL", "357/38", ".38 SPL (.357 MAGNUM)"]
)
def test_of_two_cartridges_that_one_arm_takes_the_longer_is_meant(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.REVOLVER).value == ".357 MAGNUM"


@pytest.mark.parametrize("text", ["13,3x101", "9999", ".37", "938", "24/7", "82"])
def test_what_is_in_no_table_is_left_as_written(text: str) -> None:
    read = calibres.read_calibre(text, ArmType.PISTOL)

    assert (read.value, read.as_written) == ("", text)


WORDS = {
    ".38 SPECIAL": "TRINTA E OITO|treinta y ocho especial|thirty eight special",
    ".357 MAGNUM": "three fifty seven magnum|três cinco sete magnum",
    ".32 S&W LONG": "trinta e dois|treinta y dos largo",
    ".22 LR": "vinte e dois|twenty two",
}


@pytest.mark.parametrize(
    ("name", "text"),
    [(name, text) for name, texts in WORDS.items() for text in texts.split("|")],
)
def test_a_calibre_in_words_is_read(name: str, text: str) -> None:
    assert calibres.read_calibre(text, ArmType.REVOLVER).value == name


@pytest.mark.parametrize(
    ("text", "arm_type", "name"),
    [
        ("sete meia dois", ArmType.RIFLE, "7.62 mm"),
        ("thirty aught six", ArmType.RIFLE, ".30-06 SPRINGFIELD"),
        ("forty four forty", ArmType.RIFLE, ".44-40 WINCHESTER"),
        ("seis trinta e cinco", ArmType.PISTOL, ".25 ACP"),
        ("ponto quarenta", ArmType.PISTOL, ".40 S&W"),
        ("neun Millimeter", ArmType.PISTOL, "9x19 mm"),
        ("doze", ArmType.SHOTGUN, "12 gauge"),
    ],
)
def test_numbers_in_words_are_put_together_as_they_are_said(
    text: str, arm_type: ArmType, name: str
) -> None:
    assert calibres.read_calibre(text, arm_type).value == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("762X39", "7.62x39 mm"),
        ("556X45", "5.56x45 mm"),
        ("65X55", "6.5x55 mm SWEDISH"),
        ("762 51", "7.62x51 mm"),
        ("7.62/39", "7.62x39 mm"),
        ("7,62*39", "7.62x39 mm"),
        ("7,62.39", "7.62x39 mm"),
        ("76,2", "7.62 mm"),
        ("1143", ".45 ACP"),
    ],
)
def test_metric_is_read_without_its_point(text: str, name: str) -> None:
    assert calibres.read_calibre(text, ArmType.SUBMACHINE_GUN).value in {
        name, "7.62x25 mm TOKAREV"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3,80", ".380 ACP"),
        ("0.4", ".40 S&W"),
        (".4", ".40 S&W"),
        ("..40", ".40 S&W"),
        (". 40", ".40 S&W"),
        (",40", ".40 S&W"),
        ("40 MM", ".40 S&W"),
        ("380380", ".380 ACP"),
        (".40.40", ".40 S&W"),
        (".40 / .40 S&W", ".40 S&W"),
    ],
)
def test_a_point_that_slipped_and_a_number_typed_twice_are_read(
    text: str, name: str
) -> None:
    assert calibres.read_calibre(text, ArmType.PISTOL).value == name


@pytest.mark.parametrize(
    ("text", "arm_type", "name"),
    [
        ("PT 940 .40", ArmType.PISTOL, ".40 S&W"),
        (".40 Taurus 24/7", ArmType.PISTOL, ".40 S&W"),
        ("G 17 9x19", ArmType.PISTOL, "9x19 mm"),
        ("Glock 9mm", ArmType.PISTOL, "9x19 mm"),
        ("Taurus 38", ArmType.REVOLVER, ".38 SPECIAL"),
        ("AK-47 7,62x39", ArmType.RIFLE, "7.62x39 mm"),
        ("38 - 6 tiros", ArmType.REVOLVER, ".38 SPECIAL"),
        ("12 pump 8 tiros", ArmType.SHOTGUN, "12 gauge"),
    ],
)
def test_a_model_a_maker_or_a_count_beside_it_is_no_calibre(
    text: str, arm_type: ArmType, name: str
) -> None:
    assert calibres.read_calibre(text, arm_type).value == name


@pytest.mark.parametrize(
    ("text", "name", "former"),
    [
        (".22 LR transformado para .38 SPL", ".38 SPECIAL", ".22 LR"),
        ("9 mm PAK umgebaut auf 9x19", "9x19 mm", "9 mm P.A."),
        (".380 ACP (original .22 LR)", ".380 ACP", ".22 LR"),
        ("8 mm K, переделан под 9x18", "9x18 mm MAKAROV", "8 mm KNALL"),
        ("ex .32 S&W, now .38 SPL", ".38 SPECIAL", ".32 S&W"),
        (".32 ACP -> .380 ACP", ".380 ACP", ".32 ACP"),
    ],
)
def test_a_converted_arm_has_its_present_calibre_and_the_former_beside(
    text: str, name: str, former: str
) -> None:
    read = calibres.read_calibre(text)

    assert (read.value, read.rule) == (name, "CONVERTED")
    assert former in str(read.note)


@pytest.mark.parametrize(
    ("text", "arm_type", "name"),
    [
        ("1970-12-01", ArmType.SHOTGUN, "12 gauge"),
        ("01/12/1970", ArmType.SHOTGUN, "12 gauge"),
        ("dez/70", ArmType.SHOTGUN, "12 gauge"),
        ("25903", ArmType.SHOTGUN, "12 gauge"),
        ("2019-05-05", ArmType.OTHER_FIREARM, "5.5 mm AIR"),
        ("2019-05-04", ArmType.OTHER_FIREARM, "4.5 mm AIR"),
        ("5/5", ArmType.OTHER_FIREARM, "5.5 mm AIR"),
        ("1935-06-01", ArmType.PISTOL, ".25 ACP"),
        ("6/35", ArmType.PISTOL, ".25 ACP"),
        ("2019-09-01", ArmType.PISTOL, "9x19 mm"),
        ("1962-07-01", ArmType.RIFLE, "7.62 mm"),
        ("2019-06-30", ArmType.RIFLE, ".30-06 SPRINGFIELD"),
        ("30-Jun", ArmType.RIFLE, ".30-06 SPRINGFIELD"),
        ("2019-07-24", ArmType.PISTOL, ""),
    ],
)
def test_a_date_that_a_spreadsheet_made_of_a_calibre_is_undone(
    text: str, arm_type: ArmType, name: str
) -> None:
    assert calibres.read_calibre(text, arm_type).value == name


@pytest.mark.parametrize(
    ("text", "arm_type", "name"),
    [
        ("12-й калібр", ArmType.SHOTGUN, "12 gauge"),
        ("16-го калибра", ArmType.SHOTGUN, "16 gauge"),
        ("12 к.", ArmType.SHOTGUN, "12 gauge"),
        ("калібр 9 мм П.А.", ArmType.OTHER_FIREARM, "9 mm P.A."),
        ("9 мм гумова куля", ArmType.OTHER_FIREARM, "9 mm P.A."),
        ("9 mm R Knall", ArmType.OTHER_FIREARM, "9 mm R.K."),
        ("4 мм під патрон Флобера", ArmType.OTHER_FIREARM, "4 mm FLOBERT"),
        ("8 mm Knall", ArmType.OTHER_FIREARM, "8 mm KNALL"),
        ("4,5 mm chumbinho", ArmType.OTHER_FIREARM, "4.5 mm AIR"),
        ("Kal. 12/70", ArmType.SHOTGUN, "12 gauge"),
        ("calibre 9 mm corto", ArmType.PISTOL, ".380 ACP"),
        ("11,25 mm", ArmType.PISTOL, ".45 ACP"),
    ],
)
def test_calibres_of_gas_air_flobert_and_of_other_languages_are_read(
    text: str, arm_type: ArmType, name: str
) -> None:
    assert calibres.read_calibre(text, arm_type).value == name


@pytest.mark.parametrize("text", ["0", "0.0", "TAURUS", "CASEIRA"])
def test_nought_and_words_are_no_calibre(text: str) -> None:
    assert calibres.read_calibre(text).value == ""


def test_arabic_figures_keep_their_decimal_sign() -> None:
    assert calibres.read_calibre("٧٫٦٢×٣٩").value == "7.62x39 mm"
    assert calibres.read_calibre("٩ ملم").value == "9 mm"
