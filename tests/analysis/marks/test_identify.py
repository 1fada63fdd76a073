"""An arm from its marks as written: the traps that the field knows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.analysis.marks import identify
from armstrace.analysis.marks.description import Description
from armstrace.vocabulary.arms import ArmType, ItemKind, ProductionClass
from armstrace.vocabulary.marks import Certainty, SerialStatus

pytestmark = pytest.mark.pure


def pistol(**said: str) -> Description:
    usual = {
        "type": "PISTOLA",
        "make": "FORJAS TAURUS S.A.",
        "model": "PT 92",
        "calibre": "9 MM",
        "serial": "TKN 29736",
        "country": "Brasil",
    }
    return Description(**(usual | said))


def test_every_mark_is_read_and_kept_as_written() -> None:
    found = identify.identify(pistol())

    assert (found.item_kind, found.arm_type) == (ItemKind.ARM, ArmType.PISTOL)
    assert (found.make, found.make_country) == ("TAURUS", "BR")
    assert (found.model, found.calibre) == ("PT 92", "9x19 mm")
    assert found.serial_status is SerialStatus.COMPLETE
    assert found.serial_search == "TKN29736"
    assert found.production_class is ProductionClass.INDUSTRIAL
    assert [one.as_written for one in found.readings if one.as_written] == [
        "PISTOLA",
        "FORJAS TAURUS S.A.",
        "PT 92",
        "9 MM",
        "Brasil",
        "TKN 29736",
        "TKN 29736",
    ]
    assert found.year_of_manufacture == 2017


def test_one_number_on_three_arms_stays_three_identities() -> None:
    marks = [
        ("Colt", "1903", "40 000"),
        ("COLT", "1908", "40000"),
        ("S&W", "1902", "No. 40000"),
    ]

    found = [
        identify.identify(pistol(make=make, model=model, serial=serial, country=""))
        for make, model, serial in marks
    ]

    assert {one.serial_search for one in found} == {"40000"}
    assert len({(one.make, one.model, one.serial_search) for one in found}) == 3


def test_a_licensed_copy_is_not_its_pattern() -> None:
    copy = identify.identify(pistol(make="TAURUS", model="92"))
    pattern = identify.identify(pistol(make="BERETTA", model="92", country="Itália"))

    assert (copy.make, copy.model) == ("TAURUS", "PT 92")
    assert (pattern.make, pattern.model) == ("BERETTA", "92")


def test_an_importer_is_not_taken_for_the_maker_or_its_country() -> None:
    found = identify.identify(
        Description(
            type="rifle", make="", model="WASR-10", import_mark="CAI GEORGIA VT"
        )
    )

    assert (found.make, found.make_country) == ("ROMARM", "")
    assert found.import_country == "US"


@pytest.mark.parametrize(
    ("make", "model", "value", "certainty"),
    [
        ("", "Glock 17", "GLOCK", "LIKELY"),
        ("INDETERMINADO", "PT 58", "TAURUS", "DOUBTFUL"),
        ("not known", "Python", "COLT", "DOUBTFUL"),
        ("", "AR-15", "", "NONE"),
        ("", "1911", "", "NONE"),
        ("", "INDETERMINADO", "", "NONE"),
        ("no maker", "PT 58", "", "NONE"),
        ("Boito", "PT 58", "BOITO", "CERTAIN"),
        ("home made", "Glock 17", "", "NONE"),
    ],
)
def test_a_model_implies_its_maker_where_none_is_stated(
    make: str, model: str, value: str, certainty: str
) -> None:
    found = identify.identify(pistol(make=make, model=model))
    reading = next(each for each in found.readings if each.field == "make")

    assert (found.make, reading.certainty) == (value, certainty)
    assert reading.as_written == make
    assert (reading.rule == "IMPLIED") == (bool(value) and make != "Boito")


@pytest.mark.parametrize(
    ("make", "text", "model", "calibre"),
    [
        ("Bersa", "Thunder", "THUNDER", ""),
        ("Bersa", "Bersa Thunder 22", "THUNDER 22", ""),
        ("Tisas", "Zigana C 40", "ZIGANA C 40", ""),
        ("Urko", "Urko 38 SPL", "", ".38 SPECIAL"),
        ("Rossi", "Rossi", "", ""),
    ],
)
def test_a_line_of_models_is_no_name_of_the_maker(
    make: str, text: str, model: str, calibre: str
) -> None:
    found = identify.identify(pistol(make=make, model=text, calibre=""))

    assert (found.model, found.calibre) == (model, calibre)


@pytest.mark.parametrize(
    ("make", "country", "rule"),
    [
        ("GLOCK", "EUA", "COUNTRY"),
        ("GLOCK", "Austrália", "NOT_OF_MAKER"),
        ("TAURUS", "Bahamas", "NOT_OF_MAKER"),
        ("BROWNING", "Bélgica", "COUNTRY"),
        ("KALASHNIKOV", "Romênia", "COUNTRY"),
        ("CENTURY ARMS", "Romênia", "COUNTRY"),
        ("NOBODY'S", "Iêmen", "COUNTRY"),
    ],
)
def test_a_country_in_which_the_maker_does_not_work_is_doubted(
    make: str, country: str, rule: str
) -> None:
    found = identify.identify(pistol(make=make, country=country))

    read = next(one for one in found.readings if one.field == "country")
    is_noted = any("licensed copy" in str(note) for note in found.notes)
    assert read.rule == rule
    assert is_noted == (rule == "NOT_OF_MAKER")


@pytest.mark.parametrize(
    "said",
    [
        {"model": "PT 92", "serial": "PT92"},
        {"calibre": "380", "serial": "380"},
        {"make": "TAURUS", "serial": "TAURUS"},
    ],
)
def test_a_mark_miscopied_into_the_serial_field_is_not_a_serial(
    said: dict[str, str],
) -> None:
    found = identify.identify(pistol(**said))

    assert (found.serial_status, found.serial_search) == (SerialStatus.UNKNOWN, "")


def test_a_cyrillic_number_is_found_in_latin_and_kept_in_cyrillic() -> None:
    found = identify.identify(pistol(serial="НВ 5З21"))

    assert found.serial_search == "HB5321"
    assert found.readings[-1].as_written == "НВ 5З21"


def test_ammunition_is_read_as_ammunition() -> None:
    found = identify.identify(
        Description(type="CARTUCHO (INTACTO)", make="CBC", calibre=".38 SPL")
    )

    assert found.item_kind is ItemKind.AMMUNITION
    assert (found.make, found.calibre) == ("CBC", ".38 SPECIAL")
    assert found.production_class is ProductionClass.UNKNOWN


def test_nothing_said_is_nothing_known() -> None:
    found = identify.identify(Description())

    assert (found.make, found.model, found.calibre, found.serial_search) == ("",) * 4
    assert found.serial_status is SerialStatus.UNKNOWN
    assert all(one.certainty is Certainty.NONE for one in found.readings)


def test_a_proof_mark_does_not_make_a_country_of_manufacture() -> None:
    found = identify.identify(Description(type="revolver", other="BNP"))

    assert (found.make_country, found.import_country) == ("", "")
    assert any("proof" in str(note) for note in found.notes)


@settings(deadline=None)
@given(
    st.builds(
        Description,
        type=st.text(max_size=12),
        make=st.text(max_size=12),
        model=st.text(max_size=12),
        calibre=st.text(max_size=12),
        serial=st.text(max_size=20),
        country=st.text(max_size=8),
        import_mark=st.text(max_size=12),
        other=st.text(max_size=8),
    )
)
def test_no_text_is_refused_and_every_text_is_kept(description: Description) -> None:
    found = identify.identify(description)

    kept = {one.field: one.as_written for one in found.readings}
    assert kept["make"] == description.make
    assert kept["serial"] == description.serial
    assert kept["calibre"] == description.calibre


def test_a_calibre_in_the_model_field_is_taken_where_no_calibre_is_written() -> None:
    found = identify.identify(pistol(type="REVOLVER", model=".38 SPL", calibre=""))

    assert (found.model, found.calibre) == ("", ".38 SPECIAL")
    assert {"CALIBRE", "FROM_MODEL"} <= {one.rule for one in found.readings}


def test_a_calibre_in_the_model_field_never_replaces_one_that_is_written() -> None:
    found = identify.identify(pistol(model=".380 ACP", calibre="9x19"))

    assert found.calibre == "9x19 mm"


def test_a_model_in_the_calibre_field_is_no_calibre() -> None:
    found = identify.identify(pistol(model="", calibre="PT 92"))

    assert (found.model, found.calibre) == ("PT 92", "")


@pytest.mark.parametrize(
    ("make", "model", "calibre"),
    [
        ("IMBEL", "PARAFAL", "7.62x51 mm"),
        ("KALASHNIKOV", "AK 47", "7.62x39 mm"),
        ("COLT", "M16", "7.62 mm"),
        ("IMBEL", "", "7.62x51 mm"),
        ("FN", "", "7.62 mm"),
    ],
)
def test_a_model_of_one_cartridge_decides_a_bare_number(
    make: str, model: str, calibre: str
) -> None:
    found = identify.identify(
        pistol(type="FUZIL", make=make, model=model, calibre="7,62")
    )

    assert found.calibre == calibre


def test_the_year_carries_the_source_of_its_rule() -> None:
    found = identify.identify(pistol(make="BROWNING", serial="245RT1001"))

    year = next(one for one in found.readings if one.field == "year")
    assert (found.year_of_manufacture, year.value) == (1976, "1976")
    assert year.rule == "SERIAL_RULE"
    assert "Browning" in str(year.note)


def test_the_string_of_a_manufacturer_is_taken_apart() -> None:
    found = identify.identify(
        pistol(serial="BR-TAUR-14-82-AB12345-38", other="BE-FNHE-12-05-12345-09")
    )

    assert found.serial_search == "AB12345"
    assert found.year_of_manufacture == 2014
    other = next(one for one in found.readings if one.field == "other")
    assert (other.value, other.rule) == ("BE", "MANUFACTURE_STRING")


def test_readings_name_the_vocabularies_that_made_them() -> None:
    assert identify.identify(pistol()).vocabularies


def test_a_country_in_the_make_field_is_the_country_of_manufacture() -> None:
    found = identify.identify(pistol(make="INDÚSTRIA ARGENTINA", country=""))

    assert (found.make, found.make_country) == ("", "AR")


def test_a_designation_with_figures_of_a_calibre_stays_a_model() -> None:
    found = identify.identify(pistol(make="IMI", model="DESERT EAGLE 357M", calibre=""))

    assert (found.model, found.calibre) == ("DESERT EAGLE 357 M", "")


def test_a_place_in_the_model_field_is_no_model() -> None:
    assert identify.identify(pistol(make="BERETTA", model="GARDONE VT")).model == ""


@pytest.mark.parametrize(
    ("text", "make", "model"),
    [
        ("Walther P99", "WALTHER", "P99"),
        ("CZ 75", "CZ", "75"),
        ("MAC 50", "MAC", "50"),
        ("Merkel", "MERKEL", ""),
        ("Taurus Brasil", "TAURUS", ""),
    ],
)
def test_a_make_with_its_model_in_one_field_gives_both(
    text: str, make: str, model: str
) -> None:
    read = identify.identify(Description(type="Pistol", make=text))

    assert (read.make, read.model) == (make, model)
