"""The spellings of a maker come together; two makers never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armstrace.analysis.marks import makes, spelling, tables
from armstrace.vocabulary.marks import Certainty

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("TAURUS", "TAURUS", "BR"),
        ("Forjas Taurus S.A.", "TAURUS", "BR"),
        ("TAURSU", "TAURUS", "BR"),
        ("Amadeo Rossi S/A", "ROSSI", "BR"),
        ("Companhia Brasileira de Cartuchos", "CBC", "BR"),
        ("S. & W.", "SMITH & WESSON", "US"),
        ("Smith y Wesson", "SMITH & WESSON", "US"),
        ("SMTIH & WESSON", "SMITH & WESSON", "US"),
        ("Colt's Mfg. Co., Inc.", "COLT", "US"),
        ("STURM, RUGER & CO., INC.", "RUGER", "US"),
        ("Heckler und Koch GmbH", "HECKLER & KOCH", "DE"),
        ("PIETRO BERETTA S.P.A.", "BERETTA", "IT"),
        ("Česká zbrojovka a.s.", "CZ", "CZ"),
        ("SARSILMAZ SİLAH SAN. A.Ş.", "SARSILMAZ", "TR"),
        ("MAKİNA VE KİMYA ENDÜSTRİSİ", "MKE", "TR"),
        ("ИЖМАШ", "IZHMASH", "RU"),
        ("Fabrique Nationale Herstal", "FN", "BE"),
        ("R-P", "REMINGTON", "US"),
        ("PMC", "PMC", "KR"),
        ("BLAZER", "BLAZER", "US"),
    ],
)
def test_a_maker_has_one_name(text: str, name: str, country: str) -> None:
    read = makes.read_make(text)

    assert (read.name, read.country) == (name, country)
    assert read.reading.as_written == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " - ",
        "NÃO IDENTIFICADA",
        "NÃO IDENTIFICDA",
        "INDETERMINADO",
        "N/I",
        "sem marca",
        "unknown",
        "desconocida",
        "inconnue",
        "Unbekannt",
        "неизвестно",
        "Outros",
    ],
)
def test_a_word_for_not_known_is_no_maker(text: str) -> None:
    read = makes.read_make(text)

    assert read.name == ""
    assert read.reading.certainty is Certainty.NONE


def test_american_derringer_corp_is_not_american_derringer_co() -> None:
    corp = makes.read_make("American Derringer Corp.")
    company = makes.read_make("American Derringer Co.")

    assert corp.name != company.name


def test_glock_of_austria_and_glock_inc_are_apart_only_where_the_text_says_so() -> None:
    assert makes.read_make("GLOCK").country == "AT"
    assert makes.read_make("Glock Ges.m.b.H.").name == "GLOCK"
    assert makes.read_make("GLOCK INC., SMYRNA, GA").country == "US"


def test_a_licensed_copy_keeps_its_own_maker() -> None:
    taurus = makes.read_make("TAURUS PT 92 (BERETTA)")
    beretta = makes.read_make("BERETTA 92")

    assert (taurus.name, beretta.name) == ("TAURUS", "BERETTA")


def test_an_importer_gives_way_to_the_maker_beside_it() -> None:
    read = makes.read_make("FEG / KBI")

    assert read.name == "FEG"
    assert "KBI" in read.reading.note


def test_an_importer_alone_is_known_as_importer() -> None:
    assert makes.read_make("CAI GEORGIA VT").role is makes.MakeRole.IMPORTER


def test_a_typing_error_is_not_forgiven_where_two_makers_are_near() -> None:
    assert makes.read_make("NORICO").reading.rule == "AS_WRITTEN"


def test_a_name_that_is_in_no_table_is_kept_with_doubt() -> None:
    read = makes.read_make("Zyx Armas Ltda")

    assert read.name == "ZYX ARMAS"
    assert read.reading.certainty is Certainty.DOUBTFUL


def test_no_spelling_belongs_to_two_makers() -> None:
    owners: dict[str, str] = {}
    for row in tables.rows("makes.tsv"):
        for name in (row["name"], *tables.several(row["aliases"])):
            owner = owners.setdefault(spelling.squash(name), row["name"])
            assert owner == row["name"], name


def test_the_table_holds_makers_of_the_world() -> None:
    table = makes.table()

    assert len(table) >= 450
    assert len({make.country for make in table}) >= 40


@given(st.sampled_from(sorted(make.name for make in makes.table())))
def test_a_canonical_name_reads_to_itself(name: str) -> None:
    assert makes.read_make(name).name == name
    assert makes.read_make(name.lower()).name == name


@given(st.text(max_size=40))
def test_anything_is_kept_as_written(text: str) -> None:
    assert makes.read_make(text).reading.as_written == text
