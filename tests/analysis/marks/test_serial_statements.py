"""Words in the serial number field, in eight languages, and numbers of other kinds."""

import pytest

from armstrace.analysis.marks import serial_years, serials
from armstrace.vocabulary.marks import MarkKind, SerialStatus

pytestmark = pytest.mark.pure

STATEMENTS = {
    SerialStatus.OBLITERATED: (
        "مطموس|تم مسح الرقم|被磨掉|锉掉|filed off|defaced|limé|meulé|спилен|стёрт"
        "|limado|borrado|suprimido|removido por ação mecânica|raspado|ausgeschliffen"
        "|unkenntlich gemacht"
    ),
    SerialStatus.NEVER_MARKED: (
        "بدون رقم|无编号|no serial number|sans numéro|без номера|sin número"
        "|sem numeração|inexistente|ohne Nummer"
    ),
    SerialStatus.ALTERED: "مزور|涂改|altered|altéré|изменён|adulterado|verändert",
    SerialStatus.RESTAMPED: (
        "أعيد ختمه|改号|restamped|refrappé|перебит|regrabado|remarcado|nachgeschlagen"
    ),
    SerialStatus.PARTIAL: (
        "جزئي|部分磨损|partially erased|partiellement effacé|частично спилен"
        "|parcialmente borrado|parcialmente suprimido|teilweise entfernt"
    ),
    SerialStatus.RESTORED: (
        "مستعاد|已恢复|restored|révélé|восстановлен|revenido|revelado|wiederhergestellt"
    ),
    SerialStatus.UNKNOWN: (
        "مجهول|未知|not found|inconnu|не установлен|desconocido|não aparente|N/C|N/I"
        "|S/N|unbekannt|vide observação"
    ),
}


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (status, text)
        for status, texts in STATEMENTS.items()
        for text in texts.split("|")
    ],
)
def test_a_statement_is_a_status_and_never_a_number(
    status: SerialStatus, text: str
) -> None:
    read = serials.read_serial(text)

    assert (read.status, read.search) == (status, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PAT. 4,539,889", MarkKind.PATENT),
        ("патент 12345", MarkKind.PATENT),
        ("专利 12345", MarkKind.PATENT),
        ("MODELO 82", MarkKind.MODEL),
        ("型号 56", MarkKind.MODEL),
        ("CALIBRE .38", MarkKind.CALIBRE),
        ("PATRIMÔNIO 1234", MarkKind.INVENTORY),
        ("инв. № 123", MarkKind.INVENTORY),
        ("SINARM 2005/123456", MarkKind.INVENTORY),
        ("Approval No. 12", MarkKind.INVENTORY),
        ("PTB 542", MarkKind.INVENTORY),
        ("IP 123/2018", MarkKind.OTHER),
        ("BO 1234/2019", MarkKind.OTHER),
        ("0001234-55.2018.8.19.0001", MarkKind.OTHER),
        ("قضية رقم 123", MarkKind.OTHER),
        ("LACRE 123456", MarkKind.OTHER),
        ("9MM", MarkKind.OTHER),
    ],
)
def test_a_number_of_another_kind_is_flagged(text: str, kind: MarkKind) -> None:
    read = serials.read_serial(text)

    assert (read.kind, read.search) == (kind, "")
    assert str(read.reading.note).endswith("not a serial number")


@pytest.mark.parametrize("text", ["AZ 12345", "PAT12345", "INV 12345", "PTB 12345"])
def test_the_letters_of_a_serial_number_are_not_taken_for_a_word(text: str) -> None:
    assert serials.read_serial(text).search == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "search", "note"),
    [
        ("cano somente com thp33110", "THP33110", "read on the barrel"),
        ("Removidos. No ferrolho consta ??s244??.", "??S244??", "read on the slide"),
        ("THP33110 (cano) e KLD22 na armação", "KLD22", "also reads THP33110"),
        ("AB123(*) revelado (*) entre I e T", "AB123", ""),
    ],
)
def test_words_stay_out_of_the_key_and_the_part_is_told(
    text: str, search: str, note: str
) -> None:
    read = serials.read_serial(text)

    assert read.search == search
    assert note in str(read.reading.note)


@pytest.mark.parametrize("piece", ["SN ", "a-", "suprimido 12 ", "?", "1,", "(*", "é"])
def test_a_field_of_any_length_is_read_to_a_bound_with_a_note(piece: str) -> None:
    read = serials.read_serial(piece * 50_000)

    assert len(read.search) <= 400
    assert "only the first 400 characters were read" in str(read.reading.note)
    assert len(read.reading.as_written) == 50_000 * len(piece)


@pytest.mark.parametrize(
    ("key", "make", "year"),
    [
        ("245RT1001", "BROWNING", 1976),
        ("01001PZ207", "BROWNING", 1981),
        ("515MM12345", "BROWNING", 2000),
        ("27123456", "MARLIN", 1973),
        ("01123456", "MARLIN", 1999),
        ("T647214BJ01234", "CANIK", 2014),
        ("245RT1001", "FN", None),
        ("27123456", "WINCHESTER", None),
        ("45123456", "MARLIN", None),
        ("TKN29736", "TAURUS", None),
    ],
)
def test_a_year_is_told_by_the_rule_of_its_own_maker_alone(
    key: str, make: str, year: int | None
) -> None:
    assert serial_years.year_of(key, make) == year


@pytest.mark.parametrize(
    ("text", "search"),
    [("KF453XXX", "KF453???"), ("XXX7211", "???7211"), ("TXX12345", "TXX12345")],
)
def test_a_run_of_x_at_an_end_is_unread_characters(text: str, search: str) -> None:
    assert serials.read_serial(text).search == search


@pytest.mark.parametrize(
    "text",
    [
        "corroded", "desgastado", "extraído por ação do tempo", "rouillé", "verrostet",
        "коррозия", "磨损", "متآكل", "paslı", "ilegível devido ao desgaste",
        "illegible", "illisible", "不清", "غير واضح", "неразборчив",
    ],
)  # fmt: skip
def test_worn_or_illegible_is_not_erased(text):
    read = serials.read_serial(text)

    assert (read.status, read.search) == (SerialStatus.ILLEGIBLE, "")


@pytest.mark.parametrize(
    ("text", "status", "search", "others"),
    [
        ("THP33110 (cano) e KLD22 na armação", "COMPLETE", "KLD22",
         [("THP33110", "read on the barrel")]),
        ("ABX058 on the slide", "PARTIAL", "ABX058", []),
        ("L65430 (cano)", "PARTIAL", "L65430", []),
        ("KJR35101 na armação, suprimido no ferrolho", "COMPLETE", "KJR35101", []),
        ("KJR35101 (armação) e raspado no cano", "COMPLETE", "KJR35101", []),
        ("12345 / 67890 (barrel)", "COMPLETE", "12345",
         [("67890", "read on the barrel")]),
        ("PATRIMÔNIO 1234", "UNKNOWN", "", [("PATRIMONIO1234", "")]),
    ],
)  # fmt: skip
def test_every_number_is_kept_with_its_place(text, status, search, others):
    read = serials.read_serial(text)

    assert (read.status.value, read.search) == (status, search)
    assert [(one.code, str(one.place)) for one in read.others] == others
