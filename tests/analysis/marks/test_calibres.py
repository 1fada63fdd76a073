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
        (".22", ArmType.RIFLE, ".22"),
        (".32", ArmType.REVOLVER, ".32"),
        (".44", ArmType.REVOLVER, ".44"),
        ("32.0", ArmType.SHOTGUN, "32 gauge"),
        ("32.0", ArmType.REVOLVER, ".32"),
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


def test_dimensions_in_no_table_name_themselves() -> None:
    assert calibres.read_calibre("13,2x99").value == "13.2x99 mm"


def test_a_shotgun_bore_on_a_revolver_is_doubtful() -> None:
    read = calibres.read_calibre("32/63,5 BAGOS", ArmType.REVOLVER)

    assert (read.value, read.certainty) == ("32 gauge", Certainty.DOUBTFUL)


@pytest.mark.parametrize("text", ["", "INDETERMINADO", "OUTROS", "unbekannt", "-"])
def test_not_known_stays_empty(text: str) -> None:
    assert calibres.read_calibre(text, ArmType.PISTOL).value == ""


@given(st.sampled_from(sorted(each.name for each in calibres.table())))
def test_a_canonical_calibre_reads_to_itself(name: str) -> None:
    assert calibres.read_calibre(name).value == name


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


@pytest.mark.parametrize("text", [".38 SWL", "30 WILDCAT", ".338 SHORT MAGNUM"])
def test_a_word_that_tells_another_cartridge_is_never_dropped(text: str) -> None:
    read = calibres.read_calibre(text)

    assert read.rule == "AS_WRITTEN"
    assert read.certainty is Certainty.DOUBTFUL


def test_two_cartridges_in_one_field_leave_a_doubt() -> None:
    read = calibres.read_calibre(".38/.357", ArmType.REVOLVER)

    assert (read.value, read.certainty) == (".38 SPECIAL", Certainty.DOUBTFUL)
    assert ".357 MAGNUM" in str(read.note)


@pytest.mark.parametrize("text", ["0", "0.0", "TAURUS", "CASEIRA"])
def test_nought_and_words_are_no_calibre(text: str) -> None:
    assert calibres.read_calibre(text).value == ""
