"""A status is never a serial; a text that gives both yields both."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from armstrace.analysis.marks import folding, serials
from armstrace.vocabulary.marks import Certainty, MarkKind, SerialStatus

pytestmark = pytest.mark.pure

ERASED = [
    "suprimido", "Suprimida por ação mecânica intencional", "RASPADO", "Eliminado;",
    "removido por ação humana (RASPADA)", "indeterminado (raspado)",
    "rasurado por ação mecânica (na face direita da armação)",
    "Obliterado, por abrasão mecânica.", "lixado", "pinado", "supromidos", "elmiminado",
    "erased", "filed off", "ground off", "borrado", "limado", "limé", "effacé",
    "ausgeschliffen", "Nummer entfernt", "стёрт", "Номер спилен", "锉掉", "ممسوح",
    "silinmiş",
]  # fmt: skip
UNREADABLE = ["ilegível", "Unlesbar", "rostig", "illisible", "磨损", "не читается"]
ABSENT = [
    "não possui", "INEXISTENTE", "ausente", "sem número de série aparente",
    "Desprovida de número de série.", "Desprovida, fabricação artesanal.",
    "Ausente, sem vestígios de supressão por ação mecânica.", "sin número",
    "sans numéro", "ohne Nummer", "no serial number", "без номера", "无编号",
    "بدون رقم",
]  # fmt: skip
NOT_FOUND = [
    "", "-", "N/C", "N/I", "NI", "SN", "0000000", "não identificado", "Não localizado.",
    "vide campo observação abaixo", "não consta", "indeterminado", "unknown",
    "desconocido", "inconnu", "unbekannt", "неизвестен", "不详", "غير معروف", "outros",
]  # fmt: skip
ALL_STATUS_WORDS = ERASED + UNREADABLE + ABSENT + NOT_FOUND


@pytest.mark.parametrize("text", ERASED)
def test_a_word_for_erased_is_a_status_without_a_number(text: str) -> None:
    read = serials.read_serial(text)

    assert (read.status, read.search) == (SerialStatus.OBLITERATED, "")
    assert str(read.reading.note) == ""


@pytest.mark.parametrize("text", UNREADABLE)
def test_an_unreadable_number_is_not_said_to_be_deliberately_erased(text: str) -> None:
    read = serials.read_serial(text)

    assert (read.status, read.search) == (SerialStatus.ILLEGIBLE, "")
    assert "not said to be deliberate" in str(read.reading.note)


@pytest.mark.parametrize("text", ABSENT)
def test_none_is_apart_from_not_known(text: str) -> None:
    assert serials.read_serial(text).status is SerialStatus.NEVER_MARKED


@pytest.mark.parametrize("text", NOT_FOUND)
def test_not_found_is_apart_from_none(text: str) -> None:
    read = serials.read_serial(text)

    assert (read.status, read.search) == (SerialStatus.UNKNOWN, "")
    assert read.reading.certainty is Certainty.NONE


@pytest.mark.parametrize(
    ("text", "status", "search"),
    [
        ("suprimido, revelado ABC123", SerialStatus.RESTORED, "ABC123"),
        ("TKO61892 - revelado", SerialStatus.RESTORED, "TKO61892"),
        ("TKO63800 (anteriormente eliminado)", SerialStatus.RESTORED, "TKO63800"),
        ("PARCIALMENTE RASPADO 12?45", SerialStatus.PARTIAL, "12?45"),
        ("parcialmente raspado TKN29???", SerialStatus.PARTIAL, "TKN29???"),
        ("Removido parcialmente - TJX212??", SerialStatus.PARTIAL, "TJX212??"),
        ("F005??", SerialStatus.PARTIAL, "F005??"),
        ("? ? S 5 3 ? ? ?", SerialStatus.PARTIAL, "??S53???"),
        ("TJW43***", SerialStatus.PARTIAL, "TJW43???"),
        ("1691*89", SerialStatus.PARTIAL, "1691*89"),
        ("TJX20--", SerialStatus.PARTIAL, "TJX20??"),
        ("BExxxxx", SerialStatus.PARTIAL, "BE?????"),
        ("7544X4, X representa algarismo", SerialStatus.PARTIAL, "7544?4"),
        ("3878##, onde # simboliza um", SerialStatus.PARTIAL, "3878??"),
        ("ACS ELIMINADO POR AÇÃO MECÂNICA", SerialStatus.PARTIAL, "ACS*"),
        ("F3 demais digitos indeterminados", SerialStatus.PARTIAL, "F3*"),
        ("suprimido/final 573", SerialStatus.PARTIAL, "*573"),
        ("TJX20suprimido", SerialStatus.PARTIAL, "TJX20*"),
        ("T1102suprimida7E001suprimida", SerialStatus.PARTIAL, "T1102*7E001*"),
        ("Ilegível, ilegível,três, nove, seis", SerialStatus.PARTIAL, "??396"),
        ("Removido, com sobreescrição GQC731", SerialStatus.RESTAMPED, "GQC731"),
        ("9583182 (remarcado)", SerialStatus.RESTAMPED, "9583182"),
        ("AA888888 (ADULTERADO)", SerialStatus.ALTERED, "AA888888"),
        ("4257 (não original)", SerialStatus.ALTERED, "4257"),
        ("частично стёрт 12?4", SerialStatus.PARTIAL, "12?4"),
        ("teilweise unlesbar 4?71", SerialStatus.PARTIAL, "4?71"),
    ],
)
def test_a_text_with_status_and_number_yields_both(
    text: str, status: SerialStatus, search: str
) -> None:
    read = serials.read_serial(text)

    assert (read.status, read.search) == (status, search)
    assert read.reading.as_written == text


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("TKN29736", "TKN29736"),
        ("AAHP 352", "AAHP352"),
        ("A C M G 468", "ACMG468"),
        ("T6472-16 AI 04980", "T647216AI04980"),
        ("D-915812", "D915812"),
        ("301.///", "301"),
        ("Nº 12345", "12345"),
        ("S/N: 12345", "12345"),
        ("SNTT11669", "TT11669"),
        ("53215-C", "53215C"),
        ("STR 4417-O", "STR4417O"),
        ("1279253 (na face direita da armação)", "1279253"),
        ("2138963(dois, um, três, oito, nove, seis, três)", "2138963"),
        ("12345.0", "12345"),
        ("Ostenta o número 134263", "134263"),
    ],
)
def test_a_number_in_words_or_brackets_is_complete(text: str, search: str) -> None:
    read = serials.read_serial(text)

    assert (read.status, read.search) == (SerialStatus.COMPLETE, search)


def test_the_number_on_the_frame_goes_before_the_one_on_the_barrel() -> None:
    read = serials.read_serial("VPK814 (cano) VME184 (armação)")

    assert read.search == "VME184"
    assert "VPK814" in str(read.reading.note)


def test_a_number_read_on_another_part_of_an_erased_frame_says_so() -> None:
    read = serials.read_serial("Removido na armação, cano somente com thp33110.")

    assert (read.status, read.search) == (SerialStatus.OBLITERATED, "THP33110")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("034-01234/2019", MarkKind.OTHER),
        ("PAT. 1234567", MarkKind.PATENT),
        ("Patent No. 98765", MarkKind.PATENT),
        ("D.R.G.M. 123456", MarkKind.PATENT),
        ("BREVET 4567", MarkKind.PATENT),
        ("SSPRJ5670", MarkKind.INVENTORY),
        ("Patrimônio 1234", MarkKind.INVENTORY),
        ("16,0 cm de comprimento", MarkKind.OTHER),
    ],
)
def test_the_wrong_number_is_flagged_and_not_used(text: str, kind: MarkKind) -> None:
    read = serials.read_serial(text)

    assert (read.kind, read.search) == (kind, "")
    assert "not a serial number" in str(read.reading.note)


@pytest.mark.parametrize("text", ["CDN4?82", "TA?12345", "AB*77"])
def test_a_number_with_unread_places_is_not_certain(text: str) -> None:
    found = serials.read_serial(text)

    assert found.status is SerialStatus.PARTIAL
    assert found.reading.certainty is not Certainty.CERTAIN
    assert found.reading.rule == "NUMBER_PARTLY_READ"


def test_a_picture_that_is_left_out_is_noted() -> None:
    found = serials.read_serial("😀AAA111")

    assert found.search == "AAA111"
    assert "left out" in str(found.reading.note)
    assert "left out" not in str(serials.read_serial("№ AAA-111").reading.note)


def test_control_characters_and_length_are_noted() -> None:
    read = serials.read_serial("AB\x001234" + " " * 70 + "\t")

    assert "control characters" in str(read.reading.note)
    assert "longer than 60" in str(read.reading.note)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("АВ12З4", "AB1234"),
        ("НК-5501", "HK5501"),
        ("ＡＢ１２", "AB12"),
        ("№ 5521", "5521"),
        ("#5521", "5521"),
        ("No. 5521", "5521"),
        ("s.n. 5521", "5521"),
        ("ab 12?4*", "AB12?4*"),
        ("٤٥٦", "456"),
        ("SN", "SN"),
    ],
)
def test_a_search_key_brings_scripts_and_separators_together(
    text: str, key: str
) -> None:
    assert serials.search_key(text) == key


@given(st.text(max_size=40))
def test_a_key_of_a_key_is_the_key_itself(text: str) -> None:
    key = serials.search_key(text)

    assert serials.search_key(key) == key


@example("SNA/?")
@given(st.text("ABSN0O1I58#º°.-/ ?*NoСН", max_size=14))
def test_a_key_of_a_key_with_prefixes_is_the_key_itself(text: str) -> None:
    key = serials.search_key(text)

    assert serials.search_key(key) == key


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_and_keeps_the_length(text: str) -> None:
    key = serials.search_key(text)
    folded = folding.fold(key)

    assert folding.fold(folded) == folded
    assert len(folded) == len(key)


@pytest.mark.parametrize(
    ("left", "right"),
    [("O0QD", "0000"), ("1IL", "111"), ("S5", "55"), ("B8", "88"), ("Z2", "22")],
)
def test_look_alikes_fold_to_one_class(left: str, right: str) -> None:
    assert folding.fold(left) == folding.fold(right)


@given(
    st.sampled_from([word for word in ALL_STATUS_WORDS if word]),
    st.sampled_from(["", " ", ".", ";", " (vide observação)", ".///", "-"]),
    st.booleans(),
)
def test_a_status_word_never_becomes_a_serial(
    word: str, tail: str, is_upper: bool
) -> None:
    text = (word.upper() if is_upper else word) + tail

    read = serials.read_serial(text)

    assert read.search == ""
    assert read.status is not SerialStatus.COMPLETE


@given(st.text(max_size=80))
@settings(max_examples=200)
def test_what_was_written_is_kept_to_the_letter(text: str) -> None:
    read = serials.read_serial(text)

    assert read.reading.as_written == text
    assert read.folded == folding.fold(read.search)
    assert read.reading.value == read.search


@given(st.from_regex(r"[A-HJ-NP-RT-WYZ]{1,3}[1-9][0-9]{3,6}", fullmatch=True))
def test_an_ordinary_number_is_read_as_it_stands(number: str) -> None:
    read = serials.read_serial(number)

    assert (read.status, read.search) == (SerialStatus.COMPLETE, number)


def test_a_turkish_number_tells_its_year_for_its_own_maker_alone() -> None:
    assert serials.read_serial("T6472-16 AI 04980", "CANIK").year == 2016
    assert serials.read_serial("T6472-16 AI 04980", "TAURUS").year is None
    assert serials.read_serial("TKN29736", "TAURUS").year is None


@given(st.integers(min_value=1_000, max_value=999_999_999))
def test_signs_between_thousands_part_no_number(number: int) -> None:
    read = serials.read_serial(f"{number:,}")

    assert read.search == str(number)
    assert read.others == ()
    assert read.reading.certainty is Certainty.LIKELY


def test_a_number_in_brackets_behind_the_name_of_its_place_stands_there() -> None:
    read = serials.read_serial("FAB1234 (Lauf: FAB1239)")

    assert (read.search, read.status) == ("FAB1234", SerialStatus.COMPLETE)
    assert [(each.code, str(each.place)) for each in read.others] == [
        ("FAB1239", "read on the barrel")
    ]
